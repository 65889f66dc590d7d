from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing

import pytest

from interviewer.models import diagnosis
from interviewer.models.diagnosis import Step, diagnose
from interviewer.models.model import ReadyModel
from interviewer.models.scripted import ScriptedModel
from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble

from .conftest import opened

ALL = ["litellm", "host", "reachable", "key", "model", "context", "structured reply", "streamed reply"]


def steps(open_it: Callable[[], ReadyModel]) -> dict[str, Step]:
    async def run() -> list[Step]:
        return [step async for step in diagnose(open_it)]

    return {step.name: step for step in asyncio.run(run())}


def outcomes(seen: dict[str, Step]) -> list[str]:
    return [seen[name].outcome for name in ALL]


def test_a_model_that_works_shows_what_was_seen(ollama: OllamaDouble) -> None:
    seen = steps(lambda: opened("ollama/ok", base_url=ollama.url))
    assert list(seen) == ALL
    assert outcomes(seen) == ["ok"] * 8
    assert seen["host"].detail == f"Test sentences are sent to 127.0.0.1:{ollama.port} on this machine."
    assert "kept to the schema" in seen["structured reply"].detail
    assert "tokens a second" in seen["streamed reply"].detail


def test_the_host_is_named_before_anything_is_sent_to_it(ollama: OllamaDouble) -> None:
    async def sent_before() -> list[object]:
        named = diagnose(lambda: opened("ollama/ok", base_url=ollama.url))
        async with aclosing(named):
            while (await anext(named)).name != "host":
                pass
            return list(ollama.bodies("/api/chat"))

    assert asyncio.run(sent_before()) == []


def test_a_missing_model_stops_there_and_nothing_after_it_passes(ollama: OllamaDouble) -> None:
    seen = steps(lambda: opened("ollama/llama9", base_url=ollama.url))
    assert outcomes(seen)[2:] == ["ok", "ok", "failed", "not tried", "failed", "not tried"]
    assert "ollama pull llama9" in seen["model"].next_step


def test_where_nothing_answers_nothing_passes() -> None:
    seen = steps(lambda: opened("ollama/ok", base_url="http://127.0.0.1:9"))
    assert outcomes(seen)[2:] == ["failed", "not tried", "not tried", "not tried", "failed", "not tried"]


@pytest.mark.usefixtures("litellm")
@pytest.mark.parametrize(
    ("case", "step", "outcome"),
    [
        ("badkey", "key", "failed"),
        ("missing", "model", "failed"),
        ("died", "model", "failed"),
        ("broke", "key", "ok"),
        ("broke", "structured reply", "failed"),
        ("ignores-schema", "structured reply", "doubtful"),
        ("ok", "structured reply", "ok"),
        ("ok", "context", "doubtful"),
    ],
)
def test_each_trouble_is_found_at_its_step(openai: OpenAIDouble, case: str, step: str, outcome: str) -> None:
    assert steps(lambda: opened(case, base_url=openai.base))[step].outcome == outcome


def test_a_model_that_cannot_be_opened_is_no_pass() -> None:
    seen = steps(lambda: opened("anthropic/claude-sonnet-4-5"))
    assert seen["opened"].outcome == "failed"
    assert "ANTHROPIC_API_KEY" in seen["opened"].next_step
    assert {step.outcome for name, step in seen.items() if name not in ("litellm", "opened")} == {"not tried"}


def test_a_reply_that_breaks_off_is_no_pass(ollama: OllamaDouble) -> None:
    seen = steps(lambda: opened("ollama/cut", base_url=ollama.url))
    for name in ("structured reply", "streamed reply"):
        assert (seen[name].outcome, seen[name].detail) == ("failed", "The reply broke off.")


@pytest.mark.parametrize(
    "text", ["", "Sure!", "[]", '{"met": 1, "quote": "", "level": 1}', '{"met": true, "quote": "", "level": 9}']
)
def test_only_the_schema_itself_counts_as_kept(text: str) -> None:
    assert steps(lambda: ScriptedModel([text or " "]))["structured reply"].outcome == "doubtful"


@pytest.mark.parametrize(("version", "outcome"), [("1.82.8", "failed"), (None, "doubtful"), ("1.106.2", "ok")])
def test_the_malicious_releases_are_named(monkeypatch: pytest.MonkeyPatch, version: str | None, outcome: str) -> None:
    monkeypatch.setattr(diagnosis, "installed_version", lambda: version)
    assert steps(lambda: ScriptedModel(["x"]))["litellm"].outcome == outcome
