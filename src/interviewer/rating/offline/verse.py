"""Tells verse: many short lines, most of which rhyme with one of the next two. A line is what stands as a sentence.

Nobody answers in rhyme who wants to be understood; a rhymed answer had reached 5 in communication. Two words rhyme that
end in the same two letters, or in the same three where many words do; in a refrain a word rhymes with itself. Of the
dev and practice answers none is verse.
"""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import Sentence

FEWEST_LINES = 4
LINE_WORDS = range(3, 13)
"""Words of a line."""
RHYMED = 0.5
"""Share of the lines that rhyme from which it is verse."""
COMMON_ENDINGS = frozenset(("ed", "er", "es", "ly", "ng", "on", "rs", "ts"))
"""Endings that lines may share by chance."""


def is_verse(sentences: Sequence[Sentence]) -> bool:
    """Whether most of the sentences are short lines that rhyme."""
    lines = [sentence.words[-1] for sentence in sentences if len(sentence.words) in LINE_WORDS]
    if len(lines) < max(FEWEST_LINES, 0.75 * len(sentences)):
        return False
    rhymed = set[int]()
    for at, word in enumerate(lines):
        for far in (at + 1, at + 2):
            if far < len(lines) and _rhyme(word, lines[far]):
                rhymed |= {at, far}
    return len(rhymed) >= RHYMED * len(lines)


def _rhyme(one: str, other: str) -> bool:
    letters = 3 if one[-2:] in COMMON_ENDINGS else 2
    return len(one) >= letters <= len(other) and one[-letters:] == other[-letters:]
