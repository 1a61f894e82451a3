"""一条规则管每一个出口: random users ask for random objects everywhere; the answer is the queryset's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from daoli_credit.accounts import roles
from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import Department, User
from daoli_credit.portal.citizen import views
from records.views import desk
from records.workflows import record as record_acts
from records.workflows import undoing
from tests import (
    make,
    make_amendments,
    make_campaigns,
    make_contests,
    make_feeds,
    make_importing,
    make_listing,
    make_objections,
    make_protecting,
    make_registration,
    make_repairs,
)
from tests.cast import Cast, browser
from tests.house.access_map import read
from tests.house.addresses import checks as checked
from tests.house.addresses import ends as ended
from tests.house.addresses import entrances as doors
from tests.house.addresses import identity as papers
from tests.house.addresses import lapses, matters, measures, redlist, requests, rules
from tests.house.addresses import looks as objects
from tests.house.addresses import notices as told
from tests.house.addresses import people as loans
from tests.house.asking import undone
from tests.house.exits import EXITS, LISTS, NO_OBJECT, VISIBLE, Who, everything

CLOSED = {401, 403, 404, 405, 410}
INVENTED = ("DL2026-999999", "LR1999-000001", "x", "0", "00000000-0000-0000-0000-000000000000", "__")
NUMBERED = {  # any number on any page → the nouns that may explain it
    r"\bDL\d{4}-\d{6}\b": ("record", "own-record"),
    r"\bLR\d{4}-\d{6}\b": ("listing", "own-listing"),
    r"\bDJ\d{4}-\d{6}\b": ("registration", "own-registration"),
    r"\bTY\d{4}-\d{6}\b": ("early-exit",),
    r"\bXF\d{4}-\d{6}\b": ("repair", "repair-over", "own-repair"),
    r"\bPC\d{4}-\d{6}\b": ("batch",),
    r"\bHC\d{4}-\d{6}\b": ("check",),
    r"\bHP\d{4}-\d{6}\b": ("check-set",),
    r"\bYP\d{4}-\d{6}\b": ("assessment",),
    r"\bSJ\d{4}-\d{6}\b": ("incident",),
    r"\bYY\d{4}-\d{6}\b": ("objection", "own-objection"),
    r"\bGZ\d{4}-\d{6}\b": ("amendment",),
    r"\bSM\d{4}-\d{6}\b": ("explanation", "own-explanation"),
    r"\bZH\d{4}-\d{6}\b": ("delay",),
    r"\bDC\d{4}-\d{6}\b": ("export",),
    r"\bGB\d{4}-\d{6}\b": ("rule-change",),
    r"\bSX\d{4}-\d{6}\b": ("lapse",),
    r"\bZZ\d{4}-\d{6}\b": ("end-notice",),
    r"\bKQ\d{4}-\d{6}\b": ("opening",),
    r"\bHD\d{4}-\d{6}\b": ("identity", "handed"),
    r"\bXH\d{4}-\d{6}\b": ("certificate",),
    r"\bDQ\d{4}-\d{6}\b": ("request", "own-request"),
    r"\bFS\d{4}-\d{6}\b": ("contest",),
    r"\bCX\d{4}-\d{6}\b": ("undoing", "undoing-over", "own-undoing"),
}
# These name a case by its number and say nothing else of it: the feeds' pages to those who watch the feeds
# (docs/feeds.md), evidence and odd looks to the audit officer, to a person the export that they stood in, and to those
# who explain and sign for the looks of their department the case that a look was for (docs/looks.md).
NAMES_CASES = {
    "supervision-undoings", "look-desk", "feeds", "feed-stopped", "evidence-looks", "odd-look-list", "me-looks",
    "feed-owed",
}  # fmt: skip
PARTS = 4  # so that two workers share them
BODY = {"seen": "1", "opinion": "请核对", "purpose": "对照决定书核对当事人"}


def _patterns(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, before + str(pattern.pattern))
        elif pattern.name:
            yield pattern.name, before + str(pattern.pattern)


def test_every_address_with_an_object_stands_in_the_registry() -> None:
    with_object = {name for name, route in _patterns(get_resolver().url_patterns) if "<" in route}
    missing = with_object - set(EXITS) - NO_OBJECT
    assert not missing, f"请在 tests/house/exits.py 写明由哪个 visible_to 决定：{sorted(missing)}"
    assert not (set(EXITS) | NO_OBJECT) - with_object


@dataclass
class Town:
    """Everybody and everything, each user with what the querysets say they may see."""

    users: list[tuple[str, Who, Client]]
    ids: dict[str, list[tuple[str, ...]]]
    visible: dict[str, dict[str, set[tuple[str, ...]]]] = field(default_factory=dict)


def _strangers() -> list[User]:
    """Staff of other departments with other bundles of roles, among them every single role somewhere."""
    made = []
    bodies = Department.objects.exclude(kind="street").order_by("pk")[:12]
    for serial, body in enumerate(bodies):
        user = User.objects.create_staff(f"s{serial}", "not-used-1234567", display_name="某", home_department=body)
        offered = roles.offered(body)
        for role in (offered[serial % len(offered)], offered[(serial * 3 + 1) % len(offered)]):
            roles.grant(user, body, role.code)
        made.append(user)
    nobody = User.objects.create_staff("nobody", "not-used-1234567", display_name="没有职责")
    return [*made, nobody]


def _somebody_elses(cast: Cast) -> None:
    """The same kinds of objects in other departments and about other citizens."""
    third = make_listing.someone("k")
    raw = make.raw_penalty(third, department=cast.health, item="penalty-health", serial=71)
    record_acts.enter(department=cast.health, checked=make.checked(raw, "penalty-health"), actor=cast.other_clerk)
    make_listing.proposed(cast, who=make_listing.someone("p"))
    make_listing.notified(cast, who=third, number="哈里人社告〔2026〕7号")
    make_repairs.applied(cast, make_repairs.old(cast, serial=62))


@pytest.fixture(scope="module")
def town(standing: Cast) -> Iterator[Town]:
    with override_settings(FEEDS=make_feeds.CONNECTED), pytest.MonkeyPatch.context() as patch:
        for pages in (desk, views):
            patch.setattr(pages, "PER_PAGE", 500)  # a list is compared whole
        yield _town(standing)


def _town(cast: Cast) -> Town:
    make.draft(cast, serial=1)
    make.submitted(cast, serial=2)
    make_amendments.proposed(cast, make.effective(cast, serial=3))
    make_importing.committed(cast)
    make_importing.checked(cast, make_importing.sheet([make_importing.row(701)]))
    make_listing.scanned(make_listing.notified(cast))
    court = make_listing.desk(make_registration.court())
    make_registration.asked_to_leave(court)
    make_registration.registered(court[0], who=make_listing.someone("r"))
    make_repairs.applied(cast, make_repairs.old(cast, serial=61))
    make_repairs.public(cast, serial=65)
    make_repairs.decided(cast, make_repairs.old(cast, serial=63))
    make_campaigns.held(cast)
    make_campaigns.arranged(cast, title="诚信读本进社区")
    make_feeds.owed(cast, serial=66)
    make_protecting.drafted(cast)
    make_protecting.contractor(cast)
    make_protecting.found(cast)
    objects.addresses(cast)
    ended.addresses(cast)
    doors.addresses(cast)
    loans.addresses(cast)
    papers.addresses(cast)
    checked.addresses(cast)
    told.addresses(cast)
    matters.addresses(cast)
    requests.addresses(cast)
    redlist.addresses(cast)
    measures.addresses(cast)
    make_objections.raised(cast, make.effective(cast, serial=67))
    make_contests.marked(cast, make.effective(cast, serial=78))
    make_contests.undone(cast, make.effective(cast, serial=79))
    over = make_contests.undone(cast, make.effective(cast, serial=179))
    undoing.end(undoing_id=over.pk, actor=cast.reviewer, seen=over.revision)
    _somebody_elses(cast)
    rules.addresses(cast)
    lapses.addresses(cast)  # last: from here on nothing new rests on that basis
    people = [value for value in vars(cast).values() if isinstance(value, User)] + _strangers()
    users: list[tuple[str, Who, Client]] = [("来访者", AnonymousUser(), browser(None))]
    users += [(user.username, user, browser(user)) for user in people]
    town = Town(users, {noun: sorted(ids) for noun, ids in everything().items()})
    none = [noun for noun, ids in town.ids.items() if not ids]
    assert not none, f"每一种对象至少要有一个：{none}"
    for name, user, _ in users:
        town.visible[name] = {noun: ask(user) for noun, ask in VISIBLE.items()}
    return town


def _ask(client: Client, method: str, address: str) -> HttpResponse:
    return undone(client, method, address, BODY if method == "POST" else None)


def _closed(answer: HttpResponse) -> bool:
    to_the_door = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?")
    return to_the_door or answer.status_code in CLOSED


def _args(name: str, wanted: tuple[str, ...]) -> list[object] | None:
    args: list[object] = [*wanted, *EXITS[name].more]
    try:
        reverse(name, args=args)
    except Exception:
        return None
    return args


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    derandomize=True,
)
@given(data=st.data())
def test_a_random_user_gets_of_a_random_object_what_the_queryset_says(town: Town, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(EXITS)), label="address")
    exit_ = EXITS[name]
    who, _, client = data.draw(st.sampled_from(town.users), label="user")
    invented = [(one,) * len(town.ids[exit_.noun][0]) for one in INVENTED]
    wanted = data.draw(st.sampled_from([*town.ids[exit_.noun] * 3, *invented]), label="object")
    args = _args(name, wanted)
    if args is None:
        return
    answer = _ask(client, exit_.method, reverse(name, args=args))
    may = wanted in town.visible[who][exit_.noun]
    target(float(may))
    if not may:
        assert _closed(answer), f"{who} 在 {name} 得到了 {wanted}：{answer.status_code}"
    elif exit_.exact:
        assert answer.status_code == 200, f"{who} 在 {name} 应看到 {wanted}，得到 {answer.status_code}"


def test_every_exact_exit_opens_for_exactly_those_who_may_see(town: Town) -> None:
    """The same question without dice: every object, everybody of the cast, at each page that is exact."""
    wrong = []
    for name, exit_ in EXITS.items():
        for wanted in town.ids[exit_.noun][:3] if exit_.exact else []:
            for who, _, client in town.users[:24]:
                answer = _ask(client, "GET", reverse(name, args=[*wanted, *exit_.more]))
                if (answer.status_code == 200) != (wanted in town.visible[who][exit_.noun]):
                    wrong.append(f"{name} {wanted} {who}：{answer.status_code}")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_names_what_its_reader_may_not_see(town: Town, part: int) -> None:
    plain = sorted({line.name for line in read() if line.method == "GET"} - set(EXITS) - NO_OBJECT)
    numbers = {person.id_number for person in CAST if person.id_number}
    wrong = []
    for who, _, client in town.users[part::PARTS]:
        mine = town.visible[who]
        for name in plain:
            answer = _ask(client, "GET", reverse(name))
            if answer.status_code != 200 or answer.streaming:
                continue
            text = answer.content.decode(errors="replace")
            wrong += [f"{name} {who} 完整证件号码" for number in numbers if number in text]
            for pattern, nouns in NUMBERED.items():
                named = {(found,) for found in re.findall(pattern, text)}
                may = set().union(*(mine[noun] for noun in nouns))
                if name in NAMES_CASES:
                    continue
                wrong += [f"{name} {who} 写出了 {one}" for one in named - may]
            if name in LISTS:
                noun, pattern = LISTS[name]
                listed = {(found,) for found in re.findall(pattern, text)} & set(town.ids[noun])
                if listed != mine[noun]:
                    wrong.append(f"{name} {who}：列出 {listed}，应是 {mine[noun]}")
    assert not wrong, "\n".join(wrong[:30])


def test_a_link_on_a_page_never_leads_to_what_its_reader_may_not_see(town: Town) -> None:
    """What is offered opens: no page shows the address of an object to somebody who would be refused there."""
    wrong = []
    for who, _, client in town.users[:24]:
        for start in ("/desk/", "/me/", "/supervision/", "/desk/feeds/"):
            answer = _ask(client, "GET", start)
            if answer.status_code != 200:
                continue
            links = set(re.findall(r'<a\b[^>]*href="(/(?:desk|me|supervision)/[^"#]+)', answer.content.decode()))
            for link in links:
                opened = _ask(client, "GET", link.replace("&amp;", "&"))
                if opened.status_code in {403, 404}:
                    wrong.append(f"{who} {start} → {urlsplit(link).path}：{opened.status_code}")
    assert not wrong, "\n".join(wrong[:20])
