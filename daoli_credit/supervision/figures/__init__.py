"""当日指标: each figure is a small module of its own; to add one, add one line here."""

from daoli_credit.supervision.figures import benefits, expiry, first_pass, keydates, objections, reporting, review
from daoli_credit.supervision.figures.measure import Measure

MEASURES: tuple[Measure, ...] = (
    reporting.MEASURE,
    review.MEASURE,
    first_pass.MEASURE,
    keydates.MEASURE,
    expiry.MEASURE,
    objections.MEASURE,
    benefits.MEASURE,
)
