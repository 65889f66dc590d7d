"""The offline rater, made when it is first needed: the first question on the screen does not wait for it.

Its twenty files of cues take 37 ms to read and its own modules 5, of 145 ms from the command line to the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ...bank.library import Bank
from ...bank.schema import AnswerType, Dimension
from ...session.thread import Thread
from ..rater import RaterIdentity, ThreadRating

if TYPE_CHECKING:
    from .reader import OfflineRater


_made: WeakKeyDictionary[Bank, OfflineRater] = WeakKeyDictionary()
_making = Lock()
_reading = Lock()
"""Held while a rater reads, for it keeps its last readings: drafts are read in a thread, while answers may be rated."""


class LazyRater:
    """Reads and rates as `OfflineRater` does. Any method raises `ContentError` when the cues cannot be used."""

    def __init__(self, bank: Bank):
        self._bank = bank

    @property
    def identity(self) -> RaterIdentity:
        """Who rates, and by which texts."""
        return self._rater().identity

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The same as `read`."""
        return self.read(thread, dimensions)

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """Findings and levels for each dimension; unscored where it cannot read."""
        rater = self._rater()
        with _reading:
            rated = rater.read(thread, dimensions)
        rubric = self._bank.rubric_hash(dimension.id for dimension in dimensions)
        return rated if rubric == rated.rater.rubric else replace(rated, rater=replace(rated.rater, rubric=rubric))

    def answer_type(self, thread: Thread) -> AnswerType:
        """What sort of answer the candidate gave."""
        rater = self._rater()
        with _reading:
            return rater.answer_type(thread)

    def warm_up(self) -> None:
        """Makes it ready to read at once. Any thread may call it; others that read meanwhile wait for it."""
        self._rater()

    def let_go(self) -> None:
        """Gives back what rating takes, when nothing is left to read; whoever reads all the same waits for it again."""
        with _making:
            _made.pop(self._bank, None)
            self._bank.let_go_of_cues()

    def _rater(self) -> OfflineRater:
        """One for each bank, shared with the judge: each rater compiles 900 patterns of its own."""
        with _making:
            made = _made.get(self._bank)
            if made is None:
                from .reader import OfflineRater

                made = OfflineRater(self._bank.cues, self._bank.rubric_hash(()))
                made.warm_up()
                re.purge()  # what keeps the last 512 expressions a second time
                _made[self._bank] = made
        return made
