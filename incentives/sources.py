"""上级平台: who can be asked at the moment of a check, as the environment says. One that is not set is absent."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from daoli_credit.law import pack
from daoli_credit.law.book import UnknownCode
from daoli_credit.signing import Party

ITEM = "item:"
AT_ONCE = 4


@dataclass(frozen=True)
class Source(Party):
    """一个上级平台. `lists` are what it can be asked about, by list type or, written `item:…`, by catalogue item.

    `basis` is the article of the pack under which it is asked; `at_once` is about how many persons it takes
    questions side by side.
    """

    lists: tuple[str, ...] = ()
    basis: str = ""
    at_once: int = AT_ONCE


_quiet: ContextVar[bool] = ContextVar("inbound_quiet", default=False)


@contextmanager
def nobody_asked() -> Iterator[None]:
    """谁也不问: for a block that holds a transaction open, as the seeding of the demonstration does."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def all_of_them() -> list[Source]:
    """已接通的上级平台, in the order of the environment."""
    if _quiet.get():
        return []
    return [_made(code, facts) for code, facts in settings.INBOUND.items()]


def _made(code: str, facts: Mapping[str, Any]) -> Source:
    lists = tuple(facts["lists"].replace(",", " ").split())
    return Source(code=code, **{**facts, "lists": lists, "at_once": int(facts.get("at_once") or AT_ONCE)})


def of(code: str) -> Source | None:
    """一个上级平台; None for one that is not set."""
    return next((one for one in all_of_them() if one.code == code), None)


def title(code: str) -> str:
    """名称, also of one that is no longer set."""
    found = of(code)
    return found.title if found else f"上级平台 {code}"


def list_title(code: str) -> str:
    """名单或者目录事项的名称; its code when the pack does not know it any more."""
    book = pack.current()
    try:
        return book.item(code.removeprefix(ITEM)).title if code.startswith(ITEM) else book.list_type(code).title
    except UnknownCode:
        return code


def list_titles(codes: Iterable[str]) -> str:
    """名单的名称, as one reads them."""
    return "、".join(list_title(code) for code in codes)
