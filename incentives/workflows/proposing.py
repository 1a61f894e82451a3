"""立案和告知: a case begins under a type in force, and the person is told before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, noun
from incentives.models import Listing
from incentives.models.status import S
from incentives.rules import as_record, contents, listable, period, route
from incentives.rules import grounds as footing
from incentives.workflows import telling
from incentives.workflows.stepping import stepping
from records import identity
from records.identity import Identity
from records.models import CatalogueItem, CreditRecord, Subject
from records.rules import intake
from records.rules.problem import Problem
from records.rules.values import document_number, typed_number
from records.workflows.content import LEFT


class NotAsARecord(RuleBroken):
    """案件内容不合归集规则: the record that would come of it would be refused; all problems at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("；".join(str(problem).rstrip("。") for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Grounds:
    """事由和依据, as the clerk wrote them."""

    reason: str
    legal_ground: str
    document: str
    authority_code: str
    record: CreditRecord | None = None


def _next_number(day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('incentives_number')")
        (value,) = cursor.fetchone()
    return f"LR{day.year}-{value:06d}"


def judged(code: str, who: Identity, grounds: Grounds, *, authority: str, today: date) -> intake.Checked:
    """核对: the record that this case would become if it were decided today. Raises NotAsARecord."""
    kind = pack.current().list_type(code)
    raw = as_record.raw(
        kind,
        who,
        authority=authority,
        authority_code=grounds.authority_code,
        reason=grounds.reason,
        legal_ground=grounds.legal_ground,
        today=today,
    )
    verdict = intake.check(kind.item, raw, today=today)
    if verdict.checked is None:
        raise NotAsARecord(verdict.problems)
    return verdict.checked


def _known_ground(department: Department, document: str, who: Subject | None) -> CreditRecord | None:
    """The department's own record of the document on which the case rests, where this register has it."""
    if who is None:
        return None
    own = CreditRecord.objects.filter(subject=who, department=department, document_number=document_number(document))
    return own.exclude(item__by_listing=True).order_by("-pk").first()


def propose(*, department: Department, list_type: str, who: Identity, grounds: Grounds, actor: User) -> Listing:
    """立案: by the deciding department's clerk, under a type that the law knows, with grounds in writing.

    Raises PermissionDenied, and RuleBroken for a type without basis (and where to turn), a person or a text that no
    record may hold, a number known under another name, or a case that already runs.
    """
    if not actor.may("propose_listing", department.pk):
        raise PermissionDenied("您没有为这个部门提出列入的职责")
    today = clock.today()
    if not department.in_use(today):
        raise RuleBroken(f"{department.name}已经停用，新的案件由承接部门立案")
    if why_not := listable.refusal(list_type, department.code, on=today):
        raise RuleBroken(why_not)
    if not grounds.document.strip():
        raise RuleBroken("请写明依据的文书号：没有已生效的文书，不能提出列入")
    checked = judged(list_type, who, grounds, authority=department.name, today=today)
    kind = pack.current().list_type(list_type)
    if (known := identity.find(checked.identity.id_number)) and known.left_on is not None:
        raise RuleBroken(LEFT)
    ground = grounds.record or _known_ground(department, grounds.document, known)
    if why_not := footing.refusal(ground, on=today):
        raise RuleBroken(why_not)
    try:
        with transaction.atomic():
            listing = Listing.objects.create(
                number=_next_number(today),
                list_type=list_type,
                path=listable.path(kind),
                edition=pack.current().edition,
                item=CatalogueItem.objects.get(code=kind.item),
                department=department,
                subject=identity.of(checked.identity),
                reason=str(checked.content["reason"]),
                legal_ground=str(checked.content["legal_ground"]),
                authority_code=str(checked.content["authority_code"]),
                ground_document=typed_number(grounds.document),
                ground_record=ground,
                proposed_by=actor,
                proposed_on=today,
            )
            events.record(
                act="listing.proposed",
                noun=noun(Listing),
                object_id=listing.pk,
                actor=actor,
                department=department.code,
                to_status=S.PROPOSED,
                revision=listing.revision,
            )
    except identity.OtherName as why:
        raise RuleBroken(f"{why}。请核对证件；确属更名或者登记有误的，请联系区信用办人工核对") from why
    except IntegrityError as why:
        if "one_running_case_per_person_and_list" in str(why):
            raise RuleBroken("对这个人已经有一件同类案件在办理，不能重复立案；请在名单程序里查看") from why
        raise
    return listing


def notify(
    *, listing_id: int, actor: User, seen: int | None = None, document: str, covers: Sequence[str] = ()
) -> Listing:
    """发出告知书: the bureau's own number, our text; from here on the person sees the case.

    `covers`: what the bureau's own document says, ticked one by one; RuleBroken names what is missing.
    """
    with stepping("notify", listing_id, actor=actor, seen=seen) as listing:
        if why_not := listable.refusal(listing.list_type, listing.department.code, on=clock.today()):
            raise RuleBroken(why_not)
        number = document_number(document)
        if not number:
            raise RuleBroken("请写明告知书的文号")
        if Listing.objects.filter(department=listing.department, notice_number=number).exists():
            raise RuleBroken(f"告知书文号 {number} 已经用在另一件上，请核对")
        if why_not := contents.refusal(listing, "notice", covers):
            raise RuleBroken(why_not)
        listing.notice_number, listing.noticed_on = number, clock.today()
        listing.notice_covers = contents.required(listing, "notice")
        listing.save()
        telling.notice(listing)
    return listing


def serve_notice(
    *,
    listing_id: int,
    actor: User,
    seen: int | None = None,
    service: str,
    day: date,
    proof: str,
    confirmed: bool = False,
    due_on: date | None = None,
    due_basis: str = "",
) -> Listing:
    """登记告知送达: how, when, with what proof; the answer period begins the day after.

    Raises AlreadyDone, and RuleBroken for a service that is none.
    """
    with stepping("serve-notice", listing_id, actor=actor, seen=seen) as listing:
        if listing.notice_served_on is not None or listing.noticed_on is None:
            raise AlreadyDone("告知书的送达已经登记过，不能再改")
        served = period.served_on(
            service, day, not_before=listing.noticed_on, today=clock.today(), proof=proof, confirmed=confirmed
        )
        window = period.answer_period(route.kind(listing), served, written=due_on, basis=due_basis)
        listing.notice_service, listing.notice_proof, listing.notice_served_on = service, proof.strip(), served
        listing.answer_due_on, listing.answer_due_basis = window.due_on, window.basis
        listing.answer_provisional, listing.transit_due_on = window.provisional, window.transit_due_on
        listing.save()
    return listing
