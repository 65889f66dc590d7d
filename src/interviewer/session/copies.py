"""Copies of the store file: complete, synced, 0600 from birth, never over another file; and which of them are ours."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from .processes import MARK, mark, marked_runs

COMPANIONS = ("-journal", "-wal")
"""Files beside a database that belong to it."""
DAMAGED = ".damaged-"
ASIDE = (".before-", DAMAGED)
"""What follows the store's name in the names of its copies, before the reason and the moment."""


def sync_directory(directory: Path) -> None:
    """Makes the names in the directory last; where a directory cannot be synced, the platform does it itself."""
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside `path` that only its owner may open; after the block it is gone, or has got its name.

    What processes that were killed left of this kind is removed.

    Raises:
        OSError: it cannot be made.
    """
    remove_left_behind(path)
    fresh = path.with_name(f".{path.name}.{mark()}-{os.urandom(4).hex()}")
    os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def remove_left_behind(path: Path) -> None:
    """Removes what killed processes left unfinished beside `path`; what cannot be removed stays."""
    for process, left in _unfinished_of(path):
        if not marked_runs(process):
            with suppress(OSError):
                left.unlink()


def traces_of(path: Path) -> list[Path]:
    """Where words of a copy of that name may be: the file itself, and what is unfinished of it. What cannot be asked
    for, as in a folder that was closed since, may be there."""
    return [*([path] if _may_be_there(path) else []), *(left for _, left in _unfinished_of(path))]


def _unfinished_of(path: Path, aside: str = "") -> list[tuple[str, Path]]:
    """The files of `unfinished`, each with the mark of its process.

    Args:
        aside: what may stand after the name, as a regular expression.
    """
    name = re.compile(rf"{re.escape(f'.{path.name}')}{aside}\.({MARK})-[0-9a-f]{{8}}(?:-journal|-wal|-shm)?")
    try:
        return [(ours[1], each) for each in path.parent.iterdir() if (ours := name.fullmatch(each.name))]
    except OSError:
        return []


def _may_be_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG


def put_in_place(fresh: Path, path: Path) -> None:
    """Gives a finished file its name.

    Raises:
        FileExistsError: something has that name already; it is left as it was.
    """
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        fresh.rename(path)
    fresh.unlink(missing_ok=True)
    sync_directory(path.parent)


def put_instead(fresh: Path, path: Path) -> None:
    """Puts a finished store in the place of another, which has been copied and whose write lock the caller holds.

    What belonged to the old file must be gone first: SQLite would play an old journal into the new file.
    """
    for companion in (*COMPANIONS, "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    fresh.replace(path)
    sync_directory(path.parent)


def copy_database(db: sqlite3.Connection, path: Path) -> None:
    """A consistent copy of the open database under a name that is free.

    Raises:
        FileExistsError: the name is not free.
        OSError, sqlite3.Error: nothing is left behind.
    """
    with unfinished(path) as fresh:
        with closing(sqlite3.connect(fresh)) as copy:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _sync(fresh)
        put_in_place(fresh, path)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def copy_aside(db: sqlite3.Connection, path: Path, why: str) -> Path:
    """A copy beside the store, named after the reason and the moment; returns where it is."""
    aside = _aside(path, why)
    copy_database(db, aside)
    return aside


def copy_bytes_aside(data: bytes, path: Path, why: str) -> Path:
    """The same for a file that SQLite may not be able to read: its bytes as they are, its companions too."""
    aside = _aside(path, why)
    for companion in COMPANIONS:
        beside = path.with_name(path.name + companion)
        if beside.exists():
            _write_new(aside.with_name(aside.name + companion), beside.read_bytes())
    _write_new(aside, data)
    return aside


def _write_new(path: Path, data: bytes) -> None:
    with unfinished(path) as fresh:
        fresh.write_bytes(data)
        _sync(fresh)
        put_in_place(fresh, path)


def _aside(path: Path, why: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside, count = path.with_name(f"{path.name}.{why}-{stamp}"), 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.name}.{why}-{stamp}-{count}")
    return aside


def finished_copies(path: Path) -> list[Path]:
    """Every copy of the store that we ever made beside it; of one that is gone, what belonged to it may be left."""
    copy = re.compile(rf"({re.escape(path.name)}(?:{'|'.join(map(re.escape, ASIDE))}).+?)(?:-journal|-wal|-shm)?")
    named = (copy.fullmatch(each.name) for each in path.parent.iterdir())
    return sorted({path.with_name(found[1]) for found in named if found})


def remove_copy(path: Path) -> None:
    """Removes a copy and what belongs to it."""
    for end in ("", *COMPANIONS, "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def remove_unfinished_copies(path: Path) -> None:
    """Removes what killed processes left unfinished of the store and of its copies; what one that runs is at work on
    is its own, as a backup that is being brought back in another terminal.

    Raises:
        OSError: something of it is there still.
    """
    aside = f"(?:(?:{'|'.join(map(re.escape, ASIDE))}).+)?"
    for process, left in _unfinished_of(path, aside):
        if not marked_runs(process):
            left.unlink(missing_ok=True)
