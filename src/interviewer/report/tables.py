"""All ratings as one table for spreadsheets: CSV with a heading, one row a rating (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ..rating.scorecard import DimensionLine, Scorecard, ThreadCard
from ..session.transcript import Transcript
from ..text import clean_line, count_words

COLUMNS = (
    "session", "held", "format", "company", "seniority", "question", "number", "again_of", "words", "seconds", "probes",
    "dimension", "weight", "level", "mean", "before_probes", "offline_estimate", "self_rating", "spread", "unscored",
    "quote", "missing", "rater", "samples", "prompt_hash", "rubric_hash",
)  # fmt: skip
"""Levels are 1 to 5 and empty where there is none; `mean` is that of the samples; `number` and `again_of` count the
questions of the interview from 1; `missing` names the parts before the next level."""

_FORMULA = "=+-@\t\r"


@dataclass(frozen=True, slots=True)
class RatedSession:
    """A session with its scorecard, as a table needs it."""

    transcript: Transcript
    card: Scorecard
    session: str | None = None
    held: datetime | None = None


def render(sessions: Iterable[RatedSession]) -> str:
    """The table of all ratings, unscored ones included; lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(row for session in sessions for row in _rows(session))
    return out.getvalue()


def _rows(rated: RatedSession) -> Iterator[list[str]]:
    started = rated.transcript.started
    head = [
        rated.session or "",
        rated.held.isoformat(timespec="seconds") if rated.held else "",
        started.format if started else "",
        (started.company or "") if started else "",
        (started.seniority or "") if started else "",
    ]
    for thread in rated.card.threads:
        for line in thread.lines:
            yield [_cell(value) for value in (*head, *_thread(thread), *_line(thread, line), *_rater(thread))]


def _thread(thread: ThreadCard) -> list[str]:
    state = thread.state
    return [
        thread.question_id,
        str(thread.index + 1),
        "" if state.redo_of is None else str(state.redo_of + 1),
        str(sum(count_words(answer) for answer in state.thread.answers)),
        f"{sum(state.seconds):.1f}",
        str(len(state.probes)),
    ]


def _line(thread: ThreadCard, line: DimensionLine) -> list[str]:
    return [
        line.dimension,
        f"{line.weight:g}",
        _number(line.level),
        _number(line.rating.mean),
        _number(line.before_probes),
        _number(line.estimate),
        _number(thread.state.self_rating.get(line.dimension)),
        f"{line.rating.spread:g}",
        "" if line.level is not None else line.rating.unscored or "",
        line.evidence.text if line.evidence else "",
        " ".join(missing.part for missing in line.missing),
    ]


def _rater(thread: ThreadCard) -> list[str]:
    rater = thread.rater
    return [rater.model, str(rater.samples), rater.prompt, rater.rubric] if rater else ["", "", "", ""]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _cell(value: str) -> str:
    """The value as it may lie in a spreadsheet: cleaned, and never read as a formula."""
    text = clean_line(value)
    return f"'{text}" if text[:1] and text[0] in _FORMULA else text
