"""造宣传活动: by the true acts only."""

from datetime import date
from typing import Any

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from education.models import Campaign
from education.workflows import campaign as acts
from tests.cast import Cast

CONSTITUTION = date(2026, 12, 4)


def organiser(code: str) -> User:
    """宣传组织 of another unit."""
    department = Department.objects.get(code=code)
    user = User.objects.create_staff(
        f"organiser-{code}", "not-used-1234567", display_name="测试宣传员", home_department=department
    )
    roles.grant(user, department, "organiser")
    return user


def department(user: User) -> Department:
    """Whose organiser this is."""
    assert user.home_department is not None
    return user.home_department


def arrangement(**changes: Any) -> acts.Arrangement:
    """A day of 日常宣传, today."""
    facts: dict[str, Any] = {
        "title": "诚信读本进校园",
        "place": "示例小学礼堂",
        "planned_on": clock.today(),
        "contents": ("knowledge",),
    }
    return acts.Arrangement(**facts | changes)


def account(**changes: Any) -> acts.Account:
    """What is said after the event."""
    facts: dict[str, Any] = {
        "held_on": clock.today(),
        "summary": "讲解怎样查询自己的信用信息，发放读本。",
        "place": "示例小学礼堂",
        "contents": ("knowledge",),
    }
    return acts.Account(**facts | changes)


def arranged(cast: Cast, by: User | None = None, **changes: Any) -> Campaign:
    """A campaign that is arranged."""
    user = by or cast.organiser
    return acts.arrange(department=department(user), partners=(), what=arrangement(**changes), actor=user)


def held(cast: Cast, by: User | None = None, *, said: dict[str, Any] | None = None, **changes: Any) -> Campaign:
    """A campaign that was held and reported, both today unless the clock is moved in between."""
    row = arranged(cast, by, **changes)
    what = account(**{"held_on": row.planned_on, **(said or {})})
    return acts.report(campaign_id=row.pk, what=what, actor=by or cast.organiser, seen=row.revision)


def on_constitution_day(cast: Cast, by: User | None = None, *, reported: date = CONSTITUTION) -> Campaign:
    """A campaign on 2026-12-04, reported on the given day."""
    with clock.at(CONSTITUTION):
        row = arranged(cast, by, key_date="constitution-day", key_day=CONSTITUTION, title="宪法日信用宣传")
    with clock.at(reported):
        what = account(held_on=CONSTITUTION)
        return acts.report(campaign_id=row.pk, what=what, actor=by or cast.organiser, seen=row.revision)
