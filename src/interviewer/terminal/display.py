"""How the editor shows its text: harmless, broken at words, in the colours of the terminal. The text stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.controls import BufferControl, UIContent
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.screen import Screen
from prompt_toolkit.styles import Style

from ..text import cells, clean
from .look import Look, Role, wraps_anew
from .wrapping import row_starts


class Harmless(Processor):
    """Shows a middle dot for each character that could confuse a terminal; the text itself stays as it is."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The fragments of one line, character for character, so that the cursor stays where it is."""
        return Transformation([(style, harmless(text)) for style, text, *_ in transformation_input.fragments])


def show_by_rows(control: BufferControl, row_width: Callable[[], int]) -> None:
    """Lets the control give each row as a line of its own, broken where a word ends.

    prompt_toolkit would break after the last character that fits, and would go through the whole of a long paragraph
    at every key, also through what is out of sight: 5 ms with 2,000 words. It has no public place to say otherwise.
    """
    by_paragraphs = control.create_content

    def by_rows(width: int, height: int, preview_search: bool = False) -> UIContent:
        content = by_paragraphs(width, height, preview_search)
        texts: Sequence[str] = control.buffer.document.lines
        if get_app().layout.is_searching:  # then another text may be shown
            texts = [fragment_list_to_text(content.get_line(number))[:-1] for number in range(content.line_count)]
        return _by_rows(content, [_starts(text, row_width()) for text in texts])

    control.create_content = by_rows  # type: ignore[method-assign]


def _by_rows(content: UIContent, starts: Sequence[Sequence[int]]) -> UIContent:
    """The content of paragraphs as one of rows.

    Args:
        starts: where the rows of each paragraph begin, in characters.
    """
    first_rows = list(accumulate(map(len, starts), initial=0))

    @cache
    def rows_of(paragraph: int) -> list[StyleAndTextTuples]:
        return _cut(content.get_line(paragraph), starts[paragraph])

    def line_of(row: int) -> StyleAndTextTuples:
        paragraph = bisect_right(first_rows, row) - 1
        return rows_of(paragraph)[row - first_rows[paragraph]]

    def placed(point: Point) -> Point:
        row = bisect_right(starts[point.y], point.x) - 1
        return Point(point.x - starts[point.y][row], first_rows[point.y] + row)

    menu = content.menu_position
    return UIContent(line_of, first_rows[-1], placed(content.cursor_position), menu and placed(menu))


@lru_cache(maxsize=64)
def _starts(text: str, width: int) -> tuple[int, ...]:
    """Where the rows of a paragraph begin; one more where the last is full, for the cursor behind it."""
    starts = row_starts(harmless(text), width)
    full = cells(harmless(text[starts[-1] :])) >= width
    return (*starts, len(text)) if full else starts


def _cut(fragments: StyleAndTextTuples, starts: Sequence[int]) -> list[StyleAndTextTuples]:
    """The fragments in rows; what is behind the text, as the placeholder, stays in the last one."""
    rows: list[StyleAndTextTuples] = [[]]
    ends = deque(starts[1:])
    place = 0
    for style, text, *_ in fragments:
        while ends and ends[0] <= place + len(text):
            end = ends.popleft()
            rows[-1].append((style, text[: end - place]))
            rows.append([])
            text, place = text[end - place :], end
        rows[-1].append((style, text))
        place += len(text)
    return rows


def erase_wrapped(application: Application[Any], environ: Mapping[str, str]) -> None:
    """Lets the application erase all that it drew also after the window became narrower.

    Most terminals wrap by then what was drawn wider, and prompt_toolkit, which counts the rows as it drew them, would
    leave the first ones standing above what it draws anew. It has no public place to say otherwise.
    """
    if not wraps_anew(environ):
        return
    renderer, erase = application.renderer, application.renderer.erase

    def erase_all(leave_alternate_screen: bool = True) -> None:
        if drawn := renderer.last_rendered_screen:
            cursor = drawn.get_cursor_position(application.layout.current_window)
            application.output.cursor_up(wrapped_above(drawn, cursor, application.output.get_size().columns))
        erase(leave_alternate_screen)

    renderer.erase = erase_all  # type: ignore[method-assign]


def wrapped_above(drawn: Screen, cursor: Point, columns: int) -> int:
    """By how many rows what was drawn above the cursor has grown on a screen of so many columns."""
    rows = (drawn.data_buffer[row] for row in range(cursor.y))
    ends = (max((at + cell.width for at, cell in row.items() if cell.char != " "), default=0) for row in rows)
    return sum(max(0, end - 1) // columns for end in ends) + cursor.x // columns


def harmless(text: str) -> str:
    """The text with as many characters, each of which a terminal can be trusted with; a tab becomes a space."""
    if clean(text) == text:
        return text
    return "".join(char if clean(char) == char else " " if char == "\t" else "·" for char in text)


def style_for(look: Look) -> Style:
    """Styles of the editor and the picker: palette colours, no backgrounds."""

    def of(role: Role) -> str:
        name = look.style(role)
        return f"ansi{name}" if name not in ("", "bold", "dim") else name

    return Style.from_dict({
        "mark": of(Role.ACCENT),
        "placeholder": of(Role.QUIET),
        "bottom-toolbar": "noreverse",
        "standing": of(Role.QUIET),
        "asking": of(Role.WARNING),
        "chosen": f"{of(Role.ACCENT)} bold",
        "completion-menu": "noreverse bg:default fg:default",
        "completion-menu.completion": "bg:default fg:default",
        "completion-menu.completion.current": f"noreverse bg:default {of(Role.ACCENT)} bold",
        "completion-menu.meta.completion": f"bg:default {of(Role.QUIET)}",
        "completion-menu.meta.completion.current": "bg:default bold",
        "scrollbar.background": "bg:default",
        "scrollbar.button": "bg:default reverse",
    })  # fmt: skip
