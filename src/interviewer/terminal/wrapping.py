"""A paragraph of the editor in rows, broken at words, and where the cursor is in them. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from ..text import cells

_NARROW = re.compile("[\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
"""Latin letters and the punctuation of prose: one column each, and no need to look at each."""


@lru_cache(maxsize=16)
def row_starts(text: str, width: int) -> tuple[int, ...]:
    """Where each row begins, in characters; a row holds at most `width` columns, the space at its end included."""
    narrow = _is_narrow(text)
    starts = [0]
    while len(text) - starts[-1] > (width if narrow else width // 2):
        start = starts[-1]
        end = start + width if narrow else _fitting(text, start, width)
        if end >= len(text):
            break
        after_space = text.rfind(" ", start, end) + 1
        starts.append(after_space if after_space > start else max(end, start + 1))
    return tuple(starts)


def _fitting(text: str, start: int, width: int) -> int:
    """The end of the piece from `start` that takes at most `width` columns."""
    end = start
    while end < len(text):
        width -= cells(text[end])
        if width < 0:
            break
        end += 1
    return end


def _is_narrow(text: str) -> bool:
    return _NARROW.fullmatch(text) is not None


def row_up_or_down(text: str, column: int, width: int, rows: int) -> int | None:
    """Where the cursor comes to, moved by rows within a line.

    Args:
        column: the cursor's place, in characters.
        rows: -1 for up, 1 for down.

    Returns:
        The new place in characters; None where the line has no such row.
    """
    starts = row_starts(text, width)
    row = bisect_right(starts, column) - 1
    if not 0 <= row + rows < len(starts):
        return None
    start = starts[row + rows]
    last = starts[row + rows + 1] - 1 if row + rows + 1 < len(starts) else len(text)
    return min(start + column - starts[row], last)
