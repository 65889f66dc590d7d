"""Programs run to their end, or to a text on a real terminal: seconds, and memory by the system's own account."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect

SCRIPT = str(Path(sys.executable).with_name("interviewer"))
MIB = 1024.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program took."""

    seconds: float
    cpu: float
    """Seconds of processor time, its own and the system's for it."""


# A small process in between: a child of this one would count what is resident here as its own.
_WATCH = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print("peak KiB:", used.ru_maxrss, flush=True)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def watched(command: Sequence[str]) -> list[str]:
    """The command, with its peak told on the standard output after its end."""
    return [sys.executable, "-S", "-c", _WATCH, *command]


def run(command: Sequence[str], env: Mapping[str, str] | None = None, stdin: str = os.devnull) -> Ran:
    """Runs it to its end. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    with Path(stdin).open("rb") as source:
        child = subprocess.Popen(
            command,
            stdin=source,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Ran(time.perf_counter() - began, used.ru_utime + used.ru_stime)


@contextmanager
def terminal(command: Sequence[str], env: Mapping[str, str]) -> Iterator[pexpect.spawn[str]]:
    """The program on a terminal of 100 by 30, killed at the end."""
    program, *arguments = command
    child = pexpect.spawn(
        program, arguments, dimensions=(30, 100), timeout=90, encoding="utf-8", env={**os.environ, **env}
    )
    try:
        yield child
    finally:
        child.close(force=True)


def seconds_until(text: str, arguments: Sequence[str], env: Mapping[str, str]) -> float:
    """From the command line to that text on the terminal."""
    began = time.perf_counter()
    with terminal([SCRIPT, *arguments], env) as child:
        child.expect(text)
        return time.perf_counter() - began


def peak_of(child: pexpect.spawn[str]) -> float:
    """MiB: the most that was resident in a program started under `watched`, which has to end by itself."""
    child.expect(r"peak KiB: (\d+)")
    assert isinstance(child.match, re.Match)
    return int(child.match[1]) / MIB


@contextmanager
def alone(double: str, *imports: str) -> Iterator[str]:
    """A double of `tests/doubles` in a process of its own; gives its base URL."""
    code = f"{'; '.join(imports)}; from tests.doubles.server import run_alone; run_alone({double})"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


OBLIGING: Any = (
    "OllamaDouble(speech=obliging_model)",
    "from tests.doubles.ollama import OllamaDouble",
    "from tests.end_to_end.conftest import obliging_model",
)
OBLIGING_OPENAI: Any = (
    "OpenAIDouble(speech=obliging_model)",
    "from tests.doubles.openai import OpenAIDouble",
    "from tests.end_to_end.conftest import obliging_model",
)
