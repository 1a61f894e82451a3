"""造列入案件: by the true acts only, each on its own day."""

from datetime import date, timedelta
from typing import Any

from daoli_credit import cipher
from daoli_credit.accounts import roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.user import Face
from daoli_credit.demo import people
from daoli_credit.law import clock, pack
from daoli_credit.law.models import Overlay
from incentives.models import Listing, ListingPaper, Point
from incentives.rules import contents, route, to_answer
from incentives.workflows import answering, deciding, filing, proposing, reviewing
from records.identity import Identity
from records.rules.id_number import RESIDENT
from records.sealed_attachments import prepared
from tests import make_assessments
from tests.cast import Cast, identity

GROUNDS = proposing.Grounds(
    reason="经责令限期支付，逾期未支付劳动报酬。",
    legal_ground="《保障农民工工资支付条例》第四十八条",
    document="哈里人社责〔2026〕11号",
    authority_code="1199999900000000AP",
)
TEXT = "工资已经补发一部分，余款正在筹措。"
SERVICE: dict[str, Any] = {"service": "direct", "proof": "送达回证第1号，本人签收"}


def suspend(kind: str, code: str) -> None:
    """Two people of the office suspend a row of the pack at once: an overlay, as the rules page writes it."""
    Overlay.objects.create(
        kind=kind, code=code, action="suspend", by="甲", second_by="乙", reason="核对依据", at=clock.now()
    )
    pack.forget()


def someone(text: str) -> Identity:
    """Another synthetic person for every text."""
    serial = sum(place * ord(char) for place, char in enumerate(text, 1)) % 1000
    return Identity(f"测{text[0]}", RESIDENT, people.number(date(1980, 1, 1), serial))


def account(text: str) -> User:
    """The same person, signed in."""
    key = cipher.person_keys(someone(text).id_number)[0]
    return User.objects.citizen(username=f"c-{text}", person_key=key)


def desk(department: Department) -> tuple[User, User, User]:
    """Clerk, legal officer and decider of a department, made for this test."""
    made = []
    for role in ("clerk", "legal", "decider"):
        user = User.objects.create_staff(
            f"t-{department.code}-{role}",
            "a long enough password",
            display_name=f"{department.name}{role}",
            home_department=department,
        )
        assert user.face == Face.STAFF
        roles.grant(user, department, role)
        made.append(user)
    return made[0], made[1], made[2]


def proposed(
    cast: Cast,
    *,
    who: Identity | None = None,
    actor: User | None = None,
    list_type: str = "wage-arrears",
    department: Department | None = None,
) -> Listing:
    """A case that nobody outside knows of."""
    make_assessments.list_type(list_type)
    return proposing.propose(
        department=department or cast.wages,
        list_type=list_type,
        who=who or identity("linxiuyun"),
        grounds=GROUNDS,
        actor=actor or cast.wage_clerk,
    )


def noticed(cast: Cast, *, number: str = "哈里人社告〔2026〕1号", **given: Any) -> Listing:
    """The notice is out, not yet served."""
    listing = proposed(cast, **given)
    covers = contents.required(listing, "notice")
    return proposing.notify(listing_id=listing.pk, actor=listing.proposed_by, document=number, covers=covers)


def notified(cast: Cast, *, day: date | None = None, **given: Any) -> Listing:
    """Served; the answer period runs."""
    listing = noticed(cast, **given)
    actor = listing.proposed_by
    return proposing.serve_notice(listing_id=listing.pk, actor=actor, day=day or clock.today(), **SERVICE)


def answered(cast: Cast, *, by: User | None = None, **given: Any) -> Listing:
    """The person answered and said that this is all."""
    listing = notified(cast, **given)
    return answering.answer(listing_id=listing.pk, actor=by or cast.citizen, text=TEXT)


def lapsed(cast: Cast, **given: Any) -> Listing:
    """Nobody answered; the post was waited for. Leaves the caller on the day of `after_transit`."""
    listing = notified(cast, **given)
    with clock.at(after_transit(listing)):
        return answering.lapse(listing_id=listing.pk, actor=listing.proposed_by)


def scanned(listing: Listing, *, of: str = "notice", text: str = "告知书") -> ListingPaper:
    """One original put into its file by whoever proposed it."""
    made = prepared(f"%PDF-1.4 {listing.number} {text}".encode(), "proof", listing.proposed_by)
    return filing.put_in(listing_id=listing.pk, made=made, of=of, actor=listing.proposed_by)


def after_transit(listing: Listing) -> date:
    """The first day on which the post may be checked."""
    assert listing.transit_due_on is not None
    return listing.transit_due_on + timedelta(days=1)


def replies(listing_id: int, reason: str = "一、部分补发不影响认定。") -> list[to_answer.Reply]:
    """The same answer to every point that the person made."""
    waiting = to_answer.asked(Listing.objects.get(pk=listing_id))
    return [to_answer.Reply("not-adopted", reason) for _ in waiting]


def points_answered(listing: Listing) -> Listing:
    """Every point answered as by raw SQL, ahead of the review."""
    Point.objects.filter(listing=listing).update(outcome="not-adopted", reply="无", replied_on=clock.today())
    return listing


def go_on(cast: Cast, listing: Listing, upto: str, *, desk_of: tuple[User, User, User] | None = None) -> Listing:
    """Takes the case along its own path up to a status, each act by whoever has the duty."""
    clerk, legal, decider = desk_of or (cast.wage_clerk, cast.legal, cast.decider)
    today = clock.today()
    acts = {
        "reviewed": lambda pk: reviewing.review(listing_id=pk, actor=clerk, outcome="异议不成立：余款未付。"),
        "heard": lambda pk: reviewing.hear(listing_id=pk, actor=clerk, hearing="not-due", note="处罚不属于应当听证的"),
        "legal-reviewed": lambda pk: reviewing.legal_review(
            listing_id=pk, actor=legal, opinion="程序合法", replies=replies(pk)
        ),
        "collectively-discussed": lambda pk: reviewing.discuss(
            listing_id=pk, actor=clerk, day=today, document="局务会纪要〔2026〕3号"
        ),
        "higher-agreed": lambda pk: reviewing.agree(
            listing_id=pk, actor=clerk, day=today, document="哈市监函〔2026〕9号"
        ),
        "decided": lambda pk: deciding.decide(
            listing_id=pk,
            actor=decider,
            opinion="同意列入",
            document=f"哈里列〔2026〕{pk}号",
            covers=contents.required(listing, "decision"),
        ),
        "served": lambda pk: deciding.serve(listing_id=pk, actor=clerk, day=today, **SERVICE),
        "effective": lambda pk: deciding.take_effect(listing_id=pk, actor=clerk),
    }
    while listing.status != upto:
        listing = acts[route.comes_next(listing)](listing.pk)
    return listing


def decided(cast: Cast, **given: Any) -> Listing:
    """Decided, not served."""
    return go_on(cast, answered(cast, **given), "decided")


def effective(cast: Cast, **given: Any) -> Listing:
    """In force, with its record."""
    return go_on(cast, answered(cast, **given), "effective")
