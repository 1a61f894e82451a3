"""目录事项的同步: pulled from the active edition by the command that loads it; law itself writes nothing here."""

from django.db import transaction

from daoli_credit.accounts.models import Department
from daoli_credit.law import clock, pack
from records.models import CatalogueItem, CatalogueProvider


@transaction.atomic
def pull() -> tuple[int, int]:
    """同步目录: rows for every item of the edition, and who may report it; what left is closed, never deleted.

    Returns how many items and how many providers stand. Harmless twice.
    """
    edition = pack.current()
    departments = {department.code: department for department in Department.objects.all()}
    for item in edition.items.values():
        row, _ = CatalogueItem.objects.update_or_create(
            code=item.code, defaults={"title": item.title, "edition": edition.edition, "until": item.effective_to}
        )
        for code in item.providers:
            if code in departments:
                CatalogueProvider.objects.get_or_create(item=row, department=departments[code])
    gone = CatalogueItem.objects.exclude(code__in=edition.items).filter(until__isnull=True)
    gone.update(until=clock.today())
    return CatalogueItem.objects.filter(until__isnull=True).count(), CatalogueProvider.objects.count()
