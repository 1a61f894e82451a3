"""案卷: cover, index with the right pages, every document as served, and who printed it; the person reads of it."""

import re
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from daoli_credit.audit import sealer
from daoli_credit.audit.models import LookUp
from daoli_credit.audit.sealed_in import seals_of
from daoli_credit.audit.selectors import history
from daoli_credit.law import clock
from daoli_credit.paper.bound import BoundFile, Part, pdf
from incentives.models import Listing
from incentives.selectors import queue
from records.identity import Identity
from records.rules.id_number import RESIDENT
from tests import make_listing
from tests.cast import Cast, browser, identity

PRINT = {"purpose": "归档"}


def _pages(data: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def _printed(cast: Cast, listing: Listing, **typed: str) -> list[str]:
    answer = browser(cast.wage_clerk).post(f"/desk/listings/{listing.number}/file/", {**PRINT, **typed})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return _pages(answer.content)


def test_every_document_number_stands_in_the_file_and_the_index_finds_it(cast: Cast) -> None:
    listing = make_listing.effective(cast)
    pages = _printed(cast, listing)
    text = "".join(pages)
    for number in (
        listing.number, listing.notice_number, listing.decision_number, listing.ground_document,
        listing.discussion_number, listing.higher_number,
    ):  # fmt: skip
        assert number.replace(" ", "") in text
    for word in (make_listing.TEXT, "送达回证第1号", "法制审核", "高远", "邓国栋", "卷内目录"):
        assert word in text
    assert bytes(listing.notice.digest).hex() in text
    for event in history("listing", listing.pk):
        assert f"事件{event.pk}" in text
    index = next(page for page in pages if "卷内目录" in page)
    titles = re.findall(r"\d+　?(拟列入告知书|列入决定书|办理经过|存证)\S*?", index)
    assert set(titles) == {"拟列入告知书", "列入决定书", "办理经过", "存证"}
    for title in ("拟列入告知书", "列入决定书"):
        begins = next(n for n, page in enumerate(pages, 1) if re.search(rf"\d{title}文号", page))
        assert re.search(rf"{title}\S*?〕\S*?号{begins}", index), (title, begins, index)


def test_the_name_stands_on_the_cover_only_when_it_was_asked_for(cast: Cast) -> None:
    listing, who = make_listing.notified(cast), identity("linxiuyun")
    masked = "".join(_printed(cast, listing))
    assert who.name not in masked
    assert who.id_number not in masked
    whole = "".join(_printed(cast, listing, whole="on"))
    assert who.id_number in whole
    looks = LookUp.objects.filter(case_number=listing.number, purpose="打印案卷：归档").order_by("pk")
    assert [look.shown[-1] for look in looks] == ["identity-masked", "identity"]
    told = browser(cast.citizen).get("/me/looks/").content.decode()
    assert "打印案卷" in told


def test_every_page_says_who_printed_it_and_when(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    for number, page in enumerate(pages := _printed(cast, listing), 1):
        assert page.count(f"许文静{clock.now().astimezone(clock.CHINA):%Y-%m-%d}") >= 3
        assert f"第{number}页，共{len(pages)}页" in page


def test_a_rare_name_comes_out_as_it_went_in(cast: Cast) -> None:
    number = make_listing.someone("r").id_number
    listing = make_listing.notified(cast, who=Identity("䶮𠮷", RESIDENT, number))
    assert "䶮𠮷" in "".join(_printed(cast, listing, whole="on"))


def test_a_file_is_not_printed_without_a_purpose_nor_by_another_department(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    at = f"/desk/listings/{listing.number}/file/"
    assert browser(cast.wage_clerk).post(at, {}).status_code == 422
    assert not LookUp.objects.filter(purpose__startswith="打印案卷").exists()
    page = browser(cast.wage_clerk).get(at).content.decode()
    assert "拟列入告知书" in page
    assert "林" not in page.split("<main")[1].split("</main>")[0].replace("当事人", "")
    assert browser(cast.clerk).get(at).status_code == 404
    assert browser(cast.citizen).get(at).status_code == 403


def test_the_evidence_names_the_seal_of_each_event(cast: Cast) -> None:
    listing = make_listing.notified(cast)
    ids = list(history("listing", listing.pk).values_list("pk", flat=True))
    assert seals_of(ids) == {}
    assert "尚未封存" in "".join(_printed(cast, listing))
    sealer.seal()
    assert set(seals_of(ids)) == set(ids)
    assert f"封存批次{seals_of(ids)[ids[0]]}" in "".join(_printed(cast, listing))


def test_a_long_file_keeps_its_index_right() -> None:
    parts = [Part(f"第{n}件", f"文〔2026〕{n}号", ["一段较长的文字。" * 40] * (n % 5 + 1)) for n in range(60)]
    file = BoundFile("案卷", "试装", "LR2026-000001", [("系统编号", "LR2026-000001")], parts, "许文静")
    pages = _pages(pdf(file))
    index = "".join(page for page in pages if "文〔2026〕" in page and "题名" in page)
    for n in (0, 1, 30, 59):
        begins = next(k for k, page in enumerate(pages, 1) if f"第{n}件文号：文〔2026〕{n}号" in page)
        assert f"文〔2026〕{n}号{begins}" in index
    assert pdf(file) == pdf(file)


def test_late_cases_stand_on_top_and_ones_own_can_be_filtered(cast: Cast) -> None:
    late = make_listing.decided(cast)
    other = make_listing.proposed(cast, who=make_listing.someone("q"))
    user, today = cast.wage_clerk, clock.today()
    with clock.at(today + timedelta(days=60)):
        assert queue.late(Listing.objects.visible_to(user)) == {late.pk}
        text = browser(user).get("/desk/listings/").content.decode()
        assert text.index(late.number) < text.index(other.number)
        only = browser(user).get("/desk/listings/?late=1").content.decode()
        assert late.number in only
        assert other.number not in only
    mine = browser(cast.legal).get("/desk/listings/?mine=1").content.decode()
    assert late.number in mine
    assert other.number not in mine
