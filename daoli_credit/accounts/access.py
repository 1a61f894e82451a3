"""有权访问: the only caller of guardian, and the decorators that close a page."""

import functools
from collections.abc import Callable, Collection, Hashable
from datetime import date
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from guardian.models import GroupObjectPermission, UserObjectPermission

from daoli_credit import questions
from daoli_credit.accounts.held import Rights
from daoli_credit.accounts.models import Delegation, Department, SharedLegal, User
from daoli_credit.accounts.models.user import Face, Officer
from daoli_credit.accounts.roles import LEGAL
from daoli_credit.law import clock

P = ParamSpec("P")
VERBS: dict[str, str] = dict(Department._meta.permissions)

Pairs = set[tuple[str, int]]


def _able(user: User) -> bool:
    # guardian still answers for inactive users, and gives superusers everything: both are shut here
    return user.is_active and user.face == Face.STAFF and not user.officer


def _granted(people: Collection[User]) -> dict[int, Pairs]:
    """By role, whatever has become of the department."""
    kind = ContentType.objects.get_for_model(Department)
    found: dict[int, Pairs] = {user.pk: set() for user in people if _able(user)}

    def held(grants: type[Model], whose: str) -> QuerySet[Any, Any]:
        rows = grants._default_manager.filter(**{f"{whose}__in": list(found), "content_type": kind.pk})
        return rows.values_list(whose, "permission__codename", "object_pk")

    def either() -> QuerySet[Any, Any]:
        return held(GroupObjectPermission, "group__user").union(held(UserObjectPermission, "user"), all=True)

    for person, verb, department in questions.rows(("granted", kind.pk, *found), either):
        found[person].add((verb, int(department)))
    return found


def _lend(found: dict[int, Pairs], today: date) -> None:
    """Adds what is lent: only what the lender holds by role, so that a lent duty cannot be lent on."""
    running = Delegation.objects.running
    loans = questions.rows(
        ("lent", today, *found),
        lambda: running(today).filter(taker__in=list(found)).values_list("taker", "giver", "verb", "department"),
    )
    givers = _granted(list(User.objects.filter(pk__in={giver for _, giver, _, _ in loans}))) if loans else {}
    for taker, giver, verb, department in loans:
        if (verb, department) in givers.get(giver, set()):
            found[taker].add((verb, department))
    shares = questions.rows(
        ("shared", today, *found),
        lambda: SharedLegal.objects.running(today).filter(person__in=list(found)).values_list("person", "department"),
    )
    for person, department in shares:
        found[person] |= {(verb, department) for verb in LEGAL.verbs}


def _as_of(found: dict[int, Pairs], today: date) -> dict[int, Rights]:
    """What is held on a closed department ends with it; its work is held by whoever holds the successor's."""
    closed = Department.objects.shut
    shut = dict(questions.rows(("shut", today), lambda: closed(today).values_list("pk", "successor")))

    def heir(department: int | None) -> int | None:
        while department in shut:
            department = shut[department]
        return department

    inherited: dict[int, set[int]] = {}
    for former in shut:
        if (last := heir(former)) is not None:
            inherited.setdefault(last, set()).add(former)
    rights: dict[int, Rights] = {}
    for person, pairs in found.items():
        held: dict[str, set[int]] = {}
        for verb, department in pairs:
            if department not in shut:
                held.setdefault(verb, set()).update({department}, inherited.get(department, set()))
        rights[person] = {verb: frozenset(departments) for verb, departments in held.items()}
    return rights


def rights_of_many(people: Collection[User]) -> dict[int, Rights]:
    """全部职责, of many people in as many questions as of one. Whoever cannot hold any is left out."""
    today = clock.today()
    found = _granted(people)
    if not found:
        return {}
    _lend(found, today)
    return _as_of(found, today)


def rights_of(user: User) -> Rights:
    """全部职责: every verb with the departments on which the user holds it today, by role, lent by a holder or shared.

    Asked once per request for all verbs together; empty for inactive users, officers and citizens.
    """
    return rights_of_many([user]).get(user.pk, {})


def depends_on(user: User) -> tuple[Hashable, ...]:
    """What the text of a question may depend on (`daoli_credit.questions`): the person, their duties, the day."""
    rights = frozenset((verb, user.departments(verb)) for verb in VERBS)
    return user.pk, user.officer, user.home_department_id, rights, clock.today()


def own_rights_of_many(people: Collection[User]) -> dict[int, Rights]:
    """本人的职责, of many: what is held by role alone."""
    return _as_of(_granted(people), clock.today())


def own_rights(user: User) -> Rights:
    """本人的职责: what the user holds by role today, and may therefore lend."""
    return own_rights_of_many([user]).get(user.pk, {})


@questions.prepared
def _able_ones() -> QuerySet[User]:
    return User.objects.filter(face=Face.STAFF, is_active=True, officer="").order_by("display_name", "pk")


def holders(verb: str, department_id: int) -> list[User]:
    """谁有这项职责, on this department today, in the order of their names."""
    staff = _able_ones()
    rights = rights_of_many(staff)
    return [user for user in staff if department_id in rights[user.pk].get(verb, frozenset())]


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _closed(test: Callable[[User], bool], missing: str) -> Callable[[View[P]], View[P]]:
    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not test(request.user):
                raise PermissionDenied(missing)
            return view(request, *args, **kwargs)

        return inner

    return wrap


def requires(*verbs: str) -> Callable[[View[P]], View[P]]:
    """职责页: anonymous visitors sign in; whoever holds none of the verbs gets a 403 that names the missing duty."""
    titles = "或者".join(f"“{VERBS[verb]}”" for verb in verbs)
    return _closed(lambda user: any(user.may_anywhere(verb) for verb in verbs), f"这一页要有{titles}这项职责")


def officers(*which: str, or_duty: str = "") -> Callable[[View[P]], View[P]]:
    """三员页: for these officers only; with `or_duty`, also for whoever holds that duty."""
    titles = "、".join(Officer(one).label for one in which)
    also = f"，或者有“{VERBS[or_duty]}”职责的人" if or_duty else ""
    return _closed(
        lambda user: user.officer in which or bool(or_duty and user.may_anywhere(or_duty)),
        f"这一页只供{titles}使用{also}",
    )


def staff(view: View[P]) -> View[P]:
    """工作人员页."""
    return _closed(lambda user: user.face == Face.STAFF, "这一页只供工作人员使用")(view)


def protectors(view: View[P]) -> View[P]:
    """个人信息保护页: whoever drafts or approves assessments and handles incidents, and the audit officer to read."""
    return _closed(
        lambda user: (
            (user.is_active and user.officer == Officer.AUDIT)
            or user.may_anywhere("draft_assessment")
            or user.may_anywhere("approve_assessment")
        ),
        "这一页要有“起草影响评估和事件记录”或者“审定影响评估”这项职责，或者是审计管理员",
    )(view)


def citizen(view: View[P]) -> View[P]:
    """市民本人页."""
    return _closed(lambda user: user.face == Face.CITIZEN, "这一页只供市民本人使用")(view)
