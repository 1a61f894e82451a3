"""造措施任务: the record by its true acts, the tasks by the pull itself."""

from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.law import clock
from incentives.models import MeasureTask
from incentives.workflows import measure_pulling, measures
from records import identity as people
from records.identity import Identity
from records.models import CatalogueProvider, CreditRecord
from records.models.record import S
from records.models.revision import Kind
from records.workflows import numbering, opening
from records.workflows import record as record_acts
from tests import make, make_listing
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


def honour(who: Identity | None = None, *, scope: str = "归集、政务共享", serial: int = 1) -> CreditRecord:
    """An honour of the youth league about 林秀云, with her consent."""
    body, today = Department.objects.get(code="youth-league"), clock.today()
    person = who or identity("linxiuyun")
    raw = {
        "party_name": person.name,
        "party_type": "自然人",
        "id_type": person.id_type,
        "id_number": person.id_number,
        "document_number": f"哈里团〔{today.year}〕{serial}号",
        "honour_title": "优秀志愿者",
        "year": str(today.year),
        "decided_on": (today - timedelta(days=3)).isoformat(),
        "authority": "团区委（示例）",
        "consented_on": (today - timedelta(days=5)).isoformat(),
        "consent_scope": scope,
    }
    clerk, reviewer = User.objects.get(username="tangyue"), User.objects.get(username="jiangbo")
    # the door of honours is another room's; what matters here is what the record says once it is in force
    CatalogueProvider.objects.get_or_create(item_id="honour-volunteer", department=body)
    made = CreditRecord(
        number=numbering.next_number(today), item_id="honour-volunteer", department=body, entered_by=clerk,
        subject=people.of(person),
    )  # fmt: skip
    record_acts.fill(made, make.checked(raw, "honour-volunteer"))
    made.status, made.submitted_by, made.submitted_on = S.EFFECTIVE, clerk, today
    made.reviewed_by, made.effective_on = reviewer, today
    made.save()
    record_acts.append_revision(made, Kind.EFFECTIVE)
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
