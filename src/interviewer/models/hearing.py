"""A reply while it comes, whichever wire it comes over: text apart from reasoning, tokens, time, and how it ended."""

from __future__ import annotations

import time
from dataclasses import replace

from ..session.events import MOST_TOKENS
from .deadlines import TooSlow
from .errors import empty_reply, out_of_time
from .model import CHARACTERS_PER_TOKEN, EndState, ModelError, Reply, Request, Unreachable, Usage
from .thinking import ThinkFilter

LONGEST = 1_000_000
"""Characters, of speech and reasoning together: sixty times what the longest reply is asked to have."""


class Hearing:
    """Collects one reply. Set `ended` when the server says that it is over; None at the end means that it was cut."""

    def __init__(self, name: str, host: str, request: Request):
        self.request = request
        self.usage = Usage()
        self.ended: EndState | None = None
        self.broken_by: Exception | None = None
        """What stopped it early, where that is known."""
        self._name = name
        self._host = host
        self._filter = ThinkFilter()
        self._reasoning = ""
        self._heard = 0
        self._began = time.monotonic()
        self._first: float | None = None

    @property
    def text(self) -> str:
        """The speech so far."""
        return self._filter.speech

    @property
    def _thinking(self) -> str:
        """The reasoning so far, whether the server sent it apart or in tags."""
        return self._reasoning + self._filter.thinking

    @property
    def heard_nothing(self) -> bool:
        """Whether neither speech nor reasoning has come."""
        return not self.text and not self._thinking

    @property
    def is_endless(self) -> bool:
        """Whether more has come than any reply is long; whoever reads on would fill the memory."""
        return self._heard > LONGEST

    def add(self, text: str, reasoning: str = "") -> str:
        """The speech in a piece, which may be empty."""
        self._heard += len(text) + len(reasoning)
        self._reasoning += reasoning
        speech = self._filter.feed(text).speech if text else ""
        if speech and self._first is None:
            self._first = time.monotonic() - self._began
        return speech

    def held_back(self) -> str:
        """The speech that was still waiting for a decision when the reply ended."""
        return self._filter.end().speech

    def reply(self, *, allowed: int) -> Reply:
        """The reply as it ended. `allowed` are the tokens it could have had. The caller adds the cost.

        Raises:
            ModelError: nothing usable came.
        """
        if isinstance(self.broken_by, ModelError):
            raise self.broken_by
        state = self.ended or EndState.CUT
        if not self.text.strip():
            raise self._nothing(state, allowed)
        return Reply(
            text=self.text,
            state=state,
            thinking=self._thinking,
            usage=self._counted(),
            model=self._name,
            host=self._host,
            seconds=time.monotonic() - self._began,
            first_token_seconds=self._first,
        )

    def _nothing(self, state: EndState, allowed: int) -> ModelError:
        if isinstance(self.broken_by, TooSlow):
            return out_of_time(self._name, self._host, self.broken_by.seconds)
        if state is EndState.CUT:
            return Unreachable(
                f"The connection to {self._host} broke off before {self._name} said anything.",
                "Try again, or choose another model.",
            )
        spent = allowed if state is EndState.LENGTH else None
        return empty_reply(self._name, self._host, filtered=state is EndState.FILTERED, spent=spent)

    def _counted(self) -> Usage:
        prompt, completion = map(_possible, (self.usage.prompt_tokens, self.usage.completion_tokens))
        if prompt is not None and completion is not None:
            return self.usage
        said = len(self.text) + len(self._thinking)
        return replace(
            self.usage,
            prompt_tokens=prompt if prompt is not None else self.request.characters // CHARACTERS_PER_TOKEN,
            completion_tokens=completion if completion is not None else said // CHARACTERS_PER_TOKEN,
            estimated=True,
        )


def _possible(tokens: int | None) -> int | None:
    """The count, or None where no server can have counted it."""
    return tokens if tokens is not None and 0 <= tokens <= MOST_TOKENS else None
