"""Start-up: version, help, a list, and the first question on a real terminal, against what has to be imported."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pexpect

RUNS = 9
LIBRARIES = "import prompt_toolkit, rich, pydantic"
SCRIPT = str(Path(sys.executable).with_name("interviewer"))


def run() -> dict[str, float | str]:
    """Median seconds, and the ratios that the project holds itself to."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["INTERVIEWER_HOME"] = home
        python = _median(lambda: _whole([sys.executable, "-c", "pass"]))
        libraries = _median(lambda: _whole([sys.executable, "-c", LIBRARIES]))
        version = _median(lambda: _whole([SCRIPT, "--version"]))
        helped = _median(lambda: _whole([SCRIPT, "--help"]))
        listed = _median(lambda: _whole([SCRIPT, "questions", "list"]))
        question = _median(_first_question)
    return {
        "bare python, s": python,
        f"python -c '{LIBRARIES}', s": libraries,
        "--version, s": version,
        "--version / bare python (at most 5)": version / python,
        "--help, s": helped,
        "--help / bare python (at most 10)": helped / python,
        "questions list, s": listed,
        "first question on screen, s": question,
        "first question / those imports (at most 1.6)": question / libraries,
    }


def _median(measure: Callable[[], float]) -> float:
    measure()
    return statistics.median(measure() for _ in range(RUNS))


def _whole(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return time.perf_counter() - began


def _first_question() -> float:
    """Seconds until the question's frame is closed on a terminal of 100 by 30."""
    began = time.perf_counter()
    child = pexpect.spawn(
        SCRIPT, ["safety-over-speed", "--model", "offline"], dimensions=(30, 100), timeout=30, encoding="utf-8"
    )
    try:
        child.expect("╯")
        return time.perf_counter() - began
    finally:
        child.close(force=True)
