"""Fits what each sign of a text that was sewn together is worth: a logistic regression of answers against salad.

Against each other stand the rated answers above 2, honest answers of other writers and beginnings of answers, and salad
of four kinds drawn from dev and from practice answers; of each length they count the same. Which signs there are, and
how sure the regression has to be, was chosen by hand with questions left out in turn, as this prints.

    python -m benchmarks.fitting_seams      writes weights and common stems into rubrics/cues/gates.yaml
"""

from __future__ import annotations

import hashlib
import math
import random
import re
import statistics
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import yaml
from tests.rating.offline.attacks import mixed_sentences, pieces, walk

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.seams import LONGEST, Seams
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
USUAL = 100
"""Words of an answer of usual length, as the cues have it."""
LIMIT = -1.6
"""Log odds below which an answer of usual length is held for sewn together."""
ATTACKS = Path(__file__).parents[1] / "fixtures" / "attacks"
HONEST = ("third_honest.yaml", "fourth_honest.yaml", "fifth_honest.yaml")
RATED = ("dev", "practice", "further")
BOUNDS = (70, 90, 120, 170)
"""Words that part short answers from long ones; between two of them honest texts and salad count the same."""
COMMON = 0.12
"""Share of answers from which a stem that stands in them ties nothing together."""


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
        function = frozenset(cues.words["function"])
        self._order = WordOrder(cues.word_order, function)
        self.seams = Seams(cues.gates.seams, function)

    def case(self, kind: str, question: str, asked: str, text: str, weight: float) -> Case:
        """The text as an answer to that question."""
        sentences = sentences_of(text, 0)
        signs = self.seams.signs(sentences, (text,), asked, sum(map(self._order.slips, sentences)))
        return Case(kind, fold(question), sum(len(sentence.words) for sentence in sentences), signs, weight)


def fold(question: str) -> int:
    """Which part of the questions it belongs to."""
    return int(hashlib.sha256(question.encode()).hexdigest(), 16) % FOLDS


def cases(bank: Bank, cues: Cues) -> list[Case]:
    """Honest answers, their beginnings, and salad of the answers of each fold."""
    reader, chance = Reader(cues), random.Random(5)
    found: list[Case] = []
    for kind, question, asked, text in honest_answers(bank):
        add = partial(reader.case, question=question, asked=asked)
        found.append(add(kind, text=text, weight=1.0 if kind == "answer" else 2.0))
        shorter = {beginning(text, words) for words in BEGINNINGS} - {text}
        found += [add("beginning", text=said, weight=0.5) for said in sorted(shorter)]
    for of, part in ((of, part) for of in ("dev", "practice") for part in range(FOLDS)):
        given = [each for each in answers(of) if fold(each.question) == part]
        texts = [text for each in given for text in each.thread.answers]
        for kind, draw in KINDS.items():
            for seed in range(DRAWS):
                to = chance.choice(given)
                text = draw(texts, 97_000 + 1000 * part + seed, chance.choice(LENGTHS))
                found.append(reader.case(kind, to.question, to.thread.question, text, 1.0))
    return evened(found)


def honest_answers(bank: Bank) -> list[tuple[str, str, str, str]]:
    """Whose it is, the question by name and in words, and what was said."""
    told = [each for each in answers(*RATED) if statistics.fmean(each.ratings.values()) > 2]
    rated = [("answer", each.question, each.thread.question, " ".join(each.thread.answers)) for each in told]
    others = [each for name in HONEST for each in yaml.safe_load((ATTACKS / name).read_text("utf-8"))]
    asked = [(bank.question(each["question"]), each["text"]) for each in others]
    return [*rated, *(("other writer", question.id, question.ask, text) for question, text in asked)]


def evened(found: Sequence[Case]) -> list[Case]:
    """The cases, weighed so that honest texts and salad of one length count the same."""
    sums: dict[tuple[int, bool], float] = {}
    for case in found:
        sums[_length(case), case.honest] = sums.get((_length(case), case.honest), 0.0) + case.weight
    return [replace(case, weight=case.weight * len(found) / 10 / sums[_length(case), case.honest]) for case in found]


def _length(case: Case) -> int:
    return sum(case.words >= bound for bound in BOUNDS)


def common_stems(bank: Bank, cues: Cues) -> list[str]:
    """The stems that stand in many answers."""
    stem, texts = Reader(cues).seams.stem, [text for _, _, _, text in honest_answers(bank)]
    stems = [{stem(word) for each in sentences_of(text, 0) for word in each.words} for text in texts]
    counts = Counter(stem for found in stems for stem in found if stem)
    return sorted(stem for stem, count in counts.items() if count >= COMMON * len(texts))


def beginning(text: str, words: int) -> str:
    """Its first sentences, up to about so many words."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if sum(len(each.split()) for each in kept) >= words:
            break
        kept.append(sentence)
    return " ".join(kept)


def fitted(given: Sequence[Case]) -> tuple[dict[str, float], float]:
    """What a unit of each sign is worth, and what is always added; what a text's length is worth is left aside."""
    names = sorted(given[0].signs)
    spreads = [statistics.pstdev(case.signs[name] for case in given) or 1.0 for name in names]
    rows = [
        [1.0, *_lengths(case), *(case.signs[name] / wide for name, wide in zip(names, spreads, strict=True))]
        for case in given
    ]
    examples = [Example(dict(enumerate(row)), case.honest, case.weight) for row, case in zip(rows, given, strict=True)]
    always, _, _, *weights = logistic(examples, len(names) + 3)
    return {name: weight / wide for name, weight, wide in zip(names, weights, spreads, strict=True)}, always


def _lengths(case: Case) -> tuple[float, float]:
    """How much shorter than usual it is, and how much longer."""
    longer = math.log(min(LONGEST, case.words) / USUAL)
    return min(0.0, longer), max(0.0, longer)


def held(case: Case, cues: Cues, weights: Mapping[str, float], always: float) -> bool:
    """Whether the case would be held for sewn together."""
    seams = cues.gates.seams.model_copy(update={"weights": weights, "least": LIMIT - always})
    return worth_of(case, weights) < Seams(seams, ()).wanted(case.words)


def worth_of(case: Case, weights: Mapping[str, float]) -> float:
    """What its signs are worth together."""
    return sum(weights[name] * value for name, value in case.signs.items())


def main() -> None:
    """Prints how often each kind is held with its questions left out, fits on all, and writes."""
    bank = Bank.open()
    write_common(common_stems(bank, load_cues(bank.root)))
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


def write_common(stems: Sequence[str]) -> None:
    """Puts the stems there."""
    path = CUES / "gates.yaml"
    listed = textwrap.indent("\n".join(textwrap.wrap(" ".join(stems), 116)), "    ")
    text = re.sub(r"(\n  common: >-\n)(    .*\n)+", lambda at: f"{at[1]}{listed}\n", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def write(weights: Mapping[str, float], least: float) -> None:
    """Puts the weights into the file of the gates, which otherwise stays as it is."""
    path = CUES / "gates.yaml"
    text = path.read_text("utf-8")
    for name, worth in weights.items():
        text = re.sub(rf"(\n    {name}: )[-\d.]+", rf"\g<1>{worth:.3f}", text)
    path.write_text(re.sub(r"(\n  least: )[-\d.]+", rf"\g<1>{least:.2f}", text), "utf-8")


if __name__ == "__main__":
    main()
