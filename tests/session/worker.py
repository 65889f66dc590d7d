"""A process that stores events and says which were acknowledged, to be killed, starved and watched by tests.

    python -m tests.session.worker PATH COUNT [die:N | limit:BYTES] [again]

Prints `session <id>`, `ack <seq>` after each append that returned, and `refused <error>` where one did not; with
"again" the limit is then lifted and the same event tried once more.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from interviewer.session.errors import StoreError
from interviewer.session.events import AnswerGiven, Event
from interviewer.session.log import SessionLog
from interviewer.session.store import Store

from .conftest import QUESTION, STARTED


def say(text: str) -> None:
    """One write to the pipe, so that a trace shows it as one call."""
    os.write(1, f"{text}\n".encode())


def answer(seq: int) -> Event:
    """The event that a worker stores under this number; some are longer than a page."""
    if seq < 3:
        return (STARTED, QUESTION)[seq - 1]
    return AnswerGiven(text=f"answer {seq} " + "and then we measured it again " * (seq % 7 * 60))


def die_at_statement(store: Store, number: int) -> None:
    """Ends the process without any tidying just before the numbered SQL statement from now on."""
    left = number

    def count(_statement: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(9)

    with store._database.alone() as db:
        db.set_trace_callback(count)


def main(path: str, count: str, *wishes: str) -> None:
    store = Store.open(Path(path))
    log = store.create()
    say(f"session {log.id}")
    for wish in wishes:
        name, _, value = wish.partition(":")
        if name == "die":
            die_at_statement(store, int(value))
        elif name == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(value), resource.RLIM_INFINITY))
    again = "again" in wishes
    for seq in range(1, int(count) + 1):
        if not stored(log, seq):
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            if not again or not stored(log, seq):
                break
    log.close()


def stored(log: SessionLog, seq: int) -> bool:
    """Stores the event of that number, and says what came of it."""
    try:
        say(f"ack {log.append(answer(seq))}")
    except StoreError as error:
        say(f"refused {type(error).__name__}: {error}")
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
