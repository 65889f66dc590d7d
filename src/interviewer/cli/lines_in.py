"""Lines from a file or a pipe for a program that does other things meanwhile: read ahead a little in a thread.

A thread, because a pipe may keep a reader waiting: what is rated must go out before the next line comes in, and
Ctrl-C must work.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import BinaryIO

from ..errors import PlainError

ENDLESS = 16
"""How many times as long as the longest a line is read to find its end: a device has none."""
READ_AHEAD = 64
"""Lines read but not taken yet."""


class EndlessLine(PlainError, OSError):
    """A device, or something else that holds no lines."""


async def numbered_lines(stream: BinaryIO, longest: int) -> AsyncIterator[tuple[int, bytes]]:
    """The stream's lines with their numbers, counted from 1.

    Args:
        longest: bytes; of a longer line the first `longest + 1` are given and the rest is dropped.

    Raises:
        OSError: the stream cannot be read any further.
        EndlessLine: as it says.
    """
    arrived: asyncio.Queue[tuple[int, bytes] | OSError | None] = asyncio.Queue()
    room = threading.Semaphore(READ_AHEAD)
    loop = asyncio.get_running_loop()

    def put(item: tuple[int, bytes] | OSError | None) -> None:
        loop.call_soon_threadsafe(arrived.put_nowait, item)

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody wants more
            try:
                for item in enumerate(_lines(stream, longest), start=1):
                    room.acquire()
                    put(item)
                put(None)
            except OSError as error:
                put(error)

    threading.Thread(target=read, daemon=True).start()
    while item := await arrived.get():
        room.release()
        if isinstance(item, OSError):
            raise item
        yield item


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    while piece := stream.readline(longest + 1):
        rest, dropped = piece, 0
        while rest and not rest.endswith(b"\n") and len(rest) > longest:
            rest = stream.readline(longest + 1)
            dropped += 1
            if dropped > ENDLESS:
                raise EndlessLine("A line of the input has no end; name a file of JSON lines.")
        yield piece
