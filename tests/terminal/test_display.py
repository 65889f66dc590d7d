from __future__ import annotations

import io
import re

import pytest
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import set_app
from prompt_toolkit.data_structures import Point, Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.screen import Char, Screen
from prompt_toolkit.output.vt100 import Vt100_Output

from interviewer.terminal.display import erase_wrapped, wrapped_above
from interviewer.terminal.look import wraps_anew


def drawn(*rows: str) -> Screen:
    screen = Screen()
    for number, row in enumerate(rows):
        for at, char in enumerate(row):
            screen.data_buffer[number][at] = Char(char)
    return screen


def test_a_draft_that_a_narrower_window_has_wrapped_is_erased_from_its_first_row() -> None:
    draft = drawn("x" * 98, "x" * 60, "", "x" * 30)
    for columns, grown in ((100, 0), (60, 1), (40, 3), (20, 4 + 2 + 1)):
        assert wrapped_above(draft, Point(30, 3), columns) == grown


@pytest.mark.parametrize(("environ", "up"), [({"TERM": "xterm"}, 3), ({"TERM": "linux"}, 1)])
def test_what_has_wrapped_above_the_cursor_is_erased_and_nothing_more(environ: dict[str, str], up: int) -> None:
    columns, out = 100, io.StringIO()
    output = Vt100_Output(out, lambda: Size(rows=24, columns=columns), term="xterm")
    draft = FormattedTextControl("\n".join(["x" * 90] * 3), focusable=True, get_cursor_position=lambda: Point(0, 1))
    below = FormattedTextControl("question 1 of 1", get_cursor_position=lambda: Point(0, 0))
    with create_pipe_input() as keys:
        layout = Layout(HSplit([Window(draft), Window(below)]))
        application = Application[None](layout, input=keys, output=output)
        erase_wrapped(application, environ)
        with set_app(application):
            application.renderer.render(application, application.layout)
        columns, before = 40, out.tell()
        application.renderer.erase()
    erased = out.getvalue()[before:].partition("\x1b[J")[0]
    assert sum(int(rows or "1") for rows in re.findall(r"\x1b\[(\d*)A", erased)) == up


def test_spaces_at_the_end_of_a_row_are_not_drawn_and_do_not_wrap() -> None:
    assert wrapped_above(drawn("x" * 40 + " " * 30, ""), Point(0, 1), 40) == 0


def test_nothing_more_is_erased_where_a_terminal_cuts_rows_instead_of_wrapping_them() -> None:
    assert wraps_anew({"TERM": "xterm-256color"})
    assert not wraps_anew({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"})
    assert not wraps_anew({"TERM": "linux"})
