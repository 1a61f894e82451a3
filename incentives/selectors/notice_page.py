"""事先告知的页面: what is intended, whether what it rests on still stands, what the person said, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import Told, by_moment
from daoli_credit.law import clock, pack
from daoli_credit.workflow import allowed, noun
from incentives.models import PreAdverseNotice
from incentives.models.pre_adverse import PreAdverseNotices
from incentives.models.pre_adverse_status import OPEN, P
from incentives.rules import notice_gate
from incentives.rules.gate import Lock
from incentives.rules.notice_steps import AWAY, STEPS
from incentives.selectors.case import Paper
from records import identity
from records.identity import Identity, NotThisPerson

MOST = 200
ICONS = {"notify": "send", "serve-notice": "truck-delivery", "receive": "file-upload", "decide": "rubber-stamp"}
RELATED = (
    "department",
    "subject",
    "record__item",
    "answer__check_made",
    "check_made__case",
    "drafted_by",
    "decided_by",
)


@dataclass(frozen=True)
class Button:
    """一个按钮; a locked one stands there too and says until when and why."""

    act: str
    title: str
    icon: str
    kind: str


@dataclass(frozen=True)
class Buttons:
    """全部按钮."""

    open: list[Button]
    locked: list[Button]
    away: list[Button]


@dataclass(frozen=True)
class Line:
    """列表的一行: identity masked."""

    notice: PreAdverseNotice
    matter: str
    who: Identity
    now: str


@dataclass(frozen=True)
class Page:
    """一件的全部, because of a look. What has ended since is said to have ended and shown no more."""

    notice: PreAdverseNotice
    matter: str
    measure: str
    who: Identity
    now: tuple[str, str]
    lock: Lock | None
    basis: Lock | None
    gone: bool
    papers: Sequence[Paper]
    statements: Sequence[Paper]
    history: Sequence[Told]


def matter_title(notice: PreAdverseNotice) -> str:
    """应用事项的名称."""
    found = pack.current().matters.get(notice.matter)
    return found.title if found else notice.matter


def gone(notice: PreAdverseNotice) -> bool:
    """所依据的记录已经终止: its content is shown to staff nowhere, so not here either."""
    record = notice.record
    return record is not None and not record.is_in_force(clock.today())


WAITING = "期满并完成在途核对，或者本人表示没有别的要补充以后，才能作出不利决定。"
SENDING = ("现在：发出事先告知书", "告知以前，只有本单位知道；告知以后本人看得到，可以陈述申辩。")
SERVING = ("现在：送达告知书并登记", "送达次日起才计算答复的期限。消息已读不算送达。")
OUTRIGHT = ("现在：登记决定，告知与决定同时送达", "法律直接规定应当拒绝的，由另一人登记决定。")
DECIDING = ("现在：由另一人作出决定", "逐条回应本人的意见；不作出不利决定的，随时可以办理。")
DELIVERING = ("现在：送达决定并登记", "决定告知写明理由、对陈述申辩的回应和救济途径。")


def headline(notice: PreAdverseNotice) -> tuple[str, str]:
    """现在: what is waited for, and one sentence about it."""
    if notice.status == P.NOTIFIED and notice.notice_served_on is not None:
        over = notice.answer_due_on is not None and clock.today() > notice.answer_due_on
        return ("现在：等待在途的答复，然后核对" if over else "现在：等待本人答复"), WAITING
    if notice.status == P.DECIDED and notice.decision_served_on is not None:
        return notice.get_status_display(), notice.decided_why
    return {
        P.DRAFTED: OUTRIGHT if notice.outright else SENDING,
        P.NOTIFIED: SERVING,
        P.ANSWERED: DECIDING,
        P.LAPSED: DECIDING,
        P.DECIDED: DELIVERING,
        P.SPARED: (notice.get_status_display(), notice.decided_why),
    }[P(notice.status)]


def lines(notices: PreAdverseNotices) -> list[Line]:
    """列表行, masked."""
    return [
        Line(one, matter_title(one), identity.masked(one.subject), headline(one)[0].removeprefix("现在："))
        for one in notices.select_related(*RELATED)
    ]


def under_way(user: User) -> PreAdverseNotices:
    """还在办的, of the user's departments."""
    return PreAdverseNotice.objects.visible_to(user).filter(
        status__in=[*OPEN, P.DECIDED], decision_served_on__isnull=True
    )


def waiting_for(user: User) -> int:
    """等这个人办的件数: a step of theirs is open and not locked."""
    rows = under_way(user).select_related(*RELATED).order_by("pk")[:MOST]
    return sum(1 for one in rows if _next(one, user))


def _next(notice: PreAdverseNotice, user: User) -> list[str]:
    return [
        name for name in _mine(notice, user) if name not in {*AWAY, "receive"} and not notice_gate.before(notice, name)
    ]


def _mine(notice: PreAdverseNotice, user: User) -> list[str]:
    return [
        name
        for name, step in STEPS.items()
        if notice.status in step.source and allowed(step, notice, user) and _fits(name, notice)
    ]


def _fits(name: str, notice: PreAdverseNotice) -> bool:
    if name == "serve-notice":
        return notice.notice_served_on is None
    if name == "lapse":
        return notice.notice_served_on is not None
    if name in {"notify", "decide-outright"}:
        return notice.outright is (name == "decide-outright")
    return name != "serve-decision" or notice.decision_served_on is None


def buttons(notice: PreAdverseNotice, user: User) -> Buttons:
    """这个人看到的按钮, from the same table and lock as the refusals."""
    can: list[Button] = []
    locked: list[Button] = []
    away: list[Button] = []
    for name in _mine(notice, user):
        title = STEPS[name].title
        if name in AWAY:
            away.append(Button(name, title, "x", "s"))
        elif notice_gate.before(notice, name) is not None:
            locked.append(Button(name, title, "lock", ""))
        else:
            can.append(Button(name, title, ICONS.get(name, "check"), "" if can else "primary"))
    if notice.status in {P.DRAFTED, P.NOTIFIED} and not notice.outright:
        locked.append(Button("decide", STEPS["decide"].title, "lock", ""))
    return Buttons(can, locked, away)


def _papers(notice: PreAdverseNotice, *, hidden: bool) -> list[Paper]:
    found = []
    if notice.notice_message is not None:
        text = "" if hidden else messages.text(notice.notice_message)
        found.append(Paper("拟作出不利决定事先告知书", notice.notice_number, text))
    if notice.notice_served_on:
        found.append(Paper("告知送达证明", notice.notice_proof, ""))
    if notice.decision_message is not None:
        text = "" if hidden else messages.text(notice.decision_message)
        found.append(Paper("不利决定告知", notice.decision_number, text))
    if notice.decision_served_on:
        found.append(Paper("决定送达证明", notice.decision_proof, ""))
    return found


def page(notice: PreAdverseNotice, because: LookUp, *, own: bool = False) -> Page:
    """一件的页面; `own`: to the person, whose history stays. Raises NotThisPerson when the look is about another."""
    if bytes(because.person_key) not in notice.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    hidden, measure = gone(notice) and not own, pack.current().measures.get(notice.measure)
    return Page(
        notice=notice,
        matter=matter_title(notice),
        measure=measure.title if measure else notice.measure,
        who=identity.masked(notice.subject),
        now=headline(notice),
        lock=notice_gate.before(notice, "decide") if notice.status in OPEN else None,
        basis=notice_gate.basis(notice) if notice.status in OPEN else None,
        gone=hidden,
        papers=_papers(notice, hidden=hidden),
        statements=[
            Paper("陈述申辩", f"{one.get_channel_display()} {one.posted_on}", messages.text(one.message))
            for one in ([] if hidden else notice.statements.select_related("message"))
        ],
        history=by_moment(history(noun(PreAdverseNotice), notice.pk)),
    )
