"""The moment after an answer, as far as the choice of the next probe looks at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..bank.schema import Dimension, Question
from ..rating.rater import ThreadRating
from ..session.thread import Thread


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything a choice may look at, after an answer."""

    thread: Thread
    question: Question | None
    """None for a question that is not of the bank."""
    dimensions: Sequence[Dimension]
    weights: Mapping[str, float]
    rated: ThreadRating
    """The best reading of the thread at hand."""
    seed: int
    asked: Collection[tuple[str, str]] = ()
    """(dimension, part) pairs already probed in this thread."""
    before: Collection[str] = ()
    """Every probe already asked in the interview."""
    heard: Mapping[str, int] = field(default_factory=dict)
    """How often each dimension was probed in the interview."""
    elsewhere: Sequence[str] = ()
    """Answers to earlier questions of the interview, the latest first, without what addresses the rater."""
    called_back: bool = False
    """Whether an earlier answer was already taken up in this thread."""
    budget: int | None = None
    """Probes for this question; the usual number when None."""
