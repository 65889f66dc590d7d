"""When to ask on and what not to ask for, as `prompts/probing.yaml` says it: rules over plain words. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import AnswerType, Content, Identifier, Kind, Text
from ..bank.word_lists import WordSet
from ..bank.wording import says
from ..text import count_words, straight
from .feelings import without_apostrophes


@lru_cache(maxsize=64)
def _any_said(cues: tuple[str, ...], answer: str) -> bool:
    """Kept, for it is asked of each answer twice, and once more after each later one."""
    plain = without_apostrophes(answer)
    return any(says(plain, without_apostrophes(cue)) for cue in cues)


class Saying(Content):
    """Plain words after which some things are not asked for."""

    cues: tuple[Text, ...]
    parts: frozenset[str]
    """`dimension.part` that are not asked for then."""

    def stands_in(self, answer: str) -> bool:
        """Whether it is said there, with or without apostrophes."""
        return _any_said(self.cues, answer)

    def covers(self, dimension: str, part: str) -> bool:
        """Whether that is one of those things."""
        return f"{dimension}.{part}" in self.parts


class Ending(Saying):
    """How an answer tells at its end how the matter ended, in words that a rater may find too few."""

    last: int = Field(ge=1)
    """Words of the answer among which they stand."""

    def stands_in(self, answer: str) -> bool:
        """Whether the answer ends so."""
        return super().stands_in(" ".join(answer.split()[-self.last :]))


class Disclaimer(Saying):
    """How somebody says that they cannot give a thing, and what is asked instead of that thing."""

    after: tuple[Text, ...]
    """`dimension.part` that the question asked instead is after: the first that is rated."""
    asks: tuple[Text, ...] = Field(min_length=1)
    reason: Text


class LeftOut(Content):
    """How to ask for what an answer left out of a question that asks several things."""

    before: Text
    reason: Text


class Begin(Content):
    """What is asked where nothing was said yet that a question could be about."""

    asks: tuple[Text, ...] = Field(min_length=1)
    reason: Text


class BrokenOff(Content):
    """How to ask for the rest of an answer that stops in the middle of a sentence."""

    fewest: int = Field(ge=1)
    """Words of such an answer; a shorter one was meant to be so."""
    ends: WordSet
    """Words that end no sentence."""
    strays: Text
    """Pattern of a line at the end that was meant for a shell."""
    asks: tuple[Text, ...] = Field(min_length=1)
    reason: Text

    def shows_in(self, answer: str) -> bool:
        """Whether the answer stops so, as far as its last word tells."""
        words = answer.casefold().split()
        stray = re.search(rf"(?:{self.strays})\s*\Z", answer)
        return len(words) >= self.fewest and (bool(stray) or words[-1] in self.ends)


class NoStory(Content):
    """What is asked of somebody who has said that they never did what the question asks for."""

    longest: int
    """Words of all answers; who said more has told something."""
    few: int
    """Words of an answer that adds nothing."""
    cues: tuple[Text, ...]
    asks: tuple[Text, ...] = Field(min_length=1)
    offers: tuple[Text, ...]
    """How another story is offered in place of it."""
    accepts: Text
    reason: Text

    def next(self, answers: Sequence[str], before: Collection[str]) -> str | None:
        """What to ask after those answers that was not asked before; None where a story was told or all was asked."""
        if not self.is_all(answers):
            return None
        asks = (self.accepts, *self.asks) if _any_said(self.offers, answers[-1]) else self.asks
        return next((text for text in asks if text not in before), None)

    def is_all(self, answers: Sequence[str]) -> bool:
        """Whether nothing was said but that there is no such story, and at most that there is another."""
        said = (*self.cues, *self.offers)
        return (
            any(_any_said(self.cues, each) for each in answers)
            and all(_any_said(said, each) or count_words(each) <= self.few for each in answers)
            and sum(map(count_words, answers)) <= self.longest
        )


class Supposed(Content):
    """What is asked of somebody who says what they would do where a story was asked for."""

    asks: tuple[Text, ...] = Field(min_length=1)
    reason: Text
    after: tuple[Identifier, ...]
    """The dimensions that it is after, if they are rated; else the one most worth asking for."""
    would: Text
    """Pattern of what somebody says that they would do."""
    did: Text
    """Pattern of what somebody says that they did."""

    def is_told(self, answer: str) -> bool:
        """Whether the answer says at least twice what one would do, and three times as often as what one did."""
        plain = straight(answer)
        would, did = (len(re.findall(each, plain, re.IGNORECASE)) for each in (self.would, self.did))
        return would >= max(2, 3 * did)


class ProbingRules(Content):
    """What `prompts/probing.yaml` holds."""

    budget: int = Field(ge=0)
    """Probes a question, the same for everyone (structured interviews limit prompting: Campion et al. 1997)."""
    story_budget: int = Field(ge=0)
    complete_at: float
    """Weighted mean level from which an answer is left as it is."""
    gap_at: int
    """Level of a dimension up to which one thing is asked for even then."""
    again: float
    later_part: float
    worth: dict[Identifier, float] = Field(default_factory=dict)
    """Factor per dimension, 1 when not named: what can be put into a sentence when asked for is asked for more."""
    no_stories: dict[Kind, AnswerType] = Field(default_factory=dict)
    """What a story is taken for where a question of that kind asked for none."""
    little: int
    """Words under which an answer that could not be scored is taken for none."""
    begin: Begin
    broken_off: BrokenOff
    disclaims: dict[Identifier, Disclaimer] = Field(default_factory=dict)
    ended: Ending
    left_out: LeftOut
    no_story: NoStory
    supposed: Supposed

    def unasked(self, answers: Sequence[str]) -> list[Saying]:
        """What was said in those answers after which some things are not asked for."""
        return [each for each in (*self.disclaims.values(), self.ended) if any(map(each.stands_in, answers))]


def load_probing(bank: Bank) -> ProbingRules:
    """When to ask on, and for what. Raises `ContentError`."""
    return bank.rules("probing.yaml", ProbingRules)
