"""届期: a limit of the pack applied to a day."""

from datetime import date

from daoli_credit.law import calendar
from daoli_credit.law import pack as packs
from daoli_credit.law.book import Pack
from daoli_credit.law.calendar import DAY, Due
from daoli_credit.law.durations import Duration
from daoli_credit.law.status import Effect


class NotInDays(ValueError):
    """该期限不以日、月、年计."""


def deadline(code: str, anchor: date, *, pack: Pack | None = None) -> Due | None:
    """届满日 of a limit that runs from `anchor` (or, counted backwards, up to it).

    None when the pack does not know the limit, or it is suspended: the officer then enters the day with its
    basis. Raises UnknownCode for no such limit, NotInDays for one in hours, characters or counts.
    """
    rules = pack or packs.current()
    limit = rules.limit(code)
    if limit.value is None or not rules.may(limit, Effect.PLAN):
        return None
    table = rules.calendar
    if limit.unit == "workday":
        return calendar.step(table, anchor, limit.value, -DAY if limit.counting == "before" else DAY)
    lengths = {
        "day": Duration(days=limit.value),
        "month": Duration(months=limit.value),
        "year": Duration(years=limit.value),
    }
    if limit.unit not in lengths:
        raise NotInDays(f"{limit.title}不以日、月、年计")
    end = lengths[limit.unit].after(anchor)
    return calendar.roll(table, end) if limit.counting == "next-day" else Due(end, provisional=False)
