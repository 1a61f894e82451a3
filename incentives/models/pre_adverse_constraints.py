"""数据库对事先告知拒绝什么: one CHECK per rule (decisions.md §2.8). docs/notices.md lists each in words."""

from django.db import models
from django.db.models import F, Q

from incentives.models.constraints import ANSWER_IS_OVER
from incentives.models.pre_adverse_status import HEARD, OPEN, P, Result
from incentives.models.saying import empty, filled, not_before, together, unless

DECIDED, SPARED = Q(status="decided"), Q(status="spared")
OUTRIGHT = Q(outright=True)
STATED = filled("stated_on")

RULES: list[tuple[str, Q]] = [
    ("a_pre_adverse_notice_has_a_known_status", Q(status__in=P.values)),
    (
        "a_pre_adverse_notice_says_what_and_under_what",
        ~Q(measure="") & ~Q(proposed="") & ~Q(legal_ground="") & Q(force__in=["must", "may"]),
    ),
    ("a_may_says_its_reason", ~Q(force="may") | ~Q(discretion="")),
    ("only_a_statutory_must_is_outright", unless(OUTRIGHT, Q(force="must") & ~Q(outright_basis=""))),
    (
        "a_pre_adverse_notice_has_number_and_day",
        together("noticed_on", "notice_message", words=("notice_number",))
        & not_before("noticed_on", "drafted_on")
        & unless(~Q(status__in=["drafted", "spared"]), filled("noticed_on")),
    ),
    (
        "pre_adverse_service_says_how_and_when",
        together("notice_served_on", words=("notice_service", "notice_proof"))
        & unless(filled("notice_served_on"), filled("noticed_on"))
        & not_before("notice_served_on", "noticed_on"),
    ),
    (
        "pre_adverse_days_begin_after_service",
        unless(filled("notice_served_on") & Q(outright=False), filled("answer_due_on", "transit_due_on"))
        & together("answer_due_on", "transit_due_on", words=("answer_due_basis",))
        & unless(filled("answer_due_on"), Q(answer_due_on__gt=F("notice_served_on")))
        & not_before("transit_due_on", "answer_due_on"),
    ),
    (
        "whoever_answered_a_notice_has_stated",
        (empty("answered_on") & Q(that_is_all=False)) | (filled("answered_on", "stated_on") & Q(that_is_all=True)),
    ),
    (
        "a_waiver_of_a_notice_has_its_last_day",
        together("waived_at", "waiver_final_from") & unless(filled("waiver_taken_back_at"), filled("waived_at")),
    ),
    (
        "the_post_of_a_notice_is_waited_for",
        together("transit_checked_on", "transit_checked_by")
        & unless(filled("transit_checked_on"), Q(transit_checked_on__gt=F("transit_due_on"))),
    ),
    (
        "a_notice_that_was_heard_is_over",
        unless(Q(status__in=[one.value for one in HEARD]), filled("notice_served_on") & ANSWER_IS_OVER),
    ),
    (
        "an_adverse_use_has_heard_the_person",
        unless(DECIDED & Q(outright=False), filled("notice_served_on", "answer_due_on") & ANSWER_IS_OVER),
    ),
    (
        "an_adverse_use_waits_for_a_waiver_to_be_final",
        unless(
            DECIDED & filled("waived_at") & empty("waiver_taken_back_at"),
            Q(decided_on__gte=F("waiver_final_from")) | filled("answered_on") | filled("transit_checked_on"),
        ),
    ),
    (
        "an_adverse_use_has_decider_day_and_number",
        unless(
            DECIDED,
            filled("decided_on", "decided_by", "decision_message")
            & Q(result__in=[Result.ADVERSE.value, Result.CHANGED.value])
            & ~Q(decision_number="")
            & ~Q(decided_why=""),
        )
        & not_before("decided_on", "noticed_on")
        & unless(DECIDED & Q(outright=False), Q(decided_on__gte=F("notice_served_on"))),
    ),
    ("an_adverse_use_answers_every_point", unless(DECIDED & STATED, ~Q(response=""))),
    ("whoever_drafts_a_notice_does_not_decide", unless(DECIDED, ~Q(decided_by=F("drafted_by")))),
    (
        "whoever_is_spared_is_told_why",
        unless(SPARED, filled("decided_on", "decided_by") & Q(result=Result.SPARED.value) & ~Q(decided_why="")),
    ),
    (
        "what_is_open_is_not_decided",
        unless(
            Q(status__in=[one.value for one in OPEN]),
            empty("decided_on", "decided_by", "decision_message") & Q(result="", decision_number="", decided_why=""),
        ),
    ),
    (
        "service_of_an_adverse_use_says_how_and_when",
        together("decision_served_on", words=("decision_service", "decision_proof"))
        & unless(filled("decision_served_on"), DECIDED)
        & not_before("decision_served_on", "decided_on"),
    ),
]
CONSTRAINTS: list[models.BaseConstraint] = [
    *(models.CheckConstraint(name=name, condition=rule) for name, rule in RULES),
    models.UniqueConstraint(
        name="one_running_notice_per_answer",
        fields=["answer"],
        condition=Q(status__in=[one.value for one in OPEN]),
    ),
    models.UniqueConstraint(
        name="a_pre_adverse_number_once", fields=["department", "notice_number"], condition=~Q(notice_number="")
    ),
]
