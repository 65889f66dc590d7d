"""Asks for one of some options in the terminal it is started in. Usage: picking.py COUNT [plain]."""

from __future__ import annotations

import sys

from interviewer.terminal.picker import pick
from interviewer.terminal.screen import Screen

if __name__ == "__main__":
    options = {f"key-{number}": f"option {number} \x1b]0;owned\x07" for number in range(1, int(sys.argv[1]) + 1)}
    screen = Screen.open(plain="plain" in sys.argv)
    try:
        screen.say(f"picked {pick('Which one?', options, 'key-2', screen)}")
    except KeyboardInterrupt:
        screen.say("picked nothing")
    except EOFError:
        screen.say("picked the end")
