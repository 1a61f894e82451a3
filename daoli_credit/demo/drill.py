"""演练: an operator orders a fault at a sandbox platform and watches what the delivery desk makes of it."""

from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings

from daoli_credit.feeds import channels

TIMEOUT = 3
MOST = 20


@dataclass(frozen=True)
class Fault:
    """故障: code, what it is called, what should be seen, and on which wires it can be played."""

    code: str
    title: str
    watch: str
    https: bool = True
    files: bool = False


FAULTS = (
    Fault("500", "报错，没有收下", "推送单放回待发送，5 秒、10 秒、1 分钟后再试；连续 5 次熔断。"),
    Fault("500-after-store", "收下以后报错", "用同一个键再送一次，对方认得，不会重复登记。"),
    Fault("silent", "不回答", "超时以后放回待发送，别的平台不受影响。", files=True),
    Fault("reset", "断线", "放回待发送，字节不变地再送。", files=True),
    Fault("reset-after-store", "收下以后断线", "结果不明，同一个键再送；回执到了就了结。", files=True),
    Fault("slow", "回答很慢", "照常受理，只是慢。", files=True),
    Fault(
        "down", "停机", "这几批一件也送不到，回执和清单也取不到：退避、熔断；恢复以后撤回在前，按次序补齐。", files=True
    ),
    Fault("receipt-first", "先发回执再回答", "早到的回执照样了结。"),
    Fault("duplicate-receipt", "回执发两次", "第二次不算新的，什么都不变。", files=True),
    Fault("late-receipt", "回执次序颠倒", "后来的先有回执：先了结的按号码为准，迟到的旧回执不改变它。", files=True),
    Fault(
        "wrong-receipt",
        "回执说的是别的键",
        "不认识的键不听，推送单仍是待回执；二十四小时以后待人工处理，重试即有回执。",
        files=True,
    ),
    Fault("refuse", "当场退回", "待人工处理，退给认定部门，用平台的原话。", files=True),
    Fault("reject", "收下以后退回", "回执写明退回，退给认定部门。", files=True),
    Fault(
        "repaired",
        "收下以后在对方已修复",
        "收录方当即改为已撤下，列为差异，请认定部门核对；我方终止或者更正以后自动消除。",
        files=True,
    ),
    Fault("lose", "收下以后丢了", "对账写明“对方没有”；核对以后从对账差异重新推送，下一次对账消除。", files=True),
    Fault(
        "alter", "收下以后改动", "对账写明“版本相同，内容不同”；重新推送一次，仍不同的请对方按摘要核对。", files=True
    ),
    Fault(
        "keep",
        "说撤下了却没有撤",
        "下一次对账报警“我方已到期或终止，对方仍有”；要求对方撤下，或者从这条记录再撤回一次。",
        files=True,
    ),
    Fault("no-callback", "不主动送回执", "每分钟去取，照样了结。"),
    Fault("no-receipt", "没有回执", "待回执；二十四小时以后转待人工处理。", files=True),
    Fault("partial", "只办一半", "没有回答的放回待发送；文件交换的没有回执，二十四小时以后待人工处理。", files=True),
    Fault(
        "clock-skew",
        "对方的钟不对",
        "被拒绝，放回待发送；文件交换的，持有清单是几天以前的，对账写明没有对成。",
        files=True,
    ),
    Fault("key-change", "对方换了密钥", "被拒绝，放回待发送，值守页写明；两边都认新旧两把以后照常。", files=True),
    Fault("full-disk", "对方磁盘满", "没有收下，放回待发送。", files=True),
    Fault("late", "晚些才读包", "待回执，读到以后了结。", https=False, files=True),
    Fault("reverse", "后到的包先读", "旧版收到“已有更新的版本”，按已被取代了结。", https=False, files=True),
)


class NotOrdered(Exception):
    """沙箱平台没有接受."""


def faults_of(code: str) -> list[Fault]:
    """这个平台演练得了的故障."""
    by_files = channels.of(code).by_files
    return [one for one in FAULTS if (one.files if by_files else one.https)]


@dataclass(frozen=True)
class Running:
    """正在演练的: its fault, and for how many batches more."""

    fault: str
    left: int

    @property
    def title(self) -> str:
        """What it is called; its code where the page does not offer it."""
        return next((one.title for one in FAULTS if one.code == self.fault), self.fault)


def order(code: str, fault: str, count: int) -> None:
    """安排故障 for the next so many batches; 0 ends it. Raises NotOrdered with the reason in words."""
    _asked("POST", code, json={"fault": fault, "count": count})


def running(code: str) -> Running | None:
    """正在演练什么, as the platform itself says; None when it plays nothing. Raises NotOrdered."""
    said = _asked("GET", code).json()
    return Running(said["fault"], said["left"]) if said["left"] else None


def _asked(method: str, code: str, **given: Any) -> requests.Response:
    address = settings.DRILLS.get(code)
    if address is None or not settings.DRILL_TOKEN:
        raise NotOrdered("这个平台不是演示平台，不能演练")
    headers = {"Authorization": f"Bearer {settings.DRILL_TOKEN}"}
    try:
        told = requests.request(method, f"{address}/admin/faults", headers=headers, timeout=TIMEOUT, **given)
    except requests.RequestException as why:
        raise NotOrdered("演示平台没有回答，请看它是否在运行") from why
    if told.status_code != 200:
        raise NotOrdered(f"演示平台没有接受（HTTP {told.status_code}）")
    return told
