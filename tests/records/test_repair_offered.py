"""修复提醒: on the first day, once, with the form filled in; the package and the number of Credit China beside it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import Message, User
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken
from records.models import CreditRecord, Repair, RepairOffer
from records.tasks import offer_repairs
from records.workflows import credit_china, repair_offering
from tests import make, make_repairs
from tests.cast import Cast, browser
from tests.paper.test_sheet import flat, said

pytestmark = pytest.mark.django_db


def test_it_comes_on_the_first_day_and_only_once(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.repair_from is not None
    with clock.at(record.repair_from - timedelta(days=1)):
        assert offer_repairs() == 0
    with clock.at(record.repair_from):
        assert offer_repairs() == 1
        assert offer_repairs() == 0
    assert RepairOffer.objects.get().offered_on == record.repair_from
    assert Message.objects.filter(title="可以申请信用修复了", object_id=str(record.pk)).count() == 1


def test_whoever_has_applied_already_is_not_reminded(cast: Cast) -> None:
    make_repairs.applied(cast)
    assert offer_repairs() == 0


def test_what_has_ended_is_not_offered(cast: Cast) -> None:
    record = make_repairs.old(cast)
    assert record.use_until is not None
    with clock.at(record.use_until + timedelta(days=1)):
        assert offer_repairs() == 0
        assert repair_offering.offer(record_id=record.pk, actor=User.objects.system()) is None


def test_the_form_is_filled_in_and_the_ticks_stay_the_persons_own(cast: Cast) -> None:
    record = make_repairs.old(cast)
    page = browser(cast.citizen).get(f"/me/records/{record.number}/repair/").content.decode()
    assert "的义务已经履行" in page
    assert f"{record.document_number}的义务" not in page  # what the person says outlives the record
    assert "checked" not in page
    refused = browser(cast.citizen).post(f"/me/records/{record.number}/repair/", {"statement": "改写过的说明"})
    assert refused.status_code == 422
    assert "改写过的说明" in refused.content.decode()


def test_the_package_for_credit_china_is_the_persons_and_is_not_kept(cast: Cast) -> None:
    record = make_repairs.public(cast)
    answer = browser(cast.guide).get(f"/me/records/{record.number}/credit-china/")
    assert answer["Content-Type"] == "application/pdf"
    text = said(answer.content)
    for line in (record.document_number, "信用承诺书", "申请人：方晓燕", "“信用中国”给的受理编号"):
        assert flat(line) in text
    assert browser(cast.citizen).get(f"/me/records/{record.number}/credit-china/").status_code == 404
    shared = make_repairs.old(cast, serial=7)
    assert browser(cast.citizen).get(f"/me/records/{shared.number}/credit-china/").status_code == 404


def test_their_number_and_their_clock_stand_beside_ours(cast: Cast) -> None:
    record = make_repairs.public(cast)
    repair = make_repairs.applied(cast, record, by=cast.guide)
    her, address = browser(cast.guide), f"/me/repairs/{repair.number}/credit-china/"
    assert her.get(address).status_code == 200
    bad = her.post(address, {"number": "XYZG-18", "on": "昨天"})
    assert bad.status_code == 422
    assert "XYZG-18" in bad.content.decode()
    assert her.post(address, {"number": "XYZG-18", "on": clock.today()}).status_code == 302
    page = her.get(f"/me/repairs/{repair.number}/").content.decode()
    assert "XYZG-18" in page
    assert f"{workdays.due(clock.today(), 10).on:%Y-%m-%d}" in page
    assert "最晚答复是否受理" in page
    with pytest.raises(AlreadyDone):
        credit_china.note(repair_id=repair.pk, actor=cast.guide, number="XYZG-18", on=clock.today())
    with pytest.raises(RuleBroken):
        credit_china.note(repair_id=repair.pk, actor=cast.guide, number="XYZG-19", on=clock.today() + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        credit_china.note(repair_id=repair.pk, actor=cast.citizen, number="XYZG-19", on=clock.today())
    assert Repair.objects.get().credit_china_number == "XYZG-18"
    assert CreditRecord.objects.filter(pk=record.pk).exists()


def test_their_number_stands_on_the_desk_and_in_the_file_and_a_bad_day_says_which_days_are_right(cast: Cast) -> None:
    record = make_repairs.public(cast)
    repair = make_repairs.applied(cast, record, by=cast.guide, credit_china_number="XYZG-18")
    her, address = browser(cast.guide), f"/me/repairs/{repair.number}/credit-china/"
    assert "还没有填在那里申请的日期" in her.get(f"/me/repairs/{repair.number}/").content.decode()
    desk = browser(cast.tour_clerk)
    assert "本人还没有填申请的日期" in desk.get(f"/desk/repairs/{repair.number}/").content.decode()
    for day in (record.determined_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        bad = her.post(address, {"number": "XYZG-18", "on": day}).content.decode()
        assert f"认定日期（{record.determined_on:%Y-%m-%d}）和今天之间" in bad
        assert "XYZG-18" in bad
    number = her.post(address, {"number": "13800138000", "on": clock.today()})
    assert (number.status_code, "不要写证件号码或电话" in number.content.decode()) == (422, True)
    assert her.post(address, {"number": "XYZG-18", "on": clock.today()}).status_code == 302
    page = desk.get(f"/desk/repairs/{repair.number}/").content.decode()
    assert f"{workdays.due(clock.today(), 10).on:%Y-%m-%d}" in page
    data = desk.post(f"/desk/repairs/{repair.number}/file/", {"purpose": "归档"}).content
    assert flat(f"在“信用中国”申请：{clock.today()}") in said(data)
