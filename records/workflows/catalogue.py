"""目录事项的同步: pulled from the active edition by the command that loads it; law itself writes nothing here."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock, pack
from records.models import CatalogueItem, CatalogueProvider, CreditRecord
from records.rules.collectable import honourable, listable, refusal


@transaction.atomic
def pull() -> tuple[int, int]:
    """同步目录: rows for every item of the edition, and who may report it by hand, or by a case of its own.

    An item that left is closed, never deleted; a pair that no longer stands goes unless records rest on it.

    Returns how many items and how many providers stand. Harmless twice.
    """
    edition, today = pack.current(), clock.today()
    standing: list[int] = []
    departments = {department.code: department for department in Department.objects.all()}
    for item in edition.items.values():
        row, _ = CatalogueItem.objects.update_or_create(
            code=item.code,
            defaults={
                "title": item.title,
                "edition": edition.edition,
                "until": item.effective_to,
                "by_listing": bool(item.list_types),
                "adverse": item.sign == "adverse",
                "by_consent": item.sign == "positive",
            },
        )
        for code in item.providers:
            # the pair is what the database lets a record point at: none for what has no door at all
            by_case = listable(item, code, on=today) or honourable(item, code, on=today)
            open_door = not refusal(item, code, on=today) or by_case
            if code in departments and open_door:
                pair, _ = CatalogueProvider.objects.get_or_create(item=row, department=departments[code])
                standing.append(pair.pk)
    used = CreditRecord.objects.filter(item=OuterRef("item"), department=OuterRef("department"))
    CatalogueProvider.objects.exclude(pk__in=standing).exclude(Exists(used)).delete()
    gone = CatalogueItem.objects.exclude(code__in=edition.items).filter(until__isnull=True)
    gone.update(until=today)
    return CatalogueItem.objects.filter(until__isnull=True).count(), CatalogueProvider.objects.count()
