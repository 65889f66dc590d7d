"""The rated answers of `fixtures/gold/`: dev gold, and practice answers to other questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.session.thread import Thread, thread_from_line

FOLDER = Path(__file__).parents[1] / "fixtures" / "gold"
SETS = ("dev", "practice")


@dataclass(frozen=True)
class Answer:
    """One rated answer."""

    id: str
    question: str
    thread: Thread
    ratings: Mapping[str, int]
    set: str
    """Of which set it is."""


def answers(*sets: str) -> list[Answer]:
    """The answers of these sets, or of all."""
    return [answer for name in sets or SETS for answer in _of(name)]


def _of(name: str) -> list[Answer]:
    lines = map(json.loads, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [
        Answer(
            line["id"],
            line["question_id"],
            thread_from_line(line),
            {dimension: level for dimension, level in line["ratings"].items() if level},
            name,
        )
        for line in lines
    ]
