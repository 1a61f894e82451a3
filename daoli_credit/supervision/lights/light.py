"""一盏灯: kind, word and reason; and how the lights of the units make the light of the task."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from daoli_credit.accounts.models import Department
from daoli_credit.supervision.facts import Facts


class Light(Enum):
    """状态: kind of the status component and its word. The order is that of urgency."""

    OVERDUE = ("bad", "逾期")
    WATCH = ("warn", "关注")
    NORMAL = ("ok", "正常")
    DONE = ("done", "完成")
    NO_FACTS = ("off", "未开始")

    def __init__(self, kind: str, word: str) -> None:
        self.kind, self.word = kind, word


URGENCY = list(Light)
NO_FACTS = "尚无可据以判断的事实"


@dataclass(frozen=True)
class Shown:
    """一盏灯和它的理由."""

    light: Light
    why: str


@dataclass(frozen=True)
class Evidence:
    """判断的依据: the rule in sentences, and the lights of units on a day; a unit left out has no facts."""

    says: tuple[str, ...]
    judge: Callable[[Iterable[Department], Facts], dict[int, Shown]]


def whole(shares: Iterable[Shown]) -> Shown:
    """整项任务: the most urgent of the units that have facts; done only when every unit is done."""
    all_shares = list(shares)
    known = [one for one in all_shares if one.light is not Light.NO_FACTS]
    if not known:
        return Shown(Light.NO_FACTS, NO_FACTS)
    worst = min(known, key=lambda one: URGENCY.index(one.light))
    silent = len(all_shares) - len(known)
    rest = f"{silent} 家{NO_FACTS}" if silent else ""
    light = Light.NORMAL if worst.light is Light.DONE and silent else worst.light
    same = sum(one.light is worst.light for one in known)
    why = worst.why if len(all_shares) == 1 else f"{same} 家{light.word}"
    return Shown(light, "；".join(part for part in (why, rest) if part))
