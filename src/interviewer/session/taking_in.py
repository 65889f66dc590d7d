"""Sessions from elsewhere: what is here already is known by its events, and a name that is taken is exchanged."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .events import Event
from .history import advance, write_head
from .log import exists, insert_event
from .names import is_name, new_name
from .records import Stored, body_of

Foreign = tuple[str, Sequence[tuple[Event, datetime | None]]]
"""A name, and the events with the times they were stored; where one is not known, that of the event before counts."""

_BODIES = "SELECT body FROM events WHERE session = ? ORDER BY seq"


@dataclass(frozen=True, slots=True)
class Packed:
    """A session as it is to lie in the store."""

    name: str
    entries: Sequence[tuple[Event, datetime | None]]
    bodies: list[str]


def pack(name: str, entries: Sequence[tuple[Event, datetime | None]]) -> Packed:
    """The session, made ready before the store is locked for it."""
    return Packed(name, entries, [body_of(event) for event, _ in entries])


def take_in(db: sqlite3.Connection, packed: Packed) -> str | None:
    """Stores the session; returns its name here, or None where it is here already, by whatever name."""
    name, bodies = packed.name, packed.bodies
    ours = is_name(name)  # what is none may not even be text that SQLite takes
    here = _bodies(db, name) if ours else []
    if here and here == bodies:
        return None
    if here or not ours:
        if _holds_all(db, bodies):
            return None
        name = new_name(lambda fresh: exists(db, fresh))
    _store(db, name, packed)
    return name


def _store(db: sqlite3.Connection, name: str, packed: Packed) -> None:
    head, number, at = None, 0, packed.entries[0][1] or datetime.now(UTC)
    for seq, ((event, stored_at), body) in enumerate(zip(packed.entries, packed.bodies, strict=True), 1):
        at = stored_at or at
        number = insert_event(db, name, seq, at.isoformat(timespec="milliseconds"), body)
        head = advance(head, Stored(name, seq, at, event))
    if head:
        write_head(db, head, number)  # of its numbers any gives the same order: they lie together


def _holds_all(db: sqlite3.Connection, bodies: list[str]) -> bool:
    """Whether some session has these events and no others."""
    alike = "SELECT session FROM events WHERE seq = 1 AND body = ?"
    names = [str(name) for (name,) in db.execute(alike, bodies[:1]).fetchall()]
    return any(_bodies(db, name) == bodies for name in names)


def _bodies(db: sqlite3.Connection, name: str) -> list[str]:
    return [str(row[0]) for row in db.execute(_BODIES, (name,))]
