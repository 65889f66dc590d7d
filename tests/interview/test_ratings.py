"""What the judge is asked while the conversation goes on."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.problems import ContentError, Problem
from interviewer.bank.schema import Dimension
from interviewer.interview.ratings import Ratings
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import Rating, ThreadRating
from interviewer.session.events import MemoryLog, Rated, Stage
from interviewer.session.thread import Thread, Turn
from interviewer.session.transcript import ThreadState

FIRST = Thread("Tell me about a release you held back.", (Turn("candidate", "I held it for two days, for 212 names."),))
GROWN = replace(FIRST, turns=(*FIRST.turns, Turn("interviewer", "Who minded?"), Turn("candidate", "The director.")))


class Judge:
    """Reads as the offline reader does, and remembers what; `fails` times it gives no level, or raises the error."""

    def __init__(self, reader: OfflineRater, fails: int = 0, error: Exception | None = None):
        self.identity = replace(reader.identity, model="stand-in/judge")
        self.read: list[Thread] = []
        self._reader = reader
        self.fails = fails
        self._error = error

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        self.read.append(thread)
        rated = replace(self._reader.read(thread, dimensions), rater=self.identity)
        if len(self.read) > self.fails:
            return rated
        if self._error:
            raise self._error
        return replace(rated, ratings={each.id: Rating(each.id, None, "Nobody answered.") for each in dimensions})


def said(thread: Thread) -> ThreadState:
    return ThreadState("", thread.question, {}, list(thread.turns))


async def _rate(bank: Bank, reader: OfflineRater, judge: Judge, asked: Sequence[tuple[Stage, Thread]]) -> list[Rated]:
    log = MemoryLog()
    ratings = Ratings(reader, judge, log.append)
    for stage, thread in asked:
        ratings.rate(0, stage, said(thread), [bank.dimension("evidence")])
        if judge.fails:
            await ratings.finish()
    await ratings.finish()
    events = [event for event in log.events if isinstance(event, Rated)]
    return [event for event in events if event.line["rater"]["model"] == judge.identity.model]


@pytest.mark.parametrize(("last", "calls"), [(FIRST, 1), (GROWN, 2)])
def test_the_judge_reads_a_thread_once_however_often_it_is_rated(
    bank: Bank, reader: OfflineRater, last: Thread, calls: int
) -> None:
    judge = Judge(reader)
    rated = asyncio.run(_rate(bank, reader, judge, [("first", FIRST), ("final", last)]))
    assert sorted(event.stage for event in rated) == ["final", "first"]
    assert len(judge.read) == calls


def test_a_slow_reading_of_an_answer_that_was_taken_back_is_not_recorded(bank: Bank, reader: OfflineRater) -> None:
    class Slow(Judge):
        async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
            await asyncio.sleep(0 if thread.turns == GROWN.turns else 0.01)
            return await super().rate(thread, dimensions)

    judge = Slow(reader)
    anew = replace(FIRST, turns=(Turn("candidate", "I told the director that I held it for 212 names."),))
    rated = asyncio.run(_rate(bank, reader, judge, [("first", FIRST), ("first", anew), ("final", anew)]))
    assert (len(judge.read), [event.stage for event in rated]) == (2, ["first", "final"])
    kept = asyncio.run(_rate(bank, reader, Slow(reader), [("first", FIRST), ("final", GROWN)]))
    assert [event.stage for event in kept] == ["final", "first"]


def test_a_thread_that_the_judge_could_not_rate_is_read_again(bank: Bank, reader: OfflineRater) -> None:
    judge = Judge(reader, fails=1)
    rated = asyncio.run(_rate(bank, reader, judge, [("first", FIRST), ("final", FIRST)]))
    assert [event.line["ratings"]["evidence"]["level"] is None for event in rated] == [True, False]


def test_a_judge_that_broke_down_stops_no_interview_and_reads_again(bank: Bank, reader: OfflineRater) -> None:
    judge = Judge(reader, fails=1, error=ContentError([Problem(Path("judge.md"), None, "", "is missing")]))
    rated = asyncio.run(_rate(bank, reader, judge, [("first", FIRST), ("final", FIRST)]))
    assert [event.stage for event in rated] == ["final"]


def test_what_goes_wrong_in_the_background_is_told_at_the_end_and_never_by_asyncio_over_what_is_typed(
    bank: Bank, reader: OfflineRater
) -> None:
    faulty, unforeseen = ContentError([Problem(Path("judge.md"), None, "", "is missing")]), ZeroDivisionError()
    over_the_screen: list[str] = []

    async def rated(error: Exception) -> Ratings:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: over_the_screen.append(told["message"]))
        ratings = Ratings(reader, Judge(reader, fails=1, error=error), MemoryLog().append)
        ratings.rate(0, "final", said(FIRST), [bank.dimension("evidence")])
        while ratings.pending:
            await asyncio.sleep(0)
        try:
            await ratings.finish()
        finally:
            gc.collect()
        return ratings

    assert asyncio.run(rated(faulty)).trouble is faulty
    with pytest.raises(ZeroDivisionError):
        asyncio.run(rated(unforeseen))
    assert over_the_screen == []


def test_who_gave_no_answer_gets_no_level_that_history_or_trends_could_count(bank: Bank, reader: OfflineRater) -> None:
    log = MemoryLog()
    angry = Thread("Tell me about a release you held back.", (Turn("candidate", "I am sick of it. Stop asking."),))
    dimensions = [bank.dimension("evidence"), bank.dimension("humility")]
    Ratings(reader, None, log.append).rate(0, "final", said(angry), dimensions)
    assert [[each["level"] for each in event.line["ratings"].values()] for event in log.events] == [[None, None]]  # type: ignore[attr-defined]
