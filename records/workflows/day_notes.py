"""记日记: by the act itself, last in its transaction, when it holds every row that it wants; nobody waits crosswise."""

from collections.abc import Iterable
from datetime import date

from records.models import DayNote

Note = tuple[str, int, date, date]  # kind, department, what day it is about, the day of the act


def keep(notes: Iterable[Note]) -> None:
    """记下. What somebody has noted already stays as it is. In one order everywhere: nobody waits crosswise."""
    found = [
        DayNote(kind=kind, department_id=department, about=about, day=day)
        for kind, department, about, day in sorted(set(notes))
    ]
    DayNote.objects.bulk_create(found, ignore_conflicts=True)
