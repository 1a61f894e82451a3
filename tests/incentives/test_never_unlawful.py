"""任何顺序、任何人、任何一天: no walk of acts reaches a list entry that the law would not know (stateful)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from daoli_credit.accounts import roles
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from daoli_credit.workflow import WorkflowError
from incentives.models import Listing
from incentives.models.status import LISTED, S
from incentives.workflows import answering, deciding, proposing, reviewing
from records.models import CreditRecord
from tests import make_listing
from tests.cast import Cast

SERVED = make_listing.SERVICE
# A gap between two tries, in days; most people act within the week.
FIRST = date(2026, 11, 9)  # the same walks whatever the day: holidays and weekends change which steps are locked
GAPS = st.sampled_from([0, 0, 0, 0, 1, 4, 14])


class Walk(RuleBasedStateMachine):
    """One case; each step tries one act by one person on one day. Nothing may be reached that must not be."""

    cast: ClassVar[Cast]
    tried: ClassVar[int] = 0
    done: ClassVar[int] = 0
    effective: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.day = FIRST
        with clock.at(self.day):
            self.listing = make_listing.proposed(self.cast)
        both = User.objects.create_staff("t-both", "a long enough password", display_name="兼任")
        for role in ("clerk", "legal", "decider"):
            roles.grant(both, self.cast.wages, role)  # the worst case: one person with every duty
        self.people = [self.cast.wage_clerk, self.cast.legal, self.cast.decider, self.cast.citizen, both]

    def _acts(self) -> dict[str, Callable[[User], Any]]:
        pk, day = self.listing.pk, clock.today()
        return {
            "notify": lambda by: proposing.notify(listing_id=pk, actor=by, document=f"告{pk}"),
            "serve-notice": lambda by: proposing.serve_notice(listing_id=pk, actor=by, day=day, **SERVED),
            "state": lambda by: answering.state(listing_id=pk, actor=by, text="意见"),
            "answer": lambda by: answering.answer(listing_id=pk, actor=by, text="都说了"),
            "waive": lambda by: answering.waive(listing_id=pk, actor=by),
            "take-back": lambda by: answering.take_back(listing_id=pk, actor=by),
            "lapse": lambda by: answering.lapse(listing_id=pk, actor=by),
            "review": lambda by: reviewing.review(listing_id=pk, actor=by, outcome="核实"),
            "legal-review": lambda by: reviewing.legal_review(listing_id=pk, actor=by, opinion="可", response="一、"),
            "decide": lambda by: deciding.decide(listing_id=pk, actor=by, opinion="同意", document=f"列{pk}"),
            "serve": lambda by: deciding.serve(listing_id=pk, actor=by, day=day, **SERVED),
            "take-effect": lambda by: deciding.take_effect(listing_id=pk, actor=by),
            "reject": lambda by: deciding.reject(listing_id=pk, actor=by, opinion="不列"),
            "revoke": lambda by: deciding.revoke(listing_id=pk, actor=by, opinion="撤", document=f"撤{pk}"),
        }

    def _try(self, act: str, who: User, gap: int) -> None:
        self.day += timedelta(days=gap)
        Walk.tried += 1
        with clock.at(self.day):
            try:
                with transaction.atomic():
                    self._acts()[act](who)
            except (WorkflowError, PermissionDenied):
                return
        Walk.done += 1

    # the lawful next acts are offered oftener, so that walks get somewhere; the others at every place too
    @rule(data=st.data(), gaps=st.lists(GAPS, min_size=1, max_size=3))
    def somebody_goes_on(self, data: st.DataObject, gaps: list[int]) -> None:
        for gap in gaps:
            self._go_on(data, gap)

    def _go_on(self, data: st.DataObject, gap: int) -> None:
        row = Listing.objects.get(pk=self.listing.pk)
        clerk, legal, decider, person, _ = self.people
        waiting = [("answer", person), ("lapse", clerk), ("waive", person)]
        told = [("serve-notice", clerk)] if row.notice_served_on is None else waiting
        coming = {
            S.PROPOSED: [("notify", clerk)],
            S.NOTIFIED: told,
            S.ANSWERED: [("review", clerk)],
            S.LAPSED: [("review", clerk)],
            S.REVIEWED: [("legal-review", legal)],
            S.LEGAL_REVIEWED: [("decide", decider)],
            S.DECIDED: [("serve", clerk)],
            S.SERVED: [("take-effect", clerk)],
        }.get(S(row.status), [("state", person)])
        act, who = data.draw(st.sampled_from(coming))
        self._try(act, who, gap)

    @rule(act=st.sampled_from(["notify", "serve-notice", "state", "answer", "waive", "take-back", "lapse", "review",
                               "legal-review", "decide", "serve", "take-effect"]),
          who=st.integers(0, 4), gap=GAPS)  # fmt: skip
    def anybody_tries_anything(self, act: str, who: int, gap: int) -> None:
        self._try(act, self.people[who], gap)

    @precondition(lambda self: Listing.objects.get(pk=self.listing.pk).status in LISTED)
    @rule(gap=GAPS)
    def the_decision_is_revoked(self, gap: int) -> None:
        self._try("revoke", self.people[2], gap)

    @rule(status=st.sampled_from([*S.values]))
    def raw_sql_jumps(self, status: str) -> None:
        row = Listing.objects.get(pk=self.listing.pk)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE incentives_listing SET status = %s WHERE id = %s", [status, row.pk])
        except IntegrityError:
            return
        assert status == row.status, f"{row.status} → {status}"

    @invariant()
    def nobody_is_listed_without_the_procedure(self) -> None:
        row = Listing.objects.get(pk=self.listing.pk)
        records = CreditRecord.objects.filter(item="list-wage")
        assert records.count() == (row.record_id is not None)
        if row.decided_on is None:
            assert row.status not in LISTED
            return
        assert row.notice_served_on is not None
        assert row.answer_due_on is not None
        assert row.legal_reviewed_on is not None
        assert len({row.proposed_by_id, row.legal_reviewed_by_id, row.decided_by_id}) == 3
        waived = row.waived_at is not None and row.waiver_taken_back_at is None
        assert row.that_is_all or waived or row.decided_on > row.answer_due_on
        if waived and not row.that_is_all and row.transit_checked_on is None:
            assert row.waiver_final_from is not None
            assert row.legal_reviewed_on >= row.waiver_final_from
        if row.record_id is not None:
            assert row.decision_served_on is not None
            assert (records.get().status == "ended") == (row.status == S.REVOKED)
            Walk.effective += 1

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)


def test_no_walk_of_acts_reaches_a_forbidden_state(cast: Cast) -> None:
    Walk.cast, Walk.tried, Walk.done, Walk.effective = cast, 0, 0, 0
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=quiet, derandomize=True
        ),
    )
    assert Walk.done >= Walk.tried * 0.2, f"{Walk.done} / {Walk.tried}"
    assert Walk.effective, "没有一次走到生效，试得不够"
