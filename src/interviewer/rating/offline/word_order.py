"""Finds words that do not follow each other in English, as in text thrown together from pieces.

A pair of words is judged by the words themselves where they are function words, else by their endings. It may not know
what a slip costs: honest speakers make some too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...bank.cues import WordOrderCues
from .clauses import Sentence

START, END = "<start>", "<end>"
FIGURE, OTHER = "#", "-"
SHORTEST_STEM = 2
"""Letters that have to stand before an ending."""


class Slips(NamedTuple):
    """Pairs of neighbours that do not belong together."""

    impossible: int
    unusual: int


class _Kind(NamedTuple):
    """What a word is taken for, and what cannot or seldom does follow that."""

    name: str
    impossible: frozenset[str]
    unusual: frozenset[str]
    odd: frozenset[str]
    """Both."""


class WordOrder:
    """Pairs that cannot or seldom do follow each other, in the form that is quick to ask."""

    def __init__(self, cues: WordOrderCues, function: Iterable[str]):
        self._function = frozenset(function)
        self._endings = cues.endings
        self._impossible = _table(cues.impossible)
        self._unusual = _table(cues.unusual)
        self._start = self._named(START)
        self._kind = lru_cache(maxsize=20_000)(self._kind_of)

    def slips(self, sentence: Sentence) -> Slips:
        """The slips of one sentence; across a comma nothing is one, nor in "the on-call engineer"."""
        kinds = [self._start, *map(self._kind, sentence.words)]
        beside = [True, *sentence.beside[1:], True]
        impossible, unusual = int(END in kinds[-1].impossible), int(END in kinds[-1].unusual)
        for at, (before, kind) in enumerate(pairwise(kinds)):
            if kind.name in before.odd and beside[at] and beside[at + 1]:
                impossible += kind.name in before.impossible
                unusual += kind.name in before.unusual
        return Slips(impossible, unusual)

    def _kind_of(self, word: str) -> _Kind:
        return self._named(self._name_of(word))

    def _named(self, name: str) -> _Kind:
        impossible, unusual = (table.get(name, frozenset()) for table in (self._impossible, self._unusual))
        return _Kind(name, impossible, unusual, impossible | unusual)

    def _name_of(self, word: str) -> str:
        if word in self._function:
            return word
        if word[0].isdigit():
            return FIGURE
        fitting = (ending for ending in self._endings if word.endswith(ending))
        ending = next((ending for ending in fitting if len(word) >= len(ending) + SHORTEST_STEM), "")
        return f"{OTHER}{ending}"


def _table(nexts: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(found) for word, found in nexts.items()}
