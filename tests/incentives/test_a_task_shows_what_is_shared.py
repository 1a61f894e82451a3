"""任务看得到什么: a body that the law names sees a person only in a matter of its own in which the record is shared."""

import pytest
from django.urls import reverse

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken
from incentives.models import MeasureTask
from incentives.models.measure_task import T
from incentives.workflows import benefiting, measures, sharing
from records import identity as identities
from records.models import CreditRecord
from tests import make_honours, make_matters, make_measures
from tests.cast import Cast, browser, identity
from tests.make_measures import task


@pytest.fixture
def record(cast: Cast) -> CreditRecord:
    return make_measures.arrears(cast)


@pytest.fixture
def theirs(record: CreditRecord) -> MeasureTask:
    """The finance bureau's, because of a record of human resources that nobody shared with it."""
    return task(record, "m-wage-funds", "finance")


def test_a_record_that_is_not_shared_is_a_task_without_a_person(cast: Cast, theirs: MeasureTask) -> None:
    clerk, before = browser(make_measures.clerk_of("finance")), LookUp.objects.count()
    masked = identities.masked(theirs.record.subject)
    there = reverse("measure", args=[theirs.number])
    page = clerk.get(there).content.decode()
    for words in ("还没有获准查看区人社局", "拖欠农民工工资", "影响评估", 'href="/matters/gov-fund/"'):
        assert words in page, words
    make_matters.assess("gov-fund")
    page = clerk.get(there).content.decode()
    assert "请先申请共享授权" in page
    assert 'href="/desk/sharing/new/finance/gov-fund/human-resources/"' in page
    assert clerk.get("/desk/sharing/new/finance/gov-fund/human-resources/").status_code == 200
    for hidden in (masked.name, theirs.record.document_number, "查看完整身份", "反馈已实施"):
        assert hidden not in page, hidden
    rows = clerk.get("/desk/measures/?status=unseen").content.decode()
    assert "没有共享授权，看不到" in rows
    assert masked.name not in rows
    assert LookUp.objects.count() == before  # nobody was seen, so nobody is told of a look


def test_nothing_is_reported_of_somebody_who_may_not_be_seen(cast: Cast, theirs: MeasureTask) -> None:
    user = make_measures.clerk_of("finance")
    clerk = browser(user)
    facts = {"day": clock.today().isoformat(), "document": "哈里财〔2026〕1号", "seen": str(theirs.revision)}
    with pytest.raises(RuleBroken, match="还没有获准查看"):
        measures.refuse(task_id=theirs.pk, actor=user, opinion="没有业务")
    answer = clerk.post(reverse("measure-act", args=[theirs.number, "apply"]), facts)
    assert answer.status_code == 422
    assert "还没有获准查看" in answer.content.decode()
    assert "哈里财〔2026〕1号" in answer.content.decode()
    assert clerk.get(reverse("measure-act", args=[theirs.number, "apply"])).status_code == 409
    assert clerk.post(reverse("measure-reveal", args=[theirs.number]), {"purpose": "告诉本人"}).status_code == 409
    with pytest.raises(RuleBroken, match="还没有获准查看"):
        measures.apply(task_id=theirs.pk, actor=user, day=clock.today(), document="哈里财〔2026〕1号")
    theirs.refresh_from_db()
    assert theirs.status == T.OPEN


def test_once_it_is_shared_the_task_shows_what_was_agreed_and_no_more(cast: Cast, theirs: MeasureTask) -> None:
    user = make_measures.clerk_of("finance")
    row = make_matters.shared("gov-fund", "human-resources", "list-wage")
    clerk, there = browser(user), reverse("measure", args=[theirs.number])
    page = clerk.get(there).content.decode()
    assert theirs.record.document_number in page
    assert "反馈已实施" in page
    assert LookUp.objects.filter(case_number=theirs.number).count() == 1
    sharing.stop(sharing_id=row.pk, actor=make_matters.person("qianwei"), opinion="不再提供")
    page = clerk.get(there).content.decode()
    assert theirs.record.document_number not in page
    assert "还没有获准查看" in page


def test_a_column_that_was_not_agreed_is_not_shown(cast: Cast, theirs: MeasureTask) -> None:
    user = make_measures.clerk_of("finance")
    make_matters.shared("gov-fund", "human-resources", "list-wage", without=("document_number",))
    page = browser(user).get(reverse("measure", args=[theirs.number])).content.decode()
    assert "依据的记录" in page
    assert theirs.record.document_number not in page


def test_ones_own_records_need_no_sharing_and_of_two_matters_the_shared_one_is_taken(
    cast: Cast, record: CreditRecord
) -> None:
    mine = task(record, "m-wage-funds", "human-resources")
    page = browser(cast.wage_clerk).get(reverse("measure", args=[mine.number])).content.decode()
    assert mine.record.document_number in page
    make_matters.shared("startup-service", "youth-league", "honour-volunteer")
    honour = make_measures.honour()
    make_measures.pull()
    assert task(honour, "r-startup", "human-resources").matter == "startup-service"


def test_what_has_to_be_lifted_is_lifted_also_without_a_sharing(cast: Cast, theirs: MeasureTask) -> None:
    user = make_measures.clerk_of("finance")
    row = make_matters.shared("gov-fund", "human-resources", "list-wage")
    theirs = make_measures.applied(theirs, user)
    sharing.stop(sharing_id=row.pk, actor=make_matters.person("qianwei"), opinion="不再提供")
    page = browser(user).get(reverse("measure", args=[theirs.number])).content.decode()
    assert "反馈已解除" in page
    assert measures.lift(task_id=theirs.pk, actor=user, day=clock.today()).status == T.LIFTED


def test_a_benefit_is_not_asked_for_by_number_where_no_honour_is_shared(cast: Cast) -> None:
    make_measures.honour()
    facts = benefiting.Given(*make_honours.BENEFIT, "就业服务〔2026〕1号", clock.today())
    number = identity("linxiuyun").id_number
    with pytest.raises(RuleBroken, match="还没有获准查看荣誉信息"):
        benefiting.report(department=cast.wages, given=facts, id_number=number, actor=cast.wage_clerk)
    assert not LookUp.objects.filter(matter="employment-service").exists()
