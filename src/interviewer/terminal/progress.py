"""The wait for ratings that are not back yet: one line that counts down; Ctrl-C keeps what is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..text import plural, shorten
from .interrupts import on_interrupt
from .look import Role
from .screen import Screen

BAR = 20
"""Columns."""


@contextmanager
def ratings_left(screen: Screen, pending: int) -> Iterator[Callable[[int], None]]:
    """Within the block, which waits for ratings, Ctrl-C ends the wait and nothing else.

    Args:
        pending: ratings that are left.

    Yields:
        A function to be told how many are left.
    """
    waiting = asyncio.current_task()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        if waiting:
            waiting.cancel()

    def tell(left: int) -> None:
        if left:
            screen.renew(_standing(screen, pending, left), Role.QUIET)

    with on_interrupt(stop):
        try:
            yield tell
        except asyncio.CancelledError:
            if not stopped or not waiting:
                raise
            waiting.uncancel()
            screen.clear()
            screen.say("The rest stays unrated; what is rated is kept.", Role.QUIET)
        else:
            screen.clear()


def _standing(screen: Screen, pending: int, left: int) -> str:
    said = f"{left} of {plural(pending, 'reading')} left (Ctrl-C shows the scorecard without)"
    if screen.look.plain:
        return said
    done = BAR * (pending - left) // max(pending, 1)
    full, empty = screen.look.mark("━", "#"), screen.look.mark("─", "-")
    return shorten(f"{full * done}{empty * (BAR - done)} {said}", screen.width - 1)
