"""造措施任务: the record by its true acts, the tasks by the pull itself."""

from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.law import clock
from incentives.models import MeasureTask
from incentives.workflows import measure_pulling, measures
from records.models import CreditRecord
from records.workflows import opening
from records.workflows import record as record_acts
from tests import make, make_honours, make_listing
from tests.cast import Cast, identity

DOCUMENT = "哈里财办〔2026〕7号"


def clerk_of(code: str) -> User:
    """A clerk of a department that the cast does not have."""
    body = Department.objects.get(code=code)
    user, fresh = User.objects.get_or_create(
        username=f"m-{code}",
        defaults={"face": Face.STAFF, "display_name": f"{body.name}经办", "home_department": body},
    )
    if fresh:
        roles.grant(user, body, "clerk")
    return User.objects.get(pk=user.pk)


def pull() -> int:
    """What the task of the timetable does."""
    return measure_pulling.assign_all(actor=User.objects.system())


def settle(*, everything: bool = False) -> int:
    """The other half of it."""
    return measure_pulling.settle_all(actor=User.objects.system(), everything=everything)


def arrears(cast: Cast, **given: Any) -> CreditRecord:
    """Wage arrears in force, with the tasks of the bodies that the regulation names."""
    listing = make_listing.effective(cast, **given)
    assert listing.record is not None
    pull()
    return listing.record


def honour(*, serial: int = 1) -> CreditRecord:
    """An honour of the youth league about 林秀云, by its own door and with her consent."""
    made = make_honours.effective(User.objects.get(username="c-linxiuyun"), serial=serial).record
    assert made is not None
    return made


def guide(cast: Cast, *, ago: int = 10, severity: str = "general", serial: int = 1) -> CreditRecord:
    """方晓燕's permit was revoked: a ban of three years by law."""
    decided = clock.today() - timedelta(days=ago)
    raw = make.raw_penalty(
        identity("fangxiaoyan"), department=cast.tourism, item="penalty-tourism", decided=decided, serial=serial,
        severity=severity, penalty_kinds="罚款；吊销许可证件",
    )  # fmt: skip
    with clock.at(decided + timedelta(days=1)):
        made = record_acts.enter(
            department=cast.tourism, checked=make.checked(raw, "penalty-tourism"), actor=cast.tour_clerk
        )
        record_acts.submit(record_id=made.pk, actor=cast.tour_clerk, seen=made.revision)
        opening.note([made], cast.tour_reviewer)
        made = record_acts.approve(record_id=made.pk, actor=cast.tour_reviewer, opinion="", seen=made.revision)
    pull()
    return made


def task(record: CreditRecord, measure: str, body: str = "") -> MeasureTask:
    """One of its tasks, as it stands now."""
    found = MeasureTask.objects.filter(record=record, measure=measure)
    return found.get(department__code=body) if body else found.get()


def applied(row: MeasureTask, actor: User, *, day: date | None = None, reason: str = "") -> MeasureTask:
    """Reported as applied."""
    return measures.apply(
        task_id=row.pk, actor=actor, seen=row.revision, day=day or clock.today(), document=DOCUMENT, reason=reason
    )
