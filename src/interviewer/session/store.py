"""The store of all sessions on this machine: begin, resume, list, find, forget, check, back up and restore.

Guarantees: what `append` acknowledged survives a crash of the program and of the machine; a session is written by one
process at a time; what cannot be read is named, never skipped in silence; `forget` leaves no byte of a session in any
file that we made beside the store. Not covered: copies that others made, and what a disk keeps of erased blocks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from . import finding, lease
from .backup import backup_at_hand, take_over, write_backup
from .connection import Database, damaged_sentence, network_file_system, plain_errors
from .copies import finished_copies, remove_copy, remove_unfinished_copies
from .errors import Damaged, NoSuchSession, StoreError
from .events import Event
from .history import SessionHead, head_of, made_in_bulk, read_head, write_head
from .log import SessionLog, exists
from .names import new_name
from .records import Stored, named_numbers, read_stored
from .set_aside import SetAside, delete_all, delete_session, set_aside
from .taking_in import Foreign, pack, take_in

SPOKEN_KINDS = ("question_asked", "answer_given", "probe_asked", "said", "candidate_asked", "noted", "disputed")
"""Kinds of events that hold words of the two, as `text` or as `note`."""

_EVENTS = "SELECT session, seq, at, body, sum FROM events WHERE session = ? ORDER BY seq"


class Store:
    """All sessions of this user. Use it as a context manager, or close it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store in that file; made, with its directory, where there is none.

        Raises:
            StoreError: as the error's class says.
        """
        return cls(Database(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()

    @property
    def path(self) -> Path:
        """Where the sessions lie."""
        return self._database.path

    @property
    def notice(self) -> str | None:
        """What the user should know about the place, as that it is on a network; None when all is as it should be."""
        kind = network_file_system(self.path)
        return kind and (
            f"Your interviews lie on a network file system ({kind}), where locks and syncs may fail; "
            "set INTERVIEWER_HOME to a directory on a local disk."
        )

    # --- one session --------------------------------------------------------------------------------------

    def create(self) -> SessionLog:
        """A new session. It is on the disk, and listed, from its first event on."""
        with self._database.reading() as db:
            return SessionLog(self._database, new_name(lambda name: exists(db, name)))

    def resume(self, session_id: str) -> SessionLog:
        """The session, to be gone on with from where its last stored event left it.

        Raises:
            HeldElsewhere: another process has it open; the sentence says which.
            NoSuchSession: there is none of that name.
            Damaged: some of it cannot be read.
        """
        log = SessionLog(self._database, session_id)
        with self._database.writing() as db:
            stored = _read(db, session_id, self.path)
            lease.take(db, session_id, log.holder)
        log.go_on_from(stored)
        return log

    def stored(self, session_id: str) -> list[Stored]:
        """The events of a session, each with its number and the time it was stored.

        Raises:
            NoSuchSession: there is none of that name.
            Damaged: some of it cannot be read; the sentence names what.
        """
        with self._database.reading() as db:
            return _read(db, session_id, self.path)

    def events(self, session_id: str) -> list[Event]:
        """The events of a session, in order; raises as `stored` does."""
        return [each.event for each in self.stored(session_id)]

    def take_in(self, sessions: Iterable[Foreign]) -> list[str | None]:
        """Stores whole sessions that were exported, all or none; returns of each its name here, or None where it is
        here already, by whatever name.

        A name that is taken by another session, or is none that this store would give, is exchanged for a new one.

        Raises:
            StoreError: nothing of any is stored.
        """
        packed = [pack(*each) for each in sessions]
        with self._database.writing() as db:
            return [take_in(db, each) for each in packed]

    # --- all sessions -------------------------------------------------------------------------------------

    def sessions(self) -> list[SessionHead]:
        """All sessions, the one that was held last first.

        Raises:
            Damaged: the list, or a session whose entry was damaged, cannot be read.
        """
        with self._database.reading() as db, made_in_bulk():
            rows = db.execute("SELECT id, latest, body, sum FROM heads ORDER BY latest DESC").fetchall()
            read = [read_head(*row) for row in rows]
            heads = [_up_to_date(db, head, row[0], self.path) for head, row in zip(read, rows, strict=True)]
        if older := [head.id for head in read if head and head.course is None]:
            with suppress(StoreError):  # they were read; that they are read faster next time can wait
                self._renew(older)
        return heads

    def latest_over(self) -> str | None:
        """The id of the session held last of those that are over; None where none is.

        Raises:
            NoSuchSession: there is none at all.
        """
        latest = self.find(finding.LATEST)
        if self.head(latest).ended:
            return latest
        return next((head.id for head in self.sessions() if head.ended), None)

    def _renew(self, sessions: Iterable[str]) -> None:
        """Writes entries of an older version as this one does. Damaged ones stay: they may know of events lost."""
        with self._database.writing() as db:
            for session in sessions:
                row = _head_row(db, session)
                head = row and read_head(*row)
                if row and head and head.course is None:
                    stored = _unbroken(db, session, head.events, self.path)
                    write_head(db, _head_of(stored, self.path), row[1])

    def head(self, session_id: str) -> SessionHead:
        """One session as the list shows it, without reading the others.

        Raises:
            NoSuchSession: there is none of that name.
            Damaged: its entry and its events cannot be read.
        """
        with self._database.reading() as db:
            row = _head_row(db, session_id)
            if row is None:
                raise finding.not_found(session_id, db)
            return _up_to_date(db, read_head(*row), session_id, self.path)

    def is_held(self, session_id: str) -> bool:
        """Whether somebody has it open at the moment."""
        with self._database.reading() as db:
            return lease.is_held(db, session_id)

    def mentioning(self, words: str) -> set[str]:
        """The ids of sessions in which these words were asked, said, noted or disputed; A to Z in either case."""
        inside = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        sought = (
            "SELECT DISTINCT session FROM events WHERE json_valid(body) "
            f"AND json_extract(body, '$.kind') IN ({', '.join('?' * len(SPOKEN_KINDS))}) "
            "AND coalesce(json_extract(body, '$.text'), json_extract(body, '$.note')) LIKE ? ESCAPE '\\'"
        )
        with self._database.reading() as db:
            rows = db.execute(sought, (*SPOKEN_KINDS, f"%{inside}%"))
            return {str(row[0]) for row in rows}

    def find(self, name: str) -> str:
        """The id of the session meant by an id, the beginning of one, some words of one, or "latest".

        Raises:
            NoSuchSession: none is meant, or more than one; the sentence names the nearest.
        """
        with self._database.reading() as db:
            return finding.find(db, name)

    def find_surely(self, name: str) -> str:
        """The same where a slip cannot be undone: by a whole id, its beginning with the whole day, or whole words.

        Raises:
            NoSuchSession: likewise.
        """
        with self._database.reading() as db:
            return finding.find(db, name, finding.SURELY)

    def forget(self, session_id: str, elsewhere: Callable[[], None] = lambda: None) -> None:
        """Erases the session from every file that we made beside the store. From copies of before a restore or a
        migration it is taken out; damaged files put aside go as a whole, for they may hold it (see `set_aside`).

        Args:
            elsewhere: removes what tells of it in other places; called once nothing is in the way, and before the
                session goes, for of what is no more nobody would ask again.

        Raises:
            NoSuchSession: there is none of that name.
            HeldElsewhere: it is open.
        """
        with self._erasing() as db:
            if _head_row(db, session_id) is None and not db.execute(_EVENTS, (session_id,)).fetchone():
                raise finding.not_found(session_id, db)
            lease.require_free(db, session_id)
            copies = self.set_aside()
            elsewhere()
            remove_unfinished_copies(self.path)
            for copy in copies:
                copy.take_out(session_id)
            delete_session(db, session_id)

    def forget_all(self, elsewhere: Callable[[], None] = lambda: None) -> None:
        """Erases all sessions, and every copy beside the store as a whole.

        Raises:
            HeldElsewhere: one of them is open.
        """
        with self._erasing() as db:
            lease.require_all_free(db)
            elsewhere()
            remove_unfinished_copies(self.path)
            for copy in finished_copies(self.path):
                remove_copy(copy)
            delete_all(db)

    @contextmanager
    def _erasing(self) -> Iterator[sqlite3.Connection]:
        with self._database.writing() as db:
            yield db
        self._database.compact()

    def set_aside(self) -> list[SetAside]:
        """The copies beside the store, which `forget` takes the session out of, and which `forget_all` removes.

        Raises:
            StoreError: one cannot be looked at.
        """
        with plain_errors(self.path):
            return set_aside(self.path)

    # --- health -------------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """Every fault found in the file, in sentences; empty when all that was stored can be read as it was written.

        Raises:
            Damaged: so much is broken that it cannot be looked at.
        """
        with self._database.reading() as db:
            whole = db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            faults = [] if whole else [damaged_sentence(self.path)]
            named = db.execute("SELECT session FROM events UNION SELECT id FROM heads").fetchall()
            for (session_id,) in named:
                try:
                    _read(db, str(session_id), self.path)
                except (Damaged, NoSuchSession) as error:
                    faults.append(str(error))
        return faults

    def backup(self, to: Path) -> Path:
        """Writes a copy of all sessions to a new file, closed to others; returns where it is.

        Raises:
            StoreError: it was not written; an existing file is left as it was.
        """
        target = to.expanduser().absolute()
        with self._database.alone() as db:
            write_backup(db, target)
        return target

    def restore(self, source: Path) -> Path:
        """Puts a backup in place of all sessions; returns where those of before were copied to.

        Raises:
            HeldElsewhere: a session is open.
            StoreError: the backup is not one of ours, or is damaged; nothing was changed.
        """
        with (
            self._database.alone() as outside,
            backup_at_hand(outside, self.path, source.expanduser()),
            self._database.writing() as db,
        ):
            lease.require_all_free(db)
            return take_over(db, self.path)


def _head_row(db: sqlite3.Connection, session_id: str) -> tuple[str, int, object, object] | None:
    row: tuple[str, int, object, object] | None = db.execute(
        "SELECT id, latest, body, sum FROM heads WHERE id = ?", (session_id,)
    ).fetchone()
    return row


def _read(db: sqlite3.Connection, session_id: str, path: Path) -> list[Stored]:
    """All events of the session, checked: each as it was written, none missing, as many as the head counts."""
    row = _head_row(db, session_id)
    if row is None and not db.execute(_EVENTS, (session_id,)).fetchone():
        raise finding.not_found(session_id, db)
    head = read_head(*row) if row else None
    stored = _unbroken(db, session_id, head.events if head else 0, path)
    if head is None:
        raise Damaged(
            f"Interview {session_id}: its entry is damaged, so events may be missing. {damaged_sentence(path)}"
        )
    return stored


def _unbroken(db: sqlite3.Connection, session_id: str, count: int, path: Path) -> list[Stored]:
    """The events of the session, each as it was written and none missing, up to the last or to `count`."""
    rows = db.execute(_EVENTS, (session_id,)).fetchall()
    read = [stored for stored in (read_stored(*each) for each in rows) if stored]
    found = {stored.seq for stored in read}
    count = max(1, count, len(rows), *found)
    if missing := [seq for seq in range(1, count + 1) if seq not in found]:
        numbers = named_numbers(missing)
        raise Damaged(f"Interview {session_id}: {numbers} of {count} cannot be read. {damaged_sentence(path)}")
    return read


def _up_to_date(db: sqlite3.Connection, head: SessionHead | None, session_id: str, path: Path) -> SessionHead:
    """The head as written; made anew from the events where it is damaged, or older than what is asked of it."""
    if head and head.course is not None:
        return head
    return _head_of(_unbroken(db, session_id, 0, path), path)


def _head_of(stored: list[Stored], path: Path) -> SessionHead:
    head = head_of(stored)
    if head is None:
        raise Damaged(damaged_sentence(path))
    return head
