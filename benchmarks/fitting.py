"""Fits the offline rater's few numbers: what traits of wording are worth, and where the levels of each dimension begin.

Only the practice answers are fitted on: the shapes were chosen with dev gold at hand and do far better there than on
anything unseen, so that its totals would be trusted too much. Fourteen weights of wording are shared by all
dimensions. Each dimension has three numbers of its own: what a unit of manner is worth in its points, and two that say
where its levels begin. Everything else in the cues is written by hand.

    python -m benchmarks.fitting      writes the numbers into rubrics/cues/
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.bank.cues import Cues, MannerCues, load_cues
from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater

from .held_answers import Answer, answers

STRETCH = 0.6
"""How far the fitted line is stretched towards the spread of the ratings: 0 not at all, 1 wholly."""
SHARED, OWN = 20.0, 10.0
"""Ridge penalties on the shared weights and on a dimension's own two slopes, in spreads of what they multiply."""
CUES = Path(__file__).parents[1] / "rubrics" / "cues"

Row = tuple[Answer, str, int, float]
"""An answer, a dimension, the rating, and the points without manner in spreads from their mean."""


@dataclass(frozen=True, slots=True)
class Read:
    """What does not depend on anything fitted, read once per answer."""

    rates: Mapping[str, float]
    """Traits as roots of rates in a hundred words."""
    points: Mapping[str, float]
    """By dimension, without manner."""


def read_all(cues: Cues, dimensions: Mapping[str, Dimension], given: Sequence[Answer]) -> dict[str, Read]:
    """What is read in each answer that can be read at all, by its id."""
    flat = {name: trait.model_copy(update={"usual": 0.0, "spread": 1e-3}) for name, trait in cues.manner.traits.items()}
    plain = {name: known.model_copy(update={"manner": 0.0}) for name, known in cues.dimensions.items()}
    rater = OfflineRater(cues.model_copy(update={"dimensions": plain, "manner": MannerCues(traits=flat)}))
    found = {}
    for answer in given:
        points = {name: rater.total(answer.thread, dimensions[name]) for name in answer.ratings}
        known = {name: value for name, value in points.items() if value is not None}
        if known:
            found[answer.id] = Read(rater.rates(answer.thread), known)
    return found


def fitted(cues: Cues, given: Sequence[Answer], read: Mapping[str, Read]) -> Cues:
    """The cues with every fitted number learned from these answers."""
    manner = _fit_manner(cues, [answer for answer in given if answer.id in read], read)
    by_answer = {name: _manner_of(manner, each) for name, each in read.items()}
    dimensions = {}
    for name, known in cues.dimensions.items():
        triples = [
            (read[answer.id].points[name], by_answer[answer.id], answer.ratings[name])
            for answer in given
            if answer.id in read and name in read[answer.id].points
        ]
        worth = _worth(triples)
        totals = [points + worth * manner_of for points, manner_of, _ in triples]
        starts = begins(totals, [gold for *_, gold in triples])
        dimensions[name] = known.model_copy(update={"manner": worth, "begins": starts})
    return cues.model_copy(update={"manner": manner, "dimensions": dimensions})


def begins(totals: Sequence[float], gold: Sequence[int]) -> tuple[float, ...]:
    """Points at which levels 2 to 5 begin: a straight line through totals and gold, two numbers a dimension."""
    slope, _ = statistics.linear_regression(totals, gold)
    fit = max(0.3, statistics.correlation(totals, gold))
    middle, level = statistics.fmean(totals), statistics.fmean(gold)
    return tuple(middle + (step - 0.5 - level) / slope * fit**STRETCH for step in (2, 3, 4, 5))


def _manner_of(manner: MannerCues, read: Read) -> float:
    return sum(
        trait.weight * max(-2.5, min(2.5, (read.rates[name] - trait.usual) / trait.spread))
        for name, trait in manner.traits.items()
    )


def _fit_manner(cues: Cues, given: Sequence[Answer], read: Mapping[str, Read]) -> MannerCues:
    """The shared weights: a ridge of all ratings on the traits, beside the points and each dimension's mean."""
    names = list(cues.manner.traits)
    usual = {name: statistics.fmean(read[a.id].rates[name] for a in given) for name in names}
    spread = {name: statistics.pstdev([read[a.id].rates[name] for a in given]) or 1.0 for name in names}
    rows: list[list[float]] = []
    wanted: list[float] = []
    for dimension in cues.dimensions:
        rated = [a for a in given if dimension in read[a.id].points]
        points = [read[a.id].points[dimension] for a in rated]
        middle, width = statistics.fmean(points), statistics.pstdev(points) or 1.0
        level = statistics.fmean(a.ratings[dimension] for a in rated)
        for answer, value in zip(rated, points, strict=True):
            off = [max(-2.5, min(2.5, (read[answer.id].rates[n] - usual[n]) / spread[n])) for n in names]
            rows.append([*off, (value - middle) / width])
            wanted.append(answer.ratings[dimension] - level)
    weights = ridge(rows, wanted, [SHARED] * len(names) + [OWN])
    traits = {
        name: trait.model_copy(update={"usual": usual[name], "spread": spread[name], "weight": weight})
        for (name, trait), weight in zip(cues.manner.traits.items(), weights, strict=False)
    }
    return MannerCues(traits=traits)


def _worth(triples: Sequence[tuple[float, float, int]]) -> float:
    """Points that a unit of manner is worth in this dimension."""
    points, manner, gold = (list(each) for each in zip(*triples, strict=True))
    columns = [(statistics.fmean(each), statistics.pstdev(each) or 1.0) for each in (points, manner)]
    level = statistics.fmean(gold)
    rows = [[(each[i] - columns[i][0]) / columns[i][1] for i in (0, 1)] for each in triples]
    by_points, by_manner = ridge(rows, [each - level for each in gold], [OWN, OWN])
    by_points = max(by_points, 0.15)
    return max(0.0, by_manner) / columns[1][1] / (by_points / columns[0][1])


def ridge(rows: Sequence[Sequence[float]], wanted: Sequence[float], penalties: Sequence[float]) -> list[float]:
    """Weights that minimise the squares plus each penalty times its weight's square."""
    count = len(penalties)
    matrix = [
        [sum(row[i] * row[j] for row in rows) + penalties[i] * (i == j) for j in range(count)] for i in range(count)
    ]
    right = [sum(row[i] * value for row, value in zip(rows, wanted, strict=True)) for i in range(count)]
    return _solve(matrix, right)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """By elimination; the matrix is positive definite, for every penalty is above 0."""
    size = len(right)
    for i in range(size):
        for j in range(i + 1, size):
            factor = matrix[j][i] / matrix[i][i]
            for k in range(i, size):
                matrix[j][k] -= factor * matrix[i][k]
            right[j] -= factor * right[i]
    for i in reversed(range(size)):
        right[i] = (right[i] - sum(matrix[i][k] * right[k] for k in range(i + 1, size))) / matrix[i][i]
    return right


def write(cues: Cues) -> None:
    """Puts the fitted numbers into the cue files, which otherwise stay as they are."""
    path = CUES / "manner.yaml"
    text = path.read_text("utf-8")
    for name, trait in cues.manner.traits.items():
        for key in ("usual", "spread", "weight"):
            value = f"{getattr(trait, key):.3f}"
            text = re.sub(rf"(?s)(\n  {name}:\n.*?    {key}: )[-\d.]+", rf"\g<1>{value}", text, count=1)
    path.write_text(text, "utf-8")
    for name, known in cues.dimensions.items():
        path = CUES / "dimensions" / f"{name}.yaml"
        text = re.sub(r"\nmanner: .*", "", path.read_text("utf-8"))
        starts = ", ".join(f"{each:.2f}" for each in known.begins)
        path.write_text(re.sub(r"begins: .*", f"begins: [{starts}]\nmanner: {known.manner:.2f}", text), "utf-8")


def main() -> None:
    """Fits on the practice answers and writes."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    dimensions = {name: bank.dimension(name) for name in cues.dimensions}
    given = answers("practice")
    write(fitted(cues, given, read_all(cues, dimensions, given)))


if __name__ == "__main__":
    main()
