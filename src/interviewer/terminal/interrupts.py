"""Ctrl-C and hang-up as calls on the event loop, for as long as a block lasts."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def on_interrupt(act: Callable[[], None]) -> Iterator[None]:
    """Within the block Ctrl-C calls `act` on the running event loop instead of ending the program."""
    loop = asyncio.get_running_loop()

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)

    with handled((signal.SIGINT,), handle):
        yield


@contextmanager
def handled(signals: tuple[signal.Signals, ...], handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Within the block the handler takes the signals; outside the main thread, where none may be set, nothing is."""
    try:
        before = [(number, signal.signal(number, handler)) for number in signals]
    except ValueError:
        before = []
    try:
        yield
    finally:
        for number, previous in before:
            signal.signal(number, previous)
