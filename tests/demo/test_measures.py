"""措施的一面: the demo has a task to do, one done, one to be lifted and one lifted in time; rewards at each stage."""

from daoli_credit.demo import listings, matters, measures, redlist
from daoli_credit.law import clock
from incentives.models import Benefit, MeasureTask
from incentives.models.measure_task import T
from incentives.selectors import measure_figures, measure_tasks
from tests import make_assessments
from tests.cast import Cast


def test_every_state_of_a_measure_stands_in_the_demo(cast: Cast) -> None:
    make_assessments.list_type("wage-arrears")
    listings.tell()
    matters.tell()
    redlist.tell()
    measures.tell()
    mine = MeasureTask.objects.filter(department__code="human-resources")
    limits = set(mine.exclude(sign="reward").values_list("status", flat=True))
    assert limits >= {T.OPEN, T.APPLIED, T.NOT_APPLIED, T.TO_LIFT, T.LIFTED}
    assert set(mine.filter(sign="reward").values_list("status", flat=True)) >= {T.OFFERED, T.GIVEN, T.DECLINED, T.OPEN}
    assert Benefit.objects.filter(case__isnull=False, task__isnull=False).exists()
    assert not MeasureTask.objects.filter(status=T.GIVEN, benefits__isnull=True).exists()
    (row,) = measure_figures.lifting(clock.today())
    assert (row.on_time, row.running, row.late) == (1, 1, 0)
    offered = mine.get(status=T.OFFERED)
    assert cast.citizen.is_person(offered.person_keys())
    assert any(measure_tasks.lacking(one) for one in MeasureTask.objects.filter(status=T.OPEN))
