"""Call-backs: what the last answer says against, or leaves out of, what was said earlier in the interview. Pure.

Only plain cases are found: the same quantity with another figure, "I" that became "we", and something to come back to
that never came. Whoever misses one loses a question; whoever invents one accuses somebody. So all of it is strict, and
both halves are quoted as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Text
from ..text import straight
from .grammar import Grammar

_CLAUSE = re.compile(r"(?:[^,.;:!?\n()\"“”—–]|(?<=\d)[,.:](?=\d))+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?\Z")
_SELF = r"\bI(?:\s+(?:also|then|first|myself|personally))?\s+"
_PROMISED = r"\b(?:I'll|I will|let me|I can|I'd|we'll|we can)\s+(?:{cues})\s+([^,.;:!?\n()]+)"


class CallBackSort(Content):
    """One sort of call-back: how it is asked, and what for."""

    after: tuple[Text, ...]
    """`dimension.part`, the first that the question rates."""
    asks: tuple[Text, ...] = Field(min_length=1)
    reason: Text


class Recalling(Content):
    """What `prompts/recalling.yaml` holds."""

    figures: CallBackSort
    whose: CallBackSort
    promised: CallBackSort
    apart: float = Field(gt=1)
    """How many times as large one figure must be, to be another."""
    earlier_words: tuple[Text, ...]
    """One of them must stand in a question that quotes something earlier."""
    changes: tuple[Text, ...]
    units: dict[str, tuple[str, float]]
    """Kind and size."""
    numbers: dict[str, float]
    deeds: tuple[Text, ...]
    others: tuple[Text, ...]
    promises: tuple[Text, ...]
    later: tuple[Text, ...]
    """Words with which it is said when."""


def load_recalling(bank: Bank) -> Recalling:
    """What is called back, and how. Raises `ContentError`."""
    return bank.rules("recalling.yaml", Recalling)


@dataclass(frozen=True, slots=True)
class CallBack:
    """Two sayings that do not go together, each as it was said; `now` is empty where something is missing."""

    sort: CallBackSort
    earlier: str
    now: str = ""

    def wordings(self) -> list[str]:
        """The ways to ask, first the usual one."""
        return [self._filled(ask) for ask in self.sort.asks]

    @property
    def reason(self) -> str:
        """Ends the sentence "asked because ..."."""
        return self._filled(self.sort.reason)

    def _filled(self, frame: str) -> str:
        return frame.replace("{earlier}", self.earlier).replace("{now}", self.now)


@dataclass(frozen=True, slots=True)
class Ear:
    """What it takes to hear that sayings do not go together."""

    rules: Recalling
    grammar: Grammar
    longest: int
    """Words of a quote."""

    def cut(self, words: Sequence[str]) -> str:
        """As many of the words as may be quoted."""
        return self.grammar.cut_to(words, self.longest)

    def stems(self, text: str) -> frozenset[str]:
        """The words of a text that carry something, without their endings."""
        return self.grammar.stems(text)


def call_backs(here: Sequence[str], elsewhere: Sequence[str], ear: Ear) -> Iterator[CallBack]:
    """Every call-back that the last answer gives reason for, the plainest first.

    Args:
        here: the answers of this question, in order; the last one is held against all others.
        elsewhere: the answers of earlier questions; there more must agree before two figures are taken for one.
    """
    if not here:
        return
    *before, now = here
    for earlier, strict in [*((text, False) for text in reversed(before)), *((text, True) for text in elsewhere)]:
        yield from _figures(earlier, now, ear, strict=strict)
    for earlier in reversed(before):
        yield from _whose(earlier, now, ear)
    for index, earlier in enumerate(before):
        yield from _promised(earlier, here[index + 1 :], ear)


# --- the same quantity, another figure --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure with its unit, and what it is of."""

    kind: str
    size: float
    quote: str
    beside: frozenset[str]
    """Stems that follow within the quote."""
    around: frozenset[str]
    """Stems of the whole clause."""


def _figures(earlier: str, now: str, ear: Ear, *, strict: bool) -> Iterator[CallBack]:
    said, again = list(_amounts(earlier, ear)), list(_amounts(now, ear))
    for first in said:
        for second in again:
            restated = any(other.kind == first.kind and other.size == first.size for other in again)
            if not restated and _is_same(first, second, strict=strict) and _apart(first, second) >= ear.rules.apart:
                yield CallBack(ear.rules.figures, first.quote, second.quote)


def _is_same(first: _Amount, second: _Amount, *, strict: bool) -> bool:
    """Whether two amounts are of the same thing, to all appearance."""
    if first.kind != second.kind:
        return False
    beside, around = len(first.beside & second.beside), len(first.around & second.around)
    return beside >= 2 if strict else beside >= 1 or around >= 2


def _apart(first: _Amount, second: _Amount) -> float:
    low, high = sorted((first.size, second.size))
    return high / low if low else float("inf")


def _amounts(text: str, ear: Ear) -> Iterator[_Amount]:
    """The amounts of a text that stand still: a clause which tells of a change has none."""
    for clause in _CLAUSE.findall(text):
        words = clause.split()
        if any(word.casefold() in ear.rules.changes for word in words):
            continue
        for at in range(len(words)):
            value, unit = _figure_at(words, at, ear.rules.numbers)
            if value is None:
                continue
            quote = ear.cut(words[at:])
            if quote and (kind := _kind(unit, ear)):
                size = value * kind[1]
                yield _Amount(
                    kind[0], size, quote, ear.stems(quote) - ear.stems(unit), ear.stems(clause) - ear.stems(unit)
                )


def _figure_at(words: Sequence[str], at: int, numbers: Mapping[str, float]) -> tuple[float | None, str]:
    """The figure that begins there and its unit; None where there is none."""
    word, _, percent = words[at].casefold().partition("%")
    unit = "%" if percent or words[at].endswith("%") else "".join(words[at + 1 : at + 2]).casefold()
    if _FIGURE.match(word):
        return float(word.replace(",", "")), unit
    return numbers.get(word), unit


def _kind(unit: str, ear: Ear) -> tuple[str, float] | None:
    """Kind and size of the unit; a thing that is counted is a kind of its own. None for what is no thing."""
    known = ear.rules.units.get(unit) or ear.rules.units.get(unit.removesuffix("s"))
    return known or next(((stem, 1.0) for stem in ear.stems(unit)), None)


# --- "I" that became "we" ---------------------------------------------------------------------------------


def _whose(earlier: str, now: str, ear: Ear) -> Iterator[CallBack]:
    others = "|".join(map(re.escape, sorted(ear.rules.others, key=len, reverse=True)))
    for deed in ear.rules.deeds:
        mine = re.compile(rf"{_SELF}{deed}\s+[^,.;:!?\n()]+")
        theirs = re.compile(rf"\b(?:{others})\s+(?:all\s+|then\s+|also\s+)?{deed}\s+[^,.;:!?\n()]+", re.IGNORECASE)
        if mine.search(now):
            continue
        for first, second in _pairs(mine.findall(earlier), theirs.findall(now)):
            quote, reply = ear.cut(first.split()), ear.cut(second.split())
            if quote and reply and (ear.stems(quote) & ear.stems(reply)) - ear.stems(deed):
                yield CallBack(ear.rules.whose, quote, reply)


def _pairs(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one in first for other in second)


# --- what was to come back --------------------------------------------------------------------------------


def _promised(earlier: str, since: Sequence[str], ear: Ear) -> Iterator[CallBack]:
    pattern = re.compile(_PROMISED.format(cues="|".join(ear.rules.promises)), re.IGNORECASE)
    for found in pattern.finditer(straight(earlier)):
        quote = ear.cut(_without_time(found[1].split(), ear.rules.later))
        rest = ear.stems(" ".join([earlier[found.end() :], *since]))
        if quote and len(quote.split()) > 1 and (named := ear.stems(quote)) and not named & rest:
            yield CallBack(ear.rules.promised, quote)


def _without_time(words: list[str], later: Collection[str]) -> list[str]:
    """The words up to "later", "in a moment" and the like."""
    ends = [at for at, word in enumerate(words) if word.casefold() in later]
    return words[: ends[0]] if ends else words


# --- what a model quotes ----------------------------------------------------------------------------------


def recalled(pieces: Iterable[str], last: str, earlier: Collection[str]) -> str:
    """The first quoted piece that was said earlier and not in the last answer; empty where there is none."""
    folded = last.casefold()
    for piece in pieces:
        words = piece.casefold().strip(" ,.?!")
        if words not in folded and any(words in text.casefold() for text in earlier):
            return piece
    return ""
