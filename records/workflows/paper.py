"""文书的制成和送达: set outside any transaction, kept as set, and served once with its proof."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from daoli_credit.accounts.models import Message, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.opinion import checked
from daoli_credit.law import clock
from daoli_credit.paper import sheet as paper
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from records import sealed_papers
from records.models import Paper, PaperConfirmation, PaperService
from records.models.record import Service
from records.papers import Matter

MADE = register("paper.made", "制成文书（PDF）")
SERVED = register("paper.served", "登记文书送达")


def handed(message: Message, page: paper.Sheet, matter: Matter, actor: User) -> tuple[Paper, bytes]:
    """取得文书: the bytes as they were first set, or set now and kept. Call it outside a transaction.

    The second and every later time the same bytes come out of the envelope. Raises paper.MissingGlyph; then nothing
    is kept.
    """
    kept = Paper.objects.filter(message=message).select_related("message").first()
    if kept is None:
        data = paper.pdf(page)
        kept = _keep(message, page, data, matter, actor)
    return kept, sealed_papers.opened(kept)


def _keep(message: Message, page: paper.Sheet, data: bytes, matter: Matter, actor: User) -> Paper:
    made = Paper(
        message=message,
        number=page.number,
        document_number=page.document_number,
        layout=paper.LAYOUT,
        made_on=clock.today(),
    )
    sealed_papers.seal(made, data)
    try:
        with transaction.atomic():
            made.save()
            events.record(
                act=MADE,
                noun=noun(Paper),
                object_id=made.pk,
                actor=actor,
                department=matter.department[1],
                root=bytes(made.digest),
            )
    except IntegrityError:
        return Paper.objects.select_related("message").get(message=message)  # set by somebody else a moment ago
    return made


def serve(
    *,
    paper_id: int,
    matter: Matter,
    actor: User,
    how: str,
    when: date,
    proof: str,
    confirmation: PaperConfirmation | None = None,
) -> PaperService:
    """登记送达: in one of the ways of 行政处罚法 61, with its proof. Once; electronically only with what was signed.

    Raises PermissionDenied, RuleBroken in words, AlreadyDone when the same was registered, OpinionRefused.
    """
    if not any(actor.may(verb, matter.department[0]) for verb in matter.source.serves):
        raise PermissionDenied("您没有登记这类文书送达的职责")
    if how not in Service.values or not how:
        raise RuleBroken("请选择送达方式")
    if not proof.strip():
        raise RuleBroken("请写明送达证明，例如送达回证编号、挂号信号码")
    with transaction.atomic():
        made = Paper.objects.select_for_update().get(pk=paper_id)
        if when < made.made_on:
            raise RuleBroken(f"送达日期不能早于制成日 {made.made_on}")
        if when > clock.today():
            raise RuleBroken(f"{when} 还没有到，送达以后再登记")
        served = PaperService.objects.filter(paper=made).first()
        if served is not None:
            if (served.how, served.served_on) == (how, when):
                raise AlreadyDone("送达已经登记好了")
            raise RuleBroken(f"已登记 {served.served_on} {served.get_how_display()}，不能改写")
        if how == Service.ELECTRONIC:
            if confirmation is None:
                raise RuleBroken("电子送达要有本人签过的确认书，请附上扫描件；没有的，请用别的方式送达")
            confirmation.save()
        served = PaperService.objects.create(
            paper=made,
            how=how,
            served_on=when,
            proof=checked(proof.strip()),
            registered_on=clock.today(),
            registered_by=actor,
        )
        events.record(
            act=SERVED, noun=noun(Paper), object_id=made.pk, actor=actor, department=matter.department[1],
            root=bytes(made.digest),
        )  # fmt: skip
    return served
