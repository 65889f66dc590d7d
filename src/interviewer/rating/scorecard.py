"""The scorecard: all ratings of an interview, combined by fixed weights in code. Pure; no rater and no screen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..bank.scale import Answered, Band, Scale
from ..bank.schema import Dimension
from ..bank.told import Held, Told
from ..session.events import NOTHING_NEW, OFFLINE
from ..session.transcript import ThreadState, Transcript
from ..text import clean_line
from .by_rules import by_rules, is_offline
from .deciding import deciding_words, faulty_words, surest_words
from .gaps import Missing, Replies, missing, replies, worth_closing
from .lines import readings
from .rater import Finding, Flag, FlagKind, Quote, RaterIdentity, Rating, ThreadRating
from .too_little import unscored_if_empty
from .unbacked import unbacked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """One dimension of one thread."""

    dimension: str
    name: str
    weight: float
    rating: Rating
    before_probes: int | None
    """The level of the first answer alone, where a probe was asked and the same rater read both."""
    estimate: int | None
    """The offline reader's level beside a judge's."""
    missing: tuple[Missing, ...]
    """What stands before the next level; empty at 5 or when unscored."""
    evidence: Quote | None
    """The words that decided the level: of the fault that holds it down, else of a part that the level needs. Of a
    reading by the rules, the words that most speak for the dimension, and none that stand for another already."""

    @property
    def level(self) -> int | None:
        """1 to 5, or None when unscored."""
        return self.rating.level

    @property
    def dropped(self) -> tuple[Finding, ...]:
        """Findings that were claimed and do not count, with the reason in `note`."""
        return tuple(finding for finding in self.rating.findings if finding.note)


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """All ratings of one thread."""

    index: int
    """Of the thread in the transcript."""
    question_id: str
    question: str
    rater: RaterIdentity | None
    """None when nothing has been rated."""
    lines: tuple[DimensionLine, ...]
    flags: tuple[Flag, ...]
    state: ThreadState
    held: Held | None = None
    """What would lift the gate that holds its levels down; None where none does."""
    superseded: bool = False
    """Whether the question was answered once more and that try has a level: then this one does not count."""

    @property
    def notable(self) -> tuple[Flag, ...]:
        """The flags that say more than the reasons why there is no level."""
        reasons = {line.rating.unscored for line in self.lines if line.level is None}
        levels = any(line.level is not None for line in self.lines)
        return tuple(flag for flag in self.flags if flag.text not in reasons and (levels or flag.kind != FlagKind.THIN))

    @property
    def unscored(self) -> dict[str, list[DimensionLine]]:
        """The lines without a level, by their reason."""
        groups: dict[str, list[DimensionLine]] = {}
        for line in self.lines:
            if line.level is None:
                groups.setdefault(line.rating.unscored or "No reason was given.", []).append(line)
        return groups

    @property
    def follow_ups(self) -> int:
        """How often the interviewer spoke after the question: probes, turns of a debate, new facts of a scenario."""
        return len(self.state.probes) + len(self.state.told)

    @property
    def unmoved(self) -> bool:
        """Whether the follow-ups were answered, no level differs from the first answer's, and no reply is quoted."""
        known = [line for line in self.lines if line.level is not None and line.before_probes is not None]
        still = bool(known and self.follow_ups) and all(line.before_probes == line.level for line in known)
        return still and not self.unanswered and not any(self._quoted_turns)

    @property
    def unanswered(self) -> bool:
        """Whether nothing was said to the last follow-up."""
        return bool(self.follow_ups and self.state.turns) and self.state.turns[-1].role == "interviewer"

    @property
    def stops(self) -> tuple[str, ...]:
        """Why no further probe was asked; not that the last one brought nothing, where the reply to it is quoted."""
        quoted = len(self.state.turns) - 1 in self._quoted_turns
        return tuple(reason for reason in self.state.skips if not (quoted and reason == NOTHING_NEW))

    @property
    def _quoted_turns(self) -> frozenset[int]:
        """The turns from which words stand on the card for something."""
        findings = (finding for line in self.lines for finding in line.rating.findings)
        return frozenset(finding.quote.turn for finding in findings if finding.met and finding.quote)


@dataclass(frozen=True, slots=True)
class Change:
    """The one change that would help most."""

    thread: int
    dimension: str
    part: str
    find: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All ratings of an interview."""

    threads: tuple[ThreadCard, ...]
    overall: float | None
    """Weighted mean of all levels; None when nothing was scored."""
    low: float | None
    high: float | None
    """The band around `overall`: one typical error of the rater, narrowed by the number of ratings."""
    band: str
    """In words."""
    means: str
    by_dimension: Mapping[str, float]
    """Mean level, weighted, of each dimension scored at least once."""
    scored: int
    unscored: int
    change: Change | None

    @property
    def strongest(self) -> tuple[str, ...]:
        """The dimensions with the highest mean; all of them where they are alike to one decimal, as they are shown."""
        return self._at(max(self.by_dimension.values(), default=0.0))

    @property
    def weakest(self) -> tuple[str, ...]:
        """The dimensions with the lowest mean, in the same way."""
        return self._at(min(self.by_dimension.values(), default=0.0))

    def _at(self, level: float) -> tuple[str, ...]:
        return tuple(name for name, mean in self.by_dimension.items() if round(mean, 1) == round(level, 1))

    @property
    def raters(self) -> tuple[str, ...]:
        """Who gave a level, each once: offline where the judge was not asked."""
        gave = (card for card in self.threads if any(line.level is not None for line in card.lines))
        names = (OFFLINE if by_rules(card.flags) else card.rater.model for card in gave if card.rater)
        return tuple(dict.fromkeys(names))


def scorecard(
    transcript: Transcript, dimension: Callable[[str], Dimension], scale: Scale, told: Told | None = None
) -> Scorecard:
    """The scorecard of everything rated so far.

    Args:
        dimension: gives a dimension by its id (`Bank.dimension_or_bare`).
        told: by which words one hears what the offline rules may have missed.
    """
    answered = [(index, state) for index, state in enumerate(transcript.threads) if state.turns]
    threads = _tries([_thread_card(index, state, dimension, scale.answered, told) for index, state in answered])
    counting = [card for card in threads if not card.superseded]
    lines = [line for card in counting for line in card.lines]
    overall = weighted_mean((line.level, line.weight) for line in lines)
    margin = _margin(counting, scale)
    band = next((band for band in scale.bands if overall is not None and round(overall, 1) < band.below), None)
    return Scorecard(
        threads=threads,
        overall=overall,
        low=None if overall is None else max(1.0, overall - margin),
        high=None if overall is None else min(5.0, overall + margin),
        band=band.name if band else "not scored",
        means=" ".join([_means(band, counting), *_rests_on(transcript, counting)])
        if band
        else _why_not(threads, lines),
        by_dimension=_by_dimension(lines),
        scored=sum(line.level is not None for line in lines),
        unscored=sum(line.level is None for line in lines),
        change=_one_change(counting),
    )


def _tries(cards: Sequence[ThreadCard]) -> tuple[ThreadCard, ...]:
    """The cards, with those marked in whose place a later try of the same question counts: the last with a level."""
    counts = {card.question_id: card.index for card in cards if any(line.level is not None for line in card.lines)}
    return tuple(replace(card, superseded=card.index < counts.get(card.question_id, 0)) for card in cards)


def _means(band: Band, counting: Sequence[ThreadCard]) -> str:
    """What the overall level means; of answers that a gate held down nobody has seen what they lack."""
    held = dict.fromkeys(card.held.means for card in counting if card.held)
    return " ".join(held) if all(card.held for card in counting) else band.means


def _rests_on(transcript: Transcript, counting: Sequence[ThreadCard]) -> list[str]:
    """On how much of a plan it rests, where some of it was not asked or came to no level."""
    planned = set(transcript.started.plan) if transcript.started else set()
    scored = {card.question_id for card in counting if any(line.level is not None for line in card.lines)} & planned
    return [f"It rests on {len(scored)} of {len(planned)} questions."] if scored and scored != planned else []


def _why_not(threads: Sequence[ThreadCard], lines: Sequence[DimensionLine]) -> str:
    """Why nothing is scored: the one reason that all ratings share, if they share one."""
    if not threads:
        return "Nothing was answered."
    reasons = {line.rating.unscored for line in lines}
    only = reasons.pop() if len(reasons) == 1 else None
    return clean_line(only or "") or ("No rating came to a level." if lines else "Nothing has been rated yet.")


def _thread_card(
    index: int, state: ThreadState, dimension: Callable[[str], Dimension], rules: Answered, told: Told | None
) -> ThreadCard:
    final, first, estimate = chosen_ratings(state)
    ratings, flags = (final.ratings, final.flags) if final else ({}, ())
    heard = replies(state, rules, told if is_offline(final) else None, flags)
    lines: list[DimensionLine] = []
    for name, rating in ratings.items():
        if name in state.weights:
            taken = [line.evidence for line in lines if line.evidence]
            lines.append(_line(dimension(name), state.weights[name], rating, first, estimate, heard, taken))
    return ThreadCard(
        index=index,
        question_id=state.question_id,
        question=state.question,
        rater=final.rater if final else None,
        lines=tuple(lines),
        flags=(*flags, *(unbacked(state, told) if told else ())),
        state=state,
        held=heard.held,
    )


def chosen_ratings(state: ThreadState) -> tuple[ThreadRating | None, ThreadRating | None, ThreadRating | None]:
    """The rating that counts, the same rater's of the first answer, and the offline estimate beside a judge's own.

    The latest rating of the whole thread by a judge counts; without one, the latest offline one.
    """
    read = [(event.stage, unscored_if_empty(rated)) for event, rated in readings(state.ratings)]
    whole = [rated for stage, rated in read if stage != "first"]
    offline = [rated for rated in whole if rated.rater.model == OFFLINE]
    final = deciding(whole, lambda rated: rated.rater.model, _scored)
    if final is None:
        return None, None, None
    firsts = [rated for stage, rated in read if stage == "first" and rated.rater.model == final.rater.model]
    probed = any(turn.role == "interviewer" for turn in state.turns)
    return (
        final,
        firsts[-1] if firsts and probed else None,
        offline[-1] if offline and final.rater.model != OFFLINE and not by_rules(final.flags) else None,
    )


def deciding(whole: Sequence[T], rater: Callable[[T], str], scored: Callable[[T], bool]) -> T | None:
    """Of ratings of one whole thread, in order, the one that counts; see `chosen_ratings`.

    Args:
        rater: gives the name of a rating's model.
        scored: whether a rating has any level.
    """
    judged = [each for each in whole if rater(each) != OFFLINE and scored(each)]
    offline = [each for each in whole if rater(each) == OFFLINE]
    candidates = judged or offline or whole
    return candidates[-1] if candidates else None


def _scored(rated: ThreadRating) -> bool:
    return any(rating.level is not None for rating in rated.ratings.values())


def _line(
    dimension: Dimension,
    weight: float,
    rating: Rating,
    first: ThreadRating | None,
    estimate: ThreadRating | None,
    heard: Replies,
    taken: Sequence[Quote],
) -> DimensionLine:
    gaps = missing(dimension, rating, heard)
    before = _level(first, dimension.id) if rating.level is not None else None  # never a number beside "not scored"
    raised = before is not None and before < (rating.level or 0)
    return DimensionLine(
        dimension=dimension.id,
        name=dimension.name,
        weight=weight,
        rating=rating,
        before_probes=before,
        estimate=_level(estimate, dimension.id),
        missing=gaps,
        evidence=faulty_words(rating, gaps) or _merit(dimension, rating, heard.told, taken, since=1 if raised else 0),
    )


def _merit(dimension: Dimension, rating: Rating, told: Told | None, taken: Sequence[Quote], since: int) -> Quote | None:
    """The words that stand for what is good; of a reading by the rules none that speak too little for it, and once."""
    if told is None:
        return deciding_words(dimension, rating, since=since)
    return surest_words(dimension, rating, told, taken=taken, since=since)


def _level(rated: ThreadRating | None, dimension: str) -> int | None:
    rating = rated.ratings.get(dimension) if rated else None
    return rating.level if rating else None


def weighted_mean(pairs: Iterable[tuple[int | None, float]]) -> float | None:
    """Of levels with their weights, those without a level left out; None when nothing is scored."""
    known = [(level, weight) for level, weight in pairs if level is not None and weight > 0]
    total = sum(weight for _, weight in known)
    return sum(level * weight for level, weight in known) / total if total else None


def _by_dimension(lines: Sequence[DimensionLine]) -> dict[str, float]:
    names = dict.fromkeys(line.dimension for line in lines)
    means = {
        name: weighted_mean((line.level, line.weight) for line in lines if line.dimension == name) for name in names
    }
    return {name: mean for name, mean in means.items() if mean is not None}


def _margin(threads: Sequence[ThreadCard], scale: Scale) -> float:
    """Standard error of the overall mean, taking each rating's error as the rater's typical one."""
    squares = total = 0.0
    for card in threads:
        offline = card.rater is not None and card.rater.model == OFFLINE
        typical = scale.typical_error["offline" if offline else "judge"]
        for line in card.lines:
            if line.level is not None:
                error = max(typical, line.rating.spread / 2)
                squares += (line.weight * error) ** 2
                total += line.weight
    return math.sqrt(squares) / total if total else 0.0


def _one_change(threads: Sequence[ThreadCard]) -> Change | None:
    """The missing part that promises most: by weight, by the room above its level, by how few parts the next needs."""
    best: tuple[float, Change] | None = None
    for card in threads:
        for line in card.lines:
            if line.level is None or not line.missing:
                continue
            gain = worth_closing(line.weight, line.level, line.missing)
            if best is None or gain > best[0]:
                first = line.missing[0]
                best = (gain, Change(card.index, line.dimension, first.part, first.find))
    return best[1] if best else None
