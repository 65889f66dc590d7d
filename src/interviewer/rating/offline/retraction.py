"""A claim or a figure that the candidate takes back, and what the reader of the scorecard is told of it.

A plan to undo something ("above ten percent I would take it back") is none. It may not know how levels are made.
"""

from __future__ import annotations

from ...bank.gate_cues import TakenBack
from ...bank.schema import Dimension
from ..rater import Flag, FlagKind, Quote
from .parts import Answer, Read


def retraction(rule: TakenBack, dimension: str, answer: Answer) -> Read | None:
    """The first sentence in which the candidate takes back what the dimension rests on."""
    if dimension not in rule.dimensions:
        return None
    said = (answer.reads[index] for index in answer.places.get(rule.shape, ()))
    return next((read for read in said if _is_meant(rule, read)), None)


def _is_meant(rule: TakenBack, read: Read) -> bool:
    """Whether it is neither denied nor a plan."""
    if rule.shape in read.denied:
        return False
    plan, match = read.shapes.get(rule.unless), read.shapes[rule.shape]
    return plan is None or match.last < plan.first or match.first > plan.last


def retraction_flag(dimension: Dimension, level: int, otherwise: int, text: str, read: Read) -> Flag:
    """Says what it cost, with the sentence.

    Args:
        text: the turn that the sentence stands in.
    """
    sentence = read.sentence
    start, end = sentence.span
    said = f"{dimension.name}: {level} for {otherwise}, because a figure or a claim is taken back."
    return Flag(FlagKind.TAKEN_BACK, said, Quote(text[start:end], sentence.turn, start, end))
