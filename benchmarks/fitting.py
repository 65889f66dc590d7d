"""Fits the offline rater's few numbers: what traits of wording are worth, and where the levels of each dimension begin.

Only practice answers and those of two further writers are fitted on: the shapes were chosen with dev gold at hand and
do far better there than on anything unseen, so that its totals would be trusted too much. How strongly the weights are
held back was chosen by leaving out one writer of five in turn (730 ratings: macro kappa .697 for .678, mean error .690
levels for .711). Twenty weights of wording are shared by all dimensions. Each dimension has at most eight numbers of
its own: what a unit of manner is worth in its points, what each of three to five traits is, and two that say where its
levels begin. Everything else in the cues is written by hand, but for the signs of asides, seams and quotes, which have
a fitting of their own.

    python -m benchmarks.fitting      writes the numbers into rubrics/cues/
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.bank.cue_files import load_cues
from interviewer.bank.cues import Cues, MannerCues
from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.rating.offline.manner import off_usual
from interviewer.rating.offline.reader import OfflineRater

from .held_answers import Answer, answers

STRETCH = 0.6
"""How far the fitted line is stretched towards the spread of the ratings: 0 not at all, 1 wholly."""
SHARED, OWN = 100.0, 60.0
"""Ridge penalties on the shared weights and on a dimension's own two slopes, in spreads of what they multiply."""
EMPHASIS = 1.92
"""How many times more than fitted a dimension's own points count beside the manner, which is one for all dimensions:
least squares alone would let the dimensions run together."""
CUES = Path(__file__).parents[1] / "rubrics" / "cues"

Row = tuple[Answer, str, int, float]
"""An answer, a dimension, the rating, and the points without manner in spreads from their mean."""


@dataclass(frozen=True, slots=True)
class Read:
    """What does not depend on anything fitted, read once per answer."""

    rates: Mapping[str, float]
    """Traits as roots of rates in a hundred words, or in a sentence."""
    points: Mapping[str, float]
    """By dimension, without manner."""


def read_all(cues: Cues, dimensions: Mapping[str, Dimension], given: Sequence[Answer]) -> dict[str, Read]:
    """What is read in each answer that can be read at all, by its id."""
    plain = {name: known.model_copy(update={"manner": 0.0, "own": {}}) for name, known in cues.dimensions.items()}
    rater = OfflineRater(cues.model_copy(update={"dimensions": plain}))
    found = {}
    for answer in given:
        points = {name: rater.total(answer.thread, dimensions[name]) for name in answer.ratings}
        known = {name: value for name, value in points.items() if value is not None}
        if known:
            found[answer.id] = Read(rater.reader.rates(answer.thread), known)
    return found


def fitted(cues: Cues, given: Sequence[Answer], read: Mapping[str, Read]) -> Cues:
    """The cues with every fitted number learned from these answers."""
    manner = _fit_manner(cues, [answer for answer in given if answer.id in read], read)
    off = {id: _off(manner, each) for id, each in read.items()}
    dimensions = {}
    for name, known in cues.dimensions.items():
        rated = [answer for answer in given if answer.id in read and name in read[answer.id].points]
        points = [read[answer.id].points[name] for answer in rated]
        wording = [(_total(manner, off[a.id]), *(off[a.id][trait] for trait in known.own)) for a in rated]
        gold = [answer.ratings[name] for answer in rated]
        worths = _worths(points, wording, gold)
        totals = [
            value + sum(worth * each for worth, each in zip(worths, said, strict=True))
            for value, said in zip(points, wording, strict=True)
        ]
        own = dict(zip(known.own, worths[1:], strict=True))
        dimensions[name] = known.model_copy(update={"manner": worths[0], "own": own, "begins": begins(totals, gold)})
    return cues.model_copy(update={"manner": manner, "dimensions": dimensions})


def begins(totals: Sequence[float], gold: Sequence[int]) -> tuple[float, ...]:
    """Points at which levels 2 to 5 begin: a straight line through totals and gold, two numbers a dimension."""
    slope, _ = statistics.linear_regression(totals, gold)
    fit = max(0.3, statistics.correlation(totals, gold))
    middle, level = statistics.fmean(totals), statistics.fmean(gold)
    return tuple(middle + (step - 0.5 - level) / slope * fit**STRETCH for step in (2, 3, 4, 5))


def _off(manner: MannerCues, read: Read) -> dict[str, float]:
    return {name: off_usual(read.rates[name], trait.usual, trait.spread) for name, trait in manner.traits.items()}


def _total(manner: MannerCues, off: Mapping[str, float]) -> float:
    return sum(trait.weight * off[name] for name, trait in manner.traits.items())


def _fit_manner(cues: Cues, given: Sequence[Answer], read: Mapping[str, Read]) -> MannerCues:
    """The shared weights: a ridge of all ratings on the shared traits, beside the points and each dimension's mean."""
    measured = {
        name: trait.model_copy(update={"usual": statistics.fmean(rates), "spread": statistics.pstdev(rates) or 1.0})
        for name, trait in cues.manner.traits.items()
        for rates in ([read[answer.id].rates[name] for answer in given],)
    }
    manner = MannerCues(traits=measured)
    shared = [name for name, trait in measured.items() if trait.shared]
    rows: list[list[float]] = []
    wanted: list[float] = []
    for dimension in cues.dimensions:
        rated = [a for a in given if dimension in read[a.id].points]
        points = _in_spreads([read[a.id].points[dimension] for a in rated])
        level = statistics.fmean(a.ratings[dimension] for a in rated)
        for answer, value in zip(rated, points, strict=True):
            off = _off(manner, read[answer.id])
            rows.append([*(off[name] for name in shared), value])
            wanted.append(answer.ratings[dimension] - level)
    weights = dict(zip(shared, ridge(rows, wanted, [SHARED] * len(shared) + [OWN]), strict=False))
    return MannerCues(
        traits={name: trait.model_copy(update={"weight": weights.get(name, 0.0)}) for name, trait in measured.items()}
    )


def _worths(points: Sequence[float], wording: Sequence[Sequence[float]], gold: Sequence[int]) -> list[float]:
    """Points that a unit of manner is worth in this dimension, and a spread of each of its own traits."""
    columns = [points, *zip(*wording, strict=True)]
    scaled = [_in_spreads(column) for column in columns]
    level = statistics.fmean(gold)
    by_points, *by_wording = ridge(
        list(zip(*scaled, strict=True)),
        [each - level for each in gold],
        [OWN] * len(columns),
    )
    by_points = EMPHASIS * max(by_points, 0.15)
    one_point = by_points / _spread(points)
    worths = [weight / _spread(column) / one_point for weight, column in zip(by_wording, columns[1:], strict=True)]
    return [max(0.0, worths[0]), *worths[1:]]


def _in_spreads(values: Sequence[float]) -> list[float]:
    middle, width = statistics.fmean(values), _spread(values)
    return [(value - middle) / width for value in values]


def _spread(values: Sequence[float]) -> float:
    return statistics.pstdev(values) or 1.0


def ridge(rows: Sequence[Sequence[float]], wanted: Sequence[float], penalties: Sequence[float]) -> list[float]:
    """Weights that minimise the squares plus each penalty times its weight's square."""
    count = len(penalties)
    matrix = [
        [sum(row[i] * row[j] for row in rows) + penalties[i] * (i == j) for j in range(count)] for i in range(count)
    ]
    right = [sum(row[i] * value for row, value in zip(rows, wanted, strict=True)) for i in range(count)]
    return solve(matrix, right)


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
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
    path = CUES / "dimensions.yaml"
    text = re.sub(r"\n  (manner|own): .*", "", path.read_text("utf-8"))
    for name, known in cues.dimensions.items():
        starts = ", ".join(f"{each:.2f}" for each in known.begins)
        own = ", ".join(f"{trait}: {worth:.2f}" for trait, worth in known.own.items())
        numbers = f"begins: [{starts}]\n  manner: {known.manner:.2f}\n  own: {{{own}}}"
        text = re.sub(rf"(?m)(?<=^{name}:\n  )begins: .*", numbers, text)
    path.write_text(text, "utf-8")


def main() -> None:
    """Fits and writes."""
    bank = Bank.open()
    cues = load_cues(bank.root)
    dimensions = {name: bank.dimension(name) for name in cues.dimensions}
    given = answers("practice", "further")
    write(fitted(cues, given, read_all(cues, dimensions, given)))


if __name__ == "__main__":
    main()
