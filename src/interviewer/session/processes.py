"""Which processes run: told by their number and by when they began, for numbers are given out again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MARK = r"\d+\.\d*"
"""What `mark` looks like, as a regular expression."""


def process_start(pid: int) -> str:
    """When the process began, in the system's own count: tells it from a later one with the same number. Empty where
    that is not known, and of one that has ended and is only still listed, as in a container that nobody tidies."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return "" if state[0] in "ZX" else state[19]
    except (OSError, IndexError):
        return ""


if sys.platform == "win32":

    def _is_used(pid: int) -> bool:
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x100000, False, pid)  # SYNCHRONIZE
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)

else:

    def _is_used(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        except (OSError, OverflowError):
            return False
        return True


def runs(pid: int, born: str) -> bool:
    """Whether the process of that number, begun then (see `process_start`), still runs."""
    return _is_used(pid) and born == process_start(pid)


def mark() -> str:
    """This process, as a part of the name of what it is at work on."""
    return f"{os.getpid()}.{process_start(os.getpid())}"


def marked_runs(mark: str) -> bool:
    """Whether the process of that mark still runs."""
    pid, _, born = mark.partition(".")
    return runs(int(pid), born)
