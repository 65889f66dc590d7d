"""What there is to choose from: Ollama's models, providers whose key is set, servers of one's own on their usual ports.

Looking sends nothing but the questions "which models do you have" and, to Ollama, "what are they like"; no key goes
with them. Importing this module imports no network library.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .deadlines import Deadlines
from .keys import Keys
from .model import ModelError, NotConfigured
from .ollama_host import parse_host
from .ollama_wire import ModelCard
from .privacy import OLLAMA_CLOUD, is_cloud_name
from .providers import Base, Provider, effective_base, providers

if TYPE_CHECKING:
    from .ollama_server import OllamaServer

_QUICK = Deadlines(connect=1, first=2, gap=2, total=3)
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that `open_model` would open. Names come from servers: clean them before showing."""

    name: str
    """As to be typed: "ollama/qwen3:8b"."""
    host: str
    """Where the words would go."""
    local: bool
    size: int | None = None
    """Bytes on disk."""
    parameters: str = ""
    """As "8.2B"."""
    quantisation: str = ""
    """As "Q4_K_M"."""
    context: int | None = None
    """Tokens that the model can take."""
    key: str = ""
    """Where its key was found, as "ANTHROPIC_API_KEY"; never the key."""


async def ollama_offers(environment: Mapping[str, str]) -> tuple[Offer, ...]:
    """The chat models of the Ollama server, the smallest first; none if there is no server.

    Raises:
        NotConfigured: OLLAMA_HOST is not an address.
    """
    from .ollama_server import OllamaServer

    server = OllamaServer(parse_host(environment.get("OLLAMA_HOST", "")), limits=_QUICK)
    try:
        listed = await server.models()
        turns = asyncio.Semaphore(_AT_ONCE)
        offers = await asyncio.gather(*(_ollama_offer(server, card, turns) for card in listed))
    except ModelError:
        return ()
    finally:
        await server.close()
    return tuple(sorted((offer for offer in offers if offer), key=lambda offer: (not offer.local, offer.size or 0)))


async def _ollama_offer(server: OllamaServer, card: ModelCard, turns: asyncio.Semaphore) -> Offer | None:
    async with turns:
        try:
            shown = await server.show(card.tag)
        except ModelError:
            shown = card
    if not shown.chats:
        return None
    remote = bool(card.remote_host or shown.remote_host or is_cloud_name(card.tag) or not card.size)
    address = server.address.shown
    return Offer(
        name=f"ollama/{card.tag}",
        host=f"{OLLAMA_CLOUD} (through {address})" if remote else address,
        local=server.on_this_machine and not remote,
        size=None if remote else card.size,
        parameters=card.parameters or shown.parameters,
        quantisation=card.quantisation or shown.quantisation,
        context=shown.context,
    )


def keyed_offers(keys: Keys, environment: Mapping[str, str]) -> tuple[Offer, ...]:
    """For every provider whose key is there, the model to start with. Asks nobody.

    None for one that the environment redirects to this machine: what is there does not have that model.

    Raises:
        NotConfigured: the key file is open to others, or an address in the environment is not one.
    """
    offers = []
    for provider in providers().values():
        key = keys.find(provider.name) if provider.key_env else None
        base = effective_base(provider, environment)
        if key and base and not base.local:
            offers.append(Offer(provider.suggest, base.host, base.local, key=key.source))
    return tuple(offers)


async def own_server_offers(environment: Mapping[str, str]) -> tuple[Offer, ...]:
    """The models of llama.cpp, LM Studio and vLLM servers on their usual ports of this machine.

    Raises:
        NotConfigured: an address in the environment is not one.
    """
    candidates = [
        (provider, base)
        for provider in providers().values()
        if provider.own_server and (base := effective_base(provider, environment))
    ]
    found = await asyncio.gather(*(_served(provider, base) for provider, base in candidates))
    return tuple(offer for offers in found for offer in offers)


async def redirected_offers(environment: Mapping[str, str]) -> tuple[Offer, ...]:
    """The models of servers on this machine to which the environment redirects a provider, as OPENAI_BASE_URL does.

    Raises:
        NotConfigured: an address in the environment is not one.
    """
    bases = [(provider, effective_base(provider, environment)) for provider in providers().values() if provider.key_env]
    found = await asyncio.gather(*(_served(provider, base) for provider, base in bases if base and base.local))
    return tuple(offer for offers in found for offer in offers)


async def _served(provider: Provider, base: Base) -> list[Offer]:
    import httpx

    try:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_QUICK.first) as client:
            listed = (await client.get(f"{base.url}/models")).json()["data"]
        return [
            Offer(f"{provider.name}/{entry['id']}", base.host, base.local, context=_context(entry)) for entry in listed
        ]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _context(entry: Mapping[str, Any]) -> int | None:
    meta = entry.get("meta")
    length = meta.get("n_ctx") if isinstance(meta, dict) else entry.get("max_model_len")
    return length if isinstance(length, int) else None


def how_to_get_better(environment: Mapping[str, str], *, ollama: str | None) -> str:
    """One line for someone who has no model to practise with.

    Args:
        ollama: where its program is; None where there is none.
    """
    key = "or set a key such as ANTHROPIC_API_KEY."
    named = environment.get("OLLAMA_HOST", "")
    if ollama or named:
        with suppress(NotConfigured):  # told where a model is asked for
            return (
                "With a model the follow-up questions get sharper. No model of Ollama's answers at "
                f"{parse_host(named).shown}: start it with `ollama serve`, get one with `ollama pull qwen3:8b`, {key}"
            )
    return f"With a model the follow-up questions get sharper: install Ollama and run `ollama pull qwen3:8b`, {key}"
