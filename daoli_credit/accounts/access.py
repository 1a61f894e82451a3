"""有权访问: the only caller of guardian, and the decorator that closes a page."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from guardian.models import GroupObjectPermission, UserObjectPermission

from daoli_credit.accounts.models import Delegation, Department, User
from daoli_credit.accounts.models.user import Face, Officer
from daoli_credit.law import clock

P = ParamSpec("P")
VERBS: dict[str, str] = dict(Department._meta.permissions)


Rights = dict[str, frozenset[int]]


def _granted(user: User) -> Rights:
    # guardian still answers for inactive users, and gives superusers everything: both are shut here
    if not user.is_active or user.face != Face.STAFF:
        return {}
    kind = ContentType.objects.get_for_model(Department)
    found: dict[str, set[int]] = {}
    for grants, whose in ((GroupObjectPermission, "group__user"), (UserObjectPermission, "user")):
        rows = grants.objects.filter(**{whose: user, "content_type": kind})
        for verb, department in rows.values_list("permission__codename", "object_pk"):
            found.setdefault(verb, set()).add(int(department))
    return {verb: frozenset(departments) for verb, departments in found.items()}


def rights_of(user: User) -> Rights:
    """全部职责: every verb with the departments on which the user holds it today, by role or lent by a holder.

    Asked once per request for all verbs together; empty for inactive users and citizens.
    """
    own = _granted(user)
    if not user.is_active or user.face != Face.STAFF:
        return own
    today = clock.today()
    lent = Delegation.objects.filter(taker=user, from_on__lte=today, until_on__gte=today).select_related("giver")
    for loan in lent:
        if loan.department_id in _granted(loan.giver).get(loan.verb, frozenset()):
            own[loan.verb] = own.get(loan.verb, frozenset()) | {loan.department_id}
    return own


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
