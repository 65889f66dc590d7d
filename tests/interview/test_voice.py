"""Who words the probes, and what becomes of a model that fails while it gets ready."""

from __future__ import annotations

import asyncio
import gc

import pytest

from interviewer.bank.library import Bank
from interviewer.interview import voice
from interviewer.interview.voice import Voice
from interviewer.models.model import NoSuchModel, Unreachable
from interviewer.models.scripted import ScriptedModel
from interviewer.session.events import OFFLINE, MemoryLog


class Failing(ScriptedModel):
    """Is there, and cannot be loaded."""

    tried = False

    async def locate(self) -> None:
        """It is there."""

    async def warm_up(self) -> None:
        """It does not fit into the memory."""
        self.tried = True
        raise Unreachable("The model does not fit.", "Choose a smaller one.")


def test_a_model_that_fails_while_it_gets_ready_is_told_of_when_needed_and_not_by_asyncio_over_what_is_typed(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "DRAWN", 0.0)
    over_the_screen: list[str] = []
    model = Failing([])

    async def changed_for_another() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: over_the_screen.append(told["message"]))
        spoken = Voice(bank, lambda name: model, MemoryLog().append)
        spoken.take("scripted/large")
        await spoken.prepare()
        while not model.tried:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        spoken.take(OFFLINE)
        gc.collect()

    asyncio.run(changed_for_another())
    assert over_the_screen == []


class Loading(ScriptedModel):
    """Takes for ever to get ready."""

    given_up = False
    closed = 0

    async def warm_up(self) -> None:
        """Goes on until nobody wants it any more."""
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up = True
            raise

    async def close(self) -> None:
        """Counts how often."""
        self.closed += 1


def test_a_model_that_another_takes_over_from_is_not_loaded_on_and_let_go_of_at_the_end(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "DRAWN", 0.0)
    models = {name: Loading([], name=name) for name in ("scripted/a", "scripted/b")}

    async def changed() -> None:
        spoken = Voice(bank, models.__getitem__, MemoryLog().append)
        spoken.take("scripted/a")
        await spoken.prepare()
        for _ in range(3):
            await asyncio.sleep(0)
        await spoken.change("scripted/b", "asked for")
        await spoken.close()
        assert models["scripted/a"].given_up

    asyncio.run(changed())
    assert [model.closed for model in models.values()] == [1, 1]


class Missing(ScriptedModel):
    """Its server does not have it."""

    closed = False

    async def locate(self) -> None:
        """The server says so."""
        raise NoSuchModel("There is no such model here.", "Run `ollama pull` first.")

    async def close(self) -> None:
        """Lets go."""
        self.closed = True


def test_a_model_that_its_server_does_not_have_is_not_taken(bank: Bank) -> None:
    missing, log = Missing([], name="ollama/nothere"), MemoryLog()
    spoken = Voice(bank, lambda name: missing, log.append)
    with pytest.raises(NoSuchModel):
        asyncio.run(spoken.change("ollama/nothere", "asked for"))
    assert (spoken.name, log.events, missing.closed) == (OFFLINE, [], True)
