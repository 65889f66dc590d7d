"""What an interviewer may do after an answer, as an interview sees it. Who does it is behind a door (`later.py`)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ..bank.schema import Dimension, Question
from ..session.events import Event, Said
from ..session.transcript import ThreadState, Transcript

if TYPE_CHECKING:
    from .probing import Target


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything a follow-up may look at, after an answer."""

    question: Question
    index: int
    """Of the thread in the transcript."""
    thread: ThreadState
    transcript: Transcript
    dimensions: Sequence[Dimension]


class Speech:
    """Something that is said as it comes into being. What was heard of it is what is stored."""

    def __init__(self, purpose: str, bank_turn: str):
        self.purpose = purpose
        self.bank_turn = bank_turn
        """The words of the bank for the same."""
        self.heard = ""
        self.state = "complete"

    async def pieces(self) -> AsyncGenerator[str, None]:
        """The speech in pieces. Raises `ModelError` when nothing came that could be spoken."""
        yield self.say(self.bank_turn)

    def say(self, piece: str) -> str:
        """Keeps the piece as heard, and returns it."""
        self.heard += piece
        return piece

    def said(self) -> Said:
        """The event of it, once it is over; the bank's words where nothing was heard."""
        return Said(purpose=self.purpose, text=self.heard.strip() or self.bank_turn, state=self.state)


class FollowUp(Protocol):
    """A format's way of going on after an answer."""

    async def after(self, heard: Heard) -> Event | Speech:
        """What to say next, as an event or as speech; `ProbeSkipped` ends the thread.

        Raises:
            ModelError: the model that should speak cannot be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reworded:
    """What came of asking a model for words."""

    text: str | None = None
    """None where the bank's stay."""
    unfit: int = 0
    """How many of its wordings were not fit to be asked."""


class Rewording(Protocol):
    """Puts a probe into words that fit the conversation, within the form rules, or leaves the bank's."""

    async def reword(self, target: Target, wording: str, heard: Heard) -> Reworded:
        """A checked wording, if any. Raises `ModelError`."""
        ...
