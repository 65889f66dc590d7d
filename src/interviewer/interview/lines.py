"""What the interviewer says besides questions and probes: loaded from `prompts/lines.yaml`, chosen by style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from ..bank.library import Bank
from ..bank.schema import Content, Text
from ..text import clock, count_words
from .crisis import Crisis
from .feelings import Feeling, Mood, without_apostrophes

NEUTRAL = "neutral"
DECLINED = "declined"
"""The feeling of somebody who would rather not answer."""
UNKNOWN = "unknown"
"""The feeling of somebody who does not know an answer."""
Step = Literal["probe", "end", "debate"]
"""What comes after an answer: a further question, the end of this one, or a turn of a debate."""


class StyleLines(Content):
    """One style's manner of going on."""

    next: tuple[Text, ...]
    heard: tuple[str, ...]
    left: tuple[Text, ...] = Field(min_length=1)
    """Said where an answer is left without a follow-up, whatever the reason."""


class Round(Content):
    """How many questions a round has."""

    minutes_a_question: float = Field(gt=0)
    fewest: int = Field(ge=1)
    most: int = Field(ge=1)
    usual: int = Field(ge=1)
    """Where no time was named."""

    def questions(self, minutes: int | None) -> int:
        """As many as fit into the minutes."""
        return max(self.fewest, min(self.most, round(minutes / self.minutes_a_question) if minutes else self.usual))


class Length(Content):
    """How long something is to be, in minutes of speaking."""

    least: float = Field(gt=0)
    most: float = Field(gt=0)
    said: Text
    """The two in words."""


class Pace(Content):
    """How long things take."""

    round: Round
    last_minutes: float = Field(gt=0)
    """Of a question that has a time; that they begin is said after three quarters of it at the soonest."""
    speaking: dict[Literal["answer", "reply"], Length]
    silence: float = Field(gt=0)
    """Minutes without a key that still count as answering time."""


class Lines(Content):
    """What `prompts/lines.yaml` holds."""

    greeting: tuple[Text, ...]
    debate_greeting: tuple[Text, ...]
    coach: Text
    styles: dict[str, StyleLines]
    crisis: Crisis
    feelings: dict[str, Mood]
    """The one that counts most comes first; a crisis counts more than all of them."""
    pace: Pace
    silence: Text
    """Said after an answer with a longer silence; `{left_out}` stands for what does not count, as 05:10."""
    half_time: Text
    near_end: Text
    over_time: Text
    long_answer_from: float = Field(gt=0)
    """Minutes of speaking from which a first answer is too long to be listened to."""
    long_answer: Text
    skipped: Text
    own_most: int = Field(ge=1)
    """Questions of their own that a candidate may ask."""
    own_questions: Text
    own_title: Text
    own_help: Text
    no_questions_within: int
    """Words of a reply that declines by a phrase of `nothing_more`."""
    no_questions: tuple[Text, ...]
    """Whole replies by which somebody has none of their own."""
    no_answer: Text
    invented: Text
    feedback_most: int = Field(ge=1)
    """Things that a coach says would lift an answer."""
    estimated: Text
    """Where the offline reader speaks, and a judge is still at it: `{judge}` stands for its name."""
    after_feedback: Text
    go_on: Text
    once_more: Text
    close: Text
    resumed: Text
    debate_over: Text
    unread: Text
    """Where the first answer is in a language that cannot be read without a model."""
    unread_again: Text
    """Where the reply to that is no more than a yes."""
    willing: tuple[Text, ...]
    """Whole replies that are no more than a yes, in the languages one may expect there."""
    nothing_more_within: int
    """Words of a last answer that has no more to say; a longer one says something all the same."""
    nothing_more: tuple[Text, ...]
    """Phrases by which somebody says that they have nothing to add; so does whoever declines to answer."""

    def has_no_more(self, text: str, within: int) -> bool:
        """Whether a text of so many words at most says that somebody has nothing to add, or declines to."""
        plain = without_apostrophes(text.casefold())
        phrases = (*self.nothing_more, *self.feelings[DECLINED].cues)
        return count_words(plain) <= within and any(without_apostrophes(phrase) in plain for phrase in phrases)

    def lead(self, style: str, turn: int) -> str:
        """A word of acknowledgement before a probe, by turn and never by answer; may be empty."""
        return self.pick(style, "heard", turn)

    def feeling_in(self, answer: str) -> Feeling | None:
        """The feeling that the answer shows, if any; such an answer is spoken to, and not quoted."""
        if self.crisis.shows_in(answer):
            return self.crisis
        return next((feeling for feeling in self.feelings.values() if feeling.shows_in(answer)), None)

    def acknowledgement(self, answer: str, style: str, step: Step, turn: int) -> str:
        """A human sentence where the answer shows that somebody is upset, angry or at a loss; empty otherwise.

        Args:
            step: what comes next.
            turn: which of several sentences.
        """
        feeling = self.feeling_in(answer)
        if feeling is None:
            return ""
        said = feeling.says.get(style, feeling.says[NEUTRAL])
        sentences: Sequence[str] = getattr(said, step) or said.probe
        return sentences[turn % len(sentences)]

    def in_crisis(self, text: str) -> str:
        """What is said to somebody in a crisis, wherever they say so; empty where the text says nothing of it."""
        return self.crisis.says[NEUTRAL].end[0] if self.crisis.shows_in(text) else ""

    def of_silence(self, left_out: float) -> str:
        """What is said of so many seconds that do not count; empty where there is none of them."""
        return self.silence.replace("{left_out}", clock(left_out)) if left_out >= 1 else ""

    def pick(self, style: str, what: str, turn: int) -> str:
        """One of the style's lines, in turn, so that none is said twice in a row."""
        lines: Sequence[str] = getattr(self.styles[style], what)
        return lines[turn % len(lines)]


def load_lines(bank: Bank) -> Lines:
    """The interviewer's lines. Raises `ContentError`."""
    return bank.rules("lines.yaml", Lines)
