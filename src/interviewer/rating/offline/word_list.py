"""A list of words with open endings, in the form that is quick to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Known = TypeVar("Known")
MOST_WORDS = 20_000
"""Words of which anything is remembered."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Words by themselves, beginnings of words, and phrases."""

    words: frozenset[str]
    begins: tuple[str, ...]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> WordList:
        """The list of a cue file: "*" stands for any ending, "_" for a space."""
        single = [word for word in words if "_" not in word]
        return cls(
            frozenset(word for word in single if not word.endswith("*")),
            tuple(word[:-1] for word in single if word.endswith("*")),
            tuple(word.replace("_", " ") for word in words if "_" in word),
        )

    def __contains__(self, word: str) -> bool:
        """Whether the single word is on it."""
        return word in self.words or word.startswith(self.begins)


class ByWord(dict[str, Known]):
    """What follows from a word alone, by word: found out once, and forgotten when too many are known.

    A look-up costs a third of one in an `lru_cache`, which moves what was asked for to its front.
    """

    def __init__(self, find: Callable[[str], Known]):
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Known:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = self._find(word)
        return found
