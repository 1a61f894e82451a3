"""案件页和列表. Whoever is shown a case is shown it because of a look-up row."""

from collections.abc import Sequence
from dataclasses import dataclass

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.selectors import history
from daoli_credit.audit.told import Told, by_moment
from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType
from daoli_credit.law.status import Effect, may
from daoli_credit.workflow import noun
from incentives.models import Defence, Listing, ListingPaper
from incentives.models.listing import Listings
from incentives.models.listing_paper import ScanOf
from incentives.rules import as_record, gate, route
from incentives.rules.steps import STEPS, offered
from incentives.selectors import course, points
from incentives.selectors.points import PointLine
from records import identity
from records.identity import Identity, NotThisPerson

MOST = 200


@dataclass(frozen=True)
class Line:
    """列表的一行: identity masked."""

    listing: Listing
    kind: str
    who: Identity
    now: str


@dataclass(frozen=True)
class Paper:
    """卷宗里的一件."""

    title: str
    number: str
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Page:
    """一件案件的全部, because of a look-up."""

    listing: Listing
    kind: ListType
    who: Identity
    now: tuple[str, str]
    lock: gate.Lock | None
    due: tuple[str, str] | None
    stages: Sequence[course.Stage]
    papers: Sequence[Paper]
    defences: Sequence[Paper]
    points: Sequence[PointLine]
    history: Sequence[Told]
    grounds: Sequence[tuple[str, str]]
    served: Sequence[tuple[str, str]]
    firm: bool
    remedy: str
    hears: bool


def lines(listings: Listings) -> list[Line]:
    """列表行, masked."""
    return [
        Line(
            listing,
            route.kind(listing).title,
            identity.masked(listing.subject),
            course.headline(listing)[0].removeprefix("现在："),
        )
        for listing in listings.select_related("subject", "department", "record")
    ]


def under_way(user: User) -> Listings:
    """办理中的, of the user's departments."""
    return Listing.objects.visible_to(user).running()


def waiting_for(user: User) -> list[Listing]:
    """等本人办的案件: some step of theirs is open and not locked; the oldest first."""
    running = under_way(user).select_related("department", "subject")
    found = []
    for listing in running.order_by("pk")[:MOST]:
        coming = route.comes_next(listing)
        mine = [name for name in offered(listing, user) if name not in {"withdraw", "reject", "revoke", "receive"}]
        named = [name for name in mine if name == "serve-notice" or STEPS[name].target in {coming, "lapsed"}]
        served = listing.notice_served_on is not None
        named = [name for name in named if not (name == "serve-notice" and served)]
        if any(name == "serve-notice" or gate.before(listing, STEPS[name].target) is None for name in named):
            found.append(listing)
    return found


def _papers(listing: Listing) -> list[Paper]:
    found = [Paper("依据的文书", listing.ground_document, "")]
    if hasattr(listing, "notice"):
        found.append(
            Paper("拟列入告知书", listing.notice.document_number, messages.text(listing.notice.message), "notice")
        )
    if listing.notice_served_on:
        found.append(Paper("告知送达证明", listing.notice_proof, ""))
    found += [defence(one) for one in listing.defences.select_related("message")]
    if listing.discussed_on:
        found.append(Paper("集体讨论记录", listing.discussion_number, ""))
    if listing.higher_agreed_on:
        found.append(Paper("上级同意文书", listing.higher_number, ""))
    if hasattr(listing, "decision"):
        found.append(
            Paper("列入决定书", listing.decision.document_number, messages.text(listing.decision.message), "decision")
        )
    if listing.decision_served_on:
        found.append(Paper("决定送达证明", listing.decision_proof, ""))
    if listing.revoked_on:
        found.append(Paper("撤销决定", listing.revocation_number, ""))
    return found


def defence(one: Defence) -> Paper:
    """陈述申辩, as the person wrote it."""
    return Paper("陈述申辩（当事人）", f"{one.get_channel_display()} {one.posted_on}", messages.text(one.message))


def _served(listing: Listing) -> list[tuple[str, str]]:
    said = [
        ("告知书", f"{listing.get_notice_service_display()} {listing.notice_served_on or ''}"),
        ("决定书", f"{listing.get_decision_service_display()} {listing.decision_served_on or ''}"),
    ]
    signed = ListingPaper.objects.of_case(listing).filter(of=ScanOf.CONFIRMATION).exists()
    said.append(("送达确认书", "已签订，原件在卷" if signed else "卷里没有"))
    return [*said, ("可用方式", "、".join(row.title for row in pack.current().service_methods.values()))]


def page(listing: Listing, because: LookUp) -> Page:
    """案件页. Raises NotThisPerson when the look-up is about somebody else."""
    if bytes(because.person_key) not in listing.person_keys():
        raise NotThisPerson("查询记录与当事人不符")
    due = course.due(listing)
    return Page(
        listing=listing,
        kind=route.kind(listing),
        who=identity.masked(listing.subject),
        now=course.headline(listing),
        lock=gate.answer(listing) or gate.waiver(listing) or gate.service(listing),
        due=(due[0], f"{due[1]}") if due else None,
        stages=course.stages(listing),
        papers=_papers(listing),
        defences=[defence(one) for one in listing.defences.select_related("message")],
        points=points.lines(listing),
        grounds=[("依据的文书", listing.ground_document), ("系统编号", listing.number)],
        served=_served(listing),
        remedy=as_record.remedy(route.kind(listing)),
        hears="heard" in listing.path,
        firm=may(route.kind(listing), Effect.ADVERSE),
        history=by_moment(history(noun(Listing), listing.pk)),
    )
