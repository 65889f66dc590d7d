"""A list of words with open endings, in the form that is quick to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
