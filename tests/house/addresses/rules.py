"""Objects of the rules: one that waits for the second person."""

from django.urls import reverse

from daoli_credit.rulepack.models.change import Action
from tests import make_rules
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    change = make_rules.proposed(cast, Action.SUSPEND, "items", "penalty-drug")
    make_rules.agreed(cast, Action.SUSPEND, "items", "penalty-ip")
    confirm = make_rules.proposed(cast, Action.CONFIRM, "items", "penalty-ip")
    return {
        "rule-list": reverse("rule-list", args=["items"]),
        "rule": reverse("rule", args=["items", "penalty-drug"]),
        "rule-propose": reverse("rule-propose", args=["items", "penalty-food", "suspend"]),
        "rule-change": reverse("rule-change", args=[change.number]),
        "rule-change-act": reverse("rule-change-act", args=[change.number, "refuse"]),
        "rule-change-text": reverse("rule-change-text", args=[confirm.number]),
    }
