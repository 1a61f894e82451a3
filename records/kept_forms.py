"""暂存没有存完的录入: sealed for its clerk, replaced whole, gone when the draft is saved or after a week."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from daoli_credit import cipher, sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from records.models import KeptForm
from records.rules import intake

KEPT = timedelta(days=7)
LONGEST = 100_000  # characters of one form; more is no entry


def _context(kept: KeptForm) -> bytes:
    return b"kept-form|" + kept.token.bytes


sealed.register(sealed.Envelope("records.KeptForm", "envelope", _context))


@dataclass(frozen=True)
class Place:
    """哪一张表: whose, for which department and item."""

    user: User
    department: Department
    item: str


def keep(place: Place, typed: Mapping[str, str]) -> bool:
    """暂存. Says whether it was kept: not an empty or an enormous form, and nothing that the law does not let in.

    Of what may not be collected (a minor, a sealed record) what was kept before goes as well.
    """
    if refused(place.item, typed):
        forget(place)
        return False
    plain = json.dumps({name: text for name, text in typed.items() if text}, ensure_ascii=False)
    if plain == "{}" or len(plain) > LONGEST:
        return False
    made = KeptForm(**vars(place), kept_at=clock.now())
    envelope = cipher.seal(plain.encode(), context=_context(made))
    facts = {"token": made.token, "envelope": envelope, "kept_at": made.kept_at}
    KeptForm.objects.update_or_create(**vars(place), defaults=facts)
    return True


def refused(item: str, typed: Mapping[str, str]) -> bool:
    """依法不能收的: refused at intake, by the very rules that refuse it there."""
    problems = intake.check(item, dict(typed), today=clock.today()).problems
    return any(one.cause.startswith("prohibited:") for one in problems)


def of(place: Place) -> KeptForm | None:
    """这名经办为这个事项暂存的, no older than a week."""
    return KeptForm.objects.filter(**vars(place), kept_at__gt=clock.now() - KEPT).first()


def typed(kept: KeptForm) -> dict[str, str]:
    """暂存的内容, for its own clerk."""
    found: dict[str, str] = json.loads(cipher.unseal(bytes(kept.envelope), context=_context(kept)))
    return found


def forget(place: Place) -> None:
    """不要了, or saved as a draft."""
    KeptForm.objects.filter(**vars(place)).delete()


def forget_old() -> int:
    """到期删去. Returns how many went."""
    gone, _ = KeptForm.objects.filter(kept_at__lte=clock.now() - KEPT).delete()
    return gone
