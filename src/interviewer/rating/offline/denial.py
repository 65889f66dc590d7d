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
    denying = {at + further for at, word in enumerate(sentence.words) if word in NEGATORS for further in (1, 2)}
    return frozenset([shape for shape, match in shapes.items() if match.first in denying])


def undone(sentence: Sentence, shapes: Mapping[str, Match], rule: Denial, negative: frozenset[str]) -> frozenset[str]:
    """The shapes whose clause denies them.

    Args:
        negative: shapes that hold a denying word themselves, inside of which none denies them.
    """
    verbs, nouns = rule.verbs, rule.nouns
    deniers = [at for at, word in enumerate(sentence.words) if word in verbs or word in nouns or word == "no"]
    denying = [at for at in deniers if _denies(sentence, at, rule)]
    if not denying:
        return frozenset()
    return frozenset(
        [shape for shape, match in shapes.items() if _is_undone(sentence, match, denying, rule, shape in negative)]
    )


def _denies(sentence: Sentence, at: int, rule: Denial) -> bool:
    before, after = sentence.words[at - 1 : at], sentence.words[at + 1 : at + 2]
    if sentence.words[at] == "no":
        return after == ("one",)
    return before != ("to",) and rule.harmless.isdisjoint(after)


def _is_undone(sentence: Sentence, match: Match, denying: list[int], rule: Denial, is_negative: bool) -> bool:
    first, behind = match.first, match.last + 1
    if not is_negative and any(first <= at < behind for at in denying):
        return True
    if behind in denying and sentence.words[behind] in rule.nouns and not _begins(sentence, behind, rule):
        return True
    start = next((at for at in range(first, 0, -1) if _begins(sentence, at, rule)), 0)
    return any(start <= at < first for at in denying)


def _begins(sentence: Sentence, at: int, rule: Denial) -> bool:
    """Whether a clause begins with the word."""
    return not sentence.beside[at] or sentence.words[at] in rule.breaks
