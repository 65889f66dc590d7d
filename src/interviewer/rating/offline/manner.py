"""How an answer is worded: particulars in short plain words, or abstractions. One number for a whole answer.

Shapes know the constructions that somebody thought of; on questions that nobody had in mind the manner carries further
(docs/rating.md has the figures). It never makes a level by itself: a level still needs parts with quotes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt

from ...bank.cues import Trait

FARTHEST = 2.5
"""Spreads from the usual beyond which a trait counts no further, so that no single one can be stuffed."""
KEPT_WORDS = 20_000
"""Words whose traits are remembered."""


class Manner:
    """Reads the manner of answers by the traits of `manner.yaml`."""

    def __init__(self, traits: Mapping[str, Trait]):
        self._traits = traits
        self._borne = lru_cache(KEPT_WORDS)(self._look_up)

    def of(self, words: Sequence[str]) -> float:
        """The weighted traits of the words: above 0 for particular and plain, below for abstract; 0 without words."""
        rates = self.rates(words)
        return sum(trait.weight * _from_usual(trait, rates[name]) for name, trait in self._traits.items() if words)

    def rates(self, words: Sequence[str]) -> dict[str, float]:
        """By trait, the root of how many words in a hundred bear it; the root, for the first ones tell most."""
        found = Counter(name for word in words for name in self._borne(word))
        return {name: sqrt(100 * found[name] / max(1, len(words))) for name in self._traits}

    def _look_up(self, word: str) -> tuple[str, ...]:
        return tuple(name for name, trait in self._traits.items() if _bears(word, trait))


def _bears(word: str, trait: Trait) -> bool:
    return (
        word in trait.words
        or (len(word) >= trait.shortest and word.endswith(trait.endings))
        or trait.letters[0] <= len(word) <= trait.letters[1]
        or (trait.digits and word[0].isdigit())
    )


def _from_usual(trait: Trait, rate: float) -> float:
    return max(-FARTHEST, min(FARTHEST, (rate - trait.usual) / trait.spread))
