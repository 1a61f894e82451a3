"""每一个出口: which question decides what an address with an object may show; a new address is entered here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import (
    Contractor,
    Delegation,
    Department,
    ImpactAssessment,
    Message,
    ServiceKey,
    SharedLegal,
    User,
)
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.feeds import selectors as feeds
from daoli_credit.feeds.models import Delivery, Feed
from daoli_credit.law import clock
from daoli_credit.looks.models import Explanation, LookDelay, OddLook
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.supervision import quality
from daoli_credit.supervision.models import Incident
from education.models import Campaign
from incentives.models import (
    Benefit,
    Check,
    CheckAnswer,
    CheckSet,
    EarlyExit,
    Listing,
    ListingPaper,
    MatterCase,
    MeasureTask,
    Nomination,
    PreAdverseNotice,
    Registration,
    Sharing,
)
from incentives.selectors import measure_tasks
from records import identity_cases, papers, publicity
from records.models import (
    Amendment,
    ArchiveOpening,
    Attachment,
    Contest,
    CreditRecord,
    Deletion,
    EndNotice,
    ExportRequest,
    IdentityCase,
    ImportBatch,
    Lapse,
    LawfulRequest,
    Objection,
    Repair,
    Revision,
    Undoing,
)
from records.models.repair import RUNNING

Who = User | AnonymousUser
Ids = set[tuple[str, ...]]


def _one(values: object) -> Ids:
    return {(str(value),) for value in values}  # type: ignore[attr-defined]


def _staff(ask: Callable[[User], Ids]) -> Callable[[Who], Ids]:
    return lambda who: ask(who) if isinstance(who, User) else set()


def _notices_of(user: User) -> Ids:
    mine = user.departments("submit_record") | user.departments("review_record")
    return _one(EndNotice.objects.filter(record__department_id__in=mine).values_list("number", flat=True))


def _feeds(user: User) -> Ids:
    watches = user.may_anywhere("operate_feeds") or user.may_anywhere("supervise")
    return _one(Feed.objects.values_list("code", flat=True)) if watches else set()


def _said(user: User) -> Ids:
    said = Revision.objects.values_list("record__number", flat=True)
    return _one(said) if user.may_anywhere("operate_feeds") or user.may_anywhere("supervise") else set()


def _own(user: User) -> Ids:
    found = CreditRecord.objects.about(user.person_keys()).in_force(on=clock.today())
    return _one(found.values_list("number", flat=True))


def _letters(user: User) -> Ids:
    return _one(messages.of(user).values_list("token", flat=True)) if user.face == "citizen" else set()


def _papers(user: User) -> Ids:
    return _one(one.token for one in Message.objects.all() if papers.of_staff(one, user))


def _own_papers(user: User) -> Ids:
    return _one(one.token for one in messages.of(user) if papers.of_person(one)) if user.face == "citizen" else set()


def _officer(*which: str, ids: Callable[[], Ids]) -> Callable[[Who], Ids]:
    """What these officers see all of, and nobody else any."""
    return _staff(lambda user: ids() if user.officer in which else set())


def _people() -> Ids:
    return _one(User.objects.filter(face="staff").values_list("pk", flat=True))


def _bodies(user: User) -> Ids:
    sees = user.officer or user.may_anywhere("supervise")
    return _one(Department.objects.values_list("code", flat=True)) if sees else set()


def _loans(user: User) -> Ids:
    mine = Delegation.objects.all() if user.officer == "security" else Delegation.objects.filter(giver=user)
    return _one(mine.values_list("pk", flat=True))


def _looks(user: User) -> Ids:
    codes = Department.objects.filter(pk__in=user.departments("delay_look")).values("code")
    return _one(LookUp.objects.filter(kind="look", department__in=codes).values_list("pk", flat=True))


def _looks_at(user: User) -> Ids:
    return _one(LookUp.objects.filter(kind="look", person_key__in=user.person_keys()).values_list("pk", flat=True))


def _attachments(records: object) -> Ids:
    return {(number, str(token)) for number, token in records.values_list("record__number", "token")}  # type: ignore[attr-defined]


def _proofs(cases: object) -> Ids:
    return {(number, str(token)) for number, token in cases.values_list("case__number", "token")}  # type: ignore[attr-defined]


def _originals(scans: object) -> Ids:
    return {(number, str(token)) for number, token in scans.values_list("listing__number", "token")}  # type: ignore[attr-defined]


# Noun → what this user may see of it, by its one queryset.
VISIBLE: dict[str, Callable[[Who], Ids]] = {
    "record": _staff(lambda user: _one(CreditRecord.objects.visible_to(user).values_list("number", flat=True))),
    "own-record": _staff(_own),
    "repair": _staff(lambda user: _one(Repair.objects.visible_to(user).values_list("number", flat=True))),
    "handed": _staff(lambda user: _one(one.case.number for one in identity_cases.handed(user))),
    "repair-over": _staff(lambda user: _one(Repair.objects.over(user).values_list("number", flat=True))),
    "certificate": _staff(lambda user: _one(Deletion.objects.visible_to(user).values_list("certificate", flat=True))),
    "repair-of": _staff(lambda user: _one(Repair.objects.of_departments(user).values_list("number", flat=True))),
    "own-repair": _staff(lambda user: _one(Repair.objects.about(user.person_keys()).values_list("number", flat=True))),
    "listing": _staff(lambda user: _one(Listing.objects.visible_to(user).values_list("number", flat=True))),
    "case": _staff(lambda user: _one(MatterCase.objects.visible_to(user).values_list("pk", flat=True))),
    "sharing": _staff(lambda user: _one(Sharing.objects.visible_to(user).values_list("number", flat=True))),
    "own-listing": _staff(
        lambda user: _one(Listing.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "own-original": _staff(lambda user: _originals(ListingPaper.objects.about(user.person_keys()))),
    "prior-notice": _staff(
        lambda user: _one(PreAdverseNotice.objects.visible_to(user).values_list("number", flat=True))
    ),
    "own-prior-notice": _staff(
        lambda user: _one(PreAdverseNotice.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "answer-of-check": _staff(
        lambda user: _one(
            CheckAnswer.objects.filter(check_made__in=Check.objects.visible_to(user)).values_list("token", flat=True)
        )
    ),
    "check": _staff(lambda user: _one(Check.objects.visible_to(user).values_list("number", flat=True))),
    "check-set": _staff(lambda user: _one(CheckSet.objects.visible_to(user).values_list("number", flat=True))),
    "registration": _staff(lambda user: _one(Registration.objects.visible_to(user).values_list("number", flat=True))),
    "own-registration": _staff(
        lambda user: _one(Registration.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "early-exit": _staff(lambda user: _one(EarlyExit.objects.visible_to(user).values_list("number", flat=True))),
    "honour": _staff(lambda user: _one(Nomination.objects.visible_to(user).values_list("number", flat=True))),
    "own-honour": _staff(
        lambda user: _one(Nomination.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "benefit": _staff(lambda user: _one(Benefit.objects.visible_to(user).values_list("number", flat=True))),
    "own-benefit": _staff(
        lambda user: _one(Benefit.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "measure": _staff(lambda user: _one(MeasureTask.objects.visible_to(user).values_list("number", flat=True))),
    "waiting-measure": _staff(lambda user: _one(measure_tasks.waiting_for(user).values_list("number", flat=True))),
    "batch": _staff(lambda user: _one(ImportBatch.objects.visible_to(user).values_list("number", flat=True))),
    "campaign": _staff(lambda user: _one(Campaign.objects.visible_to(user).values_list("pk", flat=True))),
    "feed": _staff(_feeds),
    "said-record": _staff(_said),
    "platform-return": _staff(lambda user: _one(feeds.asked_of(user).values_list("key", flat=True))),
    "delivery": _staff(lambda user: set(Delivery.objects.visible_to(user).values_list("feed_id", "key"))),
    "letter": _staff(_letters),
    "assessment": _staff(lambda user: _one(ImpactAssessment.objects.visible_to(user).values_list("number", flat=True))),
    "contractor": _staff(lambda user: _one(Contractor.objects.visible_to(user).values_list("code", flat=True))),
    "incident": _staff(lambda user: _one(Incident.objects.visible_to(user).values_list("number", flat=True))),
    "lapse": _staff(lambda user: _one(Lapse.objects.visible_to(user).values_list("number", flat=True))),
    "rule-change": _staff(lambda user: _one(RuleChange.objects.visible_to(user).values_list("number", flat=True))),
    "objection": _staff(lambda user: _one(Objection.objects.visible_to(user).values_list("number", flat=True))),
    "amendment": _staff(lambda user: _one(Amendment.objects.visible_to(user).values_list("number", flat=True))),
    "board": _staff(lambda user: _one(one.code for one in quality.boards(user))),
    "own-objection": _staff(
        lambda user: _one(Objection.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "explanation": _staff(lambda user: _one(Explanation.objects.visible_to(user).values_list("number", flat=True))),
    "own-explanation": _staff(
        lambda user: _one(Explanation.objects.about(user.person_keys()).values_list("number", flat=True))
    ),
    "delay": _staff(lambda user: _one(LookDelay.objects.visible_to(user).values_list("number", flat=True))),
    "look": _staff(_looks),
    "look-at-me": _staff(_looks_at),
    "odd-look": _staff(lambda user: _one(OddLook.objects.visible_to(user).values_list("pk", flat=True))),
    "export": _staff(lambda user: _one(ExportRequest.objects.visible_to(user).values_list("number", flat=True))),
    "end-notice-of": _staff(_notices_of),  # a second click hears that it is done
    "end-notice": _staff(lambda user: _one(EndNotice.objects.visible_to(user).values_list("number", flat=True))),
    "opening": _staff(lambda user: _one(ArchiveOpening.objects.visible_to(user).values_list("number", flat=True))),
    "request": _staff(lambda user: _one(LawfulRequest.objects.visible_to(user).values_list("number", flat=True))),
    "own-request": _staff(
        lambda user: _one(
            LawfulRequest.objects.filter(person_key__in=user.person_keys()).values_list("number", flat=True)
        )
    ),
    "paper": _staff(_papers),
    "own-paper": _staff(_own_papers),
    "contest": _staff(lambda user: _one(Contest.objects.visible_to(user).values_list("number", flat=True))),
    "undoing": _staff(lambda user: _one(Undoing.objects.visible_to(user).values_list("number", flat=True))),
    "undoing-of": _staff(lambda user: _one(Undoing.objects.of_departments(user).values_list("number", flat=True))),
    "undoing-over": _staff(lambda user: _one(Undoing.objects.over(user).values_list("number", flat=True))),
    "own-undoing": _staff(
        lambda user: _one(
            Undoing.objects.filter(record__in=CreditRecord.objects.about(user.person_keys())).values_list(
                "number", flat=True
            )
        )
    ),
    "person": _officer("system", "security", "audit", ids=_people),
    "department": _staff(_bodies),
    "loan": _staff(_loans),
    "share": _officer("security", ids=lambda: _one(SharedLegal.objects.values_list("pk", flat=True))),
    "service-key": _officer("system", "security", ids=lambda: _one(ServiceKey.objects.values_list("pk", flat=True))),
    "event": _officer("audit", ids=lambda: _one(Event.objects.values_list("pk", flat=True))),
    "identity": _staff(lambda user: _one(IdentityCase.objects.visible_to(user).values_list("number", flat=True))),
    "attachment": _staff(lambda user: _attachments(Attachment.objects.visible_to(user).exclude(record=None))),
    "original": _staff(lambda user: _originals(ListingPaper.objects.visible_to(user))),
    "proof": _staff(lambda user: _proofs(Attachment.objects.visible_to(user).exclude(case=None))),
    "own-attachment": _staff(
        lambda user: _attachments(
            Attachment.objects.filter(
                record__in=CreditRecord.objects.about(user.person_keys()).in_force(on=clock.today())
            )
        )
    ),
    "public-page": lambda who: _one(publicity.public_today().values_list("public_page__token", flat=True)),
}


def everything() -> dict[str, Ids]:
    """All objects there are, whoever may see them."""
    return {
        "record": _one(CreditRecord.objects.values_list("number", flat=True)),
        "own-record": _one(CreditRecord.objects.values_list("number", flat=True)),
        "repair": _one(Repair.objects.values_list("number", flat=True)),
        "repair-over": _one(Repair.objects.exclude(status__in=RUNNING).values_list("number", flat=True)),
        "certificate": _one(Deletion.objects.values_list("certificate", flat=True)),
        "handed": _one(IdentityCase.objects.exclude(asked_for=None).values_list("number", flat=True)),
        "repair-of": _one(Repair.objects.values_list("number", flat=True)),
        "own-repair": _one(Repair.objects.values_list("number", flat=True)),
        "listing": _one(Listing.objects.values_list("number", flat=True)),
        "case": _one(MatterCase.objects.values_list("pk", flat=True)),
        "sharing": _one(Sharing.objects.values_list("number", flat=True)),
        "own-listing": _one(Listing.objects.values_list("number", flat=True)),
        "own-original": _originals(ListingPaper.objects.all()),
        "prior-notice": _one(PreAdverseNotice.objects.values_list("number", flat=True)),
        "own-prior-notice": _one(PreAdverseNotice.objects.values_list("number", flat=True)),
        "answer-of-check": _one(CheckAnswer.objects.values_list("token", flat=True)),
        "check": _one(Check.objects.values_list("number", flat=True)),
        "check-set": _one(CheckSet.objects.values_list("number", flat=True)),
        "registration": _one(Registration.objects.values_list("number", flat=True)),
        "own-registration": _one(Registration.objects.values_list("number", flat=True)),
        "early-exit": _one(EarlyExit.objects.values_list("number", flat=True)),
        "measure": _one(MeasureTask.objects.values_list("number", flat=True)),
        "waiting-measure": _one(MeasureTask.objects.values_list("number", flat=True)),
        "batch": _one(ImportBatch.objects.values_list("number", flat=True)),
        "campaign": _one(Campaign.objects.values_list("pk", flat=True)),
        "feed": _one(Feed.objects.values_list("code", flat=True)),
        "said-record": _one(Revision.objects.values_list("record__number", flat=True)),
        "platform-return": _one(Delivery.objects.values_list("key", flat=True)),
        "delivery": set(Delivery.objects.values_list("feed_id", "key")),
        "letter": _one(Message.objects.values_list("token", flat=True)),
        "assessment": _one(ImpactAssessment.objects.values_list("number", flat=True)),
        "contractor": _one(Contractor.objects.values_list("code", flat=True)),
        "incident": _one(Incident.objects.values_list("number", flat=True)),
        "lapse": _one(Lapse.objects.values_list("number", flat=True)),
        "rule-change": _one(RuleChange.objects.values_list("number", flat=True)),
        "objection": _one(Objection.objects.values_list("number", flat=True)),
        "amendment": _one(Amendment.objects.values_list("number", flat=True)),
        "board": _one(Department.objects.values_list("code", flat=True)),
        "own-objection": _one(Objection.objects.values_list("number", flat=True)),
        "explanation": _one(Explanation.objects.values_list("number", flat=True)),
        "honour": _one(Nomination.objects.values_list("number", flat=True)),
        "own-honour": _one(Nomination.objects.values_list("number", flat=True)),
        "benefit": _one(Benefit.objects.values_list("number", flat=True)),
        "own-benefit": _one(Benefit.objects.values_list("number", flat=True)),
        "own-explanation": _one(Explanation.objects.values_list("number", flat=True)),
        "delay": _one(LookDelay.objects.values_list("number", flat=True)),
        "look": _one(LookUp.objects.filter(kind="look").values_list("pk", flat=True)),
        "look-at-me": _one(LookUp.objects.filter(kind="look").values_list("pk", flat=True)),
        "odd-look": _one(OddLook.objects.values_list("pk", flat=True)),
        "export": _one(ExportRequest.objects.values_list("number", flat=True)),
        "end-notice-of": _one(EndNotice.objects.values_list("number", flat=True)),
        "end-notice": _one(EndNotice.objects.values_list("number", flat=True)),
        "opening": _one(ArchiveOpening.objects.values_list("number", flat=True)),
        "request": _one(LawfulRequest.objects.values_list("number", flat=True)),
        "own-request": _one(LawfulRequest.objects.values_list("number", flat=True)),
        "paper": _one(Message.objects.values_list("token", flat=True)),
        "own-paper": _one(Message.objects.values_list("token", flat=True)),
        "contest": _one(Contest.objects.values_list("number", flat=True)),
        "undoing": _one(Undoing.objects.values_list("number", flat=True)),
        "undoing-of": _one(Undoing.objects.values_list("number", flat=True)),
        "undoing-over": _one(Undoing.objects.exclude(over_on=None).values_list("number", flat=True)),
        "own-undoing": _one(Undoing.objects.values_list("number", flat=True)),
        "person": _people(),
        "department": _one(Department.objects.values_list("code", flat=True)),
        "loan": _one(Delegation.objects.values_list("pk", flat=True)),
        "share": _one(SharedLegal.objects.values_list("pk", flat=True)),
        "service-key": _one(ServiceKey.objects.values_list("pk", flat=True)),
        "event": _one(Event.objects.values_list("pk", flat=True)),
        "identity": _one(IdentityCase.objects.values_list("number", flat=True)),
        "attachment": _attachments(Attachment.objects.exclude(record=None)),
        "original": _originals(ListingPaper.objects.all()),
        "proof": _proofs(Attachment.objects.exclude(case=None)),
        "own-attachment": _attachments(Attachment.objects.exclude(record=None)),
        "public-page": _one(
            CreditRecord.objects.exclude(public_page=None).values_list("public_page__token", flat=True)
        ),
    }


@dataclass(frozen=True)
class Exit:
    """一个出口. `exact`: it opens for everybody who may see the object; others also want a duty or a status."""

    noun: str
    method: str = "GET"
    exact: bool = False
    more: tuple[str, ...] = ()


def _posts(noun: str, *names: str) -> dict[str, Exit]:
    return {name: Exit(noun, "POST") for name in names}


EXITS: dict[str, Exit] = {
    "record": Exit("record", exact=True),
    "record-edit": Exit("record"),
    **_posts("record", "record-submit", "record-approve", "record-return", "record-serve", "record-reveal"),
    **_posts("record", "record-take"),
    **_posts("batch", "import-take", "import-sample-act"),
    "import-sample": Exit("batch"),
    "amendment-new": Exit("record"),
    "amendment": Exit("amendment", exact=True),
    **_posts("amendment", "amendment-agree", "amendment-refuse", "amendment-drop"),
    "quality-rows": Exit("board", exact=True, more=("on-time",)),
    "me-record": Exit("own-record", exact=True),
    "me-repair": Exit("own-record"),
    "me-repair-case": Exit("own-repair", exact=True),
    **_posts("own-repair", "me-repair-supply", "me-repair-withdraw"),
    "me-listing": Exit("own-listing", exact=True),
    "me-listing-original": Exit("own-original", exact=True),
    "me-listing-act": Exit("own-listing", "POST", more=("state",)),
    "me-registration": Exit("own-registration", exact=True),
    "registration": Exit("registration", exact=True),
    "registration-file": Exit("registration", exact=True),
    "registration-document": Exit("registration", "POST"),
    "registration-act": Exit("registration", "POST", more=("confirm",)),
    "early-exit": Exit("early-exit", exact=True),
    "early-exit-act": Exit("early-exit", "POST", more=("refuse",)),
    "early-exit-new": Exit("record"),
    "me-message": Exit("letter", exact=True),
    "listing": Exit("listing", exact=True),
    "listing-reveal": Exit("listing", "POST"),
    "listing-original-new": Exit("listing", "POST"),
    "listing-original": Exit("original", "POST"),
    "measure": Exit("measure", exact=True),
    "measure-reveal": Exit("measure", "POST"),
    "measure-act": Exit("measure", more=("apply",)),
    "listing-act": Exit("listing", more=("receive",)),
    "prior-notice": Exit("prior-notice", exact=True),
    "prior-notice-file": Exit("prior-notice", exact=True),
    "prior-notice-act": Exit("prior-notice", more=("receive",)),
    "prior-notice-new": Exit("answer-of-check"),
    "me-prior-notice": Exit("own-prior-notice", exact=True),
    "me-prior-notice-act": Exit("own-prior-notice", "POST", more=("state",)),
    "inbound-again": Exit("check"),
    "check": Exit("check", exact=True),
    "check-new": Exit("case"),
    "check-feedback": Exit("check", "POST"),
    "check-certificate": Exit("check", "POST"),
    "check-set-new": Exit("case", "POST"),
    "check-set": Exit("check-set", exact=True),
    "check-set-result": Exit("check-set"),
    **_posts("check-set", "check-set-approve", "check-set-refuse"),
    "case": Exit("case", exact=True),
    **_posts("case", "case-close"),
    "sharing": Exit("sharing", exact=True),
    "sharing-act": Exit("sharing", "POST", more=("agree",)),
    "honour": Exit("honour", exact=True),
    "honour-act": Exit("honour", more=("drop",)),
    "honour-file": Exit("honour", exact=True),
    "benefit-retract": Exit("benefit"),
    "me-honour-act": Exit("own-honour", "POST", more=("hide",)),
    "me-benefit": Exit("own-benefit", "POST", more=("deny",)),
    "import": Exit("batch", exact=True),
    "import-wrong": Exit("batch"),
    "import-changed": Exit("batch"),
    "import-receipt": Exit("batch"),
    "import-review": Exit("batch"),
    **_posts(
        "batch", "import-commit", "import-cancel", "import-recheck", "import-approve", "import-return", "import-undo"
    ),
    "repair": Exit("repair-of"),  # what is over leads on to its own page
    "repair-file": Exit("repair-of", exact=True),
    "repair-over": Exit("repair-over", exact=True),
    "end-certificate": Exit("certificate", exact=True),
    **_posts("repair", "repair-accept", "repair-unmet", "repair-decide"),
    "campaign": Exit("campaign", exact=True),
    "campaign-report": Exit("campaign"),
    "campaign-cancel": Exit("campaign"),
    "feed-deliveries": Exit("feed", exact=True),
    "feed-copies": Exit("feed", exact=True),
    "feed-differences": Exit("feed", exact=True),
    "feed-coming": Exit("feed", exact=True),
    "feed-holding": Exit("feed", exact=True),
    "feed-log": Exit("feed", exact=True),
    "feed-record": Exit("said-record", exact=True),
    **_posts("feed", "feed-say-again", "feed-sheet"),
    **_posts("feed", "feed-pause", "feed-resume", "feed-reconcile", "feed-recall", "feed-hurry", "feed-retry-all"),
    "feed-delivery": Exit("delivery", exact=True),
    "feed-retry": Exit("delivery", "POST"),
    "feed-answer": Exit("platform-return"),
    "assessment": Exit("assessment", exact=True),
    "assessment-edit": Exit("assessment"),
    "assessment-act": Exit("assessment", "POST", more=("submit",)),
    "contractor": Exit("contractor", exact=True),
    "contractor-act": Exit("contractor", "POST", more=("end",)),
    "incident": Exit("incident", exact=True),
    **_posts("incident", "incident-assess", "incident-report", "incident-close"),
    "lapse": Exit("lapse"),
    "lapse-records": Exit("lapse"),
    "lapse-act": Exit("lapse", "POST", more=("agree",)),
    "rule-change": Exit("rule-change", exact=True),
    "rule-change-text": Exit("rule-change"),
    "rule-change-act": Exit("rule-change", "POST", more=("agree",)),
    "objection": Exit("objection", exact=True),
    "objection-file": Exit("objection", exact=True),
    **_posts("objection", "objection-ask", "objection-extend", "objection-answer"),
    "paper": Exit("paper", exact=True),
    **_posts("paper", "paper-open", "paper-serve", "paper-confirmation"),
    "me-paper": Exit("own-paper", exact=True),
    **{name: Exit("record") for name in ("record-contest", "record-undo")},
    "me-contest": Exit("own-record", exact=True),
    "me-credit-china": Exit("own-record"),
    "contest": Exit("contest", exact=True),
    "undoing": Exit("undoing-of"),  # what is over leads on to its own page
    "undoing-over": Exit("undoing-over", exact=True),
    "undoing-file": Exit("undoing-of", exact=True),
    **_posts("undoing", "undoing-end", "undoing-correct"),
    **{name: Exit("repair-of") for name in ("repair-ask", "repair-promise")},
    **_posts("repair-of", "repair-promise-judge"),
    **{name: Exit("own-repair", exact=True) for name in ("me-repair-answer", "me-repair-number")},
    "me-object": Exit("own-record", exact=True),
    "me-statement": Exit("own-record", exact=True),
    "me-statement-end": Exit("own-record", "POST"),
    "me-objection": Exit("own-objection", exact=True),
    **_posts("own-objection", "me-objection-supply", "me-objection-withdraw"),
    "identity": Exit("identity", exact=True),
    **_posts(
        "identity",
        "identity-reveal",
        "identity-propose",
        "identity-keep",
        "identity-settle",
        "identity-refuse",
        "identity-undo",
    ),
    "identity-paper": Exit("proof", "POST"),
    "record-paper": Exit("attachment", "POST"),
    "me-attachment": Exit("own-attachment", exact=True),
    **_posts("record", "record-attach", "record-detach", "record-discard"),
    "explanation": Exit("explanation", exact=True),
    "me-explanation": Exit("own-explanation", exact=True),
    **_posts("own-explanation", "me-explanation-withdraw"),
    "me-look-explain": Exit("look-at-me"),
    "delay": Exit("delay", exact=True),
    "delay-act": Exit("delay", "POST", more=("sign",)),
    "delay-new": Exit("look", exact=True),
    "odd-look": Exit("odd-look", exact=True),
    "odd-look-act": Exit("odd-look", "POST", more=("clear",)),
    "export": Exit("export", exact=True),
    **_posts("export", "export-approve", "export-refuse", "export-fetch"),
    "end-notice": Exit("end-notice", exact=True),
    **_posts("end-notice-of", "end-notice-confirm", "end-notice-refuse"),
    "opening": Exit("opening", exact=True),
    "opening-act": Exit("opening", "POST", more=("approve",)),
    "request": Exit("request", exact=True),
    "request-act": Exit("request", "POST", more=("approve",)),
    "request-file": Exit("request", "POST", more=("document",)),
    "listing-file": Exit("listing", exact=True),
    "person": Exit("person", exact=True),
    **{name: Exit("person") for name in ("person-move", "person-close", "person-legal")},
    **_posts("person", "person-password", "person-grant", "person-withdraw", "second-factor-reset"),
    "department": Exit("department", exact=True),
    **{name: Exit("department") for name in ("department-edit", "department-close", "department-liaison")},
    **_posts("department", "department-keep"),
    "delegation-end": Exit("loan", "POST"),
    "legal-share-end": Exit("share", "POST"),
    **_posts("service-key", "service-key-approve", "service-key-revoke"),
    "evidence-event": Exit("event", exact=True),
    "evidence-proof": Exit("event", "POST"),
    "public-record": Exit("public-page", exact=True),
}
# Addresses whose argument is a row of the rules, the plan or the settings, the same for whoever may open the page;
# and the doors of the platforms and of bureaus' systems, which are opened by a signature and by a key.
NO_OBJECT = {
    "catalogue-item", "record-form", "record-form-keep", "import-template", "listing-form", "supervision-task",
    "supervision-figure", "matter", "sharing-new", "rule-list", "rule", "rule-propose", "demo-try", "demo-drill",
    "feed-receipts", "sign-in-unit", "sign-in-unit-back", "account-link", "account-unlink", "api-import",
    "api-check", "registration-new", "inbound-act",
}  # fmt: skip
# List pages that show everything of a noun that the user may see: how an object is named on them.
LISTS: dict[str, tuple[str, str]] = {
    "record-list": ("record", r"\bDL\d{4}-\d{6}\b"),
    "listing-list": ("listing", r"\bLR\d{4}-\d{6}\b"),
    "listing-ledger": ("listing", r"\bLR\d{4}-\d{6}\b"),
    "prior-notice-list": ("prior-notice", r"\bSG\d{4}-\d{6}\b"),
    "case-list": ("case", r"/desk/matters/cases/(\d+)/\""),
    "sharing-list": ("sharing", r"\bGX\d{4}-\d{6}\b"),
    "registration-list": ("registration", r"\bDJ\d{4}-\d{6}\b"),
    "honour-list": ("honour", r"\bTJ\d{4}-\d{6}\b"),
    "benefit-list": ("benefit", r"\bDX\d{4}-\d{6}\b"),
    "measure-list": ("waiting-measure", r"\bCS\d{4}-\d{6}\b"),
    "repair-list": ("repair", r"\bXF\d{4}-\d{6}\b"),
    "check-list": ("check", r"\bHC\d{4}-\d{6}\b"),
    "import-list": ("batch", r"\bPC\d{4}-\d{6}\b"),
    "assessment-list": ("assessment", r"\bYP\d{4}-\d{6}\b"),
    "incident-list": ("incident", r"\bSJ\d{4}-\d{6}\b"),
    "lapse-list": ("lapse", r"\bSX\d{4}-\d{6}\b"),
    "rule-change-list": ("rule-change", r"\bGB\d{4}-\d{6}\b"),
    "contractor-list": ("contractor", r"/supervision/contractors/([\w-]+)/\""),
    "campaign-list": ("campaign", r"/desk/campaigns/(\d+)/\""),
    "me": ("own-record", r"/me/records/(DL\d{4}-\d{6})/"),
    "me-messages": ("letter", r"/me/messages/([0-9a-f-]{36})/"),
    "amendment-list": ("amendment", r"\bGZ\d{4}-\d{6}\b"),
    "objection-list": ("objection", r"\bYY\d{4}-\d{6}\b"),
    "opening-list": ("opening", r"\bKQ\d{4}-\d{6}\b"),
    "request-list": ("request", r"\bDQ\d{4}-\d{6}\b"),
    "identity-list": ("identity", r"\bHD\d{4}-\d{6}\b"),
    "undoing-list": ("undoing", r"\bCX\d{4}-\d{6}\b"),
    "export-list": ("export", r"\bDC\d{4}-\d{6}\b"),
    "odd-look-list": ("odd-look", r"/desk/odd-looks/(\d+)/\""),
    "departments": ("department", r"/desk/departments/([\w-]+)/\""),
    "feeds": ("feed", r"/desk/feeds/([a-z]+)/\""),
}
