"""Attempts by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from interviewer.report.attempts import Attempt

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def attempt(days_ago: float = 0, **changed: Any) -> Attempt:
    """An offline attempt at one question, that many days ago."""
    fields: dict[str, Any] = {
        "session": f"s{days_ago}",
        "held": NOW - timedelta(days=days_ago),
        "question": "incident-command",
        "kind": "behavioral",
        "company": "",
        "rater": "offline",
        "levels": {"ownership": 3, "evidence": 2},
        "weights": {"ownership": 5.0, "evidence": 3.0},
        "before": {},
        "guesses": {},
        "seconds": 240.0,
    }
    return Attempt(**fields | changed)
