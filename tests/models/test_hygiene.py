from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from interviewer.models import hygiene
from interviewer.models.model import NotConfigured
from interviewer.models.unnoticed import TURN, unnoticed
from tests.doubles.anthropic import AnthropicDouble
from tests.doubles.openai import OpenAIDouble


def test_litellms_habits_are_off(litellm: Any) -> None:
    assert os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] == "True"
    assert os.environ["LITELLM_MODE"] == "PRODUCTION"
    assert litellm.suppress_debug_info
    assert litellm.redact_messages_in_exceptions
    assert litellm.disable_hf_tokenizer_download
    assert litellm.callbacks == litellm.failure_callback == []
    assert set(litellm.success_callback) <= {"cache"}, "Gemini's handler names one by itself; there is no cache"
    assert litellm.cache is None
    assert logging.getLogger("LiteLLM").disabled
    assert gc.isenabled()


def test_a_tokenizers_table_of_13_mebibytes_is_let_go_and_the_tokenizer_kept(litellm: Any) -> None:
    assert not hasattr(litellm.utils, "json_data")
    assert litellm.utils.claude_json_str


def test_loading_twice_gives_the_same_at_once(litellm: Any) -> None:
    assert hygiene.is_loaded()
    assert hygiene.litellm() is litellm


@pytest.mark.parametrize("version", sorted(hygiene.MALICIOUS))
def test_a_malicious_release_is_not_loaded(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(hygiene, "_loaded", None)
    monkeypatch.setattr(hygiene, "installed_version", lambda: version)
    with pytest.raises(NotConfigured, match="malicious"):
        hygiene.litellm()
    assert not hygiene.is_loaded()


def test_a_missing_litellm_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hygiene, "_loaded", None)
    monkeypatch.setitem(__import__("sys").modules, "litellm", None)
    with pytest.raises(NotConfigured, match="not installed") as caught:
        hygiene.litellm()
    assert "pip install litellm" in caught.value.next_step
    assert gc.isenabled()


def test_a_socks_proxy_without_the_package_for_it_is_not_told_as_a_missing_litellm() -> None:
    code = "from interviewer.models.hygiene import litellm\ntry: litellm()\nexcept Exception as error: print(error)"
    environment = {"PATH": "", "ALL_PROXY": "socks5h://127.0.0.1:9"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=environment)
    assert "names a SOCKS proxy, which needs the package socksio" in done.stdout


def test_proxies_of_the_environment_keep_their_other_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org")
    monkeypatch.delenv("no_proxy", raising=False)
    hygiene.keep_off_proxies("127.0.0.2")
    hygiene.keep_off_proxies("127.0.0.2")
    assert os.environ["NO_PROXY"] == "example.org,localhost,127.0.0.1,::1,127.0.0.2"
    assert os.environ["no_proxy"] == "localhost,127.0.0.1,::1,127.0.0.2"


FIRST_CALL = """
    import asyncio, sys
    from interviewer.models.model import Message, Request
    from interviewer.models.opening import open_model

    reached = set()
    def watch(event, arguments):
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            reached.add(arguments[1][:2])
    sys.addaudithook(watch)

    async def run(name, variables):
        model = open_model(name, environment=variables)
        await model.warm_up()
        assert all(host == "127.0.0.1" and port not in DOUBLES for host, port in reached), reached
        before = set(sys.modules)
        assert (await model.complete(Request([Message("user", "hello")], max_tokens=9))).text
        print(sorted(set(sys.modules) - before))
        await model.close()

    DOUBLES = {int(url.rsplit(":", 1)[1].split("/")[0]) for url in sys.argv[1:]}
    openai, anthropic = sys.argv[1:]
    asyncio.run(run("anthropic/ok", {"ANTHROPIC_API_KEY": "k", "ANTHROPIC_API_BASE": anthropic}))
    reached.clear()
    asyncio.run(run("openai/ok", {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": openai}))
"""


def test_a_model_that_is_ready_imports_nothing_at_its_first_call_and_was_told_nothing_before() -> None:
    with OpenAIDouble() as openai, AnthropicDouble() as anthropic:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(FIRST_CALL), openai.base, anthropic.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.stderr == ""
    assert done.stdout.split("\n") == ["[]", "[]", ""]


def test_after_loading_typing_is_not_held_up_by_a_search_for_garbage(litellm: Any) -> None:
    assert gc.get_freeze_count() > 100_000
    assert sys.getswitchinterval() > TURN


def test_when_the_last_of_two_loads_is_over_garbage_and_turns_are_as_before() -> None:
    before = gc.isenabled(), sys.getswitchinterval()
    first, second = unnoticed(), unnoticed()
    with first:
        second.__enter__()
    assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(TURN)
    second.__exit__(None, None, None)
    assert (gc.isenabled(), sys.getswitchinterval()) == before
