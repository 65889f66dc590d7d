"""A question of the bank in simple words, for somebody who did not understand it. Pure; every word is the bank's."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..bank.schema import Question
from ..text import count_words

ALONE = 6
"""Words from which a sentence may stand without the one before it: "What do you do?" may not."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_LED_IN = re.compile(r'^[^"“”:?]*:\s+')
_SECOND_HALF = re.compile(r",\s+(?:and|so that)\s.*$")


def simply(question: Question, tells: Collection[str]) -> str | None:
    """Its own simple words, or what it asks for first: the sentence that asks, or the first of several things asked.

    None where that is all of it.

    Args:
        tells: how a sentence begins that asks without a question mark ("tell me"), in lower case.
    """
    if question.simply:
        return question.simply
    ask = " ".join(question.ask.split())
    sentences = _SENTENCE_END.split(ask)
    at = next((at for at, each in enumerate(sentences) if each.endswith("?")), 0)
    if sentences[0].casefold().startswith(tuple(tells)):
        at = 0
    elif len(question.sub_questions) > 1:
        first = question.sub_questions[0].ask
        return first[0].upper() + first[1:]
    found = _SECOND_HALF.sub("?" if sentences[at].endswith("?") else ".", sentences[at])
    short = f"{sentences[at - 1]} {found}" if at and count_words(found) < ALONE else found
    return None if short == ask else short


def what_is_asked(probe: str) -> str:
    """The sentence of a probe that asks, without what leads up to it; all of it where that says too little alone."""
    last = _LED_IN.sub("", _SENTENCE_END.split(" ".join(probe.split()))[-1])
    return last[0].upper() + last[1:] if count_words(last) >= ALONE else probe
