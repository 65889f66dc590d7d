"""What the bottom line counts: the questions as they were first asked, and whatever was asked further in one."""

from __future__ import annotations

import asyncio

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Reply, ScriptedCandidate, Situation
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog

LOOK = "I would look at two hundred of those conversations myself before I touched anything."


class Watching(ScriptedCandidate):
    def __init__(self, answers: list[str]):
        super().__init__(answers)
        self.stood: list[tuple[int, int]] = []

    async def reply(self, situation: Situation) -> Reply:
        self.stood.append((situation.number, situation.probe))
        return await super().reply(situation)


def stood(bank: Bank, reader: OfflineRater, wishes: Wishes, answers: list[str]) -> list[tuple[int, int]]:
    candidate = Watching(answers)
    asyncio.run(begin(bank, MemoryLog(), Readers(reader), wishes, mode="coach").run(candidate))
    return candidate.stood


def test_a_new_fact_of_a_scenario_is_no_second_probe_one(bank: Bank, reader: OfflineRater) -> None:
    wishes = Wishes(format="scenario", questions=("agreeable-model",), seed=7)
    told = stood(bank, reader, wishes, [LOOK, "I would ask the raters why.", "I would hold it back.", "/end"])
    further = [probe for _, probe in told]
    assert further == sorted(set(further))


def test_a_question_that_is_done_again_keeps_its_number(bank: Bank, reader: OfflineRater) -> None:
    wishes = Wishes(format="round", questions=("disagreement", "safety-over-speed"), seed=7)
    told = stood(bank, reader, wishes, [LOOK, "No, nothing more to add.", "/redo", LOOK, "/end"])
    assert [number for number, _ in told] == [1, 1, 2, 1, 1]
