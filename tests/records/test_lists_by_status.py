"""异议、身份核定的列表: each chip opens as many as it says; what runs stands first; a page does not read them all."""

import re
from datetime import timedelta

import pytest

from daoli_credit.law import clock
from records import by_status
from records.models import IdentityCase, Objection
from records.models.identity_case import K
from records.workflows import objection as acts
from records.workflows.settling import Answer
from tests import make, make_identity, make_objections
from tests.cast import Cast, browser, identity
from tests.records.test_pages_do_not_grow import asked

CHIP = re.compile(r'<a class="chip" href="([^"]*)"[^>]*>[^<]*<b>(\d+)</b>')


def _objections(cast: Cast) -> list[Objection]:
    """One answered, one that waits for the person, one raised, one overdue."""
    answered = make_objections.raised(cast, make.effective(cast, serial=1))
    make_objections.answer(cast, answered, Answer("fine", upheld=False, reason="金额与决定书一致"))
    with clock.at(clock.today() - timedelta(days=30)):
        late = make_objections.raised(cast, make.effective(cast, serial=4))
    waits = make_objections.raised(cast, make.effective(cast, serial=2))
    acts.ask(objection_id=waits.pk, actor=cast.reviewer, opinion="请写明是哪一笔", seen=waits.revision)
    return [answered, late, waits, make_objections.raised(cast, make.effective(cast, serial=3))]


def _rows(page: str) -> list[str]:
    return re.findall(r"\b(?:YY|HD)\d{4}-\d{6}\b", page.partition("<tbody>")[2].partition("</tbody>")[0])


def test_every_chip_of_the_objections_opens_as_many_as_it_says(cast: Cast) -> None:
    answered, late, _, _ = _objections(cast)
    client = browser(cast.reviewer)
    page = client.get("/desk/objections/").content.decode()
    chips = CHIP.findall(page)
    assert len(chips) >= 4
    for there, n in chips:
        shown = client.get(there if there.startswith("/") else f"/desk/objections/{there}").content.decode()
        assert len(set(re.findall(r"/desk/objections/(YY[\d-]+)/", shown))) == int(n), there
    order = list(dict.fromkeys(re.findall(r"/desk/objections/(YY[\d-]+)/", page)))
    assert (order[0], order[-1]) == (late.number, answered.number)
    overdue = client.get(f"/desk/objections/?status={by_status.LATE}").content.decode()
    assert late.number in overdue
    assert answered.number not in overdue


def test_every_chip_of_the_identity_cases_opens_as_many_as_it_says(cast: Cast) -> None:
    make.effective(cast)
    old = make_identity.second_number()
    make.effective(cast, who=old, serial=2)
    settled = make_identity.joined(cast, identity("linxiuyun"), old)
    running = make_identity.opened(cast, K.DEATH, identity("linxiuyun"))
    client = browser(cast.counter)
    page = client.get("/desk/identities/").content.decode()
    for there, n in CHIP.findall(page):
        shown = client.get(there if there.startswith("/") else f"/desk/identities/{there}").content.decode()
        assert len(set(_rows(shown))) == int(n), there
    assert list(dict.fromkeys(_rows(page))) == [running.number, settled.number]
    assert IdentityCase.objects.count() == 2


@pytest.mark.parametrize("wrong", ["?status=nonsense", "?status=%27", "?page=9999", "?page=x"])
def test_what_is_no_status_and_no_page_shows_the_whole_list(cast: Cast, wrong: str) -> None:
    raised = make_objections.raised(cast, make.effective(cast))
    assert raised.number in browser(cast.reviewer).get(f"/desk/objections/{wrong}").content.decode()


def test_a_page_asks_as_much_for_many_as_for_few(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.views.objections.PER_PAGE", 2)
    client = browser(cast.reviewer)
    for serial in (1, 2):
        make_objections.raised(cast, make.effective(cast, serial=serial))
    few = asked(client, "/desk/objections/")
    for serial in (3, 4, 5):
        make_objections.raised(cast, make.effective(cast, serial=serial))
    assert asked(client, "/desk/objections/") == few
