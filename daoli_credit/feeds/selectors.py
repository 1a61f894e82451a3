"""读推送: what the operator's pages show. Record numbers only; nobody's identity is on any of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.feeds import channels, differences, waits
from daoli_credit.feeds.log import Said
from daoli_credit.feeds.models import Delivery, Feed, Reconciliation, TheirCopy
from daoli_credit.feeds.models.attempt import Outcome
from daoli_credit.feeds.models.delivery import Held, Lane, State
from daoli_credit.feeds.models.receipt import Verdict
from daoli_credit.feeds.rules import patience
from daoli_credit.law import clock
from records import agreed
from records.models import CreditRecord
from records.outgoing import refusals_of
from records.rules.pushable import Stop


def copies(code: str, day: date) -> QuerySet[TheirCopy]:
    """对方某日持有什么: what its own list said by the end of that day."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.CHINA)
    return differences.ours(TheirCopy.objects.filter(feed=code, seen_at__lt=end).exclude(unseen_at__lt=end))


FIRST_AGAIN = timedelta(minutes=5)  # the first reconciliation is tried so often; the others are hourly


def last_run(code: str, day: date) -> Reconciliation | None:
    """那一天终了以前最后一次对成的: what is known of that day rests on it."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.CHINA)
    return Reconciliation.objects.filter(feed=code, at__lt=end, failed="").first()


def asked_to_reconcile(code: str) -> bool:
    """有人要求对账, and nobody has done it yet; or it never was, though the platform has taken something."""
    if Feed.objects.filter(code=code, reconcile_asked_at__isnull=False).exists():
        return True
    runs = Reconciliation.objects.filter(feed=code)
    if runs.filter(failed="").exists() or runs.filter(at__gt=clock.now() - FIRST_AGAIN).exists():
        return False
    return Delivery.objects.filter(feed=code, state=State.CONFIRMED).exists()


# what the figures of the overview open: the same rows that they count
BACKING = "backing"
UNSENT = {"unsent": Lane.values, "withdrawals": [Lane.WITHDRAWAL.value]}


def deliveries(
    user: User, code: str, *, state: str = "", reason: str = "", owner: str = "", oldest: bool = False
) -> QuerySet[Delivery]:
    """推送单 of one feed that the user may see, the newest first, or the longest waiting."""
    found = (
        Delivery.objects.visible_to(user)
        .filter(feed=code)
        .select_related("record", "revision", "held_owner", "feed")
        .order_by("pk" if oldest else "-pk")
    )
    if owner:
        found = found.filter(held_owner__code=owner)
    if state in State.values:
        found = found.filter(state=state)
    elif state in UNSENT:
        found = found.filter(state__in=[State.WAITING, State.SENDING], lane__in=UNSENT[state])
    elif state == BACKING:
        found = found.filter(state=State.WAITING, attempts__gt=0, next_try_at__gt=clock.now())
    return found.filter(held_reason=reason) if reason in Held.values and reason else found


def titles() -> dict[str, str]:
    """平台的名称 by code."""
    return {one.code: one.title for one in channels.all_of_them()}


def returned(user: User) -> QuerySet[Delivery]:
    """平台退回 to the user's departments, the longest waiting first."""
    found = Delivery.objects.returned_to(user).select_related("record__item", "held_owner")
    return found.order_by("pk")


def asked_of(user: User) -> QuerySet[Delivery]:
    """本部门认定的, held or answered a moment ago: what the answering page may name."""
    mine = Delivery.objects.filter(record__department_id__in=user.departments("submit_record"))
    return mine.exclude(held_reason="", owner_says="").select_related("record__item", "held_owner")


@dataclass(frozen=True)
class Moment:
    """经过的一条, for the timeline."""

    title: str
    at: str
    state: str
    word: str
    says: str


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M:%S}" if at else ""


def moments(one: Delivery, decided: Sequence[Said] = ()) -> list[Moment]:
    """一件推送单的经过: made, each attempt, each receipt, what persons decided, and what it waits for now."""
    made = Moment("建单", _when(one.created_at), "done", "已建", f"{one.get_lane_display()}通道，第 {one.number} 版")
    heard: list[tuple[datetime, Moment]] = []
    for attempt in one.tries.all():
        said = (f"HTTP {attempt.http_status}。" if attempt.http_status else "") + attempt.answer
        state = "done" if attempt.outcome == Outcome.ACCEPTED else "now"
        heard.append((attempt.at, Moment("发送", _when(attempt.at), state, attempt.get_outcome_display(), said)))
    for receipt in one.receipts.all():
        state, title = "done" if receipt.verdict == Verdict.ACCEPTED else "now", f"回执 {receipt.number}"
        word = receipt.get_verdict_display()
        heard.append((receipt.at, Moment(title, _when(receipt.at), state, word, receipt.words)))
    heard += [(act.at, Moment(act.act, _when(act.at), "done", act.who, act.reason)) for act in decided]
    found = [made, *(moment for _, moment in sorted(heard, key=lambda pair: pair[0]))]
    if one.state == State.WAITING:
        found.append(Moment("下一次发送", _when(one.next_try_at), "next", "等待", waits.why(one)))
    elif one.state == State.AWAITING and one.answered_at:
        found.append(Moment("等待回执", _when(one.answered_at + patience.RECEIPT_WITHIN), "next", "最迟", ""))
    return found


@dataclass(frozen=True)
class Stopped:
    """一条没有送出的记录: its number, its department, and what stops it."""

    number: str
    department: str
    stops: Sequence[Stop]


STRETCH = 50_000  # so many numbers are looked through for one page


def stopped(*, before: int | None = None, most: int) -> tuple[list[Stopped], int | None]:
    """哪一条拦住了它: the newest records in force that have gone nowhere, with the reasons; and from where to go on.

    A page looks through one stretch of the register only, however much of it has been sent.
    """
    top = before or (CreditRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    sent = Delivery.objects.filter(record=OuterRef("pk"))
    waiting = CreditRecord.objects.in_force(on=clock.today()).filter(pk__lt=top, pk__gte=top - STRETCH)
    rows = list(waiting.exclude(Exists(sent)).select_related("department", "item").order_by("-pk")[: most + 1])
    more, rows = len(rows) > most, rows[:most]
    stops = refusals_of(rows)
    found = [
        Stopped(row.number, row.department.name, why) for row in rows if (why := stops[row.pk] or agreed.stops(row))
    ]
    return found, rows[-1].pk if more else top - STRETCH if top > STRETCH else None
