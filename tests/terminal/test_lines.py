from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.terminal.lines import fold, row_up_or_down
from interviewer.text import cells, clean


def test_text_is_folded_at_spaces() -> None:
    assert fold("one two three four", 9) == ["one two", "three", "four"]


def test_lines_and_empty_lines_stay() -> None:
    assert fold("one\n\n  two", 20) == ["one", "", "  two"]


def test_every_row_keeps_the_indent_of_its_line() -> None:
    assert fold("  one two three", 9) == ["  one two", "  three"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert fold("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


def test_wide_characters_count_two_columns() -> None:
    assert fold("安全評価", 4) == ["安全", "評価"]


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_no_row_is_wider_than_the_screen_and_no_word_is_lost(text: str, width: int) -> None:
    safe = clean(text)
    rows = fold(safe, width)
    assert all(cells(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(safe.split())


def test_the_cursor_moves_by_the_rows_one_sees() -> None:
    text = "a" * 25
    assert row_up_or_down(text, 23, 10, -1) == 13
    assert row_up_or_down(text, 3, 10, 1) == 13
    assert row_up_or_down(text, 18, 10, 1) == 25


def test_above_the_first_row_and_below_the_last_there_is_none() -> None:
    assert row_up_or_down("short", 2, 10, -1) is None
    assert row_up_or_down("short", 2, 10, 1) is None
