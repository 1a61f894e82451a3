"""进出登记: signing in, being turned away and signing out, each with its evidence."""

import time
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from daoli_credit.accounts import second_factor, sitting
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face, Officer
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
    "handle_repair", "decide_repair", "answer_objection", "operate_feeds", "plan_campaign",
    "nominate_honour", "verify_honour", "decide_honour",
)  # fmt: skip
# 半途: a right password whose second step is still to come. Such a session opens nothing.
HALF, HALF_SECONDS = "half_signed_in", 300
# How the session began: the password, the letter's passphrase, the citizens' or a unit's own identity service.
BY = "signed_in_by"
# What gives lasting access (a first authenticator, a linked account) is done soon after signing in, or not at all:
# a session that somebody else found open may look, but not settle down.
FRESH_SECONDS = 600
HOW = {"totp": "另用动态口令", "recovery": "另用恢复码", "provider": "本单位认证已核验第二因素", "": ""}
BACKEND = "daoli_credit.accounts.backends.StaffPassword"


@dataclass(frozen=True)
class Visitor:
    """来访者: somebody who has not proved who they are."""

    audit_id: str = "visitor"
    audit_label: str = "来访者"


def enter(request: HttpRequest, user: User, *, by: str = "password", second: str = "") -> None:
    """登录: a new session under a new key, whoever sat here before. `second` says how the second step was taken."""
    if SESSION_KEY in request.session:
        request.session.flush()
    request.session.pop(HALF, None)
    with transaction.atomic():
        events.record(
            act=SIGNED_IN,
            noun="user",
            object_id=user.pk,
            actor=user,
            department=user.department_code,
            opinion=HOW[second],
        )
        login(request, user, backend=BACKEND)
    request.session[BY] = by
    if second:
        request.session[second_factor.MARK] = second
    sitting.begin(request.session, user.face)


def half(request: HttpRequest, user: User, *, by: str, wanted: str) -> None:
    """半途: remembers for five minutes whose first step was right. Nobody is signed in, whoever sat here before."""
    request.session.flush()
    request.session[HALF] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": time.time() + HALF_SECONDS,
        "by": by,
        "next": wanted,
    }


@dataclass(frozen=True)
class Half:
    """半途的人."""

    user: User
    by: str
    wanted: str


def halved(request: HttpRequest) -> Half | None:
    """半途是谁: None when too late, switched off, or when the password was changed meanwhile."""
    kept = request.session.get(HALF)
    if not kept or kept["until"] < time.time():
        return None
    user = User.objects.filter(pk=kept["user"], face=Face.STAFF, is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return Half(user, kept["by"], kept["next"])


def fresh(request: HttpRequest) -> bool:
    """刚登录过: within the last ten minutes."""
    return time.time() - float(request.session.get(sitting.SINCE, 0)) < FRESH_SECONDS


def turned_away(why: str, *, username: str = "", locked: bool = False) -> None:
    """登录未成功. A name that is not ours is not written down: people type passwords into the wrong field."""
    user = User.objects.filter(username=username, face=Face.STAFF).first() if username else None
    events.record(
        act=LOCKED_OUT if locked else SIGN_IN_FAILED,
        noun="user",
        object_id=user.pk if user else UNKNOWN,
        actor=Visitor(),
        department=user.department_code if user else "",
        opinion=why,
    )


def leave(request: HttpRequest) -> None:
    """退出: harmless for somebody who is not signed in."""
    user = request.user
    if user.is_authenticated:
        events.record(act=SIGNED_OUT, noun="user", object_id=user.pk, actor=user, department=user.department_code)
    logout(request)


def landing(user: User) -> str:
    """登录后去处: where this user's own work begins."""
    if user.face == Face.CITIZEN:
        return reverse("me" if user.person_key is not None else "sign-in-unverified")
    if user.officer:
        return reverse(
            {Officer.AUDIT: "evidence", Officer.SECURITY: "duty-review"}.get(Officer(user.officer), "people")
        )
    doors = {"draft_assessment": "assessment-list", "supervise": "supervision", "check_identity": "counter"}
    mine = [name for verb, name in doors.items() if user.may_anywhere(verb)]
    if not mine and any(user.may_anywhere(verb) for verb in DESK_VERBS):
        mine = ["desk"]
    return reverse(mine[0] if mine else "home")
