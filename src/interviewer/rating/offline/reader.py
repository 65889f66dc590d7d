"""The offline rater: reads a thread by rules in a few milliseconds, the same bytes every time.

What stands in the thread `reading.py` finds, what of it counts `counting.py` says; here findings and quotes come of it,
and what addresses the rater, or may, is read once more without: the lower level counts. `levels.level_of` makes the
levels, as for every rater. Everything it says is an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ...bank.cues import Cues
from ...bank.schema import AnswerType, Dimension
from ...session.thread import Thread
from ..levels import level_of
from ..rater import Finding, Flag, RaterIdentity, Rating, ThreadRating
from .counting import Counting
from .parts import Answer
from .quotes import Quoting
from .reading import FOREIGN, Reading, ThreadReader
from .retraction import retraction_flag
from .two_readings import difference, difference_by_asides, with_faults

CUT_COSTS = 0.5
"""Units of manner that leaving something out costs, about what a short sentence more or less can move it."""


class OfflineRater:
    """Rates without a model: `read` at once, `rate` as the protocol wants it."""

    def __init__(self, cues: Cues, rubric: str = ""):
        """Sets it up.

        Args:
            rubric: hash of the dimensions, to stand beside each rating.
        """
        self._cues = cues
        self._rubric = rubric
        self._counting = Counting(cues)

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        return RaterIdentity("offline", 1, self._cues.hash, self._rubric)

    def warm_up(self) -> None:
        """Compiles the patterns, which the first reading would otherwise wait for."""
        _ = self.reader

    @cached_property
    def reader(self) -> ThreadReader:
        """What reads the threads, to see what it finds in them."""
        return ThreadReader(self._cues)

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The same as `read`."""
        return self.read(thread, dimensions)

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Findings and levels for each dimension; unscored where it cannot read.

        Where something may address the rater, it is read with and without that, and the lower level counts.
        """
        cut, flags = self.reader.without_addresses(thread)
        reading, quoting = self.reader.read(cut), Quoting(self._cues.quotes, thread)
        gates = reading.flags
        if cut is thread:
            ratings = {dimension.id: self._rating(quoting, reading, dimension) for dimension in dimensions}
        else:
            whole = self.reader.read(thread)
            gates = tuple(dict.fromkeys((*gates, *whole.flags)))
            reading = _worded_worse(reading if flags or reading.answer.reads else whole)
            ratings = self._read_twice(quoting, reading, whole, dimensions, flags)
        self._lower_by_asides(quoting, reading, cut, dimensions, ratings, flags)
        flags += self._retractions(reading, thread, dimensions, ratings)
        return ThreadRating(self.identity, ratings, (*flags, *gates))

    def answer(self, thread: Thread) -> Answer:
        """All that was found in the thread, to see where each part was seen."""
        return self.reader.read_without_addresses(thread).answer

    def answer_type(self, thread: Thread) -> AnswerType:
        """What sort of answer the candidate gave."""
        return self.reader.read_without_addresses(thread).type

    def without_asides(self, thread: Thread) -> Thread:
        """The thread with line breaks in place of what may be said to whoever reads."""
        return self.reader.without_asides(thread)

    def total(self, thread: Thread, dimension: Dimension) -> float | None:
        """The points behind a level, to fit where levels begin; None where the thread cannot be read."""
        reading = self.reader.read_without_addresses(thread)
        if dimension.id not in self._cues.dimensions or reading.foreign or not reading.answer.reads:
            return None
        return self._counting.total(reading, dimension)

    def _read_twice(
        self, quoting: Quoting, reading: Reading, whole: Reading, dimensions: Sequence[Dimension], flags: list[Flag]
    ) -> dict[str, Rating]:
        """The lower of both readings; adds flags that show where they differ.

        Args:
            whole: what was found with what addresses the rater.
        """
        of_whole = quoting.anew()
        ratings: dict[str, Rating] = {}
        for dimension in dimensions:
            as_said = self._rating(of_whole, whole, dimension)
            rated = self._rating(quoting, reading, dimension)
            lower = self._rating(quoting, reading, dimension, as_said.level or 5)
            ratings[dimension.id] = with_faults(dimension, lower, as_said)
            if as_said.level != rated.level and rated.level is not None:
                flags.append(difference(dimension, as_said, rated))
        return ratings

    def _lower_by_asides(
        self,
        quoting: Quoting,
        reading: Reading,
        thread: Thread,
        dimensions: Sequence[Dimension],
        ratings: dict[str, Rating],
        flags: list[Flag],
    ) -> None:
        """Lowers what stands higher only with what may be said to whoever reads; adds flags that show both levels."""
        if not reading.asides:
            return
        other = self.reader.read_without_asides(thread)
        if other.foreign or not other.answer.reads:
            return
        other = replace(other, type=reading.type)  # one sentence less makes no story an opinion
        of_other = quoting.anew()
        for dimension in dimensions:
            as_said = ratings[dimension.id]
            if as_said.level is None:
                continue
            if level_of(dimension, self._counting.counted(other, dimension).met) < as_said.level:
                rated = self._rating(of_other, other, dimension)
                ratings[dimension.id] = with_faults(dimension, rated, as_said)
                flags.append(difference_by_asides(dimension, as_said, rated))

    def _retractions(
        self, reading: Reading, thread: Thread, dimensions: Sequence[Dimension], ratings: dict[str, Rating]
    ) -> list[Flag]:
        """What it cost that something is taken back."""
        flags: list[Flag] = []
        for dimension in dimensions:
            back, level = self._counting.taken_back(reading, dimension), ratings[dimension.id].level
            if back is None or level is None:
                continue
            if level < (otherwise := self._counting.level_before_retractions(reading, dimension)):
                text = thread.turns[back.sentence.turn].text
                flags.append(retraction_flag(dimension, level, otherwise, text, back))
        return flags

    def _rating(self, quoting: Quoting, reading: Reading, dimension: Dimension, most: int = 5) -> Rating:
        if dimension.id not in self._cues.dimensions:
            return Rating(dimension.id, None, "The offline rater has no cues for this dimension.")
        if reading.foreign:
            return Rating(dimension.id, None, FOREIGN.text)
        if not reading.answer.reads:
            return Rating(dimension.id, None, "Nothing was said that could be rated.")
        seen, met = self._counting.counted(reading, dimension, most)
        shown = {part: (seen[part].places, known.terms) for part, known in dimension.parts.items() if part in met}
        quotes = quoting.quotes(shown, dimension.id, [read.shapes for read in reading.answer.reads])
        findings = tuple(Finding(part, part in met, quotes.get(part)) for part in dimension.parts)
        return Rating(dimension.id, level_of(dimension, met), findings=findings)


def _worded_worse(reading: Reading) -> Reading:
    """The reading with a lower manner: what is left out may take a weak sentence of the answer along."""
    first = None if reading.first is None else _worded_worse(reading.first)
    return replace(reading, whole=replace(reading.whole, manner=reading.whole.manner - CUT_COSTS), first=first)
