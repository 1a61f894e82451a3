"""造应用事项: assessed, shared and with cases, by the true acts only."""

from datetime import date, timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed
from daoli_credit.law import clock, pack
from incentives.models import MatterCase, Sharing
from incentives.rules.sharing import Wish
from incentives.workflows import matter_case, sharing
from tests.cast import Cast

PERMIT, GUIDE, FUND = "food-permit", "tour-guide-permit", "startup-fund"


def assess(code: str = PERMIT) -> None:
    """A matter that may be used; harmless twice."""
    if assessments.in_force(Subject.MATTER, code, on=clock.today()) is None:
        with clock.at(clock.today() - timedelta(days=700)):
            assessed.a_matter(code, pack.current().matters[code].title)


def person(username: str) -> User:
    """One of the staff, by name."""
    return User.objects.get(username=username)


def wish(code: str = PERMIT, *items: str, until: date | None = None, **more: object) -> Wish:
    """What a department would ask for: every field, every article."""
    row = pack.current().matters[code]
    facts = {
        "items": list(items) or ["honour-moral-model"],
        "fields": list(row.shows),
        "duty": [citation.ref for citation in row.duty],
        "purpose": "核对从业人员有没有依法不得从业的情形",
        "until": until or clock.today() + timedelta(days=365),
    }
    return Wish(**{**facts, **more})  # type: ignore[arg-type]


def asked(
    cast: Cast, code: str = FUND, provider: str = "youth-league", *items: str, until: date | None = None
) -> Sharing:
    """Human resources asks the youth league for the honours of volunteers in its fund."""
    body = Department.objects.get(code=pack.current().matters[code].department)
    return sharing.ask(
        body=body,
        provider=Department.objects.get(code=provider),
        matter=code,
        wish=wish(code, *(items or ("honour-volunteer",)), until=until),
        actor=cast.wage_clerk if body == cast.wages else cast.clerk,
    )


def agreed(cast: Cast, **more: object) -> Sharing:
    """The youth league has agreed to all of it."""
    row = asked(cast, **more)  # type: ignore[arg-type]
    return sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=person("jiangbo"))


def active(cast: Cast, *, until: date | None = None) -> Sharing:
    """In force."""
    assess(FUND)
    row = agreed(cast, until=until)
    return sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=cast.supervisor)


def shared(code: str, provider: str, item: str, *, without: tuple[str, ...] = ()) -> Sharing:
    """A sharing of one item in force, whoever the clerk of the matter's department is; harmless twice."""
    body = Department.objects.get(code=pack.current().matters[code].department)
    there = Sharing.objects.active(clock.today()).filter(matter=code, provider__code=provider).first()
    if there:
        return there
    assess(code)
    clerk = next(user for user in User.objects.filter(is_active=True) if user.may("apply_sharing", body.pk))
    giver = Department.objects.get(code=provider)
    row = sharing.ask(body=body, provider=giver, matter=code, wish=wish(code, item), actor=clerk)
    answerer = next(user for user in User.objects.filter(is_active=True) if user.may("answer_sharing", giver.pk))
    fields = [name for name in row.fields if name not in without]
    sharing.agree(sharing_id=row.pk, items=row.items, fields=fields, actor=answerer)
    return sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=person("hezhiyuan"))


def case(cast: Cast, number: str = "食许〔2026〕118号", code: str = PERMIT) -> MatterCase:
    """An open case of market regulation's permit."""
    assess(code)
    return matter_case.register(
        matter=code, body=cast.market, case_number=number, opened_on=clock.today(), actor=cast.clerk
    )
