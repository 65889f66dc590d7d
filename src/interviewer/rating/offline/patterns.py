"""Small patterns over words, compiled once and tried only where one of their telling words stands.

A pattern is a row of elements, each matching words of one sentence: `word`, `wor*` (begins so), `*ed` (ends so),
`{list}` (a list of words), `#` (a number), `a|b` (either), `a_b` (one after the other), `x?` (may be missing),
`..` (up to three words) and `..6` (up to six). It may not know what a match is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"\.\.(\d*)$")
_DIGITS = r"\d[^ ]*"
NUMBER = "number"
"""The list of words that stand for a number beside digits."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence: character offsets in the sentence's plain form."""

    start: int
    end: int


class Patterns:
    """Named groups of patterns, searched together."""

    def __init__(self, groups: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]]):
        self._words = words
        self._compiled: list[tuple[str, re.Pattern[str]]] = []
        self._exact: dict[str, list[int]] = {}
        self._begins: list[tuple[str, int]] = []
        self._ends: list[tuple[str, int]] = []
        self._numbers: list[int] = []
        for name, patterns in groups.items():
            for pattern in patterns:
                self._add(name, pattern)
        self._tried = lru_cache(maxsize=20_000)(self._tried_for)

    def found(self, plain: str) -> dict[str, list[Match]]:
        """Every group with a match in the plain sentence (lower case, one space after each word)."""
        tried: set[int] = set()
        for word in plain.split():
            tried.update(self._tried(word))
        found: dict[str, list[Match]] = {}
        for index in sorted(tried):
            name, expression = self._compiled[index]
            if match := expression.search(plain):
                found.setdefault(name, []).append(Match(match.start(), match.end() - 1))
        return found

    def _add(self, name: str, pattern: str) -> None:
        elements = pattern.split()
        expression = "(?<![^ ])" + "".join(self._element(element) for element in elements)
        index = len(self._compiled)
        self._compiled.append((name, re.compile(expression)))
        for word in self._telling(elements):
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
        optional = "?" if element.endswith("?") and len(element) > 1 else ""
        options = "|".join(_fragment(option) for option in self._options(element))
        return f"(?:(?:{options}) ){optional}"

    def _options(self, element: str) -> list[str]:
        body = element[:-1] if element.endswith("?") and len(element) > 1 else element
        options: list[str] = []
        for option in body.split("|"):
            if option.startswith("{"):
                options.extend(word.replace("_", " ") for word in self._words[option[1:-1]])
            elif option == "#":
                options.extend(("#", *self._words[NUMBER]))
            else:
                options.append(option.replace("_", " "))
        return options

    def _telling(self, elements: Iterable[str]) -> set[str]:
        """The first words of that element which the fewest sentences hold."""
        fixed = [e for e in elements if not _GAP.match(e) and not (e.endswith("?") and len(e) > 1)]
        choices = [{option.split()[0] for option in self._options(element)} for element in fixed]
        return min(choices, key=self._commonness)

    def _commonness(self, words: set[str]) -> float:
        frequent = self._words["function"]
        return sum(20 if word in frequent else 40 if word[0] in "*#" else 1 for word in words)

    def _tried_for(self, word: str) -> tuple[int, ...]:
        tried = list(self._exact.get(word, ()))
        tried += [index for begin, index in self._begins if word.startswith(begin)]
        tried += [index for end, index in self._ends if word.endswith(end)]
        if word[0].isdigit():
            tried += self._numbers
        return tuple(tried)


def _fragment(option: str) -> str:
    if option == "#":
        return _DIGITS
    return " ".join(re.escape(word).replace(r"\*", "[^ ]*") for word in option.split())
