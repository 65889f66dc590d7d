from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.terminal.lines import fold
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


def test_columns_of_a_list_stay_where_they_are() -> None:
    assert fold("/note    keeps a note for yourself", 24) == ["/note    keeps a note", "for yourself"]
