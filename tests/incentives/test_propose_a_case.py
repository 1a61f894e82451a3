"""立案: only under a list that the law knows, by the body that decides it, about somebody who may be a subject."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives.models import Listing
from incentives.rules import listable
from records.identity import Identity
from records.models import Subject
from records.rules.id_number import RESIDENT
from tests import make_listing
from tests.cast import Cast, browser, identity

NEW = "/desk/listings/new/human-resources/"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("debt-evasion", "“恶意逃废债务”不是法定名单.*人民法院"),
        ("illegal-fundraising", "“非法集资”不是法定名单"),
        ("traffic-violation-behaviour", "“交通违法”不是法定名单.*公安交通管理部门"),
        ("marriage", "“婚姻登记失信”不是法定名单.*区民政局"),
        ("court-dishonest", "由执行法院决定"),
        ("market-serious", "不由本部门"),
        ("no-such-list", "规则中没有"),
    ],
)
def test_what_is_no_list_of_this_department_is_refused_with_the_reason_and_where_to_turn(
    cast: Cast, code: str, says: str
) -> None:
    with pytest.raises(RuleBroken, match=says):
        make_listing.proposed(cast, list_type=code)
    answer = browser(cast.wage_clerk).post(f"{NEW}{code}/", {})
    assert answer.status_code == 422
    assert not Listing.objects.exists()
    assert not Subject.objects.exists()


def test_a_type_that_is_suspended_lists_nobody(cast: Cast) -> None:
    make_listing.suspend("lists", "wage-arrears")
    assert "不能列入" in listable.refusal("wage-arrears", "human-resources", on=clock.today())
    with pytest.raises(RuleBroken, match="已暂停"):
        make_listing.proposed(cast)


def test_a_case_under_way_stops_when_its_type_is_suspended(cast: Cast) -> None:
    listing = make_listing.go_on(cast, make_listing.answered(cast), "legal-reviewed")
    make_listing.suspend("lists", "wage-arrears")
    with pytest.raises(RuleBroken, match="已暂停"):
        make_listing.go_on(cast, listing, "decided")


def test_a_clerk_of_another_department_may_not_propose(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        make_listing.proposed(cast, actor=cast.clerk)
    with pytest.raises(PermissionDenied):
        make_listing.proposed(cast, actor=cast.decider)


def test_a_minor_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="未满十八周岁"):
        make_listing.proposed(cast, who=Identity("方小", RESIDENT, "999999201503120020"))
    assert not Subject.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id_number": "999999198803120029"}, "校验位不符"),
        ({"reason": "=HYPERLINK(1)"}, "公式"),
        ({"authority_code": "1"}, "统一社会信用代码"),
        ({"reason": ""}, "这个字段是必填项"),
        ({"document": ""}, "这个字段是必填项"),
    ],
)
def test_a_wrong_form_comes_back_whole(cast: Cast, changes: dict[str, str], says: str) -> None:
    who, grounds = identity("linxiuyun"), make_listing.GROUNDS
    typed = {
        "party_name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "reason": grounds.reason,
        "legal_ground": grounds.legal_ground,
        "document": grounds.document,
        "authority_code": grounds.authority_code,
    }
    answer = browser(cast.wage_clerk).post(f"{NEW}wage-arrears/", {**typed, **changes})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page or ("必" in says and "这个字段是必填项" in page)
    assert grounds.legal_ground in page
    assert not Listing.objects.exists()


def test_the_same_person_has_one_running_case_of_a_list(cast: Cast) -> None:
    make_listing.proposed(cast)
    with pytest.raises(RuleBroken, match="已经有一件同类案件"):
        make_listing.proposed(cast)


def test_a_number_known_under_another_name_is_refused(cast: Cast) -> None:
    make_listing.proposed(cast)
    with pytest.raises(RuleBroken, match="另一个姓名"):
        make_listing.proposed(cast, who=replace(identity("linxiuyun"), name="林秀"))


def test_the_path_is_the_types_own_and_says_the_edition(cast: Cast) -> None:
    listing = make_listing.proposed(cast)
    assert listing.path == listable.path(pack.current().list_type("wage-arrears"))
    assert listing.edition == pack.current().edition
