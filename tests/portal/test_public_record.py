"""公示页: by its address only, while it is public; afterwards as if it had never been."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daoli_credit.law import clock
from records import publicity
from records.models import CreditRecord, PublicPage
from records.workflows import publicity as acts
from records.workflows import repair as repair_acts
from tests import make, make_repairs
from tests.cast import Cast, browser, identity


def _address(record: CreditRecord) -> str:
    return f"/public/{PublicPage.objects.get(record=record).token}/"


def _body(address: str) -> str:
    """The 410 as a visitor gets it, without what the visitor typed."""
    answer = Client().get(address)
    assert answer.status_code == 410
    return answer.content.decode().replace(address, "/public/x/")


def _repaired(cast: Cast, record: CreditRecord) -> None:
    repair = make_repairs.applied(cast, record, by=cast.guide)
    repair_acts.accept(repair_id=repair.pk, actor=cast.tour_clerk, seen=1)
    repair_acts.decide(repair_id=repair.pk, actor=cast.tour_reviewer, seen=1)


def test_anybody_with_the_address_sees_the_masked_record(cast: Cast) -> None:
    record = make_repairs.public(cast)
    answer = Client().get(_address(record))
    page, who = answer.content.decode(), identity("fangxiaoyan")
    assert answer.status_code == 200
    for shown in ("方*燕", "*" * 14 + who.id_number[-4:], record.document_number, "公示至", "提出异议"):
        assert shown in page
    for hidden in (who.name, who.id_number, record.number, "罚款2000元", "导游未佩戴导游证"):
        assert hidden not in page


def test_it_asks_not_to_be_indexed_or_stored(cast: Cast) -> None:
    ended, unknown = make_repairs.public(cast), f"/public/{uuid.uuid4()}/"
    for address in (_address(ended), unknown):
        answer = Client().get(address)
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "no-store" in answer["Cache-Control"]
        assert re.search(r'<meta name="robots" content="noindex', answer.content.decode())


@pytest.mark.parametrize("method", ["post", "put", "delete", "head"])
def test_it_answers_get_and_nothing_else(cast: Cast, method: str) -> None:
    assert getattr(Client(), method)(_address(make_repairs.public(cast))).status_code == 405


def test_it_ends_on_its_day_with_the_scheduler_stopped(cast: Cast) -> None:
    record = make_repairs.public(cast)
    assert record.public_until is not None
    with clock.at(record.public_until):
        assert Client().get(_address(record)).status_code == 200
    with clock.at(record.public_until + timedelta(days=1)):
        assert Client().get(_address(record)).status_code == 410
        assert CreditRecord.objects.get(pk=record.pk).status == "effective"


def test_repaired_expired_unknown_and_malformed_are_the_same_page(cast: Cast) -> None:
    repaired, expired = make_repairs.public(cast), make_repairs.public(cast, serial=2, ago=360)
    unknown = _body(f"/public/{uuid.uuid4()}/")
    _repaired(cast, repaired)
    assert _body(_address(repaired)) == unknown
    assert expired.public_until is not None
    with clock.at(expired.public_until + timedelta(days=1)):
        assert _body(_address(expired)) == _body(f"/public/{uuid.uuid4()}/")
    for odd in ("x", "1' OR '1'='1", str(uuid.UUID(int=0)), "%00"):
        assert "这里的内容已经结束" in Client().get(f"/public/{odd}/").content.decode()
    assert "方" not in unknown.split("<main", 1)[1].split("</main>", 1)[0].replace("对方", "")


def test_ended_and_unknown_are_asked_of_the_database_in_the_same_words(cast: Cast) -> None:
    record = make_repairs.public(cast)
    _repaired(cast, record)
    asked = []
    for address in (_address(record), f"/public/{uuid.uuid4()}/"):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        asked.append([query["sql"].replace(address.split("/")[2], "token") for query in queries])
    assert asked[0] == asked[1]
    assert any("records_publicpage" in sql for sql in asked[0])


def test_only_what_the_pack_lets_be_public_gets_a_page(cast: Cast) -> None:
    food, minor = make_repairs.old(cast), make_repairs.public(cast, severity="minor", ago=30)
    acts.open_pages()
    assert not PublicPage.objects.exists()
    assert publicity.page_of(food) is None
    assert publicity.page_of(minor) is None


def test_a_page_of_what_the_pack_no_longer_publishes_is_gone(cast: Cast) -> None:
    food = make_repairs.old(cast)
    page = PublicPage.objects.create(record=food)
    assert Client().get(f"/public/{page.token}/").status_code == 410


def test_opening_pages_twice_opens_one(cast: Cast) -> None:
    record = make_repairs.public(cast)
    token = PublicPage.objects.get(record=record).token
    assert acts.open_pages() == 0
    assert PublicPage.objects.get(record=record).token == token


def test_a_draft_and_a_record_that_waits_are_not_public(cast: Cast) -> None:
    make.submitted(cast)
    assert acts.open_pages() == 0


def test_the_address_is_never_given_to_another_record(cast: Cast) -> None:
    record = make_repairs.public(cast)
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
        PublicPage.objects.filter(record=record).update(token=uuid.uuid4())
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
        PublicPage.objects.filter(record=record)._raw_delete("default")


def test_no_public_page_leads_to_it(cast: Cast) -> None:
    record = make_repairs.public(cast)
    token = str(PublicPage.objects.get(record=record).token)
    for address in ("/", "/lists/", "/catalogue/penalty-tourism/", "/rights/"):
        page = Client().get(address).content.decode()
        assert token not in page
        assert record.document_number not in page
    assert Client().get("/public/").status_code == 404


def test_the_person_finds_the_address_and_another_does_not(cast: Cast) -> None:
    record = make_repairs.public(cast)
    address = f"/me/records/{record.number}/"
    assert _address(record) in browser(cast.guide).get(address).content.decode()
    assert browser(cast.citizen).get(address).status_code == 404
