"""An answer read with and without what may address the rater: what each reading costs and what is told of it.

It may not know how an answer is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...bank.schema import Dimension
from ...session.thread import Thread, Turn
from ..addressed import Span, without
from ..levels import level_of
from ..rater import Flag, FlagKind, Quote, Rating
from .clauses import Sentence


def addressed_flag(text: str, turn: int, span: Span) -> Flag:
    """Shows what was left out, with its place."""
    quote = Quote(text[span.start : span.end], turn, span.start, span.end)
    return Flag(FlagKind.ADDRESSED, "This speaks to the rater; it was left out.", quote)


def difference(dimension: Dimension, as_said: Rating, cut: Rating) -> Flag:
    """Both levels of a dimension."""
    words = ("with what may address the rater", "without it")
    return both_levels(FlagKind.ADDRESSED_LEVEL, dimension, (as_said, cut), words)


def difference_by_asides(dimension: Dimension, as_said: Rating, cut: Rating) -> Flag:
    """Both levels of a dimension; nobody is accused of anything."""
    words = ("with every sentence", "without those that may not belong to the answer")
    return both_levels(FlagKind.ASIDES_LEVEL, dimension, (as_said, cut), words)


def both_levels(kind: FlagKind, dimension: Dimension, ratings: tuple[Rating, Rating], words: tuple[str, str]) -> Flag:
    """A flag that shows the levels of two readings.

    Args:
        words: what each was read with or without.
    """
    levels = (f"{rating.level or 'not scored'} {each}" for rating, each in zip(ratings, words, strict=True))
    return Flag(kind, f"{dimension.name}: {', '.join(levels)}; the lower counts.")


def without_sentences(thread: Thread, sentences: Sequence[Sentence]) -> Thread:
    """The thread with line breaks in the place of these sentences."""
    turns = list(thread.turns)
    for sentence in sentences:
        turn = turns[sentence.turn]
        turns[sentence.turn] = Turn(turn.role, without(turn.text, [Span(*sentence.span)]))
    return Thread(thread.question, tuple(turns), thread.question_id)


def with_faults(dimension: Dimension, rating: Rating, as_said: Rating) -> Rating:
    """The rating with the faults of what was said too: what is left out may take them along."""
    faults = {finding.part: finding for finding in as_said.findings if dimension.parts[finding.part].fault}
    if rating.level is None or not any(finding.met for finding in faults.values()):
        return rating
    findings = tuple(each if each.met else faults.get(each.part, each) for each in rating.findings)
    level = level_of(dimension, [each.part for each in findings if each.met])
    return replace(rating, level=level, findings=findings)
