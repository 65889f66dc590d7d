from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from interviewer.models.keys import Keys
from interviewer.models.model import Broken, Message, ReadyModel, Reply, Request, Unreachable, Usage
from interviewer.models.notices import Notice
from interviewer.models.providers import providers
from tests.doubles import anthropic, gemini, openai
from tests.doubles.ollama import SPEECH
from tests.doubles.server import Double, Witness

from .conftest import BRISK, KEY, QUICK, STORY, ask, hear, opened, outcome, request, said

pytestmark = pytest.mark.usefixtures("litellm")

OPENAI = {
    "ok": "complete",
    "think": "complete",
    "thinktag": "complete",
    "thinktag1": "complete",
    "slow": "complete",
    "stall": "cut",
    "stall-first": "unreachable",
    "miderr": "broken",
    "cut": "cut",
    "cut-first": "unreachable",
    "reset": "cut",
    "eofclean": "cut",
    "split": "complete",
    "len": "length",
    "len-empty": "broken",
    "nousage": "complete",
    "falsejson": "complete",
    "partialjson": "length",
    "utf8split": "complete",
    "together": "complete",
    "crlf": "complete",
    "ping": "complete",
    "tight": "complete",
    "nodone": "complete",
    "html": "broken",
    "html-502": "unreachable",
    "empty": "broken",
    "nochoices": "broken",
    "refusal": "broken",  # litellm drops the refusal of a stream; nothing is left to tell it from an empty reply
    "filtered": "refused",
    "filtered-part": "filtered",
    "lm-error": "broken",
    "object-only": "complete",
    "no-format": "complete",
    "ignores-schema": "complete",
    "flaky": "complete",
    "badkey": "auth",
    "missing": "no such model",
    "limited": "quota",
    "limited-long": "quota",
    "broke": "quota",
    "longctx": "too long",
    "longctx-llama": "too long",
    "policy": "refused",
    "quoted": "broken",
    "died": "broken",
    "spoilt": "broken",
    "overloaded": "unreachable",
}
ANTHROPIC = {
    "ok": "complete",
    "think": "complete",
    "ping": "complete",
    "stall": "cut",
    "stall-first": "unreachable",
    "miderr": "unreachable",
    "cut": "cut",
    "reset": "cut",
    "eofclean": "cut",
    "len": "length",
    "len-empty": "broken",
    "utf8split": "complete",
    "together": "complete",
    "refusal": "refused",
    "refusal-part": "filtered",
    "html": "broken",
    "empty": "broken",
    "badkey": "auth",
    "missing": "no such model",
    "limited": "quota",
    "broke": "quota",
    "longctx": "too long",
    "quoted": "broken",
    "died": "broken",
    "overloaded": "unreachable",
}
GEMINI = {
    "ok": "complete",
    "think": "complete",
    "stall": "cut",
    "stall-first": "unreachable",
    "cut": "cut",
    "reset": "cut",
    "eofclean": "cut",  # told by the text alone, which stops without a mark
    "len": "length",
    "len-empty": "broken",
    "utf8split": "complete",
    "safety": "refused",
    "safety-part": "filtered",
    "blocked": "refused",
    "html": "broken",
    "badkey": "auth",
    "missing": "no such model",
    "limited": "quota",
    "longctx": "too long",
    "quoted": "broken",
    "died": "broken",
    "overloaded": "unreachable",
}


def own(double: Double, case: str, **more: Any) -> ReadyModel:
    return opened(case, base_url=f"{double.url}/v1", **{"environment": {"INTERVIEWER_API_KEY": KEY}, **more})


def keyed_openai(double: Double, case: str) -> ReadyModel:
    environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{double.url}/v1"}
    return opened(f"openai/{case}", environment=environment, limits=replace(QUICK, first=3))


def keyed_anthropic(double: Double, case: str) -> ReadyModel:
    environment = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_API_BASE": double.url}
    return opened(f"anthropic/claude-{case}", environment=environment)


def keyed_gemini(double: Double, case: str) -> ReadyModel:
    environment = {"GEMINI_API_KEY": KEY, "GEMINI_API_BASE": f"{double.url}/v1beta"}
    return opened(f"gemini/gemini-{case}", environment=environment)


@dataclass(frozen=True)
class Wire:
    """A wire format, the way to it, and how each of its cases ends."""

    double: Callable[[], Double]
    open: Callable[[Double, str], ReadyModel]
    ends: dict[str, str]


WIRES = {
    "own server": Wire(openai.OpenAIDouble, own, OPENAI),
    "openai": Wire(
        openai.OpenAIDouble, keyed_openai, {name: OPENAI[name] for name in ("ok", "cut", "badkey", "broke", "limited")}
    ),
    "anthropic": Wire(anthropic.AnthropicDouble, keyed_anthropic, ANTHROPIC),
    "gemini": Wire(gemini.GeminiDouble, keyed_gemini, GEMINI),
}
CASES = [(wire, case) for wire, table in WIRES.items() for case in table.ends]
NOT_STREAMED = {"cut", "cut-first", "reset", "stall", "stall-first"}
"""Where the whole reply is awaited, these leave nothing."""
FRAMING = {"think", "ping", "eofclean", "utf8split", "together", "miderr"}
"""Cases about the frames of a stream."""


def test_the_tables_cover_every_case_of_the_doubles() -> None:
    assert set(OPENAI) == set(openai.CASES)
    assert set(ANTHROPIC) == set(anthropic.CASES)
    assert set(GEMINI) == set(gemini.CASES)


@pytest.mark.parametrize(("wire", "case"), CASES)
def test_every_way_to_end_has_its_state_or_its_kind_of_error(
    wire: str, case: str, capfd: pytest.CaptureFixture[str]
) -> None:
    table = WIRES[wire]
    with table.double() as double:
        pieces, end = hear(table.open(double, case))
    assert outcome(end) == table.ends[case]
    if isinstance(end, Reply):
        assert case == "thinktag1" or end.text == "".join(pieces)
    else:
        assert end.next_step.endswith(".")
        assert STORY not in said(end)
        assert KEY not in said(end)
    assert capfd.readouterr() == ("", ""), "nothing may write over the interview"


@pytest.mark.parametrize(("wire", "case"), [(w, c) for w, c in CASES if c not in FRAMING and c not in NOT_STREAMED])
def test_a_reply_that_is_not_streamed_ends_as_a_stream_does(wire: str, case: str) -> None:
    if case in ("refusal", "safety-part"):
        pytest.skip("a refusal is seen only here; of a declined Gemini reply the beginning is not")
    table = WIRES[wire]
    with table.double() as double:
        end = ask(table.open(double, case))
    assert outcome(end) == table.ends[case]
    assert isinstance(end, Reply) or (STORY not in said(end) and KEY not in said(end))


def test_a_refusal_that_is_not_streamed_is_told(openai: openai.OpenAIDouble) -> None:
    assert outcome(ask(own(openai, "refusal"))) == "refused"


@pytest.mark.parametrize("case", ["cut", "cut-first", "stall"])
def test_half_a_reply_is_no_reply_where_it_is_not_streamed(openai: openai.OpenAIDouble, case: str) -> None:
    assert outcome(ask(own(openai, case, limits=replace(QUICK, total=0.5)))) == "unreachable"


@pytest.mark.parametrize("case", ["think", "thinktag", "thinktag1"])
def test_reasoning_is_kept_apart_from_speech(openai: openai.OpenAIDouble, case: str) -> None:
    _, end = hear(own(openai, case))
    assert isinstance(end, Reply)
    assert (end.text, end.thinking) == (SPEECH, "let me see")


def test_counts_are_real_or_marked_as_estimated(openai: openai.OpenAIDouble) -> None:
    _, counted = hear(own(openai, "ok"))
    _, invented = hear(own(openai, "nousage"))
    assert isinstance(counted, Reply)
    assert isinstance(invented, Reply)
    assert counted.usage == Usage(26, 8, estimated=False, cost=0.0)
    assert invented.usage.estimated


def test_max_tokens_is_always_sent_and_nothing_below_retries(openai: openai.OpenAIDouble) -> None:
    ask(own(openai, "quoted"))
    ask(own(openai, "ok"))
    first, second = openai.bodies("/v1/chat/completions")
    assert first["max_tokens"] == second["max_tokens"] == 50


def test_a_passing_failure_is_retried_by_us_alone_and_told(openai: openai.OpenAIDouble) -> None:
    notices: list[Notice] = []
    end = ask(own(openai, "limited", tell=notices.append))
    assert outcome(end) == "quota"
    assert len(openai.requests) == BRISK.attempts
    assert [notice.kind for notice in notices] == ["retrying"]
    assert notices[0].seconds == pytest.approx(0.01), "as long as the server asked"


def test_nothing_is_called_ready_that_was_not_asked_yet(openai: openai.OpenAIDouble) -> None:
    notices: list[Notice] = []

    async def run() -> None:
        model = own(openai, "plain", tell=notices.append)
        await model.warm_up()
        await model.close()

    asyncio.run(run())
    assert not openai.requests
    assert notices[-1].sentence == f"{own(openai, 'plain').name} is set up; nothing was sent to it yet."


def test_a_server_that_asks_for_an_hour_is_not_waited_for(openai: openai.OpenAIDouble) -> None:
    end = ask(own(openai, "limited-long"))
    assert getattr(end, "retry_after", None) == 3600
    assert len(openai.requests) == 1


@pytest.mark.parametrize("case", ["broke", "badkey", "longctx", "missing", "policy"])
def test_what_waiting_does_not_cure_is_not_tried_again(openai: openai.OpenAIDouble, case: str) -> None:
    ask(own(openai, case))
    assert len(openai.requests) == 1


@pytest.mark.parametrize("call", [hear, ask])
def test_a_schema_is_asked_for_in_the_form_that_the_server_takes(
    openai: openai.OpenAIDouble, call: Callable[..., Any]
) -> None:
    schema = {"type": "object", "properties": {"met": {"type": "boolean"}}, "required": ["met"]}
    for case, sent in {"ok": ["json_schema"], "object-only": ["json_schema", "json_object"]}.items():
        openai.requests.clear()
        call(own(openai, case), request(schema=schema))
        assert [body["response_format"]["type"] for body in openai.bodies("/v1/chat/completions")] == sent
    openai.requests.clear()
    call(own(openai, "no-format"), request(schema=schema))
    assert "response_format" not in openai.bodies("/v1/chat/completions")[-1]


def test_the_form_of_the_schema_is_remembered(openai: openai.OpenAIDouble) -> None:
    asked = request(schema={"type": "object", "properties": {}, "required": []})

    async def run() -> None:
        model = own(openai, "object-only")
        await model.complete(asked)
        await model.complete(asked)
        await model.close()

    asyncio.run(run())
    assert len(openai.requests) == 3


def test_a_reply_that_ran_out_of_tokens_is_not_taken_for_a_refused_schema(openai: openai.OpenAIDouble) -> None:
    end = ask(opened("spoilt", base_url=openai.base), request(schema={"type": "object", "properties": {}}))
    assert isinstance(end, Broken)
    assert len(openai.bodies("/v1/chat/completions")) == 1


@pytest.mark.parametrize("name", ["m", "lm_studio/m", "openai/m"])
def test_a_server_of_ones_own_that_is_not_running_is_asked_once_and_told_as_such(
    name: str, litellm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    completion = litellm.acompletion

    async def counted(**call: Any) -> Any:
        calls.append(call)
        return await completion(**call)

    monkeypatch.setattr(litellm, "acompletion", counted)
    end = ask(opened(name, base_url="http://127.0.0.1:1/v1"), request(schema={"type": "object", "properties": {}}))
    assert isinstance(end, Unreachable)
    assert "Nothing answers at 127.0.0.1:1." in said(end)
    assert len(calls) == 1


@pytest.mark.parametrize("case", ["stall", "stall-first"])
def test_cancelling_frees_the_server(openai: openai.OpenAIDouble, case: str) -> None:
    async def run() -> None:
        model = own(openai, case, limits=replace(QUICK, first=30, gap=30, total=60))

        async def read() -> None:
            async for _ in model.stream(request()):
                pass

        task = asyncio.ensure_future(read())
        assert await asyncio.to_thread(openai.wait_until, lambda: len(openai.requests) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(openai.wait_for_disconnect)
        await model.close()

    asyncio.run(run())


def test_no_proxy_ever_sees_a_call_to_this_machine(
    litellm: Any, openai: openai.OpenAIDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    litellm.in_memory_llm_clients_cache.flush_cache()
    with Witness() as proxy:
        for variable in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, proxy.url)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "example.org")
        assert outcome(hear(own(openai, "ok"))[1]) == "complete"
        assert outcome(ask(own(openai, "ok"))) == "complete"
        assert proxy.requests == []


def test_nobodys_key_goes_to_a_server_of_ones_own(openai: openai.OpenAIDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for provider in providers().values() for name in provider.key_env]
    for name in (*names, "HOSTED_VLLM_API_KEY", "LITELLM_API_KEY"):
        monkeypatch.setenv(name, KEY)
    for name in ("openai/ok", "ok", "hosted_vllm/ok", "some/ok"):
        ask(opened(name, base_url=openai.base))
    ask(opened("lm_studio/ok", environment={"LM_STUDIO_API_BASE": openai.base}))
    assert len(openai.requests) == 5
    assert KEY not in openai.everything()


@pytest.mark.parametrize("case", ["badkey", "quoted", "died", "miderr", "limited", "html"])
def test_planted_keys_and_words_appear_in_no_error_and_no_log(
    case: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "keys.json"
    for name in providers():
        Keys({}, file).save(name, KEY)
    environment = {name: KEY for provider in providers().values() for name in provider.key_env}
    shown = []
    with openai.OpenAIDouble() as double:
        environment |= {"OPENAI_BASE_URL": double.base, "INTERVIEWER_API_KEY": KEY}
        for keys in (Keys(environment), Keys({}, file)):
            for model in (f"openai/{case}", case):
                base = {"base_url": double.base} if "/" not in model else {}
                told: list[Notice] = []
                opening = {"keys": keys, "environment": environment, "tell": told.append, **base}
                for end in (hear(opened(model, **opening))[1], ask(opened(model, **opening))):
                    shown.append(repr(end) if isinstance(end, Reply) else said(end))
                shown += [notice.sentence for notice in told]
        assert KEY in double.everything(), "the test means something only if the key was used"
    everything = "\n".join([*shown, caplog.text, *capfd.readouterr()])
    assert KEY not in everything
    assert KEY[:8] not in everything
    assert STORY not in everything


def test_the_key_of_a_server_of_ones_own_goes_there(openai: openai.OpenAIDouble) -> None:
    ask(own(openai, "ok"))
    assert openai.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_what_the_environment_redirects_is_shown_before_the_first_word() -> None:
    environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://gateway.example.org/v1"}
    model = opened("openai/gpt-5-mini", environment=environment)
    assert model.host == "gateway.example.org"
    assert not model.local


ANSWERS: dict[str, Any] = {
    "openai/gpt-5-mini": openai.whole("Yes."),
    "groq/llama-3.3-70b-versatile": {**openai.whole("Yes."), "service_tier": "on_demand"},
    "openrouter/some/model": openai.whole("Yes."),
    "mistral/mistral-medium-latest": openai.whole("Yes."),
    "deepseek/deepseek-chat": openai.whole("Yes."),
    "xai/grok-4": openai.whole("Yes."),
    "together_ai/some/model": openai.whole("Yes."),
    "fireworks_ai/accounts/fireworks/models/some": openai.whole("Yes."),
    "cerebras/llama-3.3-70b": openai.whole("Yes."),
    "anthropic/claude-sonnet-4-5": anthropic._whole({"model": "m"}, "Yes.", "end_turn"),
    "gemini/gemini-2.5-flash": gemini._answer("Yes.", "STOP", usage=True),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_words_and_key_go_to_the_host_that_was_shown_and_to_no_other(litellm: Any, name: str) -> None:
    litellm.in_memory_llm_clients_cache.flush_cache()
    provider = providers()[name.partition("/")[0]]
    with respx.mock(assert_all_called=False) as net:
        net.route().mock(return_value=httpx.Response(200, json=ANSWERS[name]))
        model = opened(name, environment={provider.key_env[0]: KEY})
        end = ask(model)
        calls = [call.request for call in net.calls]
    assert outcome(end) == "complete"
    assert [call.url.host for call in calls] == [model.host]
    assert not model.local
    assert KEY in str(calls[0].headers.raw)
    assert KEY not in str(calls[0].url)
    assert STORY in calls[0].content.decode()
    assert "aiohttp" not in str(calls[0].headers)


def test_prices_are_known_or_unknown_and_only_this_machine_is_free(openai: openai.OpenAIDouble) -> None:
    def price(name: str, **more: Any) -> float | None:
        return asyncio.run(opened(name, **more).price(Usage(1000, 1000)))

    known = price("anthropic/claude-sonnet-4-5", environment={"ANTHROPIC_API_KEY": KEY})
    assert known is not None
    assert 0.001 < known < 1
    assert price("anthropic/claude-of-tomorrow", environment={"ANTHROPIC_API_KEY": KEY}) is None
    assert price("ok", base_url=openai.base) == 0.0
    assert price("ok", base_url="https://models.example.org/v1") is None


def test_long_instructions_are_marked_for_the_cache_where_that_pays(anthropic: anthropic.AnthropicDouble) -> None:
    rubric = Request([Message("system", "rule " * 1000), Message("user", "hello")], max_tokens=50)
    ask(keyed_anthropic(anthropic, "ok"), rubric)
    ask(keyed_anthropic(anthropic, "ok"))
    long, short = anthropic.requests
    assert b"cache_control" in long.data
    assert b"cache_control" not in short.data


def test_the_context_is_told_where_litellm_knows_it(openai: openai.OpenAIDouble) -> None:
    known = opened("anthropic/claude-sonnet-4-5", environment={"ANTHROPIC_API_KEY": KEY})
    assert getattr(known, "context", 0) >= 100_000
    assert getattr(own(openai, "ok"), "context", 0) is None


def test_two_models_do_not_close_each_others_connections(openai: openai.OpenAIDouble) -> None:
    async def run() -> str:
        one, other = own(openai, "ok"), own(openai, "slow")
        await one.complete(request())
        stream = other.stream(request())
        await anext(stream)
        await one.close()
        *_, last = [piece async for piece in stream]
        await other.close()
        assert isinstance(last, Reply)
        return last.text

    assert asyncio.run(run()) == SPEECH


def test_what_came_before_a_reported_error_is_kept_with_it(openai: openai.OpenAIDouble) -> None:
    _, end = hear(own(openai, "miderr"))
    assert isinstance(end, Broken)
    assert end.partial == "Tell me more "


@pytest.mark.parametrize(
    ("wire", "model"),
    [("openai", "gpt-4o-mini"), ("own server", "any"), ("anthropic", "sonnet-4-5"), ("gemini", "2.5-flash")],
)
def test_a_reply_in_the_shape_of_the_schema_comes_through(wire: str, model: str) -> None:
    schema = {"type": "object", "properties": {"met": {"type": "boolean"}}, "required": ["met"]}
    with WIRES[wire].double() as double:
        end = ask(WIRES[wire].open(double, model), request(schema=schema))
    assert isinstance(end, Reply)
    assert json.loads(end.text) == {"met": False}
