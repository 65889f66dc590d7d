"""A session that is being written: the log of one interview in the store."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from . import lease
from .connection import Database
from .errors import HeldElsewhere, StoreError
from .events import SENT, Event, looks_back
from .history import SessionHead, advance, write_head
from .names import new_name
from .records import Stored, body_of, checksum, now, to_json
from .transcript import Transcript


@dataclass(frozen=True, slots=True)
class Draft:
    """What the candidate was typing."""

    text: str
    cursor: int
    """Characters before the cursor."""


class SessionLog:
    """Implements `events.Log` over the store. Nothing is on the disk before the first event is appended."""

    def __init__(self, database: Database, session: str) -> None:
        self.id = session
        """The name to resume it by; it may change until the first event is stored."""
        self.transcript = Transcript()
        """The state after all the stored events; kept up to date."""
        self._database = database
        self._holder = lease.Holder()
        self._head: SessionHead | None = None
        self._events: list[Event] = []
        self._lock = threading.Lock()

    def go_on_from(self, stored: Iterable[Stored]) -> None:
        """Brings the log to where the stored events left it."""
        for each in stored:
            self._head = advance(self._head, each)
            self._events.append(each.event)
            self.transcript.apply(each.event)

    @property
    def holder(self) -> lease.Holder:
        """Under whose name the session is open."""
        return self._holder

    @property
    def events(self) -> tuple[Event, ...]:
        """All the stored events, in order."""
        return tuple(self._events)

    def append(self, event: Event) -> int:
        """Stores the event and returns its number, counted from 1, when it is on the disk. Any thread may call it.

        Raises:
            StoreError: it is not stored; the same event may be appended again.
        """
        body = body_of(event)
        with self._lock:
            with self._database.writing() as db:
                if self._head is None and self._is_taken(db):
                    self.id = new_name(lambda name: exists(db, name))
                lease.take(db, self.id, self._holder)
                head = self._insert(db, event, body)
            self._head = head
            self._events.append(event)
            self.transcript.apply(event)
            return head.events

    def _is_taken(self, db: sqlite3.Connection) -> bool:
        return exists(db, self.id) and not lease.is_ours(db, self.id, self._holder)

    def _insert(self, db: sqlite3.Connection, event: Event, body: str) -> SessionHead:
        """Stores the event after the last; one that a failed commit had stored after all is not stored twice."""
        seq = self._head.events + 1 if self._head else 1
        found = db.execute(
            "SELECT seq, number, at, body FROM events WHERE session = ? ORDER BY seq DESC LIMIT 1", (self.id,)
        ).fetchone()
        landed = found is not None and found[0] == seq and found[3] == body
        if not landed and (found[0] if found else 0) != seq - 1:
            raise HeldElsewhere(f"The interview {self.id} went on elsewhere since it was opened here; resume it again.")
        at = found[2] if landed else now()
        stored = Stored(self.id, seq, datetime.fromisoformat(at), event)
        head = advance(self._head, stored)
        if not landed:
            number = insert_event(db, self.id, seq, at, body)
            write_head(db, head, _latest(db, self.id) if looks_back(event) else number)
        if isinstance(event, SENT):
            db.execute("DELETE FROM drafts WHERE session = ?", (self.id,))
        return head

    def save_draft(self, text: str, cursor: int) -> None:
        """Stores what is being typed in place of the draft before; an empty text takes it out.

        What is sent next takes it out too. Before the first event nothing is stored.

        Raises:
            StoreError: it is not stored.
        """
        if self._head is None or not (text or self.draft()):  # what was sent has taken it out already
            return
        with self._database.writing() as db:
            lease.take(db, self.id, self._holder)
            if text:
                write_draft(db, self.id, text, cursor)
            else:
                db.execute("DELETE FROM drafts WHERE session = ?", (self.id,))

    def draft(self) -> Draft | None:
        """What was being typed when the session was left; None when nothing was.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._database.reading() as db:
            row = db.execute("SELECT text, cursor FROM drafts WHERE session = ?", (self.id,)).fetchone()
        if row is None:
            return None
        text = str(json.loads(row[0]))
        return Draft(text, max(0, min(row[1], len(text))))

    def close(self) -> None:
        """Gives the session back. Where that cannot be stored, it ends with this process all the same."""
        if self._head is None:
            return
        with suppress(StoreError), self._database.writing() as db:
            lease.release(db, self.id, self._holder)


def exists(db: sqlite3.Connection, session: str) -> bool:
    """Whether a session of that name is listed."""
    return db.execute("SELECT 1 FROM heads WHERE id = ?", (session,)).fetchone() is not None


def _latest(db: sqlite3.Connection, session: str) -> int:
    row = db.execute("SELECT latest FROM heads WHERE id = ?", (session,)).fetchone()
    return int(row[0]) if row else 0


def insert_event(db: sqlite3.Connection, session: str, seq: int, at: str, body: str) -> int:
    """Adds the row; returns the event's number in the whole store."""
    row = (session, seq, at, body, checksum(session, seq, at, body))
    return db.execute("INSERT INTO events (session, seq, at, body, sum) VALUES (?, ?, ?, ?, ?)", row).lastrowid or 0


def write_draft(db: sqlite3.Connection, session: str, text: str, cursor: int) -> None:
    """Puts the draft in place of the one before."""
    at, body = now(), to_json(text)
    row = (session, body, cursor, at, checksum(session, body, cursor, at))
    db.execute("INSERT OR REPLACE INTO drafts (session, text, cursor, at, sum) VALUES (?, ?, ?, ?, ?)", row)
