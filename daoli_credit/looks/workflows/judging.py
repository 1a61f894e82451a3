"""异常查询的核查: new → asked → explained → confirmed | cleared. Rules point, the audit administrator judges."""

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.looks import selectors
from daoli_credit.looks.models import OddLook
from daoli_credit.looks.models.odd import UNDECIDED, O
from daoli_credit.workflow import RuleBroken, Step, department, noun, officer, taking

STEPS = {
    "ask": Step("odd-look.asked", "要求说明", frozenset({O.NEW}), O.ASKED, officer("audit")),
    "explain": Step(
        "odd-look.explained", "向审计说明", frozenset({O.ASKED}), O.EXPLAINED, department("explain_looks"), opinion=True
    ),
    "confirm": Step(
        "odd-look.confirmed", "确认不当", frozenset(UNDECIDED), O.CONFIRMED, officer("audit"), opinion=True
    ),
    "clear": Step("odd-look.cleared", "没有问题", frozenset(UNDECIDED), O.CLEARED, officer("audit"), opinion=True),
}
register("odd-look.found", "发现异常查询")
IMPROPER = register("look.improper", "经核查，这次查询不当")


def point_at(look: LookUp, rule: str, *, actor: User) -> OddLook | None:
    """指出: once for each look and rule; None when it stands already."""
    odd, made = OddLook.objects.get_or_create(
        look_id=look.pk,
        rule=rule,
        defaults={
            "looker": selectors.looker(look),
            "department": selectors.department(look),
            "found_on": clock.today(),
        },
    )
    if not made:
        return None
    events.record(
        act="odd-look.found",
        noun=noun(OddLook),
        object_id=odd.pk,
        actor=actor,
        department=look.department,
        to_status=O.NEW,
    )
    return odd


def ask(*, odd_id: int, actor: User, seen: int) -> OddLook:
    """要求说明: of the department that looked."""
    with taking(STEPS["ask"], OddLook, odd_id, actor=actor, seen=seen) as odd:
        odd.asked_on = clock.today()
    return odd


def explain(*, odd_id: int, actor: User, text: str, seen: int) -> OddLook:
    """向审计说明: by another of the department than the one who looked. Raises RuleBroken, OpinionRefused."""
    with taking(STEPS["explain"], OddLook, odd_id, actor=actor, opinion=text, seen=seen) as odd:
        if actor.pk == odd.looker_id:
            raise RuleBroken("这次查询是您做的，请由本单位另一人说明")
        odd.explanation, odd.explained_by = checked(text.strip()), actor
    return odd


def _judged(odd: OddLook, actor: User, finding: str) -> None:
    odd.decided_by, odd.decided_on, odd.finding = actor, clock.today(), checked(finding.strip())


def confirm(*, odd_id: int, actor: User, finding: str, seen: int) -> OddLook:
    """确认不当: stands beside the look as its outcome, and the person is told."""
    with taking(STEPS["confirm"], OddLook, odd_id, actor=actor, opinion=finding, seen=seen) as odd:
        _judged(odd, actor, finding)
        look = selectors.look(odd.look_id)
        events.outcome(look, IMPROPER)
        messages.tell(
            person_key=bytes(look.person_key),
            title="一次对您的查询，经核查不当",
            text=(
                f"{look.day:%Y年%m月%d日}，{odd.department.name} {look.actor_label} 查看过您的信息"
                f"（办件 {look.case_number}）。审计管理员核查后认定这次查询不当，已交有关单位依规处理。\n\n"
                "这次查询没有改变您的任何信息。您可以在“谁看过”里看到这一条，也可以依法投诉、起诉。"
            ),
            noun=noun(OddLook),
            object_id=str(odd.pk),
        )
    return odd


def clear(*, odd_id: int, actor: User, finding: str, seen: int) -> OddLook:
    """没有问题, with the reason."""
    with taking(STEPS["clear"], OddLook, odd_id, actor=actor, opinion=finding, seen=seen) as odd:
        _judged(odd, actor, finding)
    return odd
