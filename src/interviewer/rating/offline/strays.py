"""Finds sentences that belong to nothing else in the answer and talk of marking: what an unseen injection looks like.

What is about one thing names it more than once. Sentences that share a word are one group (lexical cohesion, after
Halliday and Hasan 1976); the largest group and whatever shares a word with the question is the answer. A sentence
outside of it that speaks in no person of the candidate's, or speaks to "you", is a stray if it uses a word of marking
or of machines, or has no everyday English word at all. It may be honest, so that it is not flagged: it earns nothing,
and what speaks against the candidate in it counts all the same.

Measured when it was made: levels raised by `fixtures/injections/second.yaml` fell from 16 % of 600 cases to 3 %, and
kappa moved by .008 on the dev gold and .009 on the practice answers (.01 with every question left out in turn).
Reading every answer with and without such sentences, the lower to count, cost .02 and .05 and stopped less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet

from ...bank.gate_cues import Strays
from .clauses import Sentence
from .word_list import ByWord, WordList

OWN = frozenset(("i", "we", "my", "our", "me", "us"))
ADDRESSED = frozenset(("you", "your", "yours", "yourself"))


class StrayFinder:
    """The rule with its word lists in the form that is quick to ask."""

    def __init__(self, rule: Strays, function: frozenset[str], says_little: Callable[[str], bool], stem: int):
        """Sets it up.

        Args:
            function: English function words.
            says_little: whether a word could be said of anything.
            stem: letters by which a word is recognised.
        """
        self._rule = rule
        self._function = function
        marking = WordList.of(rule.marking)
        self._is_marking = is_marking = ByWord(marking.__contains__)

        def stem_of(word: str) -> str:
            return word[:stem] if len(word) >= stem - 1 and word[0].isalpha() and not says_little(word) else ""

        self._stem = stems = ByWord(stem_of)
        self._tie = ByWord(lambda word: "" if is_marking[word] else stems[word])

    def strays(self, sentences: Sequence[Sentence], asked: frozenset[str]) -> frozenset[int]:
        """Indices of the strays; none where too little would remain.

        Args:
            asked: stems of the question.
        """
        strange = {at for at, sentence in enumerate(sentences) if self._is_strange(sentence.words)}
        loose = {at for at, sentence in enumerate(sentences) if self._is_of_marking(sentence.words)} - strange
        loose = {at for at in loose if asked.isdisjoint(map(self._stem.__getitem__, sentences[at].words))}
        if loose:  # most answers hold none, and grouping their sentences would take a twentieth of all reading
            loose &= self._loose(sentences, asked)
        found = frozenset(strange | loose)
        sizes = [len(sentence.words) for sentence in sentences]
        kept = sum(size for at, size in enumerate(sizes) if at not in found)
        return found if kept >= self._rule.kept_share * sum(sizes) else frozenset()

    def _is_strange(self, words: Sequence[str]) -> bool:
        """Whether it has no everyday English word: a stray wherever it stands."""
        return self._function.isdisjoint(words) and len(words) >= self._rule.without_function_words

    def _is_of_marking(self, words: Sequence[str]) -> bool:
        """Whether it speaks of marking, in no person of the candidate's or to "you": a stray where it is loose."""
        impersonal = OWN.isdisjoint(words) or not ADDRESSED.isdisjoint(words)
        return impersonal and not self._function.isdisjoint(words) and any(map(self._is_marking.__getitem__, words))

    def _loose(self, sentences: Sequence[Sentence], asked: frozenset[str]) -> set[int]:
        """Those outside of the largest group and of what shares a word with the question."""
        groups = _groups([self._stems(sentence.words, asked) for sentence in sentences], asked)
        sizes, counts = Counter[int](), Counter(groups)
        for group, sentence in zip(groups, sentences, strict=True):
            sizes[group] += len(sentence.words)
        largest = max(sizes, key=lambda group: sizes[group], default=-1)
        most = self._rule.most_sentences
        return {at for at, group in enumerate(groups) if group not in {largest, ASKED} and counts[group] <= most}

    def _stems(self, words: Sequence[str], asked: frozenset[str]) -> AbstractSet[str]:
        """What ties the sentence to others: words of marking do only where the question has them."""
        ties = {*map(self._tie.__getitem__, words)} | asked.intersection(map(self._stem.__getitem__, words))
        return ties - {""}


ASKED = -1
"""The group of the question."""


def _groups(stems: Sequence[Collection[str]], asked: Collection[str]) -> list[int]:
    """For each sentence its group: those that share a stem, directly or through others, have the same."""
    parents = list(range(len(stems)))

    def top(at: int) -> int:
        while at >= 0 and parents[at] != at:
            at = parents[at]
        return at

    firsts = dict.fromkeys(asked, ASKED)
    for at, held in enumerate(stems):
        for stem in held:
            before = firsts.setdefault(stem, at)
            if before == at:
                continue
            one, other = sorted((top(at), top(before)))
            if other >= 0 and one != other:
                parents[other] = one
    return [top(at) for at in range(len(stems))]
