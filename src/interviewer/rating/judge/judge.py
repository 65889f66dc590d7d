"""The judge itself: which calls an answer needs, and one rating out of all that comes back.

Guarantees: a quote that code does not find in the candidate's own turns earns nothing; text found to address the rater
raises no level and yields no quote; nothing is raised but cancellation; a level is never made up where none was read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from ...bank.judging import Manner
from ...bank.library import Bank, NotInBank
from ...bank.problems import ContentError
from ...bank.schema import Dimension, Question
from ...models.model import Model, ModelError
from ...models.size import billions_of
from ...session.events import ModelCalled
from ...session.thread import Thread
from ..offline.lazy import LazyRater
from ..offline.two_readings import difference
from ..rater import Flag, FlagKind, RaterIdentity, Rating, ThreadRating
from .asking import Asking, Sampling
from .beforehand import NOT_ASKED, Beforehand, settled_rating
from .decoys import Decoys
from .manner import manner_for
from .prompt import Prompts
from .quotes import Evidence
from .red_flags import ID as RED_FLAGS
from .red_flags import as_dimension, raised
from .samples import combined, lower
from .second_look import difference_when_quoted, far_above, only_quoted
from .sheet import Sheet, sheets


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
        red_flags: bool = False,
    ):
        """A judge.

        Args:
            samples: readings of each dimension; their mean counts. One is taken at temperature 0.
            concurrency: calls under way at the same time; the bank's setting when None.
            on_call: hears of every call as it ends.
            manner: how the model is asked; chosen by what the model is when None.
            billions: parameters of the model, where the caller knows better than the model.
            red_flags: look for those of the question too, with one call more an answer.

        Raises:
            ContentError: the judge's settings cannot be used.
        """
        self._model = model
        self._bank = bank
        self._samples = max(1, samples)
        self._settings = bank.judge_settings()
        self._given_manner = manner
        self._billions = billions
        self._with_red_flags = red_flags
        self._offline = LazyRater(bank)
        self._prompts = Prompts(bank)
        self._decoys = Decoys(self._settings.decoys)
        at_once = concurrency or self._settings.at_once["local" if model.local else "remote"]
        self._asking = Asking(model, self._prompts, self._settings, on_call, at_once)

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts; the rubric is the bundled one."""
        return self._identity(())

    def _identity(self, dimensions: Sequence[Dimension]) -> RaterIdentity:
        rubric = self._bank.rubric_hash(dimension.id for dimension in dimensions)
        return RaterIdentity(self._model.name, self._samples, self._prompts.hash, rubric)

    @cached_property
    def _manner(self) -> Manner:
        """How the model is asked: settled at the first answer, when its server has said how large it is."""
        billions = self._billions or billions_of(self._model)
        return self._given_manner or manner_for(self._model.name, self._settings, billions)

    def warm_up(self) -> None:
        """Reads and compiles what the first call needs; any thread may do it. Raises `ContentError`."""
        self._offline.warm_up()
        self._prompts.warm_up()

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Rates the thread on each dimension, all calls at once. What cannot be rated comes back unscored."""
        offline = self._offline.read(thread, dimensions)
        known = Beforehand.of(thread, offline, self._bank.cues.gates.fewest_content_words)
        if known.settled:
            ratings = {dim.id: settled_rating(dim, offline.ratings[dim.id]) for dim in dimensions}
            return ThreadRating(self._identity(dimensions), ratings, (*known.flags, NOT_ASKED))
        await self._locate()
        (ratings, differences), red_flags = await asyncio.gather(
            self._read_with_care(known.evidence, offline, dimensions), self._red_flags(known.evidence)
        )
        flags = (*red_flags, *known.flags, *differences, *self._doubts(ratings, dimensions))
        return ThreadRating(self._identity(dimensions), ratings, flags)

    async def _locate(self) -> None:
        """Lets the server say how large the model is, before it is settled how it is asked."""
        if locate := getattr(self._model, "locate", None):
            with suppress(ModelError):  # whatever is wrong, the first call will say
                await locate()

    async def _read_with_care(
        self, evidence: Evidence, offline: ThreadRating, dimensions: Sequence[Dimension]
    ) -> tuple[dict[str, Rating], list[Flag]]:
        """A fair reading, and a second look at the levels that are far above what the rules read: the lower counts."""
        ratings, flags = await self._read_fairly(evidence, dimensions)
        doubted = far_above(ratings, offline.ratings, dimensions, self._settings.second_look_from)
        quoted = only_quoted(evidence.cut, ratings, self._bank.cues.addressed) if doubted else evidence.thread
        if quoted == evidence.thread:
            return ratings, flags
        again = await self._read(quoted, replace(evidence, cut=quoted), doubted)
        for dim in doubted:
            if again[dim.id].level != ratings[dim.id].level:
                flags.append(difference_when_quoted(dim, ratings[dim.id], again[dim.id]))
                ratings[dim.id] = lower(ratings[dim.id], again[dim.id])
        return ratings, flags

    async def _read_fairly(
        self, evidence: Evidence, dimensions: Sequence[Dimension]
    ) -> tuple[dict[str, Rating], list[Flag]]:
        """One reading; two where something addresses the rater, and where these differ."""
        if evidence.addressed:
            return await self._read_twice(evidence, dimensions)
        return await self._read(evidence.thread, evidence, dimensions), []

    async def _red_flags(self, evidence: Evidence) -> list[Flag]:
        """The question's red flags that the answer raises; none where they are not known or not looked for."""
        looked_for = self._with_red_flags and self._manner != "small"
        question = self._question(evidence.thread) if looked_for else None
        if question is None:
            return []
        sheet = Sheet((as_dimension(question),), self._manner)
        read = await self._asking.ratings(sheet, evidence.cut, evidence, Sampling(0.0, 0))
        return raised(question, read[RED_FLAGS])

    def _question(self, thread: Thread) -> Question | None:
        try:
            return self._bank.question(thread.question_id) if thread.question_id else None
        except (NotInBank, ContentError):
            return None

    async def _read_twice(
        self, evidence: Evidence, dimensions: Sequence[Dimension]
    ) -> tuple[dict[str, Rating], list[Flag]]:
        """With and without what addresses the rater: the lower ratings, and where the two readings differ."""
        as_said, cut = await asyncio.gather(
            self._read(evidence.thread, evidence, dimensions), self._read(evidence.cut, evidence, dimensions)
        )
        ratings = {dim.id: lower(as_said[dim.id], cut[dim.id]) for dim in dimensions}
        differing = [dim for dim in dimensions if as_said[dim.id].level != cut[dim.id].level]
        return ratings, [difference(dim, as_said[dim.id], cut[dim.id]) for dim in differing]

    async def _read(self, shown: Thread, evidence: Evidence, dimensions: Sequence[Dimension]) -> dict[str, Rating]:
        """All samples of one reading, by dimension."""
        size = self._settings.dimensions_a_call if self._manner == "cheap" else 1
        temperature = self._settings.temperature if self._samples > 1 else 0.0
        answers = await asyncio.gather(
            *(
                self._asking.ratings(sheet, shown, evidence, Sampling(temperature, seed))
                for seed in range(self._samples)
                for sheet in sheets(dimensions, self._manner, size, turn=seed, decoys=self._decoys)
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
            Flag(FlagKind.UNCERTAIN, f"{dim.name}: the judge's samples are {ratings[dim.id].spread:.0f} levels apart.")
            for dim in dimensions
            if ratings[dim.id].spread >= apart
        ]
