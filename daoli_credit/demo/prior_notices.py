"""演示的事先告知: one waits for the person, one was answered, one decided; by the true acts, on their days."""

import random
from datetime import date, timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed, people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, pack, workdays
from incentives.models import CheckAnswer, MatterCase, PreAdverseNotice
from incentives.workflows import checking, matter_case, notice_answering, notice_deciding, notice_proposing
from incentives.workflows.notice_proposing import Intent
from records.identity import Identity
from records.workflows import opening
from records.workflows import record as acts

SEED = 61
MATTER, MEASURE = "food-permit", "m-food-ban-5y"
LONG_AGO = timedelta(days=430)
PROOF = "送达回证（演示），本人签收"
STATED = "被吊销许可证的店在去年已经转让，请核对转让协议的日期。"
RESPONSE = "一、转让发生在处罚决定之后，不影响对责任人员的认定，不采纳。"


class Office:
    """区市场监管局的两个人."""

    def __init__(self) -> None:
        self.body = Department.objects.get(code="market-regulation")
        self.clerk, self.reviewer = User.objects.get(username="zhaomin"), User.objects.get(username="sunjianguo")
        self.serial = 0

    def _record(self, who: Identity, day: date) -> None:
        decided = workdays.before(day, 30).on
        raw = penalty("penalty-food", who, self.body, decided=decided, serial=6100 + self.serial, severity="serious")
        raw["penalty_kinds"] = "罚款；吊销许可证件"
        raw["penalty_content"] += "，吊销食品经营许可证"
        with clock.at(workdays.due(decided, 3).on):
            record = acts.enter(
                department=self.body, checked=checked("penalty-food", raw, clock.today()), actor=self.clerk
            )
            acts.submit(record_id=record.pk, actor=self.clerk, seen=record.revision)
        with clock.at(workdays.due(decided, 4).on):
            opening.note([record], self.reviewer)
            acts.approve(record_id=record.pk, actor=self.reviewer, opinion="", seen=record.revision)

    def draft(self, who: Identity, day: date) -> PreAdverseNotice:
        """A case of the permit, the check in it, and what is intended by its answer."""
        self.serial += 1
        self._record(who, day)
        with clock.at(day):
            case = a_case(MATTER, self.body, f"食许〔{day.year}〕{600 + self.serial}号", self.clerk)
            check = checking.check(case_id=case.pk, number=who.id_number, by=checking.By(user=self.clerk))
            answer = CheckAnswer.objects.filter(check_made=check, measure=MEASURE).latest("place")
            intent = Intent("不予核发食品经营许可，并告知可以由他人担任负责人后重新申请。")
            return notice_proposing.draft(answer_id=answer.pk, intent=intent, actor=self.clerk)

    def tell_person(self, notice: PreAdverseNotice, day: date) -> None:
        """发出、送达."""
        number = f"哈里市监先告〔{day.year}〕{600 + self.serial}号"
        with clock.at(day):
            notice_proposing.notify(notice_id=notice.pk, actor=self.clerk, document=number)
            notice_proposing.serve_notice(notice_id=notice.pk, actor=self.clerk, service="direct", day=day, proof=PROOF)

    def answer(self, notice: PreAdverseNotice, day: date) -> None:
        """本人登录答复."""
        person = notice.person_keys()[0]
        user = User.objects.filter(person_key=person).first() or User.objects.citizen(
            username=f"demo-{notice.number}", person_key=person
        )
        with clock.at(day):
            notice_answering.answer(notice_id=notice.pk, actor=user, text=STATED)

    def decide(self, notice: PreAdverseNotice, day: date) -> None:
        """由另一人决定，送达."""
        number = f"哈里市监许不〔{day.year}〕{600 + self.serial}号"
        with clock.at(day):
            notice_deciding.decide(
                notice_id=notice.pk, actor=self.reviewer, opinion="查明属实，依法不予许可。", result="adverse",
                document=number, response=RESPONSE,
            )  # fmt: skip
            notice_deciding.serve_decision(
                notice_id=notice.pk, actor=self.clerk, service="direct", day=day, proof=PROOF
            )


def a_case(matter: str, body: Department, number: str, clerk: User) -> MatterCase:
    """An open case of a matter that has been assessed; harmless twice."""
    if assessments.in_force(Subject.MATTER, matter, on=clock.today()) is None:
        with clock.at(clock.today() - LONG_AGO):
            assessed.a_matter(matter, pack.current().matters[matter].title)
    known = MatterCase.objects.filter(department=body, case_number=number).first()
    return known or matter_case.register(
        matter=matter, body=body, case_number=number, opened_on=clock.today(), actor=clerk
    )


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    office, dice, today = Office(), random.Random(SEED), clock.today()  # noqa: S311  the same story every time
    last = workdays.before(today + timedelta(days=1), 1).on
    decided = office.draft(people.invented(dice, 961), workdays.before(last, 9).on)
    office.tell_person(decided, workdays.before(last, 8).on)
    office.answer(decided, workdays.before(last, 5).on)
    office.decide(decided, workdays.before(last, 2).on)
    answered = office.draft(people.invented(dice, 962), workdays.before(last, 4).on)
    office.tell_person(answered, workdays.before(last, 3).on)
    office.answer(answered, workdays.before(last, 1).on)
    # 顾长林 has been told and may still answer: the decision is locked
    waiting = office.draft(identity("guchanglin"), workdays.before(last, 2).on)
    office.tell_person(waiting, workdays.before(last, 1).on)
    return PreAdverseNotice.objects.count()
