"""Backups: a copy of the store to a file of the user's choice, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..errors import reason_of
from .connection import fill_store
from .copies import copy_aside, copy_database, unfinished
from .errors import Damaged, NewerVersion, StoreError
from .migrations import APPLICATION_ID, MIGRATIONS


def write_backup(db: sqlite3.Connection, to: Path) -> None:
    """Copies the open store to a new file.

    Raises:
        StoreError: the file cannot be made, as when there is one already; nothing was written.
        sqlite3.Error: the store cannot be read; nothing was written.
    """
    try:
        copy_database(db, to)
    except FileExistsError as error:
        raise StoreError(f"{to} exists already; choose another name.") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(f"There is no folder {to.parent}; make it first, or choose another place.") from error
    except OSError as error:
        raise StoreError(f"{to} cannot be written ({reason_of(error)}); choose another place.") from error


@contextmanager
def backup_at_hand(db: sqlite3.Connection, path: Path, source: Path) -> Iterator[None]:
    """Within the block the open store sees what the backup holds, checked and brought up to date; see `take_over`.

    Raises:
        StoreError: the source is no backup of ours, or damaged.
        OSError, sqlite3.Error: nothing was changed.
    """
    with unfinished(path) as fresh:
        _copy_checked(source, fresh)
        fill_store(fresh, _without_leases)
        db.execute("ATTACH ? AS backup", (f"{fresh.as_uri()}?mode=ro",))
        try:
            yield
        finally:
            db.execute("DETACH backup")


def take_over(db: sqlite3.Connection, path: Path) -> Path:
    """Puts what the backup at hand holds in the place of all that the store holds, within the caller's transaction.

    Returns where the store of before was copied to: what others stored up to the transaction is in it.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:  # SQLite copies from no writer
        aside = copy_aside(reader, path, "before-restore")
    for table in ("events", "heads", "drafts"):
        db.execute(f"DELETE FROM {table}")
        db.execute(f"INSERT INTO {table} SELECT * FROM backup.{table}")
    return aside


def _copy_checked(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            ours = old.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            if not ours or old.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Damaged(f"{source} is damaged or not a backup of Interviewer's; nothing was changed.")
            if old.execute("PRAGMA user_version").fetchone()[0] > len(MIGRATIONS):
                raise NewerVersion(f"{source} is of a newer version; update Interviewer. Nothing was changed.")
            old.backup(new)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{source} cannot be read as a backup; check the name. Nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source} is damaged or not a backup of Interviewer's; nothing was changed.") from error


def _without_leases(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM leases")
