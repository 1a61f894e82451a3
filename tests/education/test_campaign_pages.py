"""宣传活动各页: what an organiser, a supervisor, another unit and the public see."""

from datetime import date

import pytest
from django.test import Client

from daoli_credit.law import clock
from education.models import Campaign
from tests import make_campaigns as make
from tests.cast import Cast, browser

CHOICE = "constitution-day@2026-12-04"
DAY = make.CONSTITUTION


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def typed(**changes: object) -> dict[str, object]:
    facts = {"department": "education", "key": CHOICE, "title": "宪法日信用宣传", "place": "示例小学礼堂",
             "planned_on": "2026-12-04", "contents": ["policy-law"], "then": "report"}  # fmt: skip
    return facts | changes


def test_the_calendar_says_what_is_due_and_until_when(cast: Cast) -> None:
    with clock.at(date(2026, 12, 2)):
        shown = page(browser(cast.organiser), "/desk/campaigns/")
    assert "2026 年宣传日历" in shown
    assert '<span class="st st--warn">待安排</span>' in shown
    assert "2026-12-14" in shown
    assert "待主办方公布" in shown
    assert "报告活动" in shown


def test_the_desk_says_as_many_dates_as_the_calendar_holds_due(cast: Cast) -> None:
    make.held(cast)
    for day in (date(2026, 12, 2), date(2026, 12, 20), date(2026, 11, 1)):
        with clock.at(day):
            desk, calendar = (page(browser(cast.organiser), where) for where in ("/desk/", "/desk/campaigns/"))
            due = calendar.split("要办的</h2>")[1].split("个节点")[0].rsplit(">", 1)[1].strip()
            said = f"要办的宣传节点 {due} 个" if due != "0" else "现在没有要办的节点"
            assert said in desk
    with clock.at(date(2026, 12, 2)):
        assert "国家宪法日" in page(browser(cast.organiser), "/desk/").partition("要办的宣传节点")[2]
    assert "要办的宣传节点" not in page(browser(cast.clerk), "/desk/")


def test_a_click_on_the_calendar_fills_the_form(cast: Cast) -> None:
    with clock.at(DAY):
        shown = page(browser(cast.organiser), f"/desk/campaigns/new/?key={CHOICE}")
    assert 'value="国家宪法日暨全国法制宣传日信用宣传"' in shown
    assert 'value="2026-12-04"' in shown
    assert f'<option value="{CHOICE}" selected>' in shown


def test_arrange_and_report_in_two_forms(cast: Cast) -> None:
    client = browser(cast.organiser)
    with clock.at(DAY):
        answer = client.post("/desk/campaigns/new/", typed())
        row = Campaign.objects.get()
        assert answer["Location"] == f"/desk/campaigns/{row.pk}/report/"
        said = {
            "held_on": "2026-12-04",
            "summary": "发放读本。",
            "place": "礼堂",
            "contents": ["policy-law"],
            "seen": 1,
        }
        assert client.post(answer["Location"], said).status_code == 302
        shown = page(client, f"/desk/campaigns/{row.pk}/")
    assert "已举办" in shown
    assert "更正报告" in shown
    assert "报告举办</h3>" in shown


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"planned_on": "2026-11-20"}, "2026-12-01 至 2026-12-07"),
        ({"planned_on": "下周"}, "日期请写成"),
        ({"title": ""}, "请填写活动名称"),
        ({"title": "长" * 61}, "最多 60 字"),
        ({"contents": []}, "请至少选一项"),
        ({"key": "network-integrity@None"}, "没有这个宣传节点"),
        ({"department": "health"}, "您没有为这个单位"),
        ({"place": "打13800001234"}, "不要写证件号码或者电话"),
        ({"partners": ["nobody"]}, "nobody"),
    ],
)
def test_a_wrong_arrangement_comes_back_whole(cast: Cast, changes: dict[str, object], says: str) -> None:
    with clock.at(DAY):
        answer = browser(cast.organiser).post("/desk/campaigns/new/", typed(**changes))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    if "title" not in changes:
        assert "宪法日信用宣传" in shown
    assert not Campaign.objects.exists()


def test_a_wrong_report_comes_back_whole(cast: Cast) -> None:
    row = make.arranged(cast)
    wrong = {"held_on": "昨天", "summary": "找 13800001234", "reached": "很多", "place": "礼堂",
             "contents": ["typical-cases"], "links": "http://example.com", "seen": 1}  # fmt: skip
    answer = browser(cast.organiser).post(f"/desk/campaigns/{row.pk}/report/", wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    for says in ("日期请写成", "不要写证件号码或者电话", "请写整数", "请确认已经隐去", "https:// 开头"):
        assert says in shown
    row.refresh_from_db()
    assert row.status == "planned"


def test_an_out_of_date_report_is_answered_in_words(cast: Cast) -> None:
    row = make.held(cast)
    said = {"held_on": clock.today(), "summary": "更正。", "place": "礼堂", "contents": ["knowledge"], "seen": "1"}
    answer = browser(cast.organiser).post(f"/desk/campaigns/{row.pk}/report/", said)
    assert answer.status_code == 409
    assert "内容已变更" in answer.content.decode()


def test_a_cancelled_campaign_takes_no_report(cast: Cast) -> None:
    client, row = browser(cast.organiser), make.arranged(cast)
    assert client.post(f"/desk/campaigns/{row.pk}/cancel/", {"opinion": "", "seen": 1}).status_code == 422
    assert client.post(f"/desk/campaigns/{row.pk}/cancel/", {"opinion": "场地维修", "seen": 1}).status_code == 302
    assert "场地维修" in page(client, f"/desk/campaigns/{row.pk}/")
    assert page(client, f"/desk/campaigns/{row.pk}/report/", 409)
    assert page(client, f"/desk/campaigns/{row.pk}/cancel/", 409)


def test_no_campaign_is_one_click_on_the_calendar(cast: Cast) -> None:
    client = browser(cast.organiser)
    with clock.at(DAY):
        body = {"department": "education", "key": CHOICE}
        assert client.post("/desk/campaigns/none/", body).status_code == 302
        shown = page(client, "/desk/campaigns/")
        assert '<span class="st st--none">本节点无活动</span>' in shown
        assert client.post("/desk/campaigns/none/", {**body, "department": "health"}).status_code == 403
        answer = client.post("/desk/campaigns/none/", {"key": "x"}, follow=True)
        assert "请从日历上选择" in answer.content.decode()


def test_what_others_have_held_is_read_only_and_what_they_plan_is_not_there(cast: Cast) -> None:
    other = make.organiser("justice")
    planned, held = make.arranged(cast, other, title="普法安排"), make.held(cast, other, title="普法宣讲")
    client = browser(cast.organiser)
    shown = page(client, "/desk/campaigns/")
    assert "普法宣讲" in shown
    assert "普法安排" not in shown
    assert page(client, f"/desk/campaigns/{planned.pk}/", 404)
    assert "更正报告" not in page(client, f"/desk/campaigns/{held.pk}/")
    assert page(client, f"/desk/campaigns/{held.pk}/report/", 403)


def test_the_supervisor_sees_all_and_changes_nothing(cast: Cast) -> None:
    row = make.arranged(cast)
    client = browser(cast.supervisor)
    assert row.title in page(client, "/desk/campaigns/")
    assert "取消这次活动" not in page(client, f"/desk/campaigns/{row.pk}/")
    assert page(client, "/desk/campaigns/new/", 403)


def test_the_public_sees_what_was_held_newest_first_and_nobody_by_name(cast: Cast) -> None:
    make.arranged(cast, title="还没有办的")
    with clock.at(date(2026, 3, 1)):
        make.held(cast, title="早先办的")
    make.held(cast, title="刚刚办的", said={"summary": "甲<b>乙</b>", "reached": 90})
    shown = page(browser(None), "/campaigns/")
    assert shown.index("刚刚办的") < shown.index("早先办的")
    assert "还没有办的" not in shown
    assert "甲&lt;b&gt;乙" in shown
    assert "约 90 人参加" in shown
    assert cast.organiser.display_name not in shown


@pytest.mark.parametrize("year", ["2027", "2025", "x", "9999", "", "²⁰²⁶"])
def test_any_year_in_the_address_opens_a_calendar(cast: Cast, year: str) -> None:
    assert "年宣传日历" in page(browser(cast.organiser), f"/desk/campaigns/?year={year}")
