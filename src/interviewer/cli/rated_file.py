"""The file that `rate --out` writes: what is in it counts as done, and a run that was cut off can go on.

Guarantees: a line is handed to the system whole before the next is begun; after a kill the half-written last line is
taken out, and lines in which a model could score nothing (it was out of reach, say) are rated again; one run at a time
writes; a file that holds anything else is left as it is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Container, Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Self

from ..errors import PlainError, reason_of
from ..rating.lines import rating_from_line
from ..rating.rater import RaterIdentity
from ..session.events import OFFLINE
from ..session.json_lines import LONGEST_LINE, Id, bounded_lines, id_of

BEGINNING = b'{"id": '
"""How every line of it begins."""
LONGEST_RATING = 8 * LONGEST_LINE
"""Bytes of one that is still read: what came back of a line may be escaped in it, in six characters for one."""


class OutputError(PlainError):
    """The output file cannot be used."""

    def __init__(self, sentence: str, next_step: str):
        super().__init__(sentence)
        self.next_step = next_step


class RatedFile:
    """An open output file. Use as a context manager."""

    def __init__(self, path: Path, identity: RaterIdentity, rubric: Callable[[Iterable[str]], str]):
        """Opens or makes the file (0600), reads what is done, and repairs its end.

        Args:
            rubric: gives the hash of the rubric by which dimensions are rated.

        Raises:
            OutputError: it cannot be opened, another run writes to it, or it holds something else than ratings by
                this rater.
        """
        self.path = path
        self._identity = identity
        self._rubric = rubric
        self.done: set[Id] = set()
        """Ids rated in it already."""
        self._file = _locked(path)
        try:
            self._read()
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
            raise _unwritable(self.path, error) from None

    def _read(self) -> None:
        """Notes what is done, and takes out what is not: the end of a line that was cut off, and lines to try again."""
        undone: set[int] = set()
        unended = False
        with self.path.open("rb") as file:
            for number, line in enumerate(bounded_lines(file, LONGEST_RATING), start=1):
                name = self._done_id(number, line) if line.strip() else None
                if name is not None:
                    self.done.add(name)
                elif line.strip():
                    undone.add(number)
                unended = name is not None and not line.endswith(b"\n")
        if undone:
            self._rewrite(undone)
        if unended:
            self.append(b"\n")

    def _done_id(self, number: int, line: bytes) -> Id | None:
        """The id that a line by this rater is about; None where it was cut off, or a model could score nothing."""
        try:
            body = json.loads(line)
            rated, name = rating_from_line(body), id_of(body)
        except (ValueError, RecursionError, TypeError, KeyError):
            if _is_cut_off(line):
                return None
            raise OutputError(
                f"{self.path} holds something else than ratings (line {number}).", "Name another file with --out."
            ) from None
        identity = replace(self._identity, rubric=self._rubric(rated.ratings))
        if rated.rater != identity:
            raise OutputError(
                f"{self.path} holds ratings by {rated.rater.model} with {rated.rater.samples} samples, "
                f"prompt {rated.rater.prompt} and rubric {rated.rater.rubric}, "
                f"not by {identity.model} as it would rate now.",
                "Name another file with --out.",
            )
        scored = any(rating.level is not None for rating in rated.ratings.values())
        if not scored and identity.model != OFFLINE:
            return None
        return name

    def _rewrite(self, without: Container[int]) -> None:
        """Puts a file without these lines in this one's place, in one step; a link to it goes on leading there."""
        target = Path(os.path.realpath(self.path))
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            fresh.unlink(missing_ok=True)  # of a killed run that had the same number, as in a container each has
            with ExitStack() as unfinished, self.path.open("rb") as file:
                kept = unfinished.enter_context(_locked(fresh))
                for number, line in enumerate(file, start=1):
                    if number not in without:
                        kept.write(line)
                os.fsync(kept.fileno())
                fresh.replace(target)
                unfinished.pop_all()
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise _unwritable(self.path, error) from None
        self._file.close()
        self._file = kept


def _is_cut_off(line: bytes) -> bool:
    """Whether it is the beginning of a rating line, and of no transcript line, which has a `question` before long."""
    before_ratings = line.partition(b'"rater": ')[0]
    begun = line.startswith(BEGINNING) or BEGINNING.startswith(line)
    return begun and not line.endswith(b"\n") and b'"question": ' not in before_ratings


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} cannot be written any further ({reason_of(error)}).",
        "Make room and run the same command again; it goes on where it stopped.",
    )


def _opened(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not a file.", "Leave --out away to write to the standard output.")
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        return os.fdopen(os.open(path, flags, 0o600), "ab", buffering=0)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({reason_of(error)}).", "Name another file with --out.") from None


def _locked(path: Path) -> BinaryIO:
    """The open file that has the name once the lock is ours: a run that repairs it puts another in its place."""
    while True:
        file = _opened(path)
        try:
            _lock(file, path)
            has_it = _has_name(file, path)
        except BaseException:
            file.close()
            raise
        if has_it:
            return file
        file.close()


def _has_name(file: BinaryIO, path: Path) -> bool:
    """Whether the open file still has the name: another run may have given it to another file, or taken it away."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


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
