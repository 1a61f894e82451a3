"""三员分立: what belongs to which officer, and what none of them may have."""

from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face, Officer
from daoli_credit.workflow import RuleBroken, WrongState


def demand(actor: User, post: Officer) -> None:
    """须由这一员办. Raises PermissionDenied for everybody else, the other two officers first of all."""
    if not actor.is_active or actor.officer != post:
        raise PermissionDenied(f"这一步由{post.label}办，您不是{post.label}")


def may_hold(user: User) -> None:
    """可以有职责的人: a member of staff who is here and no officer. Raises WrongState and RuleBroken."""
    if not user.is_active:
        raise WrongState(f"{user}的账号已经停用，不能再给职责")
    if user.face != Face.STAFF:
        raise RuleBroken("职责只给工作人员")
    if user.officer:
        raise RuleBroken(f"{user}是{user.get_officer_display()}，三员不能有任何职责")
