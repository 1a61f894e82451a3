"""成批读: deliveries with the rows beside them, made of the columns that were read and nothing else.

What was not read is read when somebody asks for it, as after `only()`; the framework takes three times as long to make
each row, for it walks through every column of the model.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

from daoli_credit.feeds.models import Delivery
from records.models import CreditRecord, Revision

M = TypeVar("M", bound=Model)


def _made(model: type[M], names: Sequence[str], values: Sequence[Any], using: str) -> M:
    one = model.__new__(model)
    one._state = ModelState()
    one._state.db, one._state.adding = using, False
    one.__dict__.update(zip(names, values, strict=True))
    return one


def read(found: QuerySet[Delivery], *, own: str, record: str, revision: str = "") -> list[Delivery]:
    """读一批, in the order of `found`: each delivery with its record, and with its revision where columns are named.

    The columns are those of the tables (`feed_id`), with blanks between; the numbers of the rows are read in any case.
    """
    mine, theirs, says = ["id", "record_id", "revision_id", *own.split()], record.split(), revision.split()
    names = [*mine, *(f"record__{name}" for name in theirs), *(f"revision__{name}" for name in says)]
    first, last = len(mine), len(mine) + len(theirs)
    rows = []
    for values in found.values_list(*names):
        one = _made(Delivery, mine, values[:first], found.db)
        of = _made(CreditRecord, ("id", *theirs), (values[1], *values[first:last]), found.db)
        one._state.fields_cache["record"] = of
        if says:
            said = _made(Revision, ("id", "record_id", *says), (values[2], values[1], *values[last:]), found.db)
            said._state.fields_cache["record"] = of
            one._state.fields_cache["revision"] = said
        rows.append(one)
    return rows
