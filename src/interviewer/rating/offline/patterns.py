"""Small patterns over words, compiled once and tried only on sentences that hold their words in their order.

A pattern is a row of elements, each matching words of one sentence: `word`, `wor*` (begins so), `*ed` (ends so),
`{list}` (a list of words), `#` (a number), `a|b` (either), `a_b` (one after the other), `x?` (may be missing),
`..` (up to three words) and `..6` (up to six). It may not know what a match is worth.

Each word is matched together with its marks, one capital letter for every list it is on, so that a list of four
hundred words costs no more than one. Which patterns are worth trying is found for all at once, in one pass over the
words with a bit for each element (Shift-And, after Baeza-Yates and Gonnet 1992). Where each element is one word, as in
700 of 1,770 patterns, that finds the match too; of the others eight are searched for in a sentence, three in vain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from string import ascii_uppercase
from typing import NamedTuple

from .word_list import ByWord, WordList

_GAP = re.compile(r"\.\.(\d*)$")
NUMBER = "number"
"""The list of words that stand for a number beside digits."""


class Match(NamedTuple):
    """A pattern found in a sentence: its first and last word."""

    first: int
    last: int


match_of: Callable[[tuple[int, int]], Match] = partial(tuple.__new__, Match)
"""The match from the one word to the other: half of the instructions of `Match(...)`, which 130 of an answer take."""


class _Known(NamedTuple):
    """What follows from a word alone."""

    marked: str
    """The word as it is matched: a space, the word, a stroke and its marks."""
    fits: int
    """A bit for every element that it may be the beginning of."""


_Pattern = tuple[str, int, re.Pattern[str] | None]
"""Its group; how many elements it has; its expression, None where each element is one word: such a pattern is found
where its last element is reached."""


class _Words:
    """What single words are to the patterns: the lists they are on, and the elements that they fit.

    It does not know who remembers what is found out here: in a circle, neither could be let go at once.
    """

    def __init__(self, number: str):
        self._number = number
        """The mark of numbers."""
        self.marks: defaultdict[str, str] = defaultdict(str)
        """By word, or beginning of a word with a star, the marks of the lists it is on."""
        self.exact: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        self.begins: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        self.ends: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        """By word, beginning or ending the numbers of the elements that it fits: bits would take ten times the room."""

    def known(self, word: str) -> _Known:
        """What follows from the word alone."""
        begins = [word[:end] for end in range(len(word) + 1)]
        marks = {*self.marks.get(word, ""), *"".join([self.marks.get(f"{begin}*", "") for begin in begins])}
        if word[0].isdigit():
            marks.add(self._number)
        fitting = [self.exact.get(exact, ()) for exact in (word, *marks)]
        fitting += [self.begins.get(begin, ()) for begin in begins]
        fitting += [self.ends.get(word[len(begin) :], ()) for begin in begins]
        fits = 0
        for element in set(chain.from_iterable(fitting)):
            fits |= 1 << element
        return _Known(f" {word}/{''.join(sorted(marks))}", fits)


class Patterns:
    """Named groups of patterns, searched together."""

    def __init__(self, groups: Mapping[str, Sequence[str]], lists: Mapping[str, Sequence[str]]):
        self._marks = dict(zip(lists, ascii_uppercase, strict=False))
        self._phrases: dict[str, tuple[str, ...]] = {}
        """By mark, the phrases of its list."""
        self._words = _Words(self._marks[NUMBER])
        for name, mark in self._marks.items():
            self._list(mark, WordList.of(lists[name]))
        self._patterns: dict[int, _Pattern] = {}
        """By the number of the last element that may not be missing."""
        self._elements = 0
        """How many elements have a bit: those that may not be missing."""
        self._firsts = self._lasts = 0
        """A bit for every element that begins, or ends, its pattern."""
        self._waits = 0
        """A bit for every element behind which other words may stand before the next."""
        # From the last to the first, for the highest bit of a number is found quickest.
        for name, patterns in reversed([*groups.items()]):
            for pattern in reversed(patterns):
                self._add(name, pattern)
        self._stays = self._firsts | self._waits << 1
        """A bit for every element that any later word may begin, once those before it have been seen."""
        self._known = ByWord(self._words.known)

    def found(self, words: Sequence[str]) -> dict[str, Match]:
        """Every group with a match in the plain words of a sentence, and the match.

        Of a group's patterns the first that matches, in the order of the file, stands for all.
        """
        known = [*map(self._known.__getitem__, words)]
        marked = "".join([word.marked for word in known])
        found: dict[str, Match] = {}
        for last, at in sorted(self._reached(known), reverse=True):
            group, size, expression = self._patterns[last]
            if group in found:
                continue
            if expression is None:
                found[group] = match_of((at - size + 1, at))
            elif match := expression.search(marked):
                first = marked.count(" ", 0, match.start())
                found[group] = match_of((first, first + match[0].count(" ") - 1))
        return found

    def _reached(self, known: Sequence[_Known]) -> list[tuple[int, int]]:
        """The last element of each pattern whose elements stand there in order, gaps taken for endless, and where."""
        stays, wanted, awaited = self._stays, self._firsts, self._lasts
        ends: list[tuple[int, int]] = []
        for at, word in enumerate(known):
            reached = wanted & word.fits
            wanted = reached << 1 | wanted & stays
            if here := reached & awaited:
                awaited ^= here
                while here:
                    last = here.bit_length() - 1
                    here ^= 1 << last
                    ends.append((last, at))
        return ends

    def _list(self, mark: str, words: WordList) -> None:
        self._phrases[mark] = words.phrases
        for word in (*words.words, *(f"{begin}*" for begin in words.begins)):
            self._words.marks[word] += mark

    def _add(self, name: str, pattern: str) -> None:
        elements = pattern.split()
        first = self._elements
        plain = True
        for element in elements:
            if _GAP.match(element) or _is_optional(element):
                self._waits |= 1 << self._elements >> 1
                plain = False
            else:
                options = self._options(element)
                self._number(options)
                plain = plain and not any(" " in option for option in options)
        if self._elements == first:
            raise ValueError(f"all of the pattern {pattern!r} may be missing")
        last = self._elements - 1
        self._firsts |= 1 << first
        self._lasts |= 1 << last
        expression = None if plain else re.compile("".join(self._element(element) for element in elements))
        self._patterns[last] = name, len(elements), expression

    def _number(self, options: Sequence[str]) -> None:
        """Gives the next bit to an element with these options."""
        for option in options:
            first, *others = option.split()
            if others:
                self._waits |= 1 << self._elements
            if first.endswith("*"):
                self._words.begins[first[:-1]] += (self._elements,)
            elif first.startswith("*"):
                self._words.ends[first[1:]] += (self._elements,)
            else:
                self._words.exact[first] += (self._elements,)
        self._elements += 1

    def _element(self, element: str) -> str:
        if gap := _GAP.match(element):
            return f"(?: [^ ]+){{0,{gap[1] or 3}}}?"
        runs = groupby(self._options(element), _kind)
        options = "|".join(fragment for kind, run in runs for fragment in _fragments(kind, [*run]))
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
                options.extend(self._phrases[self._marks[name]])
        return options


def _is_optional(element: str) -> bool:
    return element.endswith("?") and len(element) > 1


def _kind(option: str) -> str:
    """Whether it is a mark of lists, one word or several."""
    return "mark" if option.isupper() else "phrase" if " " in option else "word"


def _fragments(kind: str, options: Sequence[str]) -> Iterable[str]:
    """What matches any of these options; those of one word together, which makes the expressions half as large."""
    if kind == "mark":
        return [f"[^/]+/[^ ]*[{''.join(options)}][^ ]*"]
    plain = [re.escape(option).replace(r"\*", "[^/]*") for option in options]
    if kind == "word":
        return [f"(?:{'|'.join(plain)})/[^ ]*"]
    return [phrase.replace(r"\ ", "/[^ ]* ") + "/[^ ]*" for phrase in plain]
