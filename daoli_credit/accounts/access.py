"""有权访问: the only caller of guardian, and the decorator that closes a page."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from guardian.shortcuts import get_objects_for_user

from daoli_credit.accounts.models import Delegation, Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.law import clock

P = ParamSpec("P")
VERBS: dict[str, str] = dict(Department._meta.permissions)


def _granted(user: User, verb: str) -> frozenset[int]:
    # guardian still answers for inactive users, and gives superusers everything: both are shut here
    if not user.is_active or user.face != Face.STAFF:
        return frozenset()
    found = get_objects_for_user(user, f"accounts.{verb}", Department, accept_global_perms=False, with_superuser=False)
    return frozenset(found.values_list("pk", flat=True))


def departments_for(user: User, verb: str) -> frozenset[int]:
    """有此职责的部门: by role, or lent today by somebody who holds it. Empty for inactive users and citizens.

    Raises KeyError for a verb that nobody declared.
    """
    if verb not in VERBS:
        raise KeyError(verb)
    own = _granted(user, verb)
    if not user.is_active or user.face != Face.STAFF:
        return own
    today = clock.today()
    lent = Delegation.objects.filter(taker=user, verb=verb, from_on__lte=today, until_on__gte=today)
    return own | {
        loan.department_id for loan in lent.select_related("giver") if loan.department_id in _granted(loan.giver, verb)
    }


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


def citizen(view: View[P]) -> View[P]:
    """市民本人页."""
    return _closed(lambda user: user.face == Face.CITIZEN, "这一页只供市民本人使用")(view)
