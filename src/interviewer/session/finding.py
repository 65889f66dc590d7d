"""Which session is meant by what somebody typed: a name, the beginning of one, a word of it, or "latest"."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from .errors import NoSuchSession

LATEST = "latest"
"""Names the session that was held last; rating an older one again does not make it that."""


Way = Callable[[str, str], bool]
"""Whether what was typed fits an id."""


def _begins_with_its_day(session: str, wanted: str) -> bool:
    return len(wanted) >= len("2026-11-21") and session.startswith(wanted)


def _has_words(session: str, wanted: str) -> bool:
    return any(map(str.isalpha, wanted)) and f"-{wanted}-" in f"-{session}-"


LOOSELY: Sequence[Way] = (str.startswith, str.__contains__)
SURELY: Sequence[Way] = (_begins_with_its_day, _has_words)
"""Where a slip cannot be undone: a letter is no name then."""


def find(db: sqlite3.Connection, name: str, ways: Sequence[Way] = LOOSELY) -> str:
    """The id of the session meant by an id, the beginning of one, some words of one, or "latest".

    Args:
        ways: in which it may fit, the first before the next.

    Raises:
        NoSuchSession: none is meant, or more than one; the sentence names the nearest.
    """
    wanted = name.strip().lower()
    if exact := _named(db, wanted):
        return exact
    ids = _ids(db)
    if not ids:
        raise NoSuchSession("There are no interviews yet; start one with `interviewer`.")
    for fits in ways:
        found = [each for each in ids if wanted and fits(each, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSuchSession(f"“{name}” fits {len(found)} interviews, {_listed(found)}; write more of the name.")
    raise not_found(name, db)


def not_found(name: str, db: sqlite3.Connection) -> NoSuchSession:
    """What to say where there is none of that name; it names the nearest."""
    from difflib import get_close_matches

    ids = _ids(db)
    close = get_close_matches(name.lower(), ids, n=3, cutoff=0.4)
    told = f"the nearest are {_listed(close)}" if close else f"the latest are {_listed(ids[:3])}"
    return NoSuchSession(f"There is no interview “{name}”; {told if ids else 'there are no interviews yet'}.")


def _named(db: sqlite3.Connection, wanted: str) -> str | None:
    """The id spelt so, or of the latest session, looked up alone: a list of all takes 10 ms where there are 10,000."""
    if wanted == LATEST:
        row = db.execute("SELECT id FROM heads ORDER BY latest DESC LIMIT 1").fetchone()
    else:
        row = db.execute("SELECT id FROM heads WHERE id = ?", (wanted,)).fetchone()
    return str(row[0]) if row else None


def _ids(db: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT id FROM heads ORDER BY latest DESC")]


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
