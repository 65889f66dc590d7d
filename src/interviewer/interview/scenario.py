"""A scenario that unfolds: after a probe a new fact comes in, and the candidate has to move."""

from __future__ import annotations

from ..session.events import Event, ProbeAsked, Said
from .candidate import Purpose
from .followup import FollowUp, Heard, Speech


class Unfolding:
    """Probes and new facts by turns; it ends when there is neither."""

    def __init__(self, prober: FollowUp):
        self._prober = prober

    async def after(self, heard: Heard) -> Event | Speech:
        """A probe after an answer to a new fact, a new fact after an answer to a probe."""
        told = heard.thread.told
        facts = heard.question.developments[len(told) :]
        if heard.thread.last_said not in {probe.text for probe in heard.thread.probes}:
            probe = await self._prober.after(heard)
            if isinstance(probe, ProbeAsked) or not facts:
                return probe
        if not facts:
            return await self._prober.after(heard)
        return Said(purpose=Purpose.DEVELOPMENT, text=f"{facts[0].fact} {facts[0].ask}")
