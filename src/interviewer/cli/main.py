"""The entry point: finds the command, imports it alone, and turns every failure into one plain sentence.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from ..version import __version__

VERSION_ONLY = (["--version"], ["-V"])
# pydantic would read the metadata of every installed package for plugins that we do not use: 13 of 145 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def run() -> NoReturn:
    """Runs the program on `sys.argv` and exits."""
    _open_closed_streams()
    try:
        _run()
        code: str | int | None = 0
    except SystemExit as end:
        code = end.code
    except BrokenPipeError:
        code = 1
    lost = _lost_what_was_said()
    sys.exit(code or int(lost))


def _run() -> None:
    if sys.argv[1:] in VERSION_ONLY:
        print(f"interviewer {__version__}")
        return
    _leave_no_core()
    import_module("interviewer.cli.group").run(sys.argv[1:], debug=bool(os.environ.get("INTERVIEWER_DEBUG")))


def _lost_what_was_said() -> bool:
    """Whether whoever read the output has gone, as `head` does; the interpreter shall not tell that once more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def _open_closed_streams() -> None:
    """Whoever closes a stream (`<&-`, `>&-`) finds nobody there, as with /dev/null: Python would have None for it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _leave_no_core() -> None:
    """A core file would hold the candidate's words and keys, wherever the program crashed, for good."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such thing
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
