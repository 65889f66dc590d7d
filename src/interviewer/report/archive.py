"""Whole sessions as JSON lines, one a session, and back again without loss. Pure: no file, no store.

A line holds the log itself, every event with the time it was stored, and beside it the threads as transcript lines, so
that a program that wants only what was said need not know the events. Reading takes the log alone.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from ..errors import PlainError
from ..rating.lines import ImpossibleFigure, rating_from_line
from ..session.events import Event, Rated, Unknown, impossible_figures, parse_event
from ..session.json_lines import json_value
from ..session.records import time_of
from ..session.thread import turns_as_json
from ..session.transcript import fold
from ..text import clean_line, without_surrogates

ARCHIVE = 1
"""Rises when lines change in a way that an older version would misread."""


DEEPEST = 40
"""Levels of nesting in an event; the deepest of ours has seven."""
ARCHIVED = b'{"archive":'
"""How the line of a session begins."""


class NotAnArchive(PlainError, ValueError):
    """A line is no interview as `export` writes it; the sentence says which line and why."""

    next_step = "Export the interview once more with `interviewer export`, and import that file."


class NewerArchive(NotAnArchive):
    """A later version of Interviewer wrote the line."""

    next_step = "Update Interviewer, and import the file then."


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with the time it was stored; None where that is not known."""

    event: Event
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivedSession:
    """A session outside its store."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def events(self) -> list[Event]:
        """The log, in order."""
        return [entry.event for entry in self.entries]


def archive_line(session: ArchivedSession) -> str:
    """The session as one line of JSON, ASCII throughout, without its line end."""
    body = {
        "archive": ARCHIVE,
        "session": session.name,
        "events": [_entry_out(entry) for entry in session.entries],
        "threads": transcript_lines(session.name, session.events),
    }
    return json.dumps(body, separators=(",", ":"))


def _entry_out(entry: Entry) -> dict[str, Any]:
    return {"at": entry.at.isoformat() if entry.at else None, "event": _event_out(entry.event)}


def _event_out(event: Event) -> dict[str, Any]:
    """The event; of one that is nested too deeply to be read again, which an older version took in, its kind."""
    try:
        body = event.model_dump(mode="json", warnings=False)
    except ValueError:  # deeper than pydantic goes
        body = None
    return event.model_dump(include={"kind"}) if body is None or _is_deeper(body, DEEPEST) else body


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return inner is not None and (levels == 0 or any(_is_deeper(each, levels - 1) for each in inner))


def transcript_lines(session: str, events: Sequence[Event]) -> list[dict[str, Any]]:
    """The answered threads as transcript lines, as `rate` reads them; `dims` names what was rated."""
    return [
        {
            "id": f"{session}/{index}",
            "question_id": state.question_id,
            "question": state.question,
            "thread": turns_as_json(state.turns),
            "dims": list(state.weights),
        }
        for index, state in enumerate(fold(events).threads)
        if state.turns
    ]


def is_archived(line: bytes) -> bool:
    """Whether the line is a session's; a mark before it that some editors begin a file with is passed over."""
    return line.removeprefix(BOM_UTF8).startswith(ARCHIVED)


def threads_in(line: bytes) -> list[bytes]:
    """The transcript lines of an archived session; the line itself where it has none, for its reader to complain."""
    try:
        threads = json.loads(line)["threads"]
        return [json.dumps(each).encode() for each in threads]
    except (ValueError, RecursionError, LookupError, TypeError):
        return [line]


def read_archive(lines: Iterable[str]) -> Iterator[ArchivedSession]:
    """The sessions of an archive, one by one; blank lines are passed over.

    Raises:
        NotAnArchive: as soon as a line is reached that is none.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _session(line, number)


def _session(line: str, number: int) -> ArchivedSession:
    try:
        body = _storable(json_value(line))
    except (ValueError, RecursionError):
        raise NotAnArchive(f"Line {number} of the archive is not JSON.") from None
    version = body.get("archive") if isinstance(body, dict) else None
    if type(version) is not int or version < 1:  # a bool is an int to isinstance
        raise NotAnArchive(f"Line {number} of the archive is no interview.")
    if version > ARCHIVE:
        raise NewerArchive(f"Line {number} of the archive comes from a later version of Interviewer.")
    name, entries = body.get("session"), body.get("events")
    if not isinstance(name, str) or not name or not isinstance(entries, list) or not entries:
        raise NotAnArchive(f"Line {number} of the archive has no name or no events.")
    return ArchivedSession(name, tuple(_entry(entry, number, place) for place, entry in enumerate(entries, 1)))


def _storable(body: Any) -> Any:
    """The same, with what no file can hold replaced: JSON may name half a surrogate pair."""
    text = json.dumps(body, ensure_ascii=False)
    whole = without_surrogates(text)
    return body if whole == text else json.loads(whole)


def _entry(body: Any, number: int, place: int) -> Entry:
    """The entry; an event whose fields no longer fit its kind is kept as it came, as the store does."""
    event, at = (body.get("event"), body.get("at")) if isinstance(body, dict) else (None, None)
    if not isinstance(event, dict) or not isinstance(event.get("kind"), str):
        raise NotAnArchive(f"Line {number} of the archive: its event {place} has no kind.")
    if _is_deeper(event, DEEPEST):
        raise NotAnArchive(f"Line {number} of the archive: its event {place} is over {DEEPEST} levels deep.")
    try:
        moment = time_of(at) if at is not None else None
    except (TypeError, ValueError):
        raise NotAnArchive(f"Line {number} of the archive: its event {place} has no time that can be.") from None
    try:
        return Entry(_event(event), moment)
    except ImpossibleFigure as error:
        raise NotAnArchive(
            f"Line {number} of the archive: its event {place} has a figure that cannot be: {error}."
        ) from None


def _event(body: dict[str, Any]) -> Event:
    """The event. Raises ImpossibleFigure."""
    try:
        event = parse_event(body)
        if isinstance(event, Rated):
            rating_from_line(event.line)
    except ImpossibleFigure:
        raise
    except ValidationError as error:
        if places := impossible_figures(error):
            raise ImpossibleFigure(clean_line(".".join(map(str, places[0])))) from None
        return Unknown.model_validate(body)
    except ValueError:
        return Unknown.model_validate(body)
    return event
