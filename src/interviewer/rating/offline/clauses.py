"""Splits the candidate's turns into sentences and words, and says of each what sort of statement it is.

It knows offsets, negation, the hypothetical, lists and hollow praise; it may not know any dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from ...text import straight
from .short_forms import with_had
from .word_list import ByWord

_WORD = re.compile(r"([^\W\d_][^\W_]*(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*[^\W\d_]*|[%€£$:?])")
_END = re.compile(r"(?=[\s\"'”’);—])(?:(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*|;\s+|\s+[-–—]\s+|—)")
"""What stands between two sentences. Looking at the first character by itself halves the time this takes."""
RUN_ON, CLAUSE = 80, 10
"""Words from which a sentence has been dictated or typed without full stops (of 400 written with them, none has so
many), and the fewest of a piece that it is cut into."""
_JOINT = re.compile(r"\s+(?=(?:and|but|so|then|because|i|we|he|she|they)\s)", re.IGNORECASE)
"""Where such a one is cut."""
_SHORT_FORMS = {"n't": "not", "'d": "would", "'ll": "will", "'ve": "have", "'m": "am", "'re": "are"}
_WITH_IS = frozenset(("it", "that", "there", "what", "he", "she", "who", "here", "where", "this", "how", "everything"))
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "let's": ("let", "us"),
    "%": ("percent",), "€": ("euros",), "£": ("pounds",), "$": ("dollars",),
    # as people type in a hurry
    "bc": ("because",), "cuz": ("because",), "coz": ("because",), "ppl": ("people",), "thru": ("through",),
    "tho": ("though",), "altho": ("although",), "wether": ("whether",), "cant": ("can", "not"), "dont": ("do", "not"),
    "didnt": ("did", "not"), "doesnt": ("does", "not"), "wasnt": ("was", "not"), "werent": ("were", "not"),
    "isnt": ("is", "not"), "arent": ("are", "not"), "hasnt": ("has", "not"), "havent": ("have", "not"),
    "hadnt": ("had", "not"), "couldnt": ("could", "not"), "wouldnt": ("would", "not"), "shouldnt": ("should", "not"),
    "wont": ("will", "not"), "im": ("i", "am"), "ive": ("i", "have"), "youre": ("you", "are"),
    "theyre": ("they", "are"), "thats": ("that", "is"), "whats": ("what", "is"), "theres": ("there", "is"),
    "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("have", "to"), "wouldve": ("would", "have"),
    "couldve": ("could", "have"), "shouldve": ("should", "have"), "tbh": ("honestly",), "imo": ("i", "think"),
    "u": ("you",), "ur": ("your",),
}  # fmt: skip


class Sentence(NamedTuple):
    """One sentence of a candidate turn."""

    turn: int
    """Index into the thread's turns."""
    words: tuple[str, ...]
    """In small letters, short forms written out."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """By word, where it begins and ends in the turn; two words of one short form have the same place."""
    beside: tuple[bool, ...]
    """By word, whether nothing but white space lies between it and the word before."""
    commas: int
    spoken: int
    """Words as a listener counts them."""
    pieces: int
    """Words as evidence counts them: whatever stands between white space."""

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the turn, marks at either side left out."""
        return self.starts[0], self.ends[-1]


def sentences_of(text: str, turn: int) -> tuple[Sentence, ...]:
    """The sentences of one turn, empty ones left out."""
    found = (_sentence(text, turn, start, end) for start, end in _pieces(text))
    return tuple([sentence for sentence in found if sentence])


def _sentence(text: str, turn: int, start: int, end: int) -> Sentence | None:
    """The sentence there; None where no word is."""
    parts = _WORD.split(text[start:end])  # every second one is a word
    if len(parts) == 1:
        return None
    bounds = [*accumulate(map(len, parts), initial=start)]
    starts, ends = bounds[1:-1:2], bounds[2:-1:2]
    said = [*map(_plain.__getitem__, parts[1::2])]
    beside = [*map(str.isspace, parts[:-1:2])]
    words = tuple(chain.from_iterable(said))
    if len(words) > len(said):  # what was a short form stands where the short form stood
        for at in reversed([at for at, plain in enumerate(said) if len(plain) > 1]):
            more = len(said[at]) - 1
            starts[at:at], ends[at:at], beside[at + 1 : at + 1] = [starts[at]] * more, [ends[at]] * more, [True] * more
        words = with_had(words, starts)
    pieces = text[starts[0] : ends[-1]].split()
    commas = text.count(",", start, end)
    return Sentence(turn, words, tuple(starts), tuple(ends), tuple(beside), commas, _spoken(pieces), len(pieces))


def spoken_words(text: str) -> int:
    """Words as a listener counts them: pieces between white space that hold a letter or a digit."""
    return _spoken(text.split())


def _spoken(pieces: Sequence[str]) -> int:
    return len([piece for piece in pieces if piece[0].isalnum() or any(map(str.isalnum, piece))])


def _pieces(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for cut in _END.finditer(text):
        if cut.start() > at:
            yield from _clauses(text, at, cut.start())
        at = cut.end()
    if at < len(text):
        yield from _clauses(text, at, len(text))


def _clauses(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The sentence there as it is, or in pieces where it runs on and on."""
    if text.count(" ", start, end) >= RUN_ON:
        for joint in _JOINT.finditer(text, start, end):
            if text.count(" ", start, joint.start()) >= CLAUSE and text.count(" ", joint.start(), end) > CLAUSE:
                yield start, joint.start()
                start = joint.end()
    yield start, end


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
