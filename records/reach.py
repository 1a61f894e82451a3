"""牵连: what hangs on a record, in whichever room it lies, read from the models themselves.

A room that adds a table about a record need not be asked to delete from it: a foreign key named `record` says that the
row is part of it and goes when it goes. Any other reference to a record (a listing case that rests on it) holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from daoli_credit.accounts.models import Message
from records.models import CreditRecord, Subject, SubjectKey


@dataclass(frozen=True)
class Hanging:
    """一张表: its rows belong to a record by this path, e.g. `delivery__record`."""

    model: type[models.Model]
    path: str

    @property
    def table(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table


def _pointing(model: type[models.Model]) -> "Iterator[tuple[type[models.Model], models.Field[Any, Any]]]":
    for found in model._meta.get_fields(include_hidden=True):
        if isinstance(found, models.ManyToOneRel):  # one-to-one relations are a kind of these
            yield found.related_model, found.field


def _below(model: type[models.Model], path: str) -> Iterator[Hanging]:
    for child, field in _pointing(model):
        deeper = f"{field.name}__{path}"
        yield from _below(child, deeper)
        yield Hanging(child, deeper)


def hanging() -> list[Hanging]:
    """全部牵连的表, the deepest first, so that they can be deleted in this order."""
    found = []
    for child, field in _pointing(CreditRecord):
        if field.name == "record":
            found += [*_below(child, "record"), Hanging(child, "record")]
    # a table reached by two paths is emptied by both; what is reached through another comes before it
    return found


def holding() -> list[tuple[type[models.Model], str]]:
    """还要用到它的: other nouns that refer to a record without being part of it."""
    return [(child, field.name) for child, field in _pointing(CreditRecord) if field.name != "record"]


def about_person() -> list[tuple[type[models.Model], str]]:
    """主体还有什么: everything that keeps a subject known, beside its own keys."""
    return [(child, field.name) for child, field in _pointing(Subject) if child is not SubjectKey]


def letters() -> list[tuple[Hanging, str]]:
    """封存的消息 that rows of these tables point to, and that go with them."""
    return [
        (one, field.name)
        for one in hanging()
        for field in one.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Message
    ]
