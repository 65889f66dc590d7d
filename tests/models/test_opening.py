from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.models import hygiene
from interviewer.models.model import NotConfigured, Refused
from interviewer.models.opening import open_model
from interviewer.models.providers import effective_base, other_providers, providers, read_base
from interviewer.models.scripted import ScriptedModel

from .conftest import KEY


def test_what_is_imported_lightly_brings_no_network_library() -> None:
    light = ["model", "opening", "discovery", "privacy", "keys", "budget", "listening", "scripted", "diagnosis"]
    code = "import sys\n" + "\n".join(f"import interviewer.models.{name}" for name in light)
    code += "\nprint(sorted({'httpx', 'litellm', 'openai', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["foo", "", "offline", "ollama/", "openai/"])
def test_a_name_that_means_no_model_is_answered_with_what_there_is(name: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        open_model(name, environment={})
    assert caught.value.next_step
    if name != "offline":
        assert "ollama/…" in caught.value.next_step
        assert "anthropic/…" in caught.value.next_step


def test_a_missing_key_is_said_with_the_variable_to_set() -> None:
    with pytest.raises(NotConfigured, match="no key for anthropic") as caught:
        open_model("anthropic/claude-sonnet-4-5", environment={})
    assert "ANTHROPIC_API_KEY" in caught.value.next_step


@pytest.mark.parametrize(("name", "meant"), [("olama/qwen", "ollama/qwen"), ("Anthropic/x", "anthropic/x")])
def test_a_misspelt_provider_is_refused_before_anything_is_asked(name: str, meant: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        open_model(name, environment={})
    assert meant in caught.value.next_step


def test_no_provider_that_litellm_reaches_is_taken_for_a_misspelling() -> None:
    litellm = hygiene.litellm()
    reached = {provider.value for provider in litellm.LlmProviders} - {"ollama", "ollama_chat"}
    assert reached <= providers().keys() | other_providers()


@pytest.mark.parametrize(
    ("name", "environment", "host", "local"),
    [
        ("ollama/qwen3:8b", {}, "127.0.0.1:11434", True),
        ("ollama_chat/qwen3:8b", {}, "127.0.0.1:11434", True),
        ("ollama/qwen3:8b", {"OLLAMA_HOST": "box:99"}, "box:99", False),
        ("anthropic/x", {"ANTHROPIC_API_KEY": "k"}, "api.anthropic.com", False),
        ("lm_studio/x", {}, "127.0.0.1:1234", True),
        ("llamafile/x", {"LLAMAFILE_API_BASE": "http://box:8080/v1"}, "box:8080", False),
        ("replicate/x", {}, "replicate", False),
    ],
)
def test_where_the_words_will_go_is_known_at_once(
    name: str, environment: dict[str, str], host: str, local: bool
) -> None:
    model = open_model(name, environment=environment)
    assert (model.host, model.local) == (host, local)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("openai/gpt-5-mini", {"environment": {"OPENAI_API_KEY": "k"}}),
        ("tiny", {"base_url": "http://192.168.1.5:8080/v1", "environment": {}}),
        ("replicate/x", {"environment": {}}),
        ("anthropic/without-a-key", {"environment": {}}),
    ],
)
def test_local_only_opens_nothing_that_leaves(name: str, more: dict[str, object]) -> None:
    with pytest.raises(Refused):
        open_model(name, local_only=True, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "tiny",
        "ftp://x/v1",
        "http://",
        "http://me:pw@127.0.0.1/v1",
        "http://x:99999/v1",
        "http://my server/v1",
        "http://x..y/v1",
        "http://127.0.0.1:8080/\x01",
    ],
)
def test_a_base_url_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        open_model("tiny", base_url=url, environment={})
    assert "pw" not in str(caught.value)


def test_no_key_shows_in_a_model() -> None:
    model = open_model("openai/gpt-5-mini", environment={"OPENAI_API_KEY": KEY})
    assert KEY not in repr(model) + repr(vars(model))


def test_every_provider_of_the_table_is_complete() -> None:
    for provider in providers().values():
        assert effective_base(provider, {}) is not None
        assert provider.own_server == bool(provider.title) != bool(provider.suggest)
        assert provider.own_server or provider.suggest.startswith(f"{provider.name}/")
        assert provider.own_server == read_base(provider.base_url).local


def test_a_script_is_a_model_too(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text("- Hello.\n")
    assert isinstance(open_model(f"scripted/{tmp_path}/demo.yaml"), ScriptedModel)


@pytest.mark.parametrize(
    ("given", "called"),
    [("http://0.0.0.0:8080/v1/", "http://127.0.0.1:8080/v1"), ("http://[::]:80/v1", "http://[::1]:80/v1")],
)
def test_the_address_that_a_server_listens_on_means_this_machine(given: str, called: str) -> None:
    """Called as it stands it would go to a proxy, which calls itself by it."""
    base = read_base(given)
    assert (base.url, base.local) == (called, True)


@pytest.mark.parametrize(
    ("name", "base_url"),
    [
        ("nosuch", None),
        ("nosuch/x", None),
        ("olama/qwen3:8b", None),
        ("offline", None),
        ("scripted//there/is/none", None),
        (f"scripted/{__file__}", None),
        ("x", "hohoho"),
        ("x", "http://somebody:secret@127.0.0.1"),
        ("ollama/qwen3:8b", "gopher://127.0.0.1"),
    ],
)
def test_a_name_or_an_address_that_means_nothing_is_a_mistake_of_the_command_line(
    name: str, base_url: str | None
) -> None:
    with pytest.raises(NotConfigured) as refused:
        open_model(name, base_url=base_url, environment={})
    assert refused.value.exit_code == 2


def test_a_key_that_is_missing_is_none() -> None:
    with pytest.raises(NotConfigured, match="no key for openai") as refused:
        open_model("openai/gpt-4o", environment={})
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("name", "meant"),
    [("qwen3:8b", "ollama/qwen3:8b"), ("gpt-4o", "openai/gpt-4o"), ("claude-opus-4-1", "anthropic/claude-opus-4-1")],
)
def test_a_model_named_without_its_provider_is_told_by_its_whole_name(name: str, meant: str) -> None:
    with pytest.raises(NotConfigured) as refused:
        open_model(name, environment={})
    assert refused.value.next_step == f"Perhaps it is {meant}."
    with pytest.raises(NotConfigured, match="no model named") as of_anybody:
        open_model("llama-3", environment={})
    assert "Perhaps" not in of_anybody.value.next_step
