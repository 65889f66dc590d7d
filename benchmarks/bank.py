"""How long the bank keeps a user waiting: a list of all questions, and one question when it is asked for.

Listing is measured in fresh interpreters, as a user meets it, less what an interpreter with click alone takes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import Any

from interviewer.bank.library import Bank

TARGETS = {"listing_ms": 60.0, "question_ms": 10.0}
"""Milliseconds: a list beyond the interpreter and click; one question, read and validated."""
RUNS = 15
_CLICK = "import click"
_LIST = "from interviewer.cli.questions import command; command(['list'], standalone_mode=False)"


def run() -> dict[str, Any]:
    """Medians in milliseconds, with the targets beside them.

    The first question of a process costs more than the others: pydantic then builds its validators, once.
    """
    with tempfile.TemporaryDirectory() as home:
        pairs = [(_process(_CLICK, home), _process(_LIST, home)) for _ in range(RUNS)]
    bank = Bank.open()
    first, *questions = [_question(bank, name) for name in bank.cards]
    return {
        "listing_ms": round(median(listing - click for click, listing in pairs), 1),
        "question_ms": round(median(questions), 2),
        "slowest_question_ms": round(max(questions), 2),
        "first_question_ms": round(first, 1),
        "questions": len(bank.cards),
        "targets": TARGETS,
    }


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


if __name__ == "__main__":
    print(run())
