"""Transcript lines in, rating lines out, many at a time: the core of `interviewer rate`.

Lines come out in the order they came in, and at most a window of them is in memory. What cannot be rated is reported
with its number and the rest goes on. Knows no file and no screen: a source gives lines, a receiver takes outcomes.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..bank.library import Bank, NotInBank
from ..bank.schema import Dimension
from ..errors import PlainError
from ..session.json_lines import Id, id_of, json_object
from ..session.thread import Thread, thread_from_line
from ..text import clean_json
from .lines import rating_line
from .rater import Rater, ThreadRating
from .seen_ids import SeenIds

AHEAD = 4
"""Lines begun for each one that may be at the rater, so that one slow answer does not hold up the others."""

NOT_KEPT = frozenset({"id", "question_id", "question", "thread", "dims", "rater", "ratings", "flags", "probe"})
"""Keys of a transcript line that its rating line does not repeat, or has in its own place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A transcript line, read."""

    id: Id
    thread: Thread
    weights: Mapping[str, float]
    """By dimension: the question's own, or 1 each where the line names its `dims`."""
    dimensions: tuple[Dimension, ...]
    kept: Mapping[str, Any]
    """What else the line held."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A line was rated."""

    number: int
    line: bytes
    """The rating line, with its line break."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A line could not be rated."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class Known:
    """A line was passed over: its id is among those rated before."""

    number: int


Outcome = Rated | Failed | Known
Probing = Callable[[Answer, ThreadRating], dict[str, str] | None]
"""Says what an interviewer would ask next."""


def read_answer(raw: bytes, bank: Bank) -> Answer:
    """The answer of a transcript line.

    `dims`, where given, says what is rated; without it the question's own dimensions in the bank are.

    Raises:
        ValueError: the line is broken; the message says how, in words that follow "line 7: ".
        ContentError: a content file of the bank is faulty.
    """
    body = json_object(raw)
    name = id_of(body)
    thread = thread_from_line(body)
    weights = _weights(body, thread, bank)
    return Answer(
        id=name,
        thread=thread,
        weights=weights,
        dimensions=tuple(bank.dimension(dimension) for dimension in weights),
        kept={key: value for key, value in body.items() if key not in NOT_KEPT},
    )


def _weights(body: Mapping[str, Any], thread: Thread, bank: Bank) -> dict[str, float]:
    dims = body.get("dims")
    if dims is None:
        return _weights_in_bank(thread, bank)
    if not isinstance(dims, list) or not dims or not all(isinstance(name, str) for name in dims):
        raise ValueError("`dims` must be a list of dimensions")
    for name in dims:
        try:
            bank.dimension(name)
        except NotInBank as error:
            raise ValueError(f"`dims`: {error}") from None
    return dict.fromkeys(dims, 1.0)


def _weights_in_bank(thread: Thread, bank: Bank) -> dict[str, float]:
    if thread.question_id is None:
        raise ValueError("`question_id` or `dims` is needed to know what to rate")
    try:
        return {name: float(weight) for name, weight in bank.question(thread.question_id).weights.items()}
    except NotInBank:
        raise ValueError(f"the question {thread.question_id!r} is not in the bank, so `dims` is needed") from None


@dataclass(slots=True)
class Begun:
    """A line that was taken in."""

    number: int
    raw: bytes
    outcome: Outcome | None = None


class Window:
    """The lines that were taken in and whose outcomes have not been handed on yet: so many at most, in their order."""

    def __init__(self, source: AsyncIterator[tuple[int, bytes]], receive: Callable[[Outcome], None], most: int):
        self._source = source
        self._receive = receive
        self._begun: deque[Begun] = deque()
        self._room = asyncio.Semaphore(most)
        self._taking = asyncio.Lock()

    async def next_line(self) -> Begun | None:
        """The next line that is not blank, when there is room for it; None at the end."""
        async with self._taking:
            await self._room.acquire()
            async for number, raw in self._source:
                if raw.strip():
                    self._begun.append(Begun(number, raw))
                    return self._begun[-1]
            self._room.release()
            return None

    def hand_on(self) -> None:
        """Hands on whatever stands before the first line that is still at the rater."""
        while self._begun and (outcome := self._begun[0].outcome):
            self._begun.popleft()
            self._room.release()
            self._receive(outcome)

    def hand_on_all(self) -> None:
        """Hands on whatever is there, past lines that are given up."""
        for line in self._begun:
            if line.outcome:
                self._receive(line.outcome)


class Batch:
    """Rates lines with one rater. No id is rated twice."""

    def __init__(self, bank: Bank, rater: Rater, *, done: Container[Id] = (), probing: Probing | None = None):
        """Sets it up.

        Args:
            done: ids rated in an earlier run.
        """
        self._bank = bank
        self._rater = rater
        self._done = done
        self._probing = probing

    async def run(
        self, source: AsyncIterator[tuple[int, bytes]], receive: Callable[[Outcome], None], *, concurrency: int
    ) -> None:
        """Rates every line of the source; `receive` gets the outcomes in the source's order.

        When cancelled, what is rated is still received, whatever it was waiting for, and the rest is given up.

        Args:
            source: lines with their numbers; blank ones are passed over.
            concurrency: answers at the rater at the same time.
        """
        window = Window(source, receive, concurrency * AHEAD)
        with SeenIds() as seen:
            at_work = [asyncio.create_task(self._work(window, seen)) for _ in range(concurrency)]
            try:
                await asyncio.gather(*at_work)
            except asyncio.CancelledError:
                window.hand_on_all()
                raise
            finally:
                await _give_up(at_work)

    async def _work(self, window: Window, seen: SeenIds) -> None:
        """Rates one line after the other, as each of those at work does, until there are no more."""
        while line := await window.next_line():
            line.outcome = await self._outcome(line.number, line.raw, seen)
            window.hand_on()
            await asyncio.sleep(0)  # a rater that never waits leaves the others, and Ctrl-C, their turn

    async def _outcome(self, number: int, raw: bytes, seen: SeenIds) -> Outcome:
        try:
            return await self._rated(number, raw, seen)
        except PlainError as error:
            return Failed(number, f"{error} {error.next_step}".strip())
        except ValueError as error:
            return Failed(number, str(error))
        except Exception as error:  # noqa: BLE001 (one answer's failure must not cost the others)
            return Failed(number, f"it could not be rated ({type(error).__name__})")

    async def _rated(self, number: int, raw: bytes, seen: SeenIds) -> Outcome:
        answer = read_answer(raw, self._bank)
        if (first := seen.first_line(answer.id, number)) != number:
            return Failed(number, f"its id is that of line {first}")
        if answer.id in self._done:
            return Known(number)
        rated = await self._rater.rate(answer.thread, answer.dimensions)
        if rated.why_unread:
            return Failed(number, f"it was not rated. {rated.why_unread}")
        probe = self._probing(answer, rated) if self._probing else None
        return Rated(number, encoded(answer, rated, probe))


def encoded(answer: Answer, rated: ThreadRating, probe: Mapping[str, str] | None) -> bytes:
    """The rating line as it is written: UTF-8, one object, a line break."""
    body = {"id": answer.id, "question_id": answer.thread.question_id, **rating_line(rated), "probe": probe}
    return as_line({**body, **answer.kept})


def as_line(body: Mapping[str, Any]) -> bytes:
    """The object as one line of JSON, which may be shown on a terminal."""
    return clean_json(json.dumps(body, ensure_ascii=False, allow_nan=False)).encode() + b"\n"


async def _give_up(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
