"""Where an interview is held: at the keyboard, through a pipe, or without a sound. Sets the table for each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from ..interview.candidate import Candidate
from ..models.notices import Board
from ..session.events import SENT, AnswerGiven, DraftSetAside, Event
from ..settings import Settings
from .chat import TerminalCandidate
from .pipe import PipeCandidate, SilentCandidate
from .screen import Screen
from .waiting import Live
from .writing import Draft, Writing


class Session(Protocol):
    """A stored interview, as `session.log.SessionLog`."""

    def save_draft(self, text: str, cursor: int) -> None:
        """Stores what is typed."""
        ...

    def append(self, event: Event) -> int:
        """Stores what happened."""
        ...

    @property
    def events(self) -> Sequence[Event]:
        """What has happened, in order."""
        ...


@dataclass(frozen=True, slots=True)
class SessionDrawer:
    """Keeps drafts in the session itself, so that forgetting the one forgets the other."""

    session: Session

    def save_draft(self, text: str, cursor: int) -> None:
        """Stores it in place of the draft before."""
        self.session.save_draft(text, cursor)

    def set_aside(self, text: str) -> None:
        """Stores it as something that happened."""
        self.session.append(DraftSetAside(text=text))

    def sent(self) -> int:
        """How many answers and own questions the session holds, also those taken back."""
        return sum(isinstance(event, SENT) for event in self.session.events)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate, and the screen they look at."""

    candidate: Candidate
    present: AbstractContextManager[object]
    """Holds the keyboard while the interview runs."""
    screen: Screen

    @property
    def exit_code(self) -> int:
        """0, or 128 and the number of the signal by which the candidate left; 1 after trouble with a script."""
        if isinstance(self.candidate, PipeCandidate):
            return int(bool(self.candidate.troubles))
        left_by = self.candidate.left_by if isinstance(self.candidate, TerminalCandidate) else None
        return 128 + left_by if left_by else 0

    def has_told(self, error: BaseException) -> bool:
        """Whether stderr has said of it what there is to say."""
        return isinstance(self.candidate, PipeCandidate) and self.candidate.has_told(error)

    @property
    def unsaved(self) -> str:
        """What the candidate typed and could not be stored."""
        return self.candidate.unsaved if isinstance(self.candidate, TerminalCandidate) else ""


def at_keyboard(
    screen: Screen, settings: Settings, session: Session | None, draft: Draft | None, live: Live | None = None
) -> Place:
    """Somebody sits at the keyboard.

    Args:
        session: where what is typed is kept; None keeps nothing.
        draft: what was typed when the interview was left.
        live: what changes while something is typed or waited for.
    """
    writing = Writing(
        enter="sends" if settings.submit_key == "enter" else "breaks",
        keys="vi" if settings.editing == "vi" else "emacs",
    )
    drawer = SessionDrawer(session) if session else None
    candidate = TerminalCandidate(screen, writing, drawer, draft, _written(session), live=live)
    return Place(candidate, candidate, screen)


def by_pipe(answers: Sequence[str], *, heard: bool, board: Board | None = None) -> Place:
    """Answers are given already; both sides are written down when `heard`, and that a call was tried again.

    Else stdout stays as it is, and stderr says where the words go. Trouble is told on stderr either way.
    """
    screen, beside = Screen.open(plain=True), Screen.open(plain=True, out=sys.stderr)
    if not heard:
        return Place(SilentCandidate(list(answers), beside.say), nullcontext(), screen)
    if board:
        board.reader = lambda told: screen.say(f"note: {told.sentence}") if told.kind == "retrying" else None
    return Place(PipeCandidate(list(answers), screen.say, beside.say), nullcontext(), screen)


def _written(session: Session | None) -> list[str]:
    """What the candidate wrote so far, the oldest first: sent, and set aside."""
    events = session.events if session else ()
    return [event.text for event in events if isinstance(event, AnswerGiven | DraftSetAside)]
