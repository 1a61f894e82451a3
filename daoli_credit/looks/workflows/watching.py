"""查找异常查询: goes through the log from where it stopped, and points. Harmless twice, also when two do it at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.user import Face
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.looks import matters, sheets
from daoli_credit.looks.models import Watch
from daoli_credit.looks.models.odd import Rule
from daoli_credit.looks.rules import odd
from daoli_credit.looks.rules.odd import Seen
from daoli_credit.looks.workflows import judging
from records import identity
from records.models import SubjectKey

OVERLAP = timedelta(hours=1)  # a look is stamped before its transaction commits
ONE_WATCH = 20180203
BY_KEY = "key:"  # as `ServiceKey.audit_id` begins
Found = Iterator[tuple[int, Rule]]


def _seen(look: LookUp) -> Seen:
    return Seen(
        look.pk,
        look.at,
        look.day,
        look.actor_id,
        bytes(look.person_key),
        look.matter,
        look.case_number,
        look.department,
    )


def _since(moment: datetime | None, staff: Sequence[str]) -> list[LookUp]:
    # only looks by officers and by the keys of departments' systems: what a citizen does about themselves is never an
    # input, nor what this system sends
    by_system = Q(actor_id__startswith=BY_KEY)
    looks = LookUp.objects.filter(Q(actor_id__in=staff) | by_system, kind=LookUp.Kind.LOOK)
    return list((looks.filter(at__gt=moment) if moment else looks).order_by("id"))


def _without_case(looks: Sequence[Seen]) -> Found:
    known = matters.cases({(look.matter, look.case_number) for look in looks})
    for look in looks:
        case = known.get((look.matter, look.case_number))
        if matters.finder(look.matter) is not None and odd.without_case(look, case):
            yield look.pk, Rule.NO_CASE


def _at_rest(looks: Sequence[Seen]) -> Found:
    for look in odd.first_at_rest(looks):
        yield look.pk, Rule.NIGHT


def _same_names(looks: Sequence[Seen]) -> Found:
    """Names are compared inside `records.identity`: what comes out is yes or no, and no staff ID number is held."""
    keys = SubjectKey.objects.filter(digest__in={look.person_key for look in looks}).select_related("subject")
    subjects = {bytes(row.digest): row.subject for row in keys}
    staff = {user.audit_id: user for user in User.objects.filter(face=Face.STAFF).select_related("home_department")}
    names: dict[str, set[str]] = {}
    for user in staff.values():
        if user.home_department and user.is_active:
            names.setdefault(user.home_department.code, set()).add(user.display_name)
    for look in looks:
        subject, looker = subjects.get(look.person_key), staff.get(look.actor_id)
        if subject is None or (looker is None and not look.actor_id.startswith(BY_KEY)):
            continue
        own = {looker.display_name} if looker else set()  # a key has no name; who sat behind it may be a colleague
        if identity.name_among(subject, own):
            yield look.pk, Rule.OWN_NAME
        elif identity.name_among(subject, names.get(look.department, set()) - own):
            yield look.pk, Rule.COLLEAGUE


def _bursts(looks: Sequence[Seen]) -> Found:
    singly = [look for look in looks if look.matter not in matters.IN_SETS]
    for look in odd.bursts(sheets.without(singly)):
        yield look.pk, Rule.BURST


# judged over whole days, so that the answer does not hang on when this runs
OF_A_DAY: tuple[Callable[[Sequence[Seen]], Found], ...] = (_bursts, _at_rest)
OF_ONE_LOOK: tuple[Callable[[Sequence[Seen]], Found], ...] = (_without_case, _same_names)


@transaction.atomic
def sweep(*, actor: User) -> int:
    """查找. Returns how many were newly pointed at; 0 when another is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_WATCH])
        if cursor.fetchone() != (True,):
            return 0
    now, watch = clock.now(), Watch.objects.filter(pk=1).first()
    since = watch.through - OVERLAP if watch else None
    staff = [user.audit_id for user in User.objects.filter(face=Face.STAFF)]
    dawn = since.astimezone(clock.CHINA).replace(hour=0, minute=0, second=0, microsecond=0) if since else None
    looks = {look.pk: look for look in _since(dawn, staff)}
    day = [_seen(look) for look in looks.values()]
    fresh = [look for look in day if since is None or look.at > since]
    found = [
        *(one for rule in OF_A_DAY for one in rule(day)),
        *(one for rule in OF_ONE_LOOK for one in rule(fresh)),
    ]
    pointed = [judging.point_at(looks[pk], rule, actor=actor) for pk, rule in found]
    through = max((look.at for look in looks.values()), default=watch.through if watch else now)
    Watch.objects.update_or_create(pk=1, defaults={"through": through})
    return sum(one is not None for one in pointed)
