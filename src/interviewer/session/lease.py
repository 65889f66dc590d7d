"""Who has a session open: one row a session, so that a second terminal is told instead of mixed in.

A lease of a process that is gone is void. Of a process on another machine one cannot know; its lease is void a day
after it was taken.
"""

from __future__ import annotations

import os
import socket
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from .errors import HeldElsewhere
from .processes import process_start, runs
from .records import now

FORGOTTEN_AFTER = timedelta(days=1)
"""How long a lease of another machine counts after it was taken."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a session open; two logs of one process are two holders."""

    token: str = field(default_factory=lambda: os.urandom(8).hex())
    pid: int = field(default_factory=os.getpid)
    born: str = field(default_factory=lambda: process_start(os.getpid()))
    host: str = field(default_factory=socket.gethostname)
    since: str = field(default_factory=now)

    def is_alive(self) -> bool:
        """Whether the process still runs, as far as this machine can tell."""
        if self.host != socket.gethostname():
            return self._is_recent()
        return runs(self.pid, self.born)

    def _is_recent(self) -> bool:
        try:
            return abs(datetime.now(UTC) - datetime.fromisoformat(self.since)) < FORGOTTEN_AFTER
        except (TypeError, ValueError):
            return False


def take(db: sqlite3.Connection, session: str, holder: Holder) -> None:
    """Takes or renews the lease, within the caller's transaction.

    Raises:
        HeldElsewhere: someone else has it and is alive.
    """
    other = _holder(db, session)
    if other and other.token != holder.token and other.is_alive():
        raise HeldElsewhere(_told(session, other))
    db.execute(
        "INSERT OR REPLACE INTO leases (session, token, pid, born, host, since) VALUES (?, ?, ?, ?, ?, ?)",
        (session, holder.token, holder.pid, holder.born, holder.host, holder.since),
    )


def is_ours(db: sqlite3.Connection, session: str, holder: Holder) -> bool:
    """Whether this very holder has the lease."""
    other = _holder(db, session)
    return other is not None and other.token == holder.token


def require_free(db: sqlite3.Connection, session: str) -> None:
    """Makes sure that nobody has the session open.

    Raises:
        HeldElsewhere: someone has.
    """
    other = _holder(db, session)
    if other and other.is_alive():
        raise HeldElsewhere(_told(session, other))


def is_held(db: sqlite3.Connection, session: str) -> bool:
    """Whether somebody has the session open."""
    other = _holder(db, session)
    return other is not None and other.is_alive()


def require_all_free(db: sqlite3.Connection) -> None:
    """Makes sure that nobody has any session open; raises HeldElsewhere where someone has."""
    for (session,) in db.execute("SELECT session FROM leases").fetchall():
        require_free(db, session)


def release(db: sqlite3.Connection, session: str, holder: Holder) -> None:
    """Gives the lease back, where it is still ours."""
    db.execute("DELETE FROM leases WHERE session = ? AND token = ?", (session, holder.token))


def _holder(db: sqlite3.Connection, session: str) -> Holder | None:
    row = db.execute("SELECT token, pid, born, host, since FROM leases WHERE session = ?", (session,)).fetchone()
    return Holder(*row) if row else None


def _told(session: str, other: Holder) -> str:
    since = other.since[:16].replace("T", " ")
    return (
        f"The interview {session} is open in another terminal (process {other.pid} on {other.host}, "
        f"since {since} UTC); go on there, or close it there first."
    )
