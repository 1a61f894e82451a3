"""拒收: what is never taken in. Pure; headers, kinds and grounds decide, free text only sends to a person."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from daoli_credit.law.book import Pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.doors import how
from daoli_credit.law.durations import Duration
from daoli_credit.law.rows import Prohibited
from daoli_credit.law.status import Status

REFUSE, DROP_FIELD, NOT_A_PERSON, HOLD = "refuse", "drop-field", "not-a-person", "hold"
ACTIONS = {REFUSE, DROP_FIELD, NOT_A_PERSON, HOLD}

NEW_CATALOGUE = date(2021, 1, 1)
TO_CONFIRM = "（本条依据待确认，先行拒收。{how}）"
NO_CONDUCT_DAY = "没有违法行为发生日期，而认定时年纪尚轻：请核对行为时是否已满十八周岁。"
NO_BIRTH_DATE = "无法从证件得知出生日期：请核对该人行为时和现在是否已满十八周岁。"
IN_TEXT = "正文中的“{word}”可能属于：{title}。请人工判断，误伤的可以继续。"


@dataclass(frozen=True)
class Finding:
    """拒收意见: `action` is refuse, drop-field, not-a-person or hold; `fields` are the headers it is about."""

    code: str
    action: str
    message: str
    turn_to: str
    citations: tuple[Citation, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Submission:
    """报送的一行, as far as the rules of refusal look at it. None is: not asked."""

    fields_present: tuple[str, ...]
    penalty_kinds: tuple[str, ...]
    legal_ground: str
    texts: tuple[str, ...]
    conduct_on: date | None
    determined_on: date | None
    birth_date: date | None
    today: date
    party_type: str | None
    document_number: str | None
    is_simplified: bool
    lacks_capacity: bool
    adult: Duration
    surely_adult: Duration


def findings(
    pack: Pack,
    *,
    today: date,
    fields_present: Iterable[str] = (),
    penalty_kinds: Iterable[str] = (),
    legal_ground: str = "",
    texts: Iterable[str] = (),
    conduct_on: date | None = None,
    determined_on: date | None = None,
    birth_date: date | None = None,
    party_type: str | None = None,
    document_number: str | None = None,
    is_simplified: bool = False,
    lacks_capacity: bool = False,
) -> list[Finding]:
    """拒收意见: all that stands against taking the row in, in the order of the pack.

    A rule refuses even while its basis is to be confirmed, for refusing favours the person; its message
    then says how to have it confirmed. A suspended rule only asks a person to judge.
    `fields_present` are headers as typed; `party_type`, `document_number` are judged only when given.
    """
    row = Submission(
        fields_present=tuple(fields_present),
        penalty_kinds=tuple(penalty_kinds),
        legal_ground=legal_ground,
        texts=tuple(texts),
        conduct_on=conduct_on,
        determined_on=determined_on,
        birth_date=birth_date,
        today=today,
        party_type=party_type,
        document_number=document_number,
        is_simplified=is_simplified,
        lacks_capacity=lacks_capacity,
        adult=pack.limit("age-min").years,
        surely_adult=pack.limit("age-no-doubt").years,
    )
    return [finding for rule in pack.prohibited for finding in one(rule, row)]


def one(rule: Prohibited, row: Submission) -> Iterator[Finding]:
    """一条规则的意见: the decisive ones first; the text is read only when nothing decisive was found."""
    named = names_of(rule.fields) if row.fields_present else frozenset()
    headers = tuple(header for header in row.fields_present if normal(header) in named)
    decisive = (
        bool(headers)
        or any(kind in rule.categories for kind in row.penalty_kinds)
        or any(re.search(pattern, row.legal_ground) for pattern in rule.legal_ground)
        or (rule.rule is not None and RULES[rule.rule](row))
    )
    if decisive:
        yield finding(rule, rule.action, rule.message, headers)
    elif rule.rule == "under-18-at-conduct-or-today" and (doubt := doubt_about_age(row)):
        yield finding(rule, HOLD, doubt)
    else:
        word = first_word(rule, row)
        if word:
            yield finding(rule, HOLD, IN_TEXT.format(word=word, title=rule.title))


def finding(rule: Prohibited, action: str, message: str, headers: tuple[str, ...] = ()) -> Finding:
    if rule.status is Status.SUSPENDED:
        action = HOLD
    elif action == REFUSE and rule.status is Status.TO_CONFIRM:
        message += TO_CONFIRM.format(how=how(rule.kind, rule.code, rule.status))
    return Finding(rule.code, action, message, rule.turn_to, rule.citations, headers)


@lru_cache(maxsize=256)
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """All patterns of a rule as one."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=256)
def names_of(fields: tuple[str, ...]) -> frozenset[str]:
    """The names of a rule's fields, as headers are compared."""
    return frozenset(normal(name) for name in fields)


def first_word(rule: Prohibited, row: Submission) -> str | None:
    if not rule.text or not any(any_of(rule.text).search(text) for text in row.texts):
        return None  # of a hundred thousand rows nearly all end here
    matches = (re.search(pattern, text) for pattern in rule.text for text in row.texts)
    return next((match.group() for match in matches if match), None)


def normal(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).split())


def under_18(row: Submission) -> bool:
    """行为时（不明的按认定时）或者现在未满十八周岁."""
    if row.birth_date is None:
        return False
    # Still so on the birthday itself: a full year counts from the day after it.
    birthday = row.adult.after(row.birth_date)
    then = row.conduct_on or row.determined_on
    return row.today <= birthday or (then is not None and then <= birthday)


def doubt_about_age(row: Submission) -> str:
    if row.birth_date is None:
        return NO_BIRTH_DATE
    if row.conduct_on is None and row.determined_on is not None:
        return NO_CONDUCT_DAY if row.determined_on <= row.surely_adult.after(row.birth_date) else ""
    return ""


RULES: dict[str, Callable[[Submission], bool]] = {
    "under-18-at-conduct-or-today": under_18,
    "declared-no-full-capacity": lambda row: row.lacks_capacity,
    "no-effective-document": lambda row: row.document_number is not None and not row.document_number.strip(),
    "simplified-procedure": lambda row: row.is_simplified,
    "party-type-not-natural-person": lambda row: row.party_type not in {None, "自然人"},
    "determined-before-2021": lambda row: row.determined_on is not None and row.determined_on < NEW_CATALOGUE,
}
