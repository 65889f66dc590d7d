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

from .word_list import WordList

_GAP = re.compile(r"\.\.(\d*)$")
_WORD = re.compile(r"[^ ]+")
NUMBER = "number"
"""The list of words that stand for a number beside digits."""
FIRST = 0.1
"""The first element tells better than a later one of the same commonness: a match can only begin there."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence: its first and last word."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    group: str
    expression: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    """For every other element without endings left open: words and marks of which a sentence must hold one."""
    leads: bool
    """Whether the telling words stand at its beginning."""

    def find(self, marked: str, places: Sequence[int]) -> re.Match[str] | None:
        """The first match, given where telling words stand."""
        if not self.leads:
            return self.expression.search(marked)
        for place in places:
            if match := self.expression.match(marked, place):
                return match
        return None


@dataclass(frozen=True, slots=True)
class _Known:
    """What follows from a word alone."""

    marked: str
    """The word with its marks and a space."""
    held: tuple[str, ...]
    """The word and its marks."""
    led: tuple[int, ...]
    """Patterns that it may be the beginning of."""
    others: tuple[int, ...]
    """Patterns that it is a telling word of, further on."""


class Patterns:
    """Named groups of patterns, searched together."""

    def __init__(self, groups: Mapping[str, Sequence[str]], lists: Mapping[str, Sequence[str]]):
        self._marks = dict(zip(lists, ascii_uppercase, strict=False))
        self._listed = {self._marks[name]: WordList.of(words) for name, words in lists.items()}
        self._frequent = frozenset(lists["function"])
        self._patterns: list[_Pattern] = []
        self._exact: dict[str, list[int]] = {}
        self._begins: list[tuple[str, int]] = []
        self._ends: list[tuple[str, int]] = []
        for name, patterns in groups.items():
            for pattern in patterns:
                self._add(name, pattern)
        self._known = lru_cache(maxsize=20_000)(self._known_word)

    def found(self, words: Sequence[str]) -> dict[str, Match]:
        """Every group with a match in the plain words of a sentence, and the match.

        Of a group's patterns the first that matches, in the order of the file, stands for all.
        """
        led: defaultdict[int, list[int]] = defaultdict(list)
        others: set[int] = set()
        held: set[str] = set()
        pieces: list[str] = []
        at = 0
        for word in words:
            known = self._known(word)
            held.update(known.held)
            others.update(known.others)
            for index in known.led:
                led[index].append(at)
            pieces.append(known.marked)
            at += len(known.marked)
        return self._matches("".join(pieces), sorted(others.union(led)), led, held)

    def _matches(
        self, marked: str, tried: Sequence[int], led: Mapping[int, Sequence[int]], held: set[str]
    ) -> dict[str, Match]:
        found: dict[str, Match] = {}
        lacks = held.isdisjoint
        for index in tried:
            pattern = self._patterns[index]
            if pattern.group in found or any(map(lacks, pattern.needs)):
                continue
            if match := pattern.find(marked, led.get(index, ())):
                first = marked.count(" ", 0, match.start())
                found[pattern.group] = Match(first, marked.count(" ", 0, match.end()) - 1)
        return found

    def _add(self, name: str, pattern: str) -> None:
        elements = pattern.split()
        expression = "(?<![^ ])" + "".join(self._element(element) for element in elements)
        fixed = [self._firsts(element) for element in elements if not _GAP.match(element) and not _is_optional(element)]
        first = self._firsts(elements[0])
        telling = min(fixed, key=lambda words: self._commonness(words) * (FIRST if words == first else 1))
        plain = [frozenset(words) for words in fixed if words != telling and not any("*" in word for word in words)]
        index = len(self._patterns)
        needs = tuple(sorted(plain, key=len))
        self._patterns.append(_Pattern(name, re.compile(expression), needs, leads=telling == first))
        for word in telling:
            self._remember(word, index)

    def _remember(self, word: str, index: int) -> None:
        if word.endswith("*"):
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

    def _firsts(self, element: str) -> set[str]:
        """The first words or marks of an element's options."""
        return {option.split()[0] for option in self._options(element)}

    def _commonness(self, words: set[str]) -> float:
        """Roughly how often one of the words stands in a sentence: frequent ones, open or listed ones, others."""
        return sum(200 if word in self._frequent else 30 if "*" in word or word.isupper() else 1 for word in words)

    def _known_word(self, word: str) -> _Known:
        marks = [mark for mark, listed in self._listed.items() if word in listed]
        if word[0].isdigit() and self._marks[NUMBER] not in marks:
            marks.append(self._marks[NUMBER])
        tried = [index for exact in (word, *marks) for index in self._exact.get(exact, ())]
        tried += [index for begin, index in self._begins if word.startswith(begin)]
        tried += [index for end, index in self._ends if word.endswith(end)]
        led, others = (tuple(i for i in tried if self._patterns[i].leads is leads) for leads in (True, False))
        return _Known(f"{word}{''.join(marks)} ", (word, *marks), led, others)


def _is_optional(element: str) -> bool:
    return element.endswith("?") and len(element) > 1


def _fragment(option: str) -> str:
    if option.isupper():
        return f"[^ A-Z]+[A-Z]*{option}[A-Z]*"
    return " ".join(re.escape(word).replace(r"\*", "[^ A-Z]*") + "[A-Z]*" for word in option.split())
