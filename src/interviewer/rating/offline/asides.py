"""Finds sentences that may be said to whoever reads instead of to the question: what an unseen injection looks like.

Where the cues of `addressed.py` know phrases, this weighs some twenty-five signs of one sentence: kinds of words, marks
of print, an order at its beginning, no word of the question. The weights are fitted (`benchmarks/fitting_asides.py`).
It looks at each sentence by itself, so that nothing that is added to an answer makes another sentence less doubtful.
A sentence that is found is no accusation: the answer is also read without it, and the lower level counts. It may not
know how an answer is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_

from ...bank.cues import AsideCues
from .clauses import Sentence
from .word_list import ByWord, WordList

_OF_SPEECH = r"\x00-\"%-)+-9?A-Za-z\x7f-\u024f\u2010-\u2027\u20ac\u2030-\u205e"
_UNSPOKEN = re.compile(rf"[^{_OF_SPEECH}]")
_PRINT = re.compile(rf"[^{_OF_SPEECH}:]")
"""What seldom stands in speech: brackets, marks of programs, other scripts and pictures."""
_MUCH_PRINT = 3
_OF_PRINT = ("key", "print", "much_print")
SEEN = ("unasked", "order", "strange", *_OF_PRINT, "number", "figure")
"""The signs that are seen of more than single words."""
_KEY_FIRST = re.compile(r"\W*[\w'’()./-]+(?: [\w'’()./-]+){0,4}\s?[:=](?!\S*//)")
_KEY_WITHIN = re.compile(r"=(?<=\w=)\S|:(?<=\w:)\S|->|➡")
"""A key with its value."""
_MARKS = frozenset("12345")
_ROUND = re.compile(r"100|[1-5]")
_AT_ONCE = 3
"""Words within which an order begins."""
_LONG_ENOUGH, _ENGLISH_SHARE = 6, 0.16
"""From so many words a sentence with a smaller share of English function words is strange; from four, with none."""


class AsideFinder:
    """The rule with its word lists in the form that is quick to ask."""

    def __init__(self, rule: AsideCues, lists: Mapping[str, Sequence[str]], function: frozenset[str], stem: int):
        """Sets it up.

        Args:
            lists: further kinds of words, beside the rule's own.
            function: English function words.
            stem: letters by which a word of the question is recognised.
        """
        self._rule = rule
        self._doubtful = rule.doubtful
        self._stem = stem
        kinds = {name: WordList.of(words) for name, words in (rule.kinds | dict(lists)).items()}
        self._bits = {name: 1 << at for at, name in enumerate(kinds)}
        self._marks = reduce(or_, (self._bits[name] for name in rule.marks), 0)
        self._before_orders = reduce(or_, (self._bits[name] for name in rule.before_orders), 0)

        self._english, self._figure, self._number = (1 << len(kinds) + at for at in range(3))

        def kinds_of(word: str) -> int:
            figure = word[:1].isdigit() and not _ROUND.fullmatch(word)
            own = self._english * (word in function) + self._figure * figure + self._number * (word in _MARKS)
            return own + sum(self._bits[name] for name, words in kinds.items() if word in words)

        self._kinds = ByWord(kinds_of)
        self._worth_of_words = lru_cache(maxsize=5_000)(self._worth_of_kinds)

    def found(self, sentences: Sequence[Sentence], texts: Sequence[str], asked: frozenset[str]) -> list[Sentence]:
        """The sentences that may be said to whoever reads.

        Args:
            texts: of all turns.
            asked: stems of the question.
        """
        return [each for each in sentences if self._is_doubtful(each, texts[each.turn], asked)]

    def _is_doubtful(self, sentence: Sentence, text: str, asked: frozenset[str]) -> bool:
        """Whether the odds that it is are high enough; few sentences are looked at any closer than word by word."""
        kinds, said = [*map(self._kinds.__getitem__, sentence.words)], _said(sentence, text)
        shown = reduce(or_, {*kinds})
        worth, most = self._worth_of_words(shown, self._marks_in(kinds, shown), _UNSPOKEN.search(said) is None)
        if most <= self._doubtful:
            return False
        signs = self._signs(sentence.words, kinds, shown, said, asked)
        return worth + sum(map(self._rule.weights.__getitem__, signs)) > self._doubtful

    def signs(self, sentence: Sentence, text: str, asked: frozenset[str]) -> list[str]:
        """Everything that has a weight and that the sentence shows, to fit the weights."""
        kinds, said = [*map(self._kinds.__getitem__, sentence.words)], _said(sentence, text)
        shown = reduce(or_, {*kinds})
        signs = self._signs_of_kinds(shown, self._marks_in(kinds, shown))
        signs += self._signs(sentence.words, kinds, shown, said, asked)
        return [sign for sign in signs if sign in self._rule.weights]

    def _marks_in(self, kinds: Sequence[int], shown: int) -> int:
        """How many of the words are marks, up to two."""
        return min(2, len([kind for kind in kinds if kind & self._marks])) if shown & self._marks else 0

    def _worth_of_kinds(self, kinds: int, of_marks: int, spoken: bool) -> tuple[float, float]:
        """What the words are worth by themselves, and at most with all that may be seen beside them."""
        weights = self._rule.weights
        worth = self._rule.usual + sum(weights.get(sign, 0.0) for sign in self._signs_of_kinds(kinds, of_marks))
        ruled_out = {"order": not kinds & self._bits["orders"], "number": not kinds & self._number,
                     "figure": not kinds & self._figure} | dict.fromkeys(_OF_PRINT, spoken)  # fmt: skip
        return worth, worth + sum(max(0.0, weights[sign]) for sign in SEEN if not ruled_out.get(sign))

    def _signs_of_kinds(self, kinds: int, of_marks: int) -> list[str]:
        shown = [name for name, bit in self._bits.items() if kinds & bit]
        shown += ["mark"] * (of_marks > 0) + ["two_marks"] * (of_marks > 1)
        return shown + [pair for pair, both in self._rule.pairs.items() if set(shown).issuperset(both)]

    def _signs(
        self, words: Sequence[str], kinds: Sequence[int], shown: int, said: str, asked: frozenset[str]
    ) -> list[str]:
        """What is seen of more than single words.

        Args:
            shown: all kinds in one.
        """
        signs = {
            "unasked": asked.isdisjoint([word[: self._stem] for word in words]),
            "order": shown & self._bits["orders"] > 0 and self._is_order(kinds),
            "strange": self._is_strange(kinds, said),
            **_print_shown(said),
            "number": shown & self._number > 0 and self._holds_a_mark(words),
            "figure": shown & self._figure > 0,
        }
        return [sign for sign, is_shown in signs.items() if is_shown]

    def _is_order(self, kinds: Sequence[int]) -> bool:
        """Whether it begins with a verb that orders, courtesies aside."""
        order = self._bits["orders"]
        for kind in kinds[:_AT_ONCE]:
            if kind & order:
                return True
            if not kind & self._before_orders:
                return False
        return False

    def _is_strange(self, kinds: Sequence[int], said: str) -> bool:
        if not said.isascii() and sum(char.isalpha() and not char.isascii() for char in said) >= _LONG_ENOUGH:
            return True
        english = len([kind for kind in kinds if kind & self._english])
        share = english / len(kinds)
        return (len(kinds) >= _LONG_ENOUGH and share < _ENGLISH_SHARE) or (len(kinds) >= 4 and not english)

    def _holds_a_mark(self, words: Sequence[str]) -> bool:
        """Whether a number from one to five stands in it that counts nothing."""
        counted = self._bits["unit"]
        nexts = (*words[1:], "")
        return any(
            word in _MARKS and after not in ("percent", "of", ":") and not self._kinds[after] & counted
            for word, after in zip(words, nexts, strict=True)
        )


def _print_shown(said: str) -> dict[str, bool]:
    """The signs of print; none of them where nothing but speech is seen."""
    if not _UNSPOKEN.search(said):
        return {}
    marks = len(_PRINT.findall(said))
    key = _KEY_FIRST.match(said) or _KEY_WITHIN.search(said)
    return {"key": key is not None, "print": marks > 0, "much_print": marks >= _MUCH_PRINT}


def _said(sentence: Sentence, text: str) -> str:
    """The sentence with the mark before it and the one behind."""
    start, end = sentence.span
    return text[max(0, start - 1) : end + 1]
