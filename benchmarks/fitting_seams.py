"""Fits what each sign of a text that was sewn together is worth: a logistic regression of answers against salad.

Against each other stand the dev and practice answers above 2, honest answers of other writers and beginnings of
answers, and salad of four kinds drawn from dev and from practice answers. Which signs there are, and how sure the
regression has to be, was chosen by hand with questions left out in turn, as this prints.

    python -m benchmarks.fitting_seams      writes the weights into rubrics/cues/gates.yaml
"""

from __future__ import annotations

import hashlib
import random
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml
from tests.rating.offline.attacks import mixed_sentences, pieces, walk

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.gates import STEM, Gatekeeper
from interviewer.rating.offline.seams import Seams
from interviewer.rating.offline.word_order import WordOrder

from .fitting import CUES
from .held_answers import answers
from .logistic import Example, logistic

KINDS: Mapping[str, Callable[[list[str], int, int], str]] = {
    "pieces": pieces,
    "walk by pairs": walk,
    "walk by triples": partial(walk, known=2),
    "sentences": mixed_sentences,
}
DRAWS = 60
"""Of each kind, set and fold."""
LENGTHS = (50, 60, 80, 100, 140, 200)
BEGINNINGS = (60, 90, 130, 200)
"""Words after which honest answers are cut off, to have short ones."""
FOLDS = 5
LIMIT = -1.6
"""Log odds below which an answer of usual length is held for sewn together."""
ATTACKS = Path(__file__).parents[1] / "fixtures" / "attacks"
HONEST = ("third_honest.yaml", "fourth_honest.yaml")


@dataclass(frozen=True, slots=True)
class Case:
    """A text by its signs."""

    kind: str
    fold: int
    words: int
    signs: Mapping[str, float]
    weight: float

    @property
    def honest(self) -> bool:
        """Whether somebody said it."""
        return self.kind not in KINDS


class Reader:
    """Reads the signs of texts."""

    def __init__(self, cues: Cues):
        function = cues.words["function"]
        self._gatekeeper = Gatekeeper(cues.gates, WordOrder(cues.word_order, function), function, ())
        self._seams = Seams(cues.gates.seams, cues.topic.bank, function, STEM)

    def case(self, kind: str, question: str, asked: str, text: str, weight: float) -> Case:
        """The text as an answer to that question."""
        sentences = sentences_of(text, 0)
        signs = self._seams.signs(sentences, (text,), self._gatekeeper.stems(asked))
        return Case(kind, fold(question), sum(len(sentence.words) for sentence in sentences), signs, weight)


def fold(question: str) -> int:
    """Which part of the questions it belongs to."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % FOLDS


def cases(bank: Bank, cues: Cues) -> list[Case]:
    """Honest answers, their beginnings, and salad of the answers of each fold."""
    reader, chance = Reader(cues), random.Random(5)
    told = [each for each in answers() if statistics.fmean(each.ratings.values()) > 2]
    found: list[Case] = []
    for each in told:
        text = " ".join(each.thread.answers)
        add = partial(reader.case, question=each.question, asked=each.thread.question)
        found.append(add("answer", text=text, weight=1.0))
        shorter = {beginning(text, words) for words in BEGINNINGS} - {text}
        found += [add("beginning", text=said, weight=0.5) for said in sorted(shorter)]
    for honest in (each for name in HONEST for each in yaml.safe_load((ATTACKS / name).read_text("utf-8"))):
        question = bank.question(honest["question"])
        found.append(reader.case("other writer", question.id, question.ask, honest["text"], 3.0))
    for of, part in ((of, part) for of in ("dev", "practice") for part in range(FOLDS)):
        given = [each for each in answers(of) if fold(each.question) == part]
        texts = [text for each in given for text in each.thread.answers]
        for kind, draw in KINDS.items():
            for seed in range(DRAWS):
                to = chance.choice(given)
                text = draw(texts, 97_000 + 1000 * part + seed, chance.choice(LENGTHS))
                found.append(reader.case(kind, to.question, to.thread.question, text, 1.0))
    return found


def beginning(text: str, words: int) -> str:
    """Its first sentences, up to about so many words."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if sum(len(each.split()) for each in kept) >= words:
            break
        kept.append(sentence)
    return " ".join(kept)


def fitted(given: Sequence[Case]) -> tuple[dict[str, float], float]:
    """What a unit of each sign is worth, and what is always added."""
    names = sorted(given[0].signs)
    spreads = [statistics.pstdev(case.signs[name] for case in given) or 1.0 for name in names]
    rows = [[1.0, *(case.signs[name] / wide for name, wide in zip(names, spreads, strict=True))] for case in given]
    honest = sum(case.honest for case in given) / len(given)
    shares = [case.weight * 0.5 / (honest if case.honest else 1 - honest) for case in given]
    examples = [
        Example(dict(enumerate(row)), case.honest, share) for row, case, share in zip(rows, given, shares, strict=True)
    ]
    always, *weights = logistic(examples, len(names) + 1)
    return {name: weight / wide for name, weight, wide in zip(names, weights, spreads, strict=True)}, always


def held(case: Case, cues: Cues, weights: Mapping[str, float], always: float) -> bool:
    """Whether the case would be held for sewn together."""
    seams = cues.gates.seams.model_copy(update={"weights": weights, "least": LIMIT - always})
    return worth_of(case, weights) < Seams(seams, (), (), STEM).wanted(case.words)


def worth_of(case: Case, weights: Mapping[str, float]) -> float:
    """What its signs are worth together."""
    return sum(weights[name] * value for name, value in case.signs.items())


def main() -> None:
    """Prints how often each kind is held with its questions left out, fits on all, and writes."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    found = cases(bank, cues)
    hits: dict[str, list[bool]] = {}
    for part in range(FOLDS):
        weights, always = fitted([case for case in found if case.fold != part])
        for case in found:
            if case.fold == part:
                hits.setdefault(case.kind, []).append(held(case, cues, weights, always))
    for kind, each in hits.items():
        print(f"{kind:16} {sum(each):4} of {len(each)} held")
    weights, always = fitted(found)
    write(weights, LIMIT - always)


def write(weights: Mapping[str, float], least: float) -> None:
    """Puts the weights into the file of the gates, which otherwise stays as it is."""
    path = CUES / "gates.yaml"
    text = path.read_text("utf-8")
    for name, worth in weights.items():
        text = re.sub(rf"(\n    {name}: )[-\d.]+", rf"\g<1>{worth:.3f}", text)
    path.write_text(re.sub(r"(\n  least: )[-\d.]+", rf"\g<1>{least:.2f}", text), "utf-8")


if __name__ == "__main__":
    main()
