"""Setting a page is slow beside the database: no transaction is open meanwhile; two readers get one file."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from daoli_credit.accounts.models import Message
from daoli_credit.audit.models import Event
from daoli_credit.paper import sheet
from records.models import Paper
from tests import make
from tests.cast import assemble, browser


def _address() -> str:
    return f"/me/messages/{Message.objects.get(title='信用修复告知书').token}/pdf/"


def test_no_transaction_is_open_while_a_page_is_set(committing_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cast, real = assemble(), sheet.pdf
    inside: list[bool] = []
    make.effective(cast)

    def watched(page: sheet.Sheet) -> bytes:
        inside.append(connection.in_atomic_block)
        return real(page)

    monkeypatch.setattr(sheet, "pdf", watched)
    assert browser(cast.citizen).get(_address()).status_code == 200
    assert inside == [False]


def test_two_readers_at_once_get_the_same_bytes_and_one_is_kept(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast)
    address, readers = _address(), [browser(cast.citizen), browser(cast.citizen)]

    def read(n: int) -> bytes:
        try:
            return bytes(readers[n].get(address).content)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(read, range(2))
    assert first == second
    assert first.startswith(b"%PDF")
    assert Paper.objects.count() == Event.objects.filter(act="paper.made").count() == 1
