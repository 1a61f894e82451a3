"""读登记和提前移出. Whoever is shown a person is shown it because of a look-up row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.told import Told, by_day
from daoli_credit.law import clock, pack
from daoli_credit.law.list_rows import ListType
from daoli_credit.workflow import noun
from incentives.models import EarlyExit, Registration
from incentives.models.early_exit import X
from incentives.models.registration import OUTSIDE, R
from incentives.rules import leaving, registrable
from incentives.selectors import ends
from records import identity
from records.identity import Identity, NotThisPerson
from records.models import Attachment

EFFECT = {
    "decided": "自决定作出之日起生效；登记不改变生效日",
    "served": "送达后生效",
    "by-document": "按决定文书所载生效；登记不改变生效日",
}


@dataclass(frozen=True)
class Line:
    """列表的一行, masked."""

    row: Registration
    kind: str
    who: Identity


@dataclass(frozen=True)
class Page:
    """一件登记, because of a look."""

    made: Registration
    kind: ListType
    who: Identity
    effect: str
    facts: Sequence[tuple[str, object]]
    told: Sequence[tuple[str, object]]
    ways: Sequence[tuple[str, object]]
    ended: tuple[str, str]
    history: Sequence[Told]
    exits: Sequence[EarlyExit]
    leaving: leaving.Terms


def lines(rows: Sequence[Registration]) -> list[Line]:
    """列表行."""
    lists = pack.current().lists
    return [
        Line(row, lists[row.list_type].title if row.list_type in lists else row.list_type, identity.masked(row.subject))
        for row in rows
    ]


def to_confirm(user: User) -> QuerySet[Registration]:
    """等这个人确认的登记, of others."""
    mine = Registration.objects.filter(department_id__in=user.departments("decide_listing"), status=R.REGISTERED)
    return mine.exclude(registered_by=user)


def to_decide(user: User) -> QuerySet[EarlyExit]:
    """等这个人决定的移出, of others."""
    mine = EarlyExit.objects.visible_to(user).filter(department_id__in=user.departments("decide_listing"))
    return mine.filter(status=X.ASKED).exclude(asked_by=user)


def offered(department_code: str) -> list[tuple[ListType, str]]:
    """可以登记的名单, each with what stands against it."""
    kinds = [one for one in pack.current().lists.values() if one.procedure in OUTSIDE]
    mine = [one for one in kinds if one.decider_department == department_code]
    return [(kind, registrable.refusal(kind.code, department_code, on=clock.today())) for kind in mine]


def document(made: Registration) -> Attachment | None:
    """登记的文书: with its record when there is one, otherwise with the registration; never read from here."""
    if made.record is not None:
        return made.record.attachments.order_by("pk").first()
    paper = getattr(made, "paper", None)
    if paper is None:
        return None
    return Attachment(
        token=paper.token, paper="decision", format=paper.format, size=paper.size, digest=paper.digest,
        envelope=paper.envelope,
    )  # fmt: skip


def page(made: Registration, because: LookUp) -> Page:
    """登记页. Raises NotThisPerson when the look-up is about somebody else."""
    if bytes(because.person_key) not in made.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    kind = pack.current().list_type(made.list_type)
    extra = [(one.zh, made.particulars.get(one.name)) for one in registrable.particulars(kind)]
    term = f"到 {made.term_end}（{made.term_basis}）" if made.term_end else made.term_basis
    return Page(
        made=made,
        kind=kind,
        who=identity.masked(made.subject),
        effect=EFFECT.get(kind.effective_on, ""),
        facts=[
            ("决定机关", made.authority),
            ("决定文书号", made.document_number),
            ("决定日期", made.decided_on),
            ("列入依据", made.legal_ground),
            ("列入事由", made.reason),
            *((name, value) for name, value in extra if value),
        ],
        told=[("怎样告知的", made.told_how), ("告知日期", made.told_on), ("告知证明", made.told_proof)],
        ways=[("期限", term), ("救济途径", made.remedy), ("移出方式", made.removal)],
        ended=ends.of_registration(made),
        history=by_day(noun(Registration), made.pk),
        exits=list(made.record.early_exits.select_related("asked_by")) if made.record else [],
        leaving=leaving.terms(kind),
    )
