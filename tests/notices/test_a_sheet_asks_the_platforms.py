"""一张表问上级平台: everybody on it, a few at a time, after the answer of this register stands."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from incentives import asking
from incentives.asking import Question, Reply
from incentives.models import Check, CheckSet, InboundAnswer, InboundSource, MatterCase
from incentives.models.check_set import K
from incentives.models.inbound import Outcome
from incentives.selectors import check_sets
from incentives.workflows import checking, checking_sets, inbound, matter_case
from tests import make_inbound
from tests.cast import Cast, browser, identity
from tests.checks.test_check_a_sheet import HEAD, rows
from tests.sandbox.platform import Place

SAYS = {word.value: says for word, says in check_sets.ABOVE.items()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with make_inbound.above("hlj", tmp_path_factory.mktemp("above")) as running:
        yield running


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_inbound.case(cast)


def run(cast: Cast, opened: MatterCase, others: int) -> CheckSet:
    """A sheet of 顾长林, whom a court has listed, and of so many of whom nobody knows anything."""
    known = identity("guchanglin")
    text = f"{HEAD}{opened.case_number}-A1,{known.name},{known.id_number}\n{rows(opened, others)}"
    made = checking_sets.upload(case_id=opened.pk, name="x.csv", data=text.encode(), by=checking.By(user=cast.clerk))
    return checking_sets.run(set_id=made.pk, actor=User.objects.system())


def said(one: CheckSet) -> list[str]:
    return [line.above for line in check_sets.result(one)]


def test_everybody_on_the_sheet_is_asked_about_and_each_asking_is_logged(
    place: Place, settings: Settings, cast: Cast, opened: MatterCase
) -> None:
    make_inbound.connect(settings, url=place.url)
    one = run(cast, opened, 9)
    assert one.status == K.DONE
    assert said(one) == [SAYS["found"]] + [SAYS["nothing"]] * 9
    found = Check.objects.get(of_set=one, application__endswith="-A1")
    assert [answer.measure for answer in found.answers.filter(source="hlj")] == ["m-company-office"]
    asked = LookUp.objects.filter(case_number=opened.case_number, kind="look", purpose="向信用中国（黑龙江）查询")
    assert asked.count() == 10
    assert LookUp.objects.filter(case_number=opened.case_number, kind="look").count() == 20
    page = browser(cast.clerk).get(f"/desk/checks/sets/{one.number}/").content.decode()
    assert SAYS["found"] in page
    assert "未答复不等于没有" in page


def test_one_source_found_and_another_silent_reads_found_and_silent_alone_reads_unanswered(
    place: Place, settings: Settings, cast: Cast, opened: MatterCase
) -> None:
    make_inbound.connect(settings, url=place.url)
    make_inbound.connect(settings, code="hrb")  # nobody listens there
    assert said(run(cast, opened, 1)) == [SAYS["found"], SAYS["silent"]]


def test_no_more_at_once_than_the_platform_takes(
    settings: Settings, cast: Cast, opened: MatterCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_inbound.connect(settings, at_once="3")
    portions: list[int] = []

    def heard(questions: list[Question], within: float) -> list[Reply]:
        portions.append(len(questions))
        return [Reply(Outcome.ANSWERED) for _ in questions]

    monkeypatch.setattr(asking, "ask_all", heard)
    run(cast, opened, 7)
    assert portions == [3, 3, 2]


def test_a_platform_that_stopped_answering_is_left_alone_and_every_row_says_unanswered(
    settings: Settings, cast: Cast, opened: MatterCase
) -> None:
    make_inbound.connect(settings)
    one = run(cast, opened, 14)
    assert said(one) == [SAYS["silent"]] * 15
    outcomes = list(InboundAnswer.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["unreachable"] * 8 + ["paused"] * 7, "两次四名，连续五次没有答复以后不再问"
    assert InboundSource.objects.get().failures == 8
    looks = LookUp.objects.filter(case_number=opened.case_number, kind="look", shown=["inbound"])
    assert looks.count() == 8, "没有问的不记"


def test_a_case_closed_meanwhile_is_asked_about_no_more(
    settings: Settings, cast: Cast, opened: MatterCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_inbound.connect(settings, at_once="2")

    def closing(questions: list[Question], within: float) -> list[Reply]:
        if not closed:
            closed.append(matter_case.close(case_id=opened.pk, actor=cast.clerk, closed_on=clock.today()))
        return [Reply(Outcome.ANSWERED) for _ in questions]

    closed: list[MatterCase] = []
    monkeypatch.setattr(asking, "ask_all", closing)
    one = run(cast, opened, 5)
    assert said(one) == [SAYS["nothing"]] * 2 + [SAYS["silent"]] * 4


def test_a_worker_that_died_before_asking_leaves_everybody_unanswered_and_each_may_be_asked_again(
    place: Place, settings: Settings, cast: Cast, opened: MatterCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_inbound.connect(settings, url=place.url)

    def died(questions: list[Question], within: float) -> list[Reply]:
        raise KeyboardInterrupt

    monkeypatch.setattr(asking, "ask_all", died)
    with pytest.raises(KeyboardInterrupt):
        run(cast, opened, 1)
    one = CheckSet.objects.get()
    assert (one.status, said(one)) == (K.DONE, [SAYS["silent"]] * 2)
    monkeypatch.undo()
    check = Check.objects.get(of_set=one, application__endswith="-A1")
    inbound.ask_again(check_id=check.pk, number=identity("guchanglin").id_number, actor=cast.clerk)
    assert said(one) == [SAYS["found"], SAYS["silent"]]


def test_a_matter_that_asks_nobody_says_nothing_of_platforms(cast: Cast, opened: MatterCase) -> None:
    one = run(cast, opened, 1)
    assert said(one) == ["", ""]
    assert not Check.objects.exists()
