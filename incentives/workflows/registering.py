"""登记: what a court or another body decided is registered once, with its document, and confirmed by a second person.

Nothing is pushed from here: these lists travel by the deciding body's own channel (design.md §4).
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.acts import register as register_act
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, noun, taking
from incentives.models import Registration, RegistrationPaper, RegistrationSight
from incentives.models.registration import R
from incentives.models.status import MATTER
from incentives.rules import registrable
from incentives.workflows import registration_letters as letters
from incentives.workflows.registration_facts import Facts, demand_whole, judged
from records import identity
from records.identity import Identity
from records.models import Attachment, CatalogueItem
from records.models.attachment import Paper
from records.rules.values import typed_number
from records.workflows import listed
from records.workflows.content import LEFT
from records.workflows.from_case import Case

PROPOSE, DECIDE = department("propose_listing"), department("decide_listing")
WAITS = frozenset({R.REGISTERED})
STEPS = {
    "confirm": Step("registration.confirmed", "核对文书，确认登记", WAITS, R.EFFECTIVE, DECIDE),
    "return": Step("registration.returned", "退回登记", WAITS, R.RETURNED, DECIDE, opinion=True),
    "withdraw": Step("registration.withdrawn", "撤回登记", WAITS, R.RETURNED, PROPOSE, opinion=True),
    "cancel": Step("registration.cancelled", "撤销登记", frozenset({R.EFFECTIVE}), R.CANCELLED, DECIDE, opinion=True),
}
REGISTERED = register_act("registration.made", "登记", duty="propose_listing")
SEEN = register_act("registration.document-seen", "打开登记的文书")


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_registration_number')")
        (value,) = cursor.fetchone()
    return f"DJ{day.year}-{value:06d}"


def register(
    *, department: Department, list_type: str, who: Identity, facts: Facts, document: Attachment | None, actor: User
) -> Registration:
    """登记: by the deciding body's own clerk or liaison, with the document attached.

    Raises PermissionDenied, OpinionRefused, NotAsARecord, AlreadyDone for the same document and person, and RuleBroken
    for a type that is not registered here, for what is missing, and for a number known under another name.
    """
    if not actor.may("propose_listing", department.pk):
        raise PermissionDenied("您没有为这个单位登记名单的职责")
    today = clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}已经停用，新的登记由承接单位办理")
    if why_not := registrable.refusal(list_type, department.code, on=today):
        raise RuleBroken(why_not)
    demand_whole(facts)
    if document is None:
        raise RuleBroken("请附上决定文书；没有文书的不能登记")
    checked = judged(list_type, who, facts)
    kind = pack.current().list_type(list_type)
    if (known := identity.find(checked.identity.id_number)) and known.left_on is not None:
        raise RuleBroken(LEFT)
    try:
        with transaction.atomic():
            made = Registration.objects.create(
                number=_next_number(today),
                list_type=kind.code,
                procedure=kind.procedure,
                edition=pack.current().edition,
                item=CatalogueItem.objects.get(code=kind.item),
                department=department,
                subject=identity.of(checked.identity),
                document_number=typed_number(facts.document_number),
                decided_on=facts.decided_on,
                authority=facts.authority.strip(),
                authority_code=facts.authority_code.strip(),
                legal_ground=facts.legal_ground.strip(),
                reason=facts.reason.strip(),
                particulars=dict(facts.particulars or {}),
                told_on=facts.told_on,
                told_how=facts.told_how,
                told_proof=facts.told_proof.strip(),
                remedy=facts.remedy.strip(),
                removal=facts.removal.strip(),
                term_end=facts.term_end,
                term_basis=facts.term_basis.strip(),
                document_digest=document.digest,
                registered_by=actor,
                registered_on=today,
            )
            RegistrationPaper.objects.create(
                registration=made,
                token=document.token,
                format=document.format,
                size=document.size,
                digest=document.digest,
                envelope=document.envelope,
            )
            events.record(
                act=REGISTERED,
                noun=noun(Registration),
                object_id=made.pk,
                actor=actor,
                department=department.code,
                to_status=R.REGISTERED,
                revision=made.revision,
            )
    except identity.OtherName as why:
        raise RuleBroken(f"{why}。请核对证件；确属更名或者登记有误的，请联系区信用办人工核对") from why
    except IntegrityError as why:
        if "one_standing_registration_per_document_and_person" in str(why):
            raise AlreadyDone("这份文书对这个人已经登记过，不用重复登记；请在名单登记里查看") from why
        raise
    return made


@transaction.atomic
def see(*, registration_id: int, actor: User) -> None:
    """打开文书: whoever is to confirm has seen the decision itself. Harmless twice."""
    made = Registration.objects.select_for_update(of=("self",)).get(pk=registration_id)
    if made.status != R.REGISTERED or RegistrationSight.objects.filter(registration=made, by=actor).exists():
        return
    RegistrationSight.objects.create(registration=made, by=actor, on=clock.today())
    events.record(
        act=SEEN,
        noun=noun(Registration),
        object_id=made.pk,
        actor=actor,
        department=made.department.code,
        from_status=made.status,
        to_status=made.status,
        revision=made.revision,
    )


def confirm(*, registration_id: int, actor: User, seen: int | None = None) -> Registration:
    """确认登记: by another than the registrar, who has opened the document; the record is made in the same moment.

    Raises RuleBroken for the registrar, for a document unseen, and for a type that is not registered here now.
    """
    today = clock.today()
    with taking(STEPS["confirm"], Registration, registration_id, actor=actor, seen=seen) as made:
        if actor.pk == made.registered_by_id:
            raise RuleBroken("确认人不能是登记人，请由另一人对照文书确认")
        if why_not := registrable.refusal(made.list_type, made.department.code, on=today):
            raise RuleBroken(why_not)
        if not RegistrationSight.objects.filter(registration=made, by=actor).exists():
            raise RuleBroken("请先打开登记的文书看过，再确认；没有看过文书的不能确认")
        look = events.look_up(
            actor=actor,
            person_key=made.person_keys()[0],
            matter=MATTER,
            case_number=made.number,
            purpose="确认登记，产生信用记录",
            shown=["listing", "identity"],
            department=made.department.code,
        )
        facts = Facts(**{name: getattr(made, name) for name in Facts.__dataclass_fields__})
        checked = judged(made.list_type, identity.reveal(made.subject, because=look), facts)
        made.confirmed_by, made.confirmed_on = actor, today
        made.save()
        case = Case(made.department, made.subject, made.registered_by, actor, made.number)
        paper = made.paper
        document = Attachment(
            token=paper.token,
            paper=Paper.DECISION,
            format=paper.format,
            size=paper.size,
            digest=paper.digest,
            envelope=paper.envelope,
            added_by=made.registered_by,
        )
        made.record = listed.take_effect(case=case, checked=checked, actor=actor, step="confirm", paper=document)
        paper.delete()
        made.revision += 1
        letters.confirmed(made)
    return made


def _send_back(name: str, registration_id: int, actor: User, opinion: str, seen: int | None) -> Registration:
    with taking(STEPS[name], Registration, registration_id, actor=actor, opinion=opinion, seen=seen) as made:
        if name == "return" and actor.pk == made.registered_by_id:
            raise RuleBroken("登记人自己要改的，请撤回登记，再重新登记")
        made.returned_by, made.returned_on = actor, clock.today()
        made.returned_why = without_numbers(opinion.strip())
        made.save()
        made.paper.delete()  # nothing of a document is kept that came to nothing
        made.revision += 1
    return made


def send_back(*, registration_id: int, actor: User, opinion: str, seen: int | None = None) -> Registration:
    """退回登记: it does not agree with its document. Nothing has been told to anybody; it is registered anew."""
    return _send_back("return", registration_id, actor, opinion, seen)


def withdraw(*, registration_id: int, actor: User, opinion: str, seen: int | None = None) -> Registration:
    """撤回登记, by the registering side, before it is confirmed."""
    return _send_back("withdraw", registration_id, actor, opinion, seen)


def cancel(*, registration_id: int, actor: User, opinion: str, seen: int | None = None, document: str) -> Registration:
    """撤销登记: the deciding body has annulled or corrected its decision; the record ends in the same moment.

    Raises RuleBroken without the number of the annulling document.
    """
    with taking(STEPS["cancel"], Registration, registration_id, actor=actor, opinion=opinion, seen=seen) as made:
        if not document.strip():
            raise RuleBroken("请写明决定机关撤销或者更正的文书号")
        if made.record is not None and made.record.status != "ended":
            listed.revoke(record_id=made.record.pk, actor=actor, opinion=opinion)
            made.record.refresh_from_db()
        made.cancelled_by, made.cancelled_on = actor, clock.today()
        made.cancel_number, made.cancelled_why = typed_number(document), without_numbers(opinion.strip())
        made.save()
        made.revision += 1
        letters.cancelled(made)
    return made
