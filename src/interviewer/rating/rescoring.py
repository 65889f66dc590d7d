"""Rates the threads of a finished interview once more, and sets the new levels beside the old ones. Stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

from ..bank.catalogue import DIMENSIONS
from ..bank.library import Bank
from ..bank.schema import Dimension
from ..session.thread import Thread
from ..session.transcript import ThreadState, Transcript
from .rater import Rater, Rating, ThreadRating
from .scorecard import chosen_ratings
from .too_little import as_told

GONE = "It is not in the bank any more, as when its pack was removed."
"""Why a dimension gets no level."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """One thread, before and after."""

    thread: int
    """Its index in the transcript."""
    question_id: str
    before: ThreadRating | None
    """What counted so far; None when it was never rated."""
    after: ThreadRating

    @property
    def differences(self) -> list[Difference]:
        """One for each dimension, in the order rated."""
        old = self.before.ratings if self.before else {}
        return [Difference(name, old.get(name), rating) for name, rating in self.after.ratings.items()]


@dataclass(frozen=True, slots=True)
class Difference:
    """One dimension of a thread, before and after."""

    dimension: str
    before: Rating | None
    after: Rating

    @property
    def change(self) -> int | None:
        """Levels up or down; None where one of the two has no level."""
        if self.before is None or self.before.level is None or self.after.level is None:
            return None
        return self.after.level - self.before.level

    @property
    def gained(self) -> tuple[str, ...]:
        """Parts that are met now and were not before."""
        return _more(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """Parts that were met before and are not now; none where there is no level now."""
        return () if self.after.level is None else _more(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is so whoever rates."""

    heard: Callable[[Thread], Thread]
    """The thread without what nobody may rate; every place in it stays where it was."""
    why_unrated: Callable[[Thread], str | None]
    """Why no rule can have read anything in a thread, where that is so."""


async def rescore(transcript: Transcript, rater: Rater, bank: Bank, rules: Rules) -> AsyncIterator[Rescored]:
    """Every answered thread as the rater reads it, one after the other; passed over is one of whose dimensions the bank
    has none any more, as when a pack was removed.

    Raises:
        NotInBank: there is none that it has.
    """
    answered = [(index, state) for index, state in enumerate(transcript.threads) if state.thread.answers]
    for index, state in [each for each in answered if _known(each[1], bank)] or answered:
        yield await rate_again(index, state, rater, bank, rules)


async def rate_again(index: int, state: ThreadState, rater: Rater, bank: Bank, rules: Rules) -> Rescored:
    """One answered thread as the rater reads it; takes and raises what `rescore` does."""
    before, known = chosen_ratings(state)[0], _known(state, bank)
    after = await rater.rate(rules.heard(state.thread), known or [bank.dimension(name) for name in state.weights])
    after = as_told(after, rules.why_unrated(state.thread))
    return Rescored(index, state.question_id, before, after if after.why_unread else _with_gone(after, state, known))


def _with_gone(rated: ThreadRating, state: ThreadState, known: Sequence[Dimension]) -> ThreadRating:
    """The rating, with the reason why what the bank does not have any more is in it without a level."""
    gone = state.weights.keys() - {dimension.id for dimension in known}
    return replace(rated, ratings={**rated.ratings, **{name: Rating(name, None, GONE) for name in sorted(gone)}})


def _known(state: ThreadState, bank: Bank) -> list[Dimension]:
    """The dimensions of the thread, without those that the bank does not have any more."""
    return [bank.dimension(name) for name in state.weights if bank.catalogue.find(DIMENSIONS, name)]


def _more(rating: Rating | None, than: Rating | None) -> tuple[str, ...]:
    met = [finding.part for finding in rating.findings if finding.met] if rating else []
    known = {finding.part for finding in than.findings if finding.met} if than else set()
    return tuple(part for part in met if part not in known)
