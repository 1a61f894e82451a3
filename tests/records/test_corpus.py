"""样张: every file leads where `tests/corpus/list.csv` says, by the true path from upload to preview."""

import csv
from pathlib import Path

from daoli_credit.workflow import RuleBroken
from records import sealed_sheets
from records.rules.ready import opened
from tests import make_importing as sheets
from tests.cast import Cast

CORPUS = Path(__file__).parents[1] / "corpus"
AT_LEAST = 60
# who stands in the good rows of the files, and which documents
PEOPLE = {"999999198803120028", "99999919900101106X"}
DOCUMENTS = {f"哈里市监罚〔2026〕{serial}号" for serial in (1, 2, 3)}


def listed() -> list[dict[str, str]]:
    """The table."""
    with (CORPUS / "list.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _led_to(cast: Cast, name: str) -> tuple[str, str]:
    try:
        batch = sheets.checked(cast, (CORPUS / "files" / name).read_bytes(), name)
    except RuleBroken as why:
        return "refused", str(why)
    if batch.status == "failed":
        assert not batch.rows.exists(), name
        return "failed", batch.failure
    for row in map(opened, sealed_sheets.rows(batch, sealed_sheets.parts(batch))):
        assert row.id_number in PEOPLE, name
        assert row.plain_document in DOCUMENTS, name
        assert (row.name.isprintable(), row.determined_on) == (True, "2026-11-10"), name
    said = [problem["message"] for row in batch.rows.exclude(verdict="new") for problem in row.problems]
    return " ".join(f"{verdict} {n}" for verdict, n in sorted(sheets.counts(batch).items())), "".join(said[:1])


def test_the_list_and_the_folder_hold_the_same_files_enough_of_them_each_with_its_maker() -> None:
    names = [line["file"] for line in listed()]
    assert sorted(names) == sorted(file.name for file in (CORPUS / "files").iterdir())
    assert len(names) == len(set(names)) >= AT_LEAST
    assert all(line["made by"] for line in listed())
    makers = {line["made by"].split()[0] for line in listed()}
    assert {"LibreOffice", "openpyxl", "xlsxwriter", "xlwt", "pandas", "text"} <= makers
    assert sum(file.stat().st_size for file in (CORPUS / "files").iterdir()) < 1 << 20


def test_every_file_leads_to_what_the_list_says(cast: Cast) -> None:
    found = {line["file"]: _led_to(cast, line["file"]) for line in listed()}
    assert found == {line["file"]: (line["leads to"], line["says"]) for line in listed()}


def test_every_refusal_says_what_to_do() -> None:
    for line in listed():
        if line["leads to"] in {"failed", "refused"}:
            assert "请" in line["says"], line["file"]
