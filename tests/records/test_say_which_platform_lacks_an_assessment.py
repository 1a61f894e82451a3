"""缺影响评估: the record's page and the person's say which platform has nothing of it because of that."""

import pytest
from pytest_django import Settings

from daoli_credit.accounts import assessing, assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.law import clock
from records import holders
from records.models import CreditRecord
from records.workflows import holding
from tests import make, make_assessments, make_feeds
from tests.cast import Cast, browser

WORDS = f"{make_feeds.CHANNEL.title}没有在效的个人信息保护影响评估，暂不推送给它"


@pytest.fixture
def record(cast: Cast, settings: Settings) -> CreditRecord:
    """In force, served, and ready to go."""
    settings.FEEDS = make_feeds.CONNECTED
    make_assessments.feed("hlj")
    return make.effective(cast)


def _ended(cast: Cast) -> None:
    agreed = assessments.in_force(Subject.FEED, "hlj", on=clock.today())
    assert agreed is not None
    assessing.end(assessment_id=agreed.pk, actor=cast.supervisor, opinion="传送方式变了，重新评估")


def test_each_page_says_so_until_there_is_one(cast: Cast, record: CreditRecord) -> None:
    pages = (
        (cast.clerk, f"/desk/records/{record.number}/"),
        (cast.citizen, f"/me/records/{record.number}/"),
        (cast.feed_operator, f"/desk/feeds/record/{record.number}/"),
    )
    for who, address in pages:
        assert WORDS not in browser(who).get(address).content.decode(), address
    _ended(cast)
    for who, address in pages:
        assert WORDS in browser(who).get(address).content.decode(), address


def test_whoever_holds_a_copy_is_not_named(cast: Cast, record: CreditRecord) -> None:
    holding.taken(record_id=record.pk, recipient="hlj", title=make_feeds.CHANNEL.title, revision=1)
    _ended(cast)
    assert holders.of(record).unagreed == ()


def test_what_may_not_go_anyway_says_that_alone(cast: Cast, record: CreditRecord) -> None:
    _ended(cast)
    unserved = make.effective(cast, serial=2, service="", served_on="")
    there = holders.of(unserved)
    assert [one.code for one in there.stops] == ["unserved"]
    assert there.unagreed == ()
