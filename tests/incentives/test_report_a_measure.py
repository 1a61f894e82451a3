"""反馈措施: by POST, by whom, on which day, with which reason; and what the person reads of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives.models import Listing, MeasureTask
from incentives.models.measure_task import T
from incentives.selectors import measure_figures
from incentives.workflows import deciding, measures
from records.models import CreditRecord
from records.workflows import repair as repair_acts
from tests import make_honours, make_measures, make_repairs
from tests.cast import Cast, browser, identity
from tests.make_measures import DOCUMENT, task


def _done() -> dict[str, str]:
    return {"day": clock.today().isoformat(), "document": DOCUMENT}


@pytest.fixture
def record(cast: Cast) -> CreditRecord:
    return make_measures.arrears(cast)


@pytest.fixture
def must(record: CreditRecord) -> MeasureTask:
    return task(record, "m-wage-funds", "human-resources")


@pytest.fixture
def may(record: CreditRecord) -> MeasureTask:
    return task(record, "m-key-supervision", "human-resources")


def _post(cast: Cast, row: MeasureTask, name: str, who: str = "wage_clerk", **typed: str) -> tuple[int, str]:
    typed.setdefault("seen", str(row.revision))
    answer = browser(getattr(cast, who)).post(reverse("measure-act", args=[row.number, name]), typed)
    row.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_a_must_is_reported_with_day_and_number_and_a_double_click_is_a_success(cast: Cast, must: MeasureTask) -> None:
    seen = str(must.revision)
    assert _post(cast, must, "apply", **_done())[0] == 302
    assert (must.status, must.applied_on, must.document_number) == (T.APPLIED, clock.today(), DOCUMENT)
    assert must.reported_by == cast.wage_clerk
    assert _post(cast, must, "apply", seen=seen, **_done())[0] == 302
    assert _post(cast, must, "refuse", seen=seen, opinion="没有业务")[0] == 409


def test_a_may_needs_its_reason_and_the_form_comes_back_filled_in(cast: Cast, may: MeasureTask) -> None:
    status, page = _post(cast, may, "apply", **_done())
    assert status == 422
    assert "裁量理由" in page
    assert DOCUMENT in page
    assert may.status == T.OPEN
    assert _post(cast, may, "apply", reason="同一单位一年内第二次欠薪", **_done())[0] == 302
    assert may.reason == "同一单位一年内第二次欠薪"


def test_a_wrong_day_or_number_is_refused_in_words_and_nothing_is_saved(cast: Cast, must: MeasureTask) -> None:
    for typed, says in (
        ({**_done(), "day": (clock.today() + timedelta(days=1)).isoformat()}, "还没有到"),
        ({**_done(), "day": (clock.today() - timedelta(days=1)).isoformat()}, "早于记录生效日"),
        ({**_done(), "day": "明天"}, "请写成 2026-03-05 这样的日期"),
        ({**_done(), "document": ""}, "请写明本单位实施措施的文书号"),
        ({**_done(), "document": "999999198803120028"}, "不要写证件号码"),
        ({**_done(), "reason": "电话 13800138000"}, "不要写证件号码或电话"),
    ):
        status, page = _post(cast, must, "apply", **typed)
        assert status == 422, typed
        assert says in page, typed
    assert _post(cast, must, "refuse", opinion="")[0] == 422
    assert _post(cast, must, "apply", seen="99", **_done())[0] == 409
    assert must.status == T.OPEN


def test_not_applying_says_why_and_may_still_become_applied(cast: Cast, must: MeasureTask) -> None:
    assert _post(cast, must, "refuse", opinion="没有申请过政府资金")[0] == 302
    assert must.status == T.NOT_APPLIED
    assert _post(cast, must, "apply", **_done())[0] == 302


def test_a_limit_is_not_given_and_a_reward_is_not_applied(cast: Cast, must: MeasureTask) -> None:
    given = {"day": clock.today().isoformat(), "case_number": "就业〔2026〕1号", "opinion": "招聘会专区"}
    assert _post(cast, must, "give", **given)[0] == 409
    assert _post(cast, must, "moot")[0] == 404
    make_measures.honour()
    make_honours.share()
    make_measures.pull()
    reward = MeasureTask.objects.get(measure="r-employment")
    assert _post(cast, reward, "apply", reason="理由", **_done())[0] == 409
    assert reward.status == T.OPEN
    assert _post(cast, reward, "offer", day=clock.today().isoformat())[0] == 302
    assert _post(cast, reward, "give", **given)[0] == 302
    assert reward.status == T.GIVEN
    assert "招聘会专区；收到没有，等您说" in browser(cast.citizen).get("/me/").content.decode()
    assert measure_figures.given() == "不足 10 项"


def test_nobody_else_reports_and_another_body_finds_nothing(cast: Cast, must: MeasureTask) -> None:
    assert _post(cast, must, "apply", who="clerk", **_done())[0] == 404
    assert _post(cast, must, "apply", who="decider", **_done())[0] == 403
    assert _post(cast, must, "apply", who="citizen", **_done())[0] == 403


def test_opening_a_task_is_a_look_in_its_matter_and_identity_needs_a_purpose(cast: Cast, must: MeasureTask) -> None:
    clerk, name = browser(cast.wage_clerk), identity("linxiuyun").name
    page = clerk.get(reverse("measure", args=[must.number])).content.decode()
    assert name not in page
    look = LookUp.objects.filter(case_number=must.number).latest("pk")
    assert (look.matter, look.department) == ("startup-fund", "human-resources")
    there = reverse("measure-reveal", args=[must.number])
    assert clerk.post(there, {}).status_code == 422
    assert name in clerk.post(there, {"purpose": "告诉本人"}).content.decode()
    assert "告诉本人" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_a_record_that_ended_shows_no_person_and_leaves_the_lifting(cast: Cast, must: MeasureTask) -> None:
    _post(cast, must, "apply", **_done())
    listing = Listing.objects.get(record=must.record)
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里撤〔2026〕1号")
    before = LookUp.objects.count()
    clerk = browser(cast.wage_clerk)
    page = clerk.get(reverse("measure", args=[must.number])).content.decode()
    assert must.record.document_number not in page
    assert "林" not in page
    assert clerk.post(reverse("measure-reveal", args=[must.number]), {"purpose": "告诉本人"}).status_code == 409
    assert LookUp.objects.count() == before
    make_measures.settle()
    must.refresh_from_db()
    assert "应解除" in clerk.get("/desk/measures/").content.decode()
    assert _post(cast, must, "lift", day=(clock.today() + timedelta(days=1)).isoformat())[0] == 422
    assert _post(cast, must, "lift", day=clock.today().isoformat())[0] == 302
    assert must.status == T.LIFTED


def test_nothing_is_applied_to_a_record_that_is_over_or_paused_before_the_task_is_called_back(
    cast: Cast, must: MeasureTask
) -> None:
    CreditRecord.objects.filter(pk=must.record_id).update(suspended_on=clock.today())
    assert "暂停提供" in _post(cast, must, "apply", **_done())[1]
    CreditRecord.objects.filter(pk=must.record_id).update(suspended_on=None)
    assert must.record.use_until is not None
    with clock.at(must.record.use_until + timedelta(days=1)):
        assert "记录已经终止" in _post(cast, must, "apply", **_done())[1]
    assert must.status == T.OPEN


def test_the_person_reads_article_body_end_and_report_and_what_goes_on_after_a_repair(cast: Cast) -> None:
    record = make_measures.guide(cast, ago=200)
    ban = task(record, "m-guide-ban")
    make_measures.applied(ban, cast.tour_clerk)
    mine = browser(cast.guide)
    page = mine.get(reverse("me-record", args=[record.number])).content.decode()
    for words in ("三年内不得重新申请导游证", "《中华人民共和国旅游法》第一百零三条", "反馈已实施", DOCUMENT):
        assert words in page
    repair = make_repairs.applied(cast, record, by=cast.guide)
    repair = repair_acts.accept(repair_id=repair.pk, actor=cast.tour_clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.tour_reviewer, seen=repair.revision)
    page = mine.get("/me/").content.decode()
    assert "依法继续（《中华人民共和国旅游法》第一百零三条）" in page


def test_a_body_may_lift_of_its_own_accord_and_the_figure_counts_only_what_was_owed(
    cast: Cast, must: MeasureTask, may: MeasureTask
) -> None:
    make_measures.applied(must, cast.wage_clerk)
    measures.lift(task_id=must.pk, actor=cast.wage_clerk, day=clock.today())
    assert measure_figures.lifting(clock.today()) == []
    make_measures.applied(may, cast.wage_clerk, reason="第二次欠薪")
    assert measure_figures.lifting(clock.today()) == []  # nothing rises with what is applied
    assert must.record.use_until is not None
    over = must.record.use_until + timedelta(days=1)
    with clock.at(over):
        make_measures.settle()
        (row,) = measure_figures.lifting(over)
        assert (row.on_time, row.running, row.late) == (0, 1, 0)
        late = over + timedelta(days=30)
        assert measure_figures.lifting(late)[0].late == 1
        assert browser(cast.supervisor).get("/supervision/measures/").status_code == 200


def test_what_waits_stands_on_the_desk_and_the_book_shows_what_may_never_be_limited(
    cast: Cast, must: MeasureTask
) -> None:
    assert 'href="/desk/measures/"' in browser(cast.wage_clerk).get("/desk/").content.decode()
    page = browser(None).get("/measures/").content.decode()
    assert page.index("永远不得限制") < page.index("限制政府资金支持") < page.index("许可重点服务")
    assert "入园、入学" in page
