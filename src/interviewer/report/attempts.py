"""One answered question as progress sees it: small enough to keep a whole history of them in memory. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..rating.scorecard import OFFLINE, Scorecard, ThreadCard
from ..session.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question, answered once."""

    session: str
    held: datetime
    """When the interview began, with its time zone."""
    question: str
    kind: str
    company: str
    """Profile id; empty where none was chosen."""
    rater: str
    levels: Mapping[str, int | None]
    """By dimension; None where it was not scored."""
    weights: Mapping[str, float]
    before: Mapping[str, int]
    """Levels before probes, where known."""
    guesses: Mapping[str, int]
    """The candidate's own, where given."""
    flags: tuple[str, ...] = ()
    """Kinds of flags raised."""
    probes: int = 0
    seconds: float = 0.0

    @property
    def mean(self) -> float | None:
        """Weighted mean level; None when nothing was scored."""
        scored = [(level, self.weights.get(name, 1.0)) for name, level in self.levels.items() if level is not None]
        total = sum(weight for _, weight in scored)
        return sum(level * weight for level, weight in scored) / total if total else None

    @property
    def offline(self) -> bool:
        """Whether no judge has read it."""
        return self.rater == OFFLINE


def attempts_of(
    session: str, held: datetime, transcript: Transcript, card: Scorecard, kind_of: Callable[[str], str]
) -> tuple[Attempt, ...]:
    """The attempts of an interview, in order.

    Args:
        kind_of: the kind of a question by its id, "" where it is not known.
    """
    company = (transcript.started.company or "") if transcript.started else ""
    return tuple(
        _attempt(session, held, company, kind_of(thread.question_id), thread) for thread in card.threads if thread.lines
    )


def _attempt(session: str, held: datetime, company: str, kind: str, thread: ThreadCard) -> Attempt:
    return Attempt(
        session=session,
        held=held,
        question=thread.question_id,
        kind=kind,
        company=company,
        rater=thread.rater.model if thread.rater else "",
        levels={line.dimension: line.level for line in thread.lines},
        weights={line.dimension: line.weight for line in thread.lines},
        before={line.dimension: line.before_probes for line in thread.lines if line.before_probes is not None},
        guesses=dict(thread.state.self_rating),
        flags=tuple(flag.kind for flag in thread.flags),
        probes=len(thread.state.probes),
        seconds=sum(thread.state.seconds),
    )


def attempt_line(attempt: Attempt) -> dict[str, Any]:
    """The attempt as plain data, for whoever keeps it beside the session."""
    return {name: getattr(attempt, name) for name in Attempt.__dataclass_fields__} | {
        "held": attempt.held.isoformat(),
        "flags": list(attempt.flags),
    }


def attempt_from_line(line: Mapping[str, Any]) -> Attempt:
    """The attempt of a line that `attempt_line` wrote.

    Raises:
        ValueError: the line is no such line.
    """
    try:
        known = {name: line[name] for name in Attempt.__dataclass_fields__}
        return Attempt(**known | {"held": datetime.fromisoformat(line["held"]), "flags": tuple(line["flags"])})
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an attempt line: {error}") from None
