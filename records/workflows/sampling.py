"""抽查的办理: of a sheet of permits, titles or honours a seeded sample is looked at; one mistake ends the sampling."""

from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.law import clock
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState, noun
from records.models import CreditRecord, ImportBatch, Sample
from records.models.record import S
from records.rules import sampling
from records.workflows import many, opening, takes

DRAWN = register("sample.drawn", "抽取抽查件", duty="review_record")
JUDGED = register("sample.judged", "认定抽查结果", duty="review_record")
WHOLE_AT_ONCE = 500


def _locked(batch_id: int) -> ImportBatch:
    found: ImportBatch = (
        ImportBatch.objects.select_for_update(of=("self",)).select_related("item", "department").get(pk=batch_id)
    )
    return found


def _demand_duty(batch: ImportBatch, actor: User) -> None:
    if not actor.may("review_record", batch.department_id):
        raise PermissionDenied("您没有复核这一批的职责")
    if actor.pk in {batch.uploaded_by_id, batch.committed_by_id}:
        raise RuleBroken("上传人、确认人不能抽查自己的批次，请由另一人办理")
    takes.demand_free([batch], actor)


def _note(act: str, sample: Sample, actor: User, opinion: str) -> None:
    events.record(
        act=act,
        noun=noun(Sample),
        object_id=sample.pk,
        actor=actor,
        department=sample.batch.department.code,
        opinion=opinion,
        count=len(sample.drawn),
    )


def draw(*, batch_id: int, actor: User) -> Sample:
    """抽取: from what waits for review now, by a fresh seed that is kept. Once a sheet.

    Raises PermissionDenied, RuleBroken (adverse information is never sampled), WrongState, AlreadyDone.
    """
    with transaction.atomic():
        batch = _locked(batch_id)
        _demand_duty(batch, actor)
        if batch.item.adverse:
            raise RuleBroken("不利信息逐件核对，不抽查")
        if Sample.objects.filter(batch=batch).exists():
            raise AlreadyDone("这一批已经抽取过，请看抽中的几件")
        waiting = CreditRecord.objects.filter(row__batch=batch, status=S.SUBMITTED)
        numbers = sorted(waiting.values_list("number", flat=True))
        if not numbers:
            raise WrongState("这一批没有等待复核的记录")
        seed = sampling.fresh_seed()
        sample = Sample.objects.create(
            batch=batch,
            seed=seed,
            of=numbers,
            drawn=sampling.draw(seed, numbers),
            drawn_by=actor,
            drawn_on=clock.today(),
        )
        _note(DRAWN, sample, actor, f"{len(numbers)} 件中抽 {len(sample.drawn)} 件，种子 {seed}")
    return sample


def judge(
    *, batch_id: int, actor: User, wrong: Collection[str], opinion: str = "", reasons: Sequence[str] = ()
) -> Sample:
    """认定: every drawn record was opened by this reviewer. None wrong: the rest of the sheet is approved as a set.

    One wrong: it goes back to the clerk with its reasons, and every other record of the sheet is to be opened.
    Raises PermissionDenied, RuleBroken, WrongState, AlreadyDone, OpinionRefused.
    """
    with transaction.atomic():
        batch = _locked(batch_id)
        _demand_duty(batch, actor)
        sample = Sample.objects.select_for_update().filter(batch=batch).first()
        if sample is None:
            raise WrongState("这一批还没有抽取")
        if sample.judged_on is not None:
            raise AlreadyDone("这一批的抽查已经认定过")
        waiting = list(CreditRecord.objects.filter(number__in=sample.drawn, status=S.SUBMITTED))
        if opening.unopened(waiting, actor):
            raise RuleBroken("抽中的还没有全部在您的页面上打开过")
        if not set(wrong) <= {one.number for one in waiting}:
            raise WrongState("勾选的不在抽中的几件里，没有认定；请看最新情况")
        sample.wrong, sample.judged_by, sample.judged_on = sorted(wrong), actor, clock.today()
        sample.save()
        found = f"有差错 {len(sample.wrong)} 件，其余逐件核对" if sample.wrong else "没有发现差错"
        _note(JUDGED, sample, actor, f"抽查 {len(sample.of)} 件中的 {len(sample.drawn)} 件，{found}")
        if sample.wrong:
            seen = {one.pk: one.revision for one in waiting if one.number in sample.wrong}
            many.send_back(batch=batch, seen=seen, actor=actor, opinion=opinion, reasons=reasons)
        else:
            _approve_rest(batch, sample, actor)
    return sample


def _approve_rest(batch: ImportBatch, sample: Sample, actor: User) -> None:
    """Only what was there when the sample was drawn, and as it was then: what came later was in no sample."""
    rest = CreditRecord.objects.filter(row__batch=batch, status=S.SUBMITTED, number__in=sample.of, was_returned=False)
    seen = dict(rest.order_by("pk").values_list("pk", "revision"))
    words = f"抽查 {len(sample.drawn)} / {len(sample.of)} 件，种子 {sample.seed}，没有发现差错"
    for at in range(0, len(seen), WHOLE_AT_ONCE):
        part = dict(list(seen.items())[at : at + WHOLE_AT_ONCE])
        many.approve(batch=batch, seen=part, actor=actor, opinion=words)
