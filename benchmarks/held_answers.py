"""The rated answers of `fixtures/gold/`: dev gold, practice answers to other questions, those of two further writers; a
rater beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.bank.schema import Dimension
from interviewer.rating.agreement import Compared, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, thread_from_line

from .figures import Figure

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


def compared(rater: OfflineRater, answer: Answer, dimensions: Mapping[str, Dimension]) -> list[Compared]:
    """Each rating of the answer beside the level that the rater gives."""
    read = rater.read(answer.thread, [dimensions[name] for name in answer.ratings]).ratings
    words = sum(len(text.split()) for text in answer.thread.answers)
    return [Compared(answer.id, name, level, read[name].level, words) for name, level in answer.ratings.items()]


def agreement_on_unseen(rated: Sequence[Compared]) -> list[Figure]:
    """What is wanted of a rater on answers that it has not seen, and kappa per dimension."""
    found, overall = by_dimension(rated), agreement(rated)
    return [
        Figure("macro kappa", macro_kappa(found), target=">= 0.62"),
        Figure("lowest kappa of a dimension", min(each.kappa for each in found.values()), target=">= 0.4"),
        Figure("mean absolute error", overall.error, "levels", target="<= 0.8"),
        Figure("within one level", overall.within_one, better="higher"),
        Figure("mean error at levels 1 and 2", overall.low_error, "levels"),
        Figure("partial correlation with length", overall.length, better="nearer 0"),
        Figure("halo", halo(rated), better="nearer 0"),
        *(Figure(f"{name}: kappa", found[name].kappa, better="higher") for name in sorted(found)),
    ]


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
