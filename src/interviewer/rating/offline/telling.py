"""Which of the sentences where a part was seen tells it best: where most of its evidence comes together, in particular.

The weights, one each for all parts, are fitted on the sentences that a careful reader picked
(`benchmarks/offline_quotes.py`). It may not know what a part means, nor how words are cut out of a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ...bank.cues import Tells
from ...session.thread import Thread
from .clauses import Sentence
from .patterns import Match

STEM = 6
"""Letters by which a word is recognised again."""
_SHORTEST_WORD = 4
_WORD = re.compile(rf"[^\W_]{{{_SHORTEST_WORD},}}")
_NAME = re.compile(r"(?<=[^.!?:\s] )[A-Z][^\W\d_]+(?!['’])")
"""A capital within a sentence; "I" and its short forms are none."""
_SCORE = attrgetter("score")


class Place(NamedTuple):
    """Where one shape of a part was seen."""

    worth: float
    at: int
    """Index of the sentence, among those that were read."""
    sentence: Sentence
    match: Match


class Telling(NamedTuple):
    """A sentence where a part was seen."""

    score: float
    """How well it tells the part, beside others of the same answer."""
    place: Place
    """What is worth most of what was seen in it."""


def tellings(places: Sequence[Place], terms: Sequence[str], thread: Thread, tells: Tells) -> list[Telling]:
    """Each sentence once, the best first.

    Args:
        places: at least one.
        terms: words of the rubric that belong to the part.
    """
    told = [
        Telling(sum(getattr(tells, name) * value for name, value in signs.items()), place)
        for place, signs in signs_of(places, terms, thread)
    ]
    return sorted(told, key=_SCORE, reverse=True)


def signs_of(places: Sequence[Place], terms: Sequence[str], thread: Thread) -> list[tuple[Place, Mapping[str, float]]]:
    """For each sentence what is worth most in it, and what speaks for it, by the names of `Tells`."""
    worths: dict[int, float] = {}
    firsts: dict[int, Place] = {}
    for place in places:
        worths[place.at] = worths.get(place.at, 0.0) + place.worth
        if place.at not in firsts or place.worth > firsts[place.at].worth:
            firsts[place.at] = place
    if len(firsts) == 1:
        return [(place, {}) for place in firsts.values()]
    known = _term_stems(tuple(terms))
    return [(place, _signs(place, worths, known, thread)) for place in firsts.values()]


def _signs(place: Place, worths: Mapping[int, float], terms: frozenset[str], thread: Thread) -> dict[str, float]:
    worth, sentence, turn = worths[place.at], place.sentence, place.sentence.turn
    before = thread.turns[turn - 1].text if turn else ""
    span = sentence.places[0][0], sentence.places[-1][1]
    stems, wording = _wording(sentence.words, thread.turns[turn].text, span, (thread.question, before))
    return {
        "clear": worth / max(worths.values()),
        "dense": worth / math.log(2 + len(sentence.words)),
        "near": worths.get(place.at - 1, 0.0) + worths.get(place.at + 1, 0.0),
        "terms": len(stems & terms),
        **wording,
    }


@lru_cache(maxsize=500)
def _wording(
    words: tuple[str, ...], text: str, span: tuple[int, int], asked: tuple[str, str]
) -> tuple[frozenset[str], Mapping[str, float]]:
    """The sentence's stems, and what speaks for it whatever the part: kept, since several parts ask for it."""
    stems = frozenset(word[:STEM] for word in words if len(word) >= _SHORTEST_WORD)
    echoed = stems & (_stems(asked[0]) | _stems(asked[1]))
    return stems, {
        "length": math.log(len(words)),
        "named": 1.0 if _NAME.search(text, *span) else 0.0,
        "figure": 1.0 if any(word[0].isdigit() for word in words) else 0.0,
        "echo": len(echoed) / max(1, len(stems)),
    }


@lru_cache(maxsize=200)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(text.lower()))


@lru_cache(maxsize=500)
def _term_stems(terms: tuple[str, ...]) -> frozenset[str]:
    return _stems(" ".join(terms))
