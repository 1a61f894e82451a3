"""办件和目录的页面: found by number, registered once, closed once; the directory says what is missing."""

import re

from django.urls import reverse

from daoli_credit.law import clock
from incentives.models import MatterCase
from tests import make_matters
from tests.cast import Cast, browser

NEW = reverse("case-new")


def _typed(**changes: object) -> dict[str, object]:
    number = {"matter": "market-regulation:food-permit", "case_number": "食许(2026)118号"}
    return {**number, "opened_on": str(clock.today()), **changes}


def test_a_clerk_registers_a_case_and_finds_it_by_a_part_of_its_number(cast: Cast) -> None:
    make_matters.assess()
    client = browser(cast.clerk)

    assert client.post(NEW, _typed()).status_code == 302
    assert client.post(NEW, _typed()).status_code == 302  # a double click is a success

    row = MatterCase.objects.get()
    assert row.case_number in client.get(reverse("case-list") + "?q=118").content.decode()
    assert "没有这个编号的办件" in client.get(reverse("case-list") + "?q=119").content.decode()


def test_what_is_no_case_comes_back_filled_in(cast: Cast) -> None:
    make_matters.assess()
    make_matters.assess("drug-retail-permit")
    client = browser(cast.clerk)
    client.post(NEW, _typed())
    for changes, says in (
        ({"matter": "human-resources:startup-fund"}, "这个事项不是本部门的"),
        ({"matter": ""}, "请选择应用事项"),
        ({"case_number": ""}, "请填写办件编号"),
        ({"case_number": "999999198803120028"}, "不要填本人的号码"),
        ({"matter": "market-regulation:drug-retail-permit"}, "已经登记在“食品经营许可"),
        ({"opened_on": "2099-01-01"}, "还没有到"),
        ({"opened_on": "今天"}, "这样的日期"),
    ):
        answer = client.post(NEW, _typed(**changes))
        assert (answer.status_code, says in answer.content.decode()) == (422, True), (changes, says)
    assert MatterCase.objects.count() == 1


def test_a_closed_case_leaves_the_list_and_a_stale_page_is_told_so(cast: Cast) -> None:
    row, client = make_matters.case(cast), browser(cast.clerk)
    where, typed = reverse("case-close", args=[row.pk]), {"closed_on": str(clock.today()), "seen": row.revision}

    assert client.post(where, {**typed, "seen": 9}).status_code == 409
    assert client.post(where, {**typed, "closed_on": "2099-01-01"}).status_code == 422
    assert client.post(where, typed).status_code == 302
    assert client.post(where, typed).status_code == 302

    client.get(reverse("case-list"))  # reads what was said of the act
    assert row.case_number not in client.get(reverse("case-list")).content.decode()
    assert row.case_number in client.get(reverse("case-list") + "?status=closed").content.decode()


def test_the_directory_says_what_is_missing_and_shows_no_person(cast: Cast) -> None:
    visitor = browser(None)
    before = visitor.get(reverse("matter", args=["startup-fund"])).content.decode()
    assert "还没有在效的个人信息保护影响评估" in before
    assert "还不能用" in before

    make_matters.active(cast)

    after = visitor.get(reverse("matter", args=["startup-fund"])).content.decode()
    assert "可以看，至" in after
    assert "上线前还缺这些" not in after
    assert not re.search(r"GX20\d\d-", after)  # its number is for the departments that it is between
    everything = visitor.get(reverse("matters")).content.decode()
    assert "食品经营许可" in everything
    assert "食品经营许可" not in visitor.get(reverse("matters") + "?department=tourism").content.decode()
    assert visitor.get(reverse("matter", args=["no-such"])).status_code == 404


def test_the_office_sees_all_matters_on_the_desk_and_a_bureau_its_own(cast: Cast) -> None:
    office = browser(cast.supervisor).get(reverse("matter-desk")).content.decode()
    mine = browser(cast.clerk).get(reverse("matter-desk")).content.decode()

    assert "食品经营许可" in office
    assert "创业担保" in office
    assert "食品经营许可" in mine
    assert "创业担保" not in mine
