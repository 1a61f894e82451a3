"""演示的措施任务: one to do, one done, one to be lifted, one lifted in time; rewards told of, given and declined."""

import random
from datetime import date

from daoli_credit.accounts.models import User
from daoli_credit.demo import listings, people
from daoli_credit.demo.story import identity
from daoli_credit.law import clock, workdays
from incentives.models import Listing, MeasureTask
from incentives.models.measure_task import T, Tasks
from incentives.selectors import measure_tasks
from incentives.workflows import benefiting, deciding, measure_pulling, measures
from records import identity as identities

BODY, SEED = "human-resources", 73
FUND_CASE = "创补〔{}〕33号"
OVER = ("作为依据的责令改正决定经复议被撤销。", "工资在决定前已经付清，复核后撤销列入。")


def _waiting(measure: str) -> Tasks:
    return MeasureTask.objects.filter(measure=measure, department__code=BODY, status=T.OPEN).order_by("pk")


def _open(measure: str) -> MeasureTask | None:
    """The first that its body may see."""
    return next((one for one in _waiting(measure) if measure_tasks.lacking(one) is None), None)


def _ended(office: listings.Office, serial: int, today: date, *, ago: int, lifted: bool) -> None:
    """Listed, limited, revoked some working days ago: what was applied is to be lifted, or was."""
    dice = random.Random(SEED + serial)  # noqa: S311  the same story every time
    begun, over = workdays.before(today, ago + 20).on, workdays.before(today, ago).on
    office.serial = 60 + serial
    listing = listings.play(office, people.invented(dice, 930 + serial), listings.EFFECTIVE, begun)
    listing = Listing.objects.get(pk=listing.pk)
    system, record = User.objects.system(), listing.record_id
    if record is None:
        raise RuntimeError("列入案件没有生效")
    with clock.at(workdays.due(begun, 1).on):
        measure_pulling.assign(record_id=record, actor=system, bodies={BODY: office.body})
        task = MeasureTask.objects.get(record=record, measure="m-wage-funds")
        number = f"哈里人社资〔{clock.today().year}〕{10 + serial}号"
        measures.apply(task_id=task.pk, actor=office.clerk, day=clock.today(), document=number)
    with clock.at(over):
        number = f"哈里人社撤〔{over.year}〕{160 + serial}号"
        deciding.revoke(listing_id=listing.pk, actor=office.decider, opinion=OVER[serial % 2], document=number)
        measure_pulling.settle(task_id=task.pk, actor=system)
    if lifted:
        with clock.at(workdays.due(over, 2).on):
            measures.lift(task_id=task.pk, actor=office.clerk, day=clock.today())


def _rewards(clerk: User, today: date) -> None:
    """林秀云 is told and may take it or leave it; to another it was given; a third says no, and nothing follows."""
    hers = identities.find(identity("linxiuyun").id_number)
    her = _waiting("r-startup").filter(record__subject=hers).first()
    if her:
        measures.offer(task_id=her.pk, actor=clerk, seen=her.revision, day=today)
    if task := _open("r-startup"):
        given = {"case_number": FUND_CASE.format(today.year), "opinion": "创业补贴优先受理，专人指引手续"}
        benefiting.give(task_id=task.pk, actor=clerk, seen=task.revision, day=today, **given)
    if task := _open("r-startup"):
        measures.declined(task_id=task.pk, actor=clerk, seen=task.revision, day=today)


def tell() -> int:
    """讲这一段. Returns how many tasks there are."""
    system, clerk, today = User.objects.system(), User.objects.get(username="xuwenjing"), clock.today()
    office = listings.Office()
    _ended(office, 1, today, ago=1, lifted=False)
    _ended(office, 2, today, ago=8, lifted=True)
    measure_pulling.assign_all(actor=system)
    if task := _open("m-wage-funds"):
        number = f"哈里人社资〔{today.year}〕1号"
        measures.apply(task_id=task.pk, actor=clerk, seen=task.revision, day=today, document=number)
    if task := _open("m-civil-service"):
        reason = "本期没有招录考察，待考察阶段核对。"
        measures.refuse(task_id=task.pk, actor=clerk, seen=task.revision, opinion=reason)
    _rewards(clerk, today)
    return MeasureTask.objects.count()
