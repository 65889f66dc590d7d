"""The interview as one JSON document: what `--json` prints and exports hold (see docs/schemas/interview.json)."""

from __future__ import annotations

from typing import cast

from ..rating.lines import rating_line
from ..rating.scorecard import DimensionLine, Scorecard, ThreadCard, chosen_ratings
from ..session.thread import turns_as_json
from ..session.transcript import Transcript
from .document_schema import CallsShape, ChangeShape, InterviewShape, LineShape, RatingShape, ThreadShape, TurnShape

SCHEMA = 1
"""Rises when a field changes its meaning; new fields do not raise it."""


def interview_document(session_id: str | None, transcript: Transcript, card: Scorecard) -> InterviewShape:
    """Everything of an interview as plain data, its scorecard included."""
    started = transcript.started
    return {
        "schema": SCHEMA,
        "session": session_id,
        "setup": started.model_dump(exclude={"kind"}) if started else None,
        "ended": transcript.ended,
        "overall": {
            "level": _rounded(card.overall),
            "low": _rounded(card.low),
            "high": _rounded(card.high),
            "band": card.band,
            "strongest": list(card.strongest),
            "weakest": list(card.weakest),
            "scored": card.scored,
            "unscored": card.unscored,
        },
        "change": _change(card),
        "threads": [_thread(thread) for thread in card.threads],
        "notes": transcript.notes,
        "asked": transcript.asked,
        "calls": _calls(transcript),
    }


def _calls(transcript: Transcript) -> CallsShape:
    """What the models were asked and what became of it."""
    made = [call for call in transcript.calls if call.state != "error"]
    costs = [call.cost for call in made]
    return {
        "count": len(transcript.calls),
        "hosts": list(dict.fromkeys(call.host for call in transcript.calls if call.host)),
        "prompt_tokens": sum(call.prompt_tokens or 0 for call in made),
        "completion_tokens": sum(call.completion_tokens or 0 for call in made),
        "estimated": any(call.estimated for call in made),
        "cost": None if None in costs else round(sum(cost or 0.0 for cost in costs), 6),
        "failed": [
            {"purpose": call.purpose, "model": call.model, "host": call.host, "error": call.error}
            for call in transcript.calls
            if call.state == "error"
        ],
        "changes": [
            {"role": change.purpose, "model": change.model, "reason": change.reason} for change in transcript.changes
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _change(card: Scorecard) -> ChangeShape | None:
    change = card.change
    if change is None:
        return None
    return {"thread": change.thread, "dimension": change.dimension, "part": change.part, "find": change.find}


def _thread(card: ThreadCard) -> ThreadShape:
    """A transcript line with its rating line, and what the scorecard adds to them."""
    state = card.state
    final = chosen_ratings(state)[0]
    return {
        "id": str(card.index),
        "question_id": card.question_id,
        "question": card.question,
        "thread": cast(list[TurnShape], turns_as_json(state.turns)),
        "closed": state.closed,
        "seconds": state.seconds,
        "probes": [
            {
                "dimension": probe.dimension,
                "part": probe.part,
                "ask": probe.text,
                "because": probe.reason,
                "wording": probe.wording,
                "unfit": probe.unfit,
            }
            for probe in state.probes
        ],
        "skipped_probe": state.skips,
        "hints": state.hints,
        "asked_back": [{"text": asked.text, "reply": asked.reply} for asked in state.asked_back],
        "self_rating": state.self_rating,
        "rating": cast(RatingShape, rating_line(final)) if final else None,
        "lines": [_line(line) for line in card.lines],
    }


def _line(line: DimensionLine) -> LineShape:
    return {
        "dimension": line.dimension,
        "name": line.name,
        "weight": line.weight,
        "level": line.level,
        "unscored": line.rating.unscored,
        "before_probes": line.before_probes,
        "offline_estimate": line.estimate,
        "spread": line.rating.spread,
        "quote": line.evidence.text if line.evidence else None,
        "missing": [{"part": missing.part, "find": missing.find} for missing in line.missing],
    }
