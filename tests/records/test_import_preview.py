"""预览: the bureau's sheet as the clerk sees it before anything is entered."""

import pytest

from records.models import CreditRecord
from tests import make_importing as sheets
from tests.cast import Cast

FILES = ("penalties-gb18030.csv", "penalties.xlsx")


@pytest.mark.parametrize("name", FILES)
def test_the_sheet_divides_exactly(cast: Cast, name: str) -> None:
    batch = sheets.checked(cast, sheets.sample(name), name)
    assert (batch.status, batch.failure, batch.total) == ("checked", "", 543)
    assert not CreditRecord.objects.exists()
