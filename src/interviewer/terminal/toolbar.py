"""The bottom lines while the candidate types: where the interview stands, how long, where words go. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..interview.candidate import Situation
from ..interview.lines import Length
from ..text import cells, clean_line, clock, plural, shorten

WIDE = 60
"""Columns from which there is room for more than where the words go in the second line."""


def bottom_lines(
    situation: Situation, now: float, words: int, speaking: float, keys: str, width: int
) -> tuple[str, ...]:
    """Two lines, one more while a model has something to tell. What matters less is left out when it does not fit;
    where the words go never is.

    Args:
        now: the moment of the situation's clock.
        words: typed so far.
        speaking: how long it takes to say them, in seconds.
        keys: how to send and to make a line.
    """
    first = _fitting(_standing(situation, now, words, speaking, width), width)
    told = (shorten(clean_line(situation.notice), width),) if situation.notice else ()
    if width < WIDE:
        return *told, first, _fitting([(0, _destination(situation)), (1, "/help")], width)
    return *told, first, _fitting([*_whereabouts(situation), (3, keys), (4, "/help")], width)


def _standing(situation: Situation, now: float, words: int, speaking: float, width: int) -> list[tuple[int, str]]:
    """Pieces of the first line, each with its rank; the higher, the sooner it is left out."""
    pieces = [
        (0, f"{'question ' if width >= WIDE else ''}{situation.number} of {situation.of}"),
        (1, f"probe {situation.probe}" if situation.probe else ""),
        (0, clock(now - situation.started) + (f" of {clock(situation.planned)}" if situation.planned else "")),
        (0, plural(words, "word")),
        (2, f"{clock(speaking)} spoken" if words else ""),
        (3, advice(speaking, situation.length) if words else ""),
        (4, situation.mode),
    ]
    return [(rank, text) for rank, text in pieces if text]


def advice(speaking: float, length: Length | None) -> str:
    """What the length says: still short, about right, long; nothing where none is aimed at."""
    if length is None:
        return ""
    if speaking > length.most * 60:
        return "long: come to the end"
    return "about right" if speaking >= length.least * 60 else f"aim for {length.said}"


def _whereabouts(situation: Situation) -> list[tuple[int, str]]:
    pieces = [
        (0, clean_line(situation.model)),
        (0, _destination(situation)),
    ]
    if situation.host or situation.tokens:
        about = "about " if situation.estimated else ""
        pieces += [
            (1, f"{about}{situation.tokens:,} tokens"),
            (2, "price unknown" if situation.cost is None else f"${situation.cost:.4f}" if situation.cost else ""),
        ]
    return [(rank, text) for rank, text in pieces if text]


def _destination(situation: Situation) -> str:
    return f"words go to {clean_line(situation.host)}" if situation.host else "words stay here"


def _fitting(pieces: Sequence[tuple[int, str]], width: int) -> str:
    """The pieces side by side, the least important left out until they fit."""
    kept = list(pieces)
    while len(kept) > 1 and cells(_joined(kept)) > width:
        worst = max(rank for rank, _ in kept)
        kept.pop(max(index for index, (rank, _) in enumerate(kept) if rank == worst))
    return shorten(_joined(kept), width)


def _joined(pieces: Sequence[tuple[int, str]]) -> str:
    return " · ".join(text for _, text in pieces)
