"""What to ask next in a thread: the target in code, from what the readers found; the words from the bank.

The target is the missing part that most likely is there but unsaid and weighs most: a probe is worth what its answer
may change. Wording by a model, within the same rules, is `rewording.py`; what an answer says against an earlier one
comes before any target, and is found in `recalling.py`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace

from ..bank.library import Bank
from ..bank.schema import AnswerType, Dimension, Probe, Question
from ..bank.wording import QUOTE_SLOT, WordingRules, faults
from ..rating.levels import level_of, missing_for_next
from ..rating.rater import Rating, ThreadRating
from ..session.events import NOTHING_NEW
from ..session.thread import Thread
from .grammar import Grammar, Sort
from .lines import Lines
from .probing_rules import ProbingRules
from .quoting import Quoting, Source, quotable

WELL = (Sort.CLAUSE, Sort.PHRASE)
"""What is looked for first; a fragment is quoted only where there is no other question."""
_SAID = re.compile(rf'^You (?:said|say|mention) "{re.escape(QUOTE_SLOT)}')
_LEAD = re.compile(rf'^You (?:said|say|mention) "{re.escape(QUOTE_SLOT)}"\. ')
_POINTS_BACK = re.compile(rf'^You said |\bthat "{re.escape(QUOTE_SLOT)}')
"""What such a wording asks points back at a saying, which a thing that is only named is not."""


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
    unread: bool = False,
) -> list[Target]:
    """The open parts of the thread, the most worth asking for first.

    Args:
        heard: how often each dimension was already probed in this interview; the less, the better.
        asked: (dimension, part) pairs already probed in this thread.
        seed: breaks ties, the same way each time.
        unread: nothing could be scored because next to nothing was said; then there is everything to ask for.
    """
    dice = random.Random(seed)
    found = [
        Target(name, part, _reason(dimensions[name], part), value * (1 + 0.01 * dice.random()))
        for name, rating in rated.ratings.items()
        for part, value in _open_parts(dimensions[name], rating, rules.later_part, unread=unread)
        if (name, part) not in asked
    ]
    scale = {
        name: weights.get(name, 1.0) * rules.worth.get(name, 1.0) / (1 + rules.again * heard.get(name, 0))
        for name in dimensions
    }
    return sorted(found, key=lambda target: target.value * scale[target.dimension], reverse=True)


def _open_parts(dimension: Dimension, rating: Rating, later: float, *, unread: bool) -> list[tuple[str, float]]:
    """The parts before the next level, each with the chance that it is there but unsaid.

    A dimension that was not scored has none, unless the thread is `unread`.

    A part is likelier to be there the nearer its level is to what was said, and the more of that level is already met.
    """
    if rating.level is None and not unread:
        return []
    met = {finding.part for finding in rating.findings if finding.met}
    level = level_of(dimension, met)
    missing = [part for part in missing_for_next(dimension, met) if not dimension.parts[part].fault]
    if level >= 5 or not missing:
        return []
    room = (5 - level) / 4
    return [(part, room / (1 + later * index) / len(missing) ** 0.5) for index, part in enumerate(missing)]


def open_later(dimension: Dimension, rating: Rating, asked: Collection[tuple[str, str]]) -> list[str]:
    """The parts that are neither met nor asked for, of the next level first and then of the later ones."""
    met = {finding.part for finding in rating.findings if finding.met}
    steps = (need for _, needs in sorted(dimension.levels.items()) for need in needs)
    named = [part for need in steps for part in ([need] if isinstance(need, str) else need)]
    return [part for part in dict.fromkeys(named) if part not in met and (dimension.id, part) not in asked]


def after(dimension: Dimension, part: str, value: float) -> Target:
    """A target for that part."""
    return Target(dimension.id, part, _reason(dimension, part), value)


def _reason(dimension: Dimension, part: str) -> str:
    return dimension.parts[part].because or f"{dimension.name.lower()} was still open"


def over(thread: Thread, *, budget: int, spent: int, lines: Lines) -> Skip | None:
    """Why nothing more may be asked in the thread, whatever was said, if so.

    Args:
        budget: probes for a question; `spent` is how many were asked in this thread.
        lines: with the phrases by which a candidate says that they have nothing to add.
    """
    if spent >= budget:
        return Skip("the probes for this question were spent")
    if thread.answers and lines.has_no_more(thread.answers[-1], lines.nothing_more_within):
        return Skip("the candidate had nothing to add")
    return None


def enough(
    targets: Sequence[Target],
    reached: float | None,
    rules: ProbingRules,
    *,
    spent: int,
    gained: bool,
    gap: bool = False,
) -> Skip | None:
    """Why no target needs to be asked for, if so. Checked before any wording.

    Args:
        reached: weighted mean level so far; None when nothing was scored.
        gained: whether the last probe brought anything new.
        gap: whether some dimension stands so low that one thing is asked of an answer that is complete otherwise.
    """
    if spent and not gained:
        return Skip(NOTHING_NEW)
    if reached is not None and reached >= rules.complete_at and (spent or not gap):
        return Skip("the levels stood high enough to leave it")
    if not targets:
        missing = "nothing that was asked for was missing"
        return Skip(missing if reached is not None else "the answer could not be read without a model")
    return None


def gaps(targets: Sequence[Target], rated: ThreadRating, rules: ProbingRules) -> list[Target]:
    """The targets of dimensions that stand so low that even a complete answer is asked for one of them."""
    levels = {name: rating.level for name, rating in rated.ratings.items()}
    return [target for target in targets if (level := levels[target.dimension]) and level <= rules.gap_at]


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
    quoting: Quoting,
    source: Source,
    sorts: Container[Sort] = WELL,
) -> str | None:
    """The bank's wording for the target: the question's own probes first, then those that fit any question.

    None when no wording is left that fits, passes the form rules and was not asked before.

    Args:
        before: what was asked already.
        source: what may be quoted: of an answer, without what addresses the rater.
        sorts: of quotes that will do.
    """
    terms = bank.dimension(target.dimension).parts[target.part].terms
    heard = " ".join(thread.answers)
    for probe in _wordings(target, question, bank, answer_type):
        text = _filled(probe, source, rules, quoting, sorts)
        if text and not is_repeat(text, before) and not faults(text, rules, terms=terms, heard=heard):
            return text
    return None


def in_other_words(
    target: Target, question: Question | None, bank: Bank, answer_type: AnswerType, before: Collection[str]
) -> str | None:
    """Other words of the bank for the target, without a quote; None when all were said before."""
    plain = (_LEAD.sub("", probe.ask) for probe in _wordings(target, question, bank, answer_type))
    return next((ask for ask in plain if QUOTE_SLOT not in ask and not is_repeat(ask, before)), None)


def _wordings(target: Target, question: Question | None, bank: Bank, answer_type: AnswerType) -> tuple[Probe, ...]:
    """All wordings for the target, those first that suit the sort of answer best."""
    own = [probe for probe in question.probes if _is_for(probe, target)] if question else []
    general = bank.probes(target.dimension).get(target.part, ())
    return (*_suited(own, answer_type), *_suited(general, answer_type), *own)


def _is_for(probe: Probe, target: Target) -> bool:
    return probe.dimension == target.dimension and probe.part == target.part


def _suited(probes: Sequence[Probe], answer_type: AnswerType) -> list[Probe]:
    """The probes for this answer type, those with a quote first: they show that the interviewer listened."""
    fitting = [probe for probe in probes if answer_type in probe.suits]
    return sorted(fitting, key=lambda probe: QUOTE_SLOT not in probe.ask)


def _filled(probe: Probe, source: Source, rules: WordingRules, quoting: Quoting, sorts: Container[Sort]) -> str | None:
    """The wording with its slot filled by words of the last answer; None when no fitting words are there."""
    if QUOTE_SLOT not in probe.ask:
        return probe.ask
    only = _fitting(probe, source) if sorts is WELL else sorts
    fitting = replace(source, deeds=probe.quotes == "deed", views=probe.quotes == "view")
    words = quotable(fitting, rules.quote_words, quoting, only=only)
    if not words:
        return None
    return _led_in(probe.ask, words, quoting.grammar, earlier=source.earlier).replace(QUOTE_SLOT, words)


def _fitting(probe: Probe, source: Source) -> tuple[Sort, ...]:
    """The sorts of quotes that the wording can take up as its grammar goes; a figure is as good as a saying."""
    if probe.quotes in ("claim", "view") or (_POINTS_BACK.search(probe.ask) and not source.figures):
        return (Sort.CLAUSE,)
    return (Sort.PHRASE,) if probe.quotes == "name" else WELL


def _led_in(ask: str, words: str, grammar: Grammar, *, earlier: bool) -> str:
    """The wording as it is said of a clause ("you said") or of a thing ("you mention"), now or earlier."""
    said, mention = ("Earlier you said", "Earlier you mentioned") if earlier else ("You said", "You mention")
    lead = said if grammar.sort_of(words) is Sort.CLAUSE else mention
    return _SAID.sub(lambda found: f'{lead} "{QUOTE_SLOT}', ask, count=1)


def is_repeat(text: str, before: Collection[str]) -> bool:
    """Whether the question was asked before in nearly the same words (token sets overlap by more than .6), or as it is
    after other words."""
    words = _tokens(text)
    return any(words <= other or len(words & other) > 0.6 * len(words | other) for other in map(_tokens, before))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9']+", text.lower()))
