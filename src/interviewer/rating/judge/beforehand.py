"""What is known before any model is asked: too little, an echo, a list, scrambled words, text for the rater.

It comes from the offline reader, whose gates know English; of an answer in another language only the length counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...bank.schema import Dimension
from ...session.thread import Thread, Turn
from ...text import count_words
from ..addressed import Span, without
from ..levels import level_of
from ..offline.gates import OVERRULED
from ..rater import Finding, Flag, FlagKind, Rating, ThreadRating
from .quotes import Evidence

ENGLISH = frozenset({
    FlagKind.THIN, FlagKind.ECHO, FlagKind.LIST, FlagKind.SCRAMBLED, FlagKind.COPY, FlagKind.FOREIGN,
})  # fmt: skip
"""Kinds of flags by the offline gates, which mean something of English only."""
SETTLED = ENGLISH - {FlagKind.COPY, FlagKind.FOREIGN}
"""Those after which no model is asked; an answer given twice may still be an answer."""
NOT_SHOWN = OVERRULED | {FlagKind.ADDRESSED_LEVEL, FlagKind.ASIDES_LEVEL}
"""Kinds of flags about the offline reading itself, which do not belong beside a judge's."""
NOT_ASKED = Flag(FlagKind.FLOOR, "No model was asked; this was rated by rules.")
TOO_SHORT = Flag(FlagKind.THIN, "There is too little here to rate higher.")


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What the judge knows of an answer before it asks."""

    evidence: Evidence
    flags: tuple[Flag, ...]
    settled: bool
    """Whether the rules have the last word, and no model is asked."""

    @classmethod
    def of(cls, thread: Thread, offline: ThreadRating, fewest: int) -> Beforehand:
        """What follows from the offline reading.

        Args:
            fewest: words below which an answer that the offline reader could not read is too short.
        """
        seen = tuple(flag for flag in offline.flags if flag.kind not in NOT_SHOWN)
        evidence = _evidence(thread, seen)
        if any(rating.level is not None for rating in offline.ratings.values()):
            settled = any(flag.kind in SETTLED for flag in seen)
            return cls(evidence, seen, settled)
        flags = tuple(flag for flag in seen if flag.kind not in ENGLISH)
        if count_words(" ".join(evidence.cut.answers)) < fewest:
            return cls(evidence, (*flags, TOO_SHORT), True)
        return cls(evidence, flags, False)


def _evidence(thread: Thread, flags: Sequence[Flag]) -> Evidence:
    """Where quotes may come from: the thread, and the thread without what addresses the rater."""
    addressed = tuple(flag.quote for flag in flags if flag.kind == FlagKind.ADDRESSED and flag.quote)
    turns = tuple(
        Turn(turn.role, without(turn.text, [Span(q.start, q.end) for q in addressed if q.turn == index]))
        for index, turn in enumerate(thread.turns)
    )
    return Evidence(thread, Thread(thread.question, turns, thread.question_id), addressed)


def settled_rating(dimension: Dimension, offline: Rating) -> Rating:
    """The offline rating; where that one has no level, the level of an answer that meets nothing."""
    if offline.level is not None:
        return offline
    findings = tuple(Finding(part, False) for part in dimension.parts)
    return Rating(dimension.id, level_of(dimension, ()), None, findings)
