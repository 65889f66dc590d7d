"""The models at hand, as rows: what each is, where words would go, what `calibrate` said of it. The last used first."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ..models.discovery import Offer, keyed_offers, ollama_offers, own_server_offers, redirected_offers
from ..models.model import ModelError
from ..rating.remembered import Remembered, remembered
from ..session.events import OFFLINE
from ..state import last_model
from .desk import Desk

NOBODY = Offer(OFFLINE, host="", local=True)
"""The interviewer without a model."""
SAID = {
    "yes": "good enough to practise with",
    "roughly": "roughly good enough",
    "no": "not good enough as a judge",
    "unknown": "too few answers to tell",
}
"""What `calibrate` found, in a few words."""


@dataclass(frozen=True, slots=True)
class Row:
    """An offer and what is known of it here. Names come from servers: clean them before showing."""

    offer: Offer
    measured: Remembered | None
    last: bool

    @property
    def destination(self) -> str:
        """Where words would go."""
        if self.offer.name == OFFLINE:
            return "words stay in this program"
        return f"{'stays on this machine,' if self.offer.local else 'goes to'} {self.offer.host}"

    @property
    def facts(self) -> str:
        """Parameters, quantisation, size and context, as far as the server tells."""
        size = f"{self.offer.size / 1e9:.1f} GB" if self.offer.size else ""
        context = f"{self.offer.context:,} tokens of context" if self.offer.context else ""
        return ", ".join(filter(None, [self.offer.parameters, self.offer.quantisation, size, context]))

    @property
    def said(self) -> str:
        """What `calibrate` said of it as a judge; empty when it was never measured."""
        if self.measured is None:
            return ""
        kappa = "" if self.measured.macro_qwk is None else f", QWK {self.measured.macro_qwk:.2f}"
        return f"calibrated {self.measured.at}: {SAID.get(self.measured.good_enough, 'unknown')}{kappa}"

    @property
    def line(self) -> str:
        """All but the name."""
        return "; ".join(filter(None, [self.destination, self.facts, self.said, "used last" if self.last else ""]))

    def as_json(self) -> dict[str, object]:
        """The row as plain data."""
        measured = asdict(self.measured) if self.measured else None
        return {**asdict(self.offer), "last": self.last, "calibration": measured}


def rows(desk: Desk, offers: Sequence[Offer]) -> list[Row]:
    """Rows of the offers that the settings allow, the last used first; offline comes with them."""
    last, known = last_model(paths=desk.paths), remembered(desk.paths)
    allowed = [NOBODY, *(offer for offer in offers if offer.local or not desk.settings.local_only)]
    found = [Row(offer, known.get(offer.name), offer.name == last) for offer in allowed]
    return sorted(found, key=lambda row: not row.last)


async def find(desk: Desk, *, servers: bool = False) -> list[Offer]:
    """Ollama's models, those of servers here that stand in for a provider, one of each provider with a key, and where
    asked for those of own servers on their usual ports.

    Raises:
        ModelError: an address in the environment is not one, or the key file is open to others.
    """
    own = await own_server_offers(os.environ) if servers else ()
    redirected = await redirected_offers(os.environ)
    return [*await ollama_offers(os.environ), *own, *redirected, *keyed_offers(desk.keys, os.environ)]


OFFERED = 6
"""Models offered when one fails; more would hide the other ways to go on."""


async def stand_ins(desk: Desk) -> Mapping[str, str]:
    """Models to go on with when one fails, and where words would go; none where looking fails too."""
    try:
        found = rows(desk, await find(desk))
    except ModelError:
        return {}
    others = [row for row in found if row.offer is not NOBODY][:OFFERED]
    return {row.offer.name: row.destination for row in others}
