"""许多小表合起来是一张大表: what one case asks about without a second person adds up, by sheets and one by one."""

from functools import partial

import pytest
from django.urls import reverse

from daoli_credit.accounts.models import User
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken
from incentives.models import CheckSet, MatterCase
from incentives.models.check_set import K
from incentives.workflows import checking, checking_sets
from tests import make_checks
from tests.cast import Cast, assemble, browser, identity
from tests.checks.test_check_a_sheet import HEAD, _number, looks, rows, run
from tests.together import together


@pytest.fixture
def opened(cast: Cast) -> MatterCase:
    return make_checks.case(cast)


def _agree(cast: Cast, one: CheckSet) -> CheckSet:
    checking_sets.approve(set_id=one.pk, actor=cast.reviewer, seen=one.revision)
    return checking_sets.run(set_id=one.pk, actor=User.objects.system())


def test_the_sheet_with_which_a_case_passes_the_matters_number_waits(cast: Cast, opened: MatterCase) -> None:
    assert pack.current().matters[opened.matter].batch_max == 50
    assert run(cast, opened, HEAD + rows(opened, 30)).status == K.DONE
    second = run(cast, opened, HEAD + rows(opened, 21, begin=30))
    assert (second.status, second.most, looks(opened)) == (K.WAITING, 20, 30)
    page = browser(cast.reviewer).get(reverse("check-set", args=[second.number])).content.decode()
    assert "以前没有经另一人同意核查的已有 30 名" in page
    assert _agree(cast, second).status == K.DONE
    assert looks(opened) == 51
    third = run(cast, opened, HEAD + rows(opened, 20, begin=60))
    assert third.status == K.DONE, "经第二人同意的不占这个数"


def test_one_by_one_and_sheets_are_counted_together(cast: Cast, opened: MatterCase) -> None:
    run(cast, opened, HEAD + rows(opened, 49))
    by = checking.By(user=cast.clerk)
    checking.check(case_id=opened.pk, number=_number(700), by=by)
    with pytest.raises(RuleBroken, match="逐名的和申请人表合计"):
        checking.check(case_id=opened.pk, number=_number(701), by=by)
    again = checking.check(case_id=opened.pk, number=_number(3), by=by)
    assert again.application == opened.case_number, "表上的人再核查一次，不是新的人"
    assert run(cast, opened, f"{HEAD}{opened.case_number}-Z,申请人,{_number(702)}\n").status == K.WAITING


def test_whoever_was_asked_about_alone_is_not_counted_twice_on_a_sheet(cast: Cast, opened: MatterCase) -> None:
    who = identity("linxiuyun")
    checking.check(case_id=opened.pk, number=who.id_number, by=checking.By(user=cast.clerk))
    line = f"{opened.case_number}-L,{who.name},{who.id_number}\n"
    assert run(cast, opened, HEAD + line + rows(opened, 49)).status == K.DONE


def test_two_sheets_at_once_count_each_other(committing_db: str) -> None:
    cast = assemble()
    opened = make_checks.case(cast)
    by, system = checking.By(user=cast.clerk), User.objects.system()
    made = [
        checking_sets.upload(case_id=opened.pk, name="x.csv", data=(HEAD + rows(opened, 40, begin=at)).encode(), by=by)
        for at in (0, 100)
    ]
    assert together(*(partial(checking_sets.run, set_id=one.pk, actor=system) for one in made)) == ["done", "done"]
    assert sorted(CheckSet.objects.values_list("status", flat=True)) == [K.DONE, K.WAITING]
    assert looks(opened) == 40


def test_the_second_person_reads_which_applications_they_agree_to(cast: Cast, opened: MatterCase) -> None:
    one = run(cast, opened, HEAD + rows(opened, 60))
    assert one.applications == [f"{opened.case_number}-{n:06d}" for n in (0, 1, 2, 3, 4, 55, 56, 57, 58, 59)]
    page = browser(cast.reviewer).get(reverse("check-set", args=[one.number])).content.decode()
    assert f"{opened.case_number}-000059" in page
    assert "对照本部门的受理名册" in page
    assert _number(0) not in page


def test_of_a_long_result_the_few_that_matter_are_one_tap_away(cast: Cast, opened: MatterCase) -> None:
    make_checks.ban(cast)
    who = identity("linxiuyun")
    last = f"{opened.case_number}-Z,{who.name},{who.id_number}\n"
    one = _agree(cast, run(cast, opened, HEAD + rows(opened, 230) + last))
    officer, address = browser(cast.clerk), reverse("check-set", args=[one.number])
    whole = officer.get(address).content.decode()
    assert f"{opened.case_number}-Z" not in whole, "在第二百行以后"
    assert "查到内容 <b>1</b>" in whole
    found = officer.get(address, {"show": "found"}).content.decode()
    assert f"{opened.case_number}-Z" in found
    assert f"{opened.case_number}-000000" not in found
    assert f"{opened.case_number}-000000" in officer.get(address, {"show": "nothing"}).content.decode()
