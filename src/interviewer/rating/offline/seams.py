"""Tells a text that was sewn together: pieces or whole sentences of different answers, walks from word to word.

No sign is sure by itself, so seven are weighed against each other: whether things come back, whether sentences stand
alone, how past and present mix (a logistic regression, `benchmarks/fitting_seams.py`). It may not know what is told.
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
PRESENT = frozenset(("is", "are", "has", "have", "do", "does"))
NAMES = frozenset(("May", "Will"))
"""Small words that are names as well."""
MOST_TIES, MOST_CAPITALS = 3.0, 2
"""Where these signs stop counting."""
LONGEST = 250
"""Words beyond which no more is wanted of an answer."""


class Seams:
    """The signs, and what they are worth, in the form that is quick to ask."""

    def __init__(self, cues: SeamCues, common: Iterable[str], function: Collection[str], stem: int):
        """Sets it up.

        Args:
            common: stems that many bundled questions share, and that tie nothing together.
            function: English function words.
            stem: letters of a stem.
        """
        self._cues = cues
        self._common = frozenset(("", *common))
        self._function = frozenset(function)
        self._stem = stem
        self._stem_of = ByWord(self._beginning)
        self._is_past = ByWord(lambda word: word.endswith("ed") or word in cues.past)

    def show(self, sentences: Sequence[Sentence], texts: Iterable[str], asked: Collection[str]) -> bool:
        """Whether the answer looks sewn together.

        Args:
            texts: the candidate's turns.
            asked: stems of the question.
        """
        signs = self.signs(sentences, texts, asked)
        worth = sum(self._cues.weights[name] * value for name, value in signs.items())
        return bool(sentences) and worth < self.wanted(sum(len(sentence.words) for sentence in sentences))

    def signs(self, sentences: Sequence[Sentence], texts: Iterable[str], asked: Collection[str]) -> Mapping[str, float]:
        """How much there is of each sign."""
        stems = [[*map(self._stem_of.__getitem__, sentence.words)] for sentence in sentences]
        counts = Counter(chain.from_iterable(stems))
        said = max(1, counts.total())
        del counts[""]
        again = sum(count * (count - 1) for count in counts.values()) / max(1, counts.total())
        once = {stem for stem, count in counts.items() if count == 1}.difference(asked)
        return {
            "ties": min(MOST_TIES, again),
            "lonely": self._lonely(stems, asked),
            "once": 100 * len(once.intersection(_named(sentences, stems))) / said,
            "tenses": self._tenses(sentences),
            "uneven": _uneven([*map(len, stems)]),
            "unmeant_start": bool(sentences) and sentences[0].words[0] in self._cues.starts,
            "capitals": self._capitals(texts),
        }

    def wanted(self, said: int) -> float:
        """The least worth of so many words: short answers have had less time to come back to anything."""
        longer = math.log(max(1, min(LONGEST, said)) / self._cues.usual)
        return self._cues.least + longer * (self._cues.shorter if longer < 0 else self._cues.longer)

    def _beginning(self, word: str) -> str:
        """The word's stem; empty where it bears no content."""
        bears = len(word) >= self._stem - 1 and word not in self._function and word[0].isalpha()
        return word[: self._stem] if bears else ""

    def _lonely(self, stems: Sequence[Sequence[str]], asked: Collection[str]) -> float:
        """Share of sentences with nothing particular in them that stands in another one or in the question."""
        particular = [{*found} - self._common for found in stems]
        tied, heard = set[str](), {*asked}
        for found in particular:
            tied |= found & heard
            heard |= found
        return sum(map(tied.isdisjoint, particular)) / max(1, len(stems))

    def _tenses(self, sentences: Sequence[Sentence]) -> float:
        """Share of sentences in the past or in the present, whichever is smaller."""
        past = [any(map(self._is_past.__getitem__, sentence.words)) for sentence in sentences]
        now = [not was and not PRESENT.isdisjoint(each.words) for each, was in zip(sentences, past, strict=True)]
        return min(sum(past), sum(now)) / max(1, len(past))

    def _capitals(self, texts: Iterable[str]) -> int:
        """Small words with a capital amid a sentence; one is a title, or a slip."""
        found = [word for text in texts for word in _CAPITAL.findall(text) if word not in NAMES]
        return min(MOST_CAPITALS, max(0, sum(word.lower() in self._function for word in found) - 1))


def _named(sentences: Sequence[Sentence], stems: Sequence[Sequence[str]]) -> list[str]:
    """What "the" stands before: where nobody has spoken of it, nor will, it comes from another text."""
    named: list[str] = []
    for sentence, found in zip(sentences, stems, strict=True):
        if "the" in sentence.words:
            named += [stem for said, stem in zip(sentence.words, found[1:], strict=False) if said == "the"]
    return named


def _uneven(lengths: Sequence[int]) -> float:
    """How much the sentences differ in length: the standard deviation in means."""
    total = sum(lengths)
    squares = sum(length * length for length in lengths)
    return math.sqrt(len(lengths) * squares - total * total) / max(1, total)
