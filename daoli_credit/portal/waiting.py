"""待办数: what waits for a user behind each item of the menu, asked in one statement whose text is kept."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.accounts import access
from daoli_credit.accounts.models import ImpactAssessment, User
from daoli_credit.accounts.models.assessment import A
from daoli_credit.feeds import differences
from daoli_credit.feeds import selectors as feeds
from daoli_credit.law import pack
from daoli_credit.looks import selectors as looks
from daoli_credit.rulepack import selectors as rule_changes
from incentives.selectors import benefits, case, checks, measure_tasks, nominations, notice_page, outside, sharings
from records import (
    amendments,
    batches,
    contests,
    endings,
    exports,
    identity_cases,
    lapses,
    lawful_requests,
    leaves,
    objections,
    promises,
    repairs,
    selectors,
)

Ask = Callable[[User], QuerySet[Any, Any]]


def _assessments(user: User) -> QuerySet[ImpactAssessment]:
    """What waits for this person: to be agreed to, or to be written on."""
    seen = ImpactAssessment.objects.visible_to(user)
    approves, drafts = user.may_anywhere("approve_assessment"), user.may_anywhere("draft_assessment")
    waits = [*([A.SUBMITTED] if approves else []), *([A.DRAFT, A.RETURNED] if drafts else [])]
    return seen.filter(status__in=waits)


LOOKS = (looks.to_explain, looks.to_sign, looks.to_judge)
# By the name of the item's address. What is asked may depend on the user, their duties, the day and the rules alone.
WAITS: dict[str, tuple[Ask, ...]] = {
    "record-queue": (selectors.waiting_for_review,),
    "import-list": (batches.waiting_for,),
    "amendment-list": (amendments.waiting_for,),
    "objection-list": (objections.waiting_for,),
    "undoing-list": (contests.waiting_for,),
    "repair-list": (repairs.waiting_for, promises.waiting_for),
    "request-list": (lawful_requests.waiting_for,),
    "identity-list": (identity_cases.waiting_for,),
    "odd-look-list": LOOKS,
    "look-desk": LOOKS,
    "export-list": (exports.waiting_for,),
    "ends": (endings.notices_waiting,),
    "opening-list": (endings.openings_to_agree, endings.openings_to_open),
    "check-list": (checks.feedback_due, checks.sets_to_approve),
    "prior-notice-list": (notice_page.under_way,),
    "sharing-list": (sharings.waiting_for,),
    "listing-list": (case.under_way,),
    "registration-list": (outside.to_confirm, outside.to_decide),
    "honour-list": (nominations.under_way,),
    "benefit-list": (benefits.waiting_for,),
    "measure-list": (measure_tasks.waiting_for,),
    "feed-returned": (feeds.returned, differences.of),
    "feeds": (differences.held_at_the_desk, differences.at_the_desk),
    "rule-change-list": (rule_changes.waiting_for,),
    "lapse-list": (lapses.to_confirm, lapses.to_settle),
    "assessment-list": (_assessments,),
}
# Where rows alone do not say whose turn it is: asked only when there are any.
TURNS: dict[str, Callable[[User], int]] = {
    "prior-notice-list": notice_page.waiting_for,
    "honour-list": nominations.waiting_for,
    "listing-list": lambda user: len(case.waiting_for(user)),
}


def _by(user: User) -> tuple[Hashable, ...]:
    """What a question of this user may depend on. Raises NoEdition."""
    return *access.depends_on(user), pack.version()


def of(user: User, page: str, asks: Sequence[Ask]) -> list[int]:
    """几件 of each, for a page that says so beside its lists: in one statement, none further than a thousand."""
    try:
        key = (page, *_by(user))
    except pack.NoEdition:
        return [leaves.counted(ask(user)) for ask in asks]
    return questions.counts(key, lambda: [[ask(user)] for ask in asks], most=leaves.MOST + 1) or [0] * len(asks)


def counts(user: User, names: Collection[str]) -> dict[str, int]:
    """待办数 of these items: as the database has it now; only the text of the question is older."""
    asking = [name for name in names if name in WAITS]
    try:
        by = _by(user)
    except pack.NoEdition:
        return {}  # nothing can wait before rules are loaded
    found = questions.counts(
        ("menu", *asking, *by),
        lambda: [[ask(user) for ask in WAITS[name]] for name in asking],
        most=leaves.MOST + 1,
    )
    known = dict(zip(asking, found or [0] * len(asking), strict=True))
    return known | {name: turn(user) for name, turn in TURNS.items() if known.get(name)}
