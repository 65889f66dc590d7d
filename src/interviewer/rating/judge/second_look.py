"""A level far above what the rules read is given twice: the second time the judge sees the quoted sentences alone.

What an honest level rests on is still there then. What else may have moved the judge, such as an order in the answer
that nobody recognised, is not, unless the judge quoted that very sentence. It may not know how a judge is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...bank.cues import AddressedCues
from ...bank.schema import Dimension
from ...session.thread import Thread, Turn
from ..addressed import Span, suspicion, without
from ..offline.two_readings import both_levels
from ..rater import Flag, FlagKind, Quote, Rating
from .fence import sentence_places

_UNREAD = 1
"""The level from which is counted where the rules could not read, as in other languages."""
_ON_ONE_SENTENCE = 3
"""Parts of a dimension that may all rest on one sentence. Readers of the gold answers found more parts than that 168
times, and only once all of them in one sentence."""


def far_above(
    ratings: Mapping[str, Rating], estimate: Mapping[str, Rating], dimensions: Sequence[Dimension], apart: int
) -> list[Dimension]:
    """The dimensions whose level is so many levels above the estimate, or more."""
    return [dim for dim in dimensions if (ratings[dim.id].level or 0) >= (estimate[dim.id].level or _UNREAD) + apart]


def only_quoted(cut: Thread, ratings: Mapping[str, Rating], cues: AddressedCues) -> Thread:
    """The thread with line breaks in place of every sentence of the candidate that carries no part of any dimension.

    A sentence that is to carry all parts of a dimension goes too, and so does what may address the rater.

    Args:
        cut: the thread without what does address the rater.
    """
    quotes = [quote for rating in ratings.values() for quote in _believable(cut, rating)]
    turns = tuple(
        Turn(turn.role, without(turn.text, _to_leave_out(turn.text, [q for q in quotes if q.turn == index], cues)))
        if turn.role == "candidate"
        else turn
        for index, turn in enumerate(cut.turns)
    )
    return Thread(cut.question, turns, cut.question_id)


def _believable(thread: Thread, rating: Rating) -> list[Quote]:
    """What a rating rests on; nothing where one sentence is to carry it all."""
    quotes = [found.quote for found in rating.findings if found.met and found.quote]
    if len(quotes) <= _ON_ONE_SENTENCE:
        return quotes
    turn = quotes[0].turn
    first, last = min(quote.start for quote in quotes), max(quote.end for quote in quotes)
    together = any(start <= first and last <= end for start, end in sentence_places(thread.turns[turn].text))
    return [] if together and all(quote.turn == turn for quote in quotes) else quotes


def _to_leave_out(text: str, quotes: Sequence[Quote], cues: AddressedCues) -> list[Span]:
    return [*_unquoted(text, quotes), *suspicion(text, cues).doubtful]


def _unquoted(text: str, quotes: Sequence[Quote]) -> Iterator[Span]:
    for start, end in sentence_places(text):
        if not any(quote.start < end and start < quote.end for quote in quotes):
            yield Span(start, end)


def difference_when_quoted(dimension: Dimension, whole: Rating, quoted: Rating) -> Flag:
    """Both levels of a dimension."""
    words = ("with the whole answer before the judge", "with the sentences alone that it had quoted")
    return both_levels(FlagKind.SECOND_LOOK, dimension, (whole, quoted), words)
