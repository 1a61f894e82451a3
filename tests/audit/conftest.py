"""The cast of the evidence tests, and a place outside the database for the roots."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from daoli_credit.audit import acts, events
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.audit.verify import verify

ACT = acts.register("specimen.tested", "试记一笔")


@dataclass(frozen=True)
class Officer:
    audit_id: str = "user:7"
    audit_label: str = "王芳（经办）"


@pytest.fixture
def officer() -> events.Actor:
    return Officer()


@pytest.fixture(autouse=True)
def roots_file(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return tmp_path / "evidence" / "roots.jsonl"


@pytest.fixture
def an_event(officer: events.Actor) -> Callable[..., Event]:
    def one(object_id: object = 1, opinion: str = "同意") -> Event:
        return events.record(act=ACT, noun="specimen", object_id=object_id, actor=officer, opinion=opinion)

    return one


@pytest.fixture
def a_look(officer: events.Actor) -> Callable[..., LookUp]:
    def one(person: bytes = b"k", **given: str) -> LookUp:
        why = {"matter": "qualification", "case_number": "2026-0031", "purpose": "资格审核"} | given
        key = b"\x00\x01" + person * 32
        return events.look_up(actor=officer, person_key=key, shown=["fact", "ends"], department="scjg", **why)

    return one


@pytest.fixture
def faults() -> Callable[[], list[str]]:
    return lambda: [finding.text for finding in verify() if not finding.ok]
