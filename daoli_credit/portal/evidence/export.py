"""导出存证: the rows of a filter as CSV, each export an event of its own. Cells are text that no program runs."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.portal.evidence import search, words
from daoli_credit.workflow import noun

EXPORTED = register("evidence.exported", "导出存证清单")
PROVED = register("evidence.proved", "导出存证证明")
MOST = 10_000
PORTION = 2_000
HEAD = ("编号", "数据库时间", "业务日", "部门", "经手人", "经手人编号", "行为", "行为代码", "对象种类", "对象编号",
        "原状态", "新状态", "意见", "数量", "叶子")  # fmt: skip


def safe(value: object) -> str:
    """一格: what a spreadsheet would take for a formula is given a leading apostrophe."""
    text = str(value)
    return f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r", "\n"} else text


def begin(asked: dict[str, Any], chosen: dict[str, Any], actor: User) -> tuple[Event, list[int]]:
    """登记导出, with its filter in words. Returns the event and the numbers of the rows that will be written."""
    department = actor.home_department.code if actor.home_department else ""
    with transaction.atomic():
        numbers = list(search.events(asked).values_list("id", flat=True)[:MOST])
        event = events.record(
            act=EXPORTED,
            noun=noun(Event),
            object_id="*",
            actor=actor,
            department=department,
            opinion=_words(chosen),
            count=max(1, len(numbers)),
        )
    return event, numbers


def lines(event: Event, numbers: list[int], chosen: dict[str, Any]) -> Iterator[str]:
    """各行: the mark that says who took it out, why it may end early, the head, and the rows in portions."""
    yield "\ufeff" + _line(
        [f"导出人：{event.actor_label}；{clock.now():%Y-%m-%d %H:%M}；第 {event.pk} 号事件；仅供审计，不得另作他用"]
    )
    cut = f"，只取最新 {MOST} 条，请缩小条件再导出其余" if len(numbers) == MOST else ""
    yield _line([f"条件：{_words(chosen)}；{len(numbers)} 条{cut}"])
    yield _line(HEAD)
    names = words.departments()
    for at in range(0, len(numbers), PORTION):
        for row in Event.objects.filter(id__in=numbers[at : at + PORTION]).order_by("-id"):
            one = words.said([row], names)[0]
            yield _line(
                [
                    *(row.pk, one.at, row.day, names.get(row.department, row.department)),
                    *(row.actor_label, row.actor_id, one.did, row.act, words.nouns().get(row.noun, row.noun)),
                    *(row.object_id, row.from_status, row.to_status, row.opinion, row.count, bytes(row.leaf).hex()),
                ]
            )


def _words(chosen: dict[str, Any]) -> str:
    return "，".join(f"{label}：{value}" for label, value in chosen.items()) or "全部事件"


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([safe(cell) for cell in cells])
    return text.getvalue()
