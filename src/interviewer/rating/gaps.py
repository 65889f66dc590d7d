"""What stands before the next level, as facts to go and find. Pure; for the scorecard and for a coach's word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..bank.scale import Answered
from ..bank.schema import Dimension, Part
from ..bank.told import Held, Told
from ..bank.wording import says
from ..session.transcript import ThreadState
from ..text import count_words, straight
from .levels import missing_for_next
from .rater import Flag, Rating


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that stands before the next level."""

    part: str
    find: str
    """The fact to go and find."""
    answered: bool = False
    """Whether a follow-up asked for it and was answered."""
    doubt: float = 0.0
    """How likely it is, from 0 to 1, that it was told and not found."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What a candidate said in a thread, as far as it tells what they need not be sent to find."""

    said: str = ""
    """All that they answered."""
    answered: frozenset[tuple[str, str]] = frozenset()
    """Dimension and part of each follow-up that got a reply of some substance."""
    plainly: str = "{find}"
    """How such a part is named where it is not met all the same."""
    evaded: frozenset[tuple[str, str]] = frozenset()
    """The same of each whose reply was long enough and holds no word of it."""
    told: Told | None = None
    """By which words one hears what the rules may have missed; None where a model has read the thread."""
    held: Held | None = None
    """What would lift the gate that holds the levels down; None where none does."""


def replies(state: ThreadState, rules: Answered, told: Told | None = None, flags: Sequence[Flag] = ()) -> Replies:
    """What was said in the thread, and which of its follow-ups were answered.

    Args:
        told: by which words one hears a part, where the rules alone have read the thread.
        flags: of that reading.
    """
    after = {
        asked.text: straight(reply.text)
        for asked, reply in pairwise(state.turns)
        if asked.role == "interviewer" and reply.role == "candidate"
    }
    replied = [
        (probe.dimension, probe.part, reply)
        for probe in state.probes
        if count_words(reply := after.get(probe.text, "")) >= rules.fewest
        and not any(says(reply, phrase) for phrase in rules.unless)
    ]
    answered = frozenset(
        (name, part) for name, part, reply in replied if told is None or not told.is_evaded(name, part, reply)
    )
    evaded = frozenset((name, part) for name, part, _ in replied) - answered
    held = told.held_by({flag.kind for flag in flags}) if told else None
    return Replies(" ".join(state.thread.answers), answered, rules.plainly, evaded, told, held)


def missing(dimension: Dimension, rating: Rating, heard: Replies | None = None) -> tuple[Missing, ...]:
    """What stands before the next level, what was asked for and answered last; empty at 5 and where there is no level.

    Args:
        heard: what the candidate said. Where words of a part stand in it, what is still lacking is told, so that
            nobody is sent to find what they gave. Where a gate held the level down, that alone is told: what stands
            behind it nobody has seen.
    """
    if rating.level is None or rating.level == 5:
        return ()
    met = [finding.part for finding in rating.findings if finding.met]
    heard = heard or Replies()
    gaps = [_gap(dimension, part, heard) for part in missing_for_next(dimension, met)]
    if heard.held and rating.level >= heard.held.least:
        return tuple(Missing(gap.part, heard.held.find) for gap in gaps[:1])
    return tuple(sorted(gaps, key=lambda gap: (gap.answered, gap.doubt)))


def _gap(dimension: Dimension, name: str, heard: Replies) -> Missing:
    part, told = dimension.parts[name], heard.told
    find = to_find(part, heard.said)
    if (dimension.id, name) in heard.answered:
        return Missing(name, heard.plainly.format(find=find), answered=True)
    if told is None:
        return Missing(name, find)
    doubt = told.doubt(dimension.id, name, heard.said, fault=part.fault)
    if (dimension.id, name) in heard.evaded:
        return Missing(name, told.unanswered.format(find=find), doubt=doubt)
    if told.perhaps(dimension.id, name, heard.said):
        plain = _find_of(part, heard.said)
        return Missing(name, told.hedge.format(find=plain[0].lower() + plain[1:]), doubt=doubt)
    return Missing(name, find, doubt=doubt)


def worth_closing(weight: float, level: int, gaps: Sequence[Missing]) -> float:
    """How much closing the gaps before the next level helps: the more the dimension weighs, the lower it stands, and
    the nearer the next level is; far less where the first may have been told, for such advice is the worst. The card's
    "Next time" and a coach's word go by it. 0 where all of it was answered when asked for: that comes last.
    """
    if gaps[0].answered:
        return 0.0
    return weight * (5 - level) / len(gaps) * (1 - gaps[0].doubt) ** 3


def to_find(part: Part, said: str) -> str:
    """The fact to go and find for a part that is not met: what is still lacking, where words of it were said."""
    plain = straight(said.casefold())
    nearly = (each.find for each in part.nearly if all(_pattern(group).search(plain) for group in each.said))
    return next(nearly, _find_of(part, said))


def _find_of(part: Part, said: str) -> str:
    """The fact to go and find, whatever words were said, as it fits how much was said."""
    lengthy = part.lengthy
    if lengthy and count_words(said) >= lengthy.words:
        return lengthy.find
    return part.find or part.met_when


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the phrases at word boundaries; "*" is any ending, "#" any digit."""
    written = (
        (phrase, re.escape(phrase.casefold()).replace(r"\*", r"\w*").replace(r"\#", r"\d")) for phrase in phrases
    )
    return re.compile("|".join(rf"\b{each}\b" if phrase[0].isalnum() else each for phrase, each in written))
