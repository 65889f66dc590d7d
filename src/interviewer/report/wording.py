"""How figures, times and dates are put into words, the same in every document. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..text import plural

if TYPE_CHECKING:
    from ..rating.scorecard import ThreadCard
    from ..session.events import ProbeAsked
    from .trends import Probing, Streak, Trend

KINDS = {
    "stance": "Stance",
    "behavioral": "Behavioural",
    "technical": "Technical",
    "scenario": "Scenario",
    "design": "Design",
    "debate": "Debate",
    "motivation": "Motivation",
}
"""Kinds of question as they are shown."""

_BLOCKS = "▁▂▃▄▅▆▇█"


def figure(value: float | None) -> str:
    """A mean level with one decimal: "3.4"; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def whole(level: int | None) -> str:
    """A level; a dash where there is none."""
    return "–" if level is None else str(level)


def moved(before: int | None, level: int | None) -> str:
    """The level with the one before probes where they differ: "2 → 4"."""
    return f"{before} → {level}" if level and before and before != level else whole(level)


def at_first(before: int | None, level: int | None) -> str:
    """What the first answer alone was worth, where it was another level; else empty.

    A level that is lower at the end is that of another reading: the whole is read anew.
    """
    if before is None or before == level:
        return ""
    return f"{before} on the first answer" + (", and the whole was read anew" if before > (level or before) else "")


def remarks(
    estimate: int | None, guess: int | None, spread: float, *, disagrees: bool = False, uncertain: bool
) -> Iterator[str]:
    """What stands beside a level, each a phrase: what else was thought of it, and how sure it is.

    Args:
        disagrees: whether it is told that the estimate is far from the level.
    """
    if estimate is not None:
        far = ": the two readers disagree, so read the quotes yourself" if disagrees else ""
        yield f"offline estimate {estimate}{far}"
    if guess is not None:
        yield f"your guess {guess}"
    if spread:
        yield f"{'uncertain, ' if uncertain else ''}readings lie {spread:.0f} apart"


def changed(left: float | None, right: float | None) -> str:
    """From one level or mean to another: "+1", "-0.4", "same"; empty where one of them is missing."""
    if left is None or right is None:
        return ""
    change = right - left
    if abs(change) < 0.05:
        return "same"
    return f"{change:+d}" if isinstance(change, int) else f"{change:+.1f}"


def duration(seconds: float) -> str:
    """Seconds as "45 s", "6 min 20 s" or "1 h 05 min"."""
    whole_seconds = round(seconds)
    minutes, rest = divmod(whole_seconds, 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"


def why_asked(reason: str, dimension: str = "") -> str:
    """What stands under a follow-up: why it was asked, and which rating it is for."""
    return f"Why this was asked{f', for the rating of {dimension}' if dimension else ''}: {reason}"


def reason_of(probe: ProbeAsked) -> str:
    """Why the follow-up was asked, and that the words are the bank's where a model's were not fit to be asked."""
    if probe.wording == "model" or not probe.unfit:
        return probe.reason
    return f"{probe.reason} (in the bank's words: what the model said was not fit to be asked)"


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: "1 probe", "2 probes", "no probes"."""
    return plural(number, thing, things) if number else f"no {things or thing + 's'}"


def came_of(thread: ThreadCard) -> tuple[str, ...]:
    """What came of the follow-ups, where that is nothing: stands behind their number."""
    if thread.unanswered:
        return ("which was not answered" if thread.follow_ups == 1 else "the last not answered",)
    return ("which moved no level",) if thread.unmoved else ()


def levels(scored: int, unscored: int) -> str:
    """How many ratings have a level: "4 ratings, 1 not scored"."""
    return counted(scored, "rating") + (f", {unscored} not scored" if unscored else "")


def run_of_days(streak: Streak) -> str:
    """Days of practice in a row, and the longest run where it was longer."""
    if streak.longest < 2:
        return "never yet on two days in a row"
    if streak.current < 2:
        return f"longest run {counted(streak.longest, 'day')}"
    best = f", {streak.longest} at best" if streak.longest > streak.current else ""
    return f"practised {counted(streak.current, 'day')} in a row{best}"


def likely(trend: Trend) -> str:
    """Between which levels the present one probably lies: "1.5–2.1"."""
    return f"{trend.lower:.1f}–{trend.upper:.1f}"


def guessed(gap: float) -> str:
    """How far one's own guesses were off on average; empty where they were near."""
    if abs(gap) < 0.5:
        return ""
    return f"your own guesses lay {abs(gap):.1f} levels too {'high' if gap > 0 else 'low'}"


def marks(found: str) -> str:
    """What the marks before parts mean.

    Args:
        found: what is said of a part that counts, "met" or "probably met".
    """
    return f"+ is {found}, - is missing for the next level, x went wrong."


def probes_lately(probing: Probing) -> str:
    """How many probes were needed, and what they brought."""
    if probing.per_question < 0.05:
        return "Lately no follow-up was needed."
    brought = f"; they raised a level by {probing.gained:.1f} on average" if probing.gained >= 0.05 else ""
    return f"Lately {probing.per_question:.1f} follow-ups a question{brought}."


def offline_only(offline: int, answers: int) -> str:
    """How many answers no model has read."""
    told = "All" if offline == answers else f"{offline} of {answers}"
    return f"{told} answers were read without a model: take those levels as estimates."


def day(moment: datetime) -> str:
    """A date as "21 November 2026", in the moment's own time zone."""
    return f"{moment.day} {moment:%B %Y}"


def kind_name(kind: str) -> str:
    """A question's kind as it is shown; one of a later version as it comes."""
    return KINDS.get(kind, kind.capitalize())


def sparkline(levels: Sequence[float]) -> str:
    """Levels from 1 to 5 as a row of blocks: "▁▃▅█"."""
    return "".join(_BLOCKS[round((min(5.0, max(1.0, level)) - 1) / 4 * (len(_BLOCKS) - 1))] for level in levels)
