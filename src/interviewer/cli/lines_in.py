"""Lines from a file or a pipe for a program that does other things meanwhile.

A pipe may keep a reader waiting, while what is rated must go out before the next line comes in and Ctrl-C must work:
it is read a little ahead in a thread. A file is read where its lines are wanted, which saves a line 0.1 ms.
"""

from __future__ import annotations

import asyncio
import os
import stat
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import BinaryIO

from ..session.json_lines import bounded_lines

READ_AHEAD = 64
"""Lines read but not taken yet."""


async def numbered_lines(stream: BinaryIO) -> AsyncIterator[tuple[int, bytes]]:
    """The stream's lines with their numbers, counted from 1, and no longer than `bounded_lines` gives them.

    Raises:
        OSError: the stream cannot be read any further; among others, as `EndlessLine`, because a line has no end.
    """
    numbered = enumerate(bounded_lines(stream), start=1)
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        for item in numbered:
            yield item
        return
    async for item in _read_ahead(numbered):
        yield item


async def _read_ahead(lines: Iterable[tuple[int, bytes]]) -> AsyncIterator[tuple[int, bytes]]:
    """The same lines, read in a thread."""
    arrived: asyncio.Queue[tuple[int, bytes] | OSError | None] = asyncio.Queue()
    room = threading.Semaphore(READ_AHEAD)
    loop = asyncio.get_running_loop()

    def put(item: tuple[int, bytes] | OSError | None) -> None:
        loop.call_soon_threadsafe(arrived.put_nowait, item)

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody wants more
            try:
                for item in lines:
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
