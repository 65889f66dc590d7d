"""An interview that is played on the screen: both sides at a pace one can read, until Enter hurries it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping

from ..interview.candidate import Answer, Candidate, Purpose, Reply, Situation, Utterance
from ..text import count_words
from . import views
from .linemode import LineReader
from .screen import Screen

READING = 240
"""Words a minute."""
LONGEST_PAUSE = 12.0


class StagedCandidate:
    """Shows what another candidate hears and says."""

    def __init__(self, player: Candidate, screen: Screen):
        self._player, self._screen = player, screen
        self._reader = LineReader(sys.stdin) if sys.stdin.isatty() and sys.stdout.isatty() else None

    async def hear(self, utterance: Utterance) -> None:
        """Shows it, and leaves time to read it."""
        await self._player.hear(utterance)
        self._screen.show(views.utterance(utterance, self._screen.look, self._screen.width))
        await self._pause(utterance.text)

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Shows speech when it is whole."""
        await self.hear(Utterance(purpose, "".join([piece async for piece in pieces])))

    async def reply(self, situation: Situation) -> Reply:
        """The player's, shown. Raises EOFError as the player does."""
        reply = await self._player.reply(situation)
        if isinstance(reply, Answer):
            self._screen.show(views.answer(reply.text, self._screen.look, self._screen.width))
            await self._pause(reply.text)
        return reply

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """The player's choice."""
        return await self._player.choose(ask, options, default)

    async def _pause(self, text: str) -> None:
        """Waits as long as the text takes to read; Enter ends this pause and all that follow."""
        if self._reader is None:
            return
        reading = asyncio.ensure_future(self._reader.line())
        done, _ = await asyncio.wait({reading}, timeout=min(LONGEST_PAUSE, count_words(text) * 60 / READING))
        if done:
            self._reader = None
        else:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
