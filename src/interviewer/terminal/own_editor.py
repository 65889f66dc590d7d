"""The candidate's own editor ($VISUAL, $EDITOR) for one text; the file is private and gone afterwards."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..text import without_surrogates

USUAL = ("editor", "nano", "vi", "notepad")
"""Tried in this order when neither variable is set."""


def edited(text: str, environ: Mapping[str, str]) -> str | None:
    """The text as the editor left it; None where no editor could be started or it ended in failure.

    Bytes that are not UTF-8 come back as replacement characters.
    """
    with tempfile.TemporaryDirectory(prefix="answer-") as folder:
        path = Path(folder) / "answer.txt"
        path.write_text(without_surrogates(text), encoding="utf-8")
        if not _opened(path, environ):
            return None
        return path.read_text(encoding="utf-8", errors="replace").removesuffix("\n")


def _opened(path: Path, environ: Mapping[str, str]) -> bool:
    own = [environ[name] for name in ("VISUAL", "EDITOR") if environ.get(name)]
    for command in own or USUAL:
        try:
            return subprocess.call([*shlex.split(command), str(path)]) == 0
        except (OSError, ValueError):
            continue
    return False
