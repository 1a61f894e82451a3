"""任务总览和看板: as many statements for many records as for few; nothing reads them one by one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast


def asked(client: Client, address: str) -> int:
    """How many statements a second look at the page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum("law_edition" not in one["sql"] for one in caught.captured_queries)


@pytest.mark.parametrize("address", ["/supervision/", "/desk/quality/"])
def test_a_board_asks_no_more_for_more_records(cast: Cast, supervisor: Client, address: str) -> None:
    make.effective(cast, serial=1)
    few = asked(supervisor, address)
    for serial in (2, 3, 4):
        make.effective(cast, serial=serial)
    assert asked(supervisor, address) == few
