"""Splits the candidate's turns into sentences and words, and says of each what sort of statement it is.

It knows offsets, negation, the hypothetical, lists and hollow praise; it may not know any dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from ...text import straight
from .word_list import ByWord

_WORD = re.compile(r"\d+(?:[.,:]\d+)*[^\W\d_]*|[^\W_]+(?:['’][^\W\d_]+)*|[%€£$:?]")
_END = re.compile(r"(?=[\s\"'”’);—])(?:(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*|;\s+|\s+[-–—]\s+|—)")
"""What stands between two sentences. Looking at the first character by itself halves the time this takes."""
_SHORT_FORMS = {"n't": "not", "'d": "would", "'ll": "will", "'ve": "have", "'m": "am", "'re": "are"}
_WITH_IS = frozenset(("it", "that", "there", "what", "he", "she", "who", "here", "where", "this", "how", "everything"))
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "let's": ("let", "us"),
    "%": ("percent",), "€": ("euros",), "£": ("pounds",), "$": ("dollars",),
}  # fmt: skip


class Sentence(NamedTuple):
    """One sentence of a candidate turn."""

    turn: int
    """Index into the thread's turns."""
    words: tuple[str, ...]
    """In small letters, short forms written out."""
    places: tuple[tuple[int, int], ...]
    """By word, where it begins and ends in the turn; two words of one short form have the same place."""
    beside: tuple[bool, ...]
    """By word, whether nothing but white space lies between it and the word before."""
    commas: int
    spoken: int
    """Words as a listener counts them."""
    pieces: int
    """Words as evidence counts them: whatever stands between white space."""


def sentences_of(text: str, turn: int) -> tuple[Sentence, ...]:
    """The sentences of one turn, empty ones left out."""
    found = (_sentence(text, turn, start, end) for start, end in _pieces(text))
    return tuple([sentence for sentence in found if sentence.words])


def _sentence(text: str, turn: int, start: int, end: int) -> Sentence:
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    said = [_plain[text[first:last]] for first, last in spans]
    before = [start, *[last for _, last in spans]]
    beside = [text[last:first].isspace() for last, (first, _) in zip(before, spans, strict=False)]
    words = tuple(chain.from_iterable(said))
    if len(words) > len(spans):  # what was a short form stands where the short form stood
        beside = [at > 0 or near for near, plain in zip(beside, said, strict=True) for at in range(len(plain))]
        spans = [span for span, plain in zip(spans, said, strict=True) for _ in plain]
    pieces = text[spans[0][0] : before[-1]].split() if spans else []
    commas = text.count(",", start, end)
    return Sentence(turn, words, tuple(spans), tuple(beside), commas, _spoken(pieces), len(pieces))


def spoken_words(text: str) -> int:
    """Words as a listener counts them: pieces between white space that hold a letter or a digit."""
    return _spoken(text.split())


def _spoken(pieces: Sequence[str]) -> int:
    return len([piece for piece in pieces if piece[0].isalnum() or any(map(str.isalnum, piece))])


def _pieces(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for cut in _END.finditer(text):
        if cut.start() > at:
            yield at, cut.start()
        at = cut.end()
    if at < len(text):
        yield at, len(text)


def plain_words(token: str) -> tuple[str, ...]:
    """The token in lower case, short forms written out."""
    word = straight(token.lower())
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


_plain = ByWord(plain_words)
