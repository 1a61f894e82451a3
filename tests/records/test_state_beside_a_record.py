"""本人声明: the person's own words, with the record wherever it goes, gone when taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records import outgoing, statements
from records.models import CreditRecord, Statement
from records.workflows import statement as acts
from tests import make, make_repairs
from tests.cast import Cast, browser

WORDS = "罚款当月已经缴清，过期的食品已全部下架。"


def _made(cast: Cast, record: CreditRecord | None = None, words: str = WORDS) -> Statement:
    return acts.make(record_id=(record or make.effective(cast)).pk, actor=cast.citizen, words=words)


def _sent(record: CreditRecord) -> str:
    newest = record.revisions.order_by("-number")[0]
    return outgoing.publication(newest, actor=User.objects.system(), title="试").decode()


def test_it_goes_with_the_record_and_leaves_with_a_new_version(cast: Cast) -> None:
    record = _made(cast).record
    assert WORDS in _sent(record)
    acts.take_back(record_id=record.pk, actor=cast.citizen)
    assert WORDS not in _sent(record)
    assert list(record.revisions.order_by("number").values_list("kind", flat=True)) == ["effective", "stated", "stated"]
    assert Event.objects.filter(noun="statement", actor_id=cast.citizen.audit_id).count() == 2


def test_a_new_one_replaces_the_old(cast: Cast) -> None:
    record = _made(cast).record
    with pytest.raises(AlreadyDone):
        _made(cast, record)
    _made(cast, record, "已经整改。")
    assert statements.of(record) == "已经整改。"
    assert Statement.objects.filter(taken_back_on=None).count() == 1


def test_only_the_person_and_only_beside_what_is_in_force(cast: Cast) -> None:
    record = make.effective(cast)
    for user in (cast.namesake, cast.clerk):
        with pytest.raises(PermissionDenied):
            acts.make(record_id=record.pk, actor=user, words=WORDS)
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)), pytest.raises(PermissionDenied):
        _made(cast, record)


@pytest.mark.parametrize(
    ("words", "why"), [(" ", RuleBroken), ("长" * 501, RuleBroken), ("请打 13800001234", OpinionRefused)]
)
def test_an_empty_one_a_long_one_and_a_number_are_refused(cast: Cast, words: str, why: type[Exception]) -> None:
    record = make.effective(cast)
    with pytest.raises(why):
        _made(cast, record, words)
    assert not Statement.objects.exists()
    assert record.revisions.count() == 1


def test_every_reader_sees_it(cast: Cast) -> None:
    record = make_repairs.public(cast)
    acts.make(record_id=record.pk, actor=cast.guide, words=WORDS)
    pages: list[tuple[Any, str]] = [
        (cast.tour_clerk, reverse("record", args=[record.number])),
        (cast.guide, reverse("me-record", args=[record.number])),
        (None, reverse("public-record", args=[record.public_page.token])),
    ]
    for user, address in pages:
        assert WORDS in browser(user).get(address).content.decode()


def test_the_page_keeps_what_was_written_and_takes_it_back(cast: Cast) -> None:
    record = make.effective(cast)
    her, address = browser(cast.citizen), reverse("me-statement", args=[record.number])
    refused = her.post(address, {"words": "请打 13800001234"})
    assert refused.status_code == 422
    assert "13800001234" in refused.content.decode()
    assert her.post(address, {"words": WORDS}).status_code == 302
    assert WORDS in her.get(address).content.decode()
    assert her.post(reverse("me-statement-end", args=[record.number])).status_code == 302
    assert statements.of(record) == ""


def test_the_database_keeps_one_beside_a_record(cast: Cast) -> None:
    made = _made(cast)
    with pytest.raises(IntegrityError, match="one_statement_beside_a_record"), transaction.atomic():
        Statement.objects.create(record=made.record, letter=made.letter, stated_on=made.stated_on)
