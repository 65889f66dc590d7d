"""Speech that is streamed into the terminal it is started in, then a reply. Usage: streaming.py [plain|endless]."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator

from interviewer.interview.candidate import Answer, Purpose, Situation
from interviewer.terminal.chat import TerminalCandidate
from interviewer.terminal.screen import Screen

SPEECH = "So you used List<Foo> [/b] there. " * 8 + "\n\n```\nfor x in y:\n    run(x)\n```\n"


async def speech(endless: bool) -> AsyncIterator[str]:
    while True:
        for start in range(0, len(SPEECH), 4):
            yield SPEECH[start : start + 4]
            await asyncio.sleep(0.001)
        if not endless:
            return


async def main() -> None:
    screen = Screen.open(plain="plain" in sys.argv)
    situation = Situation("t", 1, 1, 1, time.monotonic(), None, "exam", "offline", "", ("help",))
    with TerminalCandidate(screen) as candidate:
        await candidate.listen(Purpose.PROBE, speech("endless" in sys.argv))
        reply = await candidate.reply(situation)
        screen.say(f"got {reply.text if isinstance(reply, Answer) else reply}")


if __name__ == "__main__":
    asyncio.run(main())
