"""演示的人员和委托: made by the true acts, and what they promise the reader is there."""

from daoli_credit.accounts.models import Delegation, Department, Liaison, SharedLegal, User
from daoli_credit.accounts.selectors import duties
from daoli_credit.demo import staffing
from daoli_credit.law import clock
from tests.cast import Cast


def test_every_department_has_a_liaison_and_a_substitute_of_another_name(cast: Cast) -> None:
    assert staffing.tell() > Department.objects.count()  # some have changed theirs
    assert set(Liaison.objects.filter(until_on=None).values_list("department", flat=True)) == set(
        Department.objects.values_list("pk", flat=True)
    )


def test_the_list_of_rights_has_something_to_say_of_each_kind(cast: Cast) -> None:
    staffing.tell()
    found = duties.review()
    named = {one.user.username for one in found.unused + found.wide if one.user}
    assert {"zhonghua", "liujie", "wangtao", "yuanzheng"} <= named
    assert Delegation.objects.running(clock.today()).count() == 2
    assert SharedLegal.objects.running(clock.today()).count() == 1
    assert not User.objects.get(username="wutong").groups.exists()
    assert Department.objects.get(code="work-safety").successor == Department.objects.get(code="emergency")
