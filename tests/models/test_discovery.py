from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from interviewer.models.discovery import (
    Offer,
    how_to_get_better,
    keyed_offers,
    ollama_offers,
    own_server_offers,
    redirected_offers,
)
from interviewer.models.keys import Keys
from interviewer.models.model import NotConfigured
from tests.doubles.ollama import OllamaDouble
from tests.doubles.openai import OpenAIDouble
from tests.doubles.server import Witness

from .conftest import KEY


def test_ollamas_models_come_with_what_one_chooses_by(ollama: OllamaDouble) -> None:
    offers = {offer.name: offer for offer in asyncio.run(ollama_offers({"OLLAMA_HOST": ollama.url}))}
    here = offers["ollama/ok"]
    assert (here.parameters, here.quantisation, here.size, here.context) == ("8.2B", "Q4_K_M", 5_200_000_000, 40_960)
    assert here.local
    assert here.host == f"127.0.0.1:{ollama.port}"
    for remote in ("ollama/innocent", "ollama/big:120b-cloud", "ollama/hollow"):
        assert not offers[remote].local
        assert offers[remote].host.startswith("ollama.com (through 127.0.0.1")
    assert "ollama/embedder" not in offers, "a model for embeddings cannot interview"
    assert ollama.bodies("/api/chat") == [], "looking loads no model"


def test_local_models_come_first(ollama: OllamaDouble) -> None:
    local = [offer.local for offer in asyncio.run(ollama_offers({"OLLAMA_HOST": ollama.url}))]
    assert local == sorted(local, reverse=True)


def test_without_an_ollama_there_are_no_offers_and_no_error() -> None:
    with OllamaDouble() as gone:
        url = gone.url
    assert asyncio.run(ollama_offers({"OLLAMA_HOST": url})) == ()
    with Witness() as other:
        assert asyncio.run(ollama_offers({"OLLAMA_HOST": other.url})) == ()


def test_an_address_that_is_none_is_an_error() -> None:
    with pytest.raises(NotConfigured):
        asyncio.run(ollama_offers({"OLLAMA_HOST": "ftp://x"}))
    with pytest.raises(NotConfigured):
        asyncio.run(own_server_offers({"HOSTED_VLLM_API_BASE": "http://127.0.0.1:9/\x01"}))


def test_providers_are_offered_whose_key_is_there_and_nobody_is_asked(tmp_path: Path) -> None:
    Keys({}, tmp_path / "keys.json").save("groq", KEY)
    keys = Keys({"ANTHROPIC_API_KEY": KEY}, tmp_path / "keys.json")
    offers = keyed_offers(keys, {})
    assert [(offer.name.partition("/")[0], offer.host, offer.key) for offer in offers] == [
        ("anthropic", "api.anthropic.com", "ANTHROPIC_API_KEY"),
        ("groq", "api.groq.com", "keys.json"),
    ]
    assert KEY not in repr(offers)


def test_servers_of_ones_own_are_found_and_get_no_key(openai: OpenAIDouble) -> None:
    nowhere = "http://127.0.0.1:9/v1"
    environment = {
        "LM_STUDIO_API_BASE": openai.base,
        "LLAMAFILE_API_BASE": nowhere,
        "HOSTED_VLLM_API_BASE": nowhere,
        "OPENAI_API_KEY": KEY,
    }
    offers = asyncio.run(own_server_offers(environment))
    assert offers[0] == Offer("lm_studio/ok", f"127.0.0.1:{openai.port}", True, context=4096)
    assert KEY not in openai.everything()


def test_a_server_here_that_stands_in_for_a_provider_is_asked_what_it_has(openai: OpenAIDouble, tmp_path: Path) -> None:
    environment = {"OPENAI_BASE_URL": openai.base}
    assert keyed_offers(Keys({"OPENAI_API_KEY": KEY}, tmp_path / "keys.json"), environment) == ()
    [offer, *_] = asyncio.run(redirected_offers(environment))
    assert (offer.name, offer.local) == ("openai/ok", True)
    assert asyncio.run(redirected_offers({})) == ()
    assert KEY not in openai.everything()


def test_something_else_on_the_port_is_not_a_model_server() -> None:
    with Witness() as other, OllamaDouble() as ollama:
        environment = {
            "LM_STUDIO_API_BASE": other.url,
            "LLAMAFILE_API_BASE": ollama.url,
            "HOSTED_VLLM_API_BASE": "http://127.0.0.1:9",
        }
        assert asyncio.run(own_server_offers(environment)) == ()


def test_one_line_says_how_to_get_better() -> None:
    assert "install Ollama and run `ollama pull" in how_to_get_better({}, ollama=None)
    assert "127.0.0.1:11434: start it with `ollama serve`" in how_to_get_better({}, ollama="/usr/bin/ollama")
    assert "127.0.0.1:9: start it" in how_to_get_better({"OLLAMA_HOST": "127.0.0.1:9"}, ollama=None)
    assert "install Ollama" in how_to_get_better({"OLLAMA_HOST": "me@x"}, ollama=None)
