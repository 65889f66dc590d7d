"""How the offline rater agrees with gold on questions it has not seen, as far as the bundled gold can tell.

Each question is left out in turn. Patterns and listed words that occur in no other question's answers are withheld, as
if they had been learned from it; where the levels begin is fitted anew on the other questions. What this cannot undo:
the choice of shapes and weights was made with all of these answers at hand.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues
from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.rating.agreement import Compared, agreement, by_dimension, halo, macro_kappa
from interviewer.rating.offline.reader import OfflineRater

from .figures import Figure
from .held_answers import Answer, answers, compared

STRETCH = 0.6
"""How far the fitted line is stretched towards the spread of gold: 0 not at all, 1 wholly."""


def run() -> list[Figure]:
    """Kappa and mean absolute error per dimension, with every question left out once."""
    bank = Bank.open()
    names = [path.stem for path in sorted((bank.root / "rubrics" / "dimensions").glob("*.yaml"))]
    dimensions = {name: bank.dimension(name) for name in names}
    rated = held_out(load_cues(bank.root), dimensions, answers("dev"))
    found, overall = by_dimension(rated), agreement(rated)
    return [
        *(Figure(f"{name}: kappa", found[name].kappa, better="higher") for name in names),
        *(Figure(f"{name}: mean absolute error", found[name].error, "levels") for name in names),
        Figure("macro kappa", macro_kappa(found), better="higher"),
        Figure("mean absolute error", overall.error, "levels"),
        Figure("within one level", overall.within_one, better="higher"),
        Figure("mean error at levels 1 and 2", overall.low_error, "levels"),
        Figure("partial correlation with length", overall.length, better="nearer 0"),
        Figure("halo", halo(rated), better="nearer 0"),
    ]


def held_out(cues: Cues, dimensions: Mapping[str, Dimension], given: Sequence[Answer]) -> list[Compared]:
    """Every gold rating beside the level given by a rater that has not seen its question."""
    said = _words_by_question(given)
    fires = _patterns_by_question(cues, given)
    rated: list[Compared] = []
    for question in sorted({answer.question for answer in given}):
        unseen = _without(cues, question, said, fires)
        others = [answer for answer in given if answer.question != question]
        rater = OfflineRater(_refitted(unseen, dimensions, others))
        for answer in given:
            if answer.question == question:
                rated += compared(rater, answer, dimensions)
    return rated


def _words_by_question(answers: Iterable[Answer]) -> dict[str, set[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        for text in answer.thread.answers:
            for word in re.findall(r"[^\W\d_]+", text.lower()):
                said[word].add(answer.question)
    return said


def _patterns_by_question(cues: Cues, answers: Iterable[Answer]) -> dict[tuple[str, str], set[str]]:
    """By shape and pattern, the questions in whose answers it matches."""
    alone = {f"{shape}/{index}": (shape, p) for shape, found in cues.shapes.items() for index, p in enumerate(found)}
    rater = OfflineRater(cues.model_copy(update={"shapes": {key: (p,) for key, (_, p) in alone.items()}}))
    fires: dict[tuple[str, str], set[str]] = defaultdict(set)
    for answer in answers:
        for read in rater.answer(answer.thread).reads:
            for key in read.shapes:
                if key in alone:
                    fires[alone[key]].add(answer.question)
    return fires


def _without(
    cues: Cues, question: str, said: Mapping[str, set[str]], fires: Mapping[tuple[str, str], set[str]]
) -> Cues:
    """The cues without what only this question's answers hold."""
    shapes = {
        shape: tuple(p for p in found if fires.get((shape, p)) != {question}) or ("withheld",)
        for shape, found in cues.shapes.items()
    }
    words = {name: tuple(w for w in found if _questions(w, said) != {question}) for name, found in cues.words.items()}
    return cues.model_copy(update={"shapes": shapes, "words": words | {"function": cues.words["function"]}})


def _questions(word: str, said: Mapping[str, set[str]]) -> set[str]:
    if not word.endswith("*"):
        return said.get(word, set())
    return set().union(*(questions for other, questions in said.items() if other.startswith(word[:-1])))


def _refitted(cues: Cues, dimensions: Mapping[str, Dimension], answers: Sequence[Answer]) -> Cues:
    """The cues with each dimension's levels beginning where these answers say."""
    rater = OfflineRater(cues)
    fitted = {}
    for name, known in cues.dimensions.items():
        pairs = [
            (total, answer.ratings[name])
            for answer in answers
            if name in answer.ratings and (total := rater.total(answer.thread, dimensions[name])) is not None
        ]
        fitted[name] = known.model_copy(update={"begins": begins([p[0] for p in pairs], [p[1] for p in pairs])})
    return cues.model_copy(update={"dimensions": fitted})


def begins(totals: Sequence[float], gold: Sequence[int]) -> tuple[float, ...]:
    """Points at which levels 2 to 5 begin: a straight line through totals and gold, two numbers a dimension."""
    slope, _ = statistics.linear_regression(totals, gold)
    fit = max(0.3, statistics.correlation(totals, gold))
    middle, level = statistics.fmean(totals), statistics.fmean(gold)
    return tuple(middle + (step - 0.5 - level) / slope * fit**STRETCH for step in (2, 3, 4, 5))
