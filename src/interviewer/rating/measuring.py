"""Has a rater rate gold, the same gold again, and its variants. Knows no file and no screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..bank.library import Bank
from ..session.json_lines import Id
from ..session.thread import Thread
from .gold import GoldAnswer
from .rater import Rater, RaterIdentity, ThreadRating
from .suites import Variant


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything a rater said when it was measured."""

    rater: RaterIdentity
    gold: Sequence[GoldAnswer]
    first: Mapping[Id, ThreadRating]
    """By id of the answer."""
    again: Mapping[Id, ThreadRating]
    """A second rating of some of them."""
    varied: Sequence[tuple[Variant, ThreadRating]]


async def measure(
    rater: Rater,
    bank: Bank,
    gold: Sequence[GoldAnswer],
    variants: Sequence[Variant],
    *,
    retests: int,
    concurrency: int,
    rated: Callable[[], None] = lambda: None,
) -> Measured:
    """What the rater says of all of it.

    Args:
        retests: answers rated twice.
        concurrency: threads at the rater at the same time.
        rated: called after each rating.

    Raises:
        NotInBank: the gold names a dimension that the bank does not have.
    """
    gate = asyncio.Semaphore(concurrency)

    async def one(answer: GoldAnswer, thread: Thread) -> ThreadRating:
        async with gate:
            found = await rater.rate(thread, [bank.dimension(name) for name in answer.levels])
        rated()
        return found

    twice = sorted(gold, key=lambda answer: str(answer.id))[:retests]
    first = await asyncio.gather(*(one(answer, answer.thread) for answer in gold))
    again = await asyncio.gather(*(one(answer, answer.thread) for answer in twice))
    varied = await asyncio.gather(*(one(variant.answer, variant.thread) for variant in variants))
    return Measured(
        rater=replace(rater.identity, rubric=bank.rubric_hash(name for answer in gold for name in answer.levels)),
        gold=gold,
        first={answer.id: rating for answer, rating in zip(gold, first, strict=True)},
        again={answer.id: rating for answer, rating in zip(twice, again, strict=True)},
        varied=list(zip(variants, varied, strict=True)),
    )
