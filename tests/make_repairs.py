"""造修复件: by the true acts only."""

from datetime import timedelta
from typing import Any

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records.models import CreditRecord, FalsePromise, Repair
from records.workflows import false_promise, opening, publicity
from records.workflows import record as record_acts
from records.workflows import repair as acts
from tests import make
from tests.cast import Cast, identity

AGO = 200


def old(cast: Cast, *, serial: int = 1, ago: int = AGO, **typed: Any) -> CreditRecord:
    """A general-class record of market regulation about 林秀云, determined long enough ago to be repaired."""
    with clock.at(clock.today() - timedelta(days=ago - 5)):
        return make.effective(cast, serial=serial, decided=clock.today() - timedelta(days=5), **typed)


def public(cast: Cast, *, serial: int = 1, ago: int = AGO, severity: str = "general") -> CreditRecord:
    """A record of tourism about the guide 方晓燕, with its public page open."""
    body, clerk = cast.tourism, cast.tour_clerk
    with clock.at(clock.today() - timedelta(days=ago - 5)):
        raw = make.raw_penalty(
            identity("fangxiaoyan"),
            department=body,
            item="penalty-tourism",
            decided=clock.today() - timedelta(days=5),
            serial=serial,
            severity=severity,
        )
        record = record_acts.enter(department=body, checked=make.checked(raw, "penalty-tourism"), actor=clerk)
        record_acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
        opening.note([record], cast.tour_reviewer)
        record = record_acts.approve(record_id=record.pk, actor=cast.tour_reviewer, opinion="", seen=record.revision)
    publicity.open_pages()
    return record


def applied(cast: Cast, record: CreditRecord | None = None, *, by: User | None = None, **facts: Any) -> Repair:
    """An application that waits for acceptance."""
    record = record or old(cast)
    said = {"paid": True, "corrected": True, "promised": True, **facts}
    return acts.apply(record_id=record.pk, actor=by or cast.citizen, **said)


def accepted(cast: Cast, record: CreditRecord | None = None) -> Repair:
    """Accepted by 赵敏, waiting for the decision."""
    repair = applied(cast, record)
    return acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=repair.revision)


def unmet(cast: Cast, record: CreditRecord | None = None) -> Repair:
    """Told what is missing."""
    repair = applied(cast, record)
    return acts.list_unmet(
        repair_id=repair.pk,
        actor=cast.clerk,
        conditions=["unpaid"],
        detail="请到银行缴清并等到账",
        seen=repair.revision,
    )


def decided(cast: Cast, record: CreditRecord | None = None) -> Repair:
    """Decided by 孙建国; closed at once when nobody holds the record."""
    repair = accepted(cast, record)
    return acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)


def false(cast: Cast, record: CreditRecord | None = None) -> FalsePromise:
    """赵敏 has found that the promise was untrue; it waits for 孙建国."""
    return false_promise.find(
        repair_id=decided(cast, record).pk,
        actor=cast.clerk,
        facts="罚款没有缴清，所附收据与单位账目不符。",
        document="哈里市监认〔2026〕2号",
        on=clock.today(),
    )


def barred(cast: Cast, record: CreditRecord | None = None) -> FalsePromise:
    """Confirmed: no further application until a day."""
    found = false(cast, record)
    return false_promise.confirm(promise_id=found.pk, actor=cast.reviewer, seen=found.revision)
