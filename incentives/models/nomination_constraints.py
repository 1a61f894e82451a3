"""数据库拒绝什么（荣誉推荐）: nobody without consent, three people, nothing out of order (docs/redlist.md)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from incentives.models.nomination_status import DAYS, ITEM_OF, KNOWN_PERSON, RUNNING, S, Source

ENDED_BEFORE_ITS_RECORD = Q(status__in=["dropped", "withdrawn"], record__isnull=True)


def _empty(*days: str) -> Q:
    return Q(**{f"{day}__isnull": True for day in days})


def _set(*days: str) -> Q:
    return Q(**{f"{day}__isnull": False for day in days})


def _unless(condition: Q, rule: Q) -> Q:
    return ~condition | rule


def _together(day: str, *others: str, words: tuple[str, ...] = ()) -> Q:
    none = _empty(day, *others) & Q(**dict.fromkeys(words, ""))
    every = _set(day, *others)
    for word in words:
        every &= ~Q(**{word: ""})
    return none | every


def _of_its_source() -> Q:
    found = Q()
    for source, item in ITEM_OF.items():
        found |= Q(source=source.value, item=item)
    return found


RULES: list[tuple[str, Q]] = [
    ("a_nomination_has_a_known_status", Q(status__in=S.values)),
    ("a_nomination_has_one_of_the_plans_sources", Q(source__in=Source.values) & _of_its_source()),
    (
        "a_nomination_rests_on_a_document",
        ~Q(document_number="")
        & ~Q(document_title="")
        & ~Q(honour_title="")
        & ~Q(authority="")
        & Q(determined_on__lte=F("invited_on")),
    ),
    (
        "an_invitation_lives_while_it_waits_and_no_longer",
        Q(status="invited", code_digest__isnull=False) | (~Q(status="invited") & Q(code_digest__isnull=True)),
    ),
    (
        "an_invitation_is_good_for_a_month",
        Q(sent_on__gte=F("invited_on"))
        & Q(good_until__gt=F("sent_on"))
        & Q(good_until__lte=F("sent_on") + timedelta(days=DAYS + 1)),
    ),
    ("nobody_is_known_without_consent", _empty("subject") | _set("consented_on")),
    (
        "nobody_is_known_before_consent_or_after_refusal",
        _unless(Q(status__in=["invited", "refused"]), _empty("subject", "consented_on", "public_on", "record")),
    ),
    (
        "who_consented_is_known",
        _unless(Q(status__in=[one.value for one in KNOWN_PERSON]), _set("subject", "consented_on")),
    ),
    ("who_left_before_the_record_is_forgotten", _unless(ENDED_BEFORE_ITS_RECORD, _empty("subject"))),
    ("a_record_keeps_its_person", _empty("record") | _set("subject")),
    (
        "consent_comes_within_the_invitation",
        _empty("consented_on") | Q(consented_on__gte=F("sent_on"), consented_on__lte=F("good_until")),
    ),
    (
        "publicity_is_agreed_to_apart_and_may_be_taken_back",
        (_empty("public_on") | (_set("consented_on") & Q(public_on__gte=F("consented_on"))))
        & (_empty("public_ended_on") | (_set("public_on") & Q(public_ended_on__gte=F("public_on")))),
    ),
    (
        "verification_comes_after_consent",
        _together("verified_on", "verified_by")
        & (_empty("verified_on") | (_set("consented_on") & Q(verified_on__gte=F("consented_on"))))
        & _unless(Q(status__in=["verified", "decided", "effective", "annulled"]), _set("verified_on")),
    ),
    (
        "a_decision_on_an_honour_comes_after_verification",
        _together("decided_on", "decided_by", words=("decision_number",))
        & (_empty("decided_on") | (_set("verified_on") & Q(decided_on__gte=F("verified_on"))))
        & _unless(Q(status__in=["decided", "effective", "annulled"]), _set("decided_on")),
    ),
    (
        "nominator_verifier_and_decider_are_three",
        (_empty("verified_by") | ~Q(verified_by=F("invited_by")))
        & (_empty("decided_by") | (~Q(decided_by=F("invited_by")) & ~Q(decided_by=F("verified_by")))),
    ),
    (
        "an_honour_takes_effect_after_service_and_makes_a_record",
        _together("effective_on", "served_on", "record", words=("service", "service_proof"))
        & (
            _empty("effective_on")
            | (_set("decided_on") & Q(served_on__gte=F("decided_on"), effective_on__gte=F("served_on")))
        )
        & _unless(Q(status="effective"), _set("effective_on")),
    ),
    (
        "a_refusal_has_its_day",
        Q(status="refused", refused_on__isnull=False) | (~Q(status="refused") & _empty("refused_on")),
    ),
    (
        "a_dropped_nomination_says_why_and_made_no_record",
        _together("dropped_on", "dropped_by", words=("dropped_why",))
        & _unless(Q(status="dropped"), _set("dropped_on") & _empty("effective_on"))
        & _unless(_set("dropped_on"), Q(status="dropped")),
    ),
    (
        "a_withdrawal_has_its_day_and_a_consent_before_it",
        _unless(Q(status="withdrawn"), _set("withdrawn_on", "consented_on"))
        & _unless(_set("withdrawn_on"), Q(status="withdrawn") & Q(withdrawn_on__gte=F("consented_on"))),
    ),
    (
        "an_annulled_honour_says_why",
        _together("annulled_on", "annulled_by", words=("annulment_number", "annulled_why"))
        & _unless(Q(status="annulled"), _set("annulled_on"))
        & _unless(_set("annulled_on"), Q(status="annulled") & Q(annulled_on__gte=F("decided_on"))),
    ),
]
CONSTRAINTS: list[models.BaseConstraint] = [
    *(models.CheckConstraint(name=name, condition=rule) for name, rule in RULES),
    models.UniqueConstraint(
        name="one_running_nomination_per_person_and_document",
        fields=["item", "department", "document_number", "subject"],
        condition=Q(status__in=[one.value for one in RUNNING]),
    ),
    models.UniqueConstraint(name="an_invitation_code_is_one_of_its_kind", fields=["code_digest"]),
]
