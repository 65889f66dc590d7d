"""The first run: which model, if there is one at hand. Nothing is loaded to find out but a port and the environment."""

from __future__ import annotations

import os
import socket

from ..models.providers import providers
from ..rating.opening import OFFLINE
from ..settings import Settings

GLANCE = 0.15
"""Seconds that a local Ollama gets to answer the knock."""


def pick_model(settings: Settings) -> str | None:
    """What the candidate picks; None, with a line on how to get better, when there is nothing to pick from."""
    from ..terminal.picker import pick
    from ..terminal.screen import Screen

    screen = Screen.open(plain=settings.plain, theme=settings.theme)
    options = {OFFLINE: "offline: no model, at once, nothing leaves this machine", **_local(), **_remote(settings)}
    if len(options) == 1:
        screen.say(
            "Interviewing offline. For a closer reading: start Ollama, or set a provider's key (docs/models.md)."
        )
        return None
    return pick("Who shall interview you? It can be changed at any time with --model.", options, OFFLINE, screen)


def _local() -> dict[str, str]:
    """The models of an Ollama that answers on this machine."""
    from ..models.ollama_host import parse_host

    address = parse_host(os.environ.get("OLLAMA_HOST", ""))
    try:
        socket.create_connection((address.host, address.port), GLANCE).close()
    except OSError:
        return {}
    import asyncio

    from ..models.discovery import ollama_models

    found = asyncio.run(ollama_models())
    return {f"ollama/{model.name}": f"ollama/{model.name}: {model.where}" for model in found}


def _remote(settings: Settings) -> dict[str, str]:
    """Providers whose key is set, with a model each."""
    if settings.local_only:
        return {}
    return {
        provider.example: f"{provider.example}: your words go to {provider.host}"
        for provider in providers().values()
        if any(os.environ.get(name) for name in provider.key_env)
    }
