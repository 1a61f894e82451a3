"""读到期与撤下: what ends soon, what ended and who still holds it, what waits to be deleted, what is gone for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from records.models import ArchiveCopy, ArchiveOpening, CreditRecord, Deletion, EndNotice, Holding, end_kind
from records.models.archive import Copies, O, Openings
from records.models.end_notice import N
from records.models.record import Records, S
from records.workflows import retention

WEEK = timedelta(days=7)
RECENT = timedelta(days=30)
MOST = 20  # of each list on the one page; it does not grow with the register
OPENING_KINDS = {O.ASKED: "warn", O.APPROVED: "warn", O.REFUSED: "off", O.OPENED: "done", O.LAPSED: "off"}


@dataclass(frozen=True)
class Ended:
    """一件封存件 as the office sees it: no person, no document, no content."""

    copy: ArchiveCopy
    kind: str
    asked: int
    gone: int

    @property
    def waiting(self) -> int:
        """还没有确认撤下的收录方."""
        return self.asked - self.gone


@dataclass(frozen=True)
class Certificate:
    """一份销毁证明."""

    number: str
    day: date
    count: int


def ending_soon(user: User) -> Records:
    """七天以内到期的, as the department may see its records anyway."""
    today = clock.today()
    found = CreditRecord.objects.visible_to(user).filter(status=S.EFFECTIVE, use_until__lte=today + WEEK)
    return found.select_related("item").order_by("use_until", "pk")


def ended(user: User) -> Sequence[Ended]:
    """近三十天终止的: whose withdrawal is not confirmed yet first, however long ago it ended.

    Both parts are read from the newest on and no further than the page shows.
    """
    copies = ArchiveCopy.objects.visible_to(user).order_by("-ended_on", "-pk")
    still = Holding.objects.filter(owed=True).values("record")
    chosen = list(copies.filter(pk__in=still).values_list("pk", flat=True)[:MOST])
    recent = copies.exclude(pk__in=still).filter(ended_on__gt=clock.today() - RECENT)
    chosen += recent.values_list("pk", flat=True)[: MOST - len(chosen)]
    counted = ArchiveCopy.objects.filter(pk__in=chosen).annotate(
        held=Count("record__holdings"),
        gone=Count("record__holdings", filter=Q(record__holdings__gone_at__isnull=False)),
    )
    return lines(sorted(counted, key=lambda one: chosen.index(one.pk)))


def lines(copies: Iterable[ArchiveCopy]) -> list[Ended]:
    """The rows of the page."""
    return [
        Ended(copy, end_kind.said(copy.end_kind), copy.held, copy.gone)  # type: ignore[attr-defined]  # annotated above
        for copy in copies
    ]


def unsealed(user: User) -> bool:
    """还有没封存的: ended a moment ago; off every exit already."""
    mine = user.departments("view_records")
    # what is sealed says nothing any more, so that the few that still do are found by their own index
    return CreditRecord.objects.filter(status=S.ENDED, department_id__in=mine).exclude(content={}).exists()


def deleting_soon(user: User) -> Copies:
    """保存期将满的, next thirty days, and those that are over and wait."""
    found = ArchiveCopy.objects.visible_to(user).filter(keep_until__lte=clock.today() + RECENT)
    return found.order_by("keep_until", "pk")


def held_back() -> dict[str, int]:
    """到期还不能销毁的, by reason."""
    return retention.held_back(clock.today())


def held_back_copies(why: str) -> Copies:
    """到期还不能销毁的封存件 for one reason, the longest over first: numbers and days."""
    found = ArchiveCopy.objects.filter(pk__in=retention.held(clock.today(), why).values("pk"))
    return found.select_related("department").order_by("keep_until", "pk")


def certificates(user: User) -> list[Certificate]:
    """销毁证明, newest first, with how many of them this user may know of."""
    rows = Deletion.objects.visible_to(user).values_list("certificate", "deleted_on").annotate(n=Count("pk"))
    return [Certificate(*row) for row in rows.order_by("-deleted_on", "-certificate")[:MOST]]


def notices(user: User) -> QuerySet[EndNotice]:
    """待核对的终止登记."""
    found = EndNotice.objects.visible_to(user).filter(status=N.NOTED)
    return found.select_related("record__department", "noted_by").order_by("pk")


def notices_waiting(user: User) -> QuerySet[EndNotice]:
    """等这个人核对的."""
    mine = notices(user).filter(record__department_id__in=user.departments("review_record"))
    return mine.exclude(noted_by=user)


def openings(user: User) -> Openings:
    """开启封存件, what waits first."""
    first = Case(When(status__in=[O.ASKED, O.APPROVED], then=Value(0)), default=Value(1), output_field=IntegerField())
    found = ArchiveOpening.objects.visible_to(user).select_related("archive", "department", "requested_by")
    return found.order_by(first, "-pk")


def openings_to_agree(user: User) -> Openings:
    """等这个人同意的, of others."""
    mine = ArchiveOpening.objects.filter(department_id__in=user.departments("decide_listing"), status=O.ASKED)
    return mine.exclude(requested_by=user)


def openings_to_open(user: User) -> Openings:
    """等这个人开启的: own, agreed to, within the days that were given."""
    return ArchiveOpening.objects.filter(requested_by=user, status=O.APPROVED, open_until__gte=clock.today())


def still_to_confirm() -> list[tuple[str, str, int]]:
    """各部门终止后还没有确认撤下的件数, for those who supervise. It counts what is owed to people, not people."""
    found = CreditRecord.objects.filter(pk__in=Holding.objects.filter(owed=True).values("record"))
    named = found.values_list("department__code", "department__name").annotate(n=Count("pk"))
    return list(named.order_by("department__name"))
