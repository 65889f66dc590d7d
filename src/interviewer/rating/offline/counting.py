"""What of a dimension counts in a reading: how high the gates and the kind of answer let it go, and what is taken back.

It may not know what is shown of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...bank.cues import AnswerTypeCues, Cues
from ...bank.schema import AnswerType, Dimension
from ..levels import level_of
from .parts import Read, Seen, claimed, hold_to, met_parts, see_parts, sum_of
from .reading import Reading
from .retraction import retraction


class Counted(NamedTuple):
    """A dimension in a reading."""

    seen: Mapping[str, Seen]
    """Every part with where it was seen."""
    met: frozenset[str]
    """The parts that count as met."""


class Counting:
    """Counts parts by the cues of each dimension."""

    def __init__(self, cues: Cues):
        self._cues = cues

    def counted(self, reading: Reading, dimension: Dimension, most: int = 5) -> Counted:
        """The parts that count as met and are claimed, up to a level.

        Raises:
            KeyError: the dimension has no cues.
        """
        seen, met = self._before_retractions(reading, dimension, most)
        if self.taken_back(reading, dimension):
            cap = self._cues.gates.taken_back.cap
            met = hold_to(dimension, met, seen, max(1, min(level_of(dimension, met) - 1, cap)))
        return Counted(seen, frozenset(claimed(dimension, met, seen)))

    def taken_back(self, reading: Reading, dimension: Dimension) -> Read | None:
        """The sentence that takes back what the dimension rests on."""
        return retraction(self._cues.gates.taken_back, dimension.id, reading.answer)

    def level_before_retractions(self, reading: Reading, dimension: Dimension) -> int:
        """The level as it would be if nothing had been taken back."""
        cues = self._cues.dimensions[dimension.id]
        return level_of(dimension, self._within_limits(see_parts(cues, reading.answer), reading, dimension, 5))

    def total(self, reading: Reading, dimension: Dimension) -> float:
        """The points behind a level, to fit where levels begin."""
        cues = self._cues.dimensions[dimension.id]
        return sum_of(cues, see_parts(cues, reading.answer), reading.whole)

    def _before_retractions(
        self, reading: Reading, dimension: Dimension, most: int
    ) -> tuple[Mapping[str, Seen], set[str]]:
        """What is seen and met: in all that was said, or in the first answer where no fault came to light after it."""
        cues = self._cues.dimensions[dimension.id]
        seen = see_parts(cues, reading.answer)
        met = self._within_limits(seen, reading, dimension, most)
        if not cues.stands or reading.first is None or any(dimension.parts[part].fault for part in met):
            return seen, met
        seen_first = see_parts(cues, reading.first.answer)
        met_first = self._within_limits(seen_first, reading.first, dimension, most)
        if level_of(dimension, met_first) > level_of(dimension, met):
            return seen_first, met_first
        return seen, met

    def _within_limits(self, seen: Mapping[str, Seen], reading: Reading, dimension: Dimension, most: int) -> set[str]:
        cues = self._cues.dimensions[dimension.id]
        met = met_parts(dimension, cues, seen, sum_of(cues, seen, reading.whole))
        return hold_to(dimension, met, seen, min(most, _cap(self._cues.answer_type, reading, dimension)))


def _cap(rules: AnswerTypeCues, reading: Reading, dimension: Dimension) -> int:
    """How high the gates let it go, and the kind of answer where something lived was asked for."""
    story = reading.type is AnswerType.STORY
    if story or not reading.answer.past_question or dimension.id not in rules.only_stories:
        return reading.passed.cap
    return min(reading.passed.cap, rules.planned if reading.type is AnswerType.PLAN else rules.otherwise)
