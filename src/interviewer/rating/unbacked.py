"""What a card says of a figure that was claimed, asked about, and not backed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..bank.told import Told
from ..session.transcript import ThreadState
from .rater import Flag, FlagKind, Quote


def unbacked(state: ThreadState, told: Told) -> Iterator[Flag]:
    """A flag with the claim, where it was asked where that comes from and no reply says anything of it."""
    claims = told.claims
    asked = {probe.text for probe in state.probes if probe.reason == claims.reason}
    replies = [
        reply.text for asking, reply in pairwise(state.turns) if asking.text in asked and reply.role == "candidate"
    ]
    if replies and not any(map(claims.is_sourced, replies)) and (claim := claims.claim(state.thread.answers)):
        yield Flag(FlagKind.UNBACKED, claims.unbacked, Quote(claim.group(), 0, claim.start(), claim.end()))
