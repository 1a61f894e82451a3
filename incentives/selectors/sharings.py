"""读共享授权: whose turn it is, who uses a department's items, and one application with all that stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from daoli_credit.accounts.models import User
from daoli_credit.audit.acts import sentence
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock, pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.list_rows import Matter
from daoli_credit.workflow import Step, available, noun
from incentives.models import Sharing
from incentives.models.sharing import H, Sharings
from incentives.rules import matters
from incentives.rules.sharing import STEPS, latest
from incentives.selectors.sharing import why_not_active
from incentives.selectors.sharing_use import idle_after, last_uses

SOON = timedelta(days=30)
RELATED = ("department", "provider", "office", "asked_by", "answered_by", "decided_by", "assessment")


@dataclass(frozen=True)
class Line:
    """表里的一行."""

    row: Sharing
    matter: str
    items: list[str]
    overdue: bool
    soon: bool


@dataclass(frozen=True)
class Use:
    """谁在用: a sharing in force of this provider, when it was last used, and when it closes if nobody does."""

    line: Line
    last: date | None
    closes: date | None


@dataclass(frozen=True)
class Told:
    """经过的一步."""

    said: str
    who: str
    day: date
    opinion: str


@dataclass(frozen=True)
class Page:
    """一件共享授权."""

    line: Line
    matter: Matter | None
    asked_items: list[tuple[str, str]]
    asked_fields: list[tuple[str, str]]
    agreed_items: list[str]
    agreed_fields: list[str]
    duty: list[Citation]
    missing: str
    last_day: date
    steps: dict[str, Step]
    history: list[Told]


def waiting_for(user: User) -> Sharings:
    """等本人办: to answer for the provider, or to decide for the office; never one's own application."""
    to_answer = Q(status=H.ASKED, provider_id__in=user.departments("answer_sharing"))
    to_decide = Q(status=H.AGREED, office_id__in=user.departments("approve_assessment"))
    mine = Sharing.objects.visible_to(user).filter(to_answer | to_decide).exclude(asked_by=user)
    return mine.exclude(status=H.AGREED, answered_by=user).order_by("due_on", "pk")


def lines(rows: Sharings | Sequence[Sharing]) -> list[Line]:
    """表里的各行."""
    found = rows.select_related(*RELATED) if isinstance(rows, Sharings) else rows
    return [line(row) for row in found]


def line(row: Sharing) -> Line:
    """一行: what it is about, in words."""
    rules, today = pack.current(), clock.today()
    known = rules.matters.get(row.matter)
    codes = row.agreed_items or row.items
    return Line(
        row=row,
        matter=known.title if known else row.matter,
        items=[_item(code) for code in codes],
        overdue=row.status == H.ASKED and row.due_on is not None and row.due_on < today,
        soon=row.is_active(today) and row.active_until is not None and row.active_until - today <= SOON,
    )


def _item(code: str) -> str:
    known = pack.current().items.get(code)
    return known.title if known else code


def uses(user: User) -> list[Use]:
    """谁在用我的目录事项: what is in force today of the departments for which the user answers or applies."""
    today = clock.today()
    mine = user.departments("answer_sharing") | user.departments("apply_sharing")
    rows = list(Sharing.objects.active(today).filter(provider_id__in=mine).select_related(*RELATED))
    used = last_uses({(row.matter, row.department.code) for row in rows}, today)
    found = []
    for row in rows:
        last = used.get((row.matter, row.department.code))
        found.append(Use(line(row), last, idle_after(row, last)))
    return found


def page(row: Sharing, user: User) -> Page:
    """一件共享授权, as this user may act on it."""
    rules, today = pack.current(), clock.today()
    known = rules.matters.get(row.matter)
    until = latest(today)
    return Page(
        line=line(row),
        matter=known,
        asked_items=[(code, _item(code)) for code in row.items],
        asked_fields=[(name, matters.field(name)) for name in row.fields],
        agreed_items=[_item(code) for code in row.agreed_items],
        agreed_fields=[matters.field(name) for name in row.agreed_fields],
        duty=[rules.cite(ref) for ref in row.duty if ref.partition("#")[0] in rules.bases],
        missing=why_not_active(known, today) if known else "现行规则里没有这个应用事项，不能启用",
        last_day=min(row.wanted_until, until) if until else row.wanted_until,
        steps=steps(row, user),
        history=[
            Told(sentence(event.act), event.actor_label, event.day, event.opinion)
            for event in history(noun(Sharing), row.pk)
        ],
    )


def steps(row: Sharing, user: User) -> dict[str, Step]:
    """可办的步骤: from the table; whoever asked does not answer, whoever asked or answered does not decide."""
    mine = available(STEPS, row, user)
    done = {row.asked_by_id} if row.status == H.ASKED else {row.asked_by_id, row.answered_by_id}
    if user.pk in done:
        mine = {name: step for name, step in mine.items() if name in {"withdraw", "give-up", "stop"}}
    return {name: step for name, step in mine.items() if name != "replace"}
