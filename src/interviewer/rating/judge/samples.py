"""Several samples of one rating made into one: the mean of the levels, their spread, and the parts that stand.

Also the lower of two readings. Mechanical on purpose: no sample sees another one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ...bank.schema import Dimension
from ..rater import Finding, Rating

DOUBTED = "The samples of the judge did not agree on it."


def combined(dimension: Dimension, samples: Sequence[Rating], veto: float) -> Rating:
    """The mean of the samples that have a level; unscored when more than half of them have none.

    Args:
        veto: share of samples saying "not met" from which a part is not met. Faults go by majority.
    """
    if len(samples) == 1:
        return samples[0]
    scored = [sample for sample in samples if sample.level is not None]
    if len(scored) * 2 < len(samples):
        return next(sample for sample in samples if sample.level is None)
    levels = [sample.level for sample in scored if sample.level is not None]
    mean = sum(levels) / len(levels)
    findings = tuple(
        _agreed([sample.findings[index] for sample in scored], 0.5 if part.fault else veto)
        for index, part in enumerate(dimension.parts.values())
    )
    return Rating(dimension.id, rounded(mean), None, findings, mean, float(max(levels) - min(levels)))


def rounded(mean: float) -> int:
    """The nearest level, halves down."""
    return math.ceil(mean - 0.5)


def _agreed(findings: Sequence[Finding], veto: float) -> Finding:
    against = sum(not finding.met for finding in findings)
    met = next((finding for finding in findings if finding.met), None)
    if met is None:
        return next((finding for finding in findings if finding.note), findings[0])
    if against / len(findings) >= veto:
        return replace(met, met=False, quote=None, note=DOUBTED)
    return met


def lower(as_said: Rating, cut: Rating) -> Rating:
    """The rating with the lower level; the one without the cut text where there is no telling."""
    if as_said.level is None or cut.level is None:
        return cut
    return as_said if as_said.level < cut.level else cut
