"""Where words go is told under the first question, and before a word can be typed; tested without a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Command, Reply, ScriptedCandidate, Situation
from interviewer.interview.interview import Interview
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.models.model import Unreachable
from interviewer.models.ollama import OllamaModel
from interviewer.models.opening import open_model
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from tests.doubles.ollama import OllamaDouble

ASKED = "safety-over-speed"
HERE = "Your words are sent to this process on this machine."
THERE = "Your words leave this machine and go to far.example."


class Innocent(ScriptedModel):
    """Says that it is on this machine until it is asked."""

    async def locate(self) -> None:
        """It is not."""
        await asyncio.sleep(0)
        self.host, self.local = "far.example", False


class Listener(ScriptedCandidate):
    """Keeps what had been said by the time the first word was asked for, and leaves."""

    async def reply(self, situation: Situation) -> Reply:
        """Goes."""
        return Command("quit")

    @property
    def told(self) -> list[tuple[str, str]]:
        """Purpose and text, of all but the greeting."""
        return [(said.purpose.value, said.text) for said in self.heard if said.purpose != "greeting"]


Opening = Callable[..., Interview]


@pytest.fixture
def opening(bank: Bank, reader: OfflineRater) -> Opening:
    """Begins an interview with that model for both roles: `opening(model, format="round")`."""

    def opened(model: ScriptedModel, questions: Sequence[str] = (ASKED,), **wishes: str) -> Interview:
        readers = Readers(reader, model=model.name, judge=model.name, opened=lambda name: model)
        return begin(bank, MemoryLog(), readers, Wishes(questions=tuple(questions), **wishes))  # type: ignore[arg-type]

    return opened


def heard_by(interview: Interview) -> Listener:
    candidate = Listener([])

    async def held() -> None:
        await interview.run(candidate)
        await interview.abandon()

    asyncio.run(held())
    return candidate


def test_the_question_comes_first_and_where_words_go_before_any_can_be_typed(bank: Bank, opening: Opening) -> None:
    told = heard_by(opening(ScriptedModel(["Why?"]))).told
    assert told == [("question", bank.question(ASKED).ask), ("whereabouts", HERE)]


def test_a_model_that_turns_out_to_be_elsewhere_is_told_before_any_word_can_be_typed(opening: Opening) -> None:
    told = heard_by(opening(Innocent(["Why?"]))).told
    assert [purpose for purpose, _ in told] == ["question", "whereabouts"]
    assert told[1][1] == THERE


def test_whoever_comes_back_is_told_again(bank: Bank, reader: OfflineRater, opening: Opening) -> None:
    model = ScriptedModel(["Why?"])
    before = opening(model)
    heard_by(before)
    assert isinstance(before.log, MemoryLog)
    readers = Readers(reader, model=model.name, judge=model.name, opened=lambda name: model)
    again = take_up(bank, before.log, readers, before.log.events)
    assert [purpose for purpose, _ in heard_by(again).told] == ["notice", "question", "whereabouts"]


def test_what_it_will_cost_stands_beside_where_words_go(opening: Opening) -> None:
    async def foretell() -> str:
        return "This will cost about $0.02."

    interview = opening(Innocent(["Why?"]), format="round")
    interview.bounds = replace(interview.bounds, foretell=foretell)
    assert heard_by(interview).told[1:] == [("whereabouts", THERE), ("notice", "This will cost about $0.02.")]


def test_a_model_that_cannot_say_its_price_is_settled_before_any_word_is_typed(opening: Opening) -> None:
    async def foretell() -> str:
        raise Unreachable("Nothing answers at far.example.")

    interview = opening(Innocent(["Why?"]), format="round")
    interview.bounds = replace(interview.bounds, foretell=foretell)
    told = heard_by(interview).told
    assert [purpose for purpose, _ in told] == ["question", "whereabouts", "trouble", "notice"]
    assert told[-1][1] == "From now on: offline."


def test_a_server_is_asked_once_what_a_model_is_that_asks_and_rates(bank: Bank, reader: OfflineRater) -> None:
    with OllamaDouble() as ollama:
        readers = Readers(
            reader, model="ollama/ok", judge="ollama/ok",
            opened=lambda name: open_model(name, base_url=ollama.url, environment={}),
        )  # fmt: skip
        interview = begin(bank, MemoryLog(), readers, Wishes(questions=(ASKED,)))
        told = heard_by(interview).told
        asked = [request.path for request in ollama.requests]
    assert told[-1] == ("whereabouts", f"Your words are sent to 127.0.0.1:{ollama.port} on this machine.")
    assert asked == ["/api/version", "/api/tags", "/api/show"]
    assert isinstance(interview.voice.model, OllamaModel)
    assert interview.ratings.model is interview.voice.model


def test_two_names_are_two_models(bank: Bank, reader: OfflineRater) -> None:
    readers = Readers(reader, model="one", judge="two", opened=lambda name: ScriptedModel(["Why?"], name=name))
    interview = begin(bank, MemoryLog(), readers, Wishes(questions=(ASKED,)))
    assert interview.voice.model is not interview.ratings.model


def test_closing_a_model_twice_is_no_fault() -> None:
    async def closed() -> None:
        with OllamaDouble() as ollama:
            model = open_model("ollama/ok", base_url=ollama.url, environment={})
            await model.close()
            await model.locate()
            await model.close()
            await model.close()

    asyncio.run(closed())
