"""核查单的纸面: what the page says, word for word, on A4, for the paper file of the case."""

from collections.abc import Iterator, Sequence

from daoli_credit.law import clock, pack
from daoli_credit.paper.sheet import INDENT, Sheet
from incentives.models import Check
from incentives.selectors import inbound
from incentives.selectors.check_kept import Heard, Shown

TITLE = "信用核查单"
NOT_A_CERTIFICATE = "留存办件卷宗，不得作为无失信证明"
NO_VERDICT = (
    "这里只答本部门在本事项中可以或者应当适用的措施。不给人打分，不作好坏的结论；"
    "没有查到不等于没有，也不得因此作出不利决定。"
)
NOTHING = "没有可用于本事项的信息。"
SILENT = "未答复。不要当作“没有”：可以再问一次，或者请申请人提供材料。"


def sheet(check: Check, heard: Sequence[Heard]) -> Sheet:
    """版面的内容. Whoever calls it has written the look because of which `heard` was opened."""
    rules = pack.current()
    matter = rules.matters.get(check.matter)
    made = check.made_at.astimezone(clock.CHINA)
    lines = [
        TITLE,
        f"应用事项：{matter.title if matter else check.matter}",
        f"办件编号：{check.case.case_number}",
        *([f"申请编号：{check.application}"] if check.application != check.case.case_number else []),
        f"申请人证件号码：{check.number_tail}（已遮盖）",
        f"核查：{check.department.name} {check.who}，{made:%Y-%m-%d %H:%M}，规则版本 {check.edition}，"
        f"查询记录 {check.look}",
        "",
        NOT_A_CERTIFICATE + "。",
        NO_VERDICT,
    ]
    for source in heard:
        lines += ["", *_source(check, source)]
    lines += ["", check.department.name, f"{clock.today()} 打印"]
    return Sheet(
        title=TITLE,
        text="\n".join(lines),
        number=check.number,
        warning="演示规则，不作依据" if rules.demo else "",
        digested=False,
    )


def _source(check: Check, source: Heard) -> Iterator[str]:
    at = f"（答复时间 {source.at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}）" if source.at else ""
    yield f"来源：{source.title}{at}"
    if source.silent:
        yield f"{INDENT}{SILENT}{inbound.why(check, source.code)}"
    elif not source.items:
        yield f"{INDENT}{NOTHING}"
    for place, item in enumerate(source.items, 1):
        yield from _item(place, item)


KINDS = {"must": "应当", "may": "可以"}


def _item(place: int, item: Shown) -> Iterator[str]:
    if item.gone:
        yield f"{INDENT}{place}. {item.gone}。"
        return
    kind = "不得据以办理" if not item.answer.firm else "激励" if item.reward else KINDS.get(item.answer.force, "供核对")
    yield f"{INDENT}{place}. {item.title}（{kind}）"
    yield f"{INDENT}{item.says}"
    for mark in item.marks:
        yield f"{INDENT}请注意：{mark}。"
    if item.citation:
        yield f"{INDENT}依据：{item.citation}"
    if item.until:
        yield f"{INDENT}到什么时候：{item.until}"
    for name, value in item.fields:
        yield f"{INDENT}{name}：{value}"
    if item.human:
        yield f"{INDENT}{item.human}。"
    if item.statement:
        yield f"{INDENT}本人声明：{item.statement}"
    if item.feedback:
        reason = f"，{item.feedback.reason}" if item.feedback.reason else ""
        yield f"{INDENT}反馈：{item.feedback.get_outcome_display()}{reason}（{item.feedback.given_on}）"
