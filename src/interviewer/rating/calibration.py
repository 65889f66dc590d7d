"""What a measured rater is worth: agreement with our rubric raters, steadiness, honesty, and a verdict in plain words.

Pure. The bounds and the words are data (`rubrics/calibration.yaml`). Agreement with the bundled gold is agreement with
our rubric raters, never with people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..bank.library import Bank
from ..bank.reading import read_model
from ..bank.schema import Content, Text
from ..session.events import OFFLINE
from ..text import count_words
from .agreement import Agreement, Compared, agreement, by_dimension, halo, macro_kappa
from .evidence import find_quote
from .judge.samples import DOUBTED
from .measuring import Measured
from .rater import RaterIdentity
from .suites import holds

OUR_RATERS = "our rubric raters"
"""Who rated the bundled gold: language models of one family, not people."""

Answer = Literal["yes", "roughly", "no", "unknown"]


class Bound(Content):
    """What one value has to reach."""

    good: float
    roughly: float
    lower: bool = False
    """Whether less is better."""
    says: Text
    """What is wrong when it is not reached."""

    def judge(self, value: float) -> Answer:
        """How far the value reaches."""
        sign = -1 if self.lower else 1
        return "yes" if sign * value >= sign * self.good else "roughly" if sign * value >= sign * self.roughly else "no"


class Fewest(Content):
    """How many ratings a verdict needs."""

    known: int
    """To say anything."""
    good: int
    """To say yes."""
    dimension: int
    """Of one dimension, for its kappa to count."""


class CalibrationRules(Content):
    """`rubrics/calibration.yaml`."""

    bounds: dict[str, Bound]
    fewest_ratings: Fewest
    verdicts: dict[Answer, Text]
    verdict_offline_no: Text
    fitted: Text
    """Said where a rater is measured against the answers it was made with."""
    tries: dict[Literal["offline", "model"], int]
    retests: dict[Literal["offline", "model"], int]


def load_calibration_rules(bank: Bank) -> CalibrationRules:
    """When a rater is good enough. Raises `ContentError`."""
    return read_model(bank.root / "rubrics" / "calibration.yaml", CalibrationRules)


@dataclass(frozen=True, slots=True)
class Retest:
    """The same answers rated twice."""

    ratings: int
    same: float
    """Share of levels that stayed; NaN when nothing was rated twice."""
    far: float
    """Share that moved by more than 1."""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """How often a suite's relation held."""

    suite: str
    tried: int
    """Variants on which the relation could be judged."""
    held: int
    broken: tuple[str, ...]
    """The variants on which it did not hold, as "id/kind"."""

    @property
    def share(self) -> float:
        """Of those tried; NaN when none was."""
        return self.held / self.tried if self.tried else math.nan


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one can practise with the rater."""

    answer: Answer
    sentence: str
    reasons: tuple[str, ...]
    """What kept it from a yes, the gravest first; none where too little is known to say."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a rater is worth. Shares are of 1; NaN where there was too little to tell."""

    rater: RaterIdentity
    answers: int
    dimensions: Mapping[str, Agreement]
    overall: Agreement
    """All ratings together."""
    macro_kappa: float
    """Mean quadratic weighted kappa of the dimensions."""
    halo: float
    """How much more its dimensions run together than those of gold."""
    quotes: float
    """Share of quotes shown that stand in the candidate's words."""
    claimed: float
    """The same share of all quotes given: one that was not found, even after asking once more, counts against it."""
    retest: Retest
    suites: tuple[SuiteResult, ...]
    verdict: Verdict
    caution: str | None
    """What to keep in mind, where the gold is no fair test of the rater."""
    rated_by: str
    """Whom agreement is with, in words that follow "agreement with"."""


def calibrate(
    measured: Measured, rules: CalibrationRules, *, rated_by: str = OUR_RATERS, fitted: bool = False
) -> Calibration:
    """What the measurement says.

    Args:
        rated_by: who gave the gold its levels.
        fitted: whether the rater was made with this very gold at hand.
    """
    rated = _rated(measured)
    dimensions, overall = by_dimension(rated), agreement(rated)
    quotes, claimed = _quotes(measured)
    retest, suites = _retest(measured), _suites(measured)
    values = {
        "macro_kappa": macro_kappa(dimensions),
        "worst_kappa": _worst_kappa(dimensions, rules.fewest_ratings.dimension),
        "error": overall.error,
        "within_one": overall.within_one,
        "low_error": overall.low_error,
        "halo": halo(rated),
        "unscored": overall.unscored,
        "claimed": claimed,
        "retest_same": retest.same,
        **{result.suite: result.share for result in suites},
    }
    return Calibration(
        rater=measured.rater,
        answers=len(measured.gold),
        dimensions=dimensions,
        overall=overall,
        macro_kappa=values["macro_kappa"],
        halo=values["halo"],
        quotes=quotes,
        claimed=claimed,
        retest=retest,
        suites=suites,
        verdict=verdict(values, overall.ratings, rules, offline=measured.rater.model == OFFLINE),
        caution=rules.fitted if fitted else None,
        rated_by=rated_by,
    )


def verdict(values: Mapping[str, float], ratings: int, rules: CalibrationRules, *, offline: bool) -> Verdict:
    """The verdict on these values; one that is NaN is not held against the rater.

    Args:
        ratings: how many levels the values rest on.
    """
    if ratings < rules.fewest_ratings.known:
        return Verdict("unknown", rules.verdicts["unknown"], ())
    judged = {name: bound.judge(values[name]) for name, bound in rules.bounds.items() if _known(values.get(name))}
    missed = [name for answer in ("no", "roughly") for name, reached in judged.items() if reached == answer]
    answer: Answer = "yes" if not missed else judged[missed[0]]
    reasons = [rules.bounds[name].says for name in missed]
    if ratings < rules.fewest_ratings.good:
        answer = "roughly" if answer == "yes" else answer
        reasons.append("few answers were rated")
    sentence = rules.verdict_offline_no if offline and answer == "no" else rules.verdicts[answer]
    return Verdict(answer, sentence, tuple(reasons))


def _known(value: float | None) -> bool:
    return value is not None and not math.isnan(value)


def _worst_kappa(dimensions: Mapping[str, Agreement], fewest: int) -> float:
    kappas = [found.kappa for found in dimensions.values() if found.ratings >= fewest and _known(found.kappa)]
    return min(kappas, default=math.nan)


def _rated(measured: Measured) -> list[Compared]:
    found = []
    for answer in measured.gold:
        words = sum(map(count_words, answer.thread.answers))
        ratings = measured.first[answer.id].ratings
        for name, gold in answer.levels.items():
            level = ratings[name].level if name in ratings else None
            found.append(Compared(answer.id, name, gold, level, words))
    return found


def _quotes(measured: Measured) -> tuple[float, float]:
    """Share of the quotes shown that stand in the thread, and the same with those counted that code had dropped."""
    shown = valid = dropped = 0
    for answer in measured.gold:
        for rating in measured.first[answer.id].ratings.values():
            for finding in rating.findings:
                dropped += not finding.met and finding.note not in ("", DOUBTED)
                if finding.met and finding.quote:
                    shown += 1
                    valid += find_quote(answer.thread, finding.quote.text) is not None
    given = shown + dropped
    return valid / shown if shown else math.nan, valid / given if given else math.nan


def _retest(measured: Measured) -> Retest:
    moves = []
    for name, again in measured.again.items():
        for dimension, rating in measured.first[name].ratings.items():
            other = again.ratings[dimension].level
            if rating.level is not None and other is not None:
                moves.append(abs(rating.level - other))
    if not moves:
        return Retest(0, math.nan, math.nan)
    return Retest(
        len(moves), sum(move == 0 for move in moves) / len(moves), sum(move > 1 for move in moves) / len(moves)
    )


def _suites(measured: Measured) -> tuple[SuiteResult, ...]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for variant, rating in measured.varied:
        results = found.setdefault(variant.suite, [])
        held = holds(variant, measured.first[variant.answer.id], rating)
        if held is not None:
            results.append((f"{variant.answer.id}/{variant.kind}", held))
    return tuple(_suite(name, results) for name, results in found.items())


def _suite(name: str, results: Sequence[tuple[str, bool]]) -> SuiteResult:
    broken = tuple(variant for variant, held in results if not held)
    return SuiteResult(name, len(results), len(results) - len(broken), broken)
