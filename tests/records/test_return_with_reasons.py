"""退回: for reasons that have a name, each with what it asks for; what came back is read against what went back."""

import pytest
from django.db import IntegrityError, connection, transaction

from records import reviews
from records.models import SentBack
from records.rules import returning
from records.workflows import record as acts
from tests import make
from tests.cast import Cast, browser, identity

WORDS = "决定书第二项写的是三千元"


def _returned(cast: Cast, *reasons: str) -> SentBack:
    record = make.submitted(cast)
    acts.send_back(
        record_id=record.pk, actor=cast.reviewer, opinion=WORDS, seen=record.revision, reasons=reasons or ("differs",)
    )
    return SentBack.objects.get()


def test_a_reason_says_what_it_asks_for_on_the_clerks_page(cast: Cast) -> None:
    row = _returned(cast, "missing", "differs")
    assert row.reasons == ["differs", "missing"]
    page = browser(cast.clerk).get(f"/desk/records/{row.record.number}/").content.decode()
    for code in row.reasons:
        assert returning.BY_CODE[code].title in page
        assert returning.BY_CODE[code].asks in page
    assert WORDS in page
    note = page[page.index("复核人退回，请改后再报") : page.index("<h2>当事人</h2>")]
    assert f'href="/desk/records/{row.record.number}/edit/"' in note  # what is asked for leads to where it is done


def test_what_is_not_in_the_vocabulary_is_another_reason(cast: Cast) -> None:
    assert returning.known(["nonsense"]) == ["other"]
    assert returning.known([]) == ["other"]
    assert returning.titles(["twice", "missing"]) == "缺项或者写得不完整、已经报送过"
    assert len({one.code for one in returning.REASONS}) == len(returning.REASONS)


def test_a_form_without_a_reason_comes_back_whole(cast: Cast) -> None:
    record = make.submitted(cast)
    client, address = browser(cast.reviewer), f"/desk/records/{record.number}/return/"
    answer = client.post(address, {"seen": record.revision, "opinion": WORDS})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选择退回的原因" in page
    assert WORDS in page
    answer = client.post(address, {"seen": record.revision, "reasons": ["differs"], "opinion": "13800001234"})
    assert answer.status_code == 422
    assert "不要写证件号码" in answer.content.decode()
    assert not SentBack.objects.exists()
    assert client.post(address, {"seen": 9, "reasons": ["differs"], "opinion": WORDS}).status_code == 409


def test_the_reviewer_reads_field_by_field_what_came_back(cast: Cast) -> None:
    row = _returned(cast)
    record = row.record
    changed = make.checked(make.raw_penalty(department=cast.market, fine="0.3", penalty_content="罚款3000元"))
    acts.revise(record_id=record.pk, checked=changed, actor=cast.clerk, seen=1)
    acts.submit(record_id=record.pk, actor=cast.clerk, seen=2)
    record.refresh_from_db()
    asked = reviews.last_return(record)
    assert asked is not None
    assert [(one.field, one.was, one.now) for one in asked.changed] == [
        ("penalty_content", "罚款2000元", "罚款3000元"),
        ("fine", "0.2", "0.3"),
    ]
    assert not asked.other_person
    page = browser(cast.reviewer).get(f"/desk/records/{record.number}/").content.decode()
    assert "退回以后改了什么" in page
    assert "<del>0.2</del>" in page


def test_a_record_that_came_back_as_it_was_says_so(cast: Cast) -> None:
    row = _returned(cast)
    acts.submit(record_id=row.record_id, actor=cast.clerk, seen=1)
    page = browser(cast.reviewer).get(f"/desk/records/{row.record.number}/").content.decode()
    assert "没有改动任何一项，原样再报" in page


def test_another_person_is_told_without_naming_anybody(cast: Cast) -> None:
    row = _returned(cast, "person")
    raw = make.raw_penalty(identity("guchanglin"), department=cast.market)
    acts.revise(record_id=row.record_id, checked=make.checked(raw), actor=cast.clerk, seen=1)
    acts.submit(record_id=row.record_id, actor=cast.clerk, seen=2)
    page = browser(cast.reviewer).get(f"/desk/records/{row.record.number}/").content.decode()
    assert "当事人改过" in page
    assert "顾长林" not in page
    assert "林秀云" not in str(SentBack.objects.values().get())


def test_what_was_returned_is_not_rewritten(cast: Cast) -> None:
    row = _returned(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentBack.objects.update(words="别的")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_sentback (record_id, revision, reasons, words, was, subject_was,"
            " returned_by_id, returned_on) SELECT record_id, 1, '[]', words, was, subject_was,"
            " returned_by_id, returned_on FROM records_sentback WHERE id = %s",
            [row.pk],
        )
