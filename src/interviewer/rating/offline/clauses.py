"""Splits the candidate's turns into sentences and words, and says of each what sort of statement it is.

It knows offsets, negation, the hypothetical, lists and hollow praise; it may not know any dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:[.,:]\d+)*[^\W\d_]*|[^\W_]+(?:['’][^\W\d_]+)*|[%€£$:?]")
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*|;\s+|\s+[-–—]\s+|—")
_SHORT_FORMS = {"n't": "not", "'d": "would", "'ll": "will", "'ve": "have", "'m": "am", "'re": "are"}
_WITH_IS = frozenset(("it", "that", "there", "what", "he", "she", "who", "here", "where", "this", "how", "everything"))
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "let's": ("let", "us"),
    "%": ("percent",), "€": ("euros",), "£": ("pounds",), "$": ("dollars",),
}  # fmt: skip


class Word(NamedTuple):
    """One plain word and the characters of the turn it was made of."""

    plain: str
    start: int
    end: int
    follows: bool
    """Whether nothing but white space lies between it and the word before."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a candidate turn."""

    turn: int
    """Index into the thread's turns."""
    start: int
    end: int
    words: tuple[Word, ...]
    plain: str
    """The plain words with one space between them."""
    commas: int
    spoken: int
    """Words as a listener counts them."""


def sentences_of(text: str, turn: int) -> tuple[Sentence, ...]:
    """The sentences of one turn, empty ones left out."""
    found: list[Sentence] = []
    for start, end in _pieces(text):
        words = tuple(_words(text, start, end))
        if words:
            first, last = words[0].start, words[-1].end
            plain = " ".join(word.plain for word in words)
            spoken = spoken_words(text[first:last])
            found.append(Sentence(turn, first, last, words, plain, text.count(",", start, end), spoken))
    return tuple(found)


def spoken_words(text: str) -> int:
    """Words as a listener counts them: pieces between white space that hold a letter or a digit."""
    return sum(piece[0].isalnum() or any(map(str.isalnum, piece)) for piece in text.split())


def _pieces(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for cut in _END.finditer(text):
        if cut.start() > at:
            yield at, cut.start()
        at = cut.end()
    if at < len(text):
        yield at, len(text)


def _words(text: str, start: int, end: int) -> Iterable[Word]:
    last = start
    for match in _WORD.finditer(text, start, end):
        follows = text[last : match.start()].isspace()
        last = match.end()
        for plain in plain_words(match[0]):
            yield Word(plain, match.start(), match.end(), follows)
            follows = True


@lru_cache(maxsize=20_000)
def plain_words(token: str) -> tuple[str, ...]:
    """The token in lower case, short forms written out."""
    word = token.lower().replace("’", "'")
    if word in _WHOLE:
        return _WHOLE[word]
    if "'" not in word:
        return (word,)
    for ending, full in _SHORT_FORMS.items():
        if word.endswith(ending) and word != ending:
            return (word[: -len(ending)], full)
    stem, _, rest = word.partition("'")
    if rest == "s":
        return (stem, "is") if stem in _WITH_IS else (stem,)
    return (word.replace("'", ""),)
