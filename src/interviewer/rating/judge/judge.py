"""The judge itself: which calls an answer needs, and one rating out of all that comes back.

Guarantees: a quote that code does not find in the candidate's own turns earns nothing; text that addresses the rater
raises no level and yields no quote; nothing is raised but cancellation; a level is never made up where none was read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ...bank.cues import load_cues
from ...bank.judging import Manner
from ...bank.library import Bank
from ...bank.schema import Dimension
from ...models.model import Model
from ...session.events import ModelCalled
from ...session.thread import Thread, Turn
from ..addressed import Span, without
from ..levels import level_of
from ..offline.reader import OfflineRater
from ..rater import Finding, Flag, RaterIdentity, Rating, ThreadRating
from .asking import Asking, Take
from .manner import manner_for
from .prompt import Prompts
from .quotes import Evidence
from .samples import combined, lower
from .sheet import sheets

FLOORS = frozenset({"thin", "echo", "list", "scrambled"})
"""Offline gates that no model is asked to look behind."""
NOT_ASKED = Flag("floor", "No model was asked; this was rated by the offline rules.")


def unheard(call: ModelCalled) -> None:
    """Keeps no account of calls."""


class Judge:
    """A rater that asks a language model. Belongs to one event loop."""

    def __init__(
        self,
        model: Model,
        bank: Bank,
        *,
        samples: int = 1,
        concurrency: int | None = None,
        on_call: Callable[[ModelCalled], None] = unheard,
        manner: Manner | None = None,
        billions: float | None = None,
    ):
        """A judge.

        Args:
            samples: readings of each dimension; their mean counts. One is taken at temperature 0.
            concurrency: calls under way at the same time; the bank's setting when None.
            on_call: hears of every call as it ends.
            manner: how the model is asked; chosen by what the model is when None.
            billions: parameters of the model, where the server said so.
        """
        self._model = model
        self._bank = bank
        self._samples = max(1, samples)
        self._settings = bank.judge_settings()
        self._manner = manner or manner_for(model.name, self._settings, billions)
        self._prompts = Prompts(bank)
        self._asking = Asking(model, self._prompts, self._settings, on_call, concurrency or self._settings.at_once)

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        return RaterIdentity(self._model.name, self._samples, self._prompts.hash, self._bank.rubric_hash)

    @cached_property
    def _offline(self) -> OfflineRater:
        return OfflineRater(load_cues(self._bank.root))

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Rates the thread on each dimension, all calls at once. What cannot be rated comes back unscored."""
        floor = self._offline.read(thread, dimensions)
        if any(flag.kind in FLOORS for flag in floor.flags):
            ratings = {dim.id: _at_the_floor(dim, floor.ratings[dim.id]) for dim in dimensions}
            return ThreadRating(self.identity, ratings, (*floor.flags, NOT_ASKED))
        evidence = evidence_of(thread, floor.flags)
        if not evidence.addressed:
            ratings = await self._read(thread, evidence, dimensions)
            return ThreadRating(self.identity, ratings, (*floor.flags, *self._doubts(ratings, dimensions)))
        as_said, cut = await asyncio.gather(
            self._read(thread, evidence, dimensions), self._read(evidence.cut, evidence, dimensions)
        )
        ratings = {dim.id: lower(as_said[dim.id], cut[dim.id]) for dim in dimensions}
        flags = (*floor.flags, *_compared(dimensions, as_said, cut), *self._doubts(ratings, dimensions))
        return ThreadRating(self.identity, ratings, flags)

    async def _read(self, shown: Thread, evidence: Evidence, dimensions: Sequence[Dimension]) -> dict[str, Rating]:
        """All samples of one reading, by dimension."""
        size = self._settings.dimensions_a_call if self._manner == "cheap" else 1
        heat = self._settings.temperature if self._samples > 1 else 0.0
        answers = await asyncio.gather(
            *(
                self._asking.ratings(sheet, shown, evidence, Take(heat, seed))
                for seed in range(self._samples)
                for sheet in sheets(dimensions, self._manner, size, turn=seed)
            )
        )
        return {
            dim.id: combined(dim, [answer[dim.id] for answer in answers if dim.id in answer], self._settings.veto)
            for dim in dimensions
        }

    def _doubts(self, ratings: Mapping[str, Rating], dimensions: Sequence[Dimension]) -> list[Flag]:
        """One flag for each dimension on which the samples are far apart."""
        apart = self._bank.scale().uncertain_at
        return [
            Flag("uncertain", f"{dim.name}: the judge's samples are {ratings[dim.id].spread:.0f} levels apart.")
            for dim in dimensions
            if ratings[dim.id].spread >= apart
        ]


def evidence_of(thread: Thread, flags: Sequence[Flag]) -> Evidence:
    """Where quotes may come from, given the flags of the offline reading."""
    addressed = tuple(flag.quote for flag in flags if flag.kind == "addressed" and flag.quote)
    turns = tuple(
        Turn(
            turn.role, without(turn.text, [Span(piece.start, piece.end) for piece in addressed if piece.turn == index])
        )
        for index, turn in enumerate(thread.turns)
    )
    return Evidence(thread, Thread(thread.question, turns, thread.question_id), addressed)


def _at_the_floor(dimension: Dimension, offline: Rating) -> Rating:
    """The offline rating; where that one has no level, the level of an answer that meets nothing."""
    if offline.level is not None:
        return offline
    findings = tuple(Finding(part, False) for part in dimension.parts)
    return Rating(dimension.id, level_of(dimension, ()), None, findings)


def _compared(dimensions: Sequence[Dimension], as_said: Mapping[str, Rating], cut: Mapping[str, Rating]) -> list[Flag]:
    """The levels with and without the text addressed to the rater, where they differ."""
    return [
        Flag(
            "addressed_level",
            f"{dim.name}: {_level(as_said[dim.id])} with the text addressed to the rater, "
            f"{_level(cut[dim.id])} without it; the lower counts.",
        )
        for dim in dimensions
        if as_said[dim.id].level != cut[dim.id].level
    ]


def _level(rating: Rating) -> str:
    return "not scored" if rating.level is None else str(rating.level)
