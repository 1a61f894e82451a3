"""卷内各件: what every bound file has, whatever noun it is about: letters as served, course, evidence, cover."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Department, Message, User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.sealed_in import seals_of
from daoli_credit.law import clock, pack
from daoli_credit.paper.bound import BoundFile, Part
from daoli_credit.workflow import Step

BY_LAW = {"person": "当事人", "bearer": "当事人", "system": "到期办理"}
# What every file ends with.
ALWAYS = ("办理经过", "存证")


def letter(title: str, number: str, message: Message, digest: bytes | None, served: Iterable[str]) -> Part:
    """A document as it was served, with the digest that was recorded then."""
    text = [line.rstrip() for line in messages.text(message).strip().split("\n")]
    proof = [f" 正文摘要（SHA-256）：{digest.hex()}"] if digest else []
    return Part(title, number, [*text, "", *served, *proof])


def service(how: str, day: object, proof: str) -> list[str]:
    """送达."""
    return [f"送达：{day}，{how}；送达证明：{proof}。"] if day else ["送达：尚未登记。"]


def pairs(title: str, number: str, facts: Iterable[tuple[str, object]]) -> Part:
    """Facts as lines."""
    return Part(title, number, [f"{name}：{value}" for name, value in facts if value not in {"", None}])


def duty_of(steps: Mapping[str, Step], begins: str, besides: Mapping[str, str] | None = None) -> Callable[[Event], str]:
    """职责, by the table of steps; what is no step is how it began, or what `besides` says of its act."""
    verbs: dict[str, str] = dict(Department._meta.permissions)
    by_act = {step.act: step for step in steps.values()}

    def duty(event: Event) -> str:
        step = by_act.get(event.act)
        if step is None:
            began = (besides or {}).get(event.act, begins)
            return BY_LAW.get(began) or verbs[began]
        return verbs.get(step.by.verb, "") or BY_LAW.get(step.by.kind, "")

    return duty


def done(events: Sequence[Event], duty: Callable[[Event], str]) -> Part:
    """办理经过: who, by which duty, with what opinion."""
    lines = []
    for event in events:
        lines.append(f"{event.day}　{sentence(event.act)}　{event.actor_label}（{duty(event)}）")
        lines += [f" 意见：{event.opinion}"] if event.opinion else []
    return Part("办理经过", "", lines)


def evidence(events: Sequence[Event]) -> Part:
    """事件编号和封存批次: with them the audit officer exports the inclusion proof of each."""
    seals = seals_of(event.pk for event in events)
    lines = [
        f" 事件 {event.pk}　{sentence(event.act)}　叶子 {bytes(event.leaf).hex()[:32]}　"
        + (f"封存批次 {seals[event.pk]}" if event.pk in seals else "尚未封存")
        for event in events
    ]
    return Part("存证", "", ["凭事件编号可以导出包含证明，与封存的根核对（manage.py audit_proof）。", *lines])


def file(
    title: str,
    subtitle: str,
    number: str,
    cover: Sequence[tuple[str, object]],
    parts: Sequence[Part],
    *,
    by: User,
    because: LookUp | None,
    purpose: str = "",
) -> BoundFile:
    """一卷, with who printed it, when and why on the cover and across each page; `purpose` where nobody is in it."""
    at: datetime = clock.now().astimezone(clock.CHINA)
    printed = f"{by.display_name}，{at:%Y-%m-%d %H:%M}，用途：{because.purpose if because else purpose}"
    return BoundFile(
        title=title,
        subtitle=subtitle,
        number=number,
        cover=[*((name, str(value)) for name, value in cover), ("打印", printed)],
        parts=parts,
        watermark=f"{by.display_name}　{at:%Y-%m-%d %H:%M}　{number}",
        warning="演示规则，不作依据" if pack.current().demo else "",
    )
