"""演示的原决定变更: a correction that rests on it waits for the second person, and settles it when agreed to."""

from daoli_credit.demo import papers
from records.models import Amendment, Undoing
from tests import make_amendments
from tests.cast import Cast, browser


def test_the_correction_of_a_changed_decision_waits_and_settles_it(cast: Cast) -> None:
    papers.tell()
    changed = Undoing.objects.get(kind="changed")
    amendment = Amendment.objects.get(record=changed.record)
    assert (changed.status, amendment.status) == ("due", "proposed")
    page = browser(cast.reviewer).get(f"/desk/amendments/{amendment.number}/").content.decode()
    assert changed.document in page
    make_amendments.agreed(cast, amendment)
    changed.refresh_from_db()
    assert changed.status == "corrected"
    assert set(Undoing.objects.open().values_list("kind", flat=True)) == {"revoked"}
