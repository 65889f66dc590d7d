"""What to ask next in a thread: the target in code, from what the readers found; the words from the bank.

The target is the missing part that most likely is there but unsaid and weighs most (value of information; design
rules 1 to 5 of the judging notes). Wording by a model, within the same rules, is `rewording.py`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from ..bank.library import Bank
from ..bank.reading import read_model
from ..bank.schema import AnswerType, Content, Dimension, Probe, Question
from ..bank.wording import QUOTE_SLOT, WordingRules, faults
from ..rating.levels import level_of, missing_for_next
from ..rating.rater import Quote, Rating, ThreadRating
from ..session.thread import Thread
from ..text import count_words


class ProbingRules(Content):
    """What `prompts/probing.yaml` holds."""

    budget: int = Field(ge=0)
    """Probes a question, the same for everyone (structured interviews limit prompting: Campion et al. 1997)."""
    story_budget: int = Field(ge=0)
    complete_at: float
    """Weighted mean level from which an answer is left as it is."""
    again: float
    later_part: float


def load_probing(bank: Bank) -> ProbingRules:
    """When to ask on, and for what. Raises `ContentError`."""
    return read_model(bank.root / "prompts" / "probing.yaml", ProbingRules)


@dataclass(frozen=True, slots=True)
class Target:
    """What a probe is after, and why."""

    dimension: str
    part: str
    reason: str
    """Ends the sentence "asked because ..."."""
    value: float


@dataclass(frozen=True, slots=True)
class Skip:
    """No probe, and why."""

    reason: str


def choose_targets(
    rated: ThreadRating,
    dimensions: Mapping[str, Dimension],
    weights: Mapping[str, float],
    rules: ProbingRules,
    *,
    heard: Mapping[str, int],
    asked: Collection[tuple[str, str]],
    seed: int,
) -> list[Target]:
    """The open parts of the thread, the most worth asking for first.

    Args:
        heard: how often each dimension was already probed in this interview; the less, the better.
        asked: (dimension, part) pairs already probed in this thread.
        seed: breaks ties, the same way each time.
    """
    dice = random.Random(seed)
    found = [
        Target(name, part, _reason(dimensions[name], part), value * (1 + 0.01 * dice.random()))
        for name, rating in rated.ratings.items()
        for part, value in _open_parts(dimensions[name], rating, rules.later_part)
        if (name, part) not in asked
    ]
    scale = {name: weights.get(name, 1.0) / (1 + rules.again * heard.get(name, 0)) for name in dimensions}
    return sorted(found, key=lambda target: target.value * scale[target.dimension], reverse=True)


def _open_parts(dimension: Dimension, rating: Rating, later: float) -> list[tuple[str, float]]:
    """The parts before the next level, each with the chance that it is there but unsaid; none where nothing was read.

    A part is likelier to be there the nearer its level is to what was said, and the more of that level is already met.
    """
    if rating.level is None:
        return []
    met = {finding.part for finding in rating.findings if finding.met}
    level = level_of(dimension, met)
    missing = [part for part in missing_for_next(dimension, met) if not dimension.parts[part].fault]
    if level >= 5 or not missing:
        return []
    room = (5 - level) / 4
    return [(part, room / (1 + later * index) / len(missing) ** 0.5) for index, part in enumerate(missing)]


def _reason(dimension: Dimension, part: str) -> str:
    return dimension.parts[part].because or f"{dimension.name.lower()} was still open"


def stop(
    thread: Thread,
    targets: Sequence[Target],
    reached: float | None,
    rules: ProbingRules,
    *,
    budget: int,
    spent: int,
    gained: bool,
    nothing_more: Sequence[str],
) -> Skip | None:
    """Why no probe should be asked, if so. Checked before any wording.

    Args:
        reached: weighted mean level so far; None when nothing was scored.
        budget: probes for a question; `spent` is how many were asked in this thread.
        gained: whether the last probe brought anything new.
        nothing_more: phrases by which a candidate says that they have nothing to add.
    """
    last = thread.answers[-1].casefold() if thread.answers else ""
    if spent >= budget:
        return Skip("the probes for this question were spent")
    if count_words(last) < 40 and any(phrase in last for phrase in nothing_more):
        return Skip("the candidate had nothing to add")
    if spent and not gained:
        return Skip("the last probe brought nothing new")
    if reached is not None and reached >= rules.complete_at:
        return Skip("the answer was complete enough to leave it")
    if not targets:
        return Skip("nothing that was asked for was missing")
    return None


def reached(rated: ThreadRating, weights: Mapping[str, float]) -> float | None:
    """Weighted mean level of what was scored; None when nothing was."""
    known = [(rating.level, weights.get(name, 1.0)) for name, rating in rated.ratings.items() if rating.level]
    total = sum(weight for _, weight in known)
    return sum(level * weight for level, weight in known) / total if total else None


def word_probe(
    target: Target,
    question: Question | None,
    bank: Bank,
    thread: Thread,
    answer_type: AnswerType,
    *,
    before: Collection[str],
    rules: WordingRules,
    near: Sequence[Quote] = (),
) -> str | None:
    """The bank's wording for the target: the question's own probes first, then those that fit any question.

    None when no wording is left that fits, passes the form rules and was not asked before.

    Args:
        before: what was asked already.
        near: what the readers quoted for this dimension; words of these are taken up first.
    """
    own = [probe for probe in question.probes if _is_for(probe, target)] if question else []
    general = bank.probes(target.dimension).get(target.part, ())
    terms = bank.dimension(target.dimension).parts[target.part].terms
    heard = " ".join(thread.answers)
    for probe in (*_suited(own, answer_type), *_suited(general, answer_type), *own):
        text = _filled(probe.ask, thread, rules, near)
        if text and not is_repeat(text, before) and not faults(text, rules, terms=terms, heard=heard):
            return text
    return None


def _is_for(probe: Probe, target: Target) -> bool:
    return probe.dimension == target.dimension and probe.part == target.part


def _suited(probes: Sequence[Probe], answer_type: AnswerType) -> list[Probe]:
    """The probes for this answer type, those with a quote first: they show that the interviewer listened."""
    fitting = [probe for probe in probes if answer_type in probe.suits]
    return sorted(fitting, key=lambda probe: QUOTE_SLOT not in probe.ask)


def _filled(ask: str, thread: Thread, rules: WordingRules, near: Sequence[Quote]) -> str | None:
    """The wording with its slot filled by words of the last answer; None when no fitting words are there."""
    if QUOTE_SLOT not in ask:
        return ask
    last = len(thread.turns) - 1
    spans = [(quote.start, quote.end) for quote in near if quote.turn == last]
    words = quotable(thread.answers[-1] if thread.answers else "", rules.quote_words, spans)
    return ask.replace(QUOTE_SLOT, words) if words else None


_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\d)[,.:](?=\d))+")
_DULL = re.compile(
    r"^(?:and|but|so|or|because|that|which|who|then|well|also|i think|i guess|you know)\s+", re.IGNORECASE
)
_CONTENT = re.compile(r"[A-Za-z][a-z]{4,}|\d")


def quotable(text: str, bounds: tuple[int, int], near: Sequence[tuple[int, int]] = ()) -> str | None:
    """A short piece of the text that can stand in a question: a whole clause of that many words.

    Clauses within the spans of `near` (character offsets) come first, then those that say most.
    """
    lowest, highest = bounds
    pieces = [
        (any(start < clause.end() and clause.start() < end for start, end in near), _trimmed(clause.group()))
        for clause in _CLAUSE.finditer(text)
    ]
    fitting = [(close, _richness(piece), piece) for close, piece in pieces if lowest <= len(piece.split()) <= highest]
    return max(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _trimmed(clause: str) -> str:
    """The clause without its leading connective, which would read oddly inside quotation marks."""
    piece = clause.strip()
    while (shorter := _DULL.sub("", piece)) != piece:
        piece = shorter
    return piece


def _richness(piece: str) -> int:
    return len(_CONTENT.findall(piece))


def is_repeat(text: str, before: Collection[str]) -> bool:
    """Whether the question was asked before in nearly the same words (token sets overlap by more than .6)."""
    words = _tokens(text)
    return any(len(words & other) > 0.6 * len(words | other) for other in map(_tokens, before))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9']+", text.lower()))
