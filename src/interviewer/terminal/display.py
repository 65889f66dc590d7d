"""How the editor shows its text: harmless, broken at words, in the colours of the terminal. The text stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from itertools import accumulate

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.controls import UIContent
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.styles import Style

from ..text import clean
from .look import Look, Role
from .wrapping import padding


class Harmless(Processor):
    """Shows a middle dot for each character that could confuse a terminal; the text itself stays as it is."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The fragments of one line, character for character, so that the cursor stays where it is."""
        return Transformation([(style, harmless(text)) for style, text, *_ in transformation_input.fragments])


class WordWrap(Processor):
    """Breaks rows where words end, by spaces that are shown and are not in the text."""

    def __init__(self, row_width: Callable[[], int]):
        self._row_width = row_width

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The fragments with spaces after each row but the last, and the way between both places of a character."""
        fragments = transformation_input.fragments
        padded = padding(fragment_list_to_text(fragments), self._row_width())
        if not padded:
            return Transformation(fragments)
        ends = [end for end, _ in padded]
        shifts = list(accumulate((spaces for _, spaces in padded), initial=0))
        shown = [end + shift for end, shift in zip(ends, shifts[1:], strict=True)]
        return Transformation(
            _spaced(fragments, padded),
            source_to_display=lambda place: place + shifts[bisect_right(ends, place)],
            display_to_source=lambda place: place - shifts[bisect_right(shown, place)],
        )


def _spaced(fragments: StyleAndTextTuples, padded: Sequence[tuple[int, int]]) -> StyleAndTextTuples:
    """The fragments, cut where rows end, with the spaces between."""
    spaced: StyleAndTextTuples = []
    rest = deque(padded)
    place = 0
    for style, text, *_ in fragments:
        while rest and rest[0][0] <= place + len(text):
            end, spaces = rest.popleft()
            spaced += [(style, text[: end - place]), ("", " " * spaces)]
            text, place = text[end - place :], end
        spaced.append((style, text))
        place += len(text)
    return spaced


def fill_from_above(window: Window) -> None:
    """Lets the window show the end of a line above that does not fit as a whole.

    prompt_toolkit begins a window with a whole line wherever the cursor's own line fits: below a paragraph taller
    than the window nothing of it would be seen. It has no public place to say otherwise.
    """
    scroll = window._scroll

    def filled(ui_content: UIContent, width: int, height: int) -> None:
        scroll(ui_content, width, height)
        if not window.vertical_scroll_2:
            _fill_from_above(window, ui_content, width, height)

    window._scroll = filled  # type: ignore[method-assign]


def _fill_from_above(window: Window, content: UIContent, width: int, height: int) -> None:
    def rows(line: int) -> int:
        return content.get_height_for_line(line, width, window.get_line_prefix)

    line, room = window.vertical_scroll, height
    while line < content.line_count and room > 0:
        room -= rows(line)
        line += 1
    while window.vertical_scroll and room > 0:
        window.vertical_scroll -= 1
        room -= rows(window.vertical_scroll)
        window.vertical_scroll_2 = max(0, -room)


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
