"""Heads: one row a session with what a list of past interviews shows.

A head is derived: `advance` moves it on with every event, in the transaction that stores the event, and it can be
made anew from the events at any time.
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from . import events as ev
from .records import Stored, checksum, stored_time, to_json
from .thread_heads import ThreadHead, moved_on, totals

FORM = 2
"""Of a head. It rises when what is derived changes: before 2, figures without bounds were taken in and added up."""


@dataclass(frozen=True, slots=True)
class SessionHead:
    """A session as a list shows it."""

    id: str
    started: datetime
    last: datetime
    """When the last event was stored, by the clock of that moment; rating it again later does not count."""
    events: int = 0
    """How many there are, which is also the number of the last."""
    format: str = ""
    mode: str = ""
    model: str = ""
    questions: tuple[str, ...] = ()
    """Ids, in the order asked."""
    ended: str | None = None
    """Why it is over; None while it can be resumed."""
    company: str = ""
    """Profile id; empty where none was chosen."""
    answers: int = 0
    """Threads with an answer that was read as a whole: those that progress counts."""
    estimated: int = 0
    """Those of them that no judge has given a level."""
    seconds: float = 0.0
    """Spent on their answers."""
    course: str | None = "[]"
    """The threads as JSON, for a list to leave unread; None in an entry of another form, which is made anew."""
    form: int = FORM

    @property
    def threads(self) -> list[ThreadHead]:
        """What trends need to know of each thread."""
        threads: list[ThreadHead] = json.loads(self.course or "[]")
        return threads


FIELDS = SessionHead.__dataclass_fields__.keys()
"""Of an entry as this version writes it."""


def advance(head: SessionHead | None, stored: Stored) -> SessionHead:
    """The head after the event."""
    head = head or SessionHead(stored.session, started=stored.at, last=stored.at)
    threads = moved_on(head.threads, stored.event)
    last = head.last if ev.looks_back(stored.event) else stored.at
    head = replace(head, last=last, events=stored.seq, course=to_json(threads), **totals(threads))
    match stored.event:
        case ev.Started() as event:
            return replace(head, format=event.format, mode=event.mode, model=event.model, company=event.company or "")
        case ev.QuestionAsked() as event:
            return replace(head, questions=(*head.questions, event.question_id))
        case ev.Ended() as event:
            return replace(head, ended=event.reason)
        case ev.Resumed():
            return replace(head, ended=None)
        case _:
            return head


def head_of(events: Iterable[Stored]) -> SessionHead | None:
    """The head after all the events, in order; None when there are none."""
    head = None
    for stored in events:
        head = advance(head, stored)
    return head


def write_head(db: sqlite3.Connection, head: SessionHead, latest: int) -> None:
    """Stores the head.

    Args:
        latest: the number in the whole store of the last event of holding it, by which lists are ordered.
    """
    body = to_json(asdict(head) | {"started": head.started.isoformat(), "last": head.last.isoformat()})
    total = checksum(head.id, latest, body)
    db.execute(
        "INSERT OR REPLACE INTO heads (id, latest, body, sum) VALUES (?, ?, ?, ?)", (head.id, latest, body, total)
    )


def read_head(session: object, latest: object, body: object, total: object) -> SessionHead | None:
    """The head as it was written, without its course where it is of another form; None when it was not written like
    this."""
    if checksum(session, latest, body) != total:
        return None
    fields: dict[str, Any] = json.loads(str(body))
    if fields.keys() != FIELDS:
        fields = {name: fields[name] for name in FIELDS if name in fields}
        fields |= {} if fields.keys() == FIELDS else {"course": None}
    if fields.get("form") != FORM:
        fields |= {"course": None}
    fields["started"] = stored_time(fields["started"])
    fields["last"] = stored_time(fields["last"])
    fields["questions"] = tuple(fields["questions"])
    return SessionHead(**fields)


@contextmanager
def made_in_bulk() -> Iterator[None]:
    """Keeps the garbage collector from walking over what is being made, again and again, and later over what was."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
