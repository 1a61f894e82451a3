"""读依法调取: lists and pages name nobody; what was given stands in the letter."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from daoli_credit.paper.sheet import Sheet
from records import sealed_requests
from records.identity import Identity
from records.models import CatalogueItem, LawfulRequest, RequestDeletion, RequestFile
from records.models.lawful_request import OPEN, LawfulRequests, R
from records.rules import requesters
from records.rules.values import document_number
from records.workflows import giving

KINDS = {
    R.ASKED: "warn",
    R.APPROVED: "warn",
    R.EXTRACTED: "warn",
    R.HANDED: "done",
    R.REFUSED: "done",
    R.WITHDRAWN: "off",
}


@dataclass(frozen=True)
class Page:
    """一件调取的全部: the person masked, the items by name."""

    request: LawfulRequest
    who: Identity
    article: str
    items: list[str]
    document: RequestFile | None
    openings: list[str]
    late: bool


def waiting_for(user: User) -> LawfulRequests:
    """等这个人办的: to be signed by another than who registered, or to be extracted and handed over."""
    seen = LawfulRequest.objects.visible_to(user)
    signs = seen.filter(status=R.ASKED, department__in=user.departments("approve_request")).exclude(registered_by=user)
    gives = seen.filter(status__in=[R.APPROVED, R.EXTRACTED], department__in=user.departments("handle_request"))
    return signs | gives


STATES = (("mine", "等我办"), ("late", "逾期"), ("running", "办理中"), ("over", "已办结"))
LONGEST = 60


def listed(user: User, *, state: str = "", words: str = "") -> LawfulRequests:
    """本单位的调取件: what runs first, and what is due first; by state or a part of a number, never by person."""
    rows = waiting_for(user) if state == "mine" else LawfulRequest.objects.visible_to(user)
    if state == "late":
        rows = rows.filter(status__in=OPEN, answer_by__lt=clock.today())
    if state == "running":
        rows = rows.filter(status__in=OPEN)
    if state == "over":
        rows = rows.exclude(status__in=OPEN)
    if words := words.strip()[:LONGEST]:
        typed = document_number(words)
        rows = rows.filter(
            Q(number__contains=words.upper())
            | Q(document_number__contains=words)
            | Q(case_number__contains=words)
            | Q(body_name__contains=words)
            | Q(document_number__contains=typed)
            | Q(case_number__contains=typed)
        )
    return rows.select_related("department", "registered_by").order_by("over_on", "answer_by", "-pk")


def counts(user: User) -> list[tuple[str, str, int]]:
    """几件, as the chips say; each opens exactly those."""
    return [(state, label, listed(user, state=state).count()) for state, label in STATES]


def destroyed(user: User, most: int) -> QuerySet[RequestDeletion]:
    """本单位保存期满、已经销毁的, the last ones first: numbers and days."""
    mine = user.departments("handle_request") | user.departments("approve_request")
    codes = Department.objects.filter(pk__in=mine).values_list("code", flat=True)
    return RequestDeletion.objects.filter(department__in=list(codes))[:most]


def is_late(request: LawfulRequest, today: date) -> bool:
    """逾期: the day that the document named has passed and the request is not over."""
    return request.status in OPEN and request.answer_by is not None and request.answer_by < today


def items_of(body: Department) -> list[tuple[str, str]]:
    """本部门持有的事项."""
    found = CatalogueItem.objects.filter(providers__department=body).order_by("code")
    return list(found.values_list("code", "title"))


def _titles(codes: list[str]) -> list[str]:
    titles = dict(CatalogueItem.objects.filter(code__in=codes).values_list("code", "title"))
    return [titles.get(code, code) for code in codes]


def page(request: LawfulRequest) -> Page:
    """一件."""
    return Page(
        request=request,
        who=sealed_requests.masked(request),
        article=requesters.named(request.article),
        items=_titles(request.items),
        document=request.files.filter(kind=RequestFile.Kind.DOCUMENT).defer("envelope").first(),
        openings=[one.number for one in giving.openings(request)],
        late=is_late(request, clock.today()),
    )


def _warning() -> str:
    return "演示规则，不作依据" if pack.current().demo else ""


def answer(request: LawfulRequest, who: Identity, said: dict[str, object]) -> Sheet:
    """提供的内容 as it is handed over: of the named person only, with each record's marks."""
    lines = [
        "依法提供的信用记录",
        f"贵单位《{request.document_number}》（案号 {request.case_number}）收悉。"
        f"依据{requesters.named(request.article)}，"
        f"现提供{who.name}（{who.id_type} {who.id_number}）在本单位 {request.period_from} 至 {request.period_to} "
        f"期间认定、截至 {said['day']} 仍在使用期内的下列记录：",
        "",
    ]
    records = said["records"]
    assert isinstance(records, list)  # noqa: S101 - for the type checker
    for place, one in enumerate(records, start=1):
        lines.append(f"{place}. {one['item']}（系统编号 {one['number']}，第 {one['revision']} 版）")
        lines += [f"    {name}：{value}" for name, value in one["content"]]
        lines.append(f"    认定日期：{one['determined_on']}；共享使用至：{one['use_until'] or '长期'}")
        lines += [f"    请注意：{mark}" for mark in one["marks"]]
        if own := one.get("statement"):
            lines += [f"    本人声明：{own}"]
    if not records:
        lines.append("本单位没有这一范围内的记录。")
    lines += [
        "",
        "请仅用于上述案件，依法保密，不得另作他用（个人信息保护法第三十四条）。",
        "",
        request.department.name,
        f"{said['day']}",
    ]
    return _sheet(request, "依法提供的信用记录", lines)


def letter(request: LawfulRequest) -> Sheet:
    """复函: what was handed over, by number and item; or why nothing is given. Names the person masked."""
    who = sealed_requests.masked(request)
    refused = request.status == R.REFUSED
    title = "不予提供告知函" if refused else "依法调取复函"
    lines = [
        title,
        f"贵单位《{request.document_number}》（案号 {request.case_number}，承办人 {request.contact}）收悉。"
        f"调取的人：{who.name}（{who.id_type} {who.id_number}）。事项：{'、'.join(_titles(request.items))}；"
        f"期间：{request.period_from} 至 {request.period_to}。依据：{requesters.named(request.article)}。",
        "",
    ]
    lines += _refused(request) if refused else _handed(request)
    lines += ["", request.department.name, f"{request.over_on or clock.today()}"]
    return _sheet(request, title, lines)


def _refused(request: LawfulRequest) -> list[str]:
    return [
        f"经审查，不予提供：{request.get_refusal_display()}。",
        "补正以后可以重新调取。一次只能调取文书指明的人、指明的事项。",
    ]


def _handed(request: LawfulRequest) -> list[str]:
    lines = [f"已于 {request.handed_on} 交付，回执：{request.receipt}。交付的记录共 {len(request.given)} 条："]
    lines += [f"    {number}" for number in request.given] or ["    （没有这一范围内的记录）"]
    opened = giving.openings(request)
    if opened:
        lines.append(f"另有经开启封存件提供的 {len(opened)} 件：{'、'.join(one.number for one in opened)}。")
    return [*lines, "已记入对外提供登记；本单位不留存所提供内容的副本。"]


def _sheet(request: LawfulRequest, title: str, lines: list[str]) -> Sheet:
    return Sheet(
        title=title,
        text="\n".join(lines),
        number=request.number,
        addressee=request.body_name,
        warning=_warning(),
    )
