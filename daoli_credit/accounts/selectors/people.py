"""读人员: who is here, what each may do and why. No record, and nothing about what anybody has done with one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from daoli_credit.accounts import access, roles, sitting
from daoli_credit.accounts.models import Delegation, Department, SharedLegal, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.accounts.roles import Posts, Role
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.models import Event
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock

# What the history of an account shows; that somebody signed in is the audit officer's matter.
SHOWN = (
    "user.added", "user.opened", "user.moved", "user.password-reset", "user.closed", "role.granted", "role.withdrawn",
    "role.lost", "legal-share.granted", "legal-share.ended",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """人员表的一行."""

    user: User
    posts: Posts


@dataclass(frozen=True)
class Told:
    """账号经过的一步."""

    said: str
    who: str
    day: date
    opinion: str


@dataclass(frozen=True)
class Page:
    """一个人: roles with whether they work today, loans, shares, sessions."""

    user: User
    posts: list[tuple[Department, Role, bool]]
    offered: list[Role]
    given: Sequence[Delegation]
    taken: Sequence[Delegation]
    shares: Sequence[SharedLegal]
    sessions: int
    reviews_law: bool
    history: Sequence[Told]


def staff() -> QuerySet[User]:
    """工作人员, those who are here first, by department."""
    found = User.objects.filter(face=Face.STAFF).select_related("home_department")
    return found.order_by("-is_active", "home_department_id", "display_name", "pk")


def lines(people: Sequence[User]) -> list[Line]:
    """人员表, with the roles of each in two questions for all."""
    posts = roles.held_by(people)
    return [Line(user, posts[user.pk]) for user in people]


def _told(event: Event) -> Told:
    role = roles.BY_CODE.get(event.to_status or event.from_status)
    said = sentence(event.act) + (f"：{role.title}" if role else "")
    return Told(said, event.actor_label, event.day, event.opinion)


def _offered(user: User, posts: Posts, today: date) -> list[Role]:
    home = user.home_department
    if home is None or not home.in_use(today) or not user.is_active or user.officer:
        return []
    return [role for role in roles.offered(home) if (home, role) not in posts]


def page(user: User) -> Page:
    """人员页."""
    today, posts = clock.today(), roles.held(user)
    loans = Delegation.objects.open(today).select_related("giver", "taker", "department").order_by("from_on", "pk")
    return Page(
        user=user,
        posts=[(body, role, body.in_use(today)) for body, role in posts],
        offered=_offered(user, posts, today),
        given=list(loans.filter(giver=user)),
        taken=list(loans.filter(taker=user)),
        shares=list(SharedLegal.objects.open(today).filter(person=user).select_related("department")),
        sessions=sitting.living(user),
        reviews_law=bool(access.own_rights(user).get("legal_review")),
        history=[_told(event) for event in history("user", user.pk).filter(act__in=SHOWN)],
    )


def colleagues(user: User) -> QuerySet[User]:
    """可以接受委托的同事: of the same department, here, and no officer."""
    same = staff().filter(home_department=user.home_department_id, is_active=True, officer="")
    return same.exclude(pk=user.pk)
