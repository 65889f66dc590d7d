"""`interviewer calibrate`: measures a model's ratings against rated answers, and says what they are worth."""

from __future__ import annotations

import asyncio
import json
import math
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from ..bank.packs import bundled_gold
from ..rating.agreement import Agreement
from ..rating.calibration import (
    OUR_RATERS,
    Calibration,
    CalibrationRules,
    calibrate,
    load_calibration_rules,
)
from ..rating.gold import GoldAnswer, read_gold
from ..rating.measuring import Measured, measure
from ..rating.remembered import remember
from ..rating.suites import load_suite_texts, variants
from ..report.calibration import calibration_document
from ..session.events import OFFLINE
from ..session.json_lines import bounded_lines
from ..text import clean_line, plural
from . import options
from .desk import Desk
from .progress_line import Progress
from .rater_choice import ANSWERS_AT_ONCE, chosen_rater, require_rated


@click.command("calibrate")
@click.option("--gold", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Rated answers of your own.")
@options.rating_model
@options.samples
@click.option("--limit", type=click.IntRange(1), help="Only so many answers, for a quick look.")
@options.base_url
@options.local_only
@options.as_json
def command(gold: Path | None, model: str | None, samples: int, limit: int | None, base_url: str | None,
            local_only: bool | None, as_json: bool) -> None:  # fmt: skip
    """Measure a model's ratings against answers that our rubric raters rated, and say whether to practise with it.

    Besides agreement it tries changed answers: talked up, stuffed with terms, made better or worse, shuffled. With a
    model this takes several hundred calls; --limit makes it fewer.
    """
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    found = _calibration(desk, chosen_rater(desk, model), _spread(_read(gold or bundled_gold()), limit), samples, gold)
    if gold is None and limit is None:
        _keep(found, desk)
    click.echo(json.dumps(calibration_document(found), indent=1) if as_json else "\n".join(report_lines(found)))


def _read(gold: Path) -> list[GoldAnswer]:
    with gold.open("rb") as file:
        return read_gold(bounded_lines(file))


def _spread(answers: list[GoldAnswer], limit: int | None) -> list[GoldAnswer]:
    """So many answers, from the whole of the file."""
    count = min(limit or len(answers), len(answers))
    return [answers[index * len(answers) // count] for index in range(count)]


def _calibration(desk: Desk, name: str, answers: list[GoldAnswer], samples: int, own: Path | None) -> Calibration:
    """What the rater is worth by these answers, which come from the user's own file or from the bundled one."""
    rules = load_calibration_rules(desk.bank)
    measured = asyncio.run(_measured(desk, rules, name, answers, samples))
    require_rated(list(measured.first.values()))
    rated_by = f"the ratings of {own.name}" if own else OUR_RATERS
    return calibrate(measured, rules, rated_by=rated_by, fitted=own is None and name == OFFLINE)


def _keep(found: Calibration, desk: Desk) -> None:
    """Keeps it to be shown beside the model's name, if it says something; a full disk costs nobody more than that."""
    if found.verdict.answer != "unknown":
        with suppress(OSError):
            remember(found, datetime.now(UTC).date().isoformat(), desk.paths)


async def _measured(desk: Desk, rules: CalibrationRules, name: str, gold: list[GoldAnswer], samples: int) -> Measured:
    sort: Literal["offline", "model"] = "offline" if name == OFFLINE else "model"
    tried = variants(gold, load_suite_texts(desk.bank), most=min(rules.tries[sort], 2 * len(gold)))
    retests = min(rules.retests[sort], len(gold))
    progress = Progress("ratings", len(gold) + retests + len(tried))
    try:
        async with desk.rater(name, samples=samples, what="The rated answers") as rater:
            return await measure(
                rater,
                desk.bank,
                gold,
                tried,
                retests=retests,
                concurrency=ANSWERS_AT_ONCE,
                rated=progress.advance,
            )
    finally:
        progress.clear()


# --- as text ----------------------------------------------------------------------------------------------

HEADINGS = ("n", "QWK", "MAE", "within 1", "weak ±", "unscored")
"""The fifth is the mean of level minus gold where gold is 1 or 2."""


def report_lines(found: Calibration) -> list[str]:
    """The calibration as plain lines: a table by dimension, the other measures, the suites, the verdict."""
    rater = found.rater
    sampled = f", {rater.samples} samples" if rater.samples > 1 else ""
    rows = [*((name, each) for name, each in found.dimensions.items()), ("all", found.overall)]
    return [
        f"{clean_line(rater.model)}{sampled}: agreement with {clean_line(found.rated_by)}, "
        f"{plural(found.answers, 'answer')} "
        f"(prompt {rater.prompt}, rubric {rater.rubric})",
        "",
        f"{'':<18}" + "".join(f"{heading:>10}" for heading in HEADINGS),
        *(_row(name, each) for name, each in rows),
        "",
        f"Mean QWK of the dimensions  {_number(found.macro_kappa)}",
        f"Dimensions run together     by r {_number(found.halo, sign=True)} more than in the gold",
        f"Quotes found in the answer  {_share(found.quotes)} of those shown, {_share(found.claimed)} of those claimed",
        f"Same level a second time    {_share(found.retest.same)}, moved by more than one {_share(found.retest.far)}",
        "",
        "Changed answers, and how often what must hold did hold",
        *(f"  {suite.suite:<12}{_share(suite.share):>6}  {suite.held} of {suite.tried}" for suite in found.suites),
        "",
        found.verdict.sentence,
        *(f"  - {reason}" for reason in found.verdict.reasons),
        *([found.caution] if found.caution else []),
    ]


def _row(name: str, found: Agreement) -> str:
    cells = (
        str(found.ratings),
        _number(found.kappa),
        _number(found.error),
        _share(found.within_one),
        _number(found.low_error, sign=True),
        _share(found.unscored),
    )
    return f"{name:<18}" + "".join(f"{cell:>10}" for cell in cells)


def _number(value: float, *, sign: bool = False) -> str:
    return "–" if not math.isfinite(value) else f"{value:+.2f}" if sign else f"{value:.2f}"


def _share(value: float) -> str:
    return f"{value:.0%}" if math.isfinite(value) else "–"
