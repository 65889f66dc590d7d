"""How an answer is worded: particulars in short plain words, or abstractions. A few numbers for a whole answer.

Shapes know the constructions that somebody thought of; on questions that nobody had in mind the manner carries further
(docs/rating.md has the figures). It never makes a level by itself: a level still needs parts with quotes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt

from ...bank.cues import Trait
from .clauses import Sentence
from .word_list import ByWord

FARTHEST = 2.5
"""Spreads from the usual beyond which a trait counts no further, so that no single one can be stuffed."""


class Manner:
    """Reads the manner of answers by the traits of `manner.yaml`."""

    def __init__(self, traits: Mapping[str, Trait]):
        self._traits = traits
        self._in_sentences = {name: trait for name, trait in traits.items() if trait.commas or trait.sentences[1] > 0}
        self._usual = {name: (trait.usual, trait.spread) for name, trait in traits.items()}
        self._weights = {name: trait.weight for name, trait in traits.items()}
        self._borne = ByWord(lambda word: tuple(name for name, trait in traits.items() if _bears(word, trait)))

    def off(self, sentences: Sequence[Sentence]) -> dict[str, float]:
        """By trait, how many spreads the sentences lie off the usual; 0 without sentences."""
        if not sentences:
            return dict.fromkeys(self._traits, 0.0)
        rates = self.rates(sentences)
        return {name: off_usual(rates[name], usual, spread) for name, (usual, spread) in self._usual.items()}

    def rates(self, sentences: Sequence[Sentence]) -> dict[str, float]:
        """By trait, the root of how often it is borne: of a hundred words, or of a sentence.

        The root, for the first ones tell most.
        """
        said = [word for sentence in sentences for word in sentence.words]
        found = dict.fromkeys(self._traits, 0)
        for borne, times in Counter(map(self._borne.__getitem__, said)).items():
            for name in borne:
                found[name] += times
        words = max(1, len(said))
        often = {name: 100 * times / words for name, times in found.items()}
        often |= {name: _of_sentences(trait, sentences) for name, trait in self._in_sentences.items()}
        return {name: sqrt(rate) for name, rate in often.items()}

    def total(self, off: Mapping[str, float]) -> float:
        """The weighted traits together: above 0 for particular and plain, below for abstract."""
        return sum(weight * off[name] for name, weight in self._weights.items())


def off_usual(rate: float, usual: float, spread: float) -> float:
    """How many spreads the rate lies off the usual, at most `FARTHEST` on either side."""
    return max(-FARTHEST, min(FARTHEST, (rate - usual) / spread))


def _bears(word: str, trait: Trait) -> bool:
    return (
        word in trait.words
        or (len(word) >= trait.shortest and word.endswith(trait.endings))
        or trait.letters[0] <= len(word) <= trait.letters[1]
        or (trait.digits and word[0].isdigit())
    )


def _of_sentences(trait: Trait, sentences: Sequence[Sentence]) -> float:
    """Commas, or sentences of the trait's length, for each sentence."""
    if trait.commas:
        return sum(sentence.commas for sentence in sentences) / max(1, len(sentences))
    first, last = trait.sentences
    return sum(first <= len(sentence.words) <= last for sentence in sentences) / max(1, len(sentences))
