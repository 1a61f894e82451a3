"""现成的写法: how this department has worded its grounds before, so that nobody types them twice.

Only fields that speak of the law and not of a person, and only what stands in the documents of at least two people:
what was written of one alone is not offered to anybody.
"""

from collections import defaultdict
from collections.abc import Mapping

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock
from daoli_credit.law.rows import Item
from records.models import CreditRecord

FIELDS = ("conduct_type", "legal_ground", "document_title", "certificate_title", "specialty", "matter_title")
GROUND = "severity_basis"
LATEST, OFFERED, PEOPLE = 200, 6, 2


def of(body: Department, item: Item) -> dict[str, list[str]]:
    """现成的写法 by field, of the latest records in force, the most used first."""
    named = {field.name for field in item.fields if field.name in FIELDS and not field.free_text}
    used: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    found = CreditRecord.objects.in_force(on=clock.today()).filter(item=item.code, department=body)
    latest = found.order_by("-submitted_on").values_list("subject_id", "content", "severity_basis")[:LATEST]
    for subject, content, ground in latest:
        for name, text in (*((name, content.get(name)) for name in named), (GROUND, ground)):
            if text and isinstance(text, str):
                used[name][text].add(subject)
    if item.class_rule != "by-decision":
        used.pop(GROUND, None)
    return {name: offered for name, texts in used.items() if (offered := _best(texts))}


def _best(texts: Mapping[str, set[int]]) -> list[str]:
    shared = [(len(people), text) for text, people in texts.items() if len(people) >= PEOPLE]
    return [text for _, text in sorted(shared, key=lambda one: (-one[0], one[1]))[:OFFERED]]
