"""By which words one hears that a part may have been told where the offline rules did not find it: `rubrics/told.yaml`.

Wide on purpose, so it is no reason for a level. It keeps anybody from being asked for, or sent to find, what they said.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache, cached_property, lru_cache

from pydantic import Field

from ..text import straight
from .claims import Claims, either
from .schema import Content, Identifier, Text

_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?](?=\S)[^.!?;\n]+)*")
KEPT = 500
"""Verdicts kept: those on the last answers and drafts, some forty each at most. A file may hold a million answers."""


class Missed(Content):
    """Of 100 times that the rules leave out a part before the next level, how often a careful reader found it."""

    with_words: int = Field(ge=0, le=100)
    """Where such words were said."""
    without: int = Field(ge=0, le=100)


class Held(Content):
    """What would lift a gate that holds the levels down."""

    least: int = Field(alias="from", ge=1, le=5)
    """The lowest level that the gate explains; those below have reasons of their own."""
    means: Text
    """Why there is no higher one."""
    find: Text
    """What to do about it."""


class Told(Content):
    """What `rubrics/told.yaml` holds."""

    words: dict[Identifier, Text]
    """What stands in a pattern between angle brackets."""
    missed: Missed
    shown: int = Field(ge=0)
    """Pieces of evidence for a dimension that come together in a quote that is shown for it."""
    sure: int = Field(ge=0)
    """The same of one that is praised."""
    hedge: Text
    """What is said of a part that may have been told; `{find}` stands for what is to be found."""
    unanswered: Text
    """The same of one that was asked for, where the reply holds no word of it."""
    held: dict[Identifier, Held]
    """By the flag of a gate of the offline rules, the gravest first."""
    gives: tuple[Text, ...]
    """Patterns of a reply that gives something, whatever was asked: a figure, a duration, a clear no."""
    claims: Claims
    by_form: frozenset[Text]
    """`dimension.part` that the rules tell by the form of an answer alone, so that they are as doubtful."""
    parts: dict[Identifier, dict[Identifier, tuple[Text, ...]]]
    """Patterns by dimension and part, any of which stands in one sentence."""

    def held_by(self, flags: Container[str]) -> Held | None:
        """What would lift the gravest gate among the flags; None where none holds."""
        return next((held for kind, held in self.held.items() if kind in flags), None)

    def perhaps(self, dimension: str, part: str, said: str) -> bool:
        """Whether the part may have been told there."""
        pattern = self._patterns.get((dimension, part))
        return pattern is not None and _stands(pattern, said)

    def spoken(self, dimension: str, parts: Iterable[str], said: str) -> int:
        """Of how many of those parts words stand there."""
        return sum(self.perhaps(dimension, part, said) for part in parts)

    def is_evaded(self, dimension: str, part: str, reply: str) -> bool:
        """Whether a reply to what was asked for the part holds none of its words; no where there are none to go by,
        nor where it gives a figure, a duration or a clear no."""
        if not self.listens_for(dimension, part) or self.perhaps(dimension, part, reply):
            return False
        return not _stands(self._giving, reply)

    def listens_for(self, dimension: str, part: str) -> bool:
        """Whether there are words to go by for that part."""
        return (dimension, part) in self._patterns

    def doubt(self, dimension: str, part: str, said: str, *, fault: bool = False) -> float:
        """How likely it is, from 0 to 1, that advice about the part is wrong: it was told, and the rules missed it.

        Args:
            fault: whether it is one, which the rules have seen; 0 where they go by more than the form.
        """
        if f"{dimension}.{part}" in self.by_form or self.perhaps(dimension, part, said):
            return self.missed.with_words / 100
        return 0.0 if fault else self.missed.without / 100

    @cached_property
    def _patterns(self) -> dict[tuple[str, str], str]:
        """One pattern a part, each compiled when it is first asked for."""
        return {
            (dimension, part): self._spelt_out(either(patterns))
            for dimension, parts in self.parts.items()
            for part, patterns in parts.items()
        }

    @cached_property
    def _giving(self) -> str:
        return self._spelt_out(either(self.gives))

    def _spelt_out(self, pattern: str) -> str:
        while (spelt := re.sub(r"<([a-z]+)>", lambda found: self.words[found[1]], pattern)) != pattern:
            pattern = spelt
        return pattern


@lru_cache(maxsize=KEPT)
def _stands(pattern: str, said: str) -> bool:
    rule = _compiled(pattern)
    plain = straight(said)
    return any(rule.search(plain, sentence.start(), sentence.end()) for sentence in _SENTENCE.finditer(plain))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
