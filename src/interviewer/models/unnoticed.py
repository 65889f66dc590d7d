"""Heavy work in a thread beside somebody who types: each key is echoed meanwhile, and afterwards too."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

TURN = 0.0005
"""Seconds after which the thread lets the one that echoes keys go on; Python's usual 5 ms add up."""

_lock = Lock()
_before: list[tuple[bool, float]] = []
"""For each block under way, whether garbage was searched for and how long a turn was before the first of them."""


@contextmanager
def unnoticed() -> Iterator[None]:
    """Within the block turns are short and no garbage is searched for, which makes loading a fifth faster. Afterwards
    searches leave out what was loaded: going through it would hold a key back for 12 ms, or for 145 with litellm."""
    with _lock:
        _before.append(_before[0] if _before else (gc.isenabled(), sys.getswitchinterval()))
        sys.setswitchinterval(TURN)
        gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        with _lock:
            collecting, turn = _before.pop()
            if not _before:
                sys.setswitchinterval(turn)
                if collecting:
                    gc.enable()
