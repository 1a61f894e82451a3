"""按号找记录: the whole number of the system or of the document, of one's own departments, never by a person."""

from records.models import CreditRecord
from records.workflows import importing
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, browser

LIST = "/desk/records/"


def _found(page: str) -> set[str]:
    return {one.number for one in CreditRecord.objects.all() if f"{LIST}{one.number}/" in page}


def test_a_record_is_found_by_its_number_and_by_the_number_of_its_document(cast: Cast) -> None:
    first, second = make.submitted(cast, serial=1), make.submitted(cast, serial=2)
    client = browser(cast.clerk)
    for q in (first.number, first.number.lower(), first.document_number, f" {first.document_number} "):
        assert _found(client.get(LIST, {"q": q}).content.decode()) == {first.number}, q
    assert _found(client.get(LIST, {"q": second.document_number[:-2]}).content.decode()) == set()


def test_all_records_of_one_document_are_found_together(cast: Cast) -> None:
    numbers = ("999999198803120028", "999999199001010016")
    rows = [sheets.row(1, "林秀云", number) for number in numbers]
    batch = sheets.checked(cast, sheets.sheet(rows))
    importing.commit(batch_id=batch.pk, actor=cast.clerk, seen=batch.revision)
    page = browser(cast.clerk).get(LIST, {"q": "哈里市监罚[2026]1号"}).content.decode()
    assert len(_found(page)) == 2
    assert "找到 2 条" in page


def test_nobody_is_found_by_name_or_number_of_the_person_and_nothing_of_another_department(cast: Cast) -> None:
    record = make.submitted(cast, serial=1)
    for q in sheets.GOOD:
        answer = browser(cast.clerk).get(LIST, {"q": q})
        assert _found(answer.content.decode()) == set()
        assert answer.status_code == 400 or "请写完整的号" in answer.content.decode()  # a number is refused as such
    assert _found(browser(cast.other_clerk).get(LIST, {"q": record.number}).content.decode()) == set()
    assert _found(browser(cast.other_clerk).get(LIST, {"q": record.document_number}).content.decode()) == set()
