"""One answered question as progress sees it, made of what the list of sessions knows: no event is read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..rating.scorecard import deciding, weighted_mean
from ..session.events import OFFLINE
from ..session.history import SessionHead
from ..session.thread_heads import Reading, ThreadHead, is_scored


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
        return weighted_mean((level, self.weights.get(name, 1.0)) for name, level in self.levels.items())

    @property
    def offline(self) -> bool:
        """Whether no judge has read it."""
        return self.rater == OFFLINE


def attempts_of_head(head: SessionHead, kind_of: Callable[[str], str]) -> Iterator[Attempt]:
    """The attempts of an interview, in order.

    Args:
        kind_of: the kind of a question by its id, "" where it is not known.
    """
    held = head.started.astimezone()
    for thread in head.threads:
        readings = thread["readings"]
        final = deciding([each for each in readings if not each["first"]], lambda each: each["rater"], is_scored)
        if final and thread["course"] and not final["levels"].keys().isdisjoint(thread["weights"]):
            yield _attempt_of_head(head, held, kind_of(thread["question"]), thread, final)


def overall_of_head(head: SessionHead) -> float | None:
    """The overall level of the interview as its scorecard has it, 1 to 5; None when nothing was scored."""
    attempts = [each for each in attempts_of_head(head, lambda question: "") if each.mean is not None]
    latest = {each.question: each for each in attempts}.values()
    return weighted_mean((level, each.weights[name]) for each in latest for name, level in each.levels.items())


def _attempt_of_head(head: SessionHead, held: datetime, kind: str, thread: ThreadHead, final: Reading) -> Attempt:
    course, weights = thread["course"], thread["weights"]
    levels = {name: level for name, level in final["levels"].items() if name in weights}
    return Attempt(
        session=head.id,
        held=held,
        question=thread["question"],
        kind=kind,
        company=head.company,
        rater=final["rater"],
        levels=levels,
        weights={name: weights[name] for name in levels},
        before=_before(thread, final),
        guesses=thread["guesses"],
        flags=tuple(final["flags"]),
        probes=course.count("probe"),
        seconds=sum(turn for turn in course if not isinstance(turn, str)),
    )


def _before(thread: ThreadHead, final: Reading) -> Mapping[str, int]:
    """The same rater's levels of the first answer, where anything was asked after it and there is a level now."""
    if all(not isinstance(turn, str) for turn in thread["course"]):
        return {}
    firsts = [each for each in thread["readings"] if each["first"] and each["rater"] == final["rater"]]
    first = firsts[-1]["levels"] if firsts else {}
    known = ((name, first.get(name)) for name, now in final["levels"].items() if now and name in thread["weights"])
    return {name: level for name, level in known if level is not None}
