"""A turn's text cut where quotes begin and end, so that evidence can be shown in its place. Pure.

A quote that does not stand where its rating says is left out: what is marked was said, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..rating.rater import Quote, Rating
from ..session.thread import Turn
from ..text import Sanitiser


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with what it is evidence of."""

    dimension: str
    part: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a turn, as it may be shown."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    """Whose quotes cover it; empty for what nothing rests on."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions it is evidence for, each once."""
        return tuple(dict.fromkeys(each.dimension for each in self.evidence))


def evidence_in(turns: Sequence[Turn], ratings: Iterable[Rating]) -> tuple[Evidence, ...]:
    """The quotes of all met parts that stand in the candidate's turns as the ratings say."""
    found = (
        Evidence(rating.dimension, finding.part, finding.quote)
        for rating in ratings
        for finding in rating.findings
        if finding.met and finding.quote
    )
    return tuple(each for each in found if stands(turns, each.quote))


def stands(turns: Sequence[Turn], quote: Quote) -> bool:
    """Whether the candidate said those words at that place."""
    if not 0 <= quote.turn < len(turns) or turns[quote.turn].role != "candidate":
        return False
    text = turns[quote.turn].text
    return 0 <= quote.start < quote.end <= len(text) and text[quote.start : quote.end] == quote.text


def passages(turns: Sequence[Turn], turn: int, evidence: Iterable[Evidence]) -> tuple[Passage, ...]:
    """The turn in pieces, cleaned, each with the evidence that covers it; together they are the whole turn."""
    text = turns[turn].text
    here = [each for each in evidence if each.quote.turn == turn]
    cuts = sorted({0, len(text), *(at for each in here for at in (each.quote.start, each.quote.end))})
    sanitiser = Sanitiser()
    pieces = [
        Passage(
            sanitiser.feed(text[start:end]),
            tuple(each for each in here if each.quote.start <= start and end <= each.quote.end),
        )
        for start, end in pairwise(cuts)
    ]
    if held := sanitiser.close():
        pieces.append(Passage(held))
    return tuple(piece for piece in pieces if piece.text)


def runs(pieces: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages with neighbours that carry evidence joined: for forms of text in which marks cannot overlap."""
    joined: list[Passage] = []
    for piece in pieces:
        if joined and bool(joined[-1].evidence) == bool(piece.evidence):
            last = joined.pop()
            piece = Passage(last.text + piece.text, tuple(dict.fromkeys((*last.evidence, *piece.evidence))))
        joined.append(piece)
    return tuple(joined)
