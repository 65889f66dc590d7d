"""The scorecard as one HTML page that needs nothing but itself: no script, no network, no file beside it.

Highlights follow hover and focus by style sheet alone, so the page's policy can forbid everything except that one style
sheet, named by its hash. Foreign text is cleaned in the view and escaped by the templates.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..bank.library import Bank
from ..rating.scorecard import Scorecard
from ..session.transcript import Transcript
from . import charts, wording
from .charts import Bar
from .passages import Passage
from .trends import Point
from .view import InterviewView, PartView, QuestionView
from .viewing import view


def render(
    transcript: Transcript, card: Scorecard, bank: Bank, *, session: str | None = None, held: datetime | None = None
) -> str:
    """The page of an interview.

    Args:
        session: its name in the store, where it has one.
        held: when it began.
    """
    return _interview_page(view(transcript, card, bank, session=session, held=held))


def _interview_page(seen: InterviewView) -> str:
    slot_of = {line.id: line.slot for question in seen.questions for line in question.dimensions}
    bars = [Bar(axis.name, axis.mean, axis.before) for axis in seen.axes]
    name_of = {line.id: line.name for question in seen.questions for line in question.dimensions}
    return fill(
        "interview.html",
        _slot_rules(len(seen.axes)),
        view=seen,
        bars=bars,
        any_moved=any(bar.moved for bar in bars),
        slot_of=slot_of,
        slots=lambda passage: " ".join(f"k{slot_of[name]}" for name in passage.dimensions),
        names=lambda passage: _evidence_of(passage, name_of),
        mark_of=_mark_of,
    )


def fill(template: str, rules: str, **values: Any) -> str:
    """A template of this package filled in, with the style sheet and its hash.

    Args:
        rules: style rules of this one page, added to the style sheet.
    """
    environment = _environment()
    style = _style() + rules
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(
        values | {"style": Markup(style), "style_hash": Markup(f"sha256-{digest}"), "charts": _Charts}
    )


class _Charts:
    """The charts as templates use them: markup that is not escaped again."""

    @staticmethod
    def dots(*levels: int | None) -> Markup:
        return Markup(charts.dots(*levels))

    @staticmethod
    def scale(*values: float) -> Markup:
        return Markup(charts.scale(*values))

    @staticmethod
    def bars(rows: list[Bar]) -> Markup:
        return Markup(charts.bars(rows))

    @staticmethod
    def radar(rows: list[Bar]) -> Markup:
        return Markup(charts.radar(rows))

    @staticmethod
    def over_time(points: list[Point], lower: float | None) -> Markup:
        return Markup(charts.over_time(points, lower))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("interviewer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "figure": wording.figure,
        "whole": wording.whole,
        "duration": wording.duration,
        "counted": wording.counted,
        "levels": wording.levels,
        "likely": wording.likely,
        "run_of_days": wording.run_of_days,
        "probes_lately": wording.probes_lately,
        "offline_only": wording.offline_only,
    }
    environment.globals |= {"moved": wording.moved, "changed": wording.changed, "why_asked": wording.why_asked}
    return environment


@cache
def _style() -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, "page.css")[0]


def _slot_rules(count: int) -> str:
    """For each dimension: pointing at or focusing anything of it lights all of it within the question."""
    return "".join(
        f".q:has(.k{slot}:is(:hover,:focus-within)) :is(a.mark,.lv).k{slot}{{background:var(--lit)}}"
        f".q:has(.k{slot}:is(:hover,:focus-within)) .dim.k{slot}{{border-color:var(--accent)}}\n"
        for slot in range(count)
    )


def _evidence_of(passage: Passage, name_of: Mapping[str, str]) -> str:
    return "Evidence for " + ", ".join(name_of[name] for name in passage.dimensions)


def _mark_of(question: QuestionView, part: PartView) -> int | None:
    """Index of the passage where the part's quote begins, within its turn; None where it is not marked."""
    if part.turn is None:
        return None
    for index, passage in enumerate(question.turns[part.turn].passages):
        starts = (each.quote.start for each in passage.evidence)
        if any(start == part.start for start in starts):
            return index
    return None
