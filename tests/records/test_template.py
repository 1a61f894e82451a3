"""模板: what it holds is what the reader knows; filled in, its columns go all the way."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from daoli_credit.law import clock, pack
from records.rules import columns
from tests import make
from tests import make_importing as sheets
from tests.cast import Cast, browser

CORPUS = Path(__file__).parents[1] / "corpus"


def _template(cast: Cast, item: str = sheets.ITEM) -> bytes:
    answer = browser(cast.clerk).get(reverse("import-template", args=["market-regulation", item]))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return bytes(answer.content)


def _titles(book: bytes) -> list[str]:
    (row,) = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    return [str(cell) for cell in row]


def test_every_column_is_known_and_none_is_missing(cast: Cast) -> None:
    for kind in pack.current().items_for("market-regulation", clock.today()):
        if not kind.code.startswith("penalty-"):
            continue
        found = columns.match(kind, [_titles(_template(cast, kind.code))], today=clock.today())
        wanted = [field.name for field in (*pack.current().identity, *kind.fields) if not field.ignored]
        assert list(found.fields) == wanted


def test_cells_are_text_and_fixed_words_are_drop_downs(cast: Cast) -> None:
    with zipfile.ZipFile(io.BytesIO(_template(cast))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert 'numFmtId="49"' in styles  # the built-in text format
    assert re.search(r'<dataValidation type="list"[^>]*>.*?居民身份证', sheet)
    assert sheet.count("prompt=") == len(_titles(_template(cast)))


def test_filled_in_it_is_read_and_ready_to_enter(cast: Cast) -> None:
    raw = make.raw_penalty(department=cast.market, item=sheets.ITEM)
    fields = (*pack.current().identity, *pack.current().item(sheets.ITEM).fields)
    by_title = {field.zh: field.name for field in fields}
    titles, text = _titles(_template(cast)), io.StringIO()
    csv.writer(text).writerows([titles, [raw.get(by_title[title.rstrip("*")], "") for title in titles]])
    batch = sheets.checked(cast, text.getvalue().encode())
    assert (batch.status, sheets.counts(batch)) == ("checked", {"new": 1})


def test_what_libreoffice_saves_of_it_keeps_long_numbers_as_text_and_the_drop_downs() -> None:
    for kind in ("xlsx", "ods", "xls"):
        rows = CalamineWorkbook.from_filelike(io.BytesIO(_saved(kind))).get_sheet_by_index(0).to_python()
        at = [str(title).rstrip("*") for title in rows[0]].index("证件号码")
        assert [row[at] for row in rows[1:3]] == ["999999198803120028", "99999919900101106X"], kind
    with zipfile.ZipFile(io.BytesIO(_saved("xlsx"))) as parts:
        assert re.search(
            r'type="list"[^>]*>\s*<formula1>[^<]*居民身份证', parts.read("xl/worksheets/sheet1.xml").decode()
        )
    with zipfile.ZipFile(io.BytesIO(_saved("ods"))) as parts:
        assert re.search("cell-content-is-in-list[^>]*居民身份证", parts.read("content.xml").decode())


def test_the_template_of_the_corpus_is_todays(cast: Cast) -> None:
    assert _titles((CORPUS / "template.xlsx").read_bytes()) == _titles(_template(cast))


def _saved(kind: str) -> bytes:
    return (CORPUS / "files" / f"our-template.{kind}").read_bytes()


@pytest.mark.parametrize(("department", "item"), [("health", "penalty-health"), ("market-regulation", "nothing")])
def test_another_bureaus_item_or_none_is_not_found(cast: Cast, department: str, item: str) -> None:
    answer = browser(cast.clerk).get(reverse("import-template", args=[department, item]))
    assert answer.status_code == 404


def test_the_upload_page_offers_it(cast: Cast) -> None:
    page = browser(cast.clerk).get(reverse("import-new")).content.decode()
    assert reverse("import-template", args=["market-regulation", sheets.ITEM]) in page
