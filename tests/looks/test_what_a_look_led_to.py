"""后续: the act that followed a look stands beside it as a second row, and the person reads it."""

from daoli_credit.audit.models import LookUp
from incentives.models import Listing
from incentives.workflows import deciding
from records.workflows import exporting, opening
from records.workflows import record as record_acts
from records.workflows import repair as repair_acts
from tests import make, make_exports, make_looks, make_repairs
from tests.cast import Cast, browser, identity


def _outcomes() -> list[tuple[int | None, str]]:
    return list(LookUp.objects.filter(kind="outcome").order_by("id").values_list("ref", "result"))


def test_an_approval_stands_beside_the_reviewers_last_look_and_only_there(cast: Cast) -> None:
    record = make.submitted(cast)
    make_looks.looked(cast, record)
    make_looks.looked(cast, record, by=cast.both)
    last = make_looks.looked(cast, record)
    opening.note([record], cast.reviewer)
    record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    assert _outcomes() == [(last.pk, "record.approved")]
    page = browser(cast.citizen).get("/me/looks/").content.decode()
    assert page.count("复核通过") == 1
    assert page.count("只查看，没有据此办理事项") == 2


def test_a_return_and_a_repair_are_outcomes_too(cast: Cast) -> None:
    record = make.submitted(cast)
    look = make_looks.looked(cast, record)
    record_acts.send_back(record_id=record.pk, actor=cast.reviewer, opinion="日期有误", seen=record.revision)
    repair = make_repairs.applied(cast)
    clerk = browser(cast.clerk)
    clerk.get(f"/desk/repairs/{repair.number}/")
    repair_acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=repair.revision)
    assert [result for _, result in _outcomes()] == ["record.returned", "repair.accepted"]
    assert _outcomes()[0][0] == look.pk


def test_an_act_without_a_look_writes_no_outcome(cast: Cast) -> None:
    make.effective(cast)
    assert not LookUp.objects.exists()


def test_a_listing_step_is_an_outcome_in_plain_words(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    listing = Listing.objects.get(number=look.case_number)
    deciding.withdraw(listing_id=listing.pk, actor=cast.wage_clerk, opinion="查明不是本人所为", seen=listing.revision)
    assert _outcomes() == [(look.pk, "listing.withdrawn")]
    assert "撤回提议，不予列入" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_a_list_says_first_that_it_waits_and_then_that_it_was_fetched(cast: Cast) -> None:
    make.effective(cast, serial=1)
    make.effective(cast, serial=2, who=identity("guchanglin"))
    export = make_exports.made(cast)
    assert "已列入名单，文件还没有领取" in browser(cast.citizen).get("/me/looks/").content.decode()
    desk = browser(cast.both).get("/desk/looks/").content.decode()
    assert desk.count("整理本部门") + desk.count("办理本部门的业务") == 1
    assert "一次共 2 人" in desk
    exporting.fetch(export_id=export.pk, actor=cast.clerk)
    assert "领取文件" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_the_page_is_newest_first_in_pages_and_tells_ones_own_looks_apart(cast: Cast) -> None:
    record = make.submitted(cast)
    for _ in range(21):
        make_looks.looked(cast, record)
    reader = browser(cast.citizen)
    reader.get("/me/")
    page = reader.get("/me/looks/?of=others").content.decode()
    assert "共 21 次，第 1 / 2 页" in page
    assert 'href="/me/looks/?of=own"' in page
    own = reader.get("/me/looks/?of=own").content.decode()
    assert "孙建国" not in own
    assert "本人的全部信息" in own
    assert "/explain/" not in own
