"""How an event, a head and a draft lie in the store: JSON bodies, each row with a checksum over all of it.

SQLite notices a torn page but not a flipped bit; the checksum does. Times are UTC in ISO 8601.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from .events import Event, Unknown, impossible_figures, parse_event

LOST = "lost"
"""Kind of the event that stands where salvage found nothing left."""
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between them lie all times that are taken in. Near the ends of the calendar no time zone could be reckoned with."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event with its place in the log."""

    session: str
    seq: int
    """Counted from 1 within the session."""
    at: datetime
    event: Event


def now() -> str:
    """The wall clock, as stored. It may go backwards; the order of events never rests on it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def time_of(text: str) -> datetime:
    """The time of ISO 8601, in UTC; one that names no zone is taken for UTC.

    Raises:
        ValueError: it is none, or not between `EARLIEST` and `LATEST`.
    """
    at = _with_zone(text)
    if not EARLIEST <= at <= LATEST:
        raise ValueError(f"no interview was held in {at.year}")
    return at.astimezone(UTC)


def stored_time(text: str) -> datetime:
    """The time as stored. One that an older version took in from elsewhere may be none that can be: the nearest that
    can stands for it, so that the interview is listed and read like others."""
    return min(max(_with_zone(text), EARLIEST), LATEST)


def _with_zone(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def checksum(*values: object) -> int:
    """CRC-32 over the values of a row, in order."""
    return zlib.crc32("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"))


def to_json(value: Any) -> str:
    """JSON as stored: readable, but escaped where the text holds what UTF-8 cannot."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if text.isascii() or not _has_surrogate(text) else json.dumps(value, separators=(",", ":"))


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def body_of(event: Event) -> str:
    """The event as stored."""
    return to_json(event.model_dump())


def read_event(body: str) -> Event:
    """The event of a stored body whose checksum held. One that no longer fits its kind is kept as `Unknown`; of one in
    which an older version took in a figure that cannot be, the rest is read, for its words may stand nowhere else.

    Raises:
        ValueError: it is not a JSON object with a kind.
    """
    fields = json.loads(body, parse_constant=lambda _: None)
    if not isinstance(fields, dict):
        raise ValueError("an event is a JSON object")
    try:
        return parse_event(fields)
    except ValidationError as error:
        places = impossible_figures(error)
    with suppress(ValidationError):
        return parse_event(_without(fields, places))
    return Unknown.model_validate(fields)


def _without(fields: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """The same without what stands at these places."""
    inner: dict[int | str, list[tuple[int | str, ...]]] = {}
    for first, *rest in places:
        inner.setdefault(first, []).append(tuple(rest))
    return {
        name: _without(value, inner[name]) if name in inner else value
        for name, value in fields.items()
        if name not in inner or () not in inner[name]
    }


def read_stored(session: object, seq: object, at: object, body: object, total: object) -> Stored | None:
    """The row as it was written, or None when it was not written like this."""
    if checksum(session, seq, at, body) != total or not isinstance(seq, int):
        return None
    try:
        return Stored(str(session), seq, stored_time(str(at)), read_event(str(body)))
    except ValueError:
        return None


def named_numbers(numbers: list[int]) -> str:
    """As "event 3" or "events 3, 4, 5 and 9 more"."""
    shown = ", ".join(map(str, numbers[:8])) + (f" and {len(numbers) - 8} more" if len(numbers) > 8 else "")
    return f"event{'s' if len(numbers) > 1 else ''} {shown}"
