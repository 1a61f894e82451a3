"""清单: deliveries or differences of one platform as rows of a sheet. Numbers and our words; nobody's identity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.feeds import differences, selectors
from daoli_credit.feeds.standing import Standing
from daoli_credit.law import clock
from records.outgoing import HANDLER

TAKEN_OUT = register("feed.listed", "下载推送清单", duty="operate_feeds")
MOST = 5_000


@dataclass(frozen=True)
class Sheet:
    """一张清单: what it is called, its head, its rows."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if at else ""


def of_differences(code: str, *, kind: str, cleared: bool, owner: str = "") -> Sheet:
    """对账差异, as the page has them."""
    rows = [
        [
            *(one.record_number, one.get_kind_display(), str(one.ours or ""), str(one.theirs or ""), one.cause),
            *(one.owner.name if one.owner else "", _when(one.found_at), _when(one.cleared_at)),
        ]
        for one in differences.of_feed(code, kind=kind, cleared=cleared, owner=owner)[:MOST]
    ]
    head = ("记录", "差异", "我方版本", "对方版本", "可能的原因", "处理部门", "发现", "消除")
    return Sheet("对账差异", head, rows)


def of_copies(code: str, *, day: date) -> Sheet:
    """对方某日持有什么, as the page has it: by its own word."""
    rows = [
        [one.record_number, str(one.revision), one.digest, _when(one.seen_at), _when(one.unseen_at)]
        for one in selectors.copies(code, day)[:MOST]
    ]
    return Sheet(f"{day:%Y-%m-%d}持有", ("记录", "版本", "摘要", "首次见到", "不再见到"), rows)


def of_deliveries(user: User, code: str, *, state: str, reason: str, owner: str) -> Sheet:
    """推送单, as the page has them."""
    rows = [
        [
            *(one.record.number, str(one.number), one.revision.get_kind_display(), one.get_lane_display()),
            *(one.get_state_display(), str(one.attempts), one.get_held_reason_display() if one.held_reason else ""),
            *(one.held_words, one.held_owner.name if one.held_owner else ""),
            *(_when(one.created_at), _when(one.answered_at), _when(one.settled_at), one.key),
        ]
        for one in selectors.deliveries(user, code, state=state, reason=reason, owner=owner)[:MOST]
    ]
    head = (
        "记录",
        "版本",
        "种类",
        "通道",
        "状态",
        "已试",
        "待处理原因",
        "说明",
        "处理部门",
        "建单",
        "受理",
        "了结",
        "幂等键",
    )
    return Sheet("推送单", head, rows)


@transaction.atomic
def taken_out(sheet: Sheet, *, feed: Standing, actor: User) -> list[Sequence[str]]:
    """登记下载. Returns the rows with the mark that says who took them out, and where they were cut."""
    cut = f"；只取前 {MOST} 行" if len(sheet.rows) == MOST else ""
    mark = f"{feed.title} {sheet.title}；{actor.display_name} 于 {clock.now():%Y-%m-%d %H:%M} 下载{cut}；只供与平台核对"
    events.record(
        act=TAKEN_OUT,
        noun="feed",
        object_id=feed.code,
        actor=actor,
        department=HANDLER,
        opinion=sheet.title,
        count=max(1, len(sheet.rows)),
    )
    return [*sheet.rows, [mark]]
