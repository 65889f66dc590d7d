"""Runs the program under an audit hook of our own that writes down every use of a socket, and blocks nothing.

    python -m tests.proof.watched LOG ARGUMENT...

The hook is not the product's (`models/privacy.py`): what this log says was seen from outside it.
"""

from __future__ import annotations

import os
import sys
from typing import Any

SEEN = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
        "socket.gethostbyaddr")  # fmt: skip
STARTS = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec")


def main(log: str, *arguments: str) -> None:
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event in SEEN:
            where = given[1] if event in SEEN[:3] else given[0]
            os.write(out, f"{event} {where!r}\n".encode())
        elif event in STARTS:
            os.write(out, f"{event} {given[0]!r}\n".encode())

    sys.addaudithook(watch)
    from interviewer.cli.main import run

    sys.argv = ["interviewer", *arguments]
    try:
        run()
    finally:
        from interviewer.models.privacy import blocked_attempts

        for host in blocked_attempts():
            os.write(out, f"blocked {host}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
