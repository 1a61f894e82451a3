"""进出登记: signing in, being turned away and signing out, each with its evidence."""

from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from daoli_credit.accounts import sitting
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face
from daoli_credit.audit import events
from daoli_credit.audit.acts import register

SIGNED_IN = register("user.signed-in", "登录")
SIGN_IN_FAILED = register("user.sign-in-failed", "登录未成功")
LOCKED_OUT = register("user.locked-out", "登录锁定")
SIGNED_OUT = register("user.signed-out", "退出")
UNKNOWN = "unknown"
# Whoever holds one of these begins the day at the desk.
DESK_VERBS = (
    "submit_record", "review_record", "propose_listing", "legal_review", "decide_listing",
    "handle_repair", "decide_repair", "operate_feeds", "plan_campaign",
)  # fmt: skip
BACKEND = "daoli_credit.accounts.backends.StaffPassword"


@dataclass(frozen=True)
class Visitor:
    """来访者: somebody who has not proved who they are."""

    audit_id: str = "visitor"
    audit_label: str = "来访者"


def _department(user: User) -> str:
    return user.home_department.code if user.home_department else ""


def enter(request: HttpRequest, user: User) -> None:
    """登录: a new session under a new key, whoever sat here before."""
    if SESSION_KEY in request.session:
        request.session.flush()
    with transaction.atomic():
        events.record(act=SIGNED_IN, noun="user", object_id=user.pk, actor=user, department=_department(user))
        login(request, user, backend=BACKEND)
    sitting.begin(request.session, user.face)


def turned_away(why: str, *, username: str = "", locked: bool = False) -> None:
    """登录未成功. A name that is not ours is not written down: people type passwords into the wrong field."""
    user = User.objects.filter(username=username, face=Face.STAFF).first() if username else None
    events.record(
        act=LOCKED_OUT if locked else SIGN_IN_FAILED,
        noun="user",
        object_id=user.pk if user else UNKNOWN,
        actor=Visitor(),
        department=_department(user) if user else "",
        opinion=why,
    )


def leave(request: HttpRequest) -> None:
    """退出: harmless for somebody who is not signed in."""
    user = request.user
    if user.is_authenticated:
        events.record(act=SIGNED_OUT, noun="user", object_id=user.pk, actor=user, department=_department(user))
    logout(request)


def landing(user: User) -> str:
    """登录后去处: where this user's own work begins."""
    if user.face == Face.CITIZEN:
        return reverse("me" if user.person_key is not None else "sign-in-unverified")
    if user.may_anywhere("draft_assessment"):
        return reverse("assessment-list")
    if user.may_anywhere("supervise"):
        return reverse("supervision")
    return reverse("desk" if any(user.may_anywhere(verb) for verb in DESK_VERBS) else "home")
