"""The sentences of a thread, told apart by what is done with them, before anything is looked for in them.

It may not know why a sentence is left aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import Sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said."""

    sentences: Sequence[Sentence]
    """Those that are read."""
    content: Sequence[Sequence[str]]
    """The content words of each."""
    lists: Sequence[bool]
    """Of each, whether it strings terms together instead of saying something."""
    idle: Sequence[Sentence]
    """Those that could be said of anything."""
    bare: Sequence[Sentence]
    """Those of later replies with too few words to say anything."""
    foreign: bool
    """Whether all that was said is in a language that cannot be read."""

    @property
    def said(self) -> list[str]:
        """All content words."""
        return [word for words in self.content for word in words]
