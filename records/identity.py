"""身份: the one place that opens a person's envelope, and it wants to know why."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import ProtectedError

from daoli_credit import cipher, sealed
from daoli_credit.audit.models import LookUp
from records.models import Subject, SubjectKey


@dataclass(frozen=True)
class Identity:
    """身份: name, kind of document and its number."""

    name: str
    id_type: str
    id_number: str


class NotThisPerson(Exception):
    """查询记录与主体不符: the look-up row names somebody else, or nobody's look."""


class OtherName(Exception):
    """同号异名: the register knows this number under another name; a person must look (never guessed)."""


def mask_name(name: str) -> str:
    """姓名脱敏: 林*云, 林*; the length is not told for long names."""
    return name[0] + "*" + (name[-1] if len(name) > 2 else "")


def mask_number(id_number: str) -> str:
    """证件号码脱敏: the last four only."""
    return "*" * (len(id_number) - 4) + id_number[-4:]


def context_of(subject: Subject) -> bytes:
    """What a subject's envelope is bound to."""
    return b"subject|" + subject.token.bytes


sealed.register(
    sealed.Envelope("records.Subject", "envelope", context_of),
    sealed.Other("records.Subject", "name_tail_key", "换密钥时由信封重算（records.rotation）"),
    sealed.Other("records.SubjectKey", "digest", "每把密钥一行，换密钥时补齐（records.rotation）"),
)


def _open(subject: Subject) -> Identity:
    return Identity(**json.loads(cipher.unseal(bytes(subject.envelope), context=context_of(subject)).decode()))


def masked(subject: Subject) -> Identity:
    """脱敏身份: for lists and pages of the department whose record it is."""
    known = _open(subject)
    return Identity(mask_name(known.name), known.id_type, mask_number(known.id_number))


def reveal(subject: Subject, because: LookUp) -> Identity:
    """显示完整身份, because of a look-up row written in the same transaction.

    Raises NotThisPerson when the row is an outcome or about somebody else.
    """
    if because.kind not in {"look", "own"} or bytes(because.person_key) not in subject.person_keys():
        raise NotThisPerson("查询记录与信用主体不符")
    return _open(subject)


def standing(subject: Subject, because: LookUp) -> Identity:
    """对外的身份: of the number under which the outside is told of this person, for what leaves the house.

    Raises NotThisPerson as `reveal` does.
    """
    return reveal(subject.standing(), because)


def find(id_number: str) -> Subject | None:
    """按证件号码找主体, under any key of the ring. Finding shows nothing; showing wants a look-up."""
    row = SubjectKey.objects.filter(digest__in=cipher.person_keys(id_number)).select_related("subject").first()
    return row.subject if row else None


def keys_of(subject: Subject) -> tuple[list[bytes], bytes]:
    """换密钥用: the person keys of the living ring keys and the name-and-tail key, computed anew; nothing is shown."""
    known = _open(subject)
    tail = cipher.name_tail_keys(known.name, known.id_number)[0]
    return cipher.living(cipher.person_keys(known.id_number)), tail


def agrees(subject: Subject, name: str) -> bool:
    """姓名相符: does the register know this number under this name?"""
    return cipher.normal_name(_open(subject).name) == cipher.normal_name(name)


def name_among(subject: Subject, names: Iterable[str]) -> bool:
    """姓名是不是其中之一: compared inside, for the rules about odd looks; only yes or no comes out."""
    known = cipher.normal_name(_open(subject).name)
    return any(cipher.normal_name(name) == known for name in names)


def rename(subject: Subject, name: str) -> None:
    """更正登记姓名: the envelope is sealed anew under the same number; the caller has the decision, and saves."""
    known = _open(subject)
    fresh = Identity(cipher.normal_name(name), known.id_type, known.id_number)
    plain = json.dumps(asdict(fresh), ensure_ascii=False).encode()
    subject.envelope = cipher.seal(plain, context=context_of(subject))
    subject.name_tail_key = cipher.name_tail_keys(fresh.name, fresh.id_number)[0]


def forget(subject: Subject) -> None:
    """不留错录的人: goes with its keys, unless anything else is about it."""
    try:
        with transaction.atomic():
            subject.delete()
    except ProtectedError:
        return


def named_in(subject: Subject, text: str) -> bool:
    """文字里有没有登记的姓名: compared inside; what is written into evidence names nobody."""
    return cipher.normal_name(_open(subject).name) in cipher.normal_name(text)


def of(identity: Identity) -> Subject:
    """主体: the one with this number, or a new one sealed now.

    Both keys of a ring in rotation are written, older first: that insert is the lock (decisions.md §2.6).
    Raises OtherName when the number is known under another name.
    """
    with transaction.atomic():
        keys = sorted(cipher.living(cipher.person_keys(identity.id_number)))
        subject = find(identity.id_number)
        if subject is None:
            subject = Subject(name_tail_key=cipher.name_tail_keys(identity.name, identity.id_number)[0])
            subject.envelope = cipher.seal(
                json.dumps(asdict(identity), ensure_ascii=False).encode(), context=context_of(subject)
            )
            subject.save()
            rows = [SubjectKey(subject=subject, key_id=int.from_bytes(key[:2], "big"), digest=key) for key in keys]
            made = SubjectKey.objects.bulk_create(rows, ignore_conflicts=True)
            if SubjectKey.objects.filter(subject=subject).count() != len(made):
                subject.delete()  # somebody else registered the same person a moment ago
                subject = SubjectKey.objects.get(digest=keys[0]).subject
        if not agrees(subject, identity.name):
            raise OtherName("这个证件号码在本系统登记的是另一个姓名")
        return subject
