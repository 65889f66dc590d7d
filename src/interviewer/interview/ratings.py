"""Ratings while the conversation goes on: the offline reading at once, the judge's in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from ..bank.schema import AnswerType, Dimension
from ..errors import PlainError
from ..models.model import Model
from ..models.privacy import where
from ..rating.lines import rating_line
from ..rating.owed import read_by
from ..rating.rater import Rater, ThreadRating
from ..rating.too_little import as_told
from ..session.events import Event, Rated, Stage
from ..session.thread import Thread
from ..session.transcript import ThreadState


class Reader(Protocol):
    """The offline reader: findings within milliseconds, so that a probe can be picked while the candidate waits."""

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """What the thread holds, by cues alone."""
        ...

    def answer_type(self, thread: Thread) -> AnswerType:
        """What sort of answer the thread is so far."""
        ...

    def warm_up(self) -> None:
        """Makes it ready to read at once; called from a thread of its own."""
        ...


class Ratings:
    """Keeps the judge at work and its results in order. Everything it finds is recorded as an event."""

    def __init__(
        self,
        reader: Reader,
        judge: Rater | None,
        record: Callable[[Event], object],
        model: Model | None = None,
        why_unrated: Callable[[Thread], str | None] = lambda thread: None,
        heard: Callable[[Thread], Thread] = lambda thread: thread,
    ):
        """Args:
        model: the judge's, closed with the ratings.
        why_unrated: why no rule can have read anything in a thread, where that is so.
        heard: the thread without what nobody may rate; every place in it stays where it was.
        """
        self._heard = heard
        self._why_unrated = why_unrated
        self.reader = reader
        self.model = model
        self.judge = judge
        self._record = record
        self.trouble: PlainError | None = None
        """Why a rating of the judge is missing, where that is more than a call that failed; the offline one stands."""
        self._broken: BaseException | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._readings: dict[int, tuple[Thread, asyncio.Task[ThreadRating]]] = {}
        self._latest: dict[int, tuple[Thread, ThreadRating]] = {}
        self._last_read: tuple[Thread, tuple[str, ...], ThreadRating] | None = None

    def warm_up(self) -> None:
        """Gets the readers ready. Any thread may do it. Raises `ContentError`."""
        for reader in (self.reader, self.judge):
            if warm_up := getattr(reader, "warm_up", None):
                warm_up()

    def read(self, index: int, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The best reading at hand: the judge's if it has read this very thread, else the offline one."""
        heard = self._heard(thread)
        judged = self._latest.get(index)
        return judged[1] if judged and judged[0] == heard else self._offline(heard, dimensions)

    def rate(self, index: int, stage: Stage, state: ThreadState, dimensions: Sequence[Dimension]) -> None:
        """Records the offline rating, but for one that is in the log as after a kill, and sets the judge to work."""
        heard = self._heard(state.thread)
        rated = Rated(thread=index, stage=stage, line=rating_line(self.told(heard, self._offline(heard, dimensions))))
        if rated not in state.ratings:
            self._record(rated)
        self._set_to_work(index, stage, heard, dimensions)

    def make_up(self, index: int, state: ThreadState, dimensions: Sequence[Dimension]) -> None:
        """Has the thread read by whoever owes that; see `rating/owed.py`."""
        if read_by(state):
            self._set_to_work(index, "final", self._heard(state.thread), dimensions)
        else:
            self.rate(index, "final", state, dimensions)

    def told(self, thread: Thread, rated: ThreadRating) -> ThreadRating:
        """The rating as the candidate is told of it: no levels where nothing was said that could have any."""
        return as_told(rated, self._why_unrated(thread))

    def _offline(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The offline reading; the last one is kept, for what is chosen by it is recorded afterwards."""
        names = tuple(dimension.id for dimension in dimensions)
        last = self._last_read
        if last is None or last[:2] != (thread, names):
            self._last_read = last = thread, names, self.reader.read(thread, dimensions)
        return last[2]

    def _set_to_work(self, index: int, stage: Stage, thread: Thread, dimensions: Sequence[Dimension]) -> None:
        if self.judge is None:
            return
        reading = self._reading(self.judge, index, thread, dimensions)
        task = asyncio.create_task(self._judged(reading, index, stage, thread))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _reading(
        self, judge: Rater, index: int, thread: Thread, dimensions: Sequence[Dimension]
    ) -> asyncio.Task[ThreadRating]:
        """The judge's reading of that very thread: one call for an answer that is left without a probe, not two."""
        before = self._readings.get(index)
        if before is None or before[0] != thread or _is_void(before[1]):
            self._readings[index] = before = (thread, asyncio.create_task(judge.rate(thread, dimensions)))
        return before[1]

    async def _judged(self, reading: asyncio.Task[ThreadRating], index: int, stage: Stage, thread: Thread) -> None:
        rated = await reading
        if index in self._readings and not self._readings[index][0].goes_on_from(thread):
            return  # an answer in it was taken back, and another was read since
        if not rated.why_unread:  # else the offline reading stays the best at hand
            self._latest[index] = (thread, rated)
        self._record(Rated(thread=index, stage=stage, line=rating_line(rated)))

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Keeps what went wrong until it can be told: asyncio would write it over what is being typed."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, PlainError):
            self.trouble = self.trouble or error
        else:
            self._broken = self._broken or error

    @property
    def destination(self) -> str:
        """Where the judge's calls go, in a sentence; empty without a judge that is a model."""
        return where(self.model.host, local=self.model.local) if self.model else ""

    def judged_by(self, name: str) -> bool:
        """Whether the model of that name is the judge."""
        return self.model is not None and self.model.name == name

    async def dismiss_judge(self) -> None:
        """Rates offline from now on. What the judge has under way is given up."""
        await self.close()
        self.judge = self.model = None

    @property
    def pending(self) -> int:
        """Ratings not back yet."""
        return len(self._tasks)

    async def finish(self, progress: Callable[[int], None] = lambda left: None) -> None:
        """Waits for what is left, telling how many are left after each. Raises what nobody foresaw at last."""
        while self._tasks:
            progress(len(self._tasks))
            await asyncio.wait(set(self._tasks), return_when=asyncio.FIRST_COMPLETED)
        progress(0)
        if self._broken:
            raise self._broken

    async def close(self) -> None:
        """Lets go of the judge's connections."""
        await self.stop()
        if self.model:
            await self.model.close()

    async def stop(self) -> None:
        """Gives up what is left; what is recorded stays."""
        tasks = [*self._tasks, *(task for _, task in self._readings.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._readings.clear()


def _is_void(reading: asyncio.Task[ThreadRating]) -> bool:
    """Whether it failed, or ended without a single level, so that asking again may help."""
    if not reading.done():
        return False
    if reading.cancelled() or reading.exception():
        return True
    return all(rating.level is None for rating in reading.result().ratings.values())
