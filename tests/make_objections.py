"""造异议件: by the true acts only."""

from datetime import timedelta
from typing import Any

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from records import objections
from records.models import CreditRecord, Objection
from records.workflows import objection as acts
from records.workflows.settling import Answer
from tests import make
from tests.cast import Cast

NUMBER = "哈里市监异〔2026〕1号"
WRONG = {"fine": "0.1"}


def record(cast: Cast, **typed: Any) -> CreditRecord:
    """A record of market regulation about 林秀云, entered by 赵敏, in force."""
    return make.effective(cast, **typed)


def raised(
    cast: Cast, of: CreditRecord | None = None, *, by: User | None = None, points: dict[str, str] | None = None
) -> Objection:
    """She says that the amount is wrong."""
    return acts.raise_(
        record_id=(of or record(cast)).pk,
        actor=by or cast.citizen,
        points=WRONG if points is None else points,
        words="罚款是一千元，不是两千元。",
    )


def look(user: User, objection: Objection) -> LookUp:
    """The look that an answer rests on."""
    return events.look_up(
        actor=user,
        person_key=objection.person_keys()[0],
        matter=objections.HANDLING,
        case_number=objection.number,
        purpose="答复异议",
        shown=["record", "identity"],
        department=objection.record.department.code,
    )


def answer(cast: Cast, objection: Objection, *answers: Answer, by: User | None = None, **more: Any) -> Objection:
    """Answered by 孙建国."""
    user = by or cast.reviewer
    return acts.answer(
        objection_id=objection.pk,
        actor=user,
        number=more.get("number", NUMBER),
        answers=answers,
        seen=more.get("seen", objection.revision),
        because=look(user, objection),
    )


def overdue(cast: Cast, of: CreditRecord | None = None) -> Objection:
    """Not answered in time: paused by the system on the day after."""
    objection = raised(cast, of)
    assert objection.due_on is not None
    with clock.at(objection.due_on + timedelta(days=1)):
        return acts.pause(objection_id=objection.pk, actor=User.objects.system())
