"""有空格的问法: the rows are those that the framework gives; only the text is kept, and only what is given moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext, override_settings

from daoli_credit import questions
from daoli_credit.accounts import access, roles
from daoli_credit.accounts.models import User
from daoli_credit.accounts.workflows import granting
from daoli_credit.law import clock
from records.models import CreditRecord, Lapse, Revision, Subject, SubjectKey
from records.models.subject import learn
from tests import make
from tests.cast import Cast, assemble, identity
from tests.together import together


@questions.prepared
def _one(number: str, until: date) -> QuerySet[CreditRecord]:
    found = CreditRecord.objects.filter(number=number, determined_on__lte=until)
    return found.select_related("department", "subject").defer("content").order_by("-pk")


def test_the_rows_are_those_of_the_framework_for_whatever_is_given(cast: Cast) -> None:
    records, today = [make.effective(cast, serial=serial) for serial in (1, 2)], clock.today()
    for record in (*records, *records):
        with CaptureQueriesContext(connection) as asked:
            (found,) = _one(record.number, today)
            assert (found, found.department, found.subject) == (record, record.department, record.subject)
        assert len(asked) == 1
        assert found.get_deferred_fields() == {"content"}
        assert found.content == record.content
    assert _one(records[0].number, today - timedelta(days=400)) == []
    assert _one("没有", today) == []


def test_what_is_kept_is_a_text_and_never_an_answer(cast: Cast) -> None:
    record = make.effective(cast)
    with override_settings(TESTING=False):
        assert _one(record.number, clock.today())[0].revision == record.revision
        CreditRecord.objects.filter(pk=record.pk).update(revision=record.revision + 7)
        assert _one(record.number, clock.today())[0].revision == record.revision + 7


def test_whatever_is_not_given_may_not_move(cast: Cast) -> None:
    """A day that is asked for inside would be the first day for ever: the tests of every page would say so."""

    def over(pk: int) -> QuerySet[Lapse]:
        return Lapse.objects.filter(pk=pk, lapsed_on__lte=clock.today())

    moves = questions.prepared(over)
    assert moves(1) == []
    with clock.at(clock.today() + timedelta(days=1)), pytest.raises(questions.NotKept, match="与现在的不同"):
        moves(1)


def test_who_composes_reads_no_row_and_fills_every_blank(cast: Cast) -> None:
    reads = questions.prepared(
        lambda pk: Revision.objects.filter(pk=pk, record__in=list(CreditRecord.objects.values_list("pk", flat=True)))
    )
    forgets = questions.prepared(lambda pk, other: Revision.objects.filter(pk=pk))
    untyped: Any = questions.prepared
    picks = untyped(lambda pk: Revision.objects.filter(pk=pk).values_list("day"))
    whole = questions.prepared(lambda pk: Revision.objects.filter(pk=pk))
    with pytest.raises(questions.NotKept, match="不能读库"):
        reads(1)
    with pytest.raises(questions.NotKept, match="没有全部写进"):
        forgets(1, 2)
    with pytest.raises(questions.NotKept, match="只取整行"):
        picks(1)
    with pytest.raises(questions.NotKept, match="只能是数"):
        whole(None)


@questions.prepared_for(access.depends_on)
def _mine(user: User, number: str) -> QuerySet[CreditRecord]:
    return CreditRecord.objects.visible_to(user).filter(number=number)


def test_whose_text_it_is_belongs_to_the_text(cast: Cast) -> None:
    """One who sees it, one of another department, one who sees nothing at all, and one whose duty has ended since."""
    record = make.effective(cast)
    with override_settings(TESTING=False):
        for _ in range(2):
            assert _mine(cast.reviewer, record.number) == [record]
            assert _mine(cast.other_clerk, record.number) == []
            assert _mine(cast.audit_officer, record.number) == []
        for body, role in roles.held(cast.reviewer):
            granting.withdraw(
                user_id=cast.reviewer.pk, department=body, role_code=role.code, actor=cast.security_officer
            )
        assert _mine(User.objects.get(pk=cast.reviewer.pk), record.number) == []
    with clock.at(clock.today() + timedelta(days=4000)):
        assert _mine(cast.clerk, record.number) == []


def _two(cast: Cast) -> list[Subject]:
    people = ("linxiuyun", "guchanglin")
    return [make.effective(cast, serial=n, who=identity(one)).subject for n, one in enumerate(people)]


def test_bytes_are_given_as_the_framework_gives_them(cast: Cast) -> None:
    keys = questions.prepared(lambda *some: SubjectKey.objects.filter(digest__in=some).order_by("pk"))
    one, other = _two(cast)
    with override_settings(TESTING=False):
        assert [row.subject for row in keys(*one.person_keys())] == [one]
        assert [row.subject for row in keys(*other.person_keys())] == [other]
        assert [row.subject for row in keys(*one.person_keys(), *other.person_keys())] == [one, other]


def test_persons_learn_their_keys_all_at_once(cast: Cast) -> None:
    known = {one.pk: one.person_keys() for one in _two(cast)}
    found = list(Subject.objects.filter(pk__in=known))
    with CaptureQueriesContext(connection) as asked:
        learn(found)
        assert {one.pk: one.person_keys() for one in found} == known
    assert len(asked) == 1


def test_two_at_once_get_each_their_own(committing_db: str) -> None:
    cast = assemble()
    records, today = [make.submitted(cast, serial=serial) for serial in range(2)], clock.today()

    def asks(record: CreditRecord) -> None:
        for _ in range(50):
            (found,) = _one(record.number, today)
            assert found == record

    assert together(*(lambda one=one: asks(one) for one in records)) == ["done", "done"]
