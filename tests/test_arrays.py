"""成组的值: given to the database as one text, each comes back as it was, whatever stands in it."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from daoli_credit import arrays

WORDS = st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12), max_size=6)
ASKED = "SELECT array_agg(one ORDER BY at) FROM unnest(%s::{kind}[]) WITH ORDINALITY AS listed (one, at)"


def _back(kind: str, text: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(kind=kind), [text])
        return cursor.fetchone()[0] or []


def test_what_goes_there_as_one_text_is_what_was_meant(db: None) -> None:
    @settings(max_examples=60)
    @given(
        words=WORDS, ids=st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5), keys=st.lists(st.binary(max_size=9))
    )
    def same(words: list[str], ids: list[int], keys: list[bytes]) -> None:
        assert _back("text", arrays.words(words)) == words
        assert _back("bigint", arrays.numbers(ids)) == ids
        assert [bytes(one) for one in _back("bytea", arrays.keys(keys))] == keys  # type: ignore[call-overload]

    same()


@pytest.mark.parametrize("word", ['"', "\\", '\\"', '","', "{}", "NULL", "null", " ", "", "%s", "'"])
def test_a_word_that_looks_like_punctuation_is_a_word(db: None, word: str) -> None:
    assert _back("text", arrays.words(["前", word, "后"])) == ["前", word, "后"]


def test_keys_of_one_length_are_joined_and_another_length_is_refused() -> None:
    assert arrays.joined([b"ab", b"cd"], 2) == b"abcd"
    with pytest.raises(ValueError, match="2 字节"):
        arrays.joined([b"a", b"bcd"], 2)
