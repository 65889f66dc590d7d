"""The file that `rate --out` writes: what is in it counts as done, and a run that was cut off can go on.

Guarantees: a line is handed to the system whole before the next is begun; after a kill the half-written last line is
taken out; one run at a time writes; a file that holds anything else is left as it is.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import BinaryIO, Self

from ..errors import PlainError
from ..rating.batch import Id
from ..rating.lines import rating_from_line
from ..rating.rater import RaterIdentity

BEGINNING = b'{"id": '
"""How every line of it begins."""


class OutputError(PlainError):
    """The output file cannot be used."""

    def __init__(self, sentence: str, next_step: str):
        super().__init__(sentence)
        self.next_step = next_step


class RatedFile:
    """An open output file. Use as a context manager."""

    def __init__(self, path: Path, identity: RaterIdentity):
        """Opens or makes the file (0600), reads what is done, and repairs its end.

        Raises:
            OutputError: it cannot be opened, another run writes to it, or it holds something else than ratings by
                this rater.
        """
        self.path = path
        self.done: set[Id] = set()
        """Ids rated in it already."""
        self._file = _opened(path)
        try:
            _lock(self._file, path)
            self._read(identity)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def append(self, line: bytes) -> None:
        """Writes a rating line, line break included.

        Raises:
            OutputError: the disk is full, or the like; what was written before stays.
        """
        try:
            while line:
                line = line[self._file.write(line) :]
        except OSError as error:
            raise OutputError(
                f"{self.path} cannot be written any further ({(error.strerror or 'unknown').lower()}).",
                "Make room and run the same command again; it goes on where it stopped.",
            ) from None

    def _read(self, identity: RaterIdentity) -> None:
        whole = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    name = self._id(number, line, identity)
                    if name is None:
                        break
                    self.done.add(name)
                whole += len(line)
                if not line.endswith(b"\n"):
                    self.append(b"\n")
                    return
        self._file.truncate(whole)

    def _id(self, number: int, line: bytes, identity: RaterIdentity) -> Id | None:
        """The id of a line by this rater; None for the rest of a line that was cut off."""
        cut = not line.endswith(b"\n") and (line.startswith(BEGINNING) or BEGINNING.startswith(line))
        try:
            body = json.loads(line)
            rater, name = rating_from_line(body).rater, body["id"]
        except (ValueError, RecursionError, TypeError, KeyError):
            if cut:
                return None
            raise OutputError(
                f"{self.path} holds something else than ratings (line {number}).", "Name another file with --out."
            ) from None
        if rater != identity:
            raise OutputError(
                f"{self.path} holds ratings by {rater.model} with {rater.samples} samples, prompt {rater.prompt} and "
                f"rubric {rater.rubric}, not by {identity.model} as it would rate now.",
                "Name another file with --out.",
            )
        return name if isinstance(name, str) else int(name)


def _opened(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not a file.", "Leave --out away to write to the standard output.")
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        return os.fdopen(os.open(path, flags, 0o600), "ab", buffering=0)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({(error.strerror or 'unknown').lower()}).", "Name another file with --out."
        ) from None


def _lock(file: BinaryIO, path: Path) -> None:
    """Keeps a second run out. Windows has no such lock here; two runs must not share a file there."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"Another run is writing to {path}.", "Wait for it, or name another file.") from None
        except OSError:
            return  # a file system without locks, as some network shares
