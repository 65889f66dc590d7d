"""The first run: which model, if there is one at hand. To find out, it knocks at a port and reads the environment."""

from __future__ import annotations

import asyncio
import os
import socket

from ..models.discovery import Offer, how_to_get_better, keyed_offers, ollama_offers
from ..models.keys import Keys
from ..models.model import ModelError
from ..models.ollama_host import parse_host
from ..models.privacy import where
from ..rating.opening import OFFLINE
from ..settings import Settings

GLANCE = 0.15
"""Seconds that a local Ollama gets to answer the knock."""


def pick_model(settings: Settings) -> str:
    """What the candidate picks; offline, with a line on how to get better, when there is nothing to pick from."""
    from ..terminal.picker import pick
    from ..terminal.place import open_screen

    screen = open_screen(settings)
    offers = [offer for offer in _at_hand() if offer.local or not settings.local_only]
    if not offers:
        screen.say(how_to_get_better(offers))
        return OFFLINE
    options = {OFFLINE: "offline: no model, at once, nothing leaves this machine"}
    options |= {offer.name: f"{offer.name}: {where(offer.host, local=offer.local)}" for offer in offers}
    return pick("Who shall interview you? --model changes it at any time.", options, OFFLINE, screen)


def _at_hand() -> list[Offer]:
    """Ollama's models, where one answers the knock, and providers whose key is set."""
    try:
        local = asyncio.run(ollama_offers(os.environ)) if _ollama_answers() else ()
        return [*local, *keyed_offers(Keys(os.environ), os.environ)]
    except ModelError:
        return []


def _ollama_answers() -> bool:
    """Whether something listens at OLLAMA_HOST; a look that loads no network library."""
    address = parse_host(os.environ.get("OLLAMA_HOST", ""))
    try:
        socket.create_connection((address.host, address.port), GLANCE).close()
    except OSError:
        return False
    return True
