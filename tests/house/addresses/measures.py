"""Objects of the measure pages: a task of human resources about somebody else, to be reported."""

from django.urls import reverse

from tests import make_listing, make_measures
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    who, account = make_listing.someone("措施"), make_listing.account("措施")
    record = make_listing.effective(cast, who=who, by=account, number="哈里人社告〔2026〕91号").record
    assert record is not None
    make_measures.pull()
    task = make_measures.task(record, "m-wage-funds", "human-resources")
    return {
        "measure": reverse("measure", args=[task.number]),
        "measure-reveal": reverse("measure-reveal", args=[task.number]),
        "measure-act": reverse("measure-act", args=[task.number, "apply"]),
    }
