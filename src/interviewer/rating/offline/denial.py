"""Which shapes stand in a clause that says that nothing of the kind happened.

A shape is denied where one of the two words before it denies. A clause is denied where "nobody", "nothing", "never" or
"not" stands before the shape, inside of it, or as what it was done to ("I suggested nothing"). It may not know which
parts that matters for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...bank.gate_cues import Denial
from .clauses import Sentence
from .patterns import Match

NEGATORS = frozenset(("no", "not", "never", "without", "nobody", "nothing", "none", "nor", "neither"))


def holds_a_denial(pattern: str) -> bool:
    """Whether one of its words denies."""
    return not NEGATORS.isdisjoint(re.split(r"[ |_]", pattern))


def denied(sentence: Sentence, shapes: Mapping[str, Match]) -> frozenset[str]:
    """The shapes that one of the two words before denies."""
    if NEGATORS.isdisjoint(sentence.words):
        return frozenset()
    denying = {at + further for at, word in enumerate(sentence.words) if word in NEGATORS for further in (1, 2)}
    return frozenset([shape for shape, match in shapes.items() if match.first in denying])


class Undone:
    """The rule of clauses that deny, with its words in the form that is quick to ask."""

    def __init__(self, rule: Denial, negative: frozenset[str]):
        """Sets it up.

        Args:
            negative: shapes that hold a denying word themselves, inside of which none denies them.
        """
        self._rule = rule
        self._negative = negative
        self._deniers = rule.verbs | rule.nouns | {"no"}

    def shapes(self, sentence: Sentence, shapes: Mapping[str, Match]) -> frozenset[str]:
        """Those of the shapes whose clause denies them."""
        words = sentence.words
        if self._deniers.isdisjoint(words):
            return frozenset()
        found: list[str] = []
        for at, word in enumerate(words):
            if word in self._deniers and self._denies(words, at):
                found += self._denied_by(at, sentence, shapes)
        return frozenset(found)

    def _denied_by(self, at: int, sentence: Sentence, shapes: Mapping[str, Match]) -> list[str]:
        """The shapes that the word there denies."""
        end = self._clause_end(at, sentence)
        was_done_to = sentence.words[at] in self._rule.nouns and not self._begins_clause(at, sentence)
        return [
            shape
            for shape, (first, last) in shapes.items()
            if (first < end and at < (first if shape in self._negative else last + 1))
            or (was_done_to and last + 1 == at)
        ]

    def _denies(self, words: Sequence[str], at: int) -> bool:
        before, after = words[at - 1 : at], words[at + 1 : at + 2]
        if words[at] == "no":
            return after == ("one",)
        return before != ("to",) and self._rule.harmless.isdisjoint(after)

    def _begins_clause(self, at: int, sentence: Sentence) -> bool:
        return at == 0 or not sentence.beside[at] or sentence.words[at] in self._rule.breaks

    def _clause_end(self, at: int, sentence: Sentence) -> int:
        """Where the clause after the word's begins, or the sentence ends."""
        for later in range(at + 1, len(sentence.words)):
            if self._begins_clause(later, sentence):
                return later
        return len(sentence.words)
