"""造终止的记录: each kind of end by its true act."""

from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.demo import staff
from daoli_credit.law import clock
from records.models import ArchiveCopy, ArchiveOpening, CreditRecord, Deletion, EndNotice
from records.workflows import archive_opening, archiving, noticing, retention
from records.workflows import record as record_acts
from records.workflows.archive_opening import Opened
from tests import make, make_listing
from tests.cast import Cast

CASE: dict[str, Any] = {
    "purpose": "reconsideration",
    "case_number": "哈里政复〔2026〕8号",
    "authority": "道里区人民政府",
    "article": "行政复议法关于被申请人提交证据的规定",
    "document_number": "哈里政复调〔2026〕8号",
}


def noted(cast: Cast, record: CreditRecord, *, cause: str = "elsewhere", by: User | None = None) -> EndNotice:
    """Registered by 赵敏, waiting to be checked."""
    facts = {"source": "信用中国（黑龙江）", "document_number": "修复告知〔2026〕3号", "document_on": clock.today()}
    return noticing.note(record=record, cause=cause, actor=by or cast.clerk, **facts)  # type: ignore[arg-type]


def noticed(cast: Cast, record: CreditRecord, *, cause: str = "elsewhere") -> CreditRecord:
    """Ended for a cause outside this portal, checked by 孙建国."""
    notice = noted(cast, record, cause=cause)
    noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    return CreditRecord.objects.get(pk=record.pk)


def expired(record: CreditRecord) -> date:
    """Its end written down; the day after it."""
    assert record.use_until is not None
    day = record.use_until + timedelta(days=1)
    with clock.at(day):
        record_acts.expire(record_id=record.pk, actor=User.objects.system())
    return day


def sealed(cast: Cast, *, serial: int = 301, cause: str = "elsewhere") -> ArchiveCopy:
    """A sealed copy of a record of market regulation that has ended."""
    record = noticed(cast, make.effective(cast, serial=serial), cause=cause)
    archiving.seal_ended(actor=User.objects.system())
    return ArchiveCopy.objects.get(record=record)


def sealed_of(cast: Cast, record: CreditRecord) -> ArchiveCopy:
    """The sealed copy of this record, ended and checked."""
    noticed(cast, record)
    archiving.seal_ended(actor=User.objects.system())
    return ArchiveCopy.objects.get(record=record)


def of_wages(cast: Cast) -> ArchiveCopy:
    """A sealed copy of human resources, where 高远 is the legal officer and 邓国栋 decides."""
    clerk, reviewer = staff.pair(cast.wages)
    raw = make.raw_penalty(make_listing.someone("e"), department=cast.wages, item="penalty-labour", serial=341)
    record = record_acts.enter(department=cast.wages, checked=make.checked(raw, "penalty-labour"), actor=clerk)
    record_acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
    make.opened(record, reviewer)
    record_acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)
    notice = noted(cast, CreditRecord.objects.get(pk=record.pk), by=clerk)
    noticing.confirm(notice_id=notice.pk, actor=reviewer, seen=notice.revision)
    archiving.seal_ended(actor=User.objects.system())
    return ArchiveCopy.objects.get(record_id=record.pk)


def legal_of_market(cast: Cast) -> User:
    """A legal officer and a head of market regulation, beside the cast: 高远 and 邓国栋 with their duties there too."""
    roles.grant(cast.legal, cast.market, "legal")
    roles.grant(cast.decider, cast.market, "decider")
    return cast.legal


def asked(cast: Cast, copy: ArchiveCopy, *, by: User | None = None, **facts: Any) -> ArchiveOpening:
    """Asked by 高远."""
    return archive_opening.ask(archive=copy, actor=by or cast.legal, **{**CASE, **facts})


def approved(cast: Cast, copy: ArchiveCopy) -> ArchiveOpening:
    """Agreed to by 邓国栋."""
    one = asked(cast, copy)
    return archive_opening.approve(opening_id=one.pk, actor=cast.decider, seen=one.revision)


def opened(cast: Cast, copy: ArchiveCopy) -> Opened:
    """Opened by 高远."""
    return archive_opening.open_once(opening_id=approved(cast, copy).pk, actor=cast.legal)


def deleted(cast: Cast, *, serial: int = 361) -> Deletion:
    """Ended two years ago and kept until this month: gone for good, with its certificate."""
    today = clock.today()
    with clock.at(today - timedelta(days=755)):
        record = make.effective(cast, serial=serial, decided=clock.today() - timedelta(days=5))
    with clock.at(today - timedelta(days=740)):
        noticed(cast, record)
        archiving.seal_ended(actor=User.objects.system())
    retention.delete_due(actor=User.objects.system())
    return Deletion.objects.get(record_number=record.number)
