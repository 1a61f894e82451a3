"""列入案件的步骤表. Which of them a case has, and in which order, its list type says; the table says who may."""

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import register
from daoli_credit.workflow import PERSON, By, Step, allowed, department
from incentives.models import Listing
from incentives.models.status import BETWEEN, LISTED, S
from incentives.rules import route

PROPOSE, LEGAL, DECIDE = department("propose_listing"), department("legal_review"), department("decide_listing")
UNDECIDED = frozenset({S.PROPOSED, S.NOTIFIED, *BETWEEN})


def _after_the_answer(act: str, title: str, target: S, by: By, *, opinion: bool = False) -> Step:
    return Step(act, title, frozenset(BETWEEN) - {target}, target, by, opinion)


STEPS = {
    "notify": Step("listing.notified", "发出告知书", frozenset({S.PROPOSED}), S.NOTIFIED, PROPOSE),
    "serve-notice": Step("listing.notice-served", "登记告知送达", frozenset({S.NOTIFIED}), S.NOTIFIED, PROPOSE),
    "receive": Step("listing.defence-received", "登记收到的材料", frozenset({S.NOTIFIED}), S.NOTIFIED, PROPOSE),
    "state": Step("listing.stated", "提交陈述申辩", frozenset({S.NOTIFIED}), S.NOTIFIED, PERSON),
    "answer": Step("listing.answered", "提交意见，没有别的要补充", frozenset({S.NOTIFIED}), S.ANSWERED, PERSON),
    "waive": Step("listing.waived", "放弃陈述申辩", frozenset({S.NOTIFIED}), S.ANSWERED, PERSON),
    "take-back": Step("listing.waiver-taken-back", "撤回放弃", frozenset({S.ANSWERED}), S.NOTIFIED, PERSON),
    "ask-hearing": Step("listing.hearing-asked", "登记听证申请", frozenset({S.NOTIFIED}), S.NOTIFIED, PROPOSE),
    "want-hearing": Step("listing.hearing-wanted", "要求听证", frozenset({S.NOTIFIED}), S.NOTIFIED, PERSON),
    "lapse": Step("listing.lapsed", "在途核对", frozenset({S.NOTIFIED}), S.LAPSED, PROPOSE),
    "review": _after_the_answer("listing.objection-reviewed", "核实异议", S.REVIEWED, PROPOSE),
    "hear": _after_the_answer("listing.heard", "登记听证", S.HEARD, PROPOSE),
    "legal-review": _after_the_answer("listing.legal-reviewed", "法制审核通过", S.LEGAL_REVIEWED, LEGAL, opinion=True),
    "discuss": _after_the_answer("listing.discussed", "登记集体讨论", S.DISCUSSED, PROPOSE),
    "agree": _after_the_answer("listing.higher-agreed", "登记上级同意", S.AGREED, PROPOSE),
    "decide": Step("listing.decided", "作出列入决定", frozenset(BETWEEN), S.DECIDED, DECIDE, opinion=True),
    "serve": Step("listing.decision-served", "登记决定送达", frozenset({S.DECIDED}), S.SERVED, PROPOSE),
    "take-effect": Step("listing.took-effect", "生效并登记", frozenset({S.SERVED}), S.EFFECTIVE, PROPOSE),
    "withdraw": Step("listing.withdrawn", "撤回提议，不予列入", UNDECIDED, S.DROPPED, PROPOSE, opinion=True),
    "reject": Step("listing.rejected", "决定不予列入", UNDECIDED, S.DROPPED, DECIDE, opinion=True),
    "revoke": Step("listing.revoked", "撤销列入决定", frozenset(LISTED), S.REVOKED, DECIDE, opinion=True),
}
register("listing.proposed", "立案", duty="propose_listing")
register("listing.legal-objected", "法制审核提出意见", duty="legal_review")
# Steps that leave the case where it stands on its path, or take it off the path altogether.
ASIDE = frozenset(
    {"ask-hearing", "want-hearing", "serve-notice", "receive", "state", "take-back", "withdraw", "reject", "revoke"}
)


def on_its_way(listing: Listing, name: str) -> bool:
    """轮到这一步: by the case's own path."""
    if name in ASIDE:
        return True
    return route.comes_next(listing) == route.PLACE.get(STEPS[name].target, STEPS[name].target)


def offered(listing: Listing, actor: User) -> dict[str, Step]:
    """可办的步骤: from the table, held to the path; a locked one is among them, and the gate says why."""
    return {
        name: step
        for name, step in STEPS.items()
        if listing.status in step.source and allowed(step, listing, actor) and on_its_way(listing, name)
    }
