"""取办、放回、改派: one person at a time holds what waits for review; everybody else sees who, and cannot act on it.

Order of locks: the record or the sheet, then its take.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from daoli_credit import questions
from daoli_credit.accounts.access import holders
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock, workdays
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState, noun
from records.models import CreditRecord, ImportBatch, Take
from records.models.batch import B
from records.models.record import S
from records.models.take import HowOver

TAKEN = register("review.taken", "取办复核", duty="review_record")
GIVEN_BACK = register("review.given-back", "放回待复核", duty="review_record")
REASSIGNED = register("review.reassigned", "改派复核", duty="assign_review")
RELEASED = register("review.released", "取办逾期，释放")
KEPT = 2  # working days after the day of taking; a rule of this portal, not of law (docs/review.md)

Work = CreditRecord | ImportBatch


def _locked(work: Work) -> Work:
    rows = type(work)._default_manager.select_for_update(of=("self",))
    found: Work = rows.select_related("department").get(pk=work.pk)
    return found


def _of(work: Work) -> Q:
    return Q(record=work.pk) if isinstance(work, CreditRecord) else Q(batch=work.pk)


def _mine(work: Work) -> set[int | None]:
    if isinstance(work, CreditRecord):
        return {work.entered_by_id, work.submitted_by_id}
    return {work.uploaded_by_id, work.committed_by_id}


def _waits(work: Work) -> bool:
    if isinstance(work, CreditRecord):
        return work.status == S.SUBMITTED
    return work.status == B.COMMITTED and CreditRecord.objects.filter(row__batch=work, status=S.SUBMITTED).exists()


@questions.prepared
def _of_record(record: int, today: date) -> QuerySet[Take]:
    return Take.objects.filter(record=record).running(today).select_related("taker").order_by("-pk")[:1]


@questions.prepared
def _of_sheet(batch: int, today: date) -> QuerySet[Take]:
    return Take.objects.filter(batch=batch).running(today).select_related("taker").order_by("-pk")[:1]


def running(work: Work) -> Take | None:
    """谁在办, or None."""
    ask = _of_record if isinstance(work, CreditRecord) else _of_sheet
    return next(iter(ask(work.pk, clock.today())), None)


def _note(act: str, work: Work, actor: User, opinion: str = "") -> None:
    events.record(
        act=act,
        noun=noun(type(work)),
        object_id=work.pk,
        actor=actor,
        department=work.department.code,
        opinion=opinion,
        revision=work.revision,
    )


def _over(work: Work, how: HowOver) -> None:
    Take.objects.filter(_of(work), over=HowOver.RUNNING).update(over=how, over_on=clock.today())


def _release_stale(work: Work) -> None:
    """A stale take keeps nobody away; it is written down as over when the next one comes."""
    if Take.objects.filter(_of(work), over=HowOver.RUNNING, until__lt=clock.today()).exists():
        _over(work, HowOver.STALE)
        _note(RELEASED, work, User.objects.system())


def _make(work: Work, taker: User, assigned_by: User | None = None) -> Take:
    return Take.objects.create(
        record=work if isinstance(work, CreditRecord) else None,
        batch=work if isinstance(work, ImportBatch) else None,
        taker=taker,
        assigned_by=assigned_by,
        taken_on=clock.today(),
        until=workdays.due(clock.today(), KEPT).on,
    )


def _demand_reviewable(work: Work) -> None:
    if not _waits(work):
        raise WrongState("这一件已经不在等待复核，请看最新情况")


def take(*, work: Work, actor: User) -> Take:
    """取办: by whoever may review it; nobody takes what they entered or reported.

    Raises PermissionDenied, WrongState while another has it, AlreadyDone, RuleBroken.
    """
    with transaction.atomic():
        work = _locked(work)
        if not actor.may("review_record", work.department_id):
            raise PermissionDenied("您没有复核这一件的职责")
        _demand_reviewable(work)
        if actor.pk in _mine(work):
            raise RuleBroken("这是您录入或者报送的，请由另一人取办")
        if (held := running(work)) is not None:
            if held.taker_id == actor.pk:
                raise AlreadyDone("这一件已经在您手里")
            raise WrongState(f"{held.taker}已经取办这一件；要换人的，请复核组长改派")
        _release_stale(work)
        made = _make(work, actor)
        _note(TAKEN, work, actor)
    return made


def give_back(*, work: Work, actor: User) -> None:
    """放回: by the one who has it. Raises WrongState when another has it, AlreadyDone when nobody has."""
    with transaction.atomic():
        work = _locked(work)
        held = running(work)
        if held is None:
            raise AlreadyDone("这一件没有人取办")
        if held.taker_id != actor.pk:
            raise WrongState(f"这一件在{held.taker}手里，只有取办人可以放回")
        _over(work, HowOver.GIVEN_BACK)
        _note(GIVEN_BACK, work, actor)


def candidates(work: Work) -> list[User]:
    """可以改派给谁: who may review it and has neither entered nor reported it."""
    return [user for user in holders("review_record", work.department_id) if user.pk not in _mine(work)]


def reassign(*, work: Work, actor: User, to: int, opinion: str) -> Take:
    """改派: by whoever may assign, to somebody who may review it, with a reason.

    Raises PermissionDenied, WrongState, AlreadyDone, RuleBroken, OpinionRefused.
    """
    with transaction.atomic():
        work = _locked(work)
        if not actor.may("assign_review", work.department_id):
            raise PermissionDenied("您没有“改派复核”这项职责")
        _demand_reviewable(work)
        taker = next((user for user in candidates(work) if user.pk == to), None)
        if taker is None:
            raise RuleBroken("请选择可以复核这一件的人；录入人、报送人不能复核")
        if not opinion.strip():
            raise RuleBroken("请写明改派的原因")
        held = running(work)
        if held is not None and held.taker_id == taker.pk:
            raise AlreadyDone(f"这一件已经在{taker}手里")
        _release_stale(work)
        _over(work, HowOver.REASSIGNED)
        made = _make(work, taker, actor)
        _note(REASSIGNED, work, actor, opinion.strip())
    return made


def demand_free(works: Collection[Work], actor: User) -> None:
    """没有别人在办: nobody acts on what another has in hand. Called with the rows locked. Raises WrongState."""
    records = [one.pk for one in works if isinstance(one, CreditRecord)]
    batches = [one.pk for one in works if isinstance(one, ImportBatch)]
    others = Take.objects.filter(Q(record__in=records) | Q(batch__in=batches)).exclude(taker=actor)
    if held := others.running(clock.today()).select_related("taker").first():
        raise WrongState(f"{held.taker}已经取办这一件；要换人的，请复核组长改派")


def done(records: Collection[int]) -> None:
    """办完: what was decided is in nobody's hand any more."""
    running_ones = Take.objects.filter(record__in=records, over=HowOver.RUNNING)
    running_ones.update(over=HowOver.DONE, over_on=clock.today())
