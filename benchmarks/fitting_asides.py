"""Fits what the signs are worth by which a sentence may be said to whoever reads (`rubrics/cues/asides.yaml`).

Sentences of the texts in `fixtures/injections/`, `fixtures/attacks/injections.yaml` and `rubrics/suites.yaml` stand
against those of honest answers: the rated ones, and honest talk about injection and marking. A logistic regression with
a penalty on every weight; how much is doubted is chosen by hand.

    python -m benchmarks.fitting_asides          writes the numbers into rubrics/cues/asides.yaml
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import AsideCues, Cues
from interviewer.bank.library import Bank
from interviewer.rating.addressed import suspicion
from interviewer.rating.offline.reading import ThreadReader
from interviewer.session.thread import Thread, Turn

from .held_answers import answers
from .logistic import Example, logistic

ROOT = Path(__file__).parents[1]
SIGNS = (
    "own", "you", "marking", "reader", "top", "met", "all", "dims", "machine", "begging", "decree", "here_now", "unit",
    "role", "field", "mark", "two_marks", "number", "figure", "order", "unasked", "strange", "key", "print",
    "much_print", "you_and_mark", "all_met", "all_top",
)  # fmt: skip
SETS = ("answers", "attacks", "suites", "second", "third", "plain")


class Said(NamedTuple):
    """The sentences of one text by their signs."""

    set: str
    id: str
    sentences: tuple[frozenset[str], ...]


def injections() -> dict[str, dict[str, str]]:
    """The texts that speak to the rater, by set and id."""

    def read(path: str) -> Any:
        return yaml.safe_load((ROOT / path).read_text("utf-8"))

    return {
        "answers": read("fixtures/injections/answers.yaml"),
        "attacks": read("fixtures/attacks/injections.yaml"),
        "suites": read("rubrics/suites.yaml")["injections"],
        "second": read("fixtures/injections/second.yaml"),
        "third": {entry["id"]: entry["text"] for entry in read("fixtures/injections/third.yaml")},
        "plain": read("fixtures/injections/plain.yaml"),
    }


def honest() -> list[tuple[str, Thread]]:
    """Answers without any text to the rater, by set."""
    cues, bank = load_cues(ROOT), Bank.open()
    rated = [(answer.set, answer.thread) for answer in answers()]
    told = yaml.safe_load((ROOT / "fixtures/attacks/third_honest.yaml").read_text("utf-8"))
    rated += [("told", _said(bank.question(entry["question"]).ask, entry["text"])) for entry in told]
    return [(name, thread) for name, thread in rated if not _any_addressed(cues, thread)]


def _said(question: str, text: str) -> Thread:
    return Thread(question, (Turn("candidate", text),), None)


def _any_addressed(cues: Cues, thread: Thread) -> bool:
    return any(suspicion(text, cues.addressed).addressed for text in thread.answers)


def read_all(cues: Cues) -> tuple[list[Said], list[Said]]:
    """The sentences of the injections, each beside a question of the bundled answers, and those of honest answers."""
    finder = ThreadReader(cues.model_copy(update={"asides": _with_all_signs(cues.asides)}))
    given = honest()
    questions = [thread.question for _, thread in given]
    bad = []
    for name, texts in injections().items():
        for at, (id, text) in enumerate(texts.items()):
            thread = _said(questions[at * 7 % len(questions)], text)
            bad.append(Said(name, id, finder.signs_of_asides(thread)))
    good = [Said(name, str(at), finder.signs_of_asides(thread)) for at, (name, thread) in enumerate(given)]
    return [said for said in bad if said.sentences], good


def _with_all_signs(rule: AsideCues) -> AsideCues:
    return rule.model_copy(update={"weights": dict.fromkeys(SIGNS, 0.0)})


def fitted(bad: Sequence[Said], good: Sequence[Said]) -> tuple[float, dict[str, float]]:
    """The worth of a sentence without any sign, and of each sign."""
    place = {sign: at for at, sign in enumerate(SIGNS, 1)}
    examples = [
        Example({0: 1.0} | {place[sign]: 1.0 for sign in shown}, label, len(said.sentences) ** -0.5 if label else 1.0)
        for texts, label in ((bad, True), (good, False))
        for said in texts
        for shown in said.sentences
    ]
    usual, *weights = logistic(examples, len(SIGNS) + 1)
    return usual, dict(zip(SIGNS, weights, strict=True))


def worth(said: Said, usual: float, weights: Mapping[str, float]) -> float:
    """Of the sentence of a text that is worth most."""
    return max((usual + sum(map(weights.__getitem__, shown)) for shown in said.sentences), default=-math.inf)


def write(usual: float, weights: Mapping[str, float]) -> None:
    """Puts the fitted numbers into the cue file, which otherwise stays as it is."""
    path = ROOT / "rubrics/cues/asides.yaml"
    lines = "\n".join(f"  {sign}: {weight:.2f}" for sign, weight in weights.items())
    text = re.sub(r"(?m)^usual: .*", f"usual: {usual:.2f}", path.read_text("utf-8"))
    path.write_text(re.sub(r"(?m)^weights:\n(?:  .*\n)+", f"weights:\n{lines}\n", text), "utf-8")


def without_sets(texts: Sequence[Said], sets: Collection[str]) -> list[Said]:
    """Those of other sets."""
    return [said for said in texts if said.set not in sets]


def main() -> None:
    """Says what is found of each set with its own texts left out of the fitting, then fits on all and writes."""
    cues = load_cues(ROOT)
    bad, good = read_all(cues)
    for name in SETS:
        known = fitted(without_sets(bad, (name,)), good)
        unseen = [worth(said, *known) > cues.asides.doubtful for said in bad if said.set == name]
        twice = [worth(said, *known) > cues.asides.doubtful for said in good if said.set != "told"]
        print(f"{name}: {sum(unseen)} of {len(unseen)} found unseen; {sum(twice)} of {len(twice)} answers read twice")
    write(*fitted(bad, good))


if __name__ == "__main__":
    main()
