"""The schema of the store, one migration a version. A released migration is never changed; a new one is added.

Each runs in one transaction with its version number. Before the first, the file is copied; a file of a later version is
left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from .copies import copy_aside
from .errors import Damaged, NewerVersion

APPLICATION_ID = 0x494E5456
"""Marks a SQLite file as ours: "INTV"."""

PAGE_SIZE = 4096
"""Bytes; fixed, so that salvage can find pages in a file whose header is gone."""

Migration = Callable[[sqlite3.Connection], None]


def m001_initial(db: sqlite3.Connection) -> None:
    """Events, the heads derived from them, what is being typed, and who has which session open."""
    db.execute(
        "CREATE TABLE events (number INTEGER PRIMARY KEY, session TEXT NOT NULL, seq INTEGER NOT NULL,"
        " at TEXT NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL, UNIQUE (session, seq))"
    )
    db.execute(
        "CREATE TABLE heads (id TEXT PRIMARY KEY, latest INTEGER NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL)"
    )
    db.execute(
        "CREATE TABLE drafts (session TEXT PRIMARY KEY, text TEXT NOT NULL, cursor INTEGER NOT NULL,"
        " at TEXT NOT NULL, sum INTEGER NOT NULL)"
    )
    db.execute(
        "CREATE TABLE leases (session TEXT PRIMARY KEY, token TEXT NOT NULL, pid INTEGER NOT NULL,"
        " born TEXT NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL)"
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


MIGRATIONS: Sequence[Migration] = (m001_initial,)


def migrate(db: sqlite3.Connection, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Brings the schema up to date.

    Raises:
        NewerVersion: a later version of Interviewer wrote the file.
        Damaged: it is some other program's database.
        sqlite3.Error: as SQLite says; the version reached so far stands.
    """
    version = _pragma(db, "user_version")
    if version > len(migrations):
        raise NewerVersion(
            f"The interviews in {path} were written by a newer version of Interviewer (format {version}, this one "
            f"knows {len(migrations)}); update Interviewer, or set INTERVIEWER_HOME to another directory."
        )
    if version and _pragma(db, "application_id") != APPLICATION_ID:
        raise Damaged(f"{path} is no store of Interviewer; move it away, and a new one is made.")
    if 0 < version < len(migrations):
        copy_aside(db, path, f"before-v{len(migrations)}")
    for number, migration in enumerate(migrations, start=1):
        if number > version:
            _apply(db, migration, number)


def _apply(db: sqlite3.Connection, migration: Migration, number: int) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if _pragma(db, "user_version") < number:  # another process may have been quicker
            migration(db)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
