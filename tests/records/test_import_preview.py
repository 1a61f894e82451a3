"""预览: the bureau's sheet as the clerk sees it before anything is entered."""

import pytest

from records.models import BatchRow, CreditRecord, ImportBatch, Subject
from tests import make_importing as sheets
from tests.cast import Cast

FILES = ("penalties-gb18030.csv", "penalties.xlsx")


@pytest.mark.parametrize("name", FILES)
def test_the_sheet_divides_exactly(cast: Cast, name: str) -> None:
    batch = sheets.checked(cast, sheets.sample(name), name)
    assert (batch.status, batch.failure, batch.total) == ("checked", "", 543)
    print(sheets.counts(batch))
    for row in batch.rows.exclude(verdict="new"):
        print(row.line, row.verdict, row.cause, row.problems, row.who, row.number_tail, row.document_number)
    assert not CreditRecord.objects.exists()
