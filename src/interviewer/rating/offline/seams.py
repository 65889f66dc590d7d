"""Tells a text that was sewn together: pieces or whole sentences of different answers, walks from word to word.

No sign is sure by itself, so nine are weighed against each other: whether one thing comes back, whether sentences stand
alone, whether somebody speaks of themselves, how much of the question is taken up (a logistic regression,
`benchmarks/fitting_seams.py`). It may not know what is told.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from ...bank.gate_cues import SeamCues
from .clauses import Sentence
from .word_list import ByWord

_CAPITAL = re.compile(r" (?<=[a-z,] )([A-Z][a-z]+)(?: [A-Z][a-z]+)?")
"""A word with a capital amid a sentence. One right behind it goes with it, as in "the White House"."""
_END = re.compile(r"[.!?…\n]")
_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|s|er|ly)$")
STEM, SHORTEST = 6, 3
"""Letters of a stem, and of the shortest word that has one."""
ARTICLES = frozenset(("a", "an"))
OWN = frozenset(("i", "me", "my", "mine", "myself"))
NAMES = frozenset(("May", "Will"))
"""Small words that are names as well."""
MOST_CAPITALS = 2
"""Where this sign stops counting."""
WRITTEN = 60
"""Words for each of which a text has a mark at the end of a sentence, or it was dictated: its capitals say nothing."""
LONGEST = 250
"""Words beyond which no more is wanted of an answer."""


class Seams:
    """The signs, and what they are worth, in the form that is quick to ask."""

    def __init__(self, cues: SeamCues, function: Collection[str]):
        """Sets it up.

        Args:
            function: English function words.
        """
        self._cues = cues
        self._common = frozenset(("", *cues.common))
        self._function = function
        self._stem = ByWord(self.stem)

    def show(self, sentences: Sequence[Sentence], texts: Iterable[str], question: str, slips: int) -> bool:
        """Whether the answer looks sewn together.

        Args:
            texts: the candidate's turns.
            slips: how many pairs of neighbours English does not have.
        """
        signs = self.signs(sentences, texts, question, slips)
        worth = sum(self._cues.weights[name] * value for name, value in signs.items())
        wanted = self.wanted(sum(len(sentence.words) for sentence in sentences))
        if len({sentence.turn for sentence in sentences}) > 1:
            wanted -= self._cues.replied
        return bool(sentences) and worth < wanted

    def signs(
        self, sentences: Sequence[Sentence], texts: Iterable[str], question: str, slips: int
    ) -> Mapping[str, float]:
        """How much there is of each sign."""
        stems = [[*map(self._stem.__getitem__, sentence.words)] for sentence in sentences]
        counts = Counter(chain.from_iterable(stems))
        words = max(1, counts.total())
        del counts[""]
        particular = {stem: count for stem, count in counts.items() if stem not in self._common}
        asked = {self._stem[word.strip(".,:;?!'\"").lower()] for word in question.split()} - {""}
        return {
            "top": max(particular.values(), default=0) / max(1, sum(particular.values())),
            "single": [*counts.values()].count(1) / max(1, counts.total()),
            "lonely": self._lonely(stems, asked),
            "asked": len(asked & counts.keys()) / max(1, len(asked)),
            "own": sum(not OWN.isdisjoint(sentence.words) for sentence in sentences) / max(1, len(sentences)),
            "introduced": 100 * _introduced(sentences, stems) / words,
            "slips": 100 * slips / words,
            "uneven": _uneven([*map(len, stems)]),
            "capitals": self._capitals(texts, words),
        }

    def wanted(self, said: int) -> float:
        """The least worth of so many words: short answers have had less time to come back to anything."""
        longer = math.log(max(1, min(LONGEST, said)) / self._cues.usual)
        return self._cues.least + longer * (self._cues.shorter if longer < 0 else self._cues.longer)

    def stem(self, word: str) -> str:
        """The word without its ending, so that "tests" and "testing" are one; empty where it bears no content."""
        if len(word) < SHORTEST or word in self._function or not word[0].isalpha():
            return ""
        cut = _ENDING.sub("", word)
        if cut != word and len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "sl":
            cut = cut[:-1]
        return (cut.removesuffix("e") if len(cut) > SHORTEST else cut)[:STEM]

    def _lonely(self, stems: Sequence[Sequence[str]], asked: Collection[str]) -> float:
        """Share of sentences with nothing particular in them that stands in another one or in the question."""
        particular = [{*found} - self._common for found in stems]
        tied, heard = set[str](), {*asked}
        for found in particular:
            tied |= found & heard
            heard |= found
        return sum(map(tied.isdisjoint, particular)) / max(1, len(stems))

    def _capitals(self, texts: Iterable[str], words: int) -> int:
        """Small words with a capital amid a sentence; one is a title, or a slip."""
        text = "\n".join(texts)
        found = sum(word.lower() in self._function and word not in NAMES for word in _CAPITAL.findall(text))
        if found < 2 or len(_END.findall(text)) * WRITTEN < words:
            return 0
        return min(MOST_CAPITALS, found - 1)


def _introduced(sentences: Sequence[Sentence], stems: Sequence[Sequence[str]]) -> int:
    """How many things come in with "a" or "an", as whoever tells of something brings them in."""
    known = {""}
    new = 0
    for sentence, found in zip(sentences, stems, strict=True):
        if not ARTICLES.isdisjoint(sentence.words):
            after = zip(sentence.words, found[1:], strict=False)
            new += len({stem for said, stem in after if said in ARTICLES} - known)
        known.update(found)
    return new


def _uneven(lengths: Sequence[int]) -> float:
    """How much the sentences differ in length: the standard deviation in means."""
    total = sum(lengths)
    squares = sum(length * length for length in lengths)
    return math.sqrt(len(lengths) * squares - total * total) / max(1, total)
