"""Which shapes stand in a clause that says that nothing of the kind happened.

A shape is denied where one of the two words before it denies. A clause is denied where "nobody", "nothing", "never" or
"not" stands before the shape, inside of it, or as what it was done to ("I suggested nothing"). It may not know which
parts that matters for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...bank.gate_cues import Denial
from .clauses import Sentence
from .patterns import Match

NEGATORS = frozenset(("no", "not", "never", "without", "nobody", "nothing", "none", "nor", "neither"))


def holds_a_denial(pattern: str) -> bool:
    """Whether one of its words denies."""
    return not NEGATORS.isdisjoint(re.split(r"[ |_]", pattern))


def denied(sentence: Sentence, shapes: Mapping[str, Match]) -> frozenset[str]:
    """The shapes that one of the two words before denies."""
    if NEGATORS.isdisjoint(sentence.words):
        return frozenset()
    denying = {at + further for at, word in enumerate(sentence.words) if word in NEGATORS for further in (1, 2)}
    return frozenset([shape for shape, match in shapes.items() if match.first in denying])


def undone(sentence: Sentence, shapes: Mapping[str, Match], rule: Denial, negative: frozenset[str]) -> frozenset[str]:
    """The shapes whose clause denies them.

    Args:
        negative: shapes that hold a denying word themselves, inside of which none denies them.
    """
    words, verbs, nouns = sentence.words, rule.verbs, rule.nouns
    if verbs.isdisjoint(words) and nouns.isdisjoint(words) and "no" not in words:
        return frozenset()
    deniers = [at for at, word in enumerate(words) if word in verbs or word in nouns or word == "no"]
    denying = [at for at in deniers if _denies(sentence, at, rule)]
    if not denying:
        return frozenset()
    starts = _starts(sentence, rule)
    done_to = [at for at in denying if words[at] in nouns and starts[at] < at]
    return frozenset(
        [
            shape
            for shape, (first, last) in shapes.items()
            if last + 1 in done_to
            or any(starts[first] <= at < (first if shape in negative else last + 1) for at in denying)
        ]
    )


def _denies(sentence: Sentence, at: int, rule: Denial) -> bool:
    before, after = sentence.words[at - 1 : at], sentence.words[at + 1 : at + 2]
    if sentence.words[at] == "no":
        return after == ("one",)
    return before != ("to",) and rule.harmless.isdisjoint(after)


def _starts(sentence: Sentence, rule: Denial) -> list[int]:
    """By word, where its clause begins."""
    starts: list[int] = []
    for at, (word, is_beside) in enumerate(zip(sentence.words, sentence.beside, strict=True)):
        begins = not is_beside or word in rule.breaks
        starts.append(starts[-1] if starts and not begins else at)
    return starts
