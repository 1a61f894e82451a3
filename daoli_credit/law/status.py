"""效力状态: what a row of the pack may drive. The weakest of a row and its bases decides."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol


class Status(StrEnum):
    """效力状态, from strongest to weakest."""

    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    TO_CONFIRM = "to-confirm"
    SUSPENDED = "suspended"
    NO_BASIS = "no-basis"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.VERIFIED: "已核条文",
    Status.CONFIRMED: "已确认",
    Status.TO_CONFIRM: "待确认",
    Status.SUSPENDED: "已暂停",
    Status.NO_BASIS: "无依据",
}


class Effect(StrEnum):
    """作用: what a caller wants the row to carry."""

    ADVERSE = "adverse"  # 减损权益：归集、列入、推送、公示不利信息
    FAVOUR = "favour"  # 利于本人：停止、答复、标注、拒收、撤下
    PLAN = "plan"  # 排期：计划日期、提醒
    REFUSE = "refuse"  # 拒绝一项合法的办理


FIRM = frozenset({Status.VERIFIED, Status.CONFIRMED})
ALLOWED = {
    Effect.ADVERSE: FIRM,
    Effect.FAVOUR: FIRM | {Status.TO_CONFIRM},
    Effect.PLAN: FIRM | {Status.TO_CONFIRM},
    Effect.REFUSE: FIRM | {Status.NO_BASIS},
}


class HasStatus(Protocol):
    """Anything with an effective status: a row, a push rule, a publication rule."""

    @property
    def status(self) -> Status: ...


def may(row: HasStatus, effect: Effect | str) -> bool:
    """可否驱动: whether a row of this effective status may carry the effect. ValueError for an unknown effect."""
    return row.status in ALLOWED[Effect(effect)]


def weakest(statuses: Iterable[Status]) -> Status:
    """最弱者: a row that rests on a weaker basis is no stronger than it."""
    order = list(Status)
    return max(statuses, key=order.index)
