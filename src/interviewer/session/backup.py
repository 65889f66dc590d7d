"""Backups: a copy of the store to a file of the user's choice, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from .connection import fill_store
from .copies import COMPANIONS, copy_aside, copy_database, make_empty, sync_directory, workplace
from .errors import Damaged, StoreError
from .migrations import APPLICATION_ID


def write_backup(db: sqlite3.Connection, to: Path) -> None:
    """Copies the open store to a new file.

    Raises:
        FileExistsError: there is one already.
        OSError, sqlite3.Error: nothing was written.
    """
    copy_database(db, to)


def restore_store(path: Path, source: Path) -> Path:
    """Puts the backup in the place of the store. The caller holds the store's write transaction.

    Returns where the store of before was copied to.

    Raises:
        StoreError: the source is no backup of ours, or damaged.
        OSError, sqlite3.Error: nothing was changed.
    """
    fresh = make_empty(workplace(path))
    try:
        _copy_checked(source, fresh)
        fill_store(fresh, _without_leases)
        with closing(sqlite3.connect(path)) as before:
            aside = copy_aside(before, path, "before-restore")
        put_instead(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def put_instead(fresh: Path, path: Path) -> None:
    """Puts a finished store in the place of another, which has been copied and whose write lock the caller holds.

    What belonged to the old file must be gone first: SQLite would play an old journal into the new file.
    """
    for companion in (*COMPANIONS, "-shm"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    fresh.replace(path)
    sync_directory(path.parent)


def _copy_checked(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            ours = old.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            if not ours or old.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Damaged(f"{source} is damaged or not a backup of Interviewer's; nothing was changed.")
            old.backup(new)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{source} cannot be read as a backup; check the name. Nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source} is damaged or not a backup of Interviewer's; nothing was changed.") from error


def _without_leases(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM leases")
