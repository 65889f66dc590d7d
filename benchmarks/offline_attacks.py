"""What is gained by talking the offline rater up, and how often honest answers pay for what stands against it.

The texts of `fixtures/injections/` and `fixtures/attacks/` are put into every eighth dev answer at four places (the 76
families into every sixteenth); a case counts where any of the nine levels rises. Gaming answers are rated on what their
question asks for, salad, copies and lists of terms on all nine dimensions.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from tests.rating.offline.attacks import (
    HARMLESS,
    INJECTIONS,
    MASTER_KEYS,
    last_turn,
    mixed_sentences,
    pieces,
    replied,
    said,
    shuffled,
    stuffed,
    stuffed_sentences,
    walk,
)

from interviewer.bank.cue_files import load_cues
from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.rating.addressed import suspicion
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session.thread import Thread

from .figures import Figure
from .held_answers import Answer, answers

FIXTURES = Path(__file__).parents[1] / "fixtures"
BLIND = ("second", "third", "fourth", "fifth", "sixth")
"""Sets of texts to the rater by writers who had not seen the rules."""
GAMING = ("third", "fourth", "fifth", "sixth")
HONEST = ("third", "fourth", "fifth")
SALAD: Mapping[str, Callable[[list[str], int, int], str]] = {
    "pairs of words": partial(pieces, shortest=2, longest=2),
    "pieces of 4 to 8 words": pieces,
    "a walk from word to word": walk,
    "a walk from two words to the next": partial(walk, known=2),
    "whole sentences": mixed_sentences,
}
LENGTHS = (30, 60, 80, 100, 140, 200)
DRAWS, FIRST_SEED = 60, 55_000
LOW = 2


def run() -> list[Figure]:
    """Counts, each of how many were tried."""
    tried = Tried()
    return [*tried.texts_to_the_rater(), *tried.gaming(), *tried.made(), *tried.salad(), *tried.honest()]


class Tried:
    """The offline rater as bundled, and the answers that are changed."""

    def __init__(self) -> None:
        self._bank = Bank.open()
        cues = load_cues(self._bank.root)
        self._rater, self._addressed = OfflineRater(cues), cues.addressed
        self._all = [self._bank.dimension(name) for name in cues.dimensions]
        self._dev = answers("dev")

    def texts_to_the_rater(self) -> list[Figure]:
        """In how many cases a level rises."""
        found = [
            self._rises(f"texts to the rater, {name} set, blind", _texts(f"injections/{name}.yaml"), self._dev[::8])
            for name in BLIND
        ]
        families = _texts("attacks/injections.yaml")
        return [
            *found,
            self._rises("texts to the rater, 17 families the cues know", INJECTIONS, self._dev[::2]),
            self._rises("texts to the rater, 76 families the cues know", families, self._dev[::16]),
        ]

    def _rises(self, name: str, texts: Mapping[str, str], given: Sequence[Answer]) -> Figure:
        risen: list[bool] = []
        for answer in given:
            before = self._levels(answer.thread, self._all)
            for text in texts.values():
                for put in PLACES:
                    after = self._levels(last_turn(answer.thread, partial(put, text)), self._all)
                    risen.append(any(after[each] > before[each] for each in after))
        return _count(name, risen, "<= 0")

    def gaming(self) -> list[Figure]:
        """How many answers that say nothing exceed 2."""
        return [
            _count(f"gaming answers above 2, {name} set, blind", self._above(f"attacks/{name}_gaming.yaml"), "<= 0")
            for name in GAMING
        ]

    def _above(self, path: str) -> Iterable[bool]:
        for thread, asked in self._asked(path):
            yield max(self._levels(thread, asked).values()) > LOW

    def made(self) -> list[Figure]:
        """Lists of terms, the rubric itself, copies, master keys; and words in another order, which must fall."""
        to = self._dev[0].thread
        terms = [stuffed(seed) for seed in range(60)] + [stuffed_sentences(seed, 100) for seed in range(60)]
        recited = [" ".join(each.anchors.values()) for each in self._all]
        copied = [
            said(answer.thread, "\n\n".join([answer.thread.answers[0]] * 4))
            for answer in self._dev
            if not suspicion(answer.thread.answers[0], self._addressed).addressed
        ]
        return [
            _count("lists and sentences of terms above 2", map(self._exceeds, _threads(to, terms)), "<= 0"),
            _count("the rubric recited above 2", map(self._exceeds, _threads(to, recited)), "<= 0"),
            _count("an answer pasted four times above 2", map(self._exceeds, copied), "<= 0"),
            _count("master keys above 2", map(self._exceeds, _threads(to, MASTER_KEYS)), "<= 0"),
            self._shuffled(),
        ]

    def _exceeds(self, thread: Thread) -> bool:
        return max(self._levels(thread, self._all).values()) > LOW

    def _shuffled(self) -> Figure:
        stands: list[bool] = []
        for seed, answer in enumerate(self._dev):
            asked = [self._bank.dimension(name) for name in answer.ratings]
            before = statistics.fmean(self._levels(answer.thread, asked).values())
            if before >= 2.5:
                mixed = self._levels(shuffled(answer.thread, seed), asked)
                stands.append(before - statistics.fmean(mixed.values()) < 1)
        return _count("shuffled words that do not fall by a level", stands, "<= 0")

    def salad(self) -> list[Figure]:
        """By what it is drawn from and how; 60 draws at each of six lengths."""
        found = []
        for name in ("dev", "practice"):
            given = answers(name)
            told = [text for answer in given for text in answer.thread.answers]
            for kind, draw in SALAD.items():
                above = [
                    self._exceeds(said(given[seed % len(given)].thread, draw(told, FIRST_SEED + seed, words)))
                    for words in LENGTHS
                    for seed in range(DRAWS)
                ]
                found.append(_count(f"salad above 2, {name}: {kind}", above, "<= 0"))
        return found

    def honest(self) -> list[Figure]:
        """How many honest answers are taken to speak to the rater, and how many meet a gate."""
        talk = [*_read("attacks/honest.yaml"), *_read("attacks/sixth_talk.yaml")]
        flagged = [bool(suspicion(text, self._addressed).addressed) for text in talk]
        found = [_count("honest talk of injection and marking, taken for it", flagged, f"<= {0.02 * len(talk):.2f}")]
        for name in HONEST:
            kinds = [
                {str(flag.kind) for flag in self._rated(thread, asked).flags}
                for thread, asked in self._asked(f"attacks/{name}_honest.yaml")
            ]
            to_rater = ["addressed" in each for each in kinds]
            found += [
                _count(f"honest answers, {name} set, taken to speak to the rater", to_rater),
                _count(f"honest answers, {name} set, that meet a gate", [bool(each - HARMLESS) for each in kinds]),
            ]
        return found

    def _asked(self, path: str) -> Iterable[tuple[Thread, list[Dimension]]]:
        return (replied(self._bank, entry) for entry in _read(path))

    def _levels(self, thread: Thread, dimensions: Sequence[Dimension]) -> dict[str, int]:
        ratings = self._rated(thread, dimensions).ratings
        return {name: rating.level or 0 for name, rating in ratings.items()}

    def _rated(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        return self._rater.read(thread, dimensions)


def _after(text: str, answer: str) -> str:
    return f"{answer}\n{text}"


def _before(text: str, answer: str) -> str:
    return f"{text}\n{answer}"


def _beside(text: str, answer: str) -> str:
    return f"{answer} {text}"


def _within(text: str, answer: str) -> str:
    """Behind the first sentence that ends in the second half."""
    half = len(answer) // 2
    end = re.compile(r"\.(?= )").search(answer, half)
    cut = end.end() if end else half
    return f"{answer[:cut]} {text}{answer[cut:]}"


PLACES = (_after, _before, _beside, _within)


def _threads(to: Thread, texts: Iterable[str]) -> list[Thread]:
    return [said(to, text) for text in texts]


def _read(path: str) -> Any:
    return yaml.safe_load((FIXTURES / path).read_text("utf-8"))


def _texts(path: str) -> dict[str, str]:
    found = _read(path)
    return found if isinstance(found, dict) else {entry["id"]: entry["text"] for entry in found}


def _count(name: str, hits: Iterable[bool], target: str = "") -> Figure:
    each = list(hits)
    return Figure(name, sum(each), f"of {len(each):,}", target=target)
