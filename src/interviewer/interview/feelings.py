"""What an answer shows of how somebody feels, and what is said to it, by `prompts/lines.yaml`. Pure."""

from __future__ import annotations

from pydantic import Field

from ..bank.schema import Content, Text
from ..bank.wording import says
from ..text import count_words, straight


class Sentences(Content):
    """What is said to somebody who feels so, before the next step."""

    probe: tuple[Text, ...] = Field(min_length=1)
    end: tuple[Text, ...] = Field(min_length=1)
    """Where the question is over."""
    debate: tuple[Text, ...] = ()
    """Before a turn of a debate; the ones for a probe where there are none."""


class Feeling(Content):
    """What is said to a feeling, by style."""

    says: dict[str, Sentences]


class Mood(Feeling):
    """A passing feeling, and how it shows in an answer."""

    longest: int
    """Words of an answer that shows it; in a longer one the same words tell of something else."""
    cues: tuple[Text, ...]

    def shows_in(self, answer: str) -> bool:
        """Whether the answer shows it, as far as single phrases tell."""
        plain = without_apostrophes(answer)
        return count_words(answer) <= self.longest and any(says(plain, without_apostrophes(cue)) for cue in self.cues)


def without_apostrophes(text: str) -> str:
    """The text as somebody in a hurry types it: "I dont know"."""
    return straight(text).replace("'", "")
