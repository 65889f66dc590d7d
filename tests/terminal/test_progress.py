from __future__ import annotations

import asyncio
import io
import os
import signal

from interviewer.terminal.look import Look
from interviewer.terminal.progress import ratings_left
from interviewer.terminal.screen import Screen


def test_what_is_left_is_counted_down_on_one_line() -> None:
    out = io.StringIO()

    async def wait() -> None:
        with ratings_left(Screen(Look(colour=False), out, 80), 4) as tell:
            for left in (4, 1):
                tell(left)

    asyncio.run(wait())
    assert "\n" not in out.getvalue()
    assert "━━━━━━━━━━━━━━━───── 1 of 4 readings left" in out.getvalue()
    assert out.getvalue().endswith("\r\x1b[K")


def test_a_screen_reader_gets_a_line_for_each_and_none_when_nothing_is_left() -> None:
    out = io.StringIO()

    async def wait() -> None:
        with ratings_left(Screen(Look(plain=True, styled=False), out, 80), 2) as tell:
            for left in (2, 1, 0):
                tell(left)

    asyncio.run(wait())
    assert [row[:20] for row in out.getvalue().splitlines()] == ["2 of 2 readings left", "1 of 2 readings left"]


def test_ctrl_c_ends_the_wait_and_nothing_else() -> None:
    out = io.StringIO()

    async def wait() -> str:
        with ratings_left(Screen(Look(plain=True, styled=False), out, 80), 2):
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        return "the scorecard"

    assert asyncio.run(wait()) == "the scorecard"
    assert "what is rated is kept" in out.getvalue()
