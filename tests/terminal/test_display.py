from __future__ import annotations

from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.screen import Char, Screen

from interviewer.terminal.display import wrapped_above
from interviewer.terminal.look import wraps_anew


def drawn(rows: list[str], cursor: int) -> Screen:
    """What was drawn, with the cursor in that column of the last row."""
    screen = Screen()
    for number, row in enumerate(rows):
        for at, char in enumerate(row):
            screen.data_buffer[number][at] = Char(char)
    screen.set_cursor_position(Window(), Point(cursor, len(rows) - 1))
    return screen


def test_a_draft_that_a_narrower_window_has_wrapped_is_erased_from_its_first_row() -> None:
    draft = ["x" * 98, "x" * 60, "", "x" * 30]
    assert wrapped_above(drawn(draft, cursor=30), 100) == 0
    assert wrapped_above(drawn(draft, cursor=30), 60) == 1
    assert wrapped_above(drawn(draft, cursor=30), 40) == 3
    assert wrapped_above(drawn(draft, cursor=30), 20) == 4 + 2 + 1


def test_spaces_at_the_end_of_a_row_are_not_drawn_and_do_not_wrap() -> None:
    assert wrapped_above(drawn(["x" * 40 + " " * 30, ""], cursor=0), 40) == 0


def test_nothing_more_is_erased_where_a_terminal_cuts_rows_instead_of_wrapping_them() -> None:
    assert wraps_anew({"TERM": "xterm-256color"})
    assert not wraps_anew({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"})
    assert not wraps_anew({"TERM": "linux"})
