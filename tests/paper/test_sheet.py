"""A sheet gives the same bytes each time, embeds its font, and says on paper what it says on the screen."""

import io
import re
from typing import Any

import pypdfium2
from pypdf import PdfReader

from daoli_credit.paper.sheet import Sheet, pdf

TEXT = """信用修复告知书

编号：DL2026-000001

一、最早可以申请的日期
    2026年1月2日起，履行完法定义务、纠正违法行为后即可申请。
二、网址
    https://www.creditchina.gov.cn/<x>&y

道里区信用办　咨询电话：0451-12345678
2026年1月2日
"""
SHEET = Sheet(
    "信用修复告知书", TEXT, "DL2026-000001", "哈里市监〔2026〕1号", "䶮𠮷（居民身份证 ****1234）", "演示规则，不作依据"
)


def flat(text: str) -> str:
    """Without blanks and line ends, which a page sets as it must."""
    return re.sub(r"\s", "", text)


def said(data: bytes) -> str:
    """What a reader copies out of the file."""
    return flat("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(SHEET) == pdf(SHEET)


def test_every_word_of_the_letter_can_be_copied_out_by_two_readers() -> None:
    data = pdf(SHEET)
    page = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for text in (said(data), flat(page)):
        for line in TEXT.splitlines():
            assert flat(line) in text
        for more in (SHEET.number, SHEET.document_number, SHEET.addressee, SHEET.warning, "第1页，共1页"):
            assert flat(more) in text


def test_the_font_is_embedded_and_no_other_is_used() -> None:
    resources: Any = PdfReader(io.BytesIO(pdf(SHEET))).pages[0]["/Resources"]
    fonts = resources["/Font"]
    assert fonts
    for font in fonts.values():
        described = font.get_object()["/FontDescriptor"].get_object()
        assert "NotoSerifCJK" in described["/FontName"]
        assert described["/FontFile2"]


def test_a_long_letter_goes_over_pages_that_are_counted() -> None:
    long = Sheet("告知书", "告知书\n\n" + "依照法律、法规，逐项说明理由和依据。\n" * 60, "DL1")
    data = pdf(long)
    assert len(PdfReader(io.BytesIO(data)).pages) == 3
    assert "第3页，共3页" in said(data)
    assert said(data).count("系统编号：DL1") == 3


def test_it_is_a_small_a4_file_without_a_time_or_a_tool_of_ours() -> None:
    data = pdf(SHEET)
    width, height = PdfReader(io.BytesIO(data)).pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
    assert len(data) < 100_000
    assert b"/CreationDate (D:2000" in data
