"""在等什么: why a delivery that is owed has not left yet, in the order in which the claim asks."""

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.feeds.models.delivery import State
from daoli_credit.law import clock


def why(one: Delivery) -> str:
    """这一件在等什么; the words of its last try when nothing but its time is waited for."""
    now, feed = clock.now(), one.feed
    if feed.restored_at:
        return "恢复备份以后还没有对完账，什么都不送"
    if not one.withdraws and (stands := _ordinary(one, feed)):
        return stands
    same = Delivery.objects.filter(feed=feed, record=one.record_id)
    if same.filter(state=State.SENDING).exists():
        return "等同一记录正在路上的那一件"
    if feed.broken_until and feed.broken_until > now:
        return f"熔断中，{feed.broken_until.astimezone(clock.CHINA):%H:%M:%S} 以后先试；{one.held_words}".rstrip("；")
    return one.held_words or ("" if one.next_try_at and one.next_try_at > now else "排队中，马上送出")


def _ordinary(one: Delivery, feed: Feed) -> str:
    if not feed.enabled:
        return f"普通推送已暂停：{feed.reason}"
    if assessments.in_force(Subject.FEED, feed.code, on=clock.today()) is None:
        return "这个平台没有在效的影响评估，普通推送不送出"
    before = Delivery.objects.filter(feed=feed, record=one.record_id, number__lt=one.number, state=State.AWAITING)
    return "等同一记录前一版的回执" if before.exists() else ""
