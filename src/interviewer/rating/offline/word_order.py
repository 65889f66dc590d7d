"""Finds words that do not follow each other in English, as in text thrown together from pieces.

A pair of words is judged by the words themselves where they are function words, else by their endings. It may not know
what a slip costs: honest speakers make some too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
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


class WordOrder:
    """Pairs that cannot or seldom do follow each other, in the form that is quick to ask."""

    def __init__(self, cues: WordOrderCues, function: Iterable[str]):
        self._function = frozenset(function)
        self._endings = cues.endings
        self._impossible = _table(cues.impossible)
        self._unusual = _table(cues.unusual)
        self._kind = lru_cache(maxsize=20_000)(self._kind_of)

    def slips(self, sentence: Sentence) -> Slips:
        """The slips of one sentence; across a comma nothing is one, nor in "the on-call engineer"."""
        words = sentence.words
        impossible = unusual = 0
        before = START
        for index, word in enumerate(words):
            kind = self._kind(word.plain)
            if index == 0 or (word.follows and (index + 1 == len(words) or words[index + 1].follows)):
                impossible += kind in self._impossible.get(before, ())
                unusual += kind in self._unusual.get(before, ())
            before = kind
        impossible += END in self._impossible.get(before, ())
        unusual += END in self._unusual.get(before, ())
        return Slips(impossible, unusual)

    def _kind_of(self, word: str) -> str:
        if word in self._function:
            return word
        if word[0].isdigit():
            return FIGURE
        fitting = (ending for ending in self._endings if word.endswith(ending))
        ending = next((ending for ending in fitting if len(word) >= len(ending) + SHORTEST_STEM), "")
        return f"{OTHER}{ending}"


def _table(nexts: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(found) for word, found in nexts.items()}
