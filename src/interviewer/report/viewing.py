"""Makes the view of an interview out of its transcript, its scorecard and the bank. Pure: no file, no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from ..bank.library import Bank
from ..bank.schema import Dimension, Question
from ..errors import PlainError
from ..rating.deciding import is_sure
from ..rating.gaps import to_find
from ..rating.lines import readings
from ..rating.rater import Finding, Quote, ThreadRating
from ..rating.scorecard import DimensionLine, Scorecard, ThreadCard, chosen_ratings, weighted_mean
from ..session.events import OFFLINE, Stage
from ..session.transcript import QuestionBack, ThreadState, Transcript
from ..text import clean, clean_line, count_words
from . import wording
from .naming import dimension_name, question_title
from .passages import evidence_in, passages, stands
from .provenance import heading, provenance
from .raters import gave_no_level, reader_of
from .standing import standings
from .view import (
    AskedBackView,
    Axis,
    ChangeView,
    DimensionView,
    FlagView,
    InterviewView,
    OtherRating,
    PartView,
    QuestionView,
    TurnView,
)

STAGES = {
    "first": "of the first answer",
    "final": "of the whole thread",
    "rescore": "rated again",
    "dispute": "after a dispute",
}
"""What was read, by the stage of a rating."""

ENDINGS = {None: "still open", "skipped": "broken off", "time": "time was up", "ended": "ended early"}
"""How a question ended, where it was not simply done."""


def view(
    transcript: Transcript, card: Scorecard, bank: Bank, *, session: str | None = None, held: datetime | None = None
) -> InterviewView:
    """All that a document about the interview shows.

    Args:
        session: its name in the store, where it has one.
        held: when it began.
    """
    dimensions = dict.fromkeys(line.dimension for thread in card.threads for line in thread.lines)
    slots = {name: slot for slot, name in enumerate(dimensions)}
    numbers = {thread.index: number for number, thread in enumerate(card.threads, 1)}
    questions = tuple(_question(thread, numbers, slots, bank) for thread in card.threads)
    return InterviewView(
        heading=heading(transcript, bank, held),
        card=card,
        axes=tuple(_axis(card, name, slot, bank) for name, slot in slots.items()),
        raters=clean_line(", ".join(card.raters)),
        gave_no_level=gave_no_level(card),
        standings=standings(card, partial(dimension_name, bank)),
        change=_change(card, numbers, slots, questions, bank),
        questions=questions,
        unanswered=tuple(question_title(bank, name) for name in _unanswered(transcript)),
        not_scored=tuple(sentence for question in questions for sentence in _not_scored(question, card)),
        caution=_caution(bank) if card.scored and card.raters == (OFFLINE,) else "",
        notes=tuple(clean(note) for note in transcript.notes),
        asked=tuple(map(clean, transcript.asked)),
        provenance=provenance(transcript, card, bank, session, held),
    )


def _unanswered(transcript: Transcript) -> list[str]:
    """The questions that were asked and of which no try was answered."""
    asked = dict.fromkeys(state.question_id for state in transcript.threads)
    answered = {state.question_id for state in transcript.threads if state.turns}
    return [name for name in asked if name not in answered]


def _caution(bank: Bank) -> str:
    """What the marks and the quotes of an offline estimate are worth."""
    worth = bank.scale().offline_worth
    return clean_line(f"{worth.sentence} {worth.of_quotes}")


def _known(bank: Bank, question_id: str) -> Question | None:
    """The bank's question; None when it is not there any more, as when its pack was removed."""
    try:
        return bank.question(question_id)
    except PlainError:
        return None


# --- the whole interview ----------------------------------------------------------------------------------


def _axis(card: Scorecard, name: str, slot: int, bank: Bank) -> Axis:
    counting = (thread for thread in card.threads if not thread.superseded)
    lines = [line for thread in counting for line in thread.lines if line.dimension == name]
    before = weighted_mean((line.before_probes, line.weight) for line in lines if line.level is not None)
    return Axis(dimension_name(bank, name), slot, card.by_dimension.get(name), before)


def _change(
    card: Scorecard,
    numbers: Mapping[int, int],
    slots: Mapping[str, int],
    questions: Sequence[QuestionView],
    bank: Bank,
) -> ChangeView | None:
    change = card.change
    if change is None:
        return None
    number = numbers[change.thread]
    return ChangeView(
        question=number,
        title=questions[number - 1].title,
        dimension=dimension_name(bank, change.dimension),
        slot=slots[change.dimension],
        find=clean_line(change.find),
    )


def _not_scored(question: QuestionView, card: Scorecard) -> Iterable[str]:
    """A sentence for each reason, with all that it holds for; none for what the card as a whole gives as its reason."""
    reasons: dict[str, list[str]] = {}
    for line in question.dimensions:
        if line.level is None and line.unscored != card.means:
            reasons.setdefault(line.unscored, []).append(line.name)
    for reason, names in reasons.items():
        yield f"{question.number}. {question.title}, {', '.join(names)}: {reason}"


# --- one question -----------------------------------------------------------------------------------------


def _question(card: ThreadCard, numbers: Mapping[int, int], slots: Mapping[str, int], bank: Bank) -> QuestionView:
    state = card.state
    known = _known(bank, card.question_id)
    over = state.closed is not None
    again = numbers.get(state.redo_of) if state.redo_of is not None else None
    return QuestionView(
        number=numbers[card.index],
        title=question_title(bank, card.question_id),
        ask=clean(card.question),
        facts=_facts(card, known),
        turns=_turns(card, bank),
        dimensions=tuple(
            _dimension(line, state, slots[line.dimension], bank, offline=_read_offline(card)) for line in card.lines
        ),
        flags=tuple(FlagView(clean_line(flag.text), _text(flag.quote)) for flag in card.notable),
        points=tuple(clean_line(point) for point in known.points) if known and over and not again else (),
        checks=tuple(clean_line(f"{each.claim} ({each.as_of}) {each.check}") for each in known.check_this)
        if known and over and not again
        else (),
        stopped=tuple(clean_line(reason) for reason in card.stops),
        hints=_help(state.hints),
        again_of=again,
        other_ratings=_other_ratings(state, bank),
        asked_back=tuple(_asked_back(each, state) for each in state.asked_back),
        estimate=clean_line(bank.scale().offline_worth.of_parts) if _read_offline(card) else "",
    )


def _asked_back(asked: QuestionBack, state: ThreadState) -> AskedBackView:
    given = sum(turn.role == "candidate" for turn in state.turns[: asked.at])
    when = f"after answer {given}" if given else "before your first answer"
    return AskedBackView(clean(asked.text), clean(asked.reply or ""), when)


def _read_offline(card: ThreadCard) -> bool:
    """Whether there are levels, and no model has given them."""
    return reader_of(card) == OFFLINE and any(line.level is not None for line in card.lines)


def _help(taken: Sequence[str]) -> tuple[str, ...]:
    """The commands by which help was asked for, each once."""
    commands = Counter(f"/{each}" if each in ("outline", "requirements", "review") else "/hint" for each in taken)
    return tuple(command if times == 1 else f"{command} ({times} times)" for command, times in commands.items())


def _facts(card: ThreadCard, known: Question | None) -> tuple[str, ...]:
    state = card.state
    seconds = sum(state.seconds)
    facts = (
        wording.kind_name(known.kind) if known else "",
        wording.counted(sum(map(count_words, state.thread.answers)), "word"),
        wording.duration(seconds) if seconds else "",
        ", ".join([wording.counted(card.follow_ups, "follow-up"), *wording.came_of(card)]),
        f"read by {reader}" if (reader := reader_of(card)) else "",
        ENDINGS.get(state.closed, ""),
        "answered once more below, and only that counts" if card.superseded else "",
    )
    return tuple(fact for fact in facts if fact)


def _turns(card: ThreadCard, bank: Bank) -> tuple[TurnView, ...]:
    """The turns in order, each probe with its reason and each answer with its time."""
    state = card.state
    evidence = evidence_in(state.turns, [line.rating for line in card.lines])
    probes = iter(state.probes)
    probe = next(probes, None)
    seconds = iter(state.seconds)
    turns: list[TurnView] = []
    for index, turn in enumerate(state.turns):
        pieces = passages(state.turns, index, evidence)
        words = count_words(turn.text)
        if turn.role == "candidate":
            turns.append(TurnView(turn.role, pieces, words, next(seconds, None) or None))
        elif probe and probe.text == turn.text:
            aim = dimension_name(bank, probe.dimension)
            turns.append(TurnView(turn.role, pieces, words, None, clean_line(wording.reason_of(probe)), aim))
            probe = next(probes, None)
        else:
            turns.append(TurnView(turn.role, pieces, words, None))
    return tuple(turns)


def _other_ratings(state: ThreadState, bank: Bank) -> tuple[OtherRating, ...]:
    """The ratings of the whole thread that were superseded, latest first."""
    final = chosen_ratings(state)[0]
    whole = [(event, rated) for event, rated in readings(state.ratings) if event.stage != "first"]
    return tuple(_other_rating(event.stage, rated, bank) for event, rated in reversed(whole) if rated != final)


def _other_rating(stage: Stage, rated: ThreadRating, bank: Bank) -> OtherRating:
    levels = [f"{dimension_name(bank, name)} {wording.whole(rating.level)}" for name, rating in rated.ratings.items()]
    levels += dict.fromkeys(clean_line(each.unscored) for each in rated.ratings.values() if each.unscored)
    return OtherRating(clean_line(rated.rater.model), STAGES[stage], ", ".join(levels))


# --- one dimension ----------------------------------------------------------------------------------------


def _dimension(line: DimensionLine, state: ThreadState, slot: int, bank: Bank, *, offline: bool) -> DimensionView:
    rubric = bank.dimension_or_bare(line.dimension)
    next_ones = {missing.part: missing.find for missing in line.missing}
    findings = {finding.part: finding for finding in line.rating.findings}
    met = {name for name, finding in findings.items() if finding.met}

    def parts(names: Iterable[str]) -> tuple[PartView, ...]:
        return tuple(_part(rubric, name, findings.get(name), state, next_ones.get(name)) for name in names)

    merits = [name for name, part in rubric.parts.items() if not part.fault]
    if not rubric.parts:  # its pack was removed since: what was found is left
        merits = [name for name in findings if name in met]
    doubted = _doubted(line.dimension, findings.values(), bank) if offline else frozenset()
    unsure = bank.scale().offline_worth.unsure
    hedged = (
        replace(part, says=unsure.format(says=part.says))
        for part in parts(name for name in merits if name in met & doubted)
    )
    return DimensionView(
        id=line.dimension,
        name=clean_line(line.name),
        asks=clean_line(rubric.asks),
        slot=slot,
        weight=line.weight,
        level=line.level,
        unscored="" if line.level is not None else clean_line(line.rating.unscored or "No reason was given."),
        before=line.before_probes,
        estimate=line.estimate,
        self_rating=state.self_rating.get(line.dimension),
        spread=line.rating.spread,
        uncertain=line.rating.spread >= bank.scale().uncertain_at,
        anchors=_anchors(rubric, line.level),
        met=(*parts(name for name in merits if name in met - doubted), *hedged),
        missing=parts(name for name in merits if name in next_ones),
        later=parts(name for name in merits if line.level and name not in met and name not in next_ones),
        faults=parts(name for name, part in rubric.parts.items() if part.fault and name in met),
        dropped=parts(finding.part for finding in line.dropped),
        disputes=tuple(clean(dispute.note) for dispute in state.disputes if dispute.dimension == line.dimension),
    )


def _doubted(dimension: str, findings: Iterable[Finding], bank: Bank) -> frozenset[str]:
    """The parts whose quotes, chosen by the rules, show them less often than not."""
    told = bank.told()
    shown = [(finding.part, finding.quote) for finding in findings if finding.quote]
    return frozenset(part for part, quote in shown if not is_sure(told, dimension, part, quote))


def _anchors(rubric: Dimension, level: int | None) -> tuple[tuple[int, str], ...]:
    told: set[int] = {level, 4, 5} if level else set()
    return tuple((step, clean_line(text)) for step, text in sorted(rubric.anchors.items()) if step in told)


def _part(rubric: Dimension, name: str, finding: Finding | None, state: ThreadState, find: str | None) -> PartView:
    """What is shown of a part.

    Args:
        find: what to go and find, where the card has found words for it.
    """
    part = rubric.parts.get(name)
    quote = finding.quote if finding else None
    there = quote if quote and stands(state.turns, quote) else None
    return PartView(
        says=clean_line(part.met_when if part else name),
        quote=_text(quote),
        turn=there.turn if there else None,
        start=there.start if there else 0,
        find=clean_line(find or to_find(part, " ".join(state.thread.answers))) if part else "",
        note=clean_line(finding.note) if finding else "",
    )


def _text(quote: Quote | None) -> str:
    return clean_line(quote.text) if quote else ""
