"""演示的听证和上级同意: market regulation's list, with a hearing, a shared legal officer and the consent from above."""

import random
from datetime import timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.workflows import granting
from daoli_credit.demo import listings, people
from daoli_credit.demo.listings import Act, play
from daoli_credit.law import clock, workdays
from incentives.models import Listing
from incentives.rules import contents, to_answer
from incentives.workflows import answering, deciding, proposing, reviewing
from records.identity import Identity

SEED = 118
REASON = "经营超过保质期的食品，货值较大，被吊销食品经营许可证。"
SAID = """区市场监管局：
一、过期食品是供货商退换货时混入的，进货台账可以查。
二、发现当天已经全部下架召回，没有人因此受到损害。
三、本人第一次受到处罚，请求从轻，不予列入。"""
AT_THE_HEARING = "进货台账记了退换货的批次。\n召回通知当天贴在店门口，有照片。"
REPLIES = (
    ("partly", "台账显示其中两批确为退换货，其余三批为本人购进。"),
    ("adopted", "召回及时属实，已作为从轻情节写入决定。"),
    ("not-adopted", "吊销许可证属于较重行政处罚，从轻不改变是否达到列入条件。"),
    ("partly", "与第 1 点相同，已核减两批。"),
    ("adopted", "照片与召回记录一致。"),
)
PROOF = "送达回证（演示），本人签收"


class Market(listings.Office):
    """区市场监管局的三个人: its legal officer is shared by 区司法局 for a time."""

    def __init__(self) -> None:
        self.body = Department.objects.get(code="market-regulation")
        self.clerk = User.objects.get(username="zhaomin")
        self.decider = User.objects.get(username="tongyan")
        self.legal = User.objects.get(username="yuanzheng")
        self.serial = 0

    def propose(self, who: Identity) -> Listing:
        """立案."""
        self.serial += 1
        grounds = proposing.Grounds(
            reason=REASON,
            legal_ground="《食品安全法》第一百二十四条",
            document=f"哈里市监处〔{clock.today().year}〕{300 + self.serial}号",
            authority_code="1199999900000000AP",
        )
        return proposing.propose(
            department=self.body, list_type="market-serious", who=who, grounds=grounds, actor=self.clerk
        )

    def number(self, word: str) -> str:
        """本单位的文号."""
        return f"哈里市监{word}〔{clock.today().year}〕{300 + self.serial}号"

    def notify(self, listing: Listing) -> None:
        """发出告知书."""
        covers = contents.required(listing, "notice")
        proposing.notify(listing_id=listing.pk, actor=self.clerk, document=self.number("告"), covers=covers)

    def ask_hearing(self, listing: Listing) -> None:
        """登记听证申请."""
        reviewing.ask_hearing(listing_id=listing.pk, actor=self.clerk, day=clock.today())

    def answer(self, listing: Listing) -> None:
        """本人登录答复."""
        user = User.objects.citizen(username=f"demo-{listing.number}", person_key=listing.subject.person_keys()[0])
        answering.answer(listing_id=listing.pk, actor=user, text=SAID)

    def hear(self, listing: Listing) -> None:
        """举行听证."""
        note = f"哈里市监听笔〔{clock.today().year}〕{self.serial}号"
        reviewing.hear(
            listing_id=listing.pk, actor=self.clerk, hearing="held", note=note, day=clock.today(), points=AT_THE_HEARING
        )

    def legal_review(self, listing: Listing) -> None:
        """逐点回应, by 袁征 with the rights of the day."""
        self.legal = User.objects.get(pk=self.legal.pk)
        replies = [to_answer.Reply(*one) for one in REPLIES]
        reviewing.legal_review(
            listing_id=listing.pk, actor=self.legal, opinion="事实清楚，程序合法，听证笔录附卷。", replies=replies
        )

    def agree(self, listing: Listing) -> None:
        """登记上级同意."""
        reviewing.agree(listing_id=listing.pk, actor=self.clerk, day=clock.today(), document=self.number("请"))

    def decide(self, listing: Listing) -> None:
        """决定."""
        covers = contents.required(listing, "decision")
        deciding.decide(
            listing_id=listing.pk, actor=self.decider, opinion="同意列入。", document=self.number("列"), covers=covers
        )


def _acts(upto: int) -> list[tuple[int, Act]]:
    every: list[tuple[int, Act]] = [
        (1, Market.notify),
        (1, Market.serve_notice),
        (2, Market.ask_hearing),
        (1, Market.answer),
        (7, Market.hear),
        (2, Market.legal_review),
        (4, Market.agree),
        (1, Market.decide),
    ]
    return every[:upto]


def tell() -> int:
    """讲这一段: one asked for a hearing, one waits for the consent from above, one is decided and not served.

    Returns how many cases there are.
    """
    dice, today = random.Random(SEED), clock.today()  # noqa: S311  the same story every time
    first = workdays.before(today, 40).on
    with clock.at(first):
        granting.share_legal(
            user_id=User.objects.get(username="yuanzheng").pk,
            department=Department.objects.get(code="market-regulation"),
            actor=User.objects.get(username="jianglan"),
            from_on=first, until_on=first + timedelta(days=300), reason="区市场监管局没有法制审核人员",
        )  # fmt: skip
    office = Market()
    for serial, upto in enumerate((4, 6, 8)):
        play(office, people.invented(dice, 960 + serial), _acts(upto), today)
    return Listing.objects.count()
