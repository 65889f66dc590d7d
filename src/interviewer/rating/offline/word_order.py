"""Finds words that do not follow each other in English, as in text thrown together from pieces.

A pair of words is judged by the words themselves where they are function words, else by their endings. It may not know
what a slip costs: honest speakers make some too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import pairwise
from operator import and_

from ...bank.cues import WordOrderCues
from .clauses import Sentence
from .word_list import ByWord

START, END = "<start>", "<end>"
FIGURE, OTHER = "#", "-"
SHORTEST_STEM = 2
"""Letters that have to stand before an ending."""


class WordOrder:
    """Pairs that cannot follow each other, in the form that is quick to ask."""

    def __init__(self, cues: WordOrderCues, function: Iterable[str]):
        self._impossible = frozenset((word, after) for word, found in cues.impossible.items() for after in found)
        self._name = ByWord(partial(_name_of, function=frozenset(function), endings=cues.endings))

    def slips(self, sentence: Sentence) -> int:
        """The slips of one sentence; across a comma nothing is one, nor in "the on-call engineer"."""
        names = [START, *map(self._name.__getitem__, sentence.words), END]
        if self._impossible.isdisjoint(pairwise(names)):
            return 0
        beside = [True, *sentence.beside[1:], True, True]
        near = map(and_, beside, beside[1:])
        return sum(is_near and pair in self._impossible for pair, is_near in zip(pairwise(names), near, strict=True))


def _name_of(word: str, function: AbstractSet[str], endings: Sequence[str]) -> str:
    if word in function:
        return word
    if word[0].isdigit():
        return FIGURE
    fitting = (ending for ending in endings if word.endswith(ending))
    ending = next((ending for ending in fitting if len(word) >= len(ending) + SHORTEST_STEM), "")
    return f"{OTHER}{ending}"
