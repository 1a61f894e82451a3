"""Who may import whom: the table of design.md §2, read from the imports themselves."""

import pytest

from tests.house import sources

LINE = [
    "daoli_credit.audit",
    "daoli_credit.workflow",
    "daoli_credit.workflow_sets",
    "daoli_credit.rounds",
    "daoli_credit.accounts",
]
GROUND = [
    "daoli_credit.paper",
    "daoli_credit.cipher",
    "daoli_credit.sealed",
    "daoli_credit.signing",
    "daoli_credit.questions",
    "daoli_credit.arrays",
    "daoli_credit.sparse",
    "daoli_credit.law",
    "daoli_credit.environment",
]
FOUNDATION = GROUND + LINE
OFFICE = [*FOUNDATION, "records"]
ABOVE = [*OFFICE, "daoli_credit.rulepack", "incentives", "education", "daoli_credit.feeds", "daoli_credit.looks"]
MAY: dict[str, list[str]] = {
    "daoli_credit.environment": [],
    "daoli_credit.cipher": [],
    "daoli_credit.sealed": [],
    "daoli_credit.signing": [],
    "daoli_credit.questions": [],
    "daoli_credit.arrays": [],
    "daoli_credit.sparse": [],
    "daoli_credit.paper": [],
    "daoli_credit.law": [],
    "daoli_credit.audit": GROUND,
    "daoli_credit.workflow": GROUND + LINE[:1],
    "daoli_credit.workflow_sets": GROUND + LINE[:2],
    "daoli_credit.rounds": ["daoli_credit.workflow"],
    "daoli_credit.accounts": GROUND + LINE[:4],
    "daoli_credit.rulepack": FOUNDATION,
    "records": FOUNDATION,
    "incentives": OFFICE,
    "education": FOUNDATION,
    "daoli_credit.feeds": OFFICE,
    "daoli_credit.looks": [*OFFICE, "incentives"],
    "daoli_credit.portal": ABOVE,
    "daoli_credit.supervision": ABOVE,
    "daoli_credit.demo": [*ABOVE, "daoli_credit.supervision"],
    "daoli_credit.sandbox": [],
    "daoli_credit.embedded": [],
    "daoli_credit.urls": [*ABOVE, "daoli_credit.portal", "daoli_credit.supervision"],
    "daoli_credit.parties": ["daoli_credit.environment"],
    "daoli_credit.settings": ["daoli_credit.environment", "daoli_credit.parties"],
    "daoli_credit.celery": [],
    "daoli_credit.wsgi": ["daoli_credit.celery", "daoli_credit.law"],
    "daoli_credit": [],
}
INSIDE_AN_APP = [
    *("models", "identity", "rotation", "rules", "publicity", "selectors", "repairs", "exports", "workflows"),
    *("forms", "repair_forms", "export_forms", "views", "tasks", "urls"),
]


def _room(name: str) -> str:
    return max((room for room in MAY if name == room or name.startswith(f"{room}.")), key=len, default="")


def test_each_room_imports_only_what_stands_to_its_left() -> None:
    wrong = []
    for name, path in sources.modules():
        here = _room(name)
        for imported, line in sources.imports(path):
            there = _room(imported)
            if there and there != "daoli_credit" and there not in {here, *MAY[here]}:
                wrong.append(f"{path.relative_to(sources.ROOT)}:{line} {here} 不能引用 {there}")
    assert not wrong, "\n".join(wrong)


def test_every_module_has_a_room() -> None:
    homeless = [
        name for name, _ in sources.modules() if not _room(name) or (_room(name) == "daoli_credit" and "." in name)
    ]
    assert not homeless, f"请在表中写明它们能引用谁：{homeless}"


@pytest.mark.parametrize("app", ["records", "incentives"])
def test_inside_an_app_left_never_imports_right(app: str) -> None:
    wrong = []
    for name, path in sources.modules():
        parts = name.split(".")
        if parts[0] != app or len(parts) < 2 or parts[1] not in INSIDE_AN_APP:
            continue
        for imported, line in sources.imports(path):
            target = imported.split(".")
            ours = target[0] == app and len(target) > 1 and target[1] in INSIDE_AN_APP
            if ours and INSIDE_AN_APP.index(target[1]) > INSIDE_AN_APP.index(parts[1]):
                wrong.append(f"{path.relative_to(sources.ROOT)}:{line} {parts[1]} 不能引用 {target[1]}")
    assert not wrong, "\n".join(wrong)
