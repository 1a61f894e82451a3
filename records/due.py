"""信用记录各件的日程: one question per noun, numbers and items only."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from daoli_credit.accounts.due import Due, Reach, register
from daoli_credit.law import clock
from records.models import ArchiveOpening, CreditRecord, Lapse, LawfulRequest, Objection, Repair, Undoing
from records.models.archive import O
from records.models.lapse import L
from records.models.objection import RUNNING as OBJECTING
from records.models.repair import RUNNING as REPAIRING
from records.rules import repair_clocks

MOST = 300  # ends of one department in one view; the page says so when there are more


def _lines(rows: Iterable[tuple[str, date | None, int]], kind: str, says: str) -> Iterator[Due]:
    """Number, day and department of each; the kind is the name of its page."""
    for number, on, body in rows:
        if on is not None:
            yield Due(on, kind, number, says, body, reverse(kind, args=[number]))


def objections(reach: Reach, until: date) -> Iterator[Due]:
    """异议申诉的答复."""
    found = Objection.objects.filter(
        record__department_id__in=reach.ids("answer_objection"),
        record__in=CreditRecord.objects.in_force(on=clock.today()),
        status__in=OBJECTING,
        due_on__lte=until,
    )
    yield from _lines(found.values_list("number", "due_on", "record__department_id"), "objection", "异议申诉最晚答复")


def repairs(reach: Reach, until: date) -> Iterator[Due]:
    """信用修复的受理、决定和收录方确认."""
    found = Repair.objects.filter(
        record__department_id__in=reach.ids("handle_repair", "decide_repair"), status__in=REPAIRING
    )
    for one in found.select_related("record"):
        due = repair_clocks.running(one)
        if due and due.on and due.on <= until:
            address = reverse("repair", args=[one.number])
            yield Due(
                due.on, "repair", one.number, f"信用修复{due.title}", one.record.department_id, address, due.provisional
            )


def undoings(reach: Reach, until: date) -> Iterator[Due]:
    """原决定变更、撤销的处理."""
    found = Undoing.objects.open().filter(
        record__department_id__in=reach.ids("submit_record", "review_record"),
        record__in=CreditRecord.objects.in_force(on=clock.today()),
        due_on__lte=until,
    )
    yield from _lines(
        found.values_list("number", "due_on", "record__department_id"), "undoing", "原决定变更、撤销最晚处理"
    )


def lapses(reach: Reach, until: date) -> Iterator[Due]:
    """依据失效的暂停日."""
    found = Lapse.objects.filter(
        department_id__in=reach.ids("legal_review", "review_record"), paused_on__isnull=True, pause_from__lte=until
    ).exclude(status=L.ANCHORED)
    rows = found.values_list("number", "pause_from", "department_id")
    yield from _lines(rows, "lapse", "依据失效，没有改挂的自这一天暂停")


def ends(reach: Reach, until: date) -> Iterator[Due]:
    """共享使用届满的记录: number and item, whose it is stays where it is."""
    found = CreditRecord.objects.in_force(on=clock.today()).filter(
        department_id__in=reach.ids("view_records"), use_until__lte=until
    )
    rows = found.order_by("use_until", "pk").values_list("number", "use_until", "item__title", "department_id")
    for number, on, item, body in rows[:MOST] if reach.user else rows:
        address = reverse("record", args=[number])
        assert on is not None  # noqa: S101 - asked for above
        yield Due(on, "end", number, f"{item}：共享使用届满，自动停止", body, address, by_itself=True)


def requests(reach: Reach, until: date) -> Iterator[Due]:
    """依法调取的答复."""
    found = LawfulRequest.objects.filter(
        department_id__in=reach.ids("handle_request", "approve_request"), over_on__isnull=True, answer_by__lte=until
    )
    yield from _lines(found.values_list("number", "answer_by", "department_id"), "request", "依法调取文书要求答复")


def openings(reach: Reach, until: date) -> Iterator[Due]:
    """同意了还没有开启的封存件."""
    found = ArchiveOpening.objects.filter(
        department_id__in=reach.ids("legal_review"), status=O.APPROVED, open_until__lte=until
    )
    yield from _lines(found.values_list("number", "open_until", "department_id"), "opening", "封存件最晚开启，过期收回")


register("objection", "异议申诉", objections)
register("repair", "信用修复", repairs)
register("undoing", "原决定变更、撤销", undoings)
register("lapse", "依据失效", lapses)
register("end", "记录到期", ends)
register("request", "依法调取", requests)
register("opening", "开启封存件", openings)
