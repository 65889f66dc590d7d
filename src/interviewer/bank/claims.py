"""Figures that are claimed and not backed: what is asked of them, and what is said where nothing came. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ..text import straight
from .schema import Content, Text


class Claims(Content):
    """What `rubrics/told.yaml` holds of them."""

    claimed: tuple[Text, ...]
    """Patterns of a change given in percent: what they find is quoted."""
    backed: tuple[Text, ...]
    """Patterns of words that say anything of how a figure was come by."""
    sourced: tuple[Text, ...]
    """Further ones of words by which a reply says where a figure comes from, or owns that it is a guess: wide."""
    ask: Text
    """`{quote}` stands for the claim."""
    after: tuple[Text, ...]
    """`dimension.part` that it is asked after: the first that is rated."""
    reason: Text
    unbacked: Text
    """What the card says where it was asked and the reply backs nothing."""

    def claim(self, answers: Sequence[str]) -> re.Match[str] | None:
        """The first figure that is claimed in the first answer, where nothing that was said backs any."""
        if not answers or self.is_backed(" ".join(answers)):
            return None
        return _any_of(self.claimed).search(answers[0])

    def is_backed(self, said: str) -> bool:
        """Whether it says anything of how a figure was come by."""
        return _any_of(self.backed).search(said) is not None

    def is_sourced(self, reply: str) -> bool:
        """Whether a reply to what is asked of a figure may say where it comes from."""
        return self.is_backed(reply) or _any_of(self.sourced).search(straight(reply)) is not None


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(either(patterns), re.IGNORECASE)


def either(patterns: Iterable[str]) -> str:
    """One pattern that finds what any of these finds."""
    return "|".join(f"(?:{each})" for each in patterns)
