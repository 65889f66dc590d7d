"""How a model is asked is chosen by what it is."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.bank.library import Bank
from interviewer.models.budget import Budget, MeteredModel
from interviewer.models.opening import open_model
from interviewer.models.scripted import ScriptedModel
from interviewer.models.size import billions_in, billions_of
from interviewer.rating.judge.manner import manner_for
from tests.doubles.ollama import OllamaDouble

from .conftest import Rate


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        ("ollama/qwen3:8b", 8.0),
        ("ollama/qwen3:0.6b", 0.6),
        ("ollama/gemma3:270m", 0.27),
        ("ollama/llama3.1:8b-instruct-q4_K_M", 8.0),
        ("openrouter/qwen/qwen-2.5-72b-instruct", 72.0),
        ("ollama/llama3.2:latest", None),
        ("anthropic/claude-sonnet-4-5", None),
    ],
)
def test_the_size_is_read_from_the_name(name: str, billions: float | None) -> None:
    assert billions_in(name) == billions


@pytest.mark.parametrize(
    ("name", "manner"),
    [
        ("ollama/llama3.2:latest", "small"),
        ("ollama/qwen3:4b", "small"),
        ("ollama/mistral:latest", "small"),
        ("ollama/qwen3:8b", "full"),
        ("ollama/phi4:latest", "full"),
        ("ollama/phi4-mini", "small"),
        ("ollama/unheard-of", "full"),
        ("anthropic/claude-sonnet-4-5", "full"),
        ("anthropic/claude-opus-4-1", "cheap"),
    ],
)
def test_the_name_decides_where_nothing_better_is_known(bank: Bank, name: str, manner: str) -> None:
    assert manner_for(name, bank.judge_settings()) == manner


def test_what_the_server_says_of_the_size_outweighs_the_name(bank: Bank) -> None:
    assert manner_for("ollama/mine:latest", bank.judge_settings(), billions=3.2) == "small"
    assert manner_for("ollama/mine-3b", bank.judge_settings(), billions=30) == "full"


class Tells(ScriptedModel):
    """A model whose server says how large it is once it is asked."""

    billions: float | None = None

    async def locate(self) -> None:
        self.billions = 3.2


def test_a_judge_lets_the_server_say_how_large_the_model_is(rate: Rate) -> None:
    model = Tells(["{}"], name="ollama/mine:latest")
    rate(model)
    assert '"yes" or "no"' in model.requests[0].messages[1].content


def test_an_ollama_server_says_how_large_its_model_is_once_it_is_asked() -> None:
    async def told() -> tuple[float | None, float | None]:
        with OllamaDouble() as server:
            model = open_model("ollama/ok", environment={}, base_url=server.url)
            before = billions_of(model)
            await model.locate()
            await model.close()
            return before, billions_of(MeteredModel(model, Budget()))

    assert asyncio.run(told()) == (None, 8.2)
