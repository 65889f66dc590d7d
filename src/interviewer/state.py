"""What the program remembers of its own accord, in `state.json`: the last model, what was told, where backups went.

All of it may be lost without harm: a file that cannot be read counts as empty, and where nothing can be written,
nothing is remembered. It may know nothing of models or sessions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from .places import Paths, find_paths, read_own, write_private


def last_model(*, paths: Paths | None = None) -> str | None:
    """The model that was used last; None on the first run, or when the file is gone or unreadable."""
    name = _state(paths or find_paths()).get("model")
    return name if isinstance(name, str) and name else None


def remember_model(name: str, *, paths: Paths | None = None) -> None:
    """Remembers the model for the next run."""
    _remember("model", name, paths or find_paths())


def is_news(sentence: str, *, paths: Paths | None = None) -> bool:
    """Whether this is not what was told the last time; from now on it is."""
    paths = paths or find_paths()
    if _state(paths).get("told") == sentence:
        return False
    _remember("told", sentence, paths)
    return True


def backups(*, paths: Paths | None = None) -> list[Path]:
    """Where backups were written or begun, as far as it is known; some may be gone."""
    files = _state(paths or find_paths()).get("backups")
    return [Path(file) for file in files if isinstance(file, str)] if isinstance(files, list) else []


def remember_backups(files: Iterable[Path], *, paths: Paths | None = None) -> None:
    """Remembers where backups are, so that `forget` can name them; of those named before, only these."""
    _remember("backups", list(dict.fromkeys(map(str, files))), paths or find_paths())


def _state(paths: Paths) -> dict[str, Any]:
    try:
        state = json.loads(read_own(paths.state_file))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _remember(key: str, value: str | list[str], paths: Paths) -> None:
    with suppress(OSError):
        write_private(paths.state_file, json.dumps({**_state(paths), key: value}) + "\n")
