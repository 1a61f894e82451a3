"""约束的说法: how the constraints of cases and notices say that facts belong together or follow each other."""

from django.db.models import F, Q


def unless(condition: Q, rule: Q) -> Q:
    """`rule` holds whenever `condition` does."""
    return ~condition | rule


def empty(*days: str) -> Q:
    """None of them is written."""
    return Q(**{f"{day}__isnull": True for day in days})


def filled(*days: str) -> Q:
    """Every one of them is written."""
    return Q(**{f"{day}__isnull": False for day in days})


def together(day: str, *others: str, words: tuple[str, ...] = ()) -> Q:
    """All of them or none."""
    none = empty(day, *others) & Q(**dict.fromkeys(words, ""))
    every = filled(day, *others)
    for word in words:
        every &= ~Q(**{word: ""})
    return none | every


def not_before(later: str, earlier: str) -> Q:
    """`later`, once written, is no day before `earlier`."""
    return empty(later) | Q(**{f"{later}__gte": F(earlier)})
