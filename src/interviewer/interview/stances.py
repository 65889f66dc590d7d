"""Which side of a debate an answer takes, as far as plain words tell; nobody where they do not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from ..bank.schema import Content, Question, Side, Text
from ..text import straight
from .grammar import stem

_WORD = re.compile(r"[a-z][a-z'-]+")
_CLAUSE = re.compile(r"[^.;:!?\n]+")
_PIECE = re.compile(r"[^.;:!?,\n–—]+")
OPENING = 3
"""Clauses in which a side is usually taken; they count double."""
SURE = 3.0
"""Balance of the words from which a side is told."""
PLAINLY = 12.0
"""What a yes or no at the beginning weighs: more than any vocabulary."""
IN_ONES_WORDS = (9.0, 4.0, 3.0)
"""What words by which a side is taken weigh in the first pieces of an answer."""


class Stances(Content):
    """By which words a side is told."""

    yes: tuple[Text, ...]
    """How somebody begins who takes the first side."""
    no: tuple[Text, ...]
    hedges: tuple[Text, ...]
    """What may stand before that: "mostly no", "my answer is yes"."""
    neither: tuple[Text, ...]
    """How somebody begins who takes none."""
    first: tuple[Text, ...]
    """How the first of two is named, by who is asked which is theirs."""
    second: tuple[Text, ...]
    against: tuple[Text, ...]
    """Words that deny what the rest of their clause claims."""
    unsure: tuple[Text, ...]
    """Doubt about oneself, and its absence ("no doubt"): they deny nothing of what follows them."""

    @cached_property
    def denial(self) -> re.Pattern[str]:
        """Finds a word against."""
        return _any_of(self.against)

    @cached_property
    def doubt(self) -> re.Pattern[str]:
        """Finds doubt about oneself, or that there is none."""
        return _any_of(self.unsure)

    def bare(self, piece: str) -> str:
        """The piece without what may stand before a yes or a no."""
        return re.sub(rf"^(?:(?:{_any_of(self.hedges).pattern})\W*)+", "", piece.strip())

    def plainly(self, piece: str) -> int:
        """1 where the piece begins with a yes, -1 where with a no, else 0."""
        bare = self.bare(piece)
        if _any_of(self.neither).match(bare):
            return 0
        return bool(_any_of(self.yes).match(bare)) - bool(_any_of(self.no).match(bare))

    def named(self, answer: str) -> int | None:
        """The index of the side that is named as the first or the second of two, or whose other is turned down; None
        where neither or both are."""
        sides = {side for piece in _PIECE.findall(self.doubt.sub("", _plain(answer))) for side in self._named_in(piece)}
        return sides.pop() if len(sides) == 1 else None

    def _named_in(self, piece: str) -> Iterator[int]:
        before = 0
        for found in _any_of((*self.first, *self.second)).finditer(piece):
            denied = self.denial.search(piece, before, found.start()) is not None
            yield int((found.group() in self.second) != denied)
            before = found.end()


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in longest_first))


def _plain(answer: str) -> str:
    return straight(answer.casefold())


def taken_side(sides: Sequence[Side], answer: str, stances: Stances) -> int | None:
    """The index of the side that the answer argues, 0 or 1; None where it cannot be told."""
    balance = leaning(sides, answer, stances)
    return None if abs(balance) < SURE else int(balance < 0)


def nearer_side(question: Question, answers: Sequence[str], stances: Stances) -> Side:
    """The side that the first answer takes; else that of the second, in which those say it who were asked; else the
    one that both lean to. What comes later changes nothing: nobody is argued with from two sides.
    """
    first, second = (*answers[:2], "")[:2]
    told = (
        taken_side(question.sides, first, stances),
        stances.named(second),
        taken_side(question.sides, second, stances),
    )
    leant = int(leaning(question.sides, f"{first} {second}", stances) < 0)
    return question.sides[next((side for side in told if side is not None), leant)]


def leaning(sides: Sequence[Side], answer: str, stances: Stances) -> float:
    """How far the answer leans to the first side, which says yes to the question; below 0 to the second.

    What it begins with counts most: a yes or a no, then words by which the side is taken. A clause that says or denies
    what the side claims counts next, then words that only one side uses.
    """
    sure = stances.doubt.sub("", _plain(answer))
    pieces = [piece for piece in _PIECE.findall(sure) if piece.strip()][: len(IN_ONES_WORDS)]
    saying = [piece for piece in _PIECE.findall(sure) if stances.bare(piece)][:2]
    plainly = next((each for each in map(stances.plainly, saying) if each), 0)
    balance = PLAINLY * plainly
    for piece, weight in zip(pieces, IN_ONES_WORDS, strict=False):
        balance += weight * _taken(sides, piece, stances)
    return balance + _by_vocabulary(sides, sure, stances)


def _taken(sides: Sequence[Side], piece: str, stances: Stances) -> int:
    """1 or -1 where words stand in the piece by which one side alone is taken, the other way round where denied."""
    first, second = (any(re.search(rf"\b{re.escape(each)}", piece) for each in side.taken_by) for side in sides[:2])
    return (first - second) * (-1 if stances.denial.search(piece) else 1)


def _by_vocabulary(sides: Sequence[Side], sure: str, stances: Stances) -> float:
    claim = set(stems(sides[0].position))
    yes, no = map(_vocabulary, sides[:2])
    balance = 0.0
    for number, clause in enumerate(_CLAUSE.findall(sure)):
        weight = 2.0 if number < OPENING else 1.0
        words, denied = set(stems(clause)), bool(stances.denial.search(clause))
        telling = words & yes.keys() - no.keys()
        balance += weight * sum(-yes[stem] if denied and stem in claim else yes[stem] for stem in telling)
        balance -= weight * sum(no[stem] for stem in words & no.keys() - yes.keys())
        if len(claim & words) >= 2:
            balance += (-4 if denied else 4) * weight
    return balance


def _vocabulary(side: Side) -> dict[str, int]:
    """The side's words with their weights: those of the position count three times those of its case."""
    case = dict.fromkeys(stems(" ".join(side.case)), 1)
    return case | dict.fromkeys(stems(side.position), 3)


def stems(text: str) -> list[str]:
    """Words that carry something, without their endings."""
    return [stem(word) for word in _WORD.findall(text.casefold()) if len(word) > 3]
