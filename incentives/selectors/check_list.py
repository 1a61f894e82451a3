"""核查的列表: by state of the feedback, by the number of a case or a check, by who asked; never by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Check, Feedback, MatterCase
from incentives.models.check import Checks
from incentives.models.check_set import CheckSets
from incentives.selectors.checks import sets, unanswered
from records.rules.values import document_number

DUE, LATE, GIVEN, NOTHING = "due", "late", "given", "nothing"
STATES = ((DUE, "待反馈"), (LATE, "逾期未反馈"), (GIVEN, "已反馈"), (NOTHING, "不用反馈"))
LONGEST = 60
OF_CASE = 100


@dataclass(frozen=True)
class Line:
    """表里的一行: a check, and whether its feedback is owed, late, given or not needed."""

    check: Check
    state: str
    due_on: date | None

    @property
    def word(self) -> tuple[str, str]:
        """状态的样子和写法."""
        return {
            LATE: ("bad", "逾期未反馈"),
            DUE: ("warn", "待反馈"),
            GIVEN: ("done", "已反馈"),
            NOTHING: ("off", "不用反馈"),
        }[self.state]


def _marked(rows: Checks) -> QuerySet[Any, Any]:
    """各行的反馈: until when it is owed at the latest, whether some was given."""
    mine = unanswered().filter(check_made=OuterRef("pk")).order_by().values("check_made")
    return rows.annotate(
        owed_on=Subquery(mine.annotate(on=Min("due_on")).values("on")),
        given=Exists(Feedback.objects.filter(answer__check_made=OuterRef("pk"))),
    )


def _owing(rows: Checks, *, before: date | None = None) -> Checks:
    owed = unanswered() if before is None else unanswered().filter(due_on__lt=before)
    return rows.filter(pk__in=owed.values("check_made"))


def found(user: User, *, words: str = "", state: str = "", mine: bool = False) -> QuerySet[Any, Any]:
    """本部门的核查, newest first; what is owed by its day. `words` is a part of a case's, a check's or an
    application's number.
    """
    rows = Check.objects.visible_to(user)
    if mine:
        rows = rows.filter(made_by=user)
    if words := words.strip()[:LONGEST]:
        kept = document_number(words)
        named = Q(case__case_number__contains=kept) | Q(application__contains=kept)
        rows = rows.filter(named | Q(number__contains=words.upper()))
    if state in {DUE, LATE}:
        rows = _owing(rows, before=clock.today() if state == LATE else None)
        return _with(_marked(rows)).order_by("owed_on", "pk")
    if state == GIVEN:
        rows = rows.filter(pk__in=Feedback.objects.values("answer__check_made"))
    marked = _marked(rows)
    if state == GIVEN:
        marked = marked.filter(owed_on__isnull=True)
    if state == NOTHING:
        marked = marked.filter(owed_on__isnull=True, given=False)
    return _with(marked).order_by("-pk")


def _with(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.select_related("case", "department", "made_by", "made_key", "of_set")


def lines(rows: Sequence[Any]) -> list[Line]:
    """各行, as `found` has marked them."""
    today, made = clock.today(), []
    for row in rows:
        due: date | None = row.owed_on
        given: bool = row.given
        state = (LATE if due < today else DUE) if due else GIVEN if given else NOTHING
        made.append(Line(row, state, due))
    return made


def owed(user: User) -> dict[str, int]:
    """待反馈、逾期的件数: what their chips open."""
    rows = Check.objects.visible_to(user)
    return {DUE: _owing(rows).count(), LATE: _owing(rows, before=clock.today()).count()}


def of_case(case: MatterCase, user: User) -> list[Line]:
    """一件办件的核查单, as they lie in its file: the first ones first, what was asked one by one and what was found."""
    rows = Check.objects.visible_to(user).filter(case=case)
    return lines(list(_with(_marked(rows)).order_by("pk")[:OF_CASE]))


def sets_of_case(case: MatterCase, user: User) -> CheckSets:
    """一件办件的申请人表."""
    return sets(user).filter(case=case).order_by("pk")


def owed_in(case: MatterCase) -> int:
    """这一件还欠几次核查的反馈."""
    return unanswered().filter(check_made__case=case).values("check_made").distinct().count()


def sheets(user: User, words: str = "") -> CheckSets:
    """本部门的申请人表, newest first, by a part of the case's or its own number."""
    rows = sets(user)
    if words := words.strip()[:LONGEST]:
        rows = rows.filter(Q(case__case_number__contains=document_number(words)) | Q(number__contains=words.upper()))
    return rows
