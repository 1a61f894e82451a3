"""不在红名单从来不是不利: the pack refuses such a measure, and every page says that it is so."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from daoli_credit.law import editions, pack
from daoli_credit.law.check_pack import errors_in
from incentives.rules import honour
from tests.cast import Cast, browser
from tests.house.sources import ROOT

Content = dict[str, Any]


def _measure(content: Content, code: str) -> dict[str, Any]:
    return next(one for one in content["measures"] if one["code"] == code)


SPOILT: list[tuple[Callable[[Content], object], str]] = [
    (lambda c: _measure(c, "m-wage-awards")["target"].append("not:sign:positive"), "是“没有荣誉”"),
    (lambda c: _measure(c, "m-awards")["target"].append("no-honour"), "是“没有荣誉”"),
    (lambda c: _measure(c, "m-key-supervision")["target"].append("sign:neutral"), "是“没有荣誉”"),
    (lambda c: _measure(c, "m-wage-funds")["target"].append("sign:positive"), "不得作为限制或者管理措施的对象"),
    (lambda c: _measure(c, "m-awards")["target"].append("good-record"), "不得作为限制或者管理措施的对象"),
    (lambda c: _measure(c, "m-guide-ban")["target"].append("item:honour-media"), "不得作为限制或者管理措施的对象"),
    (lambda c: _measure(c, "m-awards").update(content="未列入红名单的不得参评"), "因没有荣誉而受影响"),
    (lambda c: _measure(c, "r-training").update(content="没有荣誉的排在后面"), "因没有荣誉而受影响"),
    (lambda c: _measure(c, "r-training").update(content="子女入学优先"), "（入学）"),
    (lambda c: _measure(c, "r-training").update(title="升学加分"), "（升学）"),
    (lambda c: _measure(c, "r-volunteer-favour").update(content="就医优先挂号"), "（就医）"),
    (lambda c: _measure(c, "r-startup").update(content="临时救助从优"), "（临时救助）"),
    (lambda c: _measure(c, "r-startup").update(force="must"), "激励只能是“可以”"),
    (lambda c: _measure(c, "r-startup")["target"].append("wage-arrears"), "不是荣誉，也不是守信三年"),
    (
        lambda c: next(one for one in c["blocklist"] if one["code"] == "b-school").pop("words"),
        "没有写明核对的词",
    ),
]


@pytest.mark.parametrize(("spoil", "says"), SPOILT, ids=[says for _, says in SPOILT])
def test_the_pack_check_refuses_it(spoil: Callable[[Content], object], says: str) -> None:
    content, files = editions.read("2026-11")
    spoil(content)
    assert any(says in one for one in errors_in(content, files))


@pytest.mark.parametrize("edition", ["2026-11", "demo-2026"])
def test_the_packs_as_they_are_pass(edition: str) -> None:
    assert errors_in(*editions.read(edition)) == []


def test_every_measure_that_bears_on_an_honour_gives(db: None) -> None:
    edition = pack.current()
    for measure in edition.measures.values():
        honours = [
            code for code, item in edition.items.items() if item.sign == "positive" and honour.fits(measure, code)
        ]
        if honours:
            assert measure.sign == honour.REWARD
            assert measure.force == "may"


BECAUSE = re.compile(
    r"(不在|未列入|没有列入|没有进入|不是)(红名单|守信激励对象)[^。<]{0,20}(不得|不能|限制|取消|扣|靠后|减少)"
)
PAGES = sorted(path for folder in ("templates",) for path in (ROOT / folder).rglob("*") if path.is_file())


def test_no_page_and_no_letter_says_that_it_costs_anything() -> None:
    assert len(PAGES) > 100
    for path in PAGES:
        assert not BECAUSE.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("address", "who", "says"),
    [
        ("/honours/", None, "没有荣誉，不会受任何影响"),
        ("/honours/", None, "不公布任何人"),
        ("/me/honours/", "citizen", "没有荣誉不影响您办理任何事项"),
        ("/me/honours/code/", "citizen", "没有荣誉登记不影响您办理任何事项"),
        ("/desk/benefits/new/", "wage_clerk", "没有荣誉不是理由"),
        ("/desk/honours/", "wage_clerk", "把没有荣誉当成理由"),
    ],
)
def test_the_pages_say_so(cast: Cast, address: str, who: str | None, says: str) -> None:
    answer = browser(getattr(cast, who) if who else None).get(address)
    assert answer.status_code == 200
    assert says in answer.content.decode()
