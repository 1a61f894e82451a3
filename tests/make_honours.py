"""造荣誉推荐: by the true acts only. 唐悦 nominates at the youth league, 姜波 verifies, 沈军 decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock
from incentives.models import Benefit, Nomination
from incentives.workflows import benefiting, consenting, honouring, nominating
from records.identity import Identity
from tests import make_matters
from tests.cast import Cast, identity

SERVICE: dict[str, Any] = {"service": "direct", "proof": "送达回证第1号，本人签收"}
BENEFIT = ("r-employment", "employment-service")


@dataclass(frozen=True)
class League:
    """团区委的三个人."""

    body: Department
    clerk: User
    verifier: User
    decider: User


def league() -> League:
    """The three of the youth league."""
    named = {one.username: one for one in User.objects.filter(username__in=["tangyue", "jiangbo", "shenjun"])}
    return League(Department.objects.get(code="youth-league"), named["tangyue"], named["jiangbo"], named["shenjun"])


def document(serial: int = 1, *, ago: int = 30, **changes: Any) -> nominating.Document:
    """A document of the youth league."""
    facts = {
        "honour_title": "2026年度优秀志愿者",
        "number": f"哈里团发〔2026〕{serial}号",
        "title": "关于表彰2026年度优秀志愿者的决定",
        "authority": "共青团哈尔滨市道里区委员会",
        "determined_on": clock.today() - timedelta(days=ago),
    }
    return nominating.Document(**{**facts, **changes})


def invited(serial: int = 1, **changes: Any) -> nominating.Invited:
    """A nomination that knows nobody, and its code."""
    of = league()
    return nominating.nominate(
        department=of.body, source="volunteer", document=document(serial, **changes), actor=of.clerk
    )


def consented(
    by: User, *, who: Identity | None = None, serial: int = 1, public: bool = False, **changes: Any
) -> Nomination:
    """The person has said yes."""
    made = invited(serial, **changes)
    return consenting.consent(
        nomination_id=made.nomination.pk,
        code=made.code,
        who=who or identity("linxiuyun"),
        public=public,
        actor=by,
    )


def verified(by: User, **given: Any) -> Nomination:
    """Compared with the document."""
    row = consented(by, **given)
    return honouring.verify(nomination_id=row.pk, actor=league().verifier, opinion="与来源文件一致")


def decided(by: User, **given: Any) -> Nomination:
    """Decided, not served."""
    row = verified(by, **given)
    number = f"哈里团荣〔2026〕{row.pk}号"
    return honouring.decide(nomination_id=row.pk, actor=league().decider, opinion="同意登记", document=number)


def effective(by: User, *, day: date | None = None, **given: Any) -> Nomination:
    """In force, with its record."""
    row = decided(by, **given)
    return honouring.take_effect(nomination_id=row.pk, actor=league().clerk, day=day or clock.today(), **SERVICE)


def share() -> None:
    """The youth league lets human resources see honours of volunteers in its service; harmless twice."""
    make_matters.shared(BENEFIT[1], "youth-league", "honour-volunteer")


def reported(cast: Cast, *, case: str = "就业服务〔2026〕1号", who: str = "linxiuyun", **given: Any) -> Benefit:
    """A benefit that human resources says it gave, in a matter in which it may see the honours of volunteers."""
    share()
    facts = benefiting.Given(*BENEFIT, case, given.pop("day", clock.today()))
    return benefiting.report(
        department=cast.wages, given=facts, id_number=identity(who).id_number, actor=cast.wage_clerk, **given
    )


def of_wages(cast: Cast, **changes: Any) -> Nomination:
    """One of human resources about 本人, in force: 许文静 nominates, 钱薇 verifies, 邓国栋 decides."""
    made = nominating.nominate(
        department=cast.wages, source="regulated", document=document(66, **changes), actor=cast.wage_clerk
    )
    pk = made.nomination.pk
    consenting.consent(nomination_id=pk, code=made.code, who=identity("linxiuyun"), public=False, actor=cast.citizen)
    honouring.verify(nomination_id=pk, actor=User.objects.get(username="qianwei"), opinion="与来源文件一致")
    honouring.decide(nomination_id=pk, actor=cast.decider, opinion="同意登记", document="哈里人社荣〔2026〕1号")
    return honouring.take_effect(nomination_id=pk, actor=cast.wage_clerk, day=clock.today(), **SERVICE)
