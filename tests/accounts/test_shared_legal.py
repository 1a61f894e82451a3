"""共享法制审核: a small bureau's legal review by a person of another department, to a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts.models import SharedLegal, User
from daoli_credit.accounts.workflows import granting, people
from daoli_credit.audit.models import Event
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken
from tests.cast import Cast, browser

MONTH = timedelta(days=30)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def share(cast: Cast, **changes: Any) -> SharedLegal:
    facts: dict[str, Any] = {
        "user_id": cast.legal.pk, "department": cast.tourism, "from_on": clock.today(),
        "until_on": clock.today() + MONTH, "reason": "区旅游局没有法制审核人员",
        "actor": cast.security_officer, **changes,
    }  # fmt: skip
    return granting.share_legal(**facts)


def test_it_works_on_its_days_and_ends_by_itself(cast: Cast) -> None:
    share(cast)
    user = again(cast.legal)
    assert user.departments("legal_review") == {cast.wages.pk, cast.tourism.pk}
    assert user.departments("decide_listing") == frozenset()
    assert user.departments("view_records") == frozenset()
    with clock.at(clock.today() + MONTH):
        assert again(cast.legal).may("legal_review", cast.tourism.pk)
    with clock.at(clock.today() + MONTH + timedelta(days=1)):
        assert again(cast.legal).departments("legal_review") == {cast.wages.pk}
    assert Event.objects.get(act="legal-share.granted").department == "tourism"


def test_only_the_security_officer_grants_it(cast: Cast) -> None:
    for actor in (cast.system_officer, cast.audit_officer, cast.legal, cast.supervisor):
        with pytest.raises(PermissionDenied):
            share(cast, actor=actor)


def test_it_is_given_only_by_a_legal_officer_to_another_department(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="不是法制审核人员"):
        share(cast, user_id=cast.clerk.pk)
    with pytest.raises(RuleBroken, match="授予“法制审核”角色"):
        share(cast, department=cast.wages)
    with pytest.raises(RuleBroken, match="一年"):
        share(cast, until_on=clock.today() + timedelta(days=400))
    with pytest.raises(RuleBroken, match="起止日期"):
        share(cast, until_on=clock.today() - MONTH)
    with pytest.raises(RuleBroken, match="为什么"):
        share(cast, reason="")


def test_twice_the_same_is_once_and_overlapping_is_said(cast: Cast) -> None:
    share(cast)
    with pytest.raises(AlreadyDone):
        share(cast)
    with pytest.raises(RuleBroken, match="已有登记"):
        share(cast, until_on=clock.today() + MONTH * 2)
    assert SharedLegal.objects.count() == 1


def test_it_ends_early_at_once(cast: Cast) -> None:
    one = share(cast)
    client = browser(cast.security_officer)
    for _ in range(2):
        assert client.post(f"/desk/legal-shares/{one.pk}/end/").status_code == 302
    assert again(cast.legal).departments("legal_review") == {cast.wages.pk}
    assert Event.objects.filter(act="legal-share.ended").count() == 1


def test_a_leaver_takes_no_share_along(cast: Cast) -> None:
    share(cast)
    people.close(user_id=cast.legal.pk, why="离职", actor=cast.system_officer)
    assert SharedLegal.objects.get().ended_by == cast.system_officer


def test_the_form_says_what_is_wrong_and_keeps_the_rest(cast: Cast) -> None:
    client = browser(cast.security_officer)
    address = f"/desk/people/{cast.legal.pk}/legal/"
    assert client.get(address).status_code == 200
    typed = {"department": "tourism", "from_on": clock.today(), "until_on": "2020-01-01", "reason": "没有法制审核人员"}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "止日不能早于起日" in answer.content.decode()
    assert "没有法制审核人员" in answer.content.decode()
    assert client.post(address, {**typed, "until_on": clock.today() + MONTH}).status_code == 302
    html = client.get("/desk/departments/tourism/").content.decode()
    assert "高远" in html
