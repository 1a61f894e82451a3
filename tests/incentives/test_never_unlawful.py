"""任何顺序、任何人、任何一天: no walk of acts reaches a list entry that the law would not know (stateful).

One case of an administrative list (one with the shortest path, or one with a hearing and a higher level's consent) and
one registration of a court's decision walk side by side; every act is tried by every role, at any place, on any day,
and the application's own role tries to jump by raw SQL.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import WorkflowError
from incentives.models import EarlyExit, Listing, Point, Registration, RegistrationSight
from incentives.models.registration import R
from incentives.models.status import LISTED, S
from incentives.rules import contents, route
from incentives.workflows import answering, deciding, leaving, proposing, registering, reviewing
from records.models import CreditRecord
from tests import make_assessments, make_listing, make_registration
from tests.cast import Cast

SERVED = make_listing.SERVICE
FIRST = date(2026, 11, 9)  # the same walks whatever the day: holidays and weekends change which steps are locked
# A gap between two tries, in days; most people act within the week.
GAPS = st.sampled_from([0, 0, 0, 0, 1, 4, 14])
CONDITIONS = ("履行完毕", "和解履行完毕", "终结执行等删除情形")
Acts = dict[str, Callable[[User], Any]]
CASE = (
    "notify", "serve-notice", "receive", "state", "answer", "waive", "take-back", "lapse", "review", "ask-hearing",
    "hear", "want-hearing", "legal-review", "object", "discuss", "agree", "decide", "serve", "take-effect", "withdraw",
    "reject", "revoke",
)  # fmt: skip
OUTSIDE = ("see", "confirm", "return", "take-back-registration", "cancel", "ask-exit", "grant", "refuse")
FACTS = {
    "incentives_listing": ("decided_on", "effective_on", "notice_served_on", "legal_reviewed_on"),
    "incentives_registration": ("confirmed_on", "decided_on", "registered_on"),
}


class Walk(RuleBasedStateMachine):
    """Each step tries one act by one person on one day. Nothing may be reached that must not be."""

    cast: ClassVar[Cast]
    tried: ClassVar[int] = 0
    done: ClassVar[int] = 0
    reached: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.day = FIRST
        court = make_registration.court()
        self.court = make_listing.desk(court)
        with clock.at(self.day):
            self.outside = make_registration.registered(self.court[0]).pk
        both = User.objects.create_staff("t-both", "a long enough password", display_name="兼任")
        for body in (self.cast.wages, self.cast.market, court):
            for role in ("clerk", "legal", "decider"):
                roles.grant(both, body, role)  # the worst case: one person with every duty
        of = self.cast
        self.rest = [
            *self.court, both, of.citizen, of.supervisor, User.objects.system(), of.namesake, of.clerk, of.reviewer,
            of.operator, of.counter, of.feed_operator, of.organiser,
            of.system_officer, of.security_officer, of.audit_officer,
        ]  # fmt: skip

    @initialize(kind=st.sampled_from(["wage-arrears", "market-serious"]))
    def a_case_is_proposed(self, kind: str) -> None:
        office = (self.cast.wage_clerk, self.cast.legal, self.cast.decider)
        body = self.cast.wages
        if kind == "market-serious":
            office, body = make_listing.desk(self.cast.market), self.cast.market
        self.people = [*office, *self.rest]
        with clock.at(self.day):
            made = make_listing.proposed(self.cast, list_type=kind, department=body, actor=office[0])
        self.case, self.item = made.pk, made.item_id

    def _case_acts(self) -> Acts:
        pk, day = self.case, clock.today()
        row = Listing.objects.get(pk=pk)
        notice, decision = contents.required(row, "notice"), contents.required(row, "decision")
        posted: dict[str, Any] = {
            "channel": "post",
            "posted_on": day,
            "received_on": day,
            "text": f"一、邮寄{self.day}\n二、请从轻",
        }
        paper: dict[str, Any] = {"listing_id": pk, "day": day, "document": "纪要1"}
        return {
            "notify": lambda by: proposing.notify(listing_id=pk, actor=by, document=f"告{pk}", covers=notice),
            "serve-notice": lambda by: proposing.serve_notice(listing_id=pk, actor=by, day=day, **SERVED),
            "receive": lambda by: answering.receive(listing_id=pk, actor=by, **posted),
            "state": lambda by: answering.state(listing_id=pk, actor=by, text="意见"),
            "answer": lambda by: answering.answer(listing_id=pk, actor=by, text="都说了"),
            "waive": lambda by: answering.waive(listing_id=pk, actor=by),
            "take-back": lambda by: answering.take_back(listing_id=pk, actor=by),
            "lapse": lambda by: answering.lapse(listing_id=pk, actor=by),
            "review": lambda by: reviewing.review(listing_id=pk, actor=by, outcome="核实"),
            "ask-hearing": lambda by: reviewing.ask_hearing(listing_id=pk, actor=by, day=day),
            "want-hearing": lambda by: reviewing.want_hearing(listing_id=pk, actor=by),
            "hear": lambda by: reviewing.hear(listing_id=pk, actor=by, hearing="held", note="笔录1", day=day),
            "legal-review": lambda by: reviewing.legal_review(
                listing_id=pk, actor=by, opinion="可", replies=make_listing.replies(pk)
            ),
            "object": lambda by: reviewing.object_to(listing_id=pk, actor=by, opinion="补正"),
            "discuss": lambda by: reviewing.discuss(actor=by, **paper),
            "agree": lambda by: reviewing.agree(actor=by, **paper),
            "decide": lambda by: deciding.decide(
                listing_id=pk, actor=by, opinion="同意", document=f"列{pk}", covers=decision
            ),
            "serve": lambda by: deciding.serve(listing_id=pk, actor=by, day=day, **SERVED),
            "take-effect": lambda by: deciding.take_effect(listing_id=pk, actor=by),
            "withdraw": lambda by: deciding.withdraw(listing_id=pk, actor=by, opinion="撤"),
            "reject": lambda by: deciding.reject(listing_id=pk, actor=by, opinion="不列"),
            "revoke": lambda by: deciding.revoke(listing_id=pk, actor=by, opinion="撤", document=f"撤{pk}"),
        }

    def _outside_acts(self) -> Acts:
        pk = self.outside
        record = Registration.objects.get(pk=pk).record_id or 0
        leaves = EarlyExit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        asked: dict[str, Any] = {"conditions": CONDITIONS, "document": "结案1", "ground_on": clock.today()}
        return {
            "see": lambda by: registering.see(registration_id=pk, actor=by),
            "confirm": lambda by: registering.confirm(registration_id=pk, actor=by),
            "return": lambda by: registering.send_back(registration_id=pk, actor=by, opinion="不符"),
            "take-back-registration": lambda by: registering.withdraw(registration_id=pk, actor=by, opinion="重录"),
            "cancel": lambda by: registering.cancel(registration_id=pk, actor=by, opinion="撤", document="纠1"),
            "ask-exit": lambda by: leaving.ask(record_id=record, actor=by, **asked),
            "grant": lambda by: leaving.grant(exit_id=leaves, actor=by, document="移1"),
            "refuse": lambda by: leaving.refuse(exit_id=leaves, actor=by, opinion="未到账"),
        }

    def _try(self, act: str, who: User, gap: int) -> None:
        self.day += timedelta(days=gap)
        Walk.tried += 1
        with clock.at(self.day):
            acts = self._case_acts() if act in CASE else self._outside_acts()
            try:
                with transaction.atomic():
                    acts[act](who)
            except (WorkflowError, PermissionDenied, CreditRecord.DoesNotExist, EarlyExit.DoesNotExist):
                return
        Walk.done += 1

    def _coming(self) -> list[tuple[str, User]]:
        """The lawful next acts, of the case and of the registration."""
        row, outside = Listing.objects.get(pk=self.case), Registration.objects.get(pk=self.outside)
        clerk, legal, decider, registrar, _, confirms, _, person, *_ = self.people
        waiting = [("answer", person), ("lapse", clerk), ("waive", person), ("receive", clerk)]
        told = [("serve-notice", clerk)] if row.notice_served_on is None else waiting
        by_target = {
            "notified": ("notify", clerk), "reviewed": ("review", clerk), "heard": ("hear", clerk),
            "legal-reviewed": ("legal-review", legal), "higher-agreed": ("agree", clerk),
            "decided": ("decide", decider), "served": ("serve", clerk), "effective": ("take-effect", clerk),
        }  # fmt: skip
        over = row.status in {S.EFFECTIVE, S.DROPPED, S.REVOKED}
        found = [] if over else told if row.status == S.NOTIFIED else [by_target[route.comes_next(row)]]
        waits = EarlyExit.objects.filter(status="asked").exists()
        if outside.status == R.REGISTERED:
            seen = RegistrationSight.objects.filter(by=confirms).exists()
            found = [*found, ("confirm" if seen else "see", confirms)]
        elif outside.status == R.EFFECTIVE and outside.record is not None and outside.record.status == "effective":
            found = [*found, ("grant", confirms) if waits else ("ask-exit", registrar)]
        return found

    # the lawful next acts are offered oftener, so that walks get somewhere; the others at every place too
    @rule(data=st.data(), gaps=st.lists(GAPS, min_size=2, max_size=4))
    def somebody_goes_on(self, data: st.DataObject, gaps: list[int]) -> None:
        for gap in gaps:
            if not (coming := self._coming()):
                return  # all is over; what may still be tried is tried below
            act, who = data.draw(st.sampled_from(coming))
            self._try(act, who, gap)

    @rule(act=st.sampled_from([*CASE, *OUTSIDE]), who=st.integers(0, 19), gap=GAPS)
    def anybody_tries_anything(self, act: str, who: int, gap: int) -> None:
        self._try(act, self.people[who], gap)

    @rule(status=st.sampled_from([*S.values]), other=st.sampled_from([*R.values]), data=st.data())
    def raw_sql_jumps(self, status: str, other: str, data: st.DataObject) -> None:
        places = [("incentives_listing", self.case, status), ("incentives_registration", self.outside, other)]
        for table, pk, wanted in places:
            was = self._status(table, pk)
            fact = data.draw(st.sampled_from(FACTS[table]))
            for sql, value in ((f"UPDATE {table} SET status = %s WHERE id = %s", wanted),  # noqa: S608
                               (f"UPDATE {table} SET {fact} = %s WHERE id = %s", self.day + timedelta(days=400)),  # noqa: S608
                               (f"DELETE FROM {table} WHERE status <> %s AND id = %s", "x")):  # fmt: skip # noqa: S608
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute(sql, [value, pk])
                        if sql.startswith("UPDATE") and value == was:
                            continue
                except IntegrityError:
                    continue
                raise AssertionError(f"{table} {was}: {sql} {value}")

    def _status(self, table: str, pk: int) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT status FROM {table} WHERE id = %s", [pk])  # noqa: S608
            return str(cursor.fetchone()[0])

    @invariant()
    def nobody_is_listed_without_the_procedure(self) -> None:
        row = Listing.objects.get(pk=self.case)
        records = CreditRecord.objects.filter(item=self.item)
        assert records.count() == (row.record_id is not None)
        if row.decided_on is None:
            assert row.status not in LISTED
            return
        assert row.notice_served_on is not None
        assert row.answer_due_on is not None
        assert row.legal_reviewed_on is not None
        if "heard" in row.path:
            assert row.heard_on is not None
            assert row.higher_agreed_on is not None
        if row.stated_on is not None or row.hearing == "held":
            assert row.legal_response
            assert not Point.objects.filter(listing=row, outcome="").exists()
            assert all(Point.objects.filter(defence=one).exists() for one in row.defences.all())
            Walk.reached.add("answered point by point")
        assert row.notice_covers
        assert row.decision_covers
        assert len({row.proposed_by_id, row.legal_reviewed_by_id, row.decided_by_id}) == 3
        waived = row.waived_at is not None and row.waiver_taken_back_at is None
        assert row.that_is_all or waived or row.decided_on > row.answer_due_on
        if waived and not row.that_is_all and row.transit_checked_on is None:
            assert row.waiver_final_from is not None
            assert row.legal_reviewed_on >= row.waiver_final_from
        if row.record_id is not None:
            assert row.decision_served_on is not None
            assert (records.get().status == "ended") == (row.status == S.REVOKED)
            Walk.reached.add("listed")
        if row.heard_on is not None:
            Walk.reached.add("heard")

    @invariant()
    def nobody_is_registered_without_document_and_second_person(self) -> None:
        row = Registration.objects.get(pk=self.outside)
        records = CreditRecord.objects.filter(item="court-enforcement")
        assert records.count() == (row.record_id is not None)
        if row.record is None:
            assert row.status in {R.REGISTERED, R.RETURNED}
            assert row.confirmed_on is None
            return
        assert row.confirmed_by_id not in {None, row.registered_by_id}
        assert RegistrationSight.objects.filter(registration=row, by=row.confirmed_by).exists()
        assert bytes(row.record.attachments.get().digest) == bytes(row.document_digest)
        Walk.reached.add("registered")
        granted = EarlyExit.objects.filter(record=row.record, status="granted").first()
        assert (row.record.end_kind == "left-early") == (granted is not None)
        if granted is not None:
            assert granted.decided_by_id not in {None, granted.asked_by_id}
            Walk.reached.add("left")
        assert (row.record.status == "ended") == (granted is not None or row.status == R.CANCELLED)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)


def test_no_walk_of_acts_reaches_a_forbidden_state(cast: Cast, record_property: Callable[[str, object], None]) -> None:
    make_assessments.list_type("court-dishonest")
    Walk.cast, Walk.tried, Walk.done, Walk.reached = cast, 0, 0, set()
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=24, deadline=None, suppress_health_check=quiet, derandomize=True
        ),
    )
    share = f"{Walk.done} / {Walk.tried}（{Walk.done / Walk.tried:.0%}，不得少于 20%）"
    record_property("办成的步骤", share)
    assert Walk.done >= Walk.tried * 0.2, share
    assert Walk.reached == {"listed", "heard", "registered", "left", "answered point by point"}, (
        f"试得不够：{Walk.reached}"
    )
