"""A session made fit to give to others: names, companies and numbers that the user marked are taken out. Pure.

What is taken out is replaced by the same words each time ("[name 1]"), in everything that is kept: answers, probes,
quotes, flags. Quotes move with the text, so levels and evidence stay as they were. Notes to oneself, hosts and costs
are left out as a whole. Only what was marked is removed: that is why the text is shown before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..session import events as ev
from ..session.events import Event
from ..session.transcript import fold

PRIVATE = (ev.Noted, ev.ModelCalled, ev.Unknown)
"""Events that are never shared: notes to oneself, where words went, and what this version does not understand."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the user wants out."""

    names: tuple[str, ...] = ()
    """Of people; of "Ana Lopes", "Ana" and "Lopes" alone go too."""
    companies: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be worth marking, in order of appearance: found by shape alone, so something may be missing."""

    words: tuple[str, ...]
    """Capitalised words within sentences: people, companies, products, places."""
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Replacement:
    start: int
    end: int
    text: str


class Redaction:
    """Replaces what is marked, whole words only, whatever their case and the white space within them."""

    def __init__(self, marks: Marks):
        self._text_of: dict[str, str] = {}
        for sort, words in (("name", marks.names), ("company", marks.companies), ("number", marks.numbers)):
            for number, word in enumerate(dict.fromkeys(word.strip() for word in words if word.strip()), 1):
                self._text_of.setdefault(_key(word), f"[{sort} {number}]")
                if sort == "name":
                    self._add_pieces(word, f"[name {number}]")
        self._pattern = _pattern(self._text_of)

    def _add_pieces(self, name: str, text: str) -> None:
        for piece in name.split():
            if len(piece) > 1 and piece[0].isupper():
                self._text_of.setdefault(_key(piece), text)

    def text(self, text: str) -> str:
        """The text without what is marked."""
        return _replaced(text, list(self._found(text)))

    def span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the piece from `start` to `end` lies in the text without what is marked."""
        found = list(self._found(text))
        return _moved(found, start, to_end=False), _moved(found, end, to_end=True)

    def _found(self, text: str) -> Iterator[_Replacement]:
        if self._pattern:
            for match in self._pattern.finditer(text):
                yield _Replacement(*match.span(), self._text_of.get(_key(match[0]), "[removed]"))


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, the longest first; within numbers no shorter number is found."""
    ranked = sorted(words, key=len, reverse=True)
    if not ranked:
        return None
    choices = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ranked)
    return re.compile(rf"(?<![\w])(?<!\d[.,])(?:{choices})(?![\w])(?![.,]\d)", re.IGNORECASE)


def _replaced(text: str, found: Sequence[_Replacement]) -> str:
    for each in reversed(found):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def _moved(found: Sequence[_Replacement], offset: int, *, to_end: bool) -> int:
    """The offset after the replacements; one inside a replaced word moves to that word's edge."""
    shift = 0
    for each in found:
        if each.end <= offset:
            shift += len(each.text) - (each.end - each.start)
        elif each.start < offset:
            return each.start + shift + (len(each.text) if to_end else 0)
    return offset + shift


# --- events -----------------------------------------------------------------------------------------------


def shared(events: Sequence[Event], marks: Marks) -> list[Event]:
    """The session as it may be given away: fold it, and make any document of it."""
    redaction = Redaction(marks)
    answers = [[turn.text for turn in state.turns] for state in fold(events).threads]
    return [_shared(event, redaction, answers) for event in events if not isinstance(event, PRIVATE)]


def _shared(event: Event, redaction: Redaction, turns: Sequence[Sequence[str]]) -> Event:
    match event:
        case ev.Started():
            return _without_company(event, redaction)
        case ev.Rated(thread=index):
            texts = turns[index] if 0 <= index < len(turns) else ()
            return event.model_copy(update={"line": _line(event.line, redaction, texts)})
        case _:
            return type(event).model_validate(_texts(event.model_dump(), redaction, keep=("kind", "question_id")))


def _without_company(started: ev.Started, redaction: Redaction) -> ev.Started:
    """The set-up; a company that was marked, or a role that names it, is not told."""
    kept = {
        name: value if value is None or redaction.text(value) == value else None
        for name, value in (("company", started.company), ("role", started.role))
    }
    return started.model_copy(update=kept)


def _texts(body: Any, redaction: Redaction, keep: Sequence[str] = ()) -> Any:
    """The same data with every text in it redacted, except under the keys to keep."""
    if isinstance(body, str):
        return redaction.text(body)
    if isinstance(body, dict):
        return {key: value if key in keep else _texts(value, redaction, keep) for key, value in body.items()}
    if isinstance(body, list | tuple):
        return [_texts(value, redaction, keep) for value in body]
    return body


def _line(line: dict[str, Any], redaction: Redaction, turns: Sequence[str]) -> dict[str, Any]:
    """The rating line with its quotes moved to where they stand now."""
    ratings = {
        dimension: rating
        | {
            "unscored": _texts(rating.get("unscored"), redaction),
            "parts": {part: _quoted(found, "quote", redaction, turns) for part, found in rating["parts"].items()},
        }
        for dimension, rating in line["ratings"].items()
    }
    return line | {"ratings": ratings, "flags": [_flag(flag, redaction, turns) for flag in line["flags"]]}


def _flag(flag: dict[str, Any], redaction: Redaction, turns: Sequence[str]) -> dict[str, Any]:
    told = flag | {"text": redaction.text(flag["text"])}
    return told | {"quote": _quoted(flag["quote"], "text", redaction, turns)} if flag.get("quote") else told


def _quoted(body: dict[str, Any], field: str, redaction: Redaction, turns: Sequence[str]) -> dict[str, Any]:
    """A finding or quote: its words taken anew from the redacted turn, so that they stand there letter by letter."""
    told: dict[str, Any] = body | {name: redaction.text(body[name]) for name in (field, "note") if body.get(name)}
    if not body.get("at"):
        return told
    turn, start, end = body["at"]
    if not 0 <= turn < len(turns) or turns[turn][start:end] != body[field]:
        return {name: value for name, value in told.items() if name != "at"}
    first, last = redaction.span(turns[turn], start, end)
    return told | {field: redaction.text(turns[turn])[first:last], "at": [turn, first, last]}


# --- what may be worth marking ----------------------------------------------------------------------------

_WORDS = re.compile(r"(?<![.!?:\n]\s)(?<![.!?:\n])(?<!^)(?<!\w)[A-Z][\w’'&-]*(?:\s+[A-Z][\w’'&-]*)*")
_NUMBER = re.compile(r"(?<!\w)[$€£]?\d[\d,.]*\d%?|(?<!\w)[$€£]?\d%?(?!\w)")
_COMMON = frozenset({"I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll", "OK", "A"})


def suggestions(events: Sequence[Event], marks: Marks) -> Suggestions:
    """Words and numbers of the candidate's answers that look as if they could tell too much and are not marked yet."""
    threads = fold(shared(events, marks)).threads
    answers = [turn.text for state in threads for turn in state.turns if turn.role == "candidate"]
    words = dict.fromkeys(
        found[0].removesuffix("'s").removesuffix("’s")
        for answer in answers
        for found in _WORDS.finditer(re.sub(r"\[(?:name|company|number) \d+\]", "…", answer))
        if found[0] not in _COMMON
    )
    numbers = dict.fromkeys(
        found[0]
        for answer in answers
        for found in _NUMBER.finditer(re.sub(r"\[(?:name|company|number) \d+\]", "…", answer))
    )
    return Suggestions(tuple(words), tuple(numbers))
