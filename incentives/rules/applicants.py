"""申请人表的规则: who may be asked about at once. A sheet names this matter's applications, never a population.

Column by column; only what is not plainly good is looked at by itself, and then by the validator of a single form.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit import cipher
from daoli_credit.law.durations import Duration
from records.rules import id_columns, id_number, permits
from records.rules.id_number import RESIDENT
from records.rules.problem import TITLES, Wrong

HEADS: Mapping[str, tuple[str, ...]] = {
    "application": ("申请编号", "申请号", "报名编号", "报名号", "受理编号", "办件编号"),
    "name": ("姓名", "申请人", "申请人姓名"),
    "number": ("证件号码", "身份证号", "身份证号码", "公民身份号码", "居民身份证号码"),
}
LOOK_DOWN = 10
LONGEST = 60
APPLICATION = re.compile(r"[\w〔〕\[\]（）()第号/.-]{1,60}")
A_NUMBER = re.compile(r"\d{15,}")
OTHER_CARD = re.compile(r"[A-Z]{1,2}\d{7,10}")  # passports and permits of passage say nobody's age
BETWEEN = re.compile(r"[^0-9A-Za-z*]+")
SHORTEST = 15
SEPARATORS = tuple("-—－/_.第（(")
CAUSES = {
    **TITLES,
    "minor": "未满十八周岁",
    "several-people": "一格里有几个证件号码",
    "other-card": "护照或者通行证的号码",
    "no-application": "没有申请编号",
    "application-form": "申请编号不像",
    "not-of-the-case": "不是本办件的申请编号",
    "same-application": "申请编号重复",
    "same-person": "同一证件号码出现两次",
    "no-name": "没有姓名",
    "other-name": "姓名与证件号码不符",
}
FIXES = {
    "other-card": "护照、通行证的号码里没有出生日期，确认不了已满十八周岁；请申请人出示其中一种证件，没有的不核查",
    "several-people": "一名申请人一行；几名申请人用申请人表，每人都有自己的申请编号",
    "minor": "未成年人不作信用核查，请从表中删去",
    "no-application": "只核查本事项的申请人：每一行填写申请编号；没有提出申请的人不能核查",
    "application-form": "请按受理系统里的申请编号填写，不要写证件号码和姓名",
    "not-of-the-case": "申请编号要以办件编号开头（如“办件编号-001”），或者是本部门同一事项的在办办件",
    "same-application": "一件申请只核查一次，请删去重复的行",
    "same-person": "同一人只核查一次，请删去重复的行",
    "no-name": "请填写申请人姓名",
    "other-name": "请对照证件核对姓名和号码，有一个写错了",
}
SHOWN = 100  # line numbers kept of one cause; the page shows five and opens the rest


class NotApplicants(Exception):
    """不是申请人表 (422): the sheet has no column of application numbers, of ID numbers or of names."""


@dataclass(frozen=True)
class Found:
    """表头: at which row, and in which column each of the three stands."""

    at: int
    places: Mapping[str, int]


@dataclass(frozen=True)
class Sheet:
    """一张申请人表, by columns; the three are equally long."""

    lines: Sequence[int]
    applications: Sequence[str]
    names: Sequence[str]
    numbers: Sequence[str]


@dataclass(frozen=True)
class Cause:
    """一类差错, without anybody's name or number: what it is, what to do, how many rows, and the first lines."""

    cause: str
    title: str
    fix: str
    rows: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Judged:
    """核对结果: the numbers normalised, and what is wrong by cause; nothing runs unless there are no causes."""

    numbers: Sequence[str]
    causes: tuple[Cause, ...]


def kind_of(number: str) -> str:
    """证件种类 that a number has by its shape; a resident card unless it plainly is another card of this country."""
    text = cipher.normal_id(number)
    if permits.belongs(permits.PERMIT, text):
        return permits.PERMIT
    foreign = permits.belongs(permits.FOREIGN, text) and not text.startswith(permits.INVENTED_REGION)
    return permits.FOREIGN if foreign else RESIDENT


def valid(number: str, *, today: date, grown: Duration) -> str:
    """一个证件号码: normalised. Raises Wrong for several, for what is none, and for somebody not of age today."""
    if sum(len(one) // SHORTEST for one in BETWEEN.split(number)) > 1:
        raise Wrong("several-people", "一次只核查一名申请人，这里有几个证件号码", FIXES["several-people"])
    if OTHER_CARD.fullmatch(cipher.normal_id(number)):
        raise Wrong("other-card", "这里只核查居民身份证、居住证和永久居留身份证的号码", FIXES["other-card"])
    fit = id_number.check(kind_of(number), number, today=today)
    born = id_number.birth_date(fit)
    if born is not None and grown.after(born) >= today:
        raise Wrong("minor", "申请人未满十八周岁", FIXES["minor"])
    return fit


def columns(top: Sequence[Sequence[str]]) -> Found:
    """找表头 among the first rows. Raises NotApplicants."""
    for at, cells in enumerate(top[:LOOK_DOWN]):
        titles = ["".join(cell.split()).strip("*＊") for cell in cells]
        places = {
            name: next(place for place, title in enumerate(titles) if title in words)
            for name, words in HEADS.items()
            if any(title in words for title in titles)
        }
        if "number" in places and len(places) < len(HEADS):
            missing = "、".join(f"“{words[0]}”" for name, words in HEADS.items() if name not in places)
            raise NotApplicants(
                f"表里没有{missing}这一栏。成批核查只收本事项的申请人：申请编号、姓名、证件号码三栏都要有；"
                "没有提出申请的人不能核查"
            )
        if len(places) == len(HEADS):
            return Found(at, places)
    raise NotApplicants("前十行里找不到“申请编号、姓名、证件号码”三栏的表头；请把表头放在内容上面一行")


def taken(found: Found, body: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    """按列取出."""
    width = max(found.places.values()) + 1
    full = [cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))] for _, cells in body]
    by_name = {name: [cells[place].strip() for cells in full] for name, place in found.places.items()}
    return Sheet([line for line, _ in body], by_name["application"], by_name["name"], by_name["number"])


def judge(sheet: Sheet, *, case: str, open_cases: Collection[str], today: date, grown: Duration) -> Judged:
    """核对一张表. `open_cases` are the numbers of the department's open cases in the same matter."""
    wrong: dict[str, list[int]] = {}
    fixes: dict[str, str] = dict(FIXES)
    numbers = list(sheet.numbers)
    known: dict[date, bool] = {}
    for at, born in enumerate(id_columns.plain(numbers, today=today)):
        if born is not None:
            if born not in known:
                known[born] = grown.after(born) >= today
            if known[born]:
                wrong.setdefault("minor", []).append(at)
            continue
        try:
            numbers[at] = valid(numbers[at], today=today, grown=grown)
        except Wrong as why:
            fixes.setdefault(why.cause, why.fix)
            wrong.setdefault(why.cause, []).append(at)
    bad = {at for places in wrong.values() for at in places}
    _applications(sheet, case, open_cases, wrong)
    # what is no number is said once, and not of each row that has the same nothing
    _twice("same-person", ["" if at in bad else text for at, text in enumerate(numbers)] if bad else numbers, wrong)
    wrong["no-name"] = [at for at, name in enumerate(sheet.names) if not name] if "" in sheet.names else []
    return Judged(numbers, causes(sheet, wrong, fixes))


def causes(sheet: Sheet, wrong: Mapping[str, Sequence[int]], fixes: Mapping[str, str] = FIXES) -> tuple[Cause, ...]:
    """按原因归类, the most frequent first."""
    found = [
        Cause(
            cause, CAUSES.get(cause, "其他差错"), fixes[cause], len(at), tuple(sheet.lines[one] for one in at[:SHOWN])
        )
        for cause, at in wrong.items()
        if at
    ]
    return tuple(sorted(found, key=lambda one: (-one.rows, one.cause)))


def application(text: str, *, case: str, name: str = "") -> str:
    """一名申请人的申请编号, kept in plain, where no sheet is judged. Raises Wrong for a name or a number in it."""
    if cause := _amiss(text, case, frozenset(), name):
        raise Wrong(cause, CAUSES[cause], FIXES[cause])
    return text


def _amiss(text: str, case: str, open_cases: Collection[str], name: str) -> str:
    if not text:
        return "no-application"
    rest = text.removeprefix(case)
    if not APPLICATION.fullmatch(text) or A_NUMBER.search(rest) or (len(name) > 1 and name in rest):
        return "application-form"
    return "" if _of(text, case) or text in open_cases else "not-of-the-case"


def _applications(sheet: Sheet, case: str, open_cases: Collection[str], wrong: dict[str, list[int]]) -> None:
    given = sheet.applications
    plain = _plainly_of(given, case)
    for at, text in enumerate(given):
        if plain and text:
            continue
        if cause := _amiss(text, case, open_cases, sheet.names[at]):
            wrong.setdefault(cause, []).append(at)
    _twice("same-application", given, wrong)


def _of(text: str, case: str) -> bool:
    return text == case or (text.startswith(case) and text[len(case) :].startswith(SEPARATORS))


def _plainly_of(given: Sequence[str], case: str) -> bool:
    """Whether every row that says anything says it in the case's own numbering, with nothing odd in the rest."""
    size = len(case)
    heads = {text[: size + 1] for text in given if text}
    rests = {text[size + 1 :] for text in given}
    known = {case} | {case + sign for sign in SEPARATORS}
    return (
        heads <= known
        and max(map(len, rests), default=0) <= 12
        and "".join(rests).isalnum()
        and "".join(rests).isascii()
    )


def _twice(cause: str, given: Sequence[str], wrong: dict[str, list[int]]) -> None:
    if len(set(given)) == len(given):
        return
    seen: set[str] = set()
    for at, text in enumerate(given):
        if text and text in seen:
            wrong.setdefault(cause, []).append(at)
        seen.add(text)
