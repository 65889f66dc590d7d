"""The first run: which model, if there is one at hand. To find out, it knocks at a port and reads the environment."""

from __future__ import annotations

import asyncio
import os
import socket

from ..models.discovery import Offer, how_to_get_better, keyed_offers, ollama_offers
from ..models.model import ModelError
from ..models.ollama_host import parse_host
from ..session.events import OFFLINE
from . import offers
from .sitting import Desk

GLANCE = 0.15
"""Seconds that a local Ollama gets to answer the knock."""


def pick_model(desk: Desk) -> str:
    """What the candidate picks; offline, with a line on how to get better, when there is nothing to pick from."""
    from ..terminal.picker import pick
    from ..terminal.place import open_screen

    screen = open_screen(desk.settings)
    rows = offers.rows(desk, _at_hand(desk))
    if len(rows) == 1:
        screen.say(how_to_get_better(()))
        return OFFLINE
    options = {row.offer.name: f"{row.offer.name}: {row.line}" for row in rows}
    return pick("Who shall interview you? --model changes it at any time.", options, OFFLINE, screen)


def _at_hand(desk: Desk) -> list[Offer]:
    """Ollama's models, where one answers the knock, and providers whose key is set."""
    try:
        local = asyncio.run(ollama_offers(os.environ)) if _ollama_answers() else ()
        return [*local, *keyed_offers(desk.keys, os.environ)]
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
