"""Readings that are owed: of a thread that is over, by who was to rate it and has not, as where the program was killed.

Pure; knows no rater.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..session.events import OFFLINE
from ..session.transcript import ThreadState
from .lines import readings


def read_by(state: ThreadState) -> set[str]:
    """Who has read the whole thread."""
    return {rated.rater.model for event, rated in readings(state.ratings) if event.stage != "first"}


def is_owed(state: ThreadState) -> bool:
    """Whether nobody has read the thread as a whole though it is over, or no judge though one was to."""
    if state.closed is None or not state.thread.answers:
        return False
    has_read = read_by(state)
    return not has_read or (state.judge != OFFLINE and has_read == {OFFLINE})


def owing_judges(threads: Iterable[ThreadState]) -> list[str]:
    """The judges that were to read one of the threads and have not."""
    return list(dict.fromkeys(state.judge for state in threads if state.judge != OFFLINE and is_owed(state)))


def unread(threads: Iterable[ThreadState]) -> dict[str, str]:
    """Why judges could say nothing at all of a thread, in sentences, by the judge's name; the latest reason of each."""
    return {
        rated.rater.model: rated.why_unread
        for state in threads
        for event, rated in readings(state.ratings)
        if event.stage != "first" and rated.why_unread
    }
