"""数据库拒绝什么: one CHECK per rule, in plain columns, comparing stored days with each other (decisions.md §2.8).

docs/listing.md lists each in words, with its article and its test.
"""

from django.db import models
from django.db.models import F, Q

from incentives.models.saying import empty as _empty
from incentives.models.saying import filled as _set
from incentives.models.saying import not_before as _not_before
from incentives.models.saying import together as _together
from incentives.models.saying import unless as _unless
from incentives.models.status import BETWEEN, LISTED, NEVER_WAIVED, RUNNING, S

PAST_THE_ANSWER = [*(one.value for one in BETWEEN), *(one.value for one in LISTED), S.REVOKED.value]
DECIDED = [*(one.value for one in LISTED), S.REVOKED.value]


def _only_where_the_type_has_it(act: str, day: str) -> Q:
    """A step that the type has is done before the decision; one that it does not have is not there."""
    has = Q(path__contains=[act])
    return (has & (_empty("decided_on") | _set(day))) | (~has & _empty(day))


ANSWER_IS_OVER = (
    (_set("answered_on") & Q(that_is_all=True))
    | (_set("waived_at") & _empty("waiver_taken_back_at"))
    | (_set("transit_checked_on", "answer_due_on") & Q(transit_checked_on__gt=F("answer_due_on")))
)
WAIVER_IS_FINAL = _set("waiver_taken_back_at") | (
    _not_before("reviewed_on", "waiver_final_from")
    & _not_before("heard_on", "waiver_final_from")
    & _not_before("legal_reviewed_on", "waiver_final_from")
)
# A status says that something happened; then the fact stands on the row.
FACT_OF = {
    S.LAPSED: "transit_checked_on",
    S.REVIEWED: "reviewed_on",
    S.HEARD: "heard_on",
    S.LEGAL_REVIEWED: "legal_reviewed_on",
    S.DISCUSSED: "discussed_on",
    S.AGREED: "higher_agreed_on",
}
HAS_ITS_FACT = Q(status__in=[S.PROPOSED.value, S.DROPPED.value]) | _set("noticed_on")
for _status, _fact in FACT_OF.items():
    HAS_ITS_FACT &= _unless(Q(status=_status.value), _set(_fact))

RULES: list[tuple[str, Q]] = [
    ("a_listing_has_a_known_status", Q(status__in=S.values)),
    ("a_status_has_its_fact", HAS_ITS_FACT),
    ("a_listing_path_waives_nothing", Q(path__contains=[one.value for one in NEVER_WAIVED])),
    ("a_listing_says_why_and_under_what", ~Q(reason="") & ~Q(legal_ground="") & ~Q(ground_document="")),
    (
        "a_notice_has_number_and_day",
        _together("noticed_on", words=("notice_number",)) & _not_before("noticed_on", "proposed_on"),
    ),
    (
        "service_of_a_notice_says_how_and_when",
        _together("notice_served_on", words=("notice_service", "notice_proof"))
        & (_empty("notice_served_on") | _set("noticed_on"))
        & _not_before("notice_served_on", "noticed_on"),
    ),
    (
        "the_answer_period_begins_after_service",
        _together("notice_served_on", "answer_due_on", "transit_due_on", words=("answer_due_basis",))
        & (_empty("answer_due_on") | Q(answer_due_on__gt=F("notice_served_on")))
        & _not_before("transit_due_on", "answer_due_on"),
    ),
    (
        "whoever_answered_has_stated_and_said_that_is_all",
        (_empty("answered_on") & Q(that_is_all=False)) | (_set("answered_on", "stated_on") & Q(that_is_all=True)),
    ),
    (
        "a_waiver_has_its_last_day",
        _together("waived_at", "waiver_final_from") & (_empty("waiver_taken_back_at") | _set("waived_at")),
    ),
    (
        "the_post_is_waited_for",
        _together("transit_checked_on", "transit_checked_by")
        & (_empty("transit_checked_on") | (_set("transit_due_on") & Q(transit_checked_on__gt=F("transit_due_on")))),
    ),
    (
        "nothing_goes_on_before_the_answer_is_over",
        _unless(Q(status__in=PAST_THE_ANSWER), _set("notice_served_on", "answer_due_on") & ANSWER_IS_OVER),
    ),
    ("a_waiver_may_be_taken_back_first", _empty("waived_at") | WAIVER_IS_FINAL),
    (
        "legal_review_has_reviewer_and_day",
        _together("legal_reviewed_on", "legal_reviewed_by")
        & _unless(_set("legal_reviewed_on"), _set("notice_served_on") & ANSWER_IS_OVER),
    ),
    (
        "a_defence_is_answered_point_by_point",
        _empty("legal_reviewed_on") | (_empty("stated_on") & ~Q(hearing="held")) | ~Q(legal_response=""),
    ),
    ("a_reviewed_objection_has_its_outcome", _together("reviewed_on", "reviewed_by", words=("review_outcome",))),
    ("a_hearing_has_its_record", _together("heard_on", words=("hearing", "hearing_note"))),
    (
        "who_asked_for_a_hearing_is_heard",
        (_empty("hearing_asked_on") | ~Q(hearing="not-asked"))
        & (
            _empty("hearing_asked_on")
            | (_set("notice_served_on") & Q(hearing_asked_on__gte=F("notice_served_on"), path__contains=["heard"]))
        ),
    ),
    ("a_discussion_has_its_record", _together("discussed_on", words=("discussion_number",))),
    ("a_higher_consent_has_its_number", _together("higher_agreed_on", words=("higher_number",))),
    ("objections_are_reviewed_where_the_type_has_it", _only_where_the_type_has_it("reviewed", "reviewed_on")),
    ("hearing_is_done_where_the_type_has_it", _only_where_the_type_has_it("heard", "heard_on")),
    ("it_is_discussed_where_the_type_has_it", _only_where_the_type_has_it("collectively-discussed", "discussed_on")),
    ("the_higher_level_agrees_where_the_type_has_it", _only_where_the_type_has_it("higher-agreed", "higher_agreed_on")),
    (
        "a_decision_has_decider_day_and_number",
        _together("decided_on", "decided_by", words=("decision_number",))
        & _unless(_set("decided_on"), _set("legal_reviewed_on"))
        & _unless(Q(status__in=DECIDED), _set("decided_on")),
    ),
    (
        "a_decision_comes_after_what_it_rests_on",
        _empty("decided_on")
        | (
            Q(decided_on__gte=F("legal_reviewed_on"))
            & (_empty("reviewed_on") | Q(decided_on__gte=F("reviewed_on")))
            & (_empty("heard_on") | Q(decided_on__gte=F("heard_on")))
            & (_empty("discussed_on") | Q(decided_on__gte=F("discussed_on")))
            & (_empty("higher_agreed_on") | Q(decided_on__gte=F("higher_agreed_on")))
        ),
    ),
    (
        "proposer_reviewer_and_decider_are_three",
        (_empty("legal_reviewed_by") | ~Q(legal_reviewed_by=F("proposed_by")))
        & (_empty("decided_by") | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("legal_reviewed_by")))),
    ),
    (
        "service_of_a_decision_says_how_and_when",
        _together("decision_served_on", words=("decision_service", "decision_proof"))
        & _unless(_set("decision_served_on"), _set("decided_on"))
        & _not_before("decision_served_on", "decided_on")
        & _unless(Q(status__in=["served", "effective"]), _set("decision_served_on")),
    ),
    (
        "effect_comes_after_service_and_makes_a_record",
        _together("effective_on", "record")
        & _unless(_set("effective_on"), _set("decision_served_on"))
        & _not_before("effective_on", "decision_served_on")
        & _unless(Q(status="effective"), _set("effective_on")),
    ),
    (
        "a_dropped_case_says_why_and_was_not_decided",
        _together("dropped_on", "dropped_by", words=("dropped_why",))
        & _unless(Q(status="dropped"), _set("dropped_on") & _empty("decided_on")),
    ),
    (
        "a_revoked_decision_says_why",
        _together("revoked_on", "revoked_by", words=("revocation_number", "revoked_why"))
        & _unless(Q(status="revoked"), _set("revoked_on"))
        & _unless(_set("revoked_on"), _set("decided_on"))
        & _not_before("revoked_on", "decided_on"),
    ),
]
CONSTRAINTS: list[models.BaseConstraint] = [
    *(models.CheckConstraint(name=name, condition=rule) for name, rule in RULES),
    models.UniqueConstraint(
        name="one_running_case_per_person_and_list",
        fields=["department", "list_type", "subject"],
        condition=Q(status__in=[one.value for one in RUNNING]),
    ),
    models.UniqueConstraint(
        name="a_decision_number_once_per_department",
        fields=["department", "decision_number"],
        condition=~Q(decision_number=""),
    ),
    models.UniqueConstraint(
        name="a_notice_number_once_per_department",
        fields=["department", "notice_number"],
        condition=~Q(notice_number=""),
    ),
]
