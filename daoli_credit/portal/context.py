"""What every page knows: the operator, the edition of the rules, the reader's own look, the menus, who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from daoli_credit.law import pack
from daoli_credit.portal import menu

LARGE_COOKIE = "text"
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Edition:
    """规则版本: its title, and whether it is the demonstration edition (演示规则，不作依据)."""

    title: str
    demo: bool


@dataclass(frozen=True)
class Who:
    """当前用户: a citizen by masked name, an official by name and department."""

    name: str
    department: str
    home: str


def edition() -> Edition:
    """规则版本. Without a loaded edition the pages still stand, and claim no basis."""
    try:
        current = pack.current()
    except pack.NoEdition:
        return Edition(title="", demo=settings.DEMO)
    return Edition(title=current.title, demo=current.demo)


def who(request: HttpRequest) -> Who | None:
    """当前用户, or None for a visitor."""
    user = request.user
    if not user.is_authenticated:
        return None
    home = menu.door(user)
    if user.face == "citizen":
        return Who(name=request.session.get("masked_name", "本人"), department="", home=home)
    department = user.home_department.name if user.home_department else user.get_officer_display()
    return Who(name=user.display_name, department=department, home=home)


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor. A dark screen is for staff only: citizens print and photograph official pages."""
    user = request.user
    staff = user.is_authenticated and user.face == "staff"
    return {
        "site": settings.SITE,
        "demo": settings.DEMO,
        "edition": edition(),
        "text_large": request.COOKIES.get(LARGE_COOKIE) == "large",
        "theme": "dark" if staff and request.COOKIES.get(THEME_COOKIE) == "dark" else "light",
        # a page that does not show it does not ask for it
        "nav": SimpleLazyObject(lambda: menu.top(request)),
        "menu": SimpleLazyObject(lambda: menu.groups(request)),
        "who": SimpleLazyObject(lambda: who(request)),
        "frame": "shell.html" if staff else "site.html",
    }
