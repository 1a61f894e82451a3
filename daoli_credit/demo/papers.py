"""演示的复议、诉讼标注，原决定变更、撤销，修复提醒和送达的文书."""

from datetime import date

from daoli_credit import cipher
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import events
from daoli_credit.demo import people
from daoli_credit.demo.repairs import in_force
from daoli_credit.law import clock, workdays
from records import papers, selectors
from records.identity import Identity
from records.models import Contest, CreditRecord, Repair
from records.rules.id_number import RESIDENT
from records.workflows import amendment, contest, paper, repair, repair_asking, repair_offering, undoing
from records.workflows.contest import Case
from records.workflows.undoing import Facts

SERIAL = 3401
WHO = (
    Identity("曹䶮", RESIDENT, people.number(date(1984, 3, 14), 971)),
    Identity("邱文博", RESIDENT, people.number(date(1988, 10, 6), 973)),
    Identity("白晓梅", RESIDENT, people.number(date(1991, 6, 21), 974)),
    Identity("龚立新", RESIDENT, people.number(date(1977, 12, 2), 975)),
    Identity("舒建平", RESIDENT, people.number(date(1985, 7, 9), 976)),
    Identity("殷素梅", RESIDENT, people.number(date(1968, 1, 22), 978)),
)
ISSUER = "道里区人民政府"


def _marked(record: CreditRecord, clerk: User, days_ago: int) -> Contest:
    on = workdays.before(clock.today(), days_ago).on
    with clock.at(on):
        case = Case("reconsideration", ISSUER, "哈里政复〔2026〕21号", "行政复议申请受理通知书", on)
        return contest.register(record_id=record.pk, actor=clerk, case=case)


def _undone(record: CreditRecord, clerk: User, days_ago: int, serial: int) -> None:
    on = workdays.before(clock.today(), days_ago).on
    with clock.at(on):
        facts = Facts("revoked", f"哈里政复决〔2026〕{serial}号", ISSUER, on)
        made = undoing.register(record_id=record.pk, actor=clerk, facts=facts)
    if made.due_on is not None and made.due_on < clock.today():
        undoing.pause(undoing_id=made.pk, actor=User.objects.system())


def _dealt_with(record: CreditRecord, clerk: User, reviewer: User) -> None:
    """Revoked by a court, ended by another within the three working days: its file can be printed."""
    on = workdays.before(clock.today(), 8).on
    with clock.at(workdays.before(clock.today(), 7).on):
        facts = Facts("revoked", "（2026）黑0102行初31号", "道里区人民法院", on)
        made = undoing.register(record_id=record.pk, actor=clerk, facts=facts)
    with clock.at(workdays.before(clock.today(), 6).on):
        undoing.end(undoing_id=made.pk, actor=reviewer, seen=made.revision)


def _changed(record: CreditRecord, clerk: User) -> None:
    """Changed, not revoked: the fine is lower now; the correction waits for the second person, who settles both."""
    document, on = "哈里政复决〔2026〕10号", workdays.before(clock.today(), 1).on
    with clock.at(on):
        undoing.register(record_id=record.pk, actor=clerk, facts=Facts("changed", document, ISSUER, on))
    look = events.look_up(
        actor=clerk,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose="核对更正后的内容",
        shown=["record", "identity"],
        department=record.department.code,
    )
    amendment.propose(
        record_id=record.pk,
        actor=clerk,
        kind="correct",
        changes={"fine": "0.1", "penalty_content": "罚款1000元"},
        document=document,
        reason=f"原决定已由{ISSUER}变更（{document}），按该决定更正。",
        seen=record.revision,
        because=look,
    )


def _waiting(record: CreditRecord, who: Identity, clerk: User, reviewer: User) -> Repair:
    person = User.objects.citizen(
        username=f"demo-{record.number.lower()}", person_key=cipher.person_keys(who.id_number)[0]
    )
    with clock.at(workdays.before(clock.today(), 5).on):
        made = repair.apply(record_id=record.pk, actor=person, paid=True, corrected=True, promised=True)
    with clock.at(workdays.before(clock.today(), 4).on):
        made = repair.accept(repair_id=made.pk, actor=clerk, seen=made.revision)
    with clock.at(workdays.before(clock.today(), 2).on):
        question = "单位账上只看到一笔缴款，请说明另一笔是哪一天、在哪里缴的。"
        return repair_asking.ask(repair_id=made.pk, actor=reviewer, opinion=question, seen=made.revision)


def _hand_over(record: CreditRecord, clerk: User) -> None:
    """Printed and handed over at the window, with the receipt."""
    message = Message.objects.get(noun="creditrecord", object_id=str(record.pk), title="信用信息记入告知书")
    matter = papers.of_staff(message, clerk)
    if matter is None:
        raise ValueError("演示的文书应当看得到")
    look = events.look_up(
        actor=clerk,
        person_key=record.person_keys()[0],
        matter=matter.source.matter,
        case_number=record.number,
        purpose="打印送达当事人",
        shown=["paper", "identity"],
        department=record.department.code,
    )
    page = papers.sheet(message, matter, look, document_number="哈里市监告〔2026〕36号")
    made, _ = paper.handed(message, page, matter, clerk)
    paper.serve(
        paper_id=made.pk, matter=matter, actor=clerk, how="direct", when=clock.today(), proof="送达回证 2026-36"
    )


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    clerk, reviewer = (User.objects.get(username=name) for name in ("zhaomin", "sunjianguo"))
    records = [in_force("penalty-food", who, clerk, reviewer, SERIAL + place) for place, who in enumerate(WHO)]
    _hand_over(records[0], clerk)
    _marked(records[0], clerk, 6)
    _undone(records[1], clerk, 1, 8)
    _undone(records[2], clerk, 6, 9)
    _waiting(records[3], WHO[3], clerk, reviewer)
    _changed(records[4], clerk)
    _dealt_with(records[5], clerk, reviewer)
    for pk in repair_offering.due():
        repair_offering.offer(record_id=pk, actor=User.objects.system())
    return len(records)
