"""The candidate's own editor ($VISUAL, $EDITOR) for one text; the file is private and gone afterwards."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ..session.processes import MARK, mark, marked_runs
from ..text import without_surrogates

USUAL = ("editor", "nano", "vi", "notepad")
"""Tried in this order when neither variable is set."""
GLANCE = 1.0
"""Seconds after which what the editor has saved is known here too."""
_FOLDER = "interviewer-answer-"


def _let_go(text: str) -> None:
    """For who only wants the end."""


def edited(text: str, environ: Mapping[str, str], saved: Callable[[str], None] = _let_go) -> str | None:
    """The text as the editor left it; None where no editor could be started or it ended in failure.

    Bytes that are not UTF-8 come back as replacement characters.

    Args:
        saved: told what the editor saves, while it is open: the file alone would go with a terminal that is closed.
    """
    remove_left_behind()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{mark()}-") as folder:
        file = _File(Path(folder) / "answer.txt", without_surrogates(text), saved)
        return file.text if _opened(file, environ) else None


class _File:
    """The file that is edited."""

    def __init__(self, path: Path, text: str, saved: Callable[[str], None]):
        self.path = path
        self.text = text
        self._saved = saved
        path.touch(0o600)
        path.write_text(text, encoding="utf-8")

    def glance(self) -> None:
        """Takes what was saved since the last time; nothing where an editor is just putting a new file in its place."""
        with suppress(OSError):
            text = self.path.read_text(encoding="utf-8", errors="replace").removesuffix("\n")
            if text != self.text.removesuffix("\n"):
                self._saved(text)
            self.text = text


def _opened(file: _File, environ: Mapping[str, str]) -> bool:
    own = [environ[name] for name in ("VISUAL", "EDITOR") if environ.get(name)]
    for command in own or USUAL:
        try:
            with subprocess.Popen([*shlex.split(command), str(file.path)]) as editor:
                return _watched(editor, file) == 0
        except (OSError, ValueError):
            continue
    return False


def _watched(editor: subprocess.Popen[bytes], file: _File) -> int:
    """How the editor ended."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            code = editor.wait(GLANCE)
            file.glance()
            return code
        file.glance()


def remove_left_behind(folder: Path | None = None) -> None:
    """Removes the files of programs that were killed while an editor was open; what was saved in them was stored."""
    for left in (folder or Path(tempfile.gettempdir())).glob(f"{_FOLDER}*"):
        process = re.match(rf"{_FOLDER}({MARK})-", left.name)
        if process and not marked_runs(process[1]):
            shutil.rmtree(left, ignore_errors=True)
