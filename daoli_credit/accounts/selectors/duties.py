"""权限清单: rights that nobody uses, that reach too far, or that hang on one person. About rights, never about work:
nothing is counted per person and nobody is ranked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.db.models.functions import Now

from daoli_credit.accounts import access, roles
from daoli_credit.accounts.held import Rights
from daoli_credit.accounts.models import Delegation, Department, SharedLegal, User
from daoli_credit.accounts.models.user import Officer
from daoli_credit.accounts.roles import Role
from daoli_credit.accounts.selectors.people import staff
from daoli_credit.audit import acts
from daoli_credit.audit.models import Event
from daoli_credit.law import clock

UNUSED_AFTER = timedelta(days=90)
LONG_LOAN = timedelta(days=30)
DECIDING = ("legal_review", "decide_listing")


@dataclass(frozen=True)
class Finding:
    """清单上的一行: opens the person, or the department when nobody is there to open."""

    says: str
    user: User | None = None
    department: Department | None = None


@dataclass(frozen=True)
class Review:
    """权限清单."""

    unused: list[Finding]
    wide: list[Finding]
    idle: list[Finding]
    alone: list[Finding]


def review() -> Review:
    """清单, as of today."""
    today = clock.today()
    people = [user for user in staff() if user.is_active and not user.officer]
    total = access.rights_of_many(people)
    return Review(
        unused=_unused(people, today),
        wide=[*_both_hands(people, total), *_several(people, today), *_long_loans(today)],
        idle=[*_closed(people, today), *_empty_loans(today)],
        alone=[*_alone(people, total, today), *_lone_officers()],
    )


def _used(people: Collection[User], today: date) -> dict[tuple[str, str], date]:
    """Actor and act → the last day, within the time that counts."""
    codes = {code for verb in access.VERBS for code in acts.exercising(verb)}
    since = today - UNUSED_AFTER
    events = Event.objects.filter(
        at__gte=Now() - UNUSED_AFTER - timedelta(days=1), day__gte=since, act__in=codes,
        actor_id__in=[user.audit_id for user in people],
    )  # fmt: skip
    return {(who, act): day for who, act, day in events.values_list("actor_id", "act").annotate(last=Max("day"))}


def _since(people: Collection[User]) -> dict[tuple[int, str], date]:
    """Person and role → the day of the last grant; roles that are older than this page have none."""
    rows = Event.objects.filter(act="role.granted", noun="user", object_id__in=[str(user.pk) for user in people])
    found = rows.values_list("object_id", "to_status").annotate(last=Max("day"))
    return {(int(person), role): day for person, role, day in found}


def _unused(people: Collection[User], today: date) -> list[Finding]:
    used, since, found = _used(people, today), _since(people), []
    for person, posts in roles.held_by(people).items():
        user = next(one for one in people if one.pk == person)
        for body, role in posts:
            begun = since.get((person, role.code), user.created_at.astimezone(clock.CHINA).date())
            if today - begun > UNUSED_AFTER and not _exercised(user, role, used, today):
                says = f"{body.name}“{role.title}”：{begun} 授予，{UNUSED_AFTER.days} 天没有用过"
                found.append(Finding(says, user))
    return found


def _exercised(user: User, role: Role, used: dict[tuple[str, str], date], today: date) -> bool:
    codes = {code for verb in role.verbs for code in acts.exercising(verb)}
    if codes:
        return any((user.audit_id, code) in used for code in codes)
    # a role that only reads leaves no act of its own: whoever signs in may have read
    last = user.last_login
    return last is not None and today - last.astimezone(clock.CHINA).date() <= UNUSED_AFTER


def _both_hands(people: Collection[User], total: dict[int, Rights]) -> list[Finding]:
    own, found = access.own_rights_of_many(people), []
    names = dict(Department.objects.values_list("pk", "name"))
    for user in people:
        both = total[user.pk].get("submit_record", frozenset()) & total[user.pk].get("review_record", frozenset())
        mine = own[user.pk].get("submit_record", frozenset()) & own[user.pk].get("review_record", frozenset())
        for body in sorted(both):
            lent = "" if body in mine else "（其中有委托来的）"
            found.append(Finding(f"在{names[body]}既能录入又能复核{lent}；同一条记录不能由一人办两步", user))
    return found


def _several(people: Collection[User], today: date) -> list[Finding]:
    shares = SharedLegal.objects.running(today).filter(person__in=people).select_related("department")
    where = {person: {body.pk: body.name for body, _ in posts} for person, posts in roles.held_by(people).items()}
    for share in shares:
        where[share.person_id][share.department_id] = f"{share.department}（共享法制审核至 {share.until_on}）"
    by_key = {user.pk: user for user in people}
    return [
        Finding(f"在 {len(names)} 个部门有职责：{'、'.join(names.values())}", by_key[person])
        for person, names in where.items()
        if len(names) > 1
    ]


def _long_loans(today: date) -> list[Finding]:
    loans = Delegation.objects.open(today).select_related("giver", "taker", "department")
    return [
        Finding(
            f"把“{loan.duty}”委托给{loan.taker}超过 {LONG_LOAN.days} 天：{loan.from_on} 至 {loan.until_on}", loan.giver
        )
        for loan in loans
        if loan.until_on - loan.from_on >= LONG_LOAN
    ]


def _empty_loans(today: date) -> list[Finding]:
    loans = list(Delegation.objects.open(today).select_related("giver", "department"))
    own = access.own_rights_of_many([loan.giver for loan in loans])
    return [
        Finding(f"委托还在（至 {loan.until_on}），委托人已经没有“{loan.duty}”，委托不起作用", loan.giver)
        for loan in loans
        if loan.department_id not in own.get(loan.giver_id, {}).get(loan.verb, frozenset())
    ]


def _closed(people: Collection[User], today: date) -> list[Finding]:
    posts, found = roles.held_by(people), []
    for user in people:
        if user.home_department and not user.home_department.in_use(today):
            found.append(Finding(f"所在的{user.home_department}已经停用，请调换部门", user))
        found += [
            Finding(f"{body.name}已经停用，“{role.title}”不起作用，请收回", user)
            for body, role in posts[user.pk]
            if not body.in_use(today)
        ]
    return found


def _holders(people: Collection[User], total: dict[int, Rights], verb: str) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    for user in people:
        for body in total[user.pk].get(verb, frozenset()):
            found.setdefault(body, []).append(user)
    return found


def _alone(people: Collection[User], total: dict[int, Rights], today: date) -> list[Finding]:
    """没有人，或者只有一人 to review or decide, where somebody can bring work to be reviewed or decided."""
    holders = {
        verb: _holders(people, total, verb) for verb in ("submit_record", "propose_listing", "review_record", *DECIDING)
    }
    found = []
    for body in Department.objects.in_use(today):
        here = {verb: held.get(body.pk, []) for verb, held in holders.items()}
        wanted = ["review_record"] if here["submit_record"] else []
        wanted += DECIDING if here["propose_listing"] and any(here[verb] for verb in DECIDING) else ()
        for verb in wanted:
            duty = access.VERBS[verb]
            if not here[verb]:
                found.append(Finding(f"没有人能办“{duty}”", department=body))
            elif len(here[verb]) == 1:
                found.append(Finding(f"{body.name}只有一人能办“{duty}”", here[verb][0]))
    return found


def _lone_officers() -> list[Finding]:
    there: dict[str, list[User]] = {}
    for user in staff().filter(is_active=True).exclude(officer=""):
        there.setdefault(user.officer, []).append(user)
    return [Finding(f"只有一位{Officer(post).label}", people[0]) for post, people in there.items() if len(people) == 1]
