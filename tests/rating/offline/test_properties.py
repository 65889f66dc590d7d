"""What must not help: filler, a second copy, another order of sentences; and what must not hurt less than it should."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, Turn

from .attacks import INJECTIONS, said
from .conftest import GoldAnswer

FILLERS = (
    "That is really what I wanted to say about this, and I think it is a very interesting topic in general.",
    "So yes, you know, it was a long time ago and there was a lot going on, but anyway.",
    "It is hard to say more without going into every little detail.",
)
MECHANISM = ("how", "why", "failure", "check", "several", "subtle", "detected")


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def changed(thread: Thread, change: Callable[[str], str]) -> Thread:
    """The thread with every candidate turn changed."""
    turns = (Turn(turn.role, change(turn.text)) if turn.role == "candidate" else turn for turn in thread.turns)
    return Thread(thread.question, tuple(turns), thread.question_id)


def rises(
    rater: OfflineRater, dimensions: dict[str, Dimension], threads: Iterator[tuple[Thread, Thread]]
) -> tuple[int, int]:
    """How many of the answers rise in any dimension by the change, and how many there are."""
    every = list(dimensions.values())
    risen = count = 0
    for thread, other in threads:
        before, after = (rater.read(each, every).ratings for each in (thread, other))
        risen += any((after[name].level or 0) > (before[name].level or 0) for name in after)
        count += 1
    return risen, count


@pytest.mark.parametrize("filler", FILLERS)
def test_words_that_could_be_said_of_anything_raise_no_level(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...], filler: str
) -> None:
    for put in (lambda text: f"{text} {filler}", lambda text: f"{filler} {text}"):
        pairs = ((answer.thread, changed(answer.thread, put)) for answer in gold[::4])
        assert rises(rater, dimensions, pairs)[0] == 0


def test_each_turn_said_twice_raises_no_level(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    pairs = ((answer.thread, changed(answer.thread, lambda text: f"{text}\n\n{text}")) for answer in gold[::2])
    assert rises(rater, dimensions, pairs)[0] == 0


def test_another_order_of_sentences_seldom_raises_a_level(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    """The share measured in docs/rating.md, with a margin: communication looks at how an answer opens."""
    chance = random.Random(3)

    def mixed(text: str) -> str:
        said = sentences(text)
        return " ".join(chance.sample(said, len(said)))

    risen, count = rises(rater, dimensions, ((answer.thread, changed(answer.thread, mixed)) for answer in gold))
    assert risen <= 0.08 * count


def test_depth_does_not_rise_where_the_mechanism_is_deleted(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    """In one answer of thirty it does: the wording of what is left is more particular (docs/rating.md)."""
    depth = [dimensions["technical_depth"]]
    risen = fallen = count = 0
    for answer in gold:
        rating = rater.read(answer.thread, depth).ratings["technical_depth"]
        quotes = [each.quote.text for each in rating.findings if each.quote and each.part in MECHANISM]
        before = rating.level or 0
        if before >= 3:
            without = changed(
                answer.thread,
                lambda text, quotes=quotes: " ".join(  # type: ignore[misc]
                    part
                    for part in sentences(text)
                    if not any(quote in part or part.strip(" .!?") in quote for quote in quotes)
                ),
            )
            after = rater.read(without, depth).ratings["technical_depth"].level or 0
            risen, fallen, count = risen + (after > before), fallen + (after < before), count + 1
    assert risen <= 0.05 * count
    assert fallen >= 0.4 * count


@pytest.mark.parametrize("family", ["system", "bracketed", "chat_template", "fake_end", "combined"])
def test_what_is_left_out_takes_no_fault_along(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...], family: str
) -> None:
    boast = "It was completely safe, there was no risk at all, and I am always right about such things."
    humility = [dimensions["humility"]]
    text = "I led the review of the parser last spring and decided that the release could go out on the Friday."
    alone = rater.read(said(gold[0].thread, f"{text} {boast}"), humility).ratings["humility"].level
    hidden = rater.read(said(gold[0].thread, f"{text} {INJECTIONS[family]} {boast}"), humility).ratings["humility"]
    assert (hidden.level or 0) <= (alone or 0)
