"""案件台账: the department's cases by number and day, one to a line; of no person a single character."""

from collections.abc import Iterator

from daoli_credit.law import clock
from incentives.models.listing import Listings
from incentives.rules import route
from incentives.selectors import course

HEAD = (
    "系统编号", "名单", "列入机关", "状态", "接下来", "接下来最晚", "是否逾期", "立案日", "依据的文书号",
    "告知书文号", "告知送达日", "陈述申辩届满日", "陈述申辩份数", "法制审核日", "决定书文号", "决定日",
    "决定送达日", "生效日", "不予列入日", "撤销文号", "撤销日",
)  # fmt: skip
# What a sheet would take for a formula is text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> str:
    text = "" if value is None else f"{value}"
    return f"'{text}" if text.startswith(FORMULA) else text


def rows(cases: Listings) -> Iterator[tuple[str, ...]]:
    """各行, the head first."""
    yield HEAD
    today = clock.today()
    for one in cases.select_related("department", "record").prefetch_related("defences"):
        due = course.due(one)
        yield tuple(
            _cell(value)
            for value in (
                one.number,
                route.kind(one).title,
                one.department.name,
                one.get_status_display(),
                course.headline(one)[0].removeprefix("现在："),
                due[1] if due else None,
                "逾期" if due and due[1] < today else "",
                one.proposed_on,
                one.ground_document,
                one.notice_number,
                one.notice_served_on,
                one.answer_due_on,
                len(one.defences.all()),
                one.legal_reviewed_on,
                one.decision_number,
                one.decided_on,
                one.decision_served_on,
                one.effective_on,
                one.dropped_on,
                one.revocation_number,
                one.revoked_on,
            )
        )
