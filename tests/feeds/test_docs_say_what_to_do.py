"""docs/feeds.md: for every word that the operator's pages can show there is a line that says what to do."""

import inspect
import re
from pathlib import Path

import pytest

from daoli_credit.feeds.adapters import trouble
from daoli_credit.feeds.models.delivery import Held, State
from daoli_credit.feeds.models.prepared import Outcome
from daoli_credit.feeds.models.reconciliation import Difference
from daoli_credit.feeds.standing import Standing

DOCS = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
STANDING = re.findall(r'"(?:off|bad|warn|ok)", "([^"]+)"', inspect.getsource(Standing))
WIRE = [
    *(words for _, words in trouble.WORDS),
    trouble.UNREADABLE,
    *trouble.THEIRS.values(),
    *trouble.OURS.values(),
    *trouble.ERRORS.values(),
    *trouble.STATUSES.values(),
]


def test_the_words_of_a_standing_are_found_in_its_source() -> None:
    assert len(STANDING) == 14
    assert "正常" in STANDING


@pytest.mark.parametrize("word", sorted(set(STANDING)))
def test_each_standing_has_its_line(word: str) -> None:
    assert re.search(rf"^\| {word} \| .+ \| .+ \|$", DOCS, re.MULTILINE), word


@pytest.mark.parametrize("word", [str(one.label) for one in Held if one != Held.NONE])
def test_each_reason_for_holding_has_its_line(word: str) -> None:
    assert re.search(rf"^\| {word} \| .+ \|$", DOCS, re.MULTILINE), word


@pytest.mark.parametrize("word", [str(one.label) for one in Difference])
def test_each_difference_has_its_line(word: str) -> None:
    assert re.search(rf"^\| (?:[^|]+；)?{word}(?:；[^|]+)? \| .+ \|$", DOCS, re.MULTILINE), word


@pytest.mark.parametrize("word", sorted(set(WIRE)))
def test_each_trouble_of_the_wire_has_its_line(word: str) -> None:
    line = next((one for one in DOCS.splitlines() if one.startswith("| ") and word in one.split(" | ")[0]), "")
    assert line.count("|") == 3, word


@pytest.mark.parametrize("word", [str(one.label) for one in (*State, *Outcome)])
def test_each_state_is_named(word: str) -> None:
    assert word.replace("已被后来的版本取代", "已被取代") in DOCS, word
