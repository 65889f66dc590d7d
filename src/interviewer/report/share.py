"""A session made fit to give to others: names, companies and numbers that the user marked are taken out. Pure.

What is taken out is replaced by the same words each time ("[name 1]"), in everything that is kept: answers, probes,
quotes, flags, names of models. Quotes move with the text, so levels and evidence stay as they were. Notes to oneself,
hosts and costs are left out as a whole, and so is what no document shows, as an answer that was taken back. Only what
was marked is removed from the rest: that is why the text is shown before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ..rating.lines import rating_from_line, rating_line, readings
from ..rating.rater import Finding, Quote
from ..session import events as ev
from ..session.events import Event
from ..session.thread import Turn
from ..session.transcript import Transcript, fold
from .passages import stands
from .redaction import Marks, Replacement, Replacer, key_of, moved, perhaps_in, replaced

PRIVATE = (ev.Noted, ev.DraftSetAside, ev.ModelCalled, ev.Unknown)
"""Events that are never shared: notes to oneself, what was never sent, where words went, and what this version does
not understand."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be worth marking, in order of appearance: found by shape alone, so something may be missing."""

    words: tuple[str, ...]
    """Capitalised words within sentences: people, companies, products, places."""
    numbers: tuple[str, ...]


class Redaction:
    """What is marked, taken out of texts, of names of models, and of quotes, which move with their text."""

    def __init__(self, marks: Marks):
        self._replacer = Replacer(marks)

    def text(self, text: str) -> str:
        """The text without what is marked."""
        return replaced(text, self._found(text))

    def model(self, name: str) -> str:
        """The name of a model without what is marked; the reader of the program's own keeps its name."""
        return name if name == ev.OFFLINE else self.text(name)

    def still_in(self, text: str) -> tuple[str, ...]:
        """What is marked and stands in the text, each word once."""
        words = (text[each.start : each.end] for each in self._found(text))
        return tuple({key_of(word): word for word in words}.values())

    def span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the piece from `start` to `end` lies in the text without what is marked."""
        found = self._found(text)
        return moved(found, start, to_end=False), moved(found, end, to_end=True)

    def quote(self, turns: Sequence[Turn], quote: Quote | None) -> Quote | None:
        """The quote where it stands in the turn without what is marked; None where it does not stand in the turn."""
        if quote is None or not stands(turns, quote):
            return None
        text = turns[quote.turn].text
        start, end = self.span(text, quote.start, quote.end)
        return Quote(self.text(text)[start:end], quote.turn, start, end)

    def _found(self, text: str) -> list[Replacement]:
        return list(self._replacer.found(text))


# --- events -----------------------------------------------------------------------------------------------


FREE_TEXT: Mapping[type[Event], tuple[str, ...]] = {
    ev.QuestionAsked: ("text",),
    ev.AnswerGiven: ("text",),
    ev.ProbeAsked: ("text", "reason", "recalls"),
    ev.ProbeSkipped: ("reason",),
    ev.Said: ("text",),
    ev.CandidateAsked: ("text",),
    ev.ModelChanged: ("reason",),
    ev.Disputed: ("note",),
}
"""The fields of each event that hold words; the others hold numbers and ids."""
MODEL_NAMES: Mapping[type[Event], tuple[str, ...]] = {
    ev.Started: ("model", "judge"),
    ev.ProbeAsked: ("reader",),
    ev.ModelChanged: ("model",),
}
"""The fields with the name of a model: whoever has one made for them gives it a name of theirs."""
LEFT_OUT = "[left out]"
"""In place of what was said and stands in no document, so that nobody has read it before it is given away."""


def shared(events: Sequence[Event], marks: Marks) -> list[Event]:
    """The session as it may be given away: fold it, and make any document of it."""
    redaction = Redaction(marks)
    transcript = fold(events)
    turns = [state.turns for state in transcript.threads]
    seen = _seen(transcript)
    kept = (_without_unseen(_known(event), seen) for event in events if not is_private(event))
    return [_shared(event, redaction, turns) for event in kept]


def is_private(event: Event) -> bool:
    """Whether it is nobody else's, or cannot be read, so that nobody knows what it tells."""
    return isinstance(event, PRIVATE) or (isinstance(event, ev.Rated) and not any(readings([event])))


def _seen(transcript: Transcript) -> set[str]:
    """All that was said and that the documents show."""
    asked = [each for state in transcript.threads for each in state.asked_back]
    turns = (turn.text for state in transcript.threads for turn in state.turns)
    return {*turns, *transcript.asked, *(each.text for each in asked), *(each.reply or "" for each in asked)}


def _without_unseen(event: Event, seen: AbstractSet[str]) -> Event:
    """The event, its words left out where no document shows them."""
    if isinstance(event, ev.AnswerGiven | ev.ProbeAsked | ev.Said) and event.text not in seen:
        return event.model_copy(update={"text": LEFT_OUT})
    return event


def _known(event: Event) -> Event:
    """The event without fields that only a later version understands."""
    return type(event).model_validate(event.model_dump(include=set(type(event).model_fields)))


def _shared(event: Event, redaction: Redaction, turns: Sequence[Sequence[Turn]]) -> Event:
    if isinstance(event, ev.Rated):
        return _rated(event, redaction, turns[event.thread] if 0 <= event.thread < len(turns) else ())
    words = {name: redaction.text(getattr(event, name)) for name in FREE_TEXT.get(type(event), ())}
    models = {name: redaction.model(getattr(event, name)) for name in MODEL_NAMES.get(type(event), ())}
    told = event.model_copy(update=words | models)
    return _without_company(told, redaction) if isinstance(told, ev.Started) else told


def _without_company(started: ev.Started, redaction: Redaction) -> ev.Started:
    """The set-up; a company that was marked, or a role that names it, is not told."""
    kept = {
        name: value if value is None or redaction.text(value) == value else None
        for name, value in (("company", started.company), ("role", started.role))
    }
    return started.model_copy(update=kept)


def _rated(event: ev.Rated, redaction: Redaction, turns: Sequence[Turn]) -> ev.Rated:
    """The rating with its quotes moved to where they stand now."""
    rated = rating_from_line(event.line)

    def found(finding: Finding) -> Finding:
        return Finding(finding.part, finding.met, redaction.quote(turns, finding.quote), redaction.text(finding.note))

    ratings = {
        name: replace(
            rating,
            unscored=redaction.text(rating.unscored) if rating.unscored else None,
            findings=tuple(map(found, rating.findings)),
        )
        for name, rating in rated.ratings.items()
    }
    flags = tuple(
        replace(flag, text=redaction.text(flag.text), quote=redaction.quote(turns, flag.quote)) for flag in rated.flags
    )
    rater = replace(rated.rater, model=redaction.model(rated.rater.model))
    return event.model_copy(update={"line": rating_line(replace(rated, rater=rater, ratings=ratings, flags=flags))})


def still_told(text: str, marks: Marks) -> tuple[str, ...]:
    """The marked names and companies that stand in a document all the same, in what a pack added: titles and ids."""
    return Redaction(replace(marks, numbers=())).still_in(text)


def perhaps_told(events: Sequence[Event], marks: Marks) -> tuple[str, ...]:
    """Words of a session made fit to share that may tell what is marked all the same: it stands within them."""
    told = (str(getattr(event, name)) for event in events for name in FREE_TEXT.get(type(event), ()))
    return perhaps_in(_PLACEHOLDER.sub("…", "\n".join(told)), marks)


def never_told(events: Sequence[Event], marks: Marks) -> tuple[str, ...]:
    """What is marked and stands nowhere in what the candidate said: perhaps it is spelt otherwise there."""
    said = "\n".join(_said(events))
    by_word = {
        **{word: Marks(names=(word,)) for word in marks.names},
        **{word: Marks(companies=(word,)) for word in marks.companies},
        **{word: Marks(numbers=(word,)) for word in marks.numbers},
    }
    return tuple(word for word, mark in by_word.items() if not Redaction(mark).still_in(said))


def _said(events: Sequence[Event]) -> list[str]:
    """The candidate's answers, and what they asked."""
    transcript = fold(events)
    answers = [turn.text for state in transcript.threads for turn in state.turns if turn.role == "candidate"]
    return [*answers, *(asked.text for state in transcript.threads for asked in state.asked_back), *transcript.asked]


# --- what may be worth marking ----------------------------------------------------------------------------

_WORDS = re.compile(r"(?<![.!?:\n]\s)(?<![.!?:\n])(?<!^)(?<!\w)[A-Z][\w’'&-]*(?:\s+[A-Z][\w’'&-]*)*")
_NUMBER = re.compile(r"(?<!\w)[$€£]?\d[\d,.]*\d%?|(?<!\w)[$€£]?\d%?(?!\w)")
_PLACEHOLDER = re.compile(r"\[(?:name|company|number) \d+\]|\[removed\]")
_COMMON = frozenset({"I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll", "OK", "A"})


def suggestions(events: Sequence[Event], marks: Marks) -> Suggestions:
    """Words and numbers of the candidate's answers that look as if they could tell too much and are not marked yet."""
    said = [_PLACEHOLDER.sub("…", each) for each in _said(shared(events, marks))]
    words = (found[0].removesuffix("'s").removesuffix("’s") for each in said for found in _WORDS.finditer(each))
    numbers = (found[0] for each in said for found in _NUMBER.finditer(each))
    return Suggestions(
        words=tuple(word for word in dict.fromkeys(words) if word not in _COMMON),
        numbers=tuple(dict.fromkeys(numbers)),
    )
