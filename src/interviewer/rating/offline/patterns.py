"""Small patterns over words, compiled once and tried only where one of their telling words stands.

A pattern is a row of elements, each matching words of one sentence: `word`, `wor*` (begins so), `*ed` (ends so),
`{list}` (a list of words), `#` (a number), `a|b` (either), `a_b` (one after the other), `x?` (may be missing),
`..` (up to three words) and `..6` (up to six). It may not know what a match is worth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"\.\.(\d*)$")
_WORD = re.compile(r"[^ ]+")
_DIGITS = r"\d[^ ]*"
NUMBER = "number"
"""The list of words that stand for a number beside digits."""

FIRST = 0.1
"""The first element tells better than a later one of the same commonness: a match can only begin there."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence: character offsets in the sentence's plain form."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    group: str
    expression: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    """For every element of plain words, those of which a sentence must hold one."""
    leads: bool
    """Whether the telling words stand at its beginning."""

    def first(self, plain: str, places: Sequence[int]) -> re.Match[str] | None:
        """The first match, given where telling words stand."""
        if not self.leads:
            return self.expression.search(plain)
        return next(filter(None, (self.expression.match(plain, place) for place in places)), None)


class Patterns:
    """Named groups of patterns, searched together."""

    def __init__(self, groups: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]]):
        self._words = words
        self._patterns: list[_Pattern] = []
        self._exact: dict[str, list[int]] = {}
        self._begins: list[tuple[str, int]] = []
        self._ends: list[tuple[str, int]] = []
        self._numbers: list[int] = []
        for name, patterns in groups.items():
            for pattern in patterns:
                self._add(name, pattern)
        self._tried = lru_cache(maxsize=20_000)(self._tried_for)

    def found(self, plain: str) -> dict[str, Match]:
        """Every group with a match in the plain sentence (lower case, one space after each word), and the match.

        Of a group's patterns the first that matches, in the order of the file, stands for all.
        """
        words = set(plain.split())
        tried: dict[int, list[int]] = {}
        for word in _WORD.finditer(plain):
            for index in self._tried(word[0]):
                tried.setdefault(index, []).append(word.start())
        found: dict[str, Match] = {}
        for index in sorted(tried):
            pattern = self._patterns[index]
            if pattern.group in found or any(map(words.isdisjoint, pattern.needs)):
                continue
            if match := pattern.first(plain, tried[index]):
                found[pattern.group] = Match(match.start(), match.end() - 1)
        return found

    def _add(self, name: str, pattern: str) -> None:
        elements = pattern.split()
        expression = "(?<![^ ])" + "".join(self._element(element) for element in elements)
        fixed = [self._firsts(e) for e in elements if not _GAP.match(e) and not _is_optional(e)]
        first = self._firsts(elements[0])
        telling = min(fixed, key=lambda words: self._commonness(words) * (FIRST if words == first else 1))
        plain = [frozenset(words) for words in fixed if words != telling and not any(map(_is_open, words))]
        index = len(self._patterns)
        needs = tuple(sorted(plain, key=len))
        self._patterns.append(_Pattern(name, re.compile(expression), needs, leads=telling == first))
        for word in telling:
            self._remember(word, index)

    def _remember(self, word: str, index: int) -> None:
        if word == "#":
            self._numbers.append(index)
        elif word.endswith("*"):
            self._begins.append((word[:-1], index))
        elif word.startswith("*"):
            self._ends.append((word[1:], index))
        else:
            self._exact.setdefault(word, []).append(index)

    def _element(self, element: str) -> str:
        if gap := _GAP.match(element):
            return f"(?:[^ ]+ ){{0,{gap[1] or 3}}}?"
        optional = "?" if _is_optional(element) else ""
        options = "|".join(_fragment(option) for option in self._options(element))
        return f"(?:(?:{options}) ){optional}"

    def _options(self, element: str) -> list[str]:
        body = element[:-1] if _is_optional(element) else element
        options: list[str] = []
        for option in body.split("|"):
            if option.startswith("{"):
                options.extend(word.replace("_", " ") for word in self._words[option[1:-1]])
            elif option == "#":
                options.extend(("#", *self._words[NUMBER]))
            else:
                options.append(option.replace("_", " "))
        return options

    def _firsts(self, element: str) -> set[str]:
        """The first words of an element's options."""
        return {option.split()[0] for option in self._options(element)}

    def _commonness(self, words: set[str]) -> float:
        frequent = self._words["function"]
        return sum(20 if word in frequent else 40 if _is_open(word) else 1 for word in words)

    def _tried_for(self, word: str) -> tuple[int, ...]:
        tried = list(self._exact.get(word, ()))
        tried += [index for begin, index in self._begins if word.startswith(begin)]
        tried += [index for end, index in self._ends if word.endswith(end)]
        if word[0].isdigit():
            tried += self._numbers
        return tuple(tried)


def _is_optional(element: str) -> bool:
    return element.endswith("?") and len(element) > 1


def _is_open(word: str) -> bool:
    """Whether more than one word fits."""
    return "*" in word or word == "#"


def _fragment(option: str) -> str:
    if option == "#":
        return _DIGITS
    return " ".join(re.escape(word).replace(r"\*", "[^ ]*") for word in option.split())
