"""What a candidate grants in a debate, and which point of the other side that is, as far as plain words tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from pydantic import Field

from ..bank.schema import Content, Text
from ..text import straight
from .stances import stems

_SENTENCE = re.compile(r"[^.;!?\n]+")


class Granting(Content):
    """How far what is granted reaches, and what it is about."""

    alike: int = Field(ge=1)
    """Words, besides those of the question itself, that it shares with a point that is meant."""
    until: tuple[Text, ...] = Field(min_length=1)
    """Words after which a sentence grants no more."""

    @cached_property
    def _end(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in self.until))

    def granted(self, answer: str, says_so: Callable[[str], bool]) -> Iterator[str]:
        """What the answer grants: each sentence that says so with the one after it, as far as it grants.

        Args:
            says_so: whether a sentence grants anything.
        """
        for run in self._end.split(straight(answer.casefold())):
            sentences = _SENTENCE.findall(run)
            yield from (" ".join(sentences[at : at + 2]) for at, each in enumerate(sentences) if says_so(each))

    def is_about(self, granted: str, point: str, question: str) -> bool:
        """Whether that point is what was granted."""
        return len(({*stems(granted)} & {*stems(point)}) - {*stems(question)}) >= self.alike
