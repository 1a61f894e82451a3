"""核查单存卷: found from the menu, printed by the browser and taken as PDF; the paper says what the page says."""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from tests.browser.served import Portal

pytestmark = pytest.mark.browser
MUST = ("核查单", "食许〔", "食品经营许可", "不得作为无失信证明", "没有查到不等于没有", "本系统", "答复时间", "应当")
MUST_NOT = ("单条录入", "批量导入", "我的工作", "退出", "打印存卷", "跳到主要内容")


# the browser's font draws some characters by the glyph of their radical, and Unicode calls only half of those the same
RADICALS = str.maketrans("⻝⻔⻓⻚⻅⻋⻉⻢⻛⺠", "食门长页见车贝马风民")


def _text(data: bytes) -> str:
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", said)).translate(RADICALS)


@pytest.fixture
def certificate(portal: Portal, seat: Callable[[str, int], BrowserContext]) -> Page:
    """The demo's check that found a ban and was answered for, from the menu."""
    page = seat("zhaomin", 1440).new_page()
    page.goto(f"{portal.origin}/desk/")
    page.get_by_role("link", name="信用核查").first.click()
    page.get_by_role("link", name="已反馈").first.click()
    page.wait_for_load_state()
    page.locator("main table a.code").first.click()
    page.wait_for_load_state()
    return page


def test_the_browser_prints_the_certificate_and_nothing_around_it(certificate: Page) -> None:
    said = _text(certificate.pdf(format="A4"))
    for words in MUST:
        assert words in said, words
    for words in MUST_NOT:
        assert words not in said, words
    assert "窦立新" not in said
    assert re.search(r"HC\d{4}-\d{6}", said)
    sheets = PdfReader(io.BytesIO(certificate.pdf(format="A4"))).pages
    assert len(sheets) <= 2, "一件核查单不过两页纸"


def test_the_pdf_says_the_same_and_comes_by_one_tap(certificate: Page, tmp_path: Path) -> None:
    with certificate.expect_download() as waiting:
        certificate.get_by_role("button", name="核查单 PDF").click()
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert re.fullmatch(r"HC\d{4}-\d{6}\.pdf", kept.name)
    said = _text(kept.read_bytes())
    for words in MUST:
        assert words in said, words
    assert "窦立新" not in said


def test_the_case_file_leads_to_it_and_back(certificate: Page) -> None:
    number = re.search(r"HC\d{4}-\d{6}", certificate.url)
    assert number
    certificate.locator("nav.crumb a", has_text="食许〔").click()
    certificate.wait_for_load_state()
    assert certificate.locator("main", has_text="本件的信用核查").count() == 1
    certificate.get_by_role("link", name=number[0]).click()
    certificate.wait_for_load_state()
    assert number[0] in certificate.url
