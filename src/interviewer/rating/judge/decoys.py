"""One part among those of a dimension that no answer shows, as a check on whoever marks them.

A judge that marks it as met does what an answer told it to do, or says yes to everything: it has not read. Whoever
writes an answer cannot know which part it is. It may not know how parts are put into words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ...bank.judging import Decoy
from ...bank.schema import Dimension, Part

MARKED = "The judge marked a statement that no answer makes true, so its reading of this answer does not count."
"""Why a dimension is unscored."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A decoy in its place."""

    id: str
    part: Part
    place: int
    """How many of the dimension's parts stand before it."""


class Decoys:
    """Draws a decoy for each dimension, and its place; both stay, so that a cache can go on serving the prompts."""

    def __init__(self, known: Sequence[Decoy]):
        self._known = known
        self._chance = random.SystemRandom()
        self._planted: dict[str, Planted] = {}

    def among(self, dimension: Dimension) -> Planted:
        """The dimension's decoy."""
        if dimension.id not in self._planted:
            decoy = self._chance.choice([decoy for decoy in self._known if decoy.id not in dimension.parts])
            place = self._chance.randrange(len(dimension.parts) + 1)
            self._planted[dimension.id] = Planted(decoy.id, Part(met_when=decoy.says), place)
        return self._planted[dimension.id]
