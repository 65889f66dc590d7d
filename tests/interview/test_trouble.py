"""A model that fails in mid-interview: whichever way the candidate goes on, the follow-up is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.interview import Interview
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.interview.underway import Bounds
from interviewer.models.model import Broken, Model, ModelError, Request, Unauthorised, Unreachable
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog, ModelCalled, ProbeAsked

ANSWER = (
    "Our bank wanted to drop the second check of large transfers. I read 300 of them, and in 6 the second person had "
    "stopped a fraud. I told my manager that this would cost about 40 thousand euros a month, and we kept it."
)


@dataclass
class Downtime:
    """A server that answers nothing until it is `up`."""

    up: bool = False

    def opened(self, name: str) -> Model:
        return ScriptedModel([self._reply], name=name)

    def _reply(self, request: Request) -> str:
        if not self.up:
            raise Unreachable("Nothing answers.", "Start it.")
        return "How did you read those 300?"


class Chooses(ScriptedCandidate):
    """Picks this, once the judge has failed too."""

    def __init__(self, choice: str, server: Downtime):
        super().__init__([ANSWER])
        self.choice, self.server = choice, server
        self.interview: Interview | None = None

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        while self.interview and self.interview.ratings.pending:
            await asyncio.sleep(0)
        self.server.up = True
        return self.choice


@pytest.mark.parametrize(("choice", "wording"), [("again", "model"), ("offline", "bank")])
def test_after_an_error_the_follow_up_is_asked_by_the_model_or_by_the_bank(
    choice: str, wording: str, bank: Bank, reader: OfflineRater
) -> None:
    server, log = Downtime(), MemoryLog()
    candidate = Chooses(choice, server)
    readers = Readers(reader, judge="scripted/large", model="scripted/large", opened=server.opened)
    candidate.interview = begin(bank, log, readers, Wishes(questions=("safety-over-speed",), seed=7))

    async def held() -> None:
        assert candidate.interview
        await candidate.interview.run(candidate)
        await candidate.interview.finish()

    asyncio.run(held())
    assert [event.wording for event in log.events if isinstance(event, ProbeAsked)] == [wording]
    assert any(isinstance(event, ModelCalled) and event.error for event in log.events)


OTHERS = {"openai/b": "goes to api.example.com", "ollama/c": "stays on this machine, 127.0.0.1:11434"}


@pytest.mark.parametrize(
    ("error", "offered"),
    [
        (Unauthorised("No."), ["ollama/c"]),
        (Unreachable("No."), ["ollama/c"]),
        (Broken("No."), ["openai/b", "ollama/c"]),
    ],
)
def test_no_other_model_is_offered_at_an_address_that_is_dead_or_takes_no_key(
    error: ModelError, offered: list[str], bank: Bank, reader: OfflineRater
) -> None:
    model = ScriptedModel([error], name="openai/a")
    model.host = "api.example.com"
    seen: list[str] = []

    class Sees(ScriptedCandidate):
        async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
            seen.extend(name for name in options if "/" in name)
            return "leave"

    async def others() -> Mapping[str, str]:
        return OTHERS

    readers = Readers(reader, model=model.name, opened=lambda name: model, bounds=Bounds(others=others))
    asyncio.run(begin(bank, MemoryLog(), readers, Wishes(questions=("safety-over-speed",), seed=7)).run(Sees([ANSWER])))
    assert seen == offered


def test_a_coach_says_that_it_was_the_quick_reading_that_spoke_and_not_the_judge(
    bank: Bank, reader: OfflineRater
) -> None:
    candidate = ScriptedCandidate([ANSWER, "No."])
    readers = Readers(reader, judge="scripted/large", opened=Downtime().opened)
    interview = begin(bank, MemoryLog(), readers, Wishes(questions=("safety-over-speed",), seed=7), mode="coach")
    asyncio.run(interview.run(candidate))
    [said] = [utterance.text for utterance in candidate.heard if utterance.purpose == "feedback"]
    assert said.endswith(interview.lines.estimated.format(judge="scripted/large"))
