"""届期."""

from datetime import date
from typing import Any

import pytest

from daoli_credit.law.assemble import build
from daoli_credit.law.build import Overlaid
from daoli_credit.law.calendar import Due
from daoli_credit.law.deadlines import NotInDays, deadline
from daoli_credit.law.pack import Pack, UnknownCode


def test_a_limit_in_working_days(rules: Pack) -> None:
    assert deadline("hearing-request", date(2026, 9, 24), pack=rules) == Due(date(2026, 10, 9), provisional=False)


def test_a_limit_in_months_that_ends_in_a_holiday_is_extended(rules: Pack) -> None:
    assert deadline("sue", date(2026, 4, 1), pack=rules) == Due(date(2026, 10, 8), provisional=False)


def test_a_term_of_keeping_is_not_extended(rules: Pack) -> None:
    assert deadline("keep-lookup-log", date(2021, 10, 1), pack=rules) == Due(date(2026, 10, 1), provisional=False)


def test_the_notice_of_a_hearing_is_counted_back(rules: Pack) -> None:
    assert deadline("hearing-notice", date(2026, 10, 15), pack=rules) == Due(date(2026, 9, 30), provisional=False)


def test_an_unknown_limit_blocks_nothing(rules: Pack) -> None:
    assert deadline("defence-general", date(2026, 9, 24), pack=rules) is None


def test_a_suspended_limit_is_as_unknown(content: dict[str, Any]) -> None:
    pack = build(content, Overlaid(suspended=frozenset({("limits", "hearing-request")})))
    assert deadline("hearing-request", date(2026, 9, 24), pack=pack) is None


def test_a_limit_in_hours_has_no_day(rules: Pack) -> None:
    with pytest.raises(NotInDays, match="放弃陈述申辩"):
        deadline("waiver-takeback", date(2026, 9, 24), pack=rules)


def test_a_limit_that_the_pack_does_not_have_is_named(rules: Pack) -> None:
    with pytest.raises(UnknownCode, match="期限 tea-time"):
        deadline("tea-time", date(2026, 9, 24), pack=rules)
