"""怎样结束的: which of the ends a listing had, and under which article; each is another act, never one word for all."""

from daoli_credit.law import clock, pack
from incentives.models import EarlyExit, Listing, Registration
from incentives.models.early_exit import X
from incentives.rules import route
from records import contests
from records.models import CreditRecord
from records.models.revision import Kind

WITHDRAW = "withdraw-changed-decision"
TITLES = {
    "expired": "期限届满，自动移出",
    "repaired": "信用修复，终止公示和共享使用",
    "left-early": "提前移出",
    "annulled": "原决定变更、撤销，终止",
    "wrong": "异议成立，认定有误，撤回",
    "retracted": "认定部门自查有误，撤回",
    "elsewhere": "已在别处修复，终止",
    "basis": "依据失效，终止",
}


def _cited(code: str) -> str:
    limits = pack.current().limits
    return "、".join(str(one) for one in limits[code].citations) if code in limits else ""


def _of_record(record: CreditRecord) -> tuple[str, str]:
    """The end of the record, in words: title and what it rests on."""
    if record.end_kind == "left-early":
        left = EarlyExit.objects.filter(record=record, status=X.GRANTED).first()
        if left is not None:
            conditions = "、".join(left.conditions)
            return TITLES["left-early"], f"{left.decided_on}，{left.decision_number}：{conditions}（{left.article}）"
    over = record.is_over(clock.today())
    if record.status == "effective" and not over:
        return "", ""
    kind = record.end_kind or "expired"
    article = str(record.reasons.get("use_until", "")) if kind == "expired" else _cited(WITHDRAW)
    day = record.ended_on or record.use_until
    return TITLES.get(kind, "已终止"), f"{day}" + (f"：{article}" if article else "")


def of_listing(listing: Listing) -> tuple[str, str]:
    """案件怎样结束的; ("", "") while it goes on or stands."""
    if listing.status == "dropped":
        rule = route.kind(listing).may_not_list
        return "不予列入", f"{listing.dropped_on}：{listing.dropped_why}" + (f"（{rule}）" if rule else "")
    if listing.status == "revoked":
        said = f"{listing.revoked_on}，{listing.revocation_number}：{listing.revoked_why}"
        return "撤销列入决定", f"{said}（{_cited(WITHDRAW)}）"
    return _of_record(listing.record) if listing.record is not None else ("", "")


def of_registration(made: Registration) -> tuple[str, str]:
    """登记怎样结束的."""
    if made.status == "returned":
        return "登记已退回，没有产生信用记录", f"{made.returned_on}：{made.returned_why}"
    if made.status == "cancelled":
        said = f"{made.cancelled_on}，{made.cancel_number}：{made.cancelled_why}"
        return "决定已撤销或者更正，登记撤销", f"{said}（{_cited(WITHDRAW)}）"
    return _of_record(made.record) if made.record is not None else ("", "")


def marks(record: CreditRecord | None) -> list[tuple[str, str]]:
    """案件页上的标注: what everybody who reads the record is told, with the day; each with where it is handled."""
    if record is None or not record.is_in_force(clock.today()):
        return []
    found = []
    if running := contests.running(record):
        said = f"{running.body} {running.case_number}，{running.accepted_on} 受理"
        found.append((f"{running.get_kind_display()}中", said))
    if undone := contests.undoing(record):
        found.append(("原决定变更、撤销待处理", f"{undone.issuer} {undone.document}，最晚 {undone.due_on} 处理"))
    if record.disputed_on:
        found.append(("本人提出异议", f"{record.disputed_on} 起标注，核实期间照常标注"))
    if record.suspended_on:
        found.append(("暂停提供", f"{record.suspended_on} 起不再对外提供"))
    corrected = record.revisions.filter(kind=Kind.CORRECTED).order_by("-number").first()
    if corrected is not None:
        found.append(("已更正", f"{corrected.day} 更正，以更正后的内容为准"))
    leaving = EarlyExit.objects.filter(record=record, status=X.ASKED).first()
    if leaving is not None:
        found.append(("已提出提前移出", f"{leaving.number}，{leaving.asked_on} 提出，等审批人决定"))
    return found
