"""Tells what sort of answer a thread holds: story, generic story, example, opinion, self-description or plan.

After Bangerter, Corvalan and Cavin (2014). It counts sentences by shape; it may not know any dimension.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...bank.cues import AnswerTypeCues
from ...bank.schema import AnswerType
from .parts import Read


def asks_for_the_past(question: str, cues: AnswerTypeCues) -> bool:
    """Whether the question asks for something that happened."""
    return any(rule.search(question) for rule in _rules(cues.past_questions))


def type_of(reads: Sequence[Read], cues: AnswerTypeCues) -> AnswerType:
    """The sort of answer that most of its sentences make; an empty one is an opinion."""
    own, shared, once = (_count(reads, shape) for shape in (cues.own_past, cues.shared_past, cues.one_time))
    plan, praise = _count(reads, cues.plan), _count(reads, cues.self_praise)
    habit, opinion = _count(reads, cues.habit), _count(reads, cues.opinion)
    if praise > max(own, 1) and praise >= opinion:
        return AnswerType.SELF_DESCRIPTION
    if own + shared >= max(2, plan):
        return AnswerType.STORY if own + once >= 2 and once > 0 and habit <= own + once else AnswerType.GENERIC_STORY
    if plan >= 2 and plan >= own:
        return AnswerType.PLAN
    if _count(reads, cues.example):
        return AnswerType.EXAMPLE
    return AnswerType.GENERIC_STORY if own + shared else AnswerType.OPINION


def _count(reads: Sequence[Read], shape: str) -> int:
    return sum(shape in read.shapes and not read.empty for read in reads)


@lru_cache(maxsize=4)
def _rules(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
