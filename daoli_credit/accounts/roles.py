"""角色: a group per department and role, given its verbs on that department and nowhere else."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from guardian.shortcuts import assign_perm

from daoli_credit.accounts.models import Department, User


@dataclass(frozen=True)
class Role:
    """角色: code, title, verbs, and the kinds of department that may have it (empty: any but streets)."""

    code: str
    title: str
    verbs: tuple[str, ...]
    only: tuple[str, ...] = ()


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
        ),
    ),
    Role(
        "reviewer",
        "复核",
        ("view_records", "review_record", "view_listings", "decide_repair", "approve_export", "explain_looks"),
    ),
    Role("legal", "法制审核", ("view_listings", "legal_review", "approve_delay")),
    Role("decider", "审批（负责人）", ("view_listings", "decide_listing")),
    Role("organiser", "宣传组织", ("plan_campaign",)),
    Role("feed-operator", "推送值守", ("operate_feeds",), only=("credit-office",)),
    Role("counter", "窗口", ("check_identity",), only=("credit-office",)),
    Role("operator", "信用办经办", ("draft_assessment", "explain_looks"), only=("credit-office",)),
    Role("supervisor", "督导", ("supervise", "approve_assessment"), only=("credit-office",)),
)


def offered(department: Department) -> list[Role]:
    """该部门可设的角色: streets hold no right on records; supervision belongs to the credit office."""
    if department.kind == "street":
        return []
    return [role for role in ROLES if not role.only or department.code in role.only]


def group(department: Department, role: Role) -> Group:
    """The group of this role in this department, with the verbs that the table gives it today."""
    found, _ = Group.objects.get_or_create(name=f"{department.code}:{role.code}")
    for verb in role.verbs:
        assign_perm(verb, found, department)
    return found


def grant(user: User, department: Department, role_code: str) -> None:
    """授予角色. Raises ValueError when this department cannot have the role."""
    role = next((one for one in offered(department) if one.code == role_code), None)
    if role is None:
        raise ValueError(f"{department.name} 不能设“{role_code}”角色")
    user.groups.add(group(department, role))
    user.__dict__.pop("_rights", None)
