"""按文书逐件复核: opened, by another person, all or none."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts import messages
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, Stale, WrongState
from records import batch_review
from records.models import CreditRecord, ImportBatch, Revision, ServedDocument
from records.workflows import many
from records.workflows import record as acts
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, browser


def _open(cast: Cast, batch: ImportBatch) -> str:
    answer = browser(cast.reviewer).get(f"/desk/imports/{batch.number}/review/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_opened_page_is_approved_as_a_set_and_every_record_takes_effect(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    seen = sheets.seen(batch)
    assert many.approve(batch=batch, seen=seen, actor=cast.reviewer) == 3
    for record in CreditRecord.objects.filter(pk__in=seen):
        assert (record.status, record.reviewed_by, record.effective_on) == ("effective", cast.reviewer, clock.today())
        assert [(one.number, one.kind) for one in record.revisions.all()] == [(1, "effective")]
        assert {document.kind for document in record.documents.all()} == {"effect-notice", "repair-notice"}
    event = Event.objects.get(act="record.approved")
    assert (event.count, event.object_id, event.actor_label) == (3, batch.number, "孙建国")


def test_the_citizen_sees_the_record_the_documents_and_who_looked(cast: Cast) -> None:
    batch = sheets.committed(cast, rows=1)
    _open(cast, batch)
    many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)
    record, client = CreditRecord.objects.get(), browser(cast.citizen)
    assert "哈里市监罚〔2026〕1号" in client.get("/me/").content.decode()
    page = client.get(f"/me/records/{record.number}/").content.decode()
    assert "复核通过" in page
    assert batch.number in page
    assert "逐件复核批量报送的信用记录" in client.get("/me/looks/").content.decode()
    texts = " ".join(messages.text(one) for one in messages.of(cast.citizen))
    assert record.document_number in texts
    assert "信用修复告知书" in texts
    assert browser(cast.namesake).get(f"/me/records/{record.number}/").status_code == 404


def test_a_page_opened_writes_one_look_up_for_every_record_it_shows(cast: Cast) -> None:
    batch = sheets.committed(cast)
    page = _open(cast, batch)
    numbers = set(CreditRecord.objects.values_list("number", flat=True))
    looks = LookUp.objects.filter(matter=batch_review.REVIEWING)
    assert {look.case_number for look in looks} == numbers
    assert {look.actor_label for look in looks} == {"孙建国"}
    assert all(number in page for number in numbers)
    assert sheets.GOOD[1] not in page
    assert "林秀云" not in page
    assert "林*云" in page


def test_what_was_not_opened_is_not_approved(cast: Cast) -> None:
    batch = sheets.committed(cast)
    with pytest.raises(RuleBroken, match="有 3 件还没有在您的页面上打开过"):
        many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}
    browser(cast.both).get(f"/desk/imports/{batch.number}/review/")
    with pytest.raises(RuleBroken, match="打开过"):
        many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)


def test_nobody_reviews_a_sheet_they_uploaded_or_committed(cast: Cast) -> None:
    batch = sheets.committed(cast, by=cast.both)
    client = browser(cast.both)
    page = client.get(f"/desk/imports/{batch.number}/review/").content.decode()
    assert "请由另一人复核" in page
    body = {"seen": [f"{pk}:{revision}" for pk, revision in sheets.seen(batch).items()]}
    answer = client.post(f"/desk/imports/{batch.number}/review/approve/", body, follow=True)
    assert "不能复核自己" in answer.content.decode()
    assert client.post(f"/desk/imports/{batch.number}/review/approve/", {"seen": "x:y"}).status_code == 302
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}
    assert not ServedDocument.objects.exists()


def test_clerks_and_other_bureaus_are_refused_by_post(cast: Cast) -> None:
    batch = sheets.committed(cast)
    body = {"seen": [f"{pk}:{revision}" for pk, revision in sheets.seen(batch).items()], "opinion": "请核对"}
    for user, code in ((cast.clerk, 403), (cast.other_clerk, 403), (cast.other_reviewer, 404), (cast.supervisor, 403)):
        for act in ("approve", "return"):
            assert browser(user).post(f"/desk/imports/{batch.number}/review/{act}/", body).status_code == code
    with pytest.raises(PermissionDenied):
        many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.other_reviewer)


def test_one_changed_record_stops_the_page(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    seen = sheets.seen(batch)
    one = CreditRecord.objects.order_by("pk")[0]
    acts.send_back(record_id=one.pk, actor=cast.reviewer, opinion="请补罚款金额", seen=one.revision)
    with pytest.raises(WrongState):
        many.approve(batch=batch, seen=seen, actor=cast.reviewer)
    raw = make.raw_penalty(department=cast.market, item=sheets.ITEM, serial=77)
    acts.revise(record_id=one.pk, checked=make.checked(raw, sheets.ITEM), actor=cast.clerk, seen=one.revision)
    acts.submit(record_id=one.pk, actor=cast.clerk, seen=one.revision + 1)
    with pytest.raises(Stale, match="整页未办"):
        many.approve(batch=batch, seen=seen, actor=cast.reviewer)
    assert not Revision.objects.exists()


def test_a_record_whose_use_has_ended_stops_the_page(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    late = CreditRecord.objects.order_by("-use_until")[0].use_until
    assert late is not None
    with clock.at(late + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="届满"):
            many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)
        assert "共享使用期已届满" in _open(cast, batch)


def test_a_record_of_elsewhere_does_not_slip_in(cast: Cast) -> None:
    batch, alone = sheets.committed(cast), make.submitted(cast, serial=55)
    _open(cast, batch)
    browser(cast.reviewer).get(f"/desk/records/{alone.number}/")
    with pytest.raises(WrongState):
        many.approve(batch=batch, seen={**sheets.seen(batch), alone.pk: 1}, actor=cast.reviewer)
    with pytest.raises(WrongState):
        many.send_back(batch=batch, seen={alone.pk: 1}, actor=cast.reviewer, opinion="请核对")


def test_some_are_returned_with_the_reason_and_the_rest_goes_on(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    first = CreditRecord.objects.order_by("pk")[0]
    client = browser(cast.reviewer)
    answer = client.post(
        f"/desk/imports/{batch.number}/review/return/",
        {"back": f"{first.pk}:{first.revision}", "reasons": ["differs"], "opinion": "罚款金额与决定书不一致，请核对"},
        follow=True,
    )
    assert "1 件已退回经办人" in answer.content.decode()
    rest = {pk: n for pk, n in sheets.seen(batch).items() if pk != first.pk}
    many.approve(batch=batch, seen=rest, actor=cast.reviewer)
    assert sorted(CreditRecord.objects.values_list("status", flat=True)) == ["effective", "effective", "returned"]
    page = browser(cast.clerk).get(f"/desk/records/{first.number}/").content.decode()
    assert "罚款金额与决定书不一致" in page


def test_a_return_needs_a_reason_without_numbers_and_a_choice(cast: Cast) -> None:
    batch = sheets.committed(cast)
    with pytest.raises(RuleBroken, match="没有勾选"):
        many.send_back(batch=batch, seen={}, actor=cast.reviewer, opinion="请核对")
    with pytest.raises(RuleBroken, match="写明意见"):
        many.send_back(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer, opinion=" ")
    with pytest.raises(OpinionRefused):
        many.send_back(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer, opinion="见 999999198803120028")
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}


def test_whoever_ticked_a_record_to_go_back_approves_nothing(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    pairs = [f"{pk}:{revision}" for pk, revision in sheets.seen(batch).items()]
    client, address = browser(cast.reviewer), f"/desk/imports/{batch.number}/review/"
    answer = client.post(address + "approve/", {"seen": pairs, "back": pairs[:1], "opinion": "金额不对"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "勾选了 1 件要退回，所以一件也没有通过" in page
    assert f'value="{pairs[0]}" checked' in page
    assert "金额不对" in page
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}
    unticked = client.post(address + "approve/", {"seen": pairs, "reasons": ["differs"]}).content.decode()
    assert "没有勾选是哪一件，所以一件也没有通过" in unticked
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}
    back = {"seen": pairs, "back": pairs[:1], "reasons": ["differs"], "opinion": "金额不对"}
    assert "1 件已退回" in client.post(address + "return/", back, follow=True).content.decode()
    rest = client.post(address + "approve/", {"seen": pairs[1:]}, follow=True).content.decode()
    assert "2 件已生效" in rest
    assert sorted(CreditRecord.objects.values_list("status", flat=True)) == ["effective", "effective", "returned"]


def test_a_second_press_of_the_button_is_told_and_changes_nothing(cast: Cast) -> None:
    batch = sheets.committed(cast)
    _open(cast, batch)
    seen = sheets.seen(batch)
    many.approve(batch=batch, seen=seen, actor=cast.reviewer)
    with pytest.raises(WrongState):
        many.approve(batch=batch, seen=seen, actor=cast.reviewer)
    assert Revision.objects.count() == 3


def test_the_queue_leads_to_the_batch_until_it_is_done(cast: Cast) -> None:
    batch = sheets.committed(cast)
    client = browser(cast.reviewer)
    page = client.get("/desk/records/queue/").content.decode()
    assert f"/desk/imports/{batch.number}/review/" in page
    assert "3 件待复核" in page
    _open(cast, batch)
    many.approve(batch=batch, seen=sheets.seen(batch), actor=cast.reviewer)
    assert "批量报送" not in client.get("/desk/records/queue/").content.decode()


def test_fifty_letters_do_not_ask_the_database_for_each(cast: Cast, django_assert_max_num_queries: object) -> None:
    batch = sheets.committed(cast, rows=50)
    _open(cast, batch)
    seen = sheets.seen(batch)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        many.approve(batch=batch, seen=seen, actor=cast.reviewer)
    assert ServedDocument.objects.count() == 100
