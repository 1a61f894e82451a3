"""每一种终止，每一个出口: with the scheduler dead, what has ended is found nowhere but in its own person's history.

One town, a record for every kind of end. First every exit is walked as everybody, so that the test knows where the
records can be seen at all; then each ends by its own act or day, no task is run, and every exit is walked again.
"""

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.feeds.workflows import sweeping
from daoli_credit.law import clock
from incentives.models import EarlyExit, Listing, Nomination, Registration
from incentives.workflows import consenting, deciding, honouring, leaving, registering
from records import outgoing
from records.identity import Identity
from records.models import CreditRecord, ExportRequest, ImportBatch, PublicPage, Revision
from records.models.end_kind import EndKind
from records.models.identity_case import K
from records.models.objection import Objection
from records.rules.objectable import WHOLE
from records.workflows import batch_undoing, importing, noticing, removals, restoring, undoing
from records.workflows import record as record_acts
from records.workflows import repair as repair_acts
from records.workflows import statement as statement_acts
from records.workflows.settling import Answer
from tests import (
    make,
    make_amendments,
    make_assessments,
    make_checks,
    make_contests,
    make_ends,
    make_exports,
    make_feeds,
    make_honours,
    make_identity,
    make_importing,
    make_listing,
    make_measures,
    make_notices,
    make_objections,
    make_registration,
    make_repairs,
    make_requests,
)
from tests.accounts import tries
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser, identity
from tests.house.access_map import read
from tests.house.asking import undone
from tests.house.exits import EXITS, NO_OBJECT, VISIBLE
from tests.house.handed_out import Known, bare, known, said

WHO = (
    "clerk", "both", "other_clerk", "wage_clerk", "legal", "tour_clerk", "feed_operator", "supervisor", "operator",
    "audit_officer", "citizen", "guide",
)  # fmt: skip
MOST = 12  # of the objects of one kind that a user may see: letters and events are many and alike
# Where the person's own history, letters and looks are; and the case numbers that those who watch the feeds or the log
# see without anything else (docs/feeds.md, docs/looks.md).
OWN = {
    "me", "me-cases", "me-messages", "me-message", "me-looks", "me-disclosures", "me-repair-case", "me-objection",
    "me-look-explain", "me-explanation", "me-listing", "me-listing-original", "me-registration", "me-prior-notice",
    "me-paper",
}  # fmt: skip
# The person was told that a permit would be refused because of these.
TOLD_OF = ("expired", "elsewhere")
BY_DAY = frozenset({"expired", "unpublished", "term"})
# The log of looks names the case that a look was for, to those who explain and sign for it (docs/looks.md).
# A receipt names the first and the last number of its sheet, and is signed: it says nothing of what became of them.
NUMBER_ONLY = {
    "feeds", "feed-stopped", "feed-record", "feed-coming", "feed-differences", "feed-deliveries", "feed-delivery",
    "feed-holding", "feed-owed",
    "evidence-looks", "evidence-events", "evidence-event",
    "import-receipt", "look-desk", "delay-new",
}  # fmt: skip
# The bound file of an office names the case, and the record it was about, by number; so does the list that it opens.
NUMBERED_FILES = {"objection-file", "repair-file", "listing-file", "honour-file", "registration-file", "undoing-file"}
# Forms that give something away before the end, so that their silence afterwards proves something.
GIVEN = {"record-reveal", "objection-file", "repair-file", "listing-file", "export-fetch", "paper-open"}


Found = dict[str, set[tuple[str, str, str]]]


@dataclass
class Marked:
    """一条记录 and the words by which a page would give it away."""

    kind: str
    record: CreditRecord
    words: tuple[str, ...]

    @property
    def number(self) -> str:
        """系统编号."""
        return self.record.number


@dataclass
class Town:
    """Everybody, and a record for every kind of end."""

    cast: Cast
    users: dict[str, tuple[User | None, Client]]
    marked: list[Marked] = field(default_factory=list)
    shut: set[tuple[str, str]] = field(default_factory=set)

    def of(self, kind: str) -> CreditRecord:
        """The record that ends in this way, as it stands now."""
        return CreditRecord.objects.get(pk=next(one.record.pk for one in self.marked if one.kind == kind))


def _served(record: CreditRecord, kind: str) -> Marked:
    words = [record.document_number]
    words += [str(value) for value in record.content.values() if isinstance(value, str) and "测标记" in value]
    return Marked(kind, record, tuple(words))


def _record(cast: Cast, kind: str, serial: int, *, ago: int = 10) -> Marked:
    facts = f"测标记{serial}：当事人被查实经营超过保质期的食品。"
    decided = clock.today() - timedelta(days=ago)
    with clock.at(clock.today() - timedelta(days=max(ago - 5, 0))):
        made = make.effective(cast, serial=serial, decided=decided, facts=facts, penalty_kinds="吊销许可证件")
    return _served(made, kind)


def _imported(cast: Cast, who: Identity, serial: int) -> CreditRecord:
    """From a sheet of its own, in force."""
    row = make_importing.row(serial, who.name, who.id_number, 违法事实=f"测标记{serial}：被查实。")
    batch = make_importing.checked(cast, make_importing.sheet([row]))
    batch = importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    pk = CreditRecord.objects.get(row__batch=batch).pk
    make.opened(CreditRecord.objects.get(pk=pk), cast.reviewer)
    return record_acts.approve(record_id=pk, actor=cast.reviewer, opinion="", seen=1)


@pytest.fixture(scope="module")
def built(standing: Cast, tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Path]:
    """The town, made once, with what lies outside the database."""
    evidence = tmp_path_factory.mktemp("evidence")
    with override_settings(FEEDS=make_feeds.CONNECTED, EVIDENCE_DIR=evidence):
        return _town(standing), evidence


@pytest.fixture
def town(built: tuple[Town, Path], settings: Settings, tmp_path: Path) -> Iterator[Town]:
    """As it was made: what a test does to it is rolled back, and outside the database it has a copy."""
    settings.FEEDS = make_feeds.CONNECTED
    settings.EVIDENCE_DIR = shutil.copytree(built[1], tmp_path / "evidence")
    test = transaction.atomic()
    test._from_testcase = True  # type: ignore[attr-defined]  # as Django's own: what must commit takes it for nothing
    with test:
        yield replace(built[0], users=dict(built[0].users), shut=set())
        transaction.set_rollback(True)


def _town(cast: Cast) -> Town:
    people: dict[str, User | None] = {"来访者": None, **{name: getattr(cast, name) for name in WHO}}
    roles.grant(cast.both, cast.market, "legal")
    roles.grant(cast.both, cast.market, "decider")
    court = make_listing.desk(make_registration.court())
    people |= {"court_clerk": court[0], "court_legal": court[1], "court_decider": court[2]}
    town = Town(cast, {name: (user, browser(user)) for name, user in people.items()})
    kinds = ("expired", "repaired", "wrong", "retracted", "annulled", "elsewhere", "basis")
    town.marked = [
        _record(cast, kind, serial, ago=200 if kind == "repaired" else 10)
        for serial, kind in enumerate(kinds, start=531)
    ]
    other = identity("guchanglin")  # who has died is no subject any more
    town.marked.append(_served(_imported(cast, other, 511), "deceased"))
    town.marked.append(_served(_imported(cast, make_listing.someone("能力"), 512), "no-capacity"))
    town.marked.append(_served(_imported(cast, make_listing.someone("撤批"), 513), "undone"))
    town.marked.append(_record(cast, "restored", 514))
    listing = make_listing.effective(cast)
    assert listing.record is not None
    town.marked.append(_served(listing.record, "revoked"))
    honour = make_honours.of_wages(cast, honour_title="测标记541荣誉")
    assert honour.record is not None
    town.marked.append(_served(honour.record, "consent-withdrawn"))
    annulled = make_honours.effective(cast.citizen, serial=542, honour_title="测标记542荣誉")
    assert annulled.record is not None
    town.marked.append(_served(annulled.record, "honour-annulled"))
    over = make_listing.effective(
        cast, who=make_listing.someone("期满"), by=make_listing.account("期满"), number="哈里人社告〔2026〕543号"
    )
    assert over.record is not None
    town.marked.append(_served(over.record, "term"))
    for serial, kind in ((544, "left-early"), (545, "registration-cancelled")):
        number = f"（2026）黑0102执{serial}号"
        made = make_registration.confirmed(court[0], court[2], document_number=number)
        assert made.record is not None
        town.marked.append(_served(made.record, kind))
    make_registration.leave(town.of("left-early"), court[0])
    guide = make_repairs.public(cast, serial=521)
    town.marked.append(_served(guide, "unpublished"))
    make_measures.pull()
    make_measures.applied(make_measures.task(listing.record, "m-wage-funds", "human-resources"), cast.wage_clerk)
    statement_acts.make(record_id=town.of("expired").pk, actor=cast.citizen, words="已经整改。")
    make_repairs.applied(cast, town.of("repaired"))
    for place, kind in enumerate(TOLD_OF, 1):
        make_notices.told_of(cast, town.of(kind), number=f"食许〔2026〕97{place}号")
    make_objections.raised(cast, town.of("wrong"), points={WHOLE: "不是我"})
    make_assessments.feed(make_feeds.CHANNEL.code)
    sweeping.sweep(make_feeds.CHANNEL)
    make_exports.made(cast)
    make_checks.ask(cast, make_checks.case(cast))
    make_requests.handed(cast)
    make_requests.extracted(cast, document_number="（2026）黑0102刑初77号调取证据通知书")
    return town


def _addresses(user: User | None) -> Iterator[tuple[str, str]]:
    """Every page of the map, and every page with an object for the objects that this user may see.

    That nobody gets an object beyond these is the question of test_every_exit.py.
    """
    for line in read():
        if line.method != "GET" or line.name in set(EXITS) | NO_OBJECT or line.name.startswith("sign-in"):
            continue
        address = reverse(line.name)
        if user is None or address.startswith(("/me/", "/desk/", "/supervision/")):
            yield line.name, address  # the public pages are the same for everybody: the visitor opens them
    for name, exit_ in EXITS.items():
        if exit_.method == "GET":
            seen = VISIBLE[exit_.noun](user or AnonymousUser())
            for wanted in sorted(seen, key=lambda ids: (len(ids[-1]), ids))[-MOST:]:
                with contextlib.suppress(NoReverseMatch):
                    yield name, reverse(name, args=[*wanted, *exit_.more])


def _walk(town: Town) -> Found:
    """Kind → (who, address name, what was found there)."""
    found: Found = {one.kind: set() for one in town.marked}
    for who, (user, client) in town.users.items():
        fresh = User.objects.get(pk=user.pk) if user else None  # rights are asked once per user object
        for name, address in list(_addresses(fresh)):
            if (who, name) in town.shut:
                continue
            with transaction.atomic():
                answer = client.get(address)
                transaction.set_rollback(True)
            if answer.status_code != 200:
                if answer.status_code in {302, 403, 405}:
                    town.shut.add((who, name))
                continue
            text = said(answer)  # a PDF and a workbook are read too
            for one in town.marked:
                found[one.kind] |= {(who, name, word) for word in (one.number, *one.words) if bare(word) in text}
    return found


def _leaks(town: Town, found: Found, kinds: set[str], files: frozenset[str] = frozenset()) -> list[str]:
    persons = {"citizen", "guide", "third"}
    wrong = []
    for one in town.marked:
        for who, name, word in sorted(found[one.kind]) if one.kind in kinds else ():
            own = who in persons and name in OWN
            counted = name in NUMBER_ONLY | files and word == one.number
            if not own and not counted:
                wrong.append(f"{one.kind}：{who} 在 {name} 看到 {word}")
    return wrong


def _end_all(town: Town) -> None:
    """Each by its own act; no task runs."""
    cast = town.cast
    repair = town.of("repaired").repairs.get()
    repair = repair_acts.accept(repair_id=repair.pk, actor=cast.clerk, seen=repair.revision)
    repair_acts.decide(repair_id=repair.pk, actor=cast.reviewer, seen=repair.revision)
    objection = Objection.objects.get(record=town.of("wrong"))
    make_objections.answer(cast, objection, Answer(WHOLE, upheld=True, reason="认定有误"))
    amendment = make_amendments.withdrawal(cast, town.of("retracted"))
    make_amendments.agreed(cast, amendment)
    undone = make_contests.undone(cast, town.of("annulled"))
    undoing.end(undoing_id=undone.pk, actor=cast.reviewer, seen=undone.revision)
    for cause in ("elsewhere", "basis"):
        notice = make_ends.noted(cast, town.of(cause), cause=cause)
        noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    make_identity.settled(cast, make_identity.opened(cast, K.DEATH, identity("guchanglin")))
    make_identity.settled(cast, make_identity.opened(cast, K.CAPACITY, make_listing.someone("能力")))
    batch = ImportBatch.objects.get(rows__record=town.of("undone"))
    batch_undoing.undo(batch_id=batch.pk, actor=cast.clerk, opinion="报错了表", seen=batch.revision)
    gone = removals.Removed(town.of("restored").number, 1, clock.today())
    assert restoring.end_again(gone, actor=User.objects.system())
    honour = Nomination.objects.get(record=town.of("consent-withdrawn"))
    consenting.withdraw(nomination_id=honour.pk, actor=cast.citizen)
    annulled = Nomination.objects.get(record=town.of("honour-annulled"))
    honouring.annul(
        nomination_id=annulled.pk,
        actor=make_honours.league().decider,
        opinion="表彰撤销",
        document="哈里团发〔2026〕9号",
    )
    judge = town.users["court_decider"][0]
    assert judge is not None
    leaving.grant(exit_id=EarlyExit.objects.get().pk, actor=judge, document="（2026）黑0102执异91号")
    cancelled = Registration.objects.get(record=town.of("registration-cancelled"))
    registering.cancel(registration_id=cancelled.pk, actor=judge, opinion="决定撤销", document="（2026）黑0102执异92号")
    listing = Listing.objects.get(record=town.of("revoked"))
    deciding.revoke(listing_id=listing.pk, actor=cast.decider, opinion="认定有误", document="哈里撤〔2026〕1号")


def test_the_town_has_every_kind_of_end_that_there_is(town: Town) -> None:
    """What the code can write as an end is walked below: a new kind makes this test fail until it is walked too."""
    _end_all(town)
    day = max(one.use_until for one in (town.of(kind) for kind in BY_DAY) if one.use_until) + timedelta(days=1)
    with clock.at(day):
        for kind in BY_DAY:
            record_acts.expire(record_id=town.of(kind).pk, actor=User.objects.system())
    walked = {one.record.pk: one.kind for one in town.marked}
    ended = dict(CreditRecord.objects.filter(pk__in=walked).values_list("pk", "end_kind"))
    assert set(ended.values()) == set(EndKind.values)


def test_every_exit_shows_what_is_in_force_and_nothing_of_what_was_ended_today(town: Town) -> None:
    everybody, town.users = (
        town.users,
        {who: town.users[who] for who in ("clerk", "legal", "wage_clerk", "tour_clerk", "court_clerk", "citizen")},
    )
    before = _walk(town)
    for one in town.marked:
        assert before[one.kind], f"{one.kind} 终止以前就没有人看得到，什么也没有证明"
        assert set(one.words) <= {word for _, _, word in before[one.kind]}
    town.users = everybody
    _end_all(town)
    after = _walk(town)
    wrong = _leaks(town, after, {one.kind for one in town.marked} - BY_DAY)
    assert not wrong, "\n".join(wrong)


def test_the_day_alone_takes_a_record_off_every_exit(town: Town) -> None:
    records = [town.of(kind) for kind in BY_DAY]
    day = max(one.use_until for one in records if one.use_until) + timedelta(days=1)
    page = PublicPage.objects.get(record=town.of("unpublished"))
    public = reverse("public-record", args=[page.token])
    assert town.users["来访者"][1].get(public).status_code == 200
    town.users = {who: town.users[who] for who in ("来访者", "clerk", "wage_clerk", "tour_clerk", "citizen", "guide")}
    with clock.at(day):
        assert {CreditRecord.objects.get(pk=one.pk).status for one in records} == {"effective"}
        wrong = _leaks(town, _walk(town), set(BY_DAY))
        assert not wrong, "\n".join(wrong)
        gone = town.users["来访者"][1].get(public)
        unknown = town.users["来访者"][1].get(reverse("public-record", args=["00000000-0000-4000-8000-000000000000"]))
        assert (gone.status_code, unknown.status_code) == (410, 410)
        assert "no-store" in gone["Cache-Control"]
        assert "private" in gone["Cache-Control"]


@pytest.mark.parametrize("kind", ["expired", "repaired", "elsewhere"])
def test_a_file_made_before_the_end_is_no_exit_either(town: Town, kind: str) -> None:
    export, clerk = ExportRequest.objects.get(), town.users["clerk"][1]
    address = reverse("export-fetch", args=[export.number])
    assert clerk.post(address).status_code == 200
    use_until = town.of("expired").use_until
    assert use_until is not None
    assert export.expires_on is not None
    if kind == "expired":
        # the file itself lives for a week: the record ends within it
        CreditRecord.objects.filter(pk=town.of("expired").pk).update(use_until=clock.today())
        with clock.at(clock.today() + timedelta(days=1)):
            assert clerk.post(address).status_code == 302
        return
    _end_all(town)
    assert clerk.post(address).status_code == 302
    assert ExportRequest.objects.get().fetched == 1


def _handed_out(town: Town, bookmarks: dict[str, list[Known]]) -> Found:
    """What these addresses give to those who knew them, by link and by form."""
    found: Found = {one.kind: set() for one in town.marked}
    for who, its in bookmarks.items():
        client = town.users[who][1]
        for one in its:
            answer = undone(client, one.method, one.address, one.body)
            text = said(answer) if answer.status_code == 200 else ""
            for marked in town.marked:
                words = {word for word in (marked.number, *marked.words) if bare(word) in text}
                found[marked.kind] |= {(who, one.name, word) for word in words}
    return found


def test_an_address_kept_from_before_the_end_gives_nothing_after_it(town: Town) -> None:
    """Bookmarks, pages left open, filled forms: bound files, letters, scans and exports as well, read as they come."""
    who = ("clerk", "both", "legal", "wage_clerk", "tour_clerk", "court_clerk", "operator", "supervisor", "citizen")
    users = {name: town.users[name][0] for name in who}
    bookmarks = {name: list(known(user)) for name, user in users.items() if user is not None}
    before = _handed_out(town, bookmarks)
    opened = {name for found in before.values() for _, name, _ in found}
    assert opened >= GIVEN, f"终止以前就没有给出什么，什么也没有证明：{sorted(GIVEN - opened)}"
    _end_all(town)
    kinds = {one.kind for one in town.marked} - BY_DAY
    wrong = _leaks(town, _handed_out(town, bookmarks), kinds, frozenset(NUMBERED_FILES))
    assert not wrong, "\n".join(wrong)


def test_a_bureaus_system_hears_nothing_of_what_has_ended_and_an_old_answer_falls_silent(town: Town) -> None:
    tries.forget()
    bearer = {"Authorization": f"Daoli {working(town.cast, 'checks')}"}
    case = make_checks.case(town.cast, "食许〔2026〕719号")

    def ask(number: str) -> str:
        who = identity("linxiuyun")
        applicant = {"application": f"{case.case_number}-{number}", "name": who.name, "number": who.id_number}
        body = json.dumps({"case_number": case.case_number, "applicants": [applicant]})
        headers = {**bearer, "Idempotency-Key": f"req-0000000{number}"}
        address = reverse("api-checks")
        answer = Client().post(address, body, content_type="application/json", headers=headers)
        assert answer.status_code == 200, answer.content.decode()
        return said(answer)

    words = {bare(word) for one in town.marked if one.kind not in BY_DAY for word in (one.number, *one.words)}
    before = ask("1")
    assert any(word in before for word in words)
    _end_all(town)
    kept = said(Client().get(json.loads(before)["address"], headers=bearer))
    assert not [word for word in words if word in kept or word in ask("2")]


def test_every_kind_of_end_is_journalled_and_withdrawn_and_nothing_more_is_sent(town: Town) -> None:
    _end_all(town)
    with clock.at(
        max(one.use_until for one in (town.of(kind) for kind in BY_DAY) if one.use_until) + timedelta(days=1)
    ):
        for kind in BY_DAY:
            record_acts.expire(record_id=town.of(kind).pk, actor=User.objects.system())
        pks = [one.record.pk for one in town.marked]
        ended = Revision.objects.filter(record__in=pks, kind="ended")
        assert ended.count() == len(pks)
        assert not outgoing.withdrawals().filter(record__in=pks).exists()  # not before it stands outside the database
        removals.journal()
        assert {(line.number, line.revision) for line in removals.read_journal()} >= {
            (one.record.number, one.number) for one in ended.select_related("record")
        }
        assert outgoing.withdrawals().filter(pk__in=ended).count() == len(pks)
        assert not outgoing.ready().filter(record__in=pks).exists()
        for one in ended.select_related("record"):
            assert outgoing.refusals(one.record)
            with pytest.raises(outgoing.MayNotLeave):
                outgoing.publication(one, actor=User.objects.system(), title="信用中国（黑龙江）")
