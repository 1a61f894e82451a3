"""Objects of the import pages."""

from django.urls import reverse

from tests import make_importing as sheets
from tests.cast import Cast

PREVIEWED = ("import", "import-commit", "import-cancel", "import-recheck", "import-wrong", "import-changed")
COMMITTED = ("import-review", "import-approve", "import-return", "import-undo", "import-receipt")


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    rows = [sheets.row(serial) for serial in range(701, 704)]
    previewed = sheets.checked(cast, sheets.sheet(rows))
    committed = sheets.committed(cast)
    return {name: reverse(name, args=[previewed.number]) for name in (*PREVIEWED, "api-import")} | {
        name: reverse(name, args=[committed.number]) for name in COMMITTED
    }
