"""Objects of the records pages: what the clerk's department, or the citizen 本人, owns."""

from django.urls import reverse

from daoli_credit.accounts import messages
from tests import make
from tests.cast import Cast

OBJECTS = ("record", "record-edit", "record-submit", "record-approve", "record-return", "record-reveal")


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    shown = make.effective(cast, serial=1)
    waiting = make.submitted(cast, serial=2)
    draft = make.draft(cast, serial=3)
    letter = messages.of(cast.citizen)[0]
    rows = {"record-edit": draft.number, "record-submit": draft.number}
    found = {name: reverse(name, args=[rows.get(name, waiting.number)]) for name in OBJECTS}
    return {
        **found,
        "import-template": reverse("import-template", args=["market-regulation", "penalty-food"]),
        "record-form": reverse("record-form", args=["market-regulation", "penalty-food"]),
        "me-record": reverse("me-record", args=[shown.number]),
        "me-message": reverse("me-message", args=[letter.token]),
        "catalogue-item": reverse("catalogue-item", args=["penalty-food"]),
        "demo-try": reverse("demo-try", args=["score"]),
        "supervision-task": reverse("supervision-task", args=["2.1.1"]),
    }
