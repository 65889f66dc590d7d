"""Saves what can still be read of a damaged store: puts the file aside as it is, and makes a new one of its events.

Every event is taken whose checksum holds. Where one is missing, an event of kind "lost" stands in its place, so that
the loss stays visible in the session itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..text import plural
from .carve import Row, pages_missing, rows_of, versions_of
from .connection import BUSY_SECONDS, fill_store, plain_errors
from .copies import copy_bytes_aside, put_instead, unfinished
from .events import Unknown, looks_back
from .history import SessionHead, head_of, read_head, write_head
from .log import insert_event
from .records import LOST, Stored, body_of, checksum, named_numbers, now, read_stored


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged store."""

    aside: Path
    """Where the damaged file lies, as it was."""
    sessions: int
    events: int
    """How many were saved."""
    lost: tuple[str, ...]
    """What is known to be missing, in sentences."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event read out of the damaged file."""

    number: int
    """In the whole store; no checksum covers it, so it only gives the order."""
    row: Row
    """session, seq, at, body, sum."""
    stored: Stored


@dataclass(slots=True)
class Remains:
    """What was found in the bytes of a damaged store."""

    events: dict[str, dict[int, Found]] = field(default_factory=dict)
    """By session and number within it."""
    heads: dict[str, SessionHead] = field(default_factory=dict)
    drafts: dict[str, Row] = field(default_factory=dict)
    latest: int = 0
    """The highest number in the whole store that a head remembers."""

    def read(self, data: bytes, path: Path) -> None:
        """Takes what is whole out of the file with these bytes, and out of its journal or WAL."""
        for pages in versions_of(data, path):
            for number, row in rows_of(pages):
                self.add(number, row)

    def add(self, number: int, row: Row) -> None:
        """Takes the row, if it is one of ours and whole."""
        match row:
            case (None, session, seq, at, body, total) if stored := read_stored(session, seq, at, body, total):
                self.events.setdefault(stored.session, {})[stored.seq] = Found(number, row[1:], stored)
            case (str(session), int(latest), body, total) if head := _whole_head(session, latest, body, total):
                if session not in self.heads or head.events > self.heads[session].events:
                    self.heads[session] = head
                self.latest = max(self.latest, latest)
            case (str(session), text, cursor, at, total) if checksum(session, text, cursor, at) == total:
                self.drafts[session] = row

    def missing(self) -> dict[str, list[int]]:
        """By session, the numbers of its events that are gone; an empty list where none is."""
        gone: dict[str, list[int]] = {}
        for session in [*self.events, *(self.heads.keys() - self.events.keys())]:
            found = self.events.get(session, {})
            count = max([*found, self.heads[session].events if session in self.heads else 0])
            gone[session] = [seq for seq in range(1, count + 1) if seq not in found]
        return gone

    def found(self) -> list[Found]:
        """All events, in the order they were stored."""
        return sorted((each for events in self.events.values() for each in events.values()), key=lambda it: it.number)


def _whole_head(session: str, latest: int, body: object, total: object) -> SessionHead | None:
    with suppress(ValueError, KeyError, TypeError):
        return read_head(session, latest, body, total)
    return None


def salvage(path: Path) -> Salvaged:
    """Puts the damaged store aside and a new one, with all that could be saved, in its place.

    A `Store` that has the file open, here or elsewhere, goes on in the new file; in WAL mode it must be closed before.

    Raises:
        StoreError: the new file could not be written; the damaged one is where it was.
    """
    path = path.expanduser().resolve()
    with plain_errors(path), ExitStack() as held:
        # Open until all is done: closing it would drop the lock that keeps other processes from writing.
        data = held.enter_context(path.open("rb"))
        damaged = data.read()
        aside = copy_bytes_aside(damaged, path, "damaged")
        remains = Remains()
        remains.read(damaged, path)  # now, for SQLite deletes the WAL of a file that it takes for empty
        _lock(path, held)
        data.seek(0)
        remains.read(data.read(), path)  # again, for others may have written until the lock was taken
        fresh = held.enter_context(unfinished(path))
        fill_store(fresh, lambda db: _fill(db, remains))
        put_instead(fresh, path)
    return Salvaged(aside, len(remains.events), len(remains.found()), tuple(_losses(remains, damaged)))


def _lock(path: Path, held: ExitStack) -> None:
    """Keeps others from writing, where the file is whole enough for others to write at all.

    In WAL mode it keeps them out altogether: their leaving would delete the WAL of the new file.
    """
    db = held.enter_context(
        closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None))
    )
    try:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
            raise


def _fill(db: sqlite3.Connection, remains: Remains) -> None:
    """Writes what was found, with something in the place of what was not."""
    latest: dict[str, int] = {}
    for number, each in enumerate(remains.found(), start=1):
        db.execute(
            "INSERT INTO events (number, session, seq, at, body, sum) VALUES (?, ?, ?, ?, ?, ?)", (number, *each.row)
        )
        if not looks_back(each.stored.event):
            latest[each.stored.session] = number
    for session, missing in remains.missing().items():
        events = {seq: each.stored for seq, each in remains.events.get(session, {}).items()}
        events |= {seq: _stand_in(db, session, seq) for seq in missing}
        if head := head_of(events[seq] for seq in sorted(events)):
            write_head(db, head, latest.get(session, 0))
    for row in remains.drafts.values():
        db.execute("INSERT OR REPLACE INTO drafts (session, text, cursor, at, sum) VALUES (?, ?, ?, ?, ?)", row)


def _stand_in(db: sqlite3.Connection, session: str, seq: int) -> Stored:
    event, at = Unknown(kind=LOST), now()
    body = body_of(event)
    insert_event(db, session, seq, at, body)
    return Stored(session, seq, datetime.fromisoformat(at), event)


def _losses(remains: Remains, damaged: bytes) -> Iterator[str]:
    gone = remains.missing()
    for session, missing in gone.items():
        if missing:
            yield f"Interview {session}: {named_numbers(missing)} could not be saved."
        if session not in remains.heads:
            last = max(remains.events[session])
            yield f"Interview {session}: its entry is gone; if it had events after number {last}, they are lost."
    unnamed = remains.latest - len(remains.found()) - sum(map(len, gone.values()))
    if unnamed > 0:
        yield f"Not in the file: {plural(unnamed, 'more event')}, lost with an interview or erased before."
    if short := pages_missing(damaged):
        yield f"The file is {plural(short, 'page')} shorter than it was."
    if not gone:
        yield "No interview could be found in the file."
