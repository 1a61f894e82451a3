"""能不能问、问什么、答的算不算数: rules of asking a platform above at the moment of a check."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import clock, pack
from daoli_credit.law.book import UnknownCode
from daoli_credit.law.status import Effect
from incentives.models.inbound import InboundSource, Outcome
from incentives.rules.measures import RecordFact
from incentives.sources import ITEM, Source

BREAKS_AFTER = 5
SHORTEST_BREAK, LONGEST_BREAK = timedelta(seconds=30), timedelta(minutes=15)
MOST_ENTRIES, LONGEST = 50, 200
WORDS = ("list", "authority", "document_number")


@dataclass(frozen=True)
class Entry:
    """对方名单上的一条. It never becomes a record here."""

    list: str
    authority: str
    document_number: str
    decided_on: date
    until: date | None

    def standing(self, on: date) -> bool:
        """那一天仍在名单上: what has ended is not shown here either."""
        return self.until is None or self.until >= on


class NoAnswer(ValueError):
    """不算答复: the sentence says why."""


def basis_refusal(source: Source, *, on: date) -> str:
    """为什么现在没有依据问, or "": asking about a person wants an article in force that somebody has read."""
    book = pack.current()
    try:
        citation = book.cite(source.basis)
    except UnknownCode:
        return f"规则中没有“{source.basis}”这一依据，不能向{source.title}查询"
    if not citation.basis.in_force(on):
        return f"{citation}现在不在效，不能向{source.title}查询"
    if not book.may(citation.basis, Effect.ADVERSE):
        return f"{citation}还没有经两人确认，不能据以向{source.title}查询；请在“上线前确认清单”中确认"
    return ""


def refusal(source: Source, row: InboundSource) -> tuple[Outcome, str] | None:
    """现在为什么不问它; None when it is assessed, has a basis, and is neither paused nor left alone for a while."""
    today, now = clock.today(), clock.now()
    if why := assessments.refusal(Subject.INBOUND, source.code, source.title, on=today):
        return Outcome.NOT_ALLOWED, why
    if why := basis_refusal(source, on=today):
        return Outcome.NOT_ALLOWED, why
    if not row.enabled:
        return Outcome.PAUSED, f"已经由值守人员暂停：{row.reason}"
    if row.broken_until is not None and row.broken_until > now:
        until = row.broken_until.astimezone(clock.CHINA)
        return Outcome.PAUSED, f"连续 {row.failures} 次没有答复，暂停到 {until:%H:%M}，到时自动再试"
    return None


def wanted(source: Source, matter: str) -> tuple[str, ...]:
    """这个事项要问它的名单: what the matter looks at and the source can answer; nothing beyond either."""
    book = pack.current()
    found = book.matters.get(matter)
    if found is None:
        return ()
    looked = {code for measure in found.looks_at if measure in book.measures for code in book.measures[measure].target}
    looked |= {f"{ITEM}{code}" for code in found.items if code in book.items and book.items[code].sign == "adverse"}
    looked |= {code for code, kind in book.lists.items() if kind.item in found.items}
    return tuple(code for code in source.lists if code in looked)


def question(id_number: str, lists: Sequence[str], purpose: str) -> bytes:
    """问题, as the wire carries it."""
    asked = {"id_number": id_number, "lists": list(lists), "purpose": purpose}
    return json.dumps(asked, ensure_ascii=False).encode()


def entries(body: bytes, *, id_number: str, lists: Sequence[str], today: date) -> tuple[Entry, ...]:
    """读答复. Raises NoAnswer for another person's, for a list nobody asked about and for whatever cannot be read."""
    try:
        told = json.loads(body)
        who, rows = told["id_number"], told["entries"]
        if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
            raise NoAnswer("答复读不懂")
        found = tuple(_entry(row) for row in rows)
    except (ValueError, KeyError, TypeError, RecursionError) as why:
        raise why if isinstance(why, NoAnswer) else NoAnswer("答复读不懂") from None
    if who != id_number:
        raise NoAnswer("答复的不是所问的人")
    if any(one.list not in lists for one in found):
        raise NoAnswer("答复了没有问的名单")
    if any(one.decided_on > today for one in found):
        raise NoAnswer("答复里有还没有到的认定日期")
    return found


def _entry(row: dict[str, object]) -> Entry:
    words = [row[name] for name in WORDS]
    if not all(isinstance(word, str) and 0 < len(word.strip()) <= LONGEST for word in words):
        raise NoAnswer("答复读不懂")
    until = row.get("until")
    code, authority, number = (str(word).strip() for word in words)
    return Entry(
        list=code,
        authority=authority,
        document_number=number,
        decided_on=date.fromisoformat(str(row["decided_on"])),
        until=None if until is None else date.fromisoformat(str(until)),
    )


def fact(entry: Entry) -> RecordFact:
    """这一条当作事实来看, only to ask which measures of the matter rest on it. There is no record behind it."""
    lists = pack.current().lists
    listed = entry.list in lists
    return RecordFact(
        record=0,
        item=lists[entry.list].item if listed else entry.list.removeprefix(ITEM),
        decided_on=entry.decided_on,
        use_until=entry.until,
        content={"list_type": entry.list} if listed else {},
    )


def broken_until(failures: int, now: datetime) -> datetime | None:
    """熔断至 after so many failures in a row; None while the source is still trusted."""
    if failures < BREAKS_AFTER:
        return None
    doubled: timedelta = SHORTEST_BREAK * (1 << min(failures - BREAKS_AFTER, 10))
    return now + min(doubled, LONGEST_BREAK)
