"""同一人认定和它的撤销: a pointer and nothing else. No record, key, letter or look is moved (docs/adr/0050)."""

from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.events import Actor
from daoli_credit.law import clock
from daoli_credit.workflow import RuleBroken, noun
from records.models import CreditRecord, IdentityCase, Subject
from records.models.identity_case import K, S
from records.models.revision import Kind
from records.workflows.revisions import append_revision

RETOLD = register("record.identity-settled", "按身份核定更新对外的身份")


def may_join(head: Subject, other: Subject) -> None:
    """可否认定. Raises RuleBroken in words."""
    if head.pk == other.pk or (head.same_as_id or head.pk) == (other.same_as_id or other.pk):
        raise RuleBroken("这两个号码在本系统已经是同一个人，不用再认定")
    if other.same_as_id is not None:
        raise RuleBroken("第二个号码已经认定与另一个号码是同一人；请先撤销那一次认定")
    if head.left_on is not None or other.left_on is not None:
        raise RuleBroken("其中一人已经退出，不能认定；请先核对是谁")
    if twice := _both_hold(head, other):
        numbers = "、".join(twice[:3])
        raise RuleBroken(
            f"两个号码名下有同一份文书的记录（{numbers}），请认定部门先更正或者撤回其中一条，再认定为同一人"
        )


def _both_hold(head: Subject, other: Subject) -> list[str]:
    def of(subject: Subject) -> dict[tuple[object, ...], str]:
        rows = CreditRecord.objects.filter(subject__in=subject.family()).exclude(status="ended")
        facts = rows.values_list("item_id", "department_id", "document_number", "determined_on", "number")
        return {tuple(fact): number for *fact, number in facts}

    mine, theirs = of(head), of(other)
    return [mine[fact] for fact in mine.keys() & theirs.keys()]


def join(case: IdentityCase, actor: Actor) -> None:
    """认定为同一人: from today the outside is told of both under the first number."""
    head, other = case.subject.standing(), _other(case)
    may_join(head, other)
    case.moved = [other.pk, *other.joined.order_by("pk").values_list("pk", flat=True)]
    case.save(update_fields=["moved", "decided_by"])  # the database lets subjects change for these, and no others
    Subject.objects.filter(same_as=other).update(same_as=head)
    Subject.objects.filter(pk=other.pk).update(same_as=head, has_joined=False)
    Subject.objects.filter(pk=head.pk).update(has_joined=True)
    tell_anew(case.moved, actor)


def part(case: IdentityCase, actor: Actor) -> None:
    """撤销认定: every number is again what it was before that decision.

    Raises RuleBroken when there is no such decision.
    """
    former = case.undoes
    if former is None:
        raise RuleBroken("没有要撤销的认定")
    may_part(former)
    other, *joined = former.moved
    case.moved = former.moved
    case.save(update_fields=["moved", "decided_by"])
    head = former.subject.standing()
    Subject.objects.filter(pk=other).update(same_as=None, has_joined=bool(joined))
    Subject.objects.filter(pk__in=joined).update(same_as=other)
    Subject.objects.filter(pk=head.pk).update(has_joined=Subject.objects.filter(same_as=head).exists())
    tell_anew(case.moved, actor)


def may_part(former: IdentityCase) -> None:
    """可否撤销: the last decision about a number is taken back first. Raises RuleBroken in words."""
    if former.kind != K.SAME or former.status != S.SETTLED:
        raise RuleBroken("只有已核定的同一人认定可以撤销")
    later = IdentityCase.objects.filter(kind__in=[K.SAME, K.APART], status=S.SETTLED, pk__gt=former.pk)
    undone = set(later.filter(kind=K.APART).values_list("undoes_id", flat=True))
    if former.pk in undone:
        raise RuleBroken("这一次认定已经撤销")
    for one in later.filter(kind=K.SAME):
        if one.pk not in undone and set(one.moved) & set(former.moved):
            raise RuleBroken(f"后来又有认定 {one.number}，请先撤销它")


def _other(case: IdentityCase) -> Subject:
    if case.other is None:
        raise RuleBroken("没有写第二个号码")
    return case.other


def tell_anew(subjects: list[int], actor: Actor) -> None:
    """对外更新: a further revision of every record in force, so that whoever holds one gets it with the right person.

    What is paused says nothing now; it goes out with the right person when it is resumed.
    """
    theirs = CreditRecord.objects.in_force(on=clock.today()).filter(subject__in=subjects, suspended_on__isnull=True)
    for record in theirs.select_for_update(of=("self",)).select_related("department").order_by("pk"):
        append_revision(record, Kind.CORRECTED)
        events.record(
            act=RETOLD,
            noun=noun(CreditRecord),
            object_id=record.pk,
            actor=actor,
            department=record.department.code,
        )
