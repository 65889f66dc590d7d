"""A choice from a list: with the arrow keys, or by number in a plain look."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from ..text import cells, clean, clean_line, shorten
from .linemode import LineReader
from .lines import fold
from .look import Role
from .screen import Screen
from .typed import typed_line

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

    from .picker_keys import Selection

ROWS = 12
"""Rows of options seen at once, on a tall screen more; the others scroll."""
BESIDE = 8
"""Rows of a screen left for what stands around them."""
MOST = 3
"""Rows of what is asked, and of what is told below."""


def pick(title: str, options: Mapping[str, str], default: str, screen: Screen | None = None) -> str:
    """The key of the option chosen; for callers outside an event loop. Raises what `choose` raises."""
    return asyncio.run(choose(title, options, default, screen or Screen.open()))


def _let_go(text: str) -> None:
    """For callers that have no use for it."""


async def choose(
    title: str, options: Mapping[str, str], default: str, screen: Screen, keep: Callable[[str], None] = _let_go
) -> str:
    """The key of the option chosen; `default` where nobody is there to choose.

    Args:
        options: key, and what it says; shown in this order.
        keep: takes what was typed while a list was shown, whatever is chosen then.

    Raises:
        KeyboardInterrupt: Ctrl-C or Escape.
        EOFError: Ctrl-D.
    """
    if not options or not sys.stdin.isatty():
        return default
    if screen.look.plain:
        return await _by_number(title, options, default, screen)
    return await _by_arrows(title, options, default, screen, keep)


async def _by_number(title: str, options: Mapping[str, str], default: str, screen: Screen) -> str:
    numbers = _numbers(list(options))
    usual = next((number for number, key in numbers.items() if key == default), next(iter(numbers)))
    screen.say(clean_line(title))
    for number, key in numbers.items():
        says = clean_line(options[key])
        screen.say(says if says.startswith(f"{number} ") else f"{number}. {says}")
    reader = LineReader(sys.stdin)
    while True:
        row = await typed_line(reader, screen, f"Number, or Enter for {usual}: ")
        if row is None:
            raise EOFError
        typed = row.strip() or usual
        if typed in numbers:
            return numbers[typed]
        screen.say(f"That is not one of {next(iter(numbers))} to {next(reversed(numbers))}.")


def _numbers(keys: Sequence[str]) -> dict[str, str]:
    """The key behind each number: levels go by their own, and what stands before them by 0; else they are counted."""
    first = 0 if "1" in keys[1:] else 1
    return {str(number): key for number, key in enumerate(keys, first)}


def _folded(says: str, width: int) -> str:
    """What is asked or told, in a few rows at most."""
    return "\n".join(fold(shorten(says, MOST * width), width)[:MOST])


def _rows(says: str, width: int) -> list[str]:
    """The option, folded where it is longer than a row; blanks within one that fits are kept: they may be columns."""
    whole = clean(says).replace("\n", " ")
    return [whole] if cells(whole) <= width else fold(clean_line(whole), width)


async def _by_arrows(
    title: str, options: Mapping[str, str], default: str, screen: Screen, keep: Callable[[str], None]
) -> str:
    from .display import erase_wrapped
    from .picker_keys import Selection

    selection = Selection(list(options), default)
    application = _shown(title, options, selection, screen)
    erase_wrapped(application, os.environ)
    try:
        chosen = await application.run_async()
    finally:
        if typed := selection.text.strip():
            keep(typed)
    screen.say(f"{clean_line(title)} {clean_line(options[chosen])}", Role.QUIET)
    return chosen


def _shown(title: str, options: Mapping[str, str], selection: Selection, screen: Screen) -> Application[str]:
    """The title, the options with the selected one marked, and below them what the keys do."""
    from prompt_toolkit.application import Application
    from prompt_toolkit.data_structures import Point
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
    from prompt_toolkit.layout.dimension import Dimension
    from prompt_toolkit.output.color_depth import ColorDepth

    from .display import style_for
    from .picker_keys import USUAL, selection_keys

    width = screen.width - 4
    mark = screen.look.mark("› ", "> ")
    told = [_rows(says, width) for says in options.values()]

    def rows() -> StyleAndTextTuples:
        lines: StyleAndTextTuples = []
        for number, folded in enumerate(told):
            chosen = number == selection.index
            for at, row in enumerate(folded):
                lines.append(("class:chosen" if chosen else "", f"{mark if chosen and not at else '  '}{row}\n"))
        return lines

    def marked() -> Point:  # the last row of it, so that all of it stays in sight
        return Point(0, sum(map(len, told[: selection.index + 1])) - 1)

    def hint() -> StyleAndTextTuples:
        style = "class:standing" if selection.hint == USUAL else "class:asking"
        return [(style, _folded(selection.hint, width + 2))]

    control = FormattedTextControl(rows, focusable=True, show_cursor=False, get_cursor_position=marked)
    height = min(sum(map(len, told)), max(ROWS, get_terminal_size().lines - BESIDE))
    body = HSplit([
        Window(FormattedTextControl([("bold", _folded(title, width + 2))]), dont_extend_height=True),
        Window(control, height=Dimension.exact(height)),
        Window(FormattedTextControl(hint), dont_extend_height=True),
    ])  # fmt: skip
    return Application(
        layout=Layout(body, focused_element=control),
        key_bindings=selection_keys(selection),
        style=style_for(screen.look),
        color_depth=ColorDepth.DEPTH_4_BIT if screen.look.colour else ColorDepth.DEPTH_1_BIT,
        include_default_pygments_style=False,
        erase_when_done=True,
    )
