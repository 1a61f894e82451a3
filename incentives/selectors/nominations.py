"""荣誉推荐的页面: the desk's lines, one nomination because of a look, and the person's own page."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import Told, by_moment
from daoli_credit.law import clock, pack
from daoli_credit.workflow import Step, available, noun
from incentives.models import Benefit, Nomination
from incentives.models.nomination import Nominations
from incentives.models.nomination_status import B, S
from incentives.rules import honour
from incentives.rules.nomination_steps import STEPS
from incentives.selectors import benefits
from records import identity
from records.identity import Identity, NotThisPerson

KINDS = {
    S.INVITED: "warn",
    S.CONSENTED: "warn",
    S.VERIFIED: "warn",
    S.DECIDED: "warn",
    S.EFFECTIVE: "ok",
    S.REFUSED: "off",
    S.DROPPED: "off",
    S.WITHDRAWN: "off",
    S.ANNULLED: "off",
}
# The step that a status waits for.
COMING = {S.CONSENTED: "verify", S.VERIFIED: "decide", S.DECIDED: "take-effect"}
NOW = {
    S.INVITED: ("现在：等本人", "请把邀请信交到本人手里；不同意、不理会都没有任何后果。"),
    S.CONSENTED: ("现在：核实", "由推荐人以外的人对照来源文件核实。"),
    S.VERIFIED: ("现在：决定", "由另一位负责人决定。"),
    S.DECIDED: ("现在：送达决定书", "登记送达即生效。"),
    S.EFFECTIVE: ("在效", "到期自动停止；本人随时可以撤回。"),
    S.REFUSED: ("本人没有同意", "系统里没有这个人，也没有任何后果。"),
    S.DROPPED: ("已经终结", "不予登记，不再保存是谁。"),
    S.WITHDRAWN: ("本人已撤回", "撤回当日各处停止。"),
    S.ANNULLED: ("已经终止", "荣誉被撤销，凭文件终止。"),
}


@dataclass(frozen=True)
class Line:
    """列表的一行."""

    nomination: Nomination
    kind: str
    word: str


@dataclass(frozen=True)
class Stage:
    """程序的一格, for the `steps` tag."""

    title: str
    note: str
    state: str


@dataclass(frozen=True)
class Benefited:
    """一次兑现, as the person reads it."""

    benefit: Benefit
    title: str
    matter: str
    may_answer: bool


@dataclass(frozen=True)
class Own:
    """我的一项荣誉: what stands, what it brings, where to take it, and what really came."""

    nomination: Nomination
    kind: str
    until: str
    rewards: Sequence[tuple[honour.Where, str, str]]
    benefits: Sequence[Benefited]
    may_hide: bool


def line(nomination: Nomination) -> Line:
    """一行; whether an invitation has run out is asked of the day."""
    if nomination.lapsed:
        return Line(nomination, "off", "邀请已过期")
    return Line(nomination, KINDS[S(nomination.status)], nomination.get_status_display())


def lines(found: Nominations) -> list[Line]:
    """列表行: of no person a single character."""
    return [line(one) for one in found.select_related("department", "item")]


def buttons(nomination: Nomination, user: User) -> dict[str, Step]:
    """这个人可办的步骤, from the table; whoever stood for an earlier step is not offered a later one."""
    taken = {nomination.invited_by_id, nomination.verified_by_id}
    found = available(STEPS, nomination, user)
    if user.pk == nomination.invited_by_id:
        found = {name: step for name, step in found.items() if name not in {"verify", "reject"}}
    if user.pk in taken:
        found = {name: step for name, step in found.items() if name not in {"decide", "decline"}}
    return {name: step for name, step in found.items() if step.by.kind == "department"}


def under_way(user: User) -> Nominations:
    """还在办的, of the user's departments."""
    return Nomination.objects.visible_to(user).filter(status__in=list(COMING))


def turn(user: User) -> set[int]:
    """等本人办的: the next step is this user's."""
    rows = under_way(user).select_related("department")
    return {one.pk for one in rows if COMING[S(one.status)] in buttons(one, user)}


def waiting_for(user: User) -> int:
    """等本人办的, how many."""
    return len(turn(user))


def stages(nomination: Nomination) -> list[Stage]:
    """办到哪一步."""
    order = (
        ("发出邀请", nomination.invited_on),
        ("本人同意", nomination.consented_on),
        ("另一人核实", nomination.verified_on),
        ("第三人决定", nomination.decided_on),
        ("送达生效", nomination.effective_on),
    )
    over = nomination.status in {S.REFUSED, S.DROPPED, S.WITHDRAWN, S.ANNULLED}
    now = next((at for at, (_, day) in enumerate(order) if day is None), len(order))
    return [
        Stage(title, f"{day:%m-%d}" if day else "", "done" if day else "now" if at == now and not over else "next")
        for at, (title, day) in enumerate(order)
    ]


def masked(nomination: Nomination, because: LookUp | None) -> Identity | None:
    """遮盖的身份; None while nobody is known. Raises NotThisPerson without a look at this very person."""
    if nomination.subject is None:
        return None
    if because is None or bytes(because.person_key) not in nomination.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    return identity.masked(nomination.subject)


def told(nomination: Nomination) -> list[Told]:
    """经过."""
    return by_moment(history(noun(Nomination), nomination.pk))


def placed(item_code: str) -> list[tuple[honour.Where, str, str]]:
    """有哪些激励、到哪里办: the reward, the bodies and the matters in words."""
    edition, names = pack.current(), dict(Department.objects.values_list("code", "name"))
    return [
        (
            where,
            "、".join(names.get(code, code) for code in where.bodies),
            "、".join(edition.matters[code].title for code in where.matters),
        )
        for where in honour.rewards(item_code, on=clock.today())
    ]


def own(user: User) -> list[Own]:
    """我的荣誉: in force and on its way."""
    found = Nomination.objects.about(user.person_keys()).select_related("department", "item", "record", "subject")
    given: dict[int, list[Benefited]] = {}
    rows = Benefit.objects.about(user.person_keys()).exclude(status=B.RETRACTED)
    for one in rows.select_related("department", "nomination__subject"):
        said = benefits.line(one)
        open_ = one.status in {B.REPORTED, B.DENIED}
        given.setdefault(one.nomination_id, []).append(Benefited(one, said.title, said.matter, open_))
    return [
        Own(
            nomination=one,
            kind=KINDS[S(one.status)],
            until=f"{one.record.use_until}" if one.record and one.record.use_until else "",
            rewards=placed(one.item_id),
            benefits=given.get(one.pk, []),
            may_hide=one.agrees_to_publicity,
        )
        for one in found
    ]
