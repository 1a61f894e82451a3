"""演示工作人员: the cast, and one clerk and one reviewer for every department that reports."""

import json
from pathlib import Path

from daoli_credit.accounts import cast, roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face


def passwords(path: str) -> dict[str, str]:
    """口令 by login name, from the file that `run` made."""
    if not path:
        return {}
    return {row["username"]: row["password"] for row in json.loads(Path(path).read_text(encoding="utf-8"))}


def the_cast(path: str) -> int:
    """人物: staff users with their roles and today's passwords; harmless twice. Citizens exist at the provider only."""
    known = passwords(path)
    people = [person for person in cast.CAST if person.face == "staff"]
    for person in people:
        home = Department.objects.get(code=person.department)
        user, fresh = User.objects.get_or_create(
            username=person.username,
            defaults={
                "face": Face.STAFF,
                "display_name": person.display_name,
                "home_department": home,
                "officer": person.officer,
            },
        )
        password = known.get(person.username)
        if password is None:
            user.set_unusable_password()
        elif fresh or not user.check_password(password):  # to ask a new one would cost as much as to set it
            user.set_password(password)
        user.save()
        for role in person.roles:
            roles.grant(user, home, role)
    return len(people)


def pair(department: Department) -> tuple[User, User]:
    """经办和复核 of a department: invented, without passwords; they only stand in the history."""
    made = []
    for role, title in (("clerk", "经办员"), ("reviewer", "复核员")):
        user, fresh = User.objects.get_or_create(
            username=f"{department.code}-{role}",
            defaults={"face": Face.STAFF, "display_name": f"{department.name}{title}", "home_department": department},
        )
        if fresh:
            user.set_unusable_password()
            user.save()
            roles.grant(user, department, role)
        made.append(user)
    return made[0], made[1]
