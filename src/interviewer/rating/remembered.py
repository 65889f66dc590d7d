"""The last calibration of each rater, kept in a small file so that it can stand beside the model's name.

May be lost without harm: a file that cannot be read counts as empty, and it is replaced in one step, 0600.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..places import Paths, find_paths, read_own, write_private

if TYPE_CHECKING:
    from .calibration import Calibration


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was said of a rater when it was last measured."""

    good_enough: str
    """To practise with: "yes", "roughly", "no" or "unknown"."""
    macro_qwk: float | None
    """Agreement with our rubric raters; None where there was too little to tell."""
    answers: int
    samples: int
    prompt: str
    rubric: str
    at: str
    """The day, as "2026-03-31"."""


def remembered(paths: Paths | None = None) -> dict[str, Remembered]:
    """The last calibration by the rater's name; empty when nothing is kept or the file cannot be read."""
    try:
        body = json.loads(read_own(_file(paths)))
        return {name: Remembered(**entry) for name, entry in body.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def remember(calibration: Calibration, at: str, paths: Paths | None = None) -> None:
    """Keeps the calibration in place of the rater's last one.

    Args:
        at: the day, as "2026-03-31".

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    rater, kappa = calibration.rater, calibration.macro_kappa
    entry = Remembered(
        good_enough=calibration.verdict.answer,
        macro_qwk=round(kappa, 3) if math.isfinite(kappa) else None,
        answers=calibration.answers,
        samples=rater.samples,
        prompt=rater.prompt,
        rubric=rater.rubric,
        at=at,
    )
    body: dict[str, Any] = {name: asdict(known) for name, known in remembered(paths).items()}
    write_private(_file(paths), json.dumps({**body, rater.model: asdict(entry)}, indent=1) + "\n")


def _file(paths: Paths | None) -> Path:
    return (paths or find_paths()).calibrations_file
