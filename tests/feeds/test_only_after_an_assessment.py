"""没有影响评估的平台: ordinary deliveries wait in sight, withdrawals go, and the database says the same."""

import pytest
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import assessing, assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.standing import standing_of
from daoli_credit.law import clock
from records import disclosures
from records.models import Disclosure
from tests import make_assessments
from tests.cast import browser
from tests.feeds.ground import Ground


def _end(ground: Ground) -> None:
    agreed = assessments.in_force(Subject.FEED, "hlj", on=clock.today())
    assert agreed is not None
    assessing.end(assessment_id=agreed.pk, actor=ground.cast.supervisor, opinion="传送方式变了，重新评估")


def test_without_one_only_withdrawals_leave(ground: Ground) -> None:
    out = ground.record(serial=1)
    ground.sweep()
    assert ground.send() == 1
    ground.confirmed(out)
    _end(ground)

    waiting = ground.record(serial=2)
    ground.end(out)
    ground.sweep()
    assert ground.send() == 1  # the withdrawal, and nothing else
    assert ground.confirmed(out, 2).withdraws
    assert ground.send() == 0
    assert ground.delivery(waiting).state == "waiting"
    page = browser(ground.cast.feed_operator).get("/desk/feeds/").content.decode()
    assert "缺影响评估，普通推送不送出" in page
    assert "请区信用办起草并由另一人审定" in page
    standing = standing_of("hlj")
    assert standing is not None
    assert standing.word == ("warn", "缺影响评估，普通推送不送出")

    with (
        pytest.raises(IntegrityError, match="没有在效的个人信息保护影响评估"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE feeds_delivery SET state = 'sending', body = 'x', digest = 'x', lease = gen_random_uuid(),"
            " lease_until = now() WHERE id = %s",
            [ground.delivery(waiting).pk],
        )

    make_assessments.feed("hlj")
    assert ground.send() == 1
    ground.confirmed(waiting)


def test_what_leaves_stands_in_the_register_once_per_revision_and_only_grows(ground: Ground) -> None:
    record = ground.record(serial=3)
    ground.sweep()
    assert ground.send("hlj") == ground.send("hrb") == 1
    for code in ("hlj", "hrb"):
        ground.confirmed(record, code=code)
    rows = list(disclosures.of_person(ground.cast.citizen))
    assert {(row.recipient, row.record_number, row.revision) for row in rows} == {
        ("hlj", record.number, 1),
        ("hrb", record.number, 1),
    }
    assert all("《" in row.basis for row in rows)
    assert not disclosures.of_person(ground.cast.namesake).exists()
    page = browser(ground.cast.citizen).get("/me/disclosures/").content.decode()
    assert page.count(record.number) == 2
    assert "依据：《" in page
    counted = browser(ground.cast.supervisor).get("/supervision/disclosures/").content.decode()
    assert "少于 10" in counted
    assert record.number not in counted
    with transaction.atomic(), pytest.raises(Exception, match=r"permission denied|只增不改"):
        Disclosure.objects.update(basis="没有")
    with transaction.atomic(), pytest.raises(Exception, match="permission denied"):
        Disclosure.objects.all().delete()
    assert Delivery.objects.filter(record=record).count() == 2
