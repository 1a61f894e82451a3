"""演示的荣誉推荐和兑现: one at each stage, 林秀云's by her own word, and what people really received."""

import random
from datetime import date, timedelta

from daoli_credit import cipher
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, workdays
from incentives.models import Nomination
from incentives.workflows import benefiting, consenting, honouring, nominating
from records.identity import Identity

SEED = 251
PROOF = "送达回证（演示），本人签收"
CASE = "就业服务〔{}〕{}号（演示）"
# Status after each act, and the working days between them.
STAGES = ("invited", "consented", "verified", "decided", "effective", "withdrawn", "refused", "dropped", "annulled")
HONOURED = 4  # more in force, so that there is something to receive


class League:
    """团区委的三个人."""

    def __init__(self) -> None:
        self.body = Department.objects.get(code="youth-league")
        self.clerk = User.objects.get(username="tangyue")
        self.verifier = User.objects.get(username="jiangbo")
        self.decider = User.objects.get(username="shenjun")
        self.serial = 0

    def invite(self, ago: int) -> nominating.Invited:
        """推荐."""
        self.serial += 1
        day = clock.today()
        document = nominating.Document(
            honour_title=f"{day.year}年度优秀志愿者",
            number=f"哈里团发〔{day.year}〕{200 + self.serial}号",
            title=f"关于表彰{day.year}年度优秀志愿者的决定",
            authority="共青团哈尔滨市道里区委员会",
            determined_on=day - timedelta(days=ago),
        )
        return nominating.nominate(department=self.body, source="volunteer", document=document, actor=self.clerk)

    def walk(self, who: Identity, user: User, stage: str, first: date) -> Nomination:
        """一件推荐, from the invitation to a stage, each act on its own working day."""
        day = first
        with clock.at(day):
            made = self.invite(20)
        pk, code = made.nomination.pk, made.code
        if stage == "invited":
            return made.nomination
        day = workdays.due(day, 2).on
        with clock.at(day):
            if stage == "refused":
                return consenting.refuse(nomination_id=pk, code=code, actor=user)
            consenting.consent(nomination_id=pk, code=code, who=who, public=self.serial % 3 == 0, actor=user)
        acts = {
            "verified": lambda: honouring.verify(
                nomination_id=pk, actor=self.verifier, opinion="与来源文件一致，本人无误。"
            ),
            "decided": lambda: honouring.decide(
                nomination_id=pk,
                actor=self.decider,
                opinion="同意登记。",
                document=f"哈里团荣〔{first.year}〕{self.serial}号",
            ),
            "effective": lambda: honouring.take_effect(
                nomination_id=pk, actor=self.clerk, service="direct", day=clock.today(), proof=PROOF
            ),
        }
        upto = {"consented": [], "verified": ["verified"], "decided": ["verified", "decided"], "dropped": []}
        for name in upto.get(stage, list(acts)):
            day = workdays.due(day, 1).on
            with clock.at(day):
                acts[name]()
        day = workdays.due(day, 1).on
        with clock.at(day):
            if stage == "withdrawn":
                consenting.withdraw(nomination_id=pk, actor=user)
            if stage == "dropped":
                why = "来源文件的名单里没有这一项，请本人向评选单位核对。"
                honouring.reject(nomination_id=pk, actor=self.verifier, opinion=why)
            if stage == "annulled":
                number, why = f"哈里团发〔{first.year}〕299号", "表彰决定经复核撤销。"
                honouring.annul(nomination_id=pk, actor=self.decider, opinion=why, document=number)
        return Nomination.objects.get(pk=pk)


def _account(who: Identity, name: str) -> User:
    return User.objects.citizen(username=f"demo-{name}", person_key=cipher.person_keys(who.id_number)[0])


def _received(who: Identity, user: User, day: date, serial: int, *, says: str) -> None:
    """一次兑现, by human resources, and what the person says of it."""
    clerk = User.objects.get(username="xuwenjing")
    given = benefiting.Given("r-employment", "employment-service", CASE.format(day.year, serial), day)
    with clock.at(day):
        got = benefiting.report(
            department=Department.objects.get(code="human-resources"),
            given=given,
            id_number=who.id_number,
            actor=clerk,
        )
        if says == "received":
            benefiting.receive(benefit_id=got.pk, actor=user)
        if says == "denied":
            benefiting.deny(benefit_id=got.pk, actor=user)


def tell() -> int:
    """讲这一段. Returns how many nominations it has made."""
    league, dice, today = League(), random.Random(SEED), clock.today()  # noqa: S311  the same story every time
    first = workdays.before(today, 60).on
    for serial, stage in enumerate(STAGES):
        who = people.invented(dice, 700 + serial)
        begun = workdays.before(today, 5).on if stage == "invited" else workdays.before(today, 12).on
        league.walk(who, _account(who, f"honour-{serial}"), stage, begun)
    last = today.replace(day=1) - timedelta(days=1)
    for serial in range(HONOURED):
        who = people.invented(dice, 740 + serial)
        user = _account(who, f"honoured-{serial}")
        league.walk(who, user, "effective", first)
        for turn in range(3):
            _received(who, user, last - timedelta(days=turn), 10 * serial + turn, says="received")
    _her(league, first, last)
    return Nomination.objects.count()


def _her(league: League, first: date, last: date) -> None:
    """林秀云: by her own word; one benefit that she says arrived, one that waits for her answer."""
    who = identity("linxiuyun")
    user = _account(who, "linxiuyun-honour")
    league.walk(who, user, "effective", first)
    _received(who, user, last, 91, says="received")
    _received(who, user, clock.today(), 92, says="")
