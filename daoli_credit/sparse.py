"""少列的行: rows of the framework made of the columns that were read, and of nothing else.

What was not read is read when somebody asks for it, as after `only()`. The framework takes several times as long to
make each row, for it walks through every column of the model; a batch makes them by the hundred.
"""

from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


def row(model: type[M], columns: dict[str, Any]) -> M:
    """一行 that stands in the database, from its columns by name (`feed_id`); they belong to the row from then on."""
    one = model.__new__(model)
    state = ModelState()
    state.db, state.adding = DEFAULT_DB_ALIAS, False
    columns["_state"] = state
    one.__dict__ = columns
    return one
