"""共享授权的页面: three people, three departments, and every wrong answer comes back in words with nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from daoli_credit.law import clock
from incentives.models import Sharing
from incentives.models.sharing import H
from tests import make_matters
from tests.cast import Cast, browser

FUND = make_matters.FUND
NEW = reverse("sharing-new", args=["human-resources", FUND, "youth-league"])


def _typed(**changes: object) -> dict[str, object]:
    return {
        "items": ["honour-volunteer"],
        "fields_": ["document_number", "decided_on"],
        "duty": ["wage-regulation#48"],
        "purpose": "核对申请人的志愿服务荣誉，优先支持",
        "until": str(clock.today() + timedelta(days=300)),
        **changes,
    }


def _act(client: Client, row: Sharing, name: str, **typed: object) -> tuple[int, str]:
    row.refresh_from_db()
    answer = client.post(reverse("sharing-act", args=[row.number, name]), {"seen": row.revision, **typed})
    return answer.status_code, answer.content.decode()


def test_from_the_application_to_the_day_in_force(cast: Cast) -> None:
    make_matters.assess(FUND)
    clerk, other, office = (browser(one) for one in (cast.wage_clerk, make_matters.person("jiangbo"), cast.supervisor))
    assert "向团区委申请" in clerk.get(reverse("matter-desk")).content.decode()

    assert clerk.post(NEW, _typed()).status_code == 302
    row = Sharing.objects.get()
    assert row.fields == [
        "item_title", "document_number", "decided_on", "objection_mark", "own_statement", "source_and_time"
    ]  # fmt: skip
    assert row.number in other.get(reverse("sharing-list")).content.decode()
    assert "1<span" in other.get(reverse("desk")).content.decode()
    assert _act(other, row, "agree", items=["honour-volunteer"], fields_=["decided_on"])[0] == 302
    assert _act(office, row, "activate", until=str(clock.today() + timedelta(days=100)))[0] == 302

    row.refresh_from_db()
    assert row.is_active(clock.today())
    assert "document_number" not in row.agreed_fields
    assert "objection_mark" in row.agreed_fields
    assert "可以看，至" in clerk.get(reverse("matter-desk")).content.decode()
    assert "启用以来没有用过" in other.get(reverse("sharing-users")).content.decode()
    for client in (clerk, other, office):
        assert client.get(reverse("sharing", args=[row.number])).status_code == 200


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"items": ["penalty-food"]}, "本事项没有列这一项"),
        ({"items": []}, "请至少选择一项"),
        ({"fields_": ["penalty_kinds"]}, "本事项不显示这一栏"),
        ({"duty": ["food-safety-law#135"]}, "这一条不在本事项的依据里"),
        ({"duty": []}, "没有依据的，不能申请"),
        ({"purpose": " "}, "请写明用途"),
        ({"purpose": "核对999999198803120028"}, "不要写证件号码"),
        ({"until": "2020-01-01"}, "要在今天之后"),
        ({"until": "2099-01-01"}, "一次最多授权到"),
        ({"until": "明年"}, "这样的日期"),
    ],
)
def test_an_application_that_is_none_comes_back_filled_in(cast: Cast, changes: dict[str, object], says: str) -> None:
    answer = browser(cast.wage_clerk).post(NEW, _typed(**changes))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "decided_on" in answer.content.decode()
    assert not Sharing.objects.exists()


def test_a_matter_of_another_department_and_a_provider_that_provides_nothing_are_not_found(cast: Cast) -> None:
    client = browser(cast.wage_clerk)
    for where in (
        ("human-resources", "food-permit", "civility"),
        ("market-regulation", "food-permit", "civility"),
        ("human-resources", FUND, "health"),
    ):
        assert client.post(reverse("sharing-new", args=where), _typed()).status_code == 404


def test_a_second_application_while_one_runs_is_refused_with_its_number(cast: Cast) -> None:
    row = make_matters.asked(cast)

    answer = browser(cast.wage_clerk).post(NEW, _typed())

    assert answer.status_code == 422
    assert row.number in answer.content.decode()


def test_a_refusal_needs_its_reason_and_the_applicant_reads_it(cast: Cast) -> None:
    row, other = make_matters.asked(cast), browser(make_matters.person("jiangbo"))
    status, said = _act(other, row, "refuse", reason="", opinion="")
    assert (status, "请选择理由" in said, "请写明理由" in said) == (422, True, True)

    assert _act(other, row, "refuse", reason="not-needed", opinion="发放补贴用不到荣誉")[0] == 302

    page = browser(cast.wage_clerk).get(reverse("sharing", args=[row.number])).content.decode()
    assert "用不到，或者可以用别的材料代替" in page
    assert "发放补贴用不到荣誉" in page


def test_without_an_assessment_the_office_reads_what_is_missing(cast: Cast) -> None:
    row, office = make_matters.agreed(cast), browser(cast.supervisor)
    assert "没有在效的个人信息保护影响评估" in office.get(reverse("sharing", args=[row.number])).content.decode()

    status, said = _act(office, row, "activate", until=str(clock.today()))

    assert (status, "没有在效的个人信息保护影响评估" in said) == (422, True)
    row.refresh_from_db()
    assert row.status == H.AGREED


def test_a_stale_page_and_a_step_out_of_turn_are_409_in_words(cast: Cast) -> None:
    row, other = make_matters.asked(cast), browser(make_matters.person("jiangbo"))
    where = reverse("sharing-act", args=[row.number, "agree"])
    typed = {"items": row.items, "fields_": ["decided_on"]}

    assert other.post(where, {"seen": row.revision + 1, **typed}).status_code == 409
    assert other.post(where, {"seen": row.revision, **typed}).status_code == 302
    assert other.post(where, {"seen": row.revision, **typed}).status_code == 302  # a double click
    assert _act(other, row, "refuse", reason="barred", opinion="法律不准")[0] == 409


def test_whoever_has_no_part_in_it_does_not_find_it(cast: Cast) -> None:
    row = make_matters.asked(cast)
    for who in (cast.clerk, cast.reviewer, cast.other_reviewer):
        client = browser(who)
        assert client.get(reverse("sharing", args=[row.number])).status_code == 404
        assert row.number not in client.get(reverse("sharing-list")).content.decode()
    assert browser(cast.legal).get(reverse("sharing-list")).status_code == 403


def test_an_overdue_answer_is_shown_and_is_no_yes(cast: Cast) -> None:
    make_matters.assess(FUND)
    with clock.at(clock.today() - timedelta(days=60)):
        row = make_matters.asked(cast)

    page = browser(make_matters.person("jiangbo")).get(reverse("sharing", args=[row.number])).content.decode()

    assert "没有答复不当作同意" in page
    assert _act(browser(cast.supervisor), row, "activate", until=str(clock.today()))[0] == 409


def test_either_side_ends_it_with_a_reason_and_it_is_gone_at_once(cast: Cast) -> None:
    row, other = make_matters.active(cast), browser(make_matters.person("jiangbo"))
    assert _act(other, row, "stop", opinion="")[0] == 422
    assert Sharing.objects.active(clock.today()).exists()

    assert _act(other, row, "stop", opinion="荣誉名册整理，暂停提供")[0] == 302

    assert not Sharing.objects.active(clock.today()).exists()
    assert "还没有共享" in browser(cast.wage_clerk).get(reverse("matter-desk")).content.decode()


def test_a_renewal_begins_with_what_is_in_force(cast: Cast) -> None:
    row, clerk = make_matters.active(cast), browser(cast.wage_clerk)
    assert "申请续期" in clerk.get(reverse("sharing", args=[row.number])).content.decode()

    page = clerk.get(NEW).content.decode()

    assert row.purpose in page
    assert 'value="honour-volunteer" checked' in page or "checked" in page
