"""Chooses the words by which a reader sees why a part was marked: whole sentences, of long ones whole clauses.

Which sentence that is, `telling.py` says. A sentence that stands for another part already gives way to one that tells
nearly as well, the sooner the more parts it stands for. It may not know what a part means.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ...bank.quote_cues import QuoteCues
from ...session.thread import Thread
from ..evidence import LONGEST, SHORTEST
from ..rater import Quote
from .clauses import Sentence, spoken_words
from .patterns import Match
from .telling import Place, Sentences, Sought, Telling

MARKS = frozenset(",:;()–—…")
"""Marks between two words that end a clause."""
_QUOTES = re.compile(r'["“”]')


class _Piece(NamedTuple):
    """The first and last word of what is shown."""

    first: int
    last: int


class Quoting:
    """Finds quotes in one answer by the words and weights of `quotes.yaml`.

    What was cut out of a sentence is kept: several parts ask for the same.
    """

    def __init__(self, cues: QuoteCues, thread: Thread):
        self._cues = cues
        self._thread = thread
        self._sentences = Sentences(cues, thread)
        self._shown: dict[str, list[int]] = {}
        """By dimension the sentence that is shown for each of its parts."""
        self._wholes: dict[int, Quote] = {}
        self._clauses: dict[int, _Clauses] = {}

    def anew(self) -> Quoting:
        """Another one for the same answer, of which nothing has been shown yet."""
        return Quoting(self._cues, self._thread)

    def quotes(
        self,
        seen: Mapping[str, tuple[Sequence[Place], Sequence[str]]],
        dimension: str,
        shapes: Sequence[Iterable[str]],
    ) -> dict[str, Quote]:
        """For each part its quote, `SHORTEST` to `LONGEST` words.

        Args:
            seen: by part its places, at least one, and its terms in the rubric.
            dimension: whose parts these are.
            shapes: of every sentence that was read.
        """
        alone = self._cues.speaks.get(dimension, {})
        told = {
            part: self._sentences.tellings(Sought(places, terms, alone.get(part, {})), shapes)
            for part, (places, terms) in seen.items()
        }
        shown = self._shown[dimension] = []
        uses = Counter(chain.from_iterable(self._shown.values()))
        found: dict[str, Quote] = {}
        for part in sorted(told, key=lambda part: _margin(told[part]), reverse=True):
            place = self._freest(told[part], uses)
            found[part] = self._words(place, seen[part][0])
            shown.append(place.at)
            uses[place.at] += 1
        return found

    def _freest(self, told: Sequence[Telling], uses: Mapping[int, int]) -> Place:
        """The sentence that tells the part best for how often it is shown already."""
        again, used = self._cues.again, uses.get
        _, freest = max(told, key=lambda each: each[0] - again * used(each[1].at, 0) ** 2)
        return freest

    def _words(self, place: Place, places: Sequence[Place]) -> Quote:
        """The sentence, or clauses of it where it is too long."""
        if place.sentence.pieces <= LONGEST:
            return self._whole(place)
        return self._clause(place, [each.match for each in places if each.at == place.at])

    def _whole(self, place: Place) -> Quote:
        if place.at not in self._wholes:
            sentence = place.sentence
            start, end = sentence.starts[self._head(sentence)], sentence.ends[-1]
            self._wholes[place.at] = _quote(self._thread, sentence.turn, start, end)
        return self._wholes[place.at]

    def _head(self, sentence: Sentence) -> int:
        """The first word that is shown: the one behind a joining word, where it begins a clause by itself."""
        joined = sentence.words[0] in self._cues.joins and sentence.pieces > SHORTEST
        return int(joined and sentence.words[1] in self._cues.subjects)

    def _clause(self, place: Place, evidence: Sequence[Match]) -> Quote:
        """The clauses around the match, and those with more of the evidence."""
        turn = place.sentence.turn
        if place.at not in self._clauses:
            self._clauses[place.at] = _Clauses(self._thread.turns[turn].text, place.sentence, self._cues)
        clauses = self._clauses[place.at]
        return _quote(self._thread, turn, *clauses.characters(clauses.around(place.match, evidence)))


def _margin(told: Sequence[Telling]) -> float:
    """How much better the best sentence tells it than the next."""
    return told[0][0] - told[1][0] if len(told) > 1 else math.inf


def _quote(thread: Thread, turn: int, start: int, end: int) -> Quote:
    text = thread.turns[turn].text
    if text[end - 1] == ":":
        end = len(text[:end].rstrip(": "))
    start, end = _with_marks(text, start, end)
    return Quote(text[start:end], turn, start, end)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The same words with the quotation mark before or behind them whose fellow stands among them."""
    inside = text[start:end]
    if not _QUOTES.search(inside):
        return start, end
    single = inside.count('"') % 2
    opened, closed = inside.count("“"), inside.count("”")
    if text[end : end + 1] == ('"' if single else "”" if opened > closed else None):
        return start, end + 1
    if start > 0 and text[start - 1] == ('"' if single else "“" if closed > opened else None):
        return start - 1, end
    return start, end


def _held(evidence: Sequence[Match], piece: _Piece) -> int:
    """How much of the evidence the piece holds."""
    return sum(piece.first <= match.first and match.last <= piece.last for match in evidence)


class _Clauses:
    """One sentence, to be cut where a reader would breathe."""

    def __init__(self, text: str, sentence: Sentence, cues: QuoteCues):
        self._text = text
        self._cues = cues
        self._words, self._beside = sentence.words, sentence.beside
        self._starts, self._ends = sentence.starts, sentence.ends
        self._cuts = self._where_clauses_begin()
        self._heads = [at for at in self._cuts[:-1] if self._words[at] not in cues.depends]
        """Where clauses begin that do not hang on the one before."""

    def characters(self, piece: _Piece) -> tuple[int, int]:
        """Where the piece begins and ends in the turn."""
        return self._starts[piece.first], self._ends[piece.last]

    def _fits(self, piece: _Piece) -> bool:
        return self._length(piece) <= LONGEST

    def around(self, match: Match, evidence: Sequence[Match]) -> _Piece:
        """The clauses that hold the match, and as many beside them as find room: first those that these hang on, then
        those with more of the evidence, then those that follow."""
        cuts = self._cuts
        first = cuts[bisect_right(cuts, match.first) - 1]
        last = cuts[bisect_right(cuts, min(match.last, len(self._words) - 1))] - 1
        piece = _Piece(first, last)
        while piece.first > 0 and self._words[piece.first] in self._cues.depends:
            whole = _Piece(cuts[bisect_left(cuts, piece.first) - 1], piece.last)
            if not self._fits(whole):
                break
            piece = whole
        while wider := self._wider(piece, evidence):
            piece = wider
        return self._trimmed(self._shortened(piece, match))

    def _wider(self, piece: _Piece, evidence: Sequence[Match]) -> _Piece | None:
        """With the clause behind it or before it; None where neither finds room, unless it is too short to be shown."""
        options: list[_Piece] = []
        if piece.last + 1 < self._cuts[-1]:
            later = self._cuts[bisect_right(self._cuts, piece.last + 1)]
            options.append(_Piece(piece.first, later - 1))
        if before := bisect_left(self._heads, piece.first):
            options.append(_Piece(self._heads[before - 1], piece.last))
        fitting = [each for each in options if self._fits(each)]
        if not fitting and self._spoken(piece) >= SHORTEST:
            return None
        if len(fitting or options) == 1:
            return (fitting or options)[0]
        return max(fitting or options, key=lambda each: _held(evidence, each), default=None)

    def _shortened(self, piece: _Piece, match: Match) -> _Piece:
        """The piece, or as much of it around the match as fits."""
        if self._fits(piece):
            return piece
        first, last = piece
        if not self._fits(_Piece(first, min(match.last, last))):
            first = max(
                (at for at in range(first, match.first + 1) if self._words[at] in self._cues.breaks),
                default=match.first,
            )
        while not self._fits(_Piece(first, last)):
            last -= 1
        ends = [at for at in range(match.last, last) if self._words[at + 1] in self._cues.breaks]
        return _Piece(first, ends[-1] if ends and self._length(_Piece(first, ends[-1])) >= self._cues.enough else last)

    def _trimmed(self, piece: _Piece) -> _Piece:
        """Without a joining word at its head, and without words at its end that promise more."""
        first, last = piece
        if (
            0 < first < last
            and self._words[first] in self._cues.joins
            and self._spoken(_Piece(first + 1, last)) >= SHORTEST
        ):
            first += 1
        while self._words[last] in self._cues.never_last and not self._is_end(last):
            if self._spoken(_Piece(first, last - 1)) < SHORTEST:
                break
            last -= 1
        return _Piece(first, last)

    def _where_clauses_begin(self) -> list[int]:
        """Where a clause begins, and the end."""
        words, joins, depends = self._words, self._cues.joins, self._cues.depends
        after_marks = [at for at, is_beside in enumerate(self._beside) if not is_beside or words[at - 1] == ":"]
        heads = [at for at, word in enumerate(words) if word in joins or word in depends]
        begins = {at for at in after_marks if self._is_end(at - 1)} | {at for at in heads if self._begins(at)}
        return [*sorted(begins | {0}), len(words)]

    def _begins(self, at: int) -> bool:
        joined = (
            self._words[at] in self._cues.joins
            and at + 1 < len(self._words)
            and self._words[at + 1] in self._cues.subjects
        )
        return joined or self._words[at] in self._cues.depends

    def _is_end(self, at: int) -> bool:
        """Whether a mark or the sentence's end follows the word."""
        if at + 1 == len(self._words) or self._words[at] == ":":
            return True
        return not MARKS.isdisjoint(self._text[self._ends[at] : self._starts[at + 1]])

    def _length(self, piece: _Piece) -> int:
        start, end = self.characters(piece)
        return len(self._text[start:end].split())

    def _spoken(self, piece: _Piece) -> int:
        return spoken_words(self._text[slice(*self.characters(piece))])
