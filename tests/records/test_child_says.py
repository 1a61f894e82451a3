"""子进程的话: cut anywhere it is the same, and what is no message of ours is never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.reading import said
from records.reading.child import UNSEEN

CELLS = st.text(st.characters(exclude_characters=[chr(one) for one in UNSEEN], exclude_categories=["Cs"]), max_size=8)
ROWS = st.lists(st.tuples(st.integers(1, 10**7), st.lists(CELLS, min_size=1, max_size=4)), min_size=1, max_size=6)


def test_what_stands_between_cells_is_never_in_one() -> None:
    assert {ord(said.CELL), ord(said.ROW)} <= UNSEEN.keys()


@given(ROWS, st.integers(1, 40))
def test_rows_come_back_as_they_were_however_the_pipe_cuts_them(rows: list[tuple[int, list[str]]], cut: int) -> None:
    spoken = said.framed(said.ROWS, said.rows(said.row(*one) for one in rows)) + said.framed(said.END, "")
    pieces = [spoken[at : at + cut] for at in range(0, len(spoken), cut)]
    (first, text), last = said.messages(pieces)
    assert (first, list(said.told(text))) == (said.ROWS, rows)
    assert last == (said.END, "")


@pytest.mark.parametrize("babble", [b"r\xff\xff\xff\xff", said.framed(said.ROWS, "甲\0乙")])
def test_a_message_too_long_or_without_its_line_is_babble(babble: bytes) -> None:
    with pytest.raises(said.Babble):
        [list(said.told(text)) for _, text in said.messages([babble])]


def test_half_a_message_is_none() -> None:
    assert list(said.messages([said.framed(said.END, "读")[:-1]])) == []
