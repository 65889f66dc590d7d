"""The real program in a real terminal, with a model: an Ollama server, and an OpenAI-style one through litellm."""

from __future__ import annotations

import json

from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble

from .conftest import Call, Sit, obliging_model

ANSWER = (
    "I stopped the release for two days because a scan of the training data found 212 names of patients. "
    "We cleaned the set, shipped late, and the scan runs in every build now."
)
WORDED = "What did the scan look at, before you trusted it?"


def test_a_drill_with_ollama_words_the_probe_and_rates_with_the_model(sit: Sit) -> None:
    with OllamaDouble(speech=obliging_model) as ollama:
        with sit("safety-over-speed", "--exam", "--model", "ollama/ok", OLLAMA_HOST=ollama.url) as terminal:
            terminal.wait_for("In your own words")
            shown = "\n".join(terminal.scrollback())
            assert 0 < shown.index("put safety first") < shown.index("Your words are sent to 127.0.0.1")
            learnt = [request.path for request in ollama.requests if request.path != "/api/chat"]
            assert learnt[:3] == ["/api/version", "/api/tags", "/api/show"]
            assert len(learnt) == len(set(learnt))
            terminal.type(ANSWER)
            terminal.press("enter")
            terminal.wait_for(WORDED)
            terminal.type("/end")
            terminal.press("enter")
            terminal.wait_for("Look at it again with")
            assert terminal.wait_exit() == 0
            assert "Rated by  ollama/ok" in "\n".join(terminal.scrollback())
        bodies = ollama.bodies("/api/chat")
    assert all(body["options"]["num_ctx"] == bodies[0]["options"]["num_ctx"] for body in bodies)
    assert all(body.get("truncate") is False for body in bodies if body["messages"])


def test_an_openai_style_server_is_reached_through_litellm(sit: Sit) -> None:
    with OpenAIDouble(speech=obliging_model) as server:
        arguments = ("--model", "ok", "--base-url", server.base)
        with sit("safety-over-speed", "--exam", *arguments, OPENAI_API_KEY="sk-canary-not-for-you") as terminal:
            terminal.wait_for("In your own words")
            terminal.type(ANSWER)
            terminal.press("enter")
            terminal.wait_for(WORDED, patience=60)
            terminal.type("/end")
            terminal.press("enter")
            terminal.wait_for("Look at it again with", patience=60)
            assert terminal.wait_exit() == 0
            assert b"canary" not in terminal.raw
        assert server.requests
        assert not any("canary" in str(request.headers) for request in server.requests)


def test_ollama_not_running_is_told_before_the_first_answer_and_offline_is_offered(sit: Sit) -> None:
    with sit("safety-over-speed", "--model", "ollama/qwen3:8b", OLLAMA_HOST="127.0.0.1:9") as terminal:
        terminal.wait_for("ollama serve")
        terminal.wait_for("go on without a model")
        terminal.press("enter")
        terminal.wait_for("In your own words")
        terminal.wait_for("offline · words stay here")
        terminal.type("/model")
        terminal.press("enter")
        terminal.wait_for("offline. /model NAME takes another one.")


def test_a_model_that_fails_in_the_middle_loses_nothing_and_leaves_the_choice(sit: Sit, call: Call) -> None:
    with (
        OllamaDouble() as ollama,
        sit("safety-over-speed", "--exam", "--model", "ollama/died", OLLAMA_HOST=ollama.url) as terminal,
    ):
        terminal.wait_for("In your own words")
        terminal.type(ANSWER)
        terminal.press("enter")
        terminal.wait_for("Your answer is saved.", patience=60)
        terminal.wait_for("How shall we go on?")
        terminal.press("enter")
        terminal.wait_for("probe 1")
        terminal.type("/end")
        terminal.press("enter")
        terminal.wait_for("Look at it again with", patience=60)
        assert terminal.wait_exit() == 0
    document = json.loads(call("review", "--json").stdout)
    assert document["threads"][0]["thread"][0]["text"] == ANSWER


def test_a_scripted_run_with_a_model_that_is_not_there_fails_in_a_line(call: Call) -> None:
    done = call("--model", "ollama/none", stdin=ANSWER, OLLAMA_HOST="127.0.0.1:9")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "ollama serve" in done.stderr


def test_doctor_tries_the_model_for_real_and_fails_when_it_is_not_there(call: Call) -> None:
    with OllamaDouble(
        speech=lambda body: ['{"met": true, "quote": "from nine to two per cent", "level": 4}']
    ) as ollama:
        well = call("doctor", "--model", "ollama/ok", OLLAMA_HOST=ollama.url)
    assert well.returncode == 0, well.stdout
    assert "kept to the schema" in well.stdout
    ill = call("doctor", "--model", "ollama/ok", OLLAMA_HOST="127.0.0.1:9")
    assert ill.returncode == 1
    assert "NO" in ill.stdout


def test_local_only_refuses_a_model_elsewhere_before_anything_is_sent(call: Call) -> None:
    done = call("--model", "openai/gpt-5-mini", "--local-only", stdin=ANSWER, OPENAI_API_KEY="sk-canary-0123456789")
    assert done.returncode == 1
    assert "canary" not in done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
