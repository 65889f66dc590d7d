"""`interviewer models`: what can be used here, and where the words would go."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ..settings import last_model
from ..text import clean_line
from .sitting import Desk

if TYPE_CHECKING:
    from ..models.discovery import Offer


@click.command("models", short_help="List the models that can be used here.")
@click.option("--servers", is_flag=True, help="Look for llama.cpp, LM Studio and vLLM on their usual ports too.")
@click.option("--local-only", is_flag=True, default=None, help="Only what stays on this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(servers: bool, local_only: bool | None, as_json: bool) -> None:
    """List the models at hand: Ollama's, and one of each provider whose key is set. The last one used comes first."""
    from ..models.discovery import how_to_get_better

    desk = Desk.open({"local_only": local_only})
    found = asyncio.run(_found(desk, servers))
    offers = [offer for offer in found if offer.local or not desk.settings.local_only]
    last = last_model(paths=desk.paths)
    offers.sort(key=lambda offer: offer.name != last)
    if as_json:
        click.echo(json.dumps([_row(offer, last) for offer in offers], ensure_ascii=False, indent=1))
        return
    click.echo(f"{'offline':<34} stays in this program" + ("   (used last)" if last in (None, "offline") else ""))
    for offer in offers:
        click.echo(_line(offer, last))
    if not offers:
        click.echo(how_to_get_better(offers))


async def _found(desk: Desk, servers: bool) -> list[Offer]:
    from ..models.discovery import keyed_offers, ollama_offers, own_server_offers

    own = await own_server_offers(os.environ) if servers else ()
    return [*await ollama_offers(os.environ), *own, *keyed_offers(desk.keys, os.environ)]


def _row(offer: Offer, last: str | None) -> dict[str, object]:
    return {**asdict(offer), "last": offer.name == last}


def _line(offer: Offer, last: str | None) -> str:
    size = f"{offer.size / 1e9:.1f} GB" if offer.size else ""
    context = f"{offer.context:,} tokens" if offer.context else ""
    facts = ", ".join(filter(None, [offer.parameters, offer.quantisation, size, context]))
    where = f"stays on this machine ({offer.host})" if offer.local else f"goes to {offer.host}"
    mark = "(used last)" if offer.name == last else ""
    return f"{clean_line(offer.name):<34} " + "   ".join(filter(None, map(clean_line, (where, facts, mark))))
