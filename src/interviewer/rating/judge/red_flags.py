"""A question's red flags, asked for like the parts of a dimension that has only faults: same fence, same check."""

from __future__ import annotations

from collections import Counter

from ...bank.schema import Dimension, Part, Question
from ..rater import Flag, FlagKind, Quote, Rating

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
        base=5,  # nothing raises what has only faults
    )


def raised(question: Question, rating: Rating) -> list[Flag]:
    """The red flags that were found, each with the words it was heard in.

    Words given for several of them speak for none: a judge that quotes so has not told them apart.
    """
    texts = {flag.id: flag.flag for flag in question.red_flags}
    found = [(texts[each.part], each.quote) for each in rating.findings if each.met and each.quote]
    times = Counter(quote for _, quote in found)
    flags = [Flag(FlagKind.RED_FLAG, text, quote) for text, quote in found if times[quote] == 1]
    return [*flags, *(_same_words(quote, times[quote]) for quote in times if times[quote] > 1)]


def _same_words(quote: Quote, times: int) -> Flag:
    return Flag(
        FlagKind.UNCERTAIN, f"The judge gave the same words for {times} red flags, so none of them counts.", quote
    )
