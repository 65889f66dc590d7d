"""Finds the pieces of an answer that address the rater instead of answering: orders, claimed scores, fake roles.

Talk *about* such text is not a piece: what stands in quotation marks after "a page that says" is reported. It looks
at one turn at a time and may not know how answers are rated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..bank.cues import AddressedCues

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\S)[^.!?\n]*)*[.!?]*[\"'”’)\]]*")
_QUOTED = re.compile(
    r"\"[^\"\n]{3,400}\"|“[^”\n]{3,400}”|„[^“\n]{3,400}“|«[^»\n]{3,400}»|(?<!\w)'[^'\n]{8,400}'(?!\w)|`[^`\n]{3,400}`"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a turn's text that earns nothing."""

    start: int
    end: int


def addressed_spans(text: str, cues: AddressedCues) -> tuple[Span, ...]:
    """The pieces of `text` that address the rater, in order and apart from each other; character offsets."""
    rules = _rules(cues)
    visible: Sequence[int] = range(len(text))
    if _INVISIBLE.search(text):
        visible = [index for index, char in enumerate(text) if not _INVISIBLE.match(char)]
    read = _without_reports("".join(text[index] for index in visible), rules)
    spans = [Span(*match.span()) for block in rules.blocks for match in block.finditer(read)]
    spans += _sentences(read, rules)
    return tuple(Span(visible[span.start], visible[span.end - 1] + 1) for span in _joined(spans))


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with each piece turned into line breaks, so that offsets stay and no sentence runs across."""
    for span in spans:
        text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    return text


@dataclass(frozen=True, slots=True)
class _Rules:
    blocks: tuple[re.Pattern[str], ...]
    sentences: tuple[re.Pattern[str], ...]
    trailing: tuple[re.Pattern[str], ...]
    reported: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4)
def _compiled(
    blocks: tuple[str, ...], sentences: tuple[str, ...], trailing: tuple[str, ...], reported: tuple[str, ...]
) -> _Rules:
    return _Rules(
        tuple(re.compile(rule, re.IGNORECASE) for rule in blocks),
        tuple(re.compile(rule, re.IGNORECASE) for rule in sentences),
        tuple(re.compile(rule, re.IGNORECASE) for rule in trailing),
        tuple(re.compile(rule, re.IGNORECASE) for rule in reported),
    )


def _rules(cues: AddressedCues) -> _Rules:
    return _compiled(cues.blocks, cues.sentences, cues.trailing, cues.reported)


def _without_reports(text: str, rules: _Rules) -> str:
    """The text with reported quotations blanked: they are talk about such text."""
    for match in _QUOTED.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        line = before[before.rfind("\n") + 1 :].rstrip(" ,:;(")
        if line and any(rule.search(line) for rule in rules.reported):
            text = text[: match.start()] + "_" * len(match[0]) + text[match.end() :]
    return text


def _sentences(text: str, rules: _Rules) -> list[Span]:
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        pieces = list(_SENTENCE.finditer(text, line.start(), line.end()))
        guilty = [any(rule.search(piece[0]) for rule in rules.sentences) for piece in pieces]
        for index, piece in enumerate(pieces):
            beside = any(guilty[max(0, index - 1) : index]) or any(guilty[index + 1 : index + 2])
            if guilty[index] or (beside and any(rule.search(piece[0]) for rule in rules.trailing)):
                spans.append(Span(*piece.span()))
    return spans


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.start == span.end:
            continue
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
