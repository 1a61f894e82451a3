"""造影响评估: by the true acts, long enough ago for every day that the tests move to."""

from datetime import timedelta

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed
from daoli_credit.law import clock, pack

LONG_AGO = timedelta(days=700)


def feed(code: str = "hlj") -> None:
    """A platform that may be sent to; harmless twice."""
    if assessments.in_force(Subject.FEED, code, on=clock.today()) is None:
        with clock.at(clock.today() - LONG_AGO):
            assessed.a_feed(code)


def list_type(code: str = "wage-arrears") -> None:
    """A list type that may be used; harmless twice, and silent about what is no list."""
    kind = pack.current().lists.get(code)
    if kind and assessments.in_force(Subject.LIST_TYPE, code, on=clock.today()) is None:
        with clock.at(clock.today() - LONG_AGO):
            assessed.a_list_type(code, kind.title)
