"""Trying again: few times, after a growing wait or as long as the server asked, and never unseen.

Every retry sends the candidate's words once more and may cost once more, so nothing below this module retries.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from .model import ModelError
from .notices import Notice, Tell

Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[None]]


class Transient(Exception):
    """A failure that waiting may cure. `error` is what the caller gets when it does not."""

    def __init__(self, error: ModelError):
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long. Times are in seconds."""

    attempts: int = 3
    first_wait: float = 1.0
    longest_wait: float = 20.0
    """A server that asks for more than this is not waited for; the error says how long it wanted."""

    def wait_before(self, attempt: int) -> float:
        """The wait before attempt 2, 3, …: doubling, with up to a quarter taken off so that clients spread out."""
        whole = min(self.first_wait * 2.0 ** (attempt - 2), self.longest_wait)
        return whole * (1 - random.random() / 4)


USUAL = Patience()


async def patiently(
    call: Callable[[], Awaitable[Result]], patience: Patience, tell: Tell, *, sleep: Sleep = asyncio.sleep
) -> Result:
    """What `call` returns, tried again while it raises `Transient`.

    Raises:
        ModelError: as `call` raised it, or the last `Transient`'s own.
    """
    for attempt in range(2, patience.attempts + 2):
        try:
            return await call()
        except Transient as failed:
            error = failed.error
        wait = error.retry_after if error.retry_after is not None else patience.wait_before(attempt)
        if attempt > patience.attempts or wait > patience.longest_wait:
            break
        tell(
            Notice(
                "retrying",
                f"{error} Trying again in {wait:.0f} s ({attempt} of {patience.attempts}).",
                wait,
            )
        )
        await sleep(wait)
    raise error
