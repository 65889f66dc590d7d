"""Small patterns over words, compiled once and tried only where one of their telling words stands.

A pattern is a row of elements, each matching words of one sentence: `word`, `wor*` (begins so), `*ed` (ends so),
`{list}` (a list of words), `#` (a number), `a|b` (either), `a_b` (one after the other), `x?` (may be missing),
`..` (up to three words) and `..6` (up to six). It may not know what a match is worth.

Each word is matched together with its marks, one capital letter for every list it is on, so that a list of four
hundred words costs no more than one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase
from typing import NamedTuple

from .word_list import WordList

_GAP = re.compile(r"\.\.(\d*)$")
_WORD = re.compile(r"[^ ]+")
NUMBER = "number"
"""The list of words that stand for a number beside digits."""


class Match(NamedTuple):
    """A pattern found in a sentence: its first and last word."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What follows from a word alone."""

    marked: str
    """The word as it is matched: a space, the word, a stroke and its marks."""
    stands_for: int
    """A bit for every element that it may be the beginning of."""
    tells: tuple[int, ...]
    """Patterns that it is a telling word of."""


class Patterns:
    """Named groups of patterns, searched together."""

    def __init__(self, groups: Mapping[str, Sequence[str]], lists: Mapping[str, Sequence[str]]):
        self._marks = dict(zip(lists, ascii_uppercase, strict=False))
        self._listed = {self._marks[name]: WordList.of(words) for name, words in lists.items()}
        self._frequent = frozenset(lists["function"])
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        """The group and the expression of each."""
        self._needs: list[int] = []
        """For each a bit for every element that may not be missing."""
        self._told: defaultdict[int, list[int]] = defaultdict(list)
        self._numbers: dict[frozenset[str], int] = {}
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._begins: list[tuple[str, int]] = []
        self._ends: list[tuple[str, int]] = []
        for name, patterns in groups.items():
            for pattern in patterns:
                self._add(name, pattern)
        self._every = (1 << len(self._numbers)) - 1
        """A bit for every element: what lacks is kept above 0, for negative numbers are slow to compare."""
        self._known = lru_cache(maxsize=20_000)(self._known_word)

    def found(self, words: Sequence[str]) -> dict[str, Match]:
        """Every group with a match in the plain words of a sentence, and the match.

        Of a group's patterns the first that matches, in the order of the file, stands for all.
        """
        known = [self._known(word) for word in words]
        held = 0
        for word in known:
            held |= word.stands_for
        lacks, needs = self._every & ~held, self._needs
        tried = set[int]().union(*[word.tells for word in known])
        marked = "".join([word.marked for word in known])
        found: dict[str, Match] = {}
        for index in sorted([index for index in tried if not needs[index] & lacks]):
            group, expression = self._patterns[index]
            if group not in found and (match := expression.search(marked)):
                first = marked.count(" ", 0, match.start())
                found[group] = Match(first, first + match[0].count(" ") - 1)
        return found

    def _add(self, name: str, pattern: str) -> None:
        elements = pattern.split()
        expression = "".join(self._element(element) for element in elements)
        fixed = [self._firsts(element) for element in elements if not _GAP.match(element) and not _is_optional(element)]
        needed = {self._number(words) for words in fixed}
        self._told[self._number(min(fixed, key=self._commonness))].append(len(self._patterns))
        self._needs.append(sum(1 << number for number in needed))
        self._patterns.append((name, re.compile(expression)))

    def _number(self, words: frozenset[str]) -> int:
        """The number of the element that these words and marks begin."""
        if words not in self._numbers:
            number = self._numbers[words] = len(self._numbers)
            for word in words:
                if word.endswith("*"):
                    self._begins.append((word[:-1], number))
                elif word.startswith("*"):
                    self._ends.append((word[1:], number))
                else:
                    self._exact[word].append(number)
        return self._numbers[words]

    def _element(self, element: str) -> str:
        if gap := _GAP.match(element):
            return f"(?: [^ ]+){{0,{gap[1] or 3}}}?"
        options = "|".join(_fragment(option) for option in self._options(element))
        return f"(?: (?:{options}))?" if _is_optional(element) else f" (?:{options})"

    def _options(self, element: str) -> list[str]:
        """The element's options: words with spaces between them, and marks for lists."""
        body = element[:-1] if _is_optional(element) else element
        options: list[str] = []
        for option in body.split("|"):
            name = NUMBER if option == "#" else option[1:-1] if option.startswith("{") else None
            if name is None:
                options.append(option.replace("_", " "))
            else:
                options.append(self._marks[name])
                options.extend(self._listed[self._marks[name]].phrases)
        return options

    def _firsts(self, element: str) -> frozenset[str]:
        """The first words or marks of an element's options."""
        return frozenset(option.split()[0] for option in self._options(element))

    def _commonness(self, words: frozenset[str]) -> float:
        """Roughly how often one of the words stands in a sentence: frequent ones, open or listed ones, others."""
        return sum(200 if word in self._frequent else 30 if "*" in word or word.isupper() else 1 for word in words)

    def _known_word(self, word: str) -> _Known:
        marks = [mark for mark, listed in self._listed.items() if word in listed]
        if word[0].isdigit() and self._marks[NUMBER] not in marks:
            marks.append(self._marks[NUMBER])
        numbers = {number for exact in (word, *marks) for number in self._exact.get(exact, ())}
        numbers.update(number for begin, number in self._begins if word.startswith(begin))
        numbers.update(number for end, number in self._ends if word.endswith(end))
        tells = tuple(index for number in numbers for index in self._told.get(number, ()))
        return _Known(f" {word}/{''.join(marks)}", sum(1 << number for number in numbers), tells)


def _is_optional(element: str) -> bool:
    return element.endswith("?") and len(element) > 1


def _fragment(option: str) -> str:
    if option.isupper():
        return f"[^ /]+/[A-Z]*{option}[A-Z]*"
    return " ".join(re.escape(word).replace(r"\*", "[^ /]*") + "/[A-Z]*" for word in option.split())
