"""抽查的页面: a finding that lacks something comes back whole, and no slip of the hand lets a whole sheet pass."""

import pytest

from daoli_credit.demo.reviewed import permits
from records.models import CreditRecord, ImportBatch, Sample, SentBack
from records.workflows import opening, takes
from records.workflows import record as record_acts
from records.workflows import sampling as acts
from tests.cast import Cast, browser

WORDS = "许可内容与证书不一致，第二项漏了。"


def _drawn(cast: Cast, rows: int = 12) -> tuple[ImportBatch, Sample]:
    batch = permits(cast.market, cast.clerk, range(5001, 5001 + rows), "许可.csv")
    sample = acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    browser(cast.reviewer).get(f"/desk/imports/{batch.number}/sample/")
    return batch, sample


@pytest.mark.parametrize(
    ("ticks", "typed", "said"),
    [
        (1, {"reasons": ["differs"]}, "请写明退回原因"),
        (1, {"opinion": WORDS}, "请选择退回的原因"),
        (1, {"reasons": ["differs"], "opinion": "身份证999999198803120028写错了"}, "证件号码"),
        (0, {"opinion": WORDS}, "没有勾选哪一件有差错"),
        (0, {"reasons": ["differs"]}, "没有勾选哪一件有差错"),
    ],
)
def test_a_finding_that_lacks_something_decides_nothing_and_comes_back_filled_in(
    cast: Cast, ticks: int, typed: dict[str, object], said: str
) -> None:
    batch, sample = _drawn(cast)
    wrong = sample.drawn[:ticks]
    there = f"/desk/imports/{batch.number}/sample/act/"
    answer = browser(cast.reviewer).post(there, {"act": "judge", "wrong": wrong, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert page.count('name="wrong"') == len(sample.drawn)
    assert [f'value="{number}" checked' in page for number in wrong] == [True] * ticks
    assert str(typed.get("opinion", "")) in page
    assert Sample.objects.get().judged_on is None
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"submitted"}


def test_what_goes_back_from_a_sample_says_its_reasons_to_the_clerk(cast: Cast) -> None:
    batch, sample = _drawn(cast)
    there, wrong = f"/desk/imports/{batch.number}/sample/act/", sample.drawn[2]
    typed = {"act": "judge", "wrong": [wrong], "reasons": ["differs"], "opinion": WORDS}
    reviewer = browser(cast.reviewer)
    assert "已退回" in reviewer.post(there, typed, follow=True).content.decode()
    back = SentBack.objects.get()
    assert (back.record.number, back.reasons) == (wrong, ["differs"])
    assert "已经认定过" in reviewer.post(there, typed, follow=True).content.decode()
    assert (
        f"/desk/imports/{batch.number}/review/"
        in reviewer.get(there[:-4]).content.decode().partition("逐件核对其余的")[0]
    )
    page = browser(cast.clerk).get(f"/desk/records/{wrong}/").content.decode()
    assert WORDS in page
    assert "内容与文书不一致" in page


def test_a_number_that_was_not_drawn_is_refused_on_the_form(cast: Cast) -> None:
    batch, sample = _drawn(cast, 30)
    other = next(number for number in sample.of if number not in sample.drawn)
    typed = {"act": "judge", "wrong": [other], "reasons": ["differs"], "opinion": WORDS}
    answer = browser(cast.reviewer).post(f"/desk/imports/{batch.number}/sample/act/", typed)
    assert answer.status_code == 422
    assert "不在抽中的几件里" in answer.content.decode()


def test_the_queue_leads_to_the_sample_without_a_look_at_everybody_on_the_sheet(cast: Cast) -> None:
    batch = permits(cast.market, cast.clerk, range(5001, 5013), "许可.csv")
    assert (
        f"/desk/imports/{batch.number}/sample/" in browser(cast.reviewer).get("/desk/records/queue/").content.decode()
    )


def test_what_another_has_taken_is_judged_by_that_person(cast: Cast) -> None:
    batch, _ = _drawn(cast)
    takes.take(work=batch, actor=cast.both)
    page = browser(cast.reviewer).get(f"/desk/imports/{batch.number}/sample/").content.decode()
    assert "由取办的人认定" in page
    assert "认定抽查结果" not in page
    answer = browser(cast.reviewer).post(f"/desk/imports/{batch.number}/sample/act/", {"act": "judge"})
    assert answer.status_code == 409


def test_when_all_that_was_drawn_went_another_way_the_page_says_so(cast: Cast) -> None:
    batch, sample = _drawn(cast, 3)
    records = list(CreditRecord.objects.filter(number__in=sample.drawn))
    opening.note(records, cast.reviewer)
    for one in records:
        record_acts.approve(record_id=one.pk, actor=cast.reviewer, opinion="", seen=one.revision)
    page = browser(cast.reviewer).get(f"/desk/imports/{batch.number}/sample/").content.decode()
    assert "没有要认定的" in page
