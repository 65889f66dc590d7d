"""What the interviewer says besides questions and probes: loaded from `prompts/lines.yaml`, chosen by style."""

from __future__ import annotations

from collections.abc import Sequence

from ..bank.library import Bank
from ..bank.reading import read_model
from ..bank.schema import Content, Text


class StyleLines(Content):
    """One style's manner of going on."""

    next: tuple[Text, ...]
    heard: tuple[str, ...]


class Lines(Content):
    """What `prompts/lines.yaml` holds."""

    greeting: tuple[Text, ...]
    coach: Text
    styles: dict[str, StyleLines]
    half_time: Text
    near_end: Text
    over_time: Text
    long_answer: Text
    skipped: Text
    own_questions: Text
    own_title: Text
    own_help: Text
    no_answer: Text
    invented: Text
    close: Text
    resumed: Text
    nothing_more: tuple[Text, ...]

    def lead(self, style: str, turn: int) -> str:
        """A word of acknowledgement before a probe, by turn and never by answer; may be empty."""
        return self.pick(style, "heard", turn)

    def pick(self, style: str, what: str, turn: int) -> str:
        """One of the style's lines, in turn, so that none is said twice in a row."""
        lines: Sequence[str] = getattr(self.styles[style], what)
        return lines[turn % len(lines)]


def load_lines(bank: Bank) -> Lines:
    """The interviewer's lines. Raises `ContentError`."""
    return read_model(bank.root / "prompts" / "lines.yaml", Lines)
