"""演示的名单登记: court decisions by their liaison — one waits, one is confirmed, one sent back, one has left early."""

import random
from datetime import date, timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed, people
from daoli_credit.law import clock, workdays
from incentives.models import Registration
from incentives.rules import leaving as rules
from incentives.rules import registrable
from incentives.workflows import leaving, registering, registration_facts
from records.identity import Identity
from records.sealed_attachments import prepared

SEED = 61
COURT, KIND = "court", "court-dishonest"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" + (
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
CONDUCT = ("规避执行", "违反财产报告制度", "有履行能力而拒不履行")


class Court:
    """区法院的联络员和审批."""

    def __init__(self) -> None:
        self.body = Department.objects.get(code=COURT)
        self.liaison = User.objects.get(username="baifan")
        self.second = User.objects.get(username="yanzheng")
        self.serial = 0

    def register(self, who: Identity) -> Registration:
        """登记一份决定."""
        self.serial += 1
        today = clock.today()
        facts = registration_facts.Facts(
            document_number=f"（{today.year}）黑0102执{700 + self.serial}号",
            decided_on=today - timedelta(days=6),
            authority="哈尔滨市道里区人民法院",
            authority_code="1199999900000000AP",
            legal_ground="《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条",
            reason="未履行生效法律文书确定的义务（演示）。",
            told_on=today - timedelta(days=40),
            told_how="执行通知书载明",
            told_proof=f"执行通知书送达回证第{700 + self.serial}号（演示）",
            remedy="向执行法院申请纠正，不服驳回可申请复议",
            removal="履行完毕等情形具备后三个工作日内由执行法院删除",
            term_basis="纳入期限二年（演示）",
            particulars={
                "basis_document": f"（{today.year - 1}）黑0102民初{300 + self.serial}号",
                "conduct": CONDUCT[self.serial % len(CONDUCT)],
                "performance": "全部未履行",
            },
        )
        scan = prepared(SCAN, "decision", self.liaison)
        return registering.register(
            department=self.body, list_type=KIND, who=who, facts=facts, document=scan, actor=self.liaison
        )

    def confirm(self, made: Registration) -> Registration:
        """看过文书，确认."""
        registering.see(registration_id=made.pk, actor=self.second)
        return registering.confirm(registration_id=made.pk, actor=self.second)

    def ask_to_leave(self, made: Registration) -> int:
        """提出提前移出."""
        if made.record is None:
            raise TypeError("没有信用记录的登记不能提前移出")
        terms = rules.terms(registrable.kind_of(made.list_type))
        asked = leaving.ask(
            record_id=made.record.pk,
            actor=self.liaison,
            conditions=terms.conditions,
            document=f"结案通知书（{clock.today().year}）{700 + self.serial}号",
            ground_on=clock.today(),
        )
        return asked.pk


def _before(today: date, days: int) -> date:
    return workdays.before(today + timedelta(days=1), days).on


def _assessed() -> None:
    """A data directory older than this part has no assessment of the court's list."""
    today = clock.today()
    if assessments.in_force(Subject.LIST_TYPE, KIND, on=today) is None:
        with clock.at(today - assessed.BEFORE):
            assessed.a_list_type(KIND, registrable.kind_of(KIND).title)


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    _assessed()
    court, dice, today = Court(), random.Random(SEED), clock.today()  # noqa: S311  the same story every time
    left, stands, asked, back, waits = (people.invented(dice, 960 + n) for n in range(5))
    with clock.at(_before(today, 60)):
        gone = court.confirm(court.register(left))
    with clock.at(_before(today, 4)):
        exit_ = court.ask_to_leave(gone)
    with clock.at(_before(today, 3)):
        leaving.grant(exit_id=exit_, actor=court.second, document="（2026）黑0102执701号之一")
    with clock.at(_before(today, 25)):
        court.confirm(court.register(stands))
    with clock.at(_before(today, 30)):
        paid = court.confirm(court.register(asked))
    with clock.at(_before(today, 1)):
        court.ask_to_leave(paid)
    with clock.at(_before(today, 9)):
        wrong = court.register(back)
        registering.send_back(registration_id=wrong.pk, actor=court.second, opinion="案号与文书不符，请重新登记。")
    with clock.at(_before(today, 2)):
        court.register(waits)
    return Registration.objects.count()
