"""How the candidate writes, and what they typed kept safe: stored at every pause, and at once when it is cleared or a
signal comes. The interviewer may think about it at every rest of the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Literal, Protocol

from ..errors import PlainError

PAUSE = 1.5
"""Seconds from the first keystroke that is not saved to the save."""
REST = 0.15
"""Seconds from the last keystroke until what is typed is thought about: longer than between two keys of a word, shorter
than most take to look over what they send. Thinking about 300 words takes some 10 ms."""
LONGEST_FORESEEN = 6_000
"""Characters, a thousand words: reading more than that at every rest would be felt at the keys."""


REMINDERS = {"sends": "Enter sends, Alt-Enter makes a line", "breaks": "Alt-Enter sends, Enter makes a line"}
"""The two keys worth knowing, by what Enter does."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the candidate likes to write."""

    enter: Literal["sends", "breaks"] = "sends"
    """What Enter does; Alt-Enter does the other. Ctrl-J always makes a line."""
    keys: Literal["emacs", "vi"] = "emacs"

    @property
    def reminder(self) -> str:
        """The two keys worth knowing, in a few words."""
        return REMINDERS[self.enter]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed, raw, and where the cursor stands in it."""

    text: str = ""
    cursor: int = 0


class Drawer(Protocol):
    """Where drafts are kept. What stores may raise PlainError, whose sentence is then shown."""

    def save_draft(self, text: str, cursor: int) -> None:
        """Keeps what is typed (raw) in place of what was kept before; nothing, when the text is empty."""
        ...

    def set_aside(self, text: str) -> None:
        """Keeps what was typed and is cleared now."""
        ...

    def sent(self) -> int:
        """How much of what the candidate sent is stored as that, in answers and questions of their own."""
        ...


class NoDrawer:
    """Keeps nothing."""

    def save_draft(self, text: str, cursor: int) -> None:
        """Lets it go."""

    def set_aside(self, text: str) -> None:
        """Lets it go."""

    def sent(self) -> int:
        """Nothing."""
        return 0


def _let_go(text: str) -> None:
    """For what is kept nowhere."""


class Pause:
    """Something that is done after a while, unless it is ended before."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    @property
    def lasts(self) -> bool:
        """Whether something is still to be done."""
        return self._timer is not None

    def begin(self, seconds: float, do: Callable[[], None]) -> None:
        """Does that after so many seconds."""
        self._timer = asyncio.get_running_loop().call_later(seconds, self._over, do)

    def end(self) -> None:
        """Does nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _over(self, do: Callable[[], None]) -> None:
        self._timer = None
        do()


class DraftKeeper:
    """Hands drafts to whoever stores them, not more often than it must: after a pause in a thread of their own, for a
    disk takes longer than a key may; at once where the program ends."""

    def __init__(
        self, store: Callable[[str, int], None], set_aside: Callable[[str], None] = _let_go, kept: Draft | None = None
    ):
        """Args:
        kept: the draft that is stored already.
        """
        self._store = store
        self._set_aside = set_aside
        self._latest = self._stored = kept or Draft()
        self._pause = Pause()
        self._storing = Lock()
        self.trouble = ""
        """Why the last draft could not be stored, in one sentence; empty when it was."""

    @property
    def unsaved(self) -> str:
        """What is typed and not stored."""
        return self._latest.text if self._latest != self._stored else ""

    def changed(self, draft: Draft) -> None:
        """Notes the draft; it is stored after a pause."""
        self._latest = draft
        if not self._pause.lasts:
            self._pause.begin(PAUSE, self._save_aside)

    def save(self) -> None:
        """Stores the latest draft now, if it has not been."""
        self._pause.end()
        self._save_latest()

    def sent(self) -> None:
        """The draft became an answer or a command, and is stored as that: nothing more of it is stored here."""
        self._pause.end()
        with self._storing:
            self._latest = self._stored

    def _save_aside(self) -> None:
        asyncio.get_running_loop().run_in_executor(None, self._save_latest)

    def _save_latest(self) -> None:
        """Any thread may do it; whoever comes second finds it done."""
        with self._storing:
            latest = self._latest
            if latest == self._stored:
                self.trouble = ""
            elif self._kept(lambda: self._store(latest.text, latest.cursor)):
                self._stored = latest

    def keep(self, draft: Draft) -> None:
        """Stores the draft now."""
        self._latest = draft
        self.save()

    def set_aside(self, text: str) -> bool:
        """Stores what is to be cleared, and that nothing is being typed any more; whether it could be stored."""
        if not self._kept(lambda: self._set_aside(text)):
            return False
        self.keep(Draft())
        return True

    def _kept(self, store: Callable[[], None]) -> bool:
        """Whether that could be stored; `trouble` says why not."""
        try:
            store()
        except PlainError as error:
            self.trouble = str(error)
            return False
        self.trouble = ""
        return True


class Foresight:
    """Hands what is typed to whoever thinks ahead, once the keys rest: one text at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._rest = Pause()
        self._thinking: asyncio.Future[None] | None = None

    def changed(self, text: str, foresee: Callable[[str], None]) -> None:
        """Has that text thought about, unless another follows at once."""
        self._rest.end()
        if len(text) <= LONGEST_FORESEEN:
            self._rest.begin(REST, partial(self._begin, text, foresee))

    def sent(self) -> None:
        """No further text is thought about."""
        self._rest.end()

    def _begin(self, text: str, foresee: Callable[[str], None]) -> None:
        if self._thinking is None or self._thinking.done():
            self._thinking = asyncio.get_running_loop().run_in_executor(None, foresee, text)
            self._thinking.add_done_callback(_pass_over)
        else:
            self.changed(text, foresee)


def _pass_over(thinking: asyncio.Future[None]) -> None:
    """What went wrong goes wrong again when the text is sent, and is told then: asyncio would write over the text."""
    if not thinking.cancelled():
        thinking.exception()
