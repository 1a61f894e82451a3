"""开公示页: pulled, like every consequence of a record's effect, so that no way of taking effect can forget it."""

from records import publicity
from records.models import PublicPage


def open_pages() -> int:
    """开页: a random address for every record that is public today and has none. Returns how many; harmless twice."""
    without = publicity.public_today().filter(public_page__isnull=True)
    made = [PublicPage(record=record) for record in without]
    PublicPage.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
