"""读公示页: what is public is asked of the pack and of the days each time; nothing has to close it."""

import uuid

from django.db.models import Q

from daoli_credit.law import clock, pack
from records.models import CreditRecord, PublicPage
from records.models.record import Records


def _publishable() -> list[str]:
    edition = pack.current()
    return [item.code for item in edition.items.values() if edition.may_publish(item)]


def public_today() -> Records:
    """今天可以公示的记录: in force, of an item that the pack lets be public, and within its publicity, not paused."""
    today = clock.today()
    pack.look_again()  # what two people have suspended is not public for another second
    return CreditRecord.objects.provided(on=today).filter(public_until__gte=today, item_id__in=_publishable())


def shown(token: str) -> CreditRecord | None:
    """公示页上的记录. None for a token that is ended, unknown or no token at all: one question, one answer."""
    return (
        public_today()
        .filter(Q(public_page__token=_uuid(token)))
        .select_related("item", "department", "subject")
        .first()
    )


def page_of(record: CreditRecord) -> PublicPage | None:
    """这条记录今天的公示页, for the person's own page."""
    return PublicPage.objects.filter(record__in=public_today().filter(pk=record.pk)).first()


def _uuid(token: str) -> uuid.UUID:
    try:
        return uuid.UUID(token)
    except ValueError:
        return uuid.UUID(int=0)  # nobody's: version 4 never gives it
