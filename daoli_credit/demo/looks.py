"""演示的查询监督: a question that was answered, an odd look on a day of rest, a delay that waits, and exports."""

from datetime import date, timedelta

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, workdays
from daoli_credit.looks.workflows import delaying, explaining, watching
from incentives.models import Listing
from incentives.models.status import MATTER
from records import selectors
from records.models import CreditRecord
from records.workflows import exporting

PURPOSE = "办理本部门报送的信用记录"


def _look(record: CreditRecord, by: User) -> LookUp:
    return events.look_up(
        actor=by,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose=PURPOSE,
        shown=["record", "identity-masked"],
        department=record.department.code,
    )


def _rest_before(today: date) -> date:
    day = today - timedelta(days=1)
    while workdays.is_workday(day):
        day -= timedelta(days=1)
    return day


def _records(username: str, department: Department) -> list[CreditRecord]:
    keys = cipher.person_keys(identity(username).id_number)
    return list(CreditRecord.objects.about(keys).filter(department=department).order_by("pk"))


def tell() -> None:
    """讲这一段."""
    staff = {user.username: user for user in User.objects.filter(face="staff")}
    market, today = Department.objects.get(code="market-regulation"), clock.today()
    hers, theirs = _records("linxiuyun", market)[0], _records("guchanglin", market)[0]
    key = cipher.person_keys(identity("linxiuyun").id_number)[0]
    person = User.objects.citizen(username="demo-looks-linxiuyun", person_key=key)
    with clock.at(workdays.before(today, 6).on):
        seen = _look(hers, staff["sunjianguo"])
        asked = explaining.ask(look_id=seen.pk, actor=person, question="这条信息早就生效了，为什么又看？")
    with clock.at(workdays.before(today, 4).on):
        text = (
            "孙建国当天核对同一家门店的另一份处罚，按文书号找到了这一条，只看了遮盖的身份和文书内容，"
            "没有改动，也没有外传。"
        )
        explaining.answer(explanation_id=asked.pk, actor=staff["liujie"], finding="grounded", text=text, seen=1)
    with clock.at(_rest_before(today)):
        _look(theirs, staff["zhaomin"])
    _delay(staff["xuwenjing"])
    watching.sweep(actor=User.objects.system())
    _exports(market, staff["zhaomin"])


def _delay(clerk: User) -> None:
    """许文静 asks, 高远 has not signed yet: nothing is hidden."""
    listing = Listing.objects.filter(proposed_by=clerk).order_by("pk").first()
    if listing is None:
        return
    seen = events.look_up(
        actor=clerk,
        person_key=listing.person_keys()[0],
        matter=MATTER,
        case_number=listing.number,
        purpose="核实欠薪线索",
        shown=["listing", "identity-masked"],
        department=listing.department.code,
    )
    delaying.ask(
        look_id=seen.pk,
        article="pipl#35",
        reason="正在核实转移财产的线索，立即告知会妨碍调查",
        until=clock.today() + timedelta(days=30),
        actor=clerk,
    )


def _exports(market: Department, clerk: User) -> None:
    """One masked list that is ready, and one with full identities that waits for 孙建国."""

    def ask(purpose: str, case_number: str, *, full_identity: bool) -> int:
        return exporting.ask(
            department=market,
            record_status="effective",
            purpose=purpose,
            case_number=case_number,
            full_identity=full_identity,
            form="xlsx",
            actor=clerk,
        ).pk

    ready = ask("整理本部门的档案", "哈里市监档〔2026〕7号", full_identity=False)
    exporting.make(export_id=ready, actor=User.objects.system())
    ask("答复上级或者监督机关的核查", "哈里市监函〔2026〕31号", full_identity=True)
