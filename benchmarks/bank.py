"""How long the bank keeps a user waiting: a list of all questions, and one question when it is asked for.

Listing is measured in fresh interpreters, as a user meets it, less what an interpreter with click alone takes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from interviewer.bank.library import Bank

from .figures import Figure, of_runs

RUNS = 15
_CLICK = "import click"
_LIST = "from interviewer.cli.questions import command; command(['list'], standalone_mode=False)"


def run() -> list[Figure]:
    """Medians in milliseconds.

    The first question of a process costs more than the others: pydantic then builds its validators, once.
    """
    with tempfile.TemporaryDirectory() as home:
        pairs = [(_process(_CLICK, home), _process(_LIST, home)) for _ in range(RUNS)]
    bank = Bank.open()
    first, *questions = [_question(bank, name) for name in bank.cards]
    return [
        of_runs(f"list of {len(bank.cards)} questions, beyond click", [b - a for a, b in pairs], "ms", "<= 60"),
        of_runs("one question read and validated", questions, "ms", "<= 10"),
        Figure("first question of a process", first, "ms"),
    ]


def _process(program: str, home: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"INTERVIEWER_HOME": home},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return (time.perf_counter() - started) * 1000


def _question(bank: Bank, name: str) -> float:
    started = time.perf_counter()
    bank.question(name)
    return (time.perf_counter() - started) * 1000
