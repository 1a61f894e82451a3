"""演示的列入案件: one at each stage, by the true acts, each on its own working day."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, workdays
from incentives.models import Listing
from incentives.rules import contents, to_answer
from incentives.workflows import answering, deciding, filing, proposing, reviewing
from records.identity import Identity
from records.sealed_attachments import prepared

SEED = 45
REASONS = (
    "经责令限期支付，逾期未支付农民工工资，数额较大。",
    "承包工程后克扣工人工资，经责令限期支付逾期未支付。",
    "拖欠工资引发群体性事件，经责令改正拒不改正。",
)
PROOF = "送达回证（演示），本人签收"
STATED = """区人社局：
一、工资已经补发一部分，请核减所认定的欠付数额。
二、余款等工程款到账后一次付清，发包方还没有付款。
三、请求不予列入。"""
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% "
REPLIES = (
    ("adopted", "部分补发属实，认定的数额已经核减。"),
    ("not-adopted", "工程款没有到账，不免除支付工资的义务。"),
    ("not-adopted", "核减以后仍然达到列入的条件。"),
)


class Office:
    """区人社局的三个人."""

    def __init__(self) -> None:
        self.body = Department.objects.get(code="human-resources")
        self.clerk = User.objects.get(username="xuwenjing")
        self.legal = User.objects.get(username="gaoyuan")
        self.decider = User.objects.get(username="dengguodong")
        self.serial = 0

    def propose(self, who: Identity) -> Listing:
        """立案."""
        self.serial += 1
        grounds = proposing.Grounds(
            reason=REASONS[self.serial % len(REASONS)],
            legal_ground="《保障农民工工资支付条例》第四十八条",
            document=f"哈里人社责〔{clock.today().year}〕{100 + self.serial}号",
            authority_code="1199999900000000AP",
        )
        return proposing.propose(
            department=self.body, list_type="wage-arrears", who=who, grounds=grounds, actor=self.clerk
        )

    def notify(self, listing: Listing) -> None:
        """发出告知书."""
        number = f"哈里人社告〔{clock.today().year}〕{100 + self.serial}号"
        covers = contents.required(listing, "notice")
        proposing.notify(listing_id=listing.pk, actor=self.clerk, document=number, covers=covers)

    def serve_notice(self, listing: Listing) -> None:
        """登记告知送达."""
        proposing.serve_notice(
            listing_id=listing.pk, actor=self.clerk, service="direct", day=clock.today(), proof=PROOF
        )

    def file(self, listing: Listing, *which: str) -> None:
        """归卷原件."""
        for of in which:
            data = SCAN + f"{listing.number} {of}\n%%EOF\n".encode()
            filing.put_in(listing_id=listing.pk, made=prepared(data, "proof", self.clerk), of=of, actor=self.clerk)

    def answer(self, listing: Listing) -> None:
        """本人登录答复."""
        person = listing.subject.person_keys()[0]
        user = User.objects.citizen(username=f"demo-{listing.number}", person_key=person)
        answering.answer(listing_id=listing.pk, actor=user, text=STATED)

    def lapse(self, listing: Listing) -> None:
        """在途核对."""
        answering.lapse(listing_id=listing.pk, actor=self.clerk)

    def review(self, listing: Listing) -> None:
        """核实异议."""
        outcome = "核对工资台账，尚欠数额属实。" if listing.stated_on else "没有收到异议。"
        reviewing.review(listing_id=listing.pk, actor=self.clerk, outcome=outcome)

    def legal_review(self, listing: Listing) -> None:
        """法制审核."""
        replies = [to_answer.Reply(*one) for one in REPLIES] if listing.stated_on else []
        reviewing.legal_review(listing_id=listing.pk, actor=self.legal, opinion="事实清楚，程序合法。", replies=replies)

    def decide(self, listing: Listing) -> None:
        """决定."""
        number = f"哈里人社列〔{clock.today().year}〕{100 + self.serial}号"
        covers = contents.required(listing, "decision")
        deciding.decide(listing_id=listing.pk, actor=self.decider, opinion="同意列入。", document=number, covers=covers)

    def serve(self, listing: Listing) -> None:
        """登记决定送达."""
        deciding.serve(listing_id=listing.pk, actor=self.clerk, service="direct", day=clock.today(), proof=PROOF)

    def take_effect(self, listing: Listing) -> None:
        """生效."""
        deciding.take_effect(listing_id=listing.pk, actor=self.clerk)

    def reject(self, listing: Listing) -> None:
        """不予列入."""
        deciding.reject(listing_id=listing.pk, actor=self.decider, opinion="决定前已付清工资并书面承诺，不予列入。")

    def revoke(self, listing: Listing) -> None:
        """撤销列入决定."""
        number = f"哈里人社撤〔{clock.today().year}〕{100 + self.serial}号"
        why = "作为依据的责令改正决定经复议被撤销。"
        deciding.revoke(listing_id=listing.pk, actor=self.decider, opinion=why, document=number)


Act = Callable[[Any, Listing], None]  # of an office and its case
TOLD: list[tuple[int, Act]] = [(1, Office.notify), (1, Office.serve_notice)]
ANSWERED = [*TOLD, (3, Office.answer)]
AUDITED = [*ANSWERED, (2, Office.review), (2, Office.legal_review)]
DECIDED = [*AUDITED, (2, Office.decide)]
EFFECTIVE = [*DECIDED, (2, Office.serve), (1, Office.take_effect)]
# Days are counted in working days from one act to the next, the last one on or before today.
STAGES: list[list[tuple[int, Act]]] = [
    [],
    [(1, Office.notify)],
    [*TOLD, (12, Office.lapse)],
    ANSWERED,
    [*ANSWERED, (2, Office.review)],
    AUDITED,
    DECIDED,
    [*DECIDED, (2, Office.serve)],
    EFFECTIVE,
    [*EFFECTIVE, (30, Office.revoke)],
    [*ANSWERED, (2, Office.reject)],
]


def _days(acts: list[tuple[int, Act]], today: date) -> list[date]:
    """The day of the proposal and of each act, so that the last falls on the last working day up to today."""
    day = workdays.before(today + timedelta(days=1), 1).on
    days = [day]
    for gap, _ in reversed(acts):
        day = workdays.before(day, gap).on
        days.append(day)
    return days[::-1]


def play(office: Office, who: Identity, acts: list[tuple[int, Act]], today: date) -> Listing:
    first, *rest = _days(acts, today)
    with clock.at(first):
        listing = office.propose(who)
    for day, (_, act) in zip(rest, acts, strict=True):
        with clock.at(day):
            listing = Listing.objects.get(pk=listing.pk)
            act(office, listing)
    return listing


def tell() -> int:
    """讲这一段. Returns how many it has made."""
    office, dice, today = Office(), random.Random(SEED), clock.today()  # noqa: S311  the same story every time
    for serial, acts in enumerate(STAGES):
        play(office, people.invented(dice, 900 + serial), acts, today)
    # 顾长林 has been told and may still answer: the step after it is locked
    told = play(office, identity("guchanglin"), TOLD, today)
    with clock.at(workdays.before(today + timedelta(days=1), 1).on):
        office.file(told, "ground", "notice", "notice-proof")
    return Listing.objects.count()
