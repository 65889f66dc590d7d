from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from interviewer.models.model import Broken, Message, Refused, Reply, Request, TooLong, Unreachable
from interviewer.models.notices import Notice
from interviewer.models.ollama import CONTEXT
from tests.doubles.ollama import CASES, SPEECH, OllamaDouble
from tests.doubles.server import Witness

from .conftest import BRISK, KEY, QUICK, STORY, ask, hear, opened, outcome, request, said

ENDS = {
    "ok": "complete",
    "think": "complete",
    "thinktag": "complete",
    "thinktag1": "complete",
    "cold": "complete",
    "slow": "complete",
    "stall": "cut",
    "stall-first": "unreachable",
    "miderr": "broken",
    "err-first": "broken",
    "cut": "cut",
    "cut-first": "unreachable",
    "reset": "cut",
    "eofclean": "cut",
    "split": "complete",
    "len": "length",
    "len-empty": "broken",
    "nousage": "complete",
    "cloud-frames": "refused",
    "falsejson": "complete",
    "partialjson": "length",
    "utf8split": "complete",
    "u2028": "complete",
    "esc": "complete",
    "together": "complete",
    "crlf": "complete",
    "blank": "complete",
    "html": "broken",
    "empty": "broken",
    "noend": "complete",
    "shortened": "complete",
    "missing-at-chat": "no such model",
    "nothink": "broken",
    "embedder-at-chat": "no such model",
    "longctx": "too long",
    "busy": "unreachable",
    "gone-in-queue": "unreachable",
    "oom": "broken",
    "died": "broken",
    "signin": "auth",
    "nocloud": "refused",
    "cloud-away": "unreachable",
    "noted-prompt": "broken",
}


def test_the_table_covers_every_case_of_the_double() -> None:
    assert set(ENDS) == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_every_way_to_end_has_its_state_or_its_kind_of_error(ollama: OllamaDouble, case: str) -> None:
    _, end = hear(opened(f"ollama/{case}", base_url=ollama.url))
    assert outcome(end) == ENDS[case]
    if not isinstance(end, Reply):
        assert end.next_step.endswith(".")
        assert STORY not in said(end)
        assert KEY not in said(end)


@pytest.mark.parametrize("case", ["cut", "reset", "eofclean", "stall"])
def test_what_came_before_a_cut_is_kept(ollama: OllamaDouble, case: str) -> None:
    pieces, end = hear(opened(f"ollama/{case}", base_url=ollama.url))
    assert isinstance(end, Reply)
    assert end.text == "".join(pieces) == "Tell me more "


def test_what_came_before_an_error_is_kept_with_it(ollama: OllamaDouble) -> None:
    _, end = hear(opened("ollama/miderr", base_url=ollama.url))
    assert isinstance(end, Broken)
    assert end.partial == "Tell me more "


@pytest.mark.parametrize("case", ["think", "thinktag", "thinktag1"])
def test_reasoning_is_kept_apart_from_speech(ollama: OllamaDouble, case: str) -> None:
    _, end = hear(opened(f"ollama/{case}", base_url=ollama.url))
    assert isinstance(end, Reply)
    assert (end.text, end.thinking) == (SPEECH, "let me see")


@pytest.mark.parametrize(
    ("case", "text"), [("utf8split", "naïve — 猫 🐈."), ("u2028", "one\u2028two\u0085three."), ("noend", SPEECH)]
)
def test_the_text_survives_however_it_is_cut_on_the_wire(ollama: OllamaDouble, case: str, text: str) -> None:
    _, end = hear(opened(f"ollama/{case}", base_url=ollama.url))
    assert isinstance(end, Reply)
    assert end.text == text


def test_the_context_is_asked_for_once_and_for_all_and_no_prompt_is_shortened_in_silence(ollama: OllamaDouble) -> None:
    async def run() -> None:
        model = opened("ollama/ok", base_url=ollama.url)
        await model.warm_up()
        for _ in range(2):
            await model.complete(request(seed=7))
        await model.close()

    asyncio.run(run())
    load, *calls = ollama.bodies("/api/chat")
    assert load["messages"] == []
    assert {body["options"]["num_ctx"] for body in (load, *calls)} == {CONTEXT}
    assert all(body["truncate"] is False and body["shift"] is False for body in calls)
    assert all(body["keep_alive"] == "30m" and body["options"]["seed"] == 7 for body in calls)


def test_no_more_context_is_asked_for_than_the_model_has(ollama: OllamaDouble) -> None:
    hear(opened("ollama/small-context", base_url=ollama.url))
    assert ollama.bodies("/api/chat")[-1]["options"]["num_ctx"] == 2048


def test_context_that_the_server_did_not_give_is_not_counted_on(ollama: OllamaDouble) -> None:
    ollama.allocated = 4096

    async def run() -> int:
        model = opened("ollama/ok", base_url=ollama.url)
        await model.warm_up()
        await model.close()
        return model.context  # type: ignore[attr-defined, no-any-return]

    assert asyncio.run(run()) == 4096


def test_a_prompt_that_the_server_shortened_all_the_same_is_an_error(ollama: OllamaDouble) -> None:
    long = Request([Message("user", "word " * 16_000)], max_tokens=50)
    _, end = hear(opened("ollama/shortened", base_url=ollama.url), long)
    assert isinstance(end, TooLong)


def test_a_model_that_can_think_is_asked_not_to(ollama: OllamaDouble) -> None:
    hear(opened("ollama/think", base_url=ollama.url))
    hear(opened("ollama/ok", base_url=ollama.url))
    hear(opened("ollama/gpt-oss:20b", base_url=ollama.url))
    think, plain, restless = ollama.bodies("/api/chat")
    assert think["think"] is False
    assert "think" not in plain
    assert restless["think"] == "low"
    assert restless["options"]["num_predict"] > think["options"]["num_predict"] == 50


def test_the_schema_goes_to_the_server(ollama: OllamaDouble) -> None:
    schema = {"type": "object", "properties": {"met": {"type": "boolean"}}, "required": ["met"]}
    end = ask(opened("ollama/ok", base_url=ollama.url), request(schema=schema))
    assert isinstance(end, Reply)
    assert end.text == '{"met": false}'
    assert ollama.bodies("/api/chat")[-1]["format"] == schema


def test_counts_that_the_server_did_not_send_are_marked_as_estimated(ollama: OllamaDouble) -> None:
    _, counted = hear(opened("ollama/ok", base_url=ollama.url))
    _, guessed = hear(opened("ollama/nousage", base_url=ollama.url))
    assert isinstance(counted, Reply)
    assert isinstance(guessed, Reply)
    assert (counted.usage.prompt_tokens, counted.usage.estimated) == (26, False)
    assert guessed.usage.estimated


def test_loading_is_told_and_warming_up_waits_for_it(ollama: OllamaDouble) -> None:
    notices: list[Notice] = []

    async def run() -> None:
        model = opened("ollama/cold", base_url=ollama.url, tell=notices.append)
        await model.warm_up()
        await model.close()

    asyncio.run(run())
    assert [notice.kind for notice in notices] == ["loading", "ready"]
    assert "ollama/cold" in notices[0].sentence


def test_a_busy_server_is_asked_again_and_one_is_told(ollama: OllamaDouble) -> None:
    notices: list[Notice] = []
    hear(opened("ollama/busy", base_url=ollama.url, tell=notices.append))
    assert len(ollama.bodies("/api/chat")) == BRISK.attempts
    assert [notice.kind for notice in notices] == ["retrying"]


@pytest.mark.parametrize("case", ["died", "oom", "longctx", "missing-at-chat", "signin"])
def test_what_waiting_does_not_cure_is_not_tried_again(ollama: OllamaDouble, case: str) -> None:
    hear(opened(f"ollama/{case}", base_url=ollama.url))
    assert len(ollama.bodies("/api/chat")) == 1


@pytest.mark.parametrize("case", ["stall", "stall-first", "slow"])
def test_cancelling_frees_the_server(ollama: OllamaDouble, case: str) -> None:
    patient = replace(QUICK, first=30, gap=30, total=60)
    ollama.gap = 30

    async def run() -> None:
        model = opened(f"ollama/{case}", base_url=ollama.url, limits=patient)
        task = asyncio.ensure_future(model.complete(request()))
        begun = lambda: len(ollama.bodies("/api/chat")) == 1  # noqa: E731
        assert await asyncio.to_thread(ollama.wait_until, begun)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(ollama.wait_for_disconnect)
        await model.close()

    asyncio.run(run())


def test_a_model_that_runs_elsewhere_under_an_innocent_name_gets_no_words(ollama: OllamaDouble) -> None:
    for name in ("innocent", "hollow"):
        _, end = hear(opened(f"ollama/{name}", base_url=ollama.url))
        assert isinstance(end, Refused)
    assert STORY not in ollama.everything()


def test_a_model_that_runs_elsewhere_is_used_once_that_has_been_shown(ollama: OllamaDouble) -> None:
    async def run() -> Reply:
        model = opened("ollama/innocent", base_url=ollama.url)
        assert model.local
        await model.warm_up()
        assert not model.local
        assert model.host.startswith("ollama.com (through 127.0.0.1")
        reply = await model.complete(request())
        await model.close()
        return reply

    reply = asyncio.run(run())
    assert reply.usage.cost is None, "Ollama's cloud is paid for; an unknown price is not zero"


def test_a_cloud_model_says_so_by_its_name_before_anything_is_asked(ollama: OllamaDouble) -> None:
    model = opened("ollama/big:120b-cloud", base_url=ollama.url)
    assert not model.local
    assert model.host.startswith("ollama.com")
    assert ollama.requests == []


def test_a_reply_that_turns_out_to_come_from_elsewhere_is_dropped(ollama: OllamaDouble) -> None:
    pieces, end = hear(opened("ollama/cloud-frames", base_url=ollama.url))
    assert pieces == []
    assert isinstance(end, Refused)
    assert "ollama.com" in str(end)


@pytest.mark.parametrize("name", ["big:120b-cloud", "innocent", "hollow"])
def test_local_only_refuses_models_that_run_elsewhere(ollama: OllamaDouble, name: str) -> None:
    _, end = hear(opened(f"ollama/{name}", base_url=ollama.url, local_only=True))
    assert isinstance(end, Refused)
    assert STORY not in ollama.everything()


@pytest.mark.parametrize(("version", "suffix"), [("0.17.6", ":local"), ("0.32.15", ":local"), ("0.17.5", ""), ("", "")])
def test_a_server_that_knows_the_suffix_is_held_to_run_the_model_itself(version: str, suffix: str) -> None:
    with OllamaDouble(version=version) as double:
        hear(opened("ollama/ok", base_url=double.url))
        assert double.bodies("/api/chat")[-1]["model"] == f"ok{suffix}"


def test_no_proxy_ever_sees_a_call(ollama: OllamaDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    with Witness() as proxy:
        for variable in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        _, end = hear(opened("ollama/ok", base_url=ollama.url))
        assert outcome(end) == "complete"
        assert proxy.requests == []


def test_no_key_goes_to_a_server_of_ones_own(ollama: OllamaDouble) -> None:
    keys = {"OLLAMA_API_KEY": KEY, "OPENAI_API_KEY": KEY}
    _, end = hear(opened("ollama/ok", base_url=ollama.url, environment=keys))
    assert outcome(end) == "complete"
    assert KEY not in ollama.everything()


def test_a_redirect_is_not_followed() -> None:
    class Redirecting(Witness):
        async def answer(self, exchange: object) -> None:
            await exchange.json({}, 302, f"Location: {elsewhere.url}/api/chat")  # type: ignore[attr-defined]

    with Witness() as elsewhere, Redirecting() as server:
        _, end = hear(opened("ollama/ok", base_url=server.url))
        assert outcome(end) == "broken"
        assert elsewhere.requests == []


def test_nothing_there_is_said_with_the_way_to_start_it() -> None:
    with OllamaDouble() as gone:
        url = gone.url
    _, end = hear(opened("ollama/ok", base_url=url))
    assert isinstance(end, Unreachable)
    assert re.search(r"No Ollama answers at 127\.0\.0\.1:\d+\.", said(end))
    assert "ollama serve" in end.next_step


def test_a_missing_model_is_said_with_the_way_to_get_it(ollama: OllamaDouble) -> None:
    _, end = hear(opened("ollama/llama9", base_url=ollama.url))
    assert outcome(end) == "no such model"
    assert "ollama pull llama9" in getattr(end, "next_step", "")
    assert STORY not in ollama.everything()


def test_a_model_for_embeddings_is_not_taken_for_an_interviewer(ollama: OllamaDouble) -> None:
    _, end = hear(opened("ollama/embedder", base_url=ollama.url))
    assert outcome(end) == "no such model"
