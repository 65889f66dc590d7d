from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from interviewer.models.model import Refused
from interviewer.models.privacy import Redactor, is_cloud_name, is_loopback, must_be_local, where
from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST.", "::ffff:127.0.0.1"]
)
def test_loopback_in_every_spelling_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["10.1.2.3", "0.0.0.0", "2001:db8::1", "example.org", "localhost.example.org", "127.1", "0x7f000001", "2130706433",
     "127.0.0.1.nip.io", "127.0.0.1%.example.org", "::1%x.example.org", "::ffff:10.0.0.1", ""],
)  # fmt: skip
def test_whatever_else_counts_as_elsewhere_without_asking_anyone(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("tag", "cloud"),
    [
        ("gpt-oss:120b-cloud", True),
        ("gpt-oss:120B-CLOUD", True),
        ("kimi:cloud", True),
        ("someone/kimi:cloud ", True),
        ("qwen3:8b", False),
        ("cloud", False),
        ("my-cloud", False),
        ("cloudy:8b", False),
        ("qwen3:cloud-8b", False),
    ],
)
def test_cloud_models_are_told_by_the_name_as_ollama_tells_them(tag: str, cloud: bool) -> None:
    assert is_cloud_name(tag) is cloud


def test_where_the_words_go_is_said_with_the_address_and_never_called_private() -> None:
    assert where("127.0.0.1:11434", local=True) == "Your words are sent to 127.0.0.1:11434 on this machine."
    assert where("api.openai.com", local=False) == "Your words leave this machine and go to api.openai.com."


def test_local_only_refuses_what_leaves() -> None:
    must_be_local("ollama/x", "127.0.0.1:11434", local=True)
    with pytest.raises(Refused, match=r"api\.openai\.com"):
        must_be_local("openai/x", "api.openai.com", local=False)


def test_known_secrets_and_their_ends_are_taken_out() -> None:
    redactor = Redactor(["correct-horse-battery-staple", "hunter2", ""])
    text = "key correct-horse-battery-staple, starts correct- and ends y-staple, pass hunter2."
    assert redactor.clean(text) == "key [secret], starts [secret] and ends [secret], pass [secret]."


@pytest.mark.parametrize(
    "text",
    ["sk-proj-abcdefghijklmnop1234", "gsk_abcdefghijklmnop1234", "AIzaSyA-abcdefghijklmnop", "Bearer abcdef123456"],
)
def test_what_looks_like_a_key_is_taken_out_though_unknown(text: str) -> None:
    assert Redactor([]).clean(f"sent {text}.").startswith("sent [secret]")


def test_ordinary_words_are_left_alone() -> None:
    text = "I asked for a risk-assessment and the bearer of the news left; skills matter."
    assert Redactor([]).clean(text) == text


GUARDED = """
    import asyncio, socket, sys, urllib.request
    from interviewer.models.privacy import blocked_attempts, forbid_network
    ports = set()
    def note(event, arguments):
        if event == "socket.connect":
            ports.add(arguments[1][1])
    sys.addaudithook(note)
    forbid_network(); forbid_network()
    assert not {"httpx", "litellm"} & set(sys.modules)
    def refused(act):
        try: act()
        except OSError: return True
        return False
    def udp(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("10.1.2.3", 53))
    assert refused(lambda: socket.create_connection(("10.1.2.3", 80), 1))
    assert refused(lambda: socket.create_connection(("2001:db8::1", 80), 1))
    assert refused(lambda: socket.getaddrinfo("example.org", 80))
    assert refused(lambda: socket.gethostbyname("0x7f000001"))
    assert refused(lambda: socket.getaddrinfo("127.0.0.1%.example.org", 80))
    assert refused(lambda: socket.getnameinfo(("10.1.2.3", 80), 0))
    assert refused(lambda: urllib.request.urlopen("http://example.org"))
    assert refused(udp)
    seen = blocked_attempts()
    assert seen == ("10.1.2.3", "2001:db8::1", "example.org", "0x7f000001", "127.0.0.1%.example.org",
                    "10.1.2.3", "10.9.9.9", "10.1.2.3"), seen

    from interviewer.models.model import Message, ModelError, Request
    from interviewer.models.opening import open_model
    asked = Request([Message("user", "hello")], max_tokens=9)
    async def run():
        for model in (
            open_model("ollama/ok", base_url=sys.argv[1], environment={}, local_only=True),
            open_model("ok", base_url=sys.argv[2], environment={}, local_only=True),
        ):
            print((await model.complete(asked)).state, model.local)
            await model.close()
        for name in ("openai/gpt-5-mini", "ollama/x"):
            far = {"OPENAI_API_KEY": "k", "OLLAMA_HOST": "10.1.2.3"}
            try: await open_model(name, environment=far, local_only=True).complete(asked)
            except ModelError as error: print(error.kind)
    asyncio.run(run())
    assert blocked_attempts() == seen, blocked_attempts()
    assert {int(url.split(":")[2].split("/")[0]) for url in sys.argv[1:]} <= ports, "native code had sockets of its own"
"""


PROXIES = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"), "http://10.9.9.9:3128")
CALLBACKS = {
    **{"LITELLM_LOG": "DEBUG", "LITELLM_MODE": "DEV", "LITELLM_LOCAL_MODEL_COST_MAP": "False", "OPENAI_LOG": "debug"},
    **{"LITELLM_CALLBACKS": "langfuse", "SUCCESS_CALLBACK": "langfuse", "LANGFUSE_PUBLIC_KEY": "pk"},
    **{"LANGFUSE_SECRET_KEY": "sk", "LANGFUSE_HOST": "http://10.9.9.8", "LITELLM_TELEMETRY": "True"},
    **{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://10.9.9.7:4318", "SENTRY_DSN": "http://a@10.9.9.6/1"},
    **{"USE_AIOHTTP_TRANSPORT": "True", "DISABLE_AIOHTTP_TRANSPORT": "False", "LITELLM_RUST": "true"},
}
"""Of the environment, by which litellm and what hangs on it may be told to tell others."""


def test_with_the_guard_up_nothing_leaves_this_machine_and_local_models_work() -> None:
    """A process of its own: the guard cannot be taken down again."""
    with OllamaDouble() as ollama, OpenAIDouble() as openai:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(GUARDED), ollama.url, openai.base],
            capture_output=True,
            text=True,
            timeout=60,
            env={"PATH": "", **PROXIES, **CALLBACKS},
        )
    assert done.stderr == ""
    assert done.stdout.split("\n") == ["complete True", "complete True", "refused", "refused", ""]
