"""红的一面: the demo has one of each stage, 林秀云's by her own word, and a month of benefits that people received."""

from daoli_credit.demo import matters, redlist
from incentives.models import Benefit, Nomination
from incentives.models.nomination_status import S
from incentives.selectors import benefits
from tests.cast import Cast


def test_the_red_side_is_told_by_the_true_acts(cast: Cast) -> None:
    matters.tell()
    redlist.tell()
    assert set(Nomination.objects.values_list("status", flat=True)) == set(S.values)
    mine = Nomination.objects.about(cast.citizen.person_keys()).get()
    assert mine.status == S.EFFECTIVE
    assert sorted(Benefit.objects.about(cast.citizen.person_keys()).values_list("status", flat=True)) == [
        "received",
        "reported",
    ]
    assert max(month.count for month in benefits.by_month()) >= benefits.FEWEST
    assert not Nomination.objects.filter(status__in=[S.INVITED, S.REFUSED], subject__isnull=False).exists()
