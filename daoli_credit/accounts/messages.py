"""消息: written to a person by key, read by that person, once. Unread is not served."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from daoli_credit import cipher, sealed
from daoli_credit.accounts.models import Message, User
from daoli_credit.law import clock


def _context(token: uuid.UUID) -> bytes:
    return b"message|" + token.bytes


sealed.register(
    sealed.Envelope("accounts.Message", "body", lambda message: _context(message.token)),
    sealed.PersonKey("accounts.Message", "person_key"),
)


@dataclass(frozen=True)
class Letter:
    """一封: to whom, about what, and its text."""

    person_key: bytes
    title: str
    text: str
    noun: str
    object_id: str


def tell_many(letters: Iterable[Letter]) -> list[Message]:
    """告知多人: one insert; each letter sealed under its own token. In the order given."""
    now, rows = clock.now(), []
    for letter in letters:
        token = uuid.uuid4()
        rows.append(
            Message(
                token=token,
                person_key=letter.person_key,
                title=letter.title,
                body=cipher.seal(letter.text.encode(), context=_context(token)),
                noun=letter.noun,
                object_id=letter.object_id,
                sent_at=now,
            )
        )
    return Message.objects.bulk_create(rows)


def tell(*, person_key: bytes, title: str, text: str, noun: str, object_id: str) -> Message:
    """告知本人: also somebody who has never signed in. Titles carry no personal particulars."""
    (message,) = tell_many([Letter(person_key, title, text, noun, object_id)])
    return message


def tell_user(user: User, *, title: str, text: str, noun: str = "user", object_id: str = "") -> Message:
    """告知工作人员: about the own account; shown on 我的账号."""
    token = uuid.uuid4()
    return Message.objects.create(
        token=token,
        user=user,
        title=title,
        body=cipher.seal(text.encode(), context=_context(token)),
        noun=noun,
        object_id=object_id or str(user.pk),
        sent_at=clock.now(),
    )


def of(user: User) -> models.QuerySet[Message]:
    """本人的消息, newest first."""
    if user.person_key is not None:
        return Message.objects.filter(person_key__in=user.person_keys())
    return Message.objects.filter(user=user)


def unread(user: User) -> int:
    """未读数."""
    return of(user).filter(first_read_at__isnull=True).count()


def text(message: Message) -> str:
    """正文. Raises cipher.Unsealable when the envelope was altered."""
    return cipher.unseal(bytes(message.body), context=_context(message.token)).decode()


def mark_read(message: Message) -> None:
    """首次阅读: set once, kept."""
    of_message = Message.objects.filter(pk=message.pk, first_read_at__isnull=True)
    of_message.update(first_read_at=clock.now())
