"""演示里的信用核查: found and answered for, found and owed, nothing found; a sheet that waits, one turned back."""

from daoli_credit.demo import checks, matters
from incentives.models import Check, CheckSet, Feedback
from incentives.selectors import check_counts
from incentives.selectors import checks as reading
from tests.cast import Cast


def test_every_kind_of_check_stands_in_the_demo(cast: Cast) -> None:
    matters.tell()
    checks.tell()
    assert Check.objects.count() == 6
    assert Feedback.objects.count() == 1
    assert reading.feedback_due(cast.clerk).count() == 1
    assert set(CheckSet.objects.values_list("status", flat=True)) == {"waiting", "wrong", "done"}
    assert reading.sets_to_approve(cast.reviewer).count() == 1
    (wrong,) = CheckSet.objects.filter(status="wrong")
    assert {one["title"] for one in wrong.problems} == {"没有申请编号", "证件号码校验位不符"}
    assert [one.says for one in check_counts.monthly_counts()] == ["少于 10", str(checks.LAST_MONTH)]
