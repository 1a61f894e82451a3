"""角色: a group per department and role, given its verbs on that department and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from guardian.models import GroupObjectPermission, UserObjectPermission

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.department import WITHOUT_RECORDS


@dataclass(frozen=True)
class Role:
    """角色: code, title, verbs, and the departments that may have it (empty: any that may hold rights on records)."""

    code: str
    title: str
    verbs: tuple[str, ...]
    only: tuple[str, ...] = ()
    everywhere: bool = False


LEGAL = Role("legal", "法制审核", ("view_listings", "legal_review", "answer_objection", "approve_delay"))
ROLES = (
    Role(
        "clerk",
        "经办",
        (
            "view_records",
            "submit_record",
            "view_listings",
            "propose_listing",
            "handle_repair",
            "export_records",
            "delay_look",
            "register_case",
            "check_applicants",
            "apply_sharing",
            "report_measure",
            "nominate_honour",
            "handle_request",
        ),
    ),
    Role(
        "reviewer",
        "复核",
        (
            "view_records",
            "review_record",
            "view_listings",
            "decide_repair",
            "answer_objection",
            "approve_export",
            "explain_looks",
            "approve_check",
            "answer_sharing",
            "verify_honour",
        ),
    ),
    LEGAL,
    Role("decider", "审批（负责人）", ("view_listings", "decide_listing", "decide_honour", "approve_request")),
    Role("organiser", "宣传组织", ("plan_campaign",), everywhere=True),
    Role("lead", "复核组长", ("view_records", "assign_review")),
    Role("feed-operator", "推送值守", ("operate_feeds",), only=("credit-office",)),
    Role("counter", "窗口", ("check_identity",), only=("credit-office",)),
    Role("operator", "信用办经办", ("draft_assessment", "explain_looks"), only=("credit-office",)),
    Role("supervisor", "督导", ("supervise", "approve_assessment"), only=("credit-office",)),
)


def offered(department: Department) -> list[Role]:
    """该部门可设的角色: streets, schools and employers hold no right on records; supervision is the credit office's."""
    if department.kind in WITHOUT_RECORDS:
        return [role for role in ROLES if role.everywhere]
    return [role for role in ROLES if not role.only or department.code in role.only]


def group(department: Department, role: Role) -> Group:
    """The group of this role in this department, with the verbs that the table gives it today.

    Raises Permission.DoesNotExist for a verb that nobody declared.
    """
    found, _ = Group.objects.get_or_create(name=f"{department.code}:{role.code}")
    kind, grants = ContentType.objects.get_for_model(Department), GroupObjectPermission.objects
    here = grants.filter(group=found, content_type=kind, object_pk=str(department.pk))
    missing = set(role.verbs) - set(here.values_list("permission__codename", flat=True))
    if missing:
        verbs = list(Permission.objects.filter(content_type=kind, codename__in=missing))
        if len(verbs) < len(missing):
            raise Permission.DoesNotExist(f"没有这些职责：{sorted(missing - {verb.codename for verb in verbs})}")
        given = {"group": found, "content_type": kind, "object_pk": str(department.pk)}
        # who gives the same at the same moment has given it
        grants.bulk_create([GroupObjectPermission(permission=verb, **given) for verb in verbs], ignore_conflicts=True)
    return found


def grant(user: User, department: Department, role_code: str) -> None:
    """授予角色. Raises ValueError when this department cannot have the role."""
    role = next((one for one in offered(department) if one.code == role_code), None)
    if role is None:
        raise ValueError(f"{department.name} 不能设“{role_code}”角色")
    user.groups.add(group(department, role))
    user.__dict__.pop("_rights", None)


BY_CODE = {role.code: role for role in ROLES}
Posts = list[tuple[Department, Role]]


def held_by(people: Collection[User]) -> dict[int, Posts]:
    """所任角色 of many, as the groups say, in the order of the tables; also on a department that is closed."""
    found: dict[int, Posts] = {user.pk: [] for user in people}
    rows = User.objects.filter(pk__in=list(found), groups__isnull=False).values_list("pk", "groups__name")
    named = [(person, *name.partition(":")[::2]) for person, name in rows]
    bodies = {one.code: one for one in Department.objects.filter(code__in={code for _, code, _ in named})}
    for person, body, role in named:
        if body in bodies and role in BY_CODE:
            found[person].append((bodies[body], BY_CODE[role]))
    for posts in found.values():
        posts.sort(key=lambda pair: (pair[0].pk, ROLES.index(pair[1])))
    return found


def held(user: User) -> Posts:
    """所任角色."""
    return held_by([user])[user.pk]


def withdraw(user: User, department: Department, role_code: str) -> None:
    """收回角色."""
    user.groups.remove(*user.groups.filter(name=f"{department.code}:{role_code}"))
    user.__dict__.pop("_rights", None)


def strip(user: User) -> None:
    """收回全部: every group, and whatever somebody granted to the person by hand."""
    user.groups.clear()
    UserObjectPermission.objects.filter(user=user).delete()
    user.__dict__.pop("_rights", None)
