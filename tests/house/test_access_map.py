"""docs/access.md: every address × every actor, tried; the page an auditor reads is the page that is tested."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from daoli_credit.accounts.models import User
from tests import make
from tests.cast import Cast, browser
from tests.house.access_map import ACTORS, REFUSALS, Line, read
from tests.house.addresses import (
    campaigns,
    checks,
    ends,
    entrances,
    evidence,
    identity,
    imports,
    lapses,
    listings,
    looks,
    matters,
    measures,
    notices,
    objections,
    papers,
    people,
    protecting,
    pushing,
    records,
    redlist,
    registrations,
    repairs,
    requests,
    reviews,
    rules,
)
from tests.house.asking import undone
from tests.house.conftest import Places

PARTS = 4  # so that two workers share them


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def _actors(cast: Cast) -> dict[str, User | None]:
    people = (
        None,
        cast.clerk,
        cast.reviewer,
        cast.other_clerk,
        cast.other_reviewer,
        cast.wage_clerk,
        cast.legal,
        cast.decider,
        cast.feed_operator,
        cast.organiser,
        cast.supervisor,
        cast.operator,
        cast.counter,
        cast.system_officer,
        cast.security_officer,
        cast.audit_officer,
        cast.citizen,
        cast.namesake,
    )
    return dict(zip(ACTORS, people, strict=True))


def _addresses(cast: Cast) -> dict[str, str]:
    rooms = (
        records, notices, checks, imports, pushing, listings, objections, repairs, campaigns, people, entrances,
        evidence, looks, protecting, reviews, rules, lapses, ends, identity, papers, matters, registrations,
        redlist, requests, measures,
    )  # fmt: skip
    return {name: address for room in rooms for name, address in room.addresses(cast).items()}


def _answer(client: Client, line: Line, address: str) -> str:
    body = {"seen": "1", "opinion": "请核对", "purpose": "对照决定书核对当事人", "to": "large"}
    answer = undone(client, line.method, address, body if line.method == "POST" else None)
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/?"):
        return "登录"
    if answer.status_code == 403 and 'href="/sign-in/?' in answer.content.decode():
        return "登录"  # a form that comes after the session was lost: its words come back, and the way on
    return str(answer.status_code)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_and_actor_gets_the_answer_on_the_map(places: Places, part: int) -> None:
    wrong = []
    for line in read()[part::PARTS]:
        address = places.addresses.get(line.name) or reverse(line.name)
        for actor, user in places.actors.items():
            got = _answer(places.browsers[user], line, address)
            if got != line.answers[actor]:
                wrong.append(f"{line.method} {address} {actor}：地图写 {line.answers[actor]}，实际 {got}")
    assert not wrong, "\n".join(wrong)


def test_every_address_stands_on_the_map() -> None:
    missing = set(_names(get_resolver().url_patterns)) - {line.name for line in read()}
    assert not missing, f"请在 docs/access.md 写明：{sorted(missing)}"


def test_the_map_names_no_address_that_is_gone() -> None:
    gone = {line.name for line in read()} - set(_names(get_resolver().url_patterns))
    assert not gone


def test_at_least_a_third_of_the_cells_are_refusals() -> None:
    cells = [answer for line in read() for answer in line.answers.values()]
    refused = sum(answer in REFUSALS for answer in cells)
    assert refused * 3 >= len(cells), f"{refused} / {len(cells)}"


@pytest.mark.parametrize("number", ["DL1999-000001", "x", "1' OR '1'='1", "../../etc/passwd"])
def test_a_foreign_or_invented_number_is_not_found(cast: Cast, number: str) -> None:
    make.effective(cast)
    for user in (cast.clerk, cast.other_clerk):
        assert browser(user).get(f"/desk/records/{number}/").status_code == 404
    assert browser(cast.citizen).get(f"/me/records/{number}/").status_code == 404
