"""A calibration as one JSON document: what `calibrate --json` prints (see docs/formats.md)."""

from __future__ import annotations

import math
from typing import Any

from ..rating.agreement import Agreement
from ..rating.calibration import Calibration

SCHEMA = 1


def calibration_document(calibration: Calibration) -> dict[str, Any]:
    """The calibration as plain data (see docs/formats.md); null where there was too little to tell."""
    rater, found = calibration.rater, calibration
    return {
        "schema": SCHEMA,
        "agreement_with": found.rated_by,
        "rater": {"model": rater.model, "samples": rater.samples, "prompt": rater.prompt, "rubric": rater.rubric},
        "answers": found.answers,
        "verdict": {
            "good_enough": found.verdict.answer,
            "sentence": found.verdict.sentence,
            "reasons": list(found.verdict.reasons),
            "caution": found.caution,
        },
        "macro_qwk": _number(found.macro_kappa),
        "overall": _agreement(found.overall),
        "dimensions": {name: _agreement(each) for name, each in found.dimensions.items()},
        "halo": _number(found.halo),
        "quotes": {"valid": _number(found.quotes), "claimed": _number(found.claimed)},
        "retest": {
            "ratings": found.retest.ratings,
            "same": _number(found.retest.same),
            "moved_by_more_than_one": _number(found.retest.far),
        },
        "suites": {
            result.suite: {
                "tried": result.tried,
                "held": result.held,
                "share": _number(result.share),
                "broken": list(result.broken),
            }
            for result in found.suites
        },
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "n": found.ratings,
        "qwk": _number(found.kappa),
        "mae": _number(found.error),
        "within_one": _number(found.within_one),
        "exact": _number(found.exact),
        "signed_error_on_low": _number(found.low_error),
        "length_partial_r": _number(found.length),
        "unscored": _number(found.unscored),
    }


def _number(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None
