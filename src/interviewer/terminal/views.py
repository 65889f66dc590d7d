"""What is said, as lines: the question in a quiet frame, probe, hint, notice. Pure functions of text, look and width.

In a plain look every utterance is one labelled paragraph: "interviewer: ...", "note: ...", "hint 1 of 3: ...".
"""

from __future__ import annotations

from dataclasses import dataclass

from ..interview.candidate import Purpose, Utterance
from ..text import cells, clean, clean_line, count_words, shorten
from .lines import Span, Spans, fold, line, measure
from .look import Look, Role

LONGEST_ECHO = 40
"""Lines of an answer shown again after it was sent."""
RECALLED = 2
"""Lines of the last answer shown again after a break: its end, which the probe to it takes up."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How utterances of one purpose are shown."""

    role: Role
    mark: str
    ascii_mark: str
    label: str
    """Before the text in a plain look."""


_ASKING = Manner(Role.ACCENT, "▌ ", "> ", "interviewer")
_TELLING = Manner(Role.QUIET, "  ", "  ", "note")
MANNERS: dict[Purpose, Manner] = {
    Purpose.GREETING: Manner(Role.QUIET, "", "", "interviewer"),
    Purpose.QUESTION: _ASKING,
    Purpose.PROBE: _ASKING,
    Purpose.DEBATE: _ASKING,
    Purpose.DEVELOPMENT: _ASKING,
    Purpose.HINT: Manner(Role.GOOD, "┊ ", ": ", "hint"),
    Purpose.FEEDBACK: Manner(Role.GOOD, "┊ ", ": ", "feedback"),
    Purpose.NOTICE: _TELLING,
    Purpose.WHEREABOUTS: _TELLING,
    Purpose.TROUBLE: Manner(Role.WARNING, "! ", "! ", "trouble"),
    Purpose.REPLY: _ASKING,
    Purpose.RECALL: Manner(Role.QUIET, "› ", "> ", "you"),
    Purpose.CLOSE: Manner(Role.TEXT, "", "", "interviewer"),
}


def utterance(said: Utterance, look: Look, width: int) -> list[Spans]:
    """What the interviewer says, with an empty line after it."""
    if said.purpose is Purpose.RECALL:
        return [*_recalled(said.text, look, measure(width)), line("")]
    if look.plain:
        return [*_labelled(MANNERS[said.purpose].label, said, measure(width)), line("")]
    if said.purpose is Purpose.QUESTION:
        return [*framed(said.title, said.text, look, width), line("")]
    return [*_marked(said, look, width), line("")]


def _labelled(label: str, said: Utterance, width: int) -> list[Spans]:
    title = clean_line(said.title)
    if said.purpose is Purpose.QUESTION and title:
        label = f"{label}, question, {title}"
    elif title:
        label = f"{label}, {title}" if said.purpose is not Purpose.HINT else title
    return list(map(line, fold(f"{label}: " + clean(said.text).strip("\n"), width)))


def _marked(said: Utterance, look: Look, width: int) -> list[Spans]:
    manner = MANNERS[said.purpose]
    mark = Span(look.mark(manner.mark, manner.ascii_mark), manner.role)
    body = Role.QUIET if manner.role is Role.QUIET else Role.TEXT
    lines: list[Spans] = []
    if title := shorten(said.title, measure(width) - 4):
        lines.append((mark, Span(title, manner.role)))
    folded = fold(clean(said.text).strip("\n"), measure(width) - len(mark.text))
    return [*lines, *((mark, Span(text, body)) for text in folded)]


def _recalled(text: str, look: Look, width: int) -> list[Spans]:
    """The end of the candidate's last answer, quietly."""
    manner = MANNERS[Purpose.RECALL]
    mark = f"{manner.label}: " if look.plain else look.mark(manner.mark, manner.ascii_mark)
    more = look.mark("… ", "... ")
    rows = fold(clean(text).strip("\n"), width - len(mark) - len(more))
    first, *others = [f"{more}{rows[-RECALLED]}", *rows[1 - RECALLED :]] if len(rows) > RECALLED else rows
    hung = "" if look.plain else " " * len(mark)
    return [line(mark + first, manner.role), *(line(hung + row, manner.role) for row in others)]


def framed(title: str, text: str, look: Look, width: int) -> list[Spans]:
    """The text in a quiet frame that carries the title."""
    inner = measure(width) - 4
    top_left, top_right, low_left, low_right, across, down = "++++-|" if look.ascii else "╭╮╰╯─│"
    heading = shorten(title, inner - 2)
    head = f"{across} {heading} " if heading else ""
    rule = across * (inner + 2 - cells(head))
    lines: list[Spans] = [(Span(f"{top_left}{head}{rule}{top_right}", Role.QUIET),)]
    side = Span(down, Role.QUIET)
    for folded in fold(clean(text).strip("\n"), inner):
        lines.append((side, Span(f" {folded}{' ' * (inner - cells(folded))} ", Role.STRONG), side))
    return [*lines, line(f"{low_left}{across * (inner + 2)}{low_right}", Role.QUIET)]


def answer(text: str, look: Look, width: int) -> list[Spans]:
    """What the candidate sent, with an empty line after it; a very long one is cut in the middle, and says so."""
    mark = look.mark("› ", "> ")
    folded = fold(clean(text).strip("\n"), measure(width) - 2)
    lines = [(Span(mark if number == 0 else "  ", Role.QUIET), Span(row)) for number, row in enumerate(folded)]
    if len(lines) > LONGEST_ECHO:
        half = LONGEST_ECHO // 2
        hidden = count_words("\n".join(folded[half:-half]))
        between = (Span(f"  … {hidden:,} more words, all kept …", Role.QUIET),)
        return [*lines[:half], between, *lines[-half:], line("")]
    return [*lines, line("")]
