"""事项的说法和办件: what a matter is called, and whether the case that a look names was open."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from daoli_credit.accounts import letters
from daoli_credit.accounts.models import ActivationLetter
from daoli_credit.law import pack
from daoli_credit.looks.rules.odd import Case
from incentives.models import Listing, MatterCase, Nomination, PreAdverseNotice, Registration
from incentives.models.nomination_status import MATTER as HONOUR
from incentives.models.pre_adverse_status import MATTER as PRIOR_NOTICE
from incentives.models.status import MATTER as LISTING
from records import amendments, contests, export_lines, identity_cases, objections, outgoing, repairs, selectors
from records.batch_review import REVIEWING
from records.models import (
    Amendment,
    ArchiveOpening,
    CreditRecord,
    ExportRequest,
    IdentityCase,
    LawfulRequest,
    Objection,
    Repair,
    Undoing,
)
from records.workflows import archive_opening, giving

# 应用事项 of the house itself; the others are named by the pack.
HOUSE = {
    selectors.HANDLING: "信用记录办理（录入、报送、复核）",
    REVIEWING: "批量报送的逐件复核",
    LISTING: "列入案件办理（告知、审核、决定、送达）",
    HONOUR: "荣誉推荐办理（核实、决定、送达）",
    PRIOR_NOTICE: "拟作不利决定的事先告知",
    repairs.HANDLING: "信用修复办理",
    objections.HANDLING: "异议申诉办理",
    amendments.HANDLING: "自查更正办理",
    contests.HANDLING: "原决定变更、撤销的处理",
    identity_cases.HANDLING: "身份核定",
    export_lines.MATTER: "导出本部门的信用记录",
    outgoing.PUSH: "推送到信用平台",
    letters.MATTER: "窗口核对身份",
    archive_opening.MATTER: "开启封存件（凭案号，两人）",
    giving.MATTER: "依法调取（凭文书，两人）",
}
# Looks of whole pages and lists: each person has a row, and many rows at once are the work itself.
IN_SETS = frozenset({REVIEWING, export_lines.MATTER})
# What a look says while nothing has followed it yet.
NOTHING_YET = {
    outgoing.PUSH: "已送出，等平台回话",
    export_lines.MATTER: "已列入名单，文件还没有领取",
    letters.MATTER: "已打印激活信，交给本人",
}

Cases = dict[str, Case]


def nothing_yet(code: str) -> str:
    """还没有后续."""
    return NOTHING_YET.get(code, "只查看，没有据此办理事项")


def title(code: str) -> str:
    """事项的名称."""
    known = pack.current().matters.get(code)
    return known.title if known else HOUSE.get(code, code)


def _records(numbers: set[str]) -> Cases:
    rows = CreditRecord.objects.filter(number__in=numbers)
    facts = rows.values_list("number", "department__code", "ended_on", "use_until", "effective_on")
    # a draft's computed end is not an end: it is still being handled
    return {number: Case(body, _first(ended, until if begun else None)) for number, body, ended, until, begun in facts}


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _repairs(numbers: set[str]) -> Cases:
    rows = Repair.objects.filter(number__in=numbers).values_list("number", "record__department__code", "over_on")
    return {number: Case(body, until) for number, body, until in rows}


def _objections(numbers: set[str]) -> Cases:
    rows = Objection.objects.filter(number__in=numbers).values_list("number", "record__department__code", "over_on")
    return {number: Case(body, until) for number, body, until in rows}


def _amendments(numbers: set[str]) -> Cases:
    rows = Amendment.objects.filter(number__in=numbers).values_list("number", "record__department__code", "decided_on")
    return {number: Case(body, until) for number, body, until in rows}


def _undoings(numbers: set[str]) -> Cases:
    rows = Undoing.objects.filter(number__in=numbers).values_list("number", "record__department__code", "over_on")
    return {number: Case(body, until) for number, body, until in rows}


def _identities(numbers: set[str]) -> Cases:
    rows = IdentityCase.objects.filter(number__in=numbers).values_list("number", "department__code", "over_on")
    return {number: Case(body, until) for number, body, until in rows}


def _listings(numbers: set[str]) -> Cases:
    rows = Listing.objects.filter(number__in=numbers).values_list(
        "number", "department__code", "dropped_on", "revoked_on", "record__ended_on"
    )
    outside = Registration.objects.filter(number__in=numbers).values_list(
        "number", "department__code", "returned_on", "cancelled_on", "record__ended_on"
    )
    return {number: Case(body, _first(*ends)) for number, body, *ends in [*rows, *outside]}


def _honours(numbers: set[str]) -> Cases:
    rows = Nomination.objects.filter(number__in=numbers).values_list(
        "number", "department__code", "dropped_on", "withdrawn_on", "annulled_on", "record__ended_on"
    )
    return {number: Case(body, _first(*ends)) for number, body, *ends in rows}


def _prior_notices(numbers: set[str]) -> Cases:
    rows = PreAdverseNotice.objects.filter(number__in=numbers).values_list("number", "department__code", "decided_on")
    return {number: Case(body, until) for number, body, until in rows}


def _exports(numbers: set[str]) -> Cases:
    rows = ExportRequest.objects.filter(number__in=numbers).values_list("number", "department__code")
    return {number: Case(body, None) for number, body in rows}


def _letters(numbers: set[str]) -> Cases:
    rows = ActivationLetter.objects.filter(number__in=numbers).values_list("number", "department__code")
    return {number: Case(body, None) for number, body in rows}


def _openings(numbers: set[str]) -> Cases:
    rows = ArchiveOpening.objects.filter(number__in=numbers).values_list("number", "department__code")
    return {number: Case(body, None) for number, body in rows}


def _matter_cases(matter: str, numbers: set[str]) -> Cases:
    rows = MatterCase.objects.filter(matter=matter, case_number__in=numbers)
    return {
        number: Case(body, closed)
        for number, body, closed in rows.values_list("case_number", "department__code", "closed_on")
    }


def _requests(numbers: set[str]) -> Cases:
    rows = LawfulRequest.objects.filter(number__in=numbers).values_list("number", "department__code", "over_on")
    return {number: Case(body, until) for number, body, until in rows}


KINDS: dict[str, Callable[[set[str]], Cases]] = {
    selectors.HANDLING: _records,
    REVIEWING: _records,
    repairs.HANDLING: _repairs,
    objections.HANDLING: _objections,
    amendments.HANDLING: _amendments,
    contests.HANDLING: _undoings,
    LISTING: _listings,
    HONOUR: _honours,
    PRIOR_NOTICE: _prior_notices,
    identity_cases.HANDLING: _identities,
    export_lines.MATTER: _exports,
    letters.MATTER: _letters,
    archive_opening.MATTER: _openings,
    giving.MATTER: _requests,
}


def finder(matter: str) -> Callable[[set[str]], Cases] | None:
    """怎样找办件: the house's own by their nouns, those of the pack among the registered ones; None for neither."""
    if matter in pack.current().matters:
        return partial(_matter_cases, matter)
    return KINDS.get(matter)


def cases(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Case]:
    """办件 of these (matter, case number), one question per matter; what there is none of is left out."""
    by_matter: dict[str, set[str]] = {}
    for matter, number in wanted:
        by_matter.setdefault(matter, set()).add(number)
    return {
        (matter, number): case
        for matter, numbers in by_matter.items()
        if (find := finder(matter)) is not None
        for number, case in find(numbers).items()
    }
