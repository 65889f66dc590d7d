"""What the interviewer thinks about while something is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import AnswerType, Dimension
from interviewer.interview.candidate import Purpose, Reply, ScriptedCandidate, Situation
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session.events import MemoryLog
from interviewer.session.thread import Thread

DRAFT = "I held a release back for two days because the filter had let 212 names through, and the director"
ANSWER = f"{DRAFT} was not happy about it."


class Counting:
    """The offline reader, with an account of what it was asked to read."""

    def __init__(self, reader: OfflineRater):
        self._reader = reader
        self.asked: list[str] = []

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        self.asked.append(thread.answers[-1])
        return self._reader.read(thread, dimensions)

    def answer_type(self, thread: Thread) -> AnswerType:
        self.asked.append(thread.answers[-1])
        return self._reader.answer_type(thread)

    def warm_up(self) -> None:
        self._reader.warm_up()


class Typist(ScriptedCandidate):
    """Has each draft thought about, then sends; the account is at nothing when it does."""

    def __init__(self, answers: list[str], drafts: Sequence[str], reader: Counting, log: MemoryLog):
        super().__init__(answers)
        self._drafts, self._reader, self._log = drafts, reader, log
        self.stored = 0
        """Events that a draft led to."""

    async def reply(self, situation: Situation) -> Reply:
        before = len(self._log.events)
        for draft in self._drafts:
            await asyncio.to_thread(situation.foresee, draft)
        self.stored += len(self._log.events) - before
        self._reader.asked.clear()
        return await super().reply(situation)


def _held(bank: Bank, reader: OfflineRater, drafts: Sequence[str]) -> tuple[list[str], list[str], int]:
    """What was read after an answer, what was asked then, and how many events the drafts led to."""
    log, counting = MemoryLog(), Counting(reader)
    candidate = Typist([ANSWER], drafts, counting, log)
    interview = begin(bank, log, Readers(counting), Wishes(questions=("safety-over-speed",), seed=7))
    interview.follow_up.warm_up()
    asyncio.run(interview.run(candidate))
    probes = [heard.text for heard in candidate.heard if heard.purpose is Purpose.PROBE]
    return [text for text in counting.asked if text == ANSWER], probes, candidate.stored


def test_nothing_is_read_after_an_answer_that_was_thought_about_while_it_was_typed(
    bank: Bank, reader: OfflineRater
) -> None:
    read, probes, _ = _held(bank, reader, [DRAFT, ANSWER])
    assert (read, len(probes)) == ([], 1)


@pytest.mark.parametrize("drafts", [[DRAFT], [ANSWER], [DRAFT, ANSWER, "", DRAFT]])
def test_what_was_typed_before_an_answer_changes_nothing_that_is_asked_or_kept(
    bank: Bank, reader: OfflineRater, drafts: list[str]
) -> None:
    _, asked, stored = _held(bank, reader, drafts)
    assert asked == _held(bank, reader, [])[1]
    assert stored == 0
