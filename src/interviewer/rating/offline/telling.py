"""Which of the sentences where a part was seen tells it best: where most of its evidence comes together, in particular.

What a sign is worth for all parts, and what a shape is worth for one part alone, is fitted on the sentences that
careful readers picked (`benchmarks/fitting_quotes.py`). It may not know what a part means, nor how words are cut out
of a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter, itemgetter, mul
from typing import NamedTuple

from ...bank.quote_cues import QuoteCues
from ...session.thread import Thread
from .clauses import Sentence
from .patterns import Match

STEM = 6
"""Letters by which a word is recognised again."""
MOST = 3.0
"""Points beyond which more evidence in one sentence says nothing more."""
_SHORTEST_WORD = 4
_WORD = re.compile(rf"[^\W_]{{{_SHORTEST_WORD},}}")
_NAME = re.compile(r"[A-Z](?<=[^.!?:\s] [A-Z])[^\W\d_]+(?!['’])")
"""A capital within a sentence; "I" and its short forms are none."""
_BEGINNING = 6
"""Words before the subject of a sentence that may be a date and a place."""
_SCORE = itemgetter(0)


class Place(NamedTuple):
    """Where one shape of a part was seen."""

    worth: float
    at: int
    """Index of the sentence, among those that were read."""
    sentence: Sentence
    match: Match


place_of: Callable[[tuple[float, int, Sentence, Match]], Place] = partial(tuple.__new__, Place)
"""The place of these four: half of the instructions of `Place(...)`, which 200 of an answer take."""


class Sought(NamedTuple):
    """A part for which words are to be shown."""

    places: Sequence[Place]
    """At least one."""
    terms: Sequence[str] = ()
    """Words of the rubric that belong to it."""
    speaks: Mapping[str, float] = {}
    """What shapes and signs of a sentence are worth for it alone."""


Telling = tuple[float, Place]
"""How well a sentence tells a part, beside others of the same answer, and what is worth most of what was seen in it."""


class Signs(NamedTuple):
    """What speaks for a sentence, by the names of `Tells`, which says what each is worth."""

    clear: float = 0.0
    peak: float = 0.0
    dense: float = 0.0
    worth: float = 0.0
    near: float = 0.0
    terms: float = 0.0
    length: float = 0.0
    named: float = 0.0
    digits: float = 0.0
    echo: float = 0.0
    vague: float = 0.0
    setting: float = 0.0
    reply: float = 0.0
    late: float = 0.0


OF_THE_PART = 6
"""How many of the signs are of a part; the others are true of a sentence whatever the part."""
WHATEVER_THE_PART = Signs._fields[OF_THE_PART:]
_WEIGHTS = attrgetter(*Signs._fields)


class _Wording(NamedTuple):
    """What is true of a sentence whatever the part."""

    stems: frozenset[str]
    spread: float
    """What evidence is spread over."""
    heard: Mapping[str, float]
    """Its shapes, each 1, and these signs, each with how far it is true."""
    score: float
    """What these signs are worth."""


class Sentences:
    """The sentences of one answer; what is known of a wording is kept, since several parts ask for it."""

    def __init__(self, cues: QuoteCues, thread: Thread):
        self._cues = cues
        self._weights: tuple[float, ...] = _WEIGHTS(cues.tells)
        self._thread = thread
        self._wordings: dict[int, _Wording] = {}
        self._asked: dict[int, frozenset[str]] = {}

    def tellings(self, sought: Sought, shapes: Sequence[Iterable[str]]) -> list[Telling]:
        """Each sentence once, the best first.

        Args:
            shapes: of every sentence that was read.
        """
        worths, firsts = _worths(sought.places)
        if len(firsts) == 1:
            return [(0.0, place) for place in firsts.values()]
        told = [
            (sum(map(mul, self._weights, signs), wording.score) + _alone(sought.speaks, wording.heard), place)
            for place, signs, wording in self._seen(worths, firsts, sought.terms, shapes)
        ]
        return sorted(told, key=_SCORE, reverse=True)

    def heard(self, sought: Sought, shapes: Sequence[Iterable[str]]) -> list[tuple[Place, dict[str, float]]]:
        """For each sentence what is worth most in it, and all that may speak for it, to fit what it is worth."""
        worths, firsts = _worths(sought.places)
        return [
            (place, dict(zip(Signs._fields, signs, strict=False)) | dict(wording.heard))
            for place, signs, wording in self._seen(worths, firsts, sought.terms, shapes)
        ]

    def _seen(
        self,
        worths: Mapping[int, float],
        firsts: Mapping[int, Place],
        terms: Sequence[str],
        shapes: Sequence[Iterable[str]],
    ) -> Iterator[tuple[Place, tuple[float, ...], _Wording]]:
        """Each sentence with the signs of the part in it, and its wording."""
        known, most = _term_stems(tuple(terms)), max(worths.values())
        peak = max(place.worth for place in firsts.values())
        for at, place in firsts.items():
            worth = worths[at]
            wording = self._wordings.get(at)
            if wording is None:
                wording = self._wordings[at] = self._wording(place, shapes)
            near = worths.get(at - 1, 0.0) + worths.get(at + 1, 0.0)
            shared = len(wording.stems & known)
            signs = worth / most, place.worth / peak, worth / wording.spread, min(worth, MOST), near, shared
            yield place, signs, wording

    def _wording(self, place: Place, shapes: Sequence[Iterable[str]]) -> _Wording:
        sentence, words = place.sentence, place.sentence.words
        stems = frozenset([word[:STEM] for word in words if len(word) >= _SHORTEST_WORD])
        signs = {  # as they follow each other in `Signs`
            "length": math.log(len(words)),
            "named": 1.0 if _NAME.search(self._thread.turns[sentence.turn].text, *sentence.span) else 0.0,
            "digits": 1.0 if any(map(str.isdigit, [word[0] for word in words])) else 0.0,
            "echo": len(stems & self._asked_before(sentence.turn)) / max(1, len(stems)),
            "vague": len([word for word in words if word in self._cues.vague]),
            "setting": 1.0 if self._is_setting(words) else 0.0,
            "reply": 1.0 if sentence.turn else 0.0,
            "late": place.at / max(1, len(shapes) - 1),
        }
        score = sum(map(mul, self._weights[OF_THE_PART:], signs.values()))
        heard = dict.fromkeys(shapes[place.at], 1.0) | signs
        return _Wording(stems, math.log(2 + len(words)), heard, score)

    def _is_setting(self, words: Sequence[str]) -> bool:
        """Whether it begins with what somebody or something was, after a date and a place at most."""
        subjects, being = self._cues.subjects, self._cues.being
        beginning = words[: _BEGINNING + 1]
        if being.isdisjoint(beginning):
            return False
        return any(word in subjects and after in being for word, after in pairwise(beginning))

    def _asked_before(self, turn: int) -> frozenset[str]:
        """Stems of the question, and of what was said right before the turn."""
        if turn not in self._asked:
            before = self._thread.turns[turn - 1].text if turn else ""
            self._asked[turn] = _stems(self._thread.question) | _stems(before)
        return self._asked[turn]


def _alone(speaks: Mapping[str, float], heard: Mapping[str, float]) -> float:
    """What the sentence is worth for one part alone."""
    worth = 0.0
    for name in filter(heard.__contains__, speaks):
        worth += speaks[name] * heard[name]
    return worth


def _worths(places: Sequence[Place]) -> tuple[dict[int, float], dict[int, Place]]:
    """By sentence, what all that was seen in it is worth, and what is worth most of it."""
    worths: dict[int, float] = {}
    firsts: dict[int, Place] = {}
    for place in places:
        at = place.at
        if at not in firsts:
            worths[at], firsts[at] = place.worth, place
            continue
        worths[at] += place.worth
        if place.worth > firsts[at].worth:
            firsts[at] = place
    return worths, firsts


@lru_cache(maxsize=200)
def _stems(text: str) -> frozenset[str]:
    return frozenset([word[:STEM] for word in _WORD.findall(text.lower())])


@lru_cache(maxsize=500)
def _term_stems(terms: tuple[str, ...]) -> frozenset[str]:
    return _stems(" ".join(terms))
