"""Whole stores that lie beside the store as copies, and how one interview is taken out of them.

A copy from before a restore or a migration may hold interviews that lie nowhere else: one leaves it, the others stay.
Of a damaged file put aside nobody knows where in it an interview lies, so it goes as a whole or not at all.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .connection import BUSY_SECONDS, edit_copy, plain_errors
from .copies import DAMAGED, finished_copies, remove_copy
from .migrations import APPLICATION_ID

_SESSIONS_OF = {"events": "session", "heads": "id", "drafts": "session", "leases": "session"}
"""Every table that tells of sessions, with its column of their ids."""
_NO_STORE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A copy of the store beside it."""

    path: Path
    interviews: frozenset[str] | None
    """Their ids; None where nobody can tell, or take one out, as in a damaged file."""

    def others(self, session: str) -> frozenset[str]:
        """What it holds besides that interview, as far as can be told."""
        return (self.interviews or frozenset()) - {session}

    def take_out(self, session: str) -> None:
        """Leaves no byte of the interview in it; a copy that would be empty then, or cannot be read, is removed.

        Raises:
            StoreError: it is in it still.
        """
        if not self.others(session):
            remove_copy(self.path)
        elif self.interviews and session in self.interviews:
            with plain_errors(self.path):
                edit_copy(self.path, lambda db: delete_session(db, session))


def set_aside(path: Path) -> list[SetAside]:
    """The copies beside the store of that path.

    Raises:
        StoreError: one is locked by another program, or may not be looked at.
    """
    return [SetAside(copy, _interviews(copy)) for copy in finished_copies(path)]


def delete_session(db: sqlite3.Connection, session: str) -> None:
    """Deletes every row of the session, within the caller's transaction."""
    for table, column in _SESSIONS_OF.items():
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (session,))


def delete_all(db: sqlite3.Connection) -> None:
    """Deletes every row of every session, likewise."""
    for table in _SESSIONS_OF:
        db.execute(f"DELETE FROM {table}")


def _interviews(copy: Path) -> frozenset[str] | None:
    if DAMAGED in copy.name or not copy.exists():
        return None
    with plain_errors(copy):
        try:
            return _read(copy)
        except sqlite3.DatabaseError as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith(_NO_STORE):
                return None
            raise


def _read(copy: Path) -> frozenset[str] | None:
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as db:
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if not ours or db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            return None
        named = " UNION ".join(f"SELECT {column} FROM {table}" for table, column in _SESSIONS_OF.items())
        return frozenset(str(row[0]) for row in db.execute(named))
