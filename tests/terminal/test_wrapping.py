from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewer.terminal.wrapping import row_starts, row_up_or_down
from interviewer.text import cells, clean


def rows(text: str, width: int) -> list[str]:
    starts = [*row_starts(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def test_rows_break_where_words_end() -> None:
    assert rows("the new classifier should not go out", 16) == ["the new ", "classifier ", "should not go ", "out"]


def test_a_word_longer_than_a_row_is_cut() -> None:
    assert rows("abcdefghij kl", 4) == ["abcd", "efgh", "ij ", "kl"]


def test_wide_characters_take_two_columns() -> None:
    assert rows("安全 評価", 5) == ["安全 ", "評価"]


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_rows_hold_the_whole_text_and_fit(text: str, width: int) -> None:
    text = clean(text).replace("\n", " ")
    assert "".join(rows(text, width)) == text
    assert all(cells(row) <= width for row in rows(text, width))


def test_the_cursor_moves_by_the_rows_one_sees() -> None:
    text = "a" * 25
    assert row_up_or_down(text, 23, 10, -1) == 13
    assert row_up_or_down(text, 3, 10, 1) == 13
    assert row_up_or_down(text, 18, 10, 1) == 25


def test_above_the_first_row_and_below_the_last_there_is_none() -> None:
    assert row_up_or_down("short", 2, 10, -1) is None
    assert row_up_or_down("short", 2, 10, 1) is None
