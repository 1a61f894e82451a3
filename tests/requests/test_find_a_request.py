"""找一件依法调取: by who has it in hand, by what is late, by the body's own numbers; never by the person."""

from datetime import timedelta

from django.urls import reverse

from daoli_credit.law import clock
from tests import make_requests
from tests.cast import Cast, browser, identity

LIST = reverse("request-list")


def _page(cast: Cast, **query: str) -> str:
    return browser(cast.clerk).get(LIST, query).content.decode()


def test_each_chip_counts_what_it_opens(cast: Cast) -> None:
    waiting = make_requests.asked(cast)
    approved = make_requests.approved(cast, document_number="（2026）黑0102民初77号调取证据函")
    over = make_requests.handed(cast, document_number="（2026）黑0102民初78号调取证据函")
    for state, there in (("mine", [approved]), ("running", [waiting, approved]), ("over", [over]), ("late", [])):
        page = _page(cast, state=state)
        for one in (waiting, approved, over):
            assert (f"/{one.number}/" in page) == (one in there), state
    assert "等我办 <b>1</b>" in _page(cast)
    with clock.at(clock.today() + timedelta(days=30)):
        late = _page(cast, state="late")
    assert waiting.number in late
    assert "逾期 <b>2</b>" in late


def test_found_by_the_bodys_numbers_in_either_brackets_and_by_nobodys_name(cast: Cast) -> None:
    one = make_requests.asked(cast)
    other = make_requests.asked(
        cast, document_number="哈公里刑〔2026〕9号", case_number="哈公里刑〔2026〕9号", body="police",
        body_name="哈尔滨市公安局道里分局（示例）", article="criminal-procedure-law#54", channel="post", officers=0,
    )  # fmt: skip
    for words in ("1188号", "道里区人民法院", one.number.lower(), one.case_number):
        page = _page(cast, q=words)
        assert (f"/{one.number}/" in page, f"/{other.number}/" in page) == (True, False), words
    assert f"/{other.number}/" in _page(cast, q="哈公里刑(2026)9号")
    for words in (identity("linxiuyun").name, identity("linxiuyun").id_number):
        page = _page(cast, q=words)
        assert f"/{one.number}/" not in page
        assert "不能按人找" in page
