"""How long ten thousand stored interviews keep a user waiting: the list, progress, what next, and one scorecard.

Measured in fresh interpreters, as a user meets it, less what `interviewer --version` takes in the same run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from interviewer.bank.library import Bank
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.store import Store

SESSIONS = 10_000
RUNS = 5
TARGETS = {"history_ms": 250.0, "progress_ms": 250.0, "review_ms": 100.0}
"""Milliseconds beyond start-up."""
COMMANDS = {
    "history": ("history",),
    "progress": ("progress",),
    "next": ("next", "--list"),
    "review": ("review", "latest"),
}
ANSWER = "We held the release for nine days, because the evaluation had a hole in it that nobody had measured. " * 4


def run() -> dict[str, Any]:
    """Medians in milliseconds, with the targets beside them."""
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        _fill(Path(home) / "sessions" / "sessions.db")
        filled = time.perf_counter() - began
        found = {f"{name}_ms": round(_beyond_start(arguments, home), 1) for name, arguments in COMMANDS.items()}
    return found | {"sessions": SESSIONS, "filling_s": round(filled, 1), "targets": TARGETS}


def _beyond_start(arguments: tuple[str, ...], home: str) -> float:
    pairs = [(_process(("--version",), home), _process(arguments, home)) for _ in range(RUNS)]
    return median(whole - start for start, whole in pairs)


def _process(arguments: tuple[str, ...], home: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "interviewer", *arguments],
        env=os.environ | {"INTERVIEWER_HOME": home},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return (time.perf_counter() - started) * 1000


def _fill(path: Path) -> None:
    """Three years of practice: drills, and now and then a round of four questions."""
    bank, dice = Bank.open(), random.Random(7)
    start = datetime.now(UTC) - timedelta(hours=2.6 * SESSIONS)
    with Store.open(path) as store:
        for number in range(SESSIONS):
            at = start + timedelta(hours=2.6 * number)
            day = f"{at:%Y-%m-%d}-calm-otter-{number}"
            store.take_in(day, [(event, at + timedelta(minutes=n)) for n, event in enumerate(_session(bank, dice))])


def _session(bank: Bank, dice: random.Random) -> Iterator[Event]:
    count = 4 if dice.random() < 0.1 else 1
    cards = dice.sample(list(bank.cards.values()), count)
    company = dice.choice([None, "anthropic"])
    yield ev.Started(
        format="round" if count > 1 else "drill", mode="exam", company=company, model="offline", judge="offline",
        seed=1, version="0.1.0", plan=tuple(card.id for card in cards),
    )  # fmt: skip
    for thread, card in enumerate(cards):
        yield ev.QuestionAsked(question_id=card.id, text=card.title, weights=dict(card.weights))
        yield ev.AnswerGiven(text=ANSWER, seconds=90)
        yield ev.Rated(thread=thread, stage="first", line=_line(card.dimensions, dice))
        yield ev.ProbeAsked(dimension=card.dimensions[0], part="x", text="What did it show?", reason="nothing was said")
        yield ev.AnswerGiven(text=ANSWER, seconds=60)
        yield ev.QuestionClosed(reason="done")
        yield ev.Rated(thread=thread, stage="final", line=_line(card.dimensions, dice))
    yield ev.Ended(reason="finished")


def _line(dimensions: tuple[str, ...], dice: random.Random) -> dict[str, Any]:
    ratings = {
        name: {"level": dice.randint(1, 5), "unscored": None, "mean": None, "spread": 0.0, "parts": {}}
        for name in dimensions
    }
    rater = {"model": "offline", "samples": 1, "prompt": "54d4bf8b0a6c", "rubric": "557cd4aefdde"}
    return {"rater": rater, "ratings": ratings, "flags": [{"kind": "thin", "text": "Short."}]}


if __name__ == "__main__":
    print(run())
