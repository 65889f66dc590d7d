"""What a reader of the screen reads: lines without their roles."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.terminal.lines import Spans


def plain(lines: Iterable[Spans]) -> list[str]:
    """The lines as they stand on the screen."""
    return ["".join(span.text for span in spans) for spans in lines]
