"""A question's red flags, asked for like the parts of a dimension that has only faults: same fence, same check."""

from __future__ import annotations

from ...bank.schema import Dimension, Part, Question
from ..rater import Flag, FlagKind, Rating

ID = "red_flags"
_NO_LEVEL = "Red flags have no levels."


def as_dimension(question: Question) -> Dimension:
    """The red flags as parts, each a fault."""
    return Dimension(
        id=ID,
        name="Red flags",
        asks="Does the answer give one of these warnings? Most answers give none.",
        anchors=dict.fromkeys((1, 2, 3, 4, 5), _NO_LEVEL),
        parts={
            flag.id: Part(met_when=f"{flag.flag} One hears it so: {flag.heard_as}", fault=True)
            for flag in question.red_flags
        },
        levels={},
    )


def raised(question: Question, rating: Rating) -> list[Flag]:
    """The red flags that were found, each with the words it was heard in."""
    flags = {flag.id: flag.flag for flag in question.red_flags}
    return [
        Flag(FlagKind.RED_FLAG, flags[finding.part], finding.quote)
        for finding in rating.findings
        if finding.met and finding.quote and finding.part in flags
    ]
