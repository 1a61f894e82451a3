"""按钮: what this user may do now, and what comes next but is locked; from the same table and gate as the refusals."""

from dataclasses import dataclass

from daoli_credit.accounts.models import User
from incentives.models import Listing
from incentives.models.status import BETWEEN, LISTED, S
from incentives.rules import gate, route
from incentives.rules.steps import STEPS, offered

ICONS = {
    "receive": "file-upload",
    "hear": "gavel",
    "ask-hearing": "gavel",
    "legal-review": "scale",
    "decide": "rubber-stamp",
}
AWAY = ("withdraw", "reject", "revoke")
DUTY = {"propose_listing": "经办人", "legal_review": "法制审核人员", "decide_listing": "审批（负责人）"}


@dataclass(frozen=True)
class Button:
    """一个按钮. `kind` of the `ui` tags; a locked one opens its page too, which says until when and why."""

    act: str
    title: str
    icon: str
    kind: str
    locked: bool = False


@dataclass(frozen=True)
class Buttons:
    """全部按钮: to act, locked ones, ways to end the case, and whose turn it is when it is not this user's."""

    open: list[Button]
    locked: list[Button]
    away: list[Button]
    waits_for: str


def _fits(name: str, listing: Listing) -> bool:
    if name == "serve-notice":
        return listing.notice_served_on is None
    if name == "ask-hearing":
        asked = listing.hearing_asked_on is not None or listing.notice_served_on is None
        return "heard" in listing.path and not asked
    return name != "lapse" or listing.notice_served_on is not None


def _ahead(listing: Listing) -> list[str]:
    """The acts after the answer period that are still shut, as far as the legal review."""
    if listing.status != S.NOTIFIED:
        return [] if gate.waiver(listing) is None else [_named(route.comes_next(listing))]
    at = listing.path.index("answered") + 1
    upto = listing.path.index("legal-reviewed") + 1
    return ["lapse", *(_named(act) for act in listing.path[at:upto])]


def _named(status: str) -> str:
    return next(name for name, step in STEPS.items() if step.target == status)


def of(listing: Listing, user: User) -> Buttons:
    """这个人看到的按钮."""
    mine = {name: step for name, step in offered(listing, user).items() if _fits(name, listing)}
    ahead = [name for name in _ahead(listing) if name != "lapse" or gate.transit(listing) is not None]
    can: list[Button] = []
    away: list[Button] = []
    for name, step in mine.items():
        if name in AWAY:
            away.append(Button(name, step.title, "x", "danger s"))
        elif (name not in ahead and gate.before(listing, step.target) is None) or name in {
            "serve-notice",
            "receive",
            "ask-hearing",
        }:
            can.append(Button(name, step.title, ICONS.get(name, "check"), "primary" if not can else ""))
    if listing.status in BETWEEN and user.may("legal_review", listing.department_id) and "legal-review" in mine:
        can.append(Button("object", "提出意见，不通过", "message-report", ""))
    if listing.status == S.SERVED and gate.service(listing) is not None:
        ahead.append("take-effect")
    locked = [Button(name, STEPS[name].title, "lock", "", locked=True) for name in ahead]
    return Buttons(can, locked, away, "" if can or locked else _waits_for(listing))


def _waits_for(listing: Listing) -> str:
    coming = route.comes_next(listing)
    if listing.status not in {*BETWEEN, *LISTED, S.PROPOSED, S.NOTIFIED} or not coming:
        return ""
    name = "serve-notice" if listing.status == S.NOTIFIED else _named(coming)
    return DUTY.get(STEPS[name].by.verb, "")
