"""造上级平台查询: a source in the settings, assessed, and a check in a matter that looks at courts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
from pytest_django import Settings

from daoli_credit.accounts import assessments
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import checking
from tests import make_matters
from tests.cast import Cast, identity
from tests.sandbox.platform import TITLES, TOKEN, Place, platform

LIST_KEYS = {"hlj": "q1" * 16, "hrb": "q2" * 16}
LISTS = ["court-dishonest", "tax-major", "item:responsibility-ban"]
FILING = "company-officer-filing"
COURT = "（2026）黑01执901号"


@contextmanager
def above(code: str, folder: Path) -> Iterator[Place]:
    """A running platform that may be asked about lists."""
    with platform(code, folder, named={f"DAOLI_INBOUND_{code.upper()}_KEY": LIST_KEYS[code]}) as place:
        yield place


def connect(settings: Settings, code: str = "hlj", url: str = "http://127.0.0.1:9", **more: Any) -> None:
    """接通 a source, assessed long ago."""
    if assessments.in_force(Subject.INBOUND, code, on=clock.today()) is None:
        with clock.at(clock.today() - timedelta(days=700)):
            assessed.an_inbound_source(code)
    facts = {
        "title": TITLES[code],
        "url": url,
        "key": LIST_KEYS[code],
        "key_id": "1",
        "lists": " ".join(LISTS),
        "basis": "government-data-sharing-regulation",
    }
    settings.INBOUND = {**settings.INBOUND, code: {**facts, **more}}


def fault(place: Place, kind: str, count: int = 1) -> None:
    """Orders what goes wrong with the next questions."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    told = requests.post(
        f"{place.url}/admin/list-faults", json={"fault": kind, "count": count}, headers=headers, timeout=5
    )
    assert told.status_code == 200, told.text


def enters(place: Place, username: str, code: str = "court-dishonest", **changed: str | None) -> None:
    """The other side enters somebody on a list of its own."""
    row = {
        "id_number": identity(username).id_number,
        "list": code,
        "authority": "某区人民法院",
        "document_number": f"（2026）黑01执{len(username)}号",
        "decided_on": str(clock.today() - timedelta(days=298)),
        "until": str(clock.today() + timedelta(days=431)),
        **changed,
    }
    headers = {"Authorization": f"Bearer {TOKEN}"}
    told = requests.post(f"{place.url}/admin/lists", data=json.dumps([row]), headers=headers, timeout=5)
    assert told.json() == {"kept": 1}


def case(cast: Cast, number: str = "董备〔2026〕7号") -> MatterCase:
    """An open filing of a company officer."""
    return make_matters.case(cast, number, FILING)


def check(cast: Cast, username: str = "guchanglin", opened: MatterCase | None = None) -> Check:
    """核查 somebody in it; the sources that are connected are asked."""
    opened = opened or case(cast)
    number = identity(username).id_number
    return checking.check(case_id=opened.pk, number=number, by=checking.By(user=cast.clerk))
