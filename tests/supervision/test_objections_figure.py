"""异议按期办结率: moves with an answer in time, never with how many objections there are."""

from datetime import date, timedelta

from daoli_credit.law import clock
from daoli_credit.supervision.facts import Facts
from daoli_credit.supervision.figures import objections
from records.models import Objection
from records.workflows.settling import Answer
from tests import make, make_objections
from tests.cast import Cast

RAISED = date(2026, 10, 12)
NO = Answer("fine", upheld=False, reason="决定书载明。")


def _raised(cast: Cast, serial: int) -> Objection:
    with clock.at(RAISED):
        record = make.effective(cast, serial=serial, decided=RAISED - timedelta(days=5))
        return make_objections.raised(cast, record)


def _counts(cast: Cast) -> list[tuple[str, int, int]]:
    facts = Facts(RAISED + timedelta(days=30))
    return [(row.department, row.on_time, row.due) for row in objections.MEASURE.rows(facts)]


def test_an_answer_in_time_is_a_cell_on_time_whatever_the_number(cast: Cast) -> None:
    for serial in (1, 2, 3):
        objection = _raised(cast, serial)
        with clock.at(RAISED + timedelta(days=2)):
            make_objections.answer(cast, objection, NO)
        assert _counts(cast) == [("区市场监管局", 1, 1)]


def test_one_that_nobody_answered_makes_the_cell_late(cast: Cast) -> None:
    with clock.at(RAISED + timedelta(days=1)):
        make_objections.answer(cast, _raised(cast, 1), NO)
    _raised(cast, 2)
    assert _counts(cast) == [("区市场监管局", 0, 1)]


def test_few_cells_are_persons_and_are_not_shown_as_a_share(cast: Cast) -> None:
    _raised(cast, 1)
    figure = objections.MEASURE.figure(Facts(RAISED + timedelta(days=30)))
    assert figure.number == "–"
    assert "不显示比例" in figure.note
