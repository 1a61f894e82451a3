"""修复与办理: a person's matters in sections; each room adds its selector to SECTIONS and its page to the section."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.looks.models import Explanation
from daoli_credit.looks.models.explanation import E
from daoli_credit.looks.rules import clocks
from incentives.models import Listing, PreAdverseNotice, Registration
from incentives.selectors import course, ends, notice_page, outside
from records import objections, promises, repairs
from records.models.objection import RUNNING as OBJECTIONS_RUNNING
from records.models.objection import S as OBJECTION
from records.models.repair import RUNNING, S

LISTING_KINDS = {"notified": "warn", "effective": "ok", "dropped": "done", "revoked": "done"}


@dataclass(frozen=True)
class Case:
    """一件: without the content of a record that has ended."""

    title: str
    number: str
    href: str
    kind: str
    word: str
    says: str


@dataclass(frozen=True)
class Section:
    """一类办理."""

    title: str
    cases: Sequence[Case]
    empty: str


def _says(line: repairs.Line, false: Collection[int]) -> str:
    repair = line.repair
    if repair.status in {S.DECIDED, S.CLOSED} and repair.decided_on:
        ended = f"已修复，于 {repair.decided_on:%Y-%m-%d} 终止公示和共享使用"
        told = "；承诺经认定不实，打开看得到原因和救济途径" if repair.pk in false else ""
        return f"{ended}{'；等待收录方确认撤下' if repair.status == S.DECIDED else ''}{told}"
    if repair.status == S.UNMET:
        return "还有条件没有满足，补上后在这里写明即可"
    if repair.status == S.WAITING:
        return f"{repair.applied_on:%Y-%m-%d} 申请，等您补充，期限停止计算；打开就看得到要补什么"
    if line.due and line.due.on:
        return f"{repair.applied_on:%Y-%m-%d} 申请，{line.due.title} {line.due.on:%Y-%m-%d}"
    return f"{repair.applied_on:%Y-%m-%d} 申请"


def _repairs(user: User) -> Section:
    lines = [repairs.line(repair) for repair in repairs.of_person(user)]
    false = promises.confirmed_about(user)
    lines.sort(key=lambda one: one.repair.status not in RUNNING)
    cases = [
        Case(
            title=one.repair.record.item.title,
            number=one.repair.number,
            href=reverse("me-repair-case", args=[one.repair.number]),
            kind=one.kind,
            word=one.repair.get_status_display(),
            says=_says(one, false),
        )
        for one in lines
    ]
    return Section("信用修复", cases, "没有信用修复申请。哪一条可以申请、最早哪一天，在“我的信息”的那一条里写着。")


def _listings(user: User) -> Section:
    found = Listing.objects.about(user.person_keys()).select_related("department", "record", "subject")
    cases = [
        Case(
            title=f"{one.department.name}：{'列入案件' if one.decided_on else '拟列入案件'}",
            number=one.number,
            href=reverse("me-listing", args=[one.number]),
            kind=LISTING_KINDS.get(one.status, "off"),
            word=one.get_status_display(),
            says=course.headline(one)[0].removeprefix("现在："),
        )
        for one in found
    ]
    return Section(
        "列入案件", cases, "没有关于您的列入案件。拟列入不是列入：作出书面决定并送达以前，不公开，也不告诉其他部门。"
    )


def _registrations(user: User) -> Section:
    found = Registration.objects.about(user.person_keys()).select_related("department", "record", "subject")
    cases = [
        Case(
            title=f"{line.row.authority}：{line.kind}",
            number=line.row.number,
            href=reverse("me-registration", args=[line.row.number]),
            kind="done" if ends.of_registration(line.row)[0] else "ok",
            word=line.row.get_status_display(),
            says=ends.of_registration(line.row)[0] or f"{line.row.department.name}登记，另一人已对照文书确认",
        )
        for line in outside.lines(list(found))
    ]
    return Section("名单登记", cases, "没有别的机关决定、在本系统登记的列入。")


NOTICE_KINDS = {"notified": "warn", "decided": "done", "spared": "ok"}


def _notices(user: User) -> Section:
    found = PreAdverseNotice.objects.about(user.person_keys()).select_related(*notice_page.RELATED)
    cases = [
        Case(
            title=f"{one.department.name}：拟作出不利决定的事先告知",
            number=one.number,
            href=reverse("me-prior-notice", args=[one.number]),
            kind=NOTICE_KINDS.get(one.status, "off"),
            word=one.get_status_display(),
            says=notice_page.headline(one)[0].removeprefix("现在："),
        )
        for one in found
    ]
    return Section("事先告知", cases, "没有事先告知。据信用信息作出对您不利的决定以前，要先告知您，听取您的意见。")


EXPLANATION_KINDS = {E.RAISED: "warn", E.ANSWERED: "ok", E.WITHDRAWN: "off"}


def _explained(one: Explanation) -> str:
    if one.answered_on:
        return f"{one.answered_on:%Y-%m-%d} 说明：{one.get_finding_display()}"
    last = clocks.due(one)
    until = f"，最晚 {last:%Y-%m-%d} 说明" if last and one.status == E.RAISED else ""
    return f"{one.raised_on:%Y-%m-%d} 请求{until}"


def _explanations(user: User) -> Section:
    found = Explanation.objects.about(user.person_keys()).select_related("department")
    cases = [
        Case(
            title=f"请{one.department.name}说明一次查询",
            number=one.number,
            href=reverse("me-explanation", args=[one.number]),
            kind=EXPLANATION_KINDS[E(one.status)],
            word=one.get_status_display(),
            says=_explained(one),
        )
        for one in found
    ]
    return Section("查询说明", cases, "没有请求过说明。在“谁看过”的每一条里都可以请求。")


def _answer_by(line: objections.Line) -> str:
    objection = line.objection
    if objection.status not in OBJECTIONS_RUNNING:
        return f"{objection.raised_on:%Y-%m-%d} 提出，{objection.over_on:%Y-%m-%d} 办结"
    if objection.status == OBJECTION.WAITING:
        return f"{objection.raised_on:%Y-%m-%d} 提出，等您补充，期限停止计算；打开就看得到要补什么"
    if objection.status == OBJECTION.PAUSED:
        return f"{objection.raised_on:%Y-%m-%d} 提出，没有按期答复，已经暂停提供这条信息；核实仍要继续"
    return f"{objection.raised_on:%Y-%m-%d} 提出" + (
        f"，最晚 {objection.due_on:%Y-%m-%d} 答复" if objection.due_on else ""
    )


def _objections(user: User) -> Section:
    cases = [
        Case(
            title=one.objection.record.item.title,
            number=one.objection.number,
            href=reverse("me-objection", args=[one.objection.number]),
            kind=one.kind,
            word=one.objection.get_status_display(),
            says=_answer_by(one),
        )
        for one in objections.lines(objections.of_person(user))
    ]
    return Section("异议申诉", cases, "没有异议。认为哪一条有误，打开“我的信息”的那一条，点“我认为有误”。")


SECTIONS: tuple[Callable[[User], Section], ...] = (
    _listings,
    _registrations,
    _notices,
    _objections,
    _repairs,
    _explanations,
)


def of(user: User) -> list[Section]:
    """本人的办理件, section by section."""
    return [section(user) for section in SECTIONS]
