"""造查询、说明、暂缓、异常: by the true acts only."""

from datetime import date, timedelta

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.looks.models import Explanation, LookDelay, OddLook
from daoli_credit.looks.models.odd import Rule
from daoli_credit.looks.workflows import delaying, explaining, judging
from incentives.models import Listing
from incentives.models.status import MATTER
from records import selectors
from records.models import CreditRecord
from tests import make, make_listing
from tests.cast import Cast


def looked(cast: Cast, record: CreditRecord | None = None, *, by: User | None = None) -> LookUp:
    """孙建国, or another, has looked at a record of market regulation about 林秀云."""
    record = record or make.submitted(cast)
    return events.look_up(
        actor=by or cast.reviewer,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose="办理本部门报送的信用记录",
        shown=["record", "identity-masked"],
        department=record.department.code,
    )


def listing_looked(cast: Cast) -> LookUp:
    """许文静 has looked at a listing case of human resources about 林秀云."""
    case = Listing.objects.filter(department=cast.wages).first() or make_listing.notified(cast)
    return events.look_up(
        actor=cast.wage_clerk,
        person_key=case.person_keys()[0],
        matter=MATTER,
        case_number=case.number,
        purpose="办理本部门的列入案件",
        shown=["listing", "identity-masked"],
        department=case.department.code,
    )


def raised(cast: Cast, look: LookUp | None = None) -> Explanation:
    """林秀云 asks why."""
    look = look or looked(cast)
    return explaining.ask(look_id=look.pk, actor=cast.citizen, question="我没有办过这件事，为什么看？")


def answered(cast: Cast, explanation: Explanation, *, finding: str = "grounded") -> Explanation:
    """刘洁 answers."""
    text = "这一件由本局办理，复核时要核对当事人，只看了遮盖的身份。"
    return explaining.answer(explanation_id=explanation.pk, actor=cast.both, finding=finding, text=text, seen=1)


def asked_delay(cast: Cast, look: LookUp | None = None, *, until: date | None = None) -> LookDelay:
    """许文静 asks for a delay of her own department's look."""
    return delaying.ask(
        look_id=(look or listing_looked(cast)).pk,
        article="pipl#35",
        reason="正在核实欠薪线索，告知会妨碍调查",
        until=until or clock.today() + timedelta(days=30),
        actor=cast.wage_clerk,
    )


def signed_delay(cast: Cast, look: LookUp | None = None, *, until: date | None = None) -> LookDelay:
    """高远 signs."""
    delay = asked_delay(cast, look, until=until)
    return delaying.sign(delay_id=delay.pk, actor=cast.legal, seen=delay.revision)


def odd(cast: Cast, look: LookUp | None = None, *, rule: Rule = Rule.NIGHT) -> OddLook:
    """A rule has pointed at a look."""
    found = judging.point_at(look or looked(cast), rule, actor=User.objects.system())
    assert found is not None
    return found
