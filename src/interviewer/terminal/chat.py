"""The candidate at a terminal: hears by the screen, answers by the keyboard. One object per interview.

Use it as a context manager: within the block keys typed while nobody is asked are held for the next answer, and
SIGTERM and SIGHUP store the draft before the program ends.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import ExitStack, suppress
from types import FrameType
from typing import Any, Protocol, Self, TextIO

from ..interview.candidate import Answer, Command, Purpose, Reply, Situation, Utterance, as_reply
from ..interview.waiting import Done, StoppedWaiting
from . import views
from .asking import NOTHING_CHOSEN, UNUSED
from .flow import Flow, WholeLines
from .held import held_keys
from .interrupts import handled, on_interrupt
from .linemode import LineWriter
from .lines import Span, measure
from .look import Role, is_dumb
from .screen import Screen
from .tour import tour
from .waiting import Live, Waiting
from .writing import Draft, DraftKeeper, Drawer, NoDrawer, Writing

HANG_UPS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Writer(Protocol):
    """Where an answer is written: the editor, or line by line."""

    interrupted: bool
    keys_told: str
    """How to write and send, for the tour."""

    async def write(self, situation: Situation, draft: Draft) -> str:
        """The raw text that was sent. Raises EOFError when nothing more is to come."""
        ...

    def leave(self) -> None:
        """Ends `write` with EOFError, the draft stored."""
        ...


class TerminalCandidate:
    """Whoever sits before the screen; see `interview.candidate.Candidate`."""

    def __init__(
        self,
        screen: Screen,
        writing: Writing | None = None,
        drawer: Drawer | None = None,
        draft: Draft | None = None,
        history: Sequence[str] = (),
        stdin: TextIO | None = None,
        live: Live | None = None,
    ):
        """Args:
        drawer: keeps what is typed, at every pause, until what became of it is stored.
        draft: what was typed before, to begin with.
        history: what was written before that, the oldest first.
        live: what changes while something is typed or waited for.
        """
        self.screen = screen
        self.left_by: signal.Signals | None = None
        """The signal by which the candidate left: SIGINT for Ctrl-C twice, SIGTERM, SIGHUP; None otherwise."""
        self._writing = writing or Writing()
        drawer = drawer or NoDrawer()
        self._draft = draft or Draft()
        self._aside = ""
        """What was typed while a list was shown."""
        self._drawer = drawer
        self._keeper = DraftKeeper(drawer.save_draft, drawer.set_aside, self._draft)
        self._history = tuple(history)
        self._stdin = stdin or sys.stdin
        self._live = live or Live()
        self._waiting = Waiting(screen, self._live.board)
        self._kept_writer: Writer | None = None
        self._replying: asyncio.AbstractEventLoop | None = None
        self._sent: str | None = None
        """The answer that was sent last, until it is known to be stored."""
        self._stored_before = 0
        """What was stored of what was sent before it."""
        self._block = ExitStack()

    def __enter__(self) -> Self:
        self._block.enter_context(held_keys(self._stdin) if self._edits() else ExitStack())
        self._block.enter_context(handled(HANG_UPS, self._hung_up))
        return self

    def __exit__(self, *error: object) -> None:
        with handled((signal.SIGINT,), lambda number, frame: None):  # one more Ctrl-C cuts nothing off
            self._keep_what_was_sent()
            self._waiting.end()
            self._show_what_is_not_kept()
            self._block.close()

    async def hear(self, utterance: Utterance) -> None:
        """Shows what the interviewer says."""
        self._waiting.end()
        if utterance.purpose is not Purpose.TROUBLE:  # which may be that an answer could not be stored
            self._clear_draft()
        self.screen.show(views.utterance(utterance, self.screen.look, self.screen.width))

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Shows speech as it comes. Ctrl-C stops it; what came stays, and is marked as cut."""
        self._waiting.count()
        self._clear_draft()
        speech = asyncio.ensure_future(self._shown(purpose, pieces))
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True
            speech.cancel()

        with on_interrupt(stop):
            try:
                await speech
            except asyncio.CancelledError:
                if not stopped:
                    raise
                self._waiting.end()
                self.screen.say("[cut]", Role.QUIET)
            finally:
                self._waiting.end()
        self.screen.say("")

    async def wait_for(self, work: Coroutine[Any, Any, Done]) -> Done:
        """What the work comes to, with a line that says how long it takes; Ctrl-C stops it. See `Waits`."""
        working = asyncio.ensure_future(work)
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True
            working.cancel()

        self._waiting.count()
        with on_interrupt(stop):
            try:
                return await working
            except asyncio.CancelledError:
                if not stopped:
                    raise
                raise StoppedWaiting from None
            finally:
                self._waiting.end()

    async def reply(self, situation: Situation) -> Reply:
        """What the candidate sends, as an answer or a command.

        Raises:
            EOFError: they leave; `left_by` says by which signal.
        """
        self._waiting.end()
        self._waiting.catch_up()
        self._clear_draft()
        draft, self._draft = self._with_aside(self._draft), Draft()
        self._stored_before = self._drawer.sent()
        reply = as_reply(text := await self._write(situation, draft))
        self._sent = reply.text if isinstance(reply, Answer) else None
        if not self.screen.look.plain:
            shown = views.answer(text, self.screen.look, self.screen.width)
            self.screen.show(shown[:-1] if isinstance(reply, Command) else shown)
        if isinstance(reply, Command):
            self._keeper.keep(Draft())  # now: some commands leave
        if reply == Command("help"):
            self._note(tour(self._writer().keys_told))
        if situation.host and isinstance(reply, Answer):
            self._waiting.begin()
        return reply

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """One of the options; the default where nobody is there to choose. Ctrl-C and Ctrl-D choose nothing.

        Raises:
            EOFError: they leave, by one of these keys twice; `left_by` says by which signal.
        """
        from .picker import choose

        self._waiting.end()
        with suppress(KeyboardInterrupt, EOFError):
            return await choose(ask, options, default, self.screen, self._keep_aside)
        self._note(NOTHING_CHOSEN)
        try:
            return await choose(ask, options, default, self.screen, self._keep_aside)
        except KeyboardInterrupt:
            self.left_by = signal.SIGINT
            raise EOFError("Ctrl-C twice") from None

    def _keep_aside(self, text: str) -> None:
        """Makes the next answer begin with what was typed where nothing could be answered."""
        self._aside = "\n".join(filter(None, [self._aside, text]))

    def _note(self, text: str, purpose: Purpose = Purpose.NOTICE) -> None:
        self.screen.show(views.utterance(Utterance(purpose, text), self.screen.look, self.screen.width))

    async def _write(self, situation: Situation, draft: Draft) -> str:
        writer = self._writer()
        self._replying = asyncio.get_running_loop()
        try:
            self._sent = await writer.write(situation, draft)
            self._keeper.sent()
            return self._sent
        except EOFError:
            self.left_by = signal.SIGINT if writer.interrupted else self.left_by
            raise
        except OSError as error:
            raise EOFError("the terminal is gone") from error
        finally:
            self._keeper.save()
            self._replying = None

    async def _shown(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        manner = views.MANNERS[purpose]
        look = self.screen.look
        mark = Span(look.mark(manner.mark, manner.ascii_mark), manner.role)
        width = measure(self.screen.width)
        flow = WholeLines(width, f"{manner.label}: ") if look.plain else Flow(width, mark)
        try:
            async for piece in pieces:
                self._waiting.end()
                flow.fit(measure(self.screen.width))
                self.screen.put(flow.feed(piece))
        finally:
            self.screen.put(flow.close())

    def _with_aside(self, draft: Draft) -> Draft:
        """The draft, with what was typed where nothing could be answered."""
        aside, self._aside = self._aside, ""
        text = "\n".join(filter(None, [draft.text, aside]))
        return Draft(text, len(text)) if aside else draft

    def _clear_draft(self) -> None:
        """The answer that was sent last is stored by now: nothing is being typed any more."""
        if self._sent is not None:
            self._sent = None
            self._keeper.keep(Draft())

    def _keep_what_was_sent(self) -> None:
        """Makes a draft of an answer again that Ctrl-C kept from being stored."""
        if self._sent and self._drawer.sent() == self._stored_before:
            self._keeper.keep(Draft(self._sent, len(self._sent)))

    @property
    def unsaved(self) -> str:
        """What was typed and could not be stored."""
        return self._keeper.unsaved

    def _show_what_is_not_kept(self) -> None:
        """Leaves on the screen, to be copied, what was typed at a list after which no answer was asked for, and a draft
        that could not be stored; what was sent is there already."""
        if self._aside:
            self._note(UNUSED)
            self.screen.show(views.answer(self._aside, self.screen.look, self.screen.width))
        if self.unsaved and self._sent is None:
            self.screen.show(views.answer(self.unsaved, self.screen.look, self.screen.width))
            self._note(self._keeper.trouble, Purpose.TROUBLE)

    def _writer(self) -> Writer:
        """The editor where there is a terminal that can bear one, made when it is first needed."""
        if self._kept_writer is None:
            self._kept_writer = self._editor() or LineWriter(self.screen, self._keeper, self._stdin)
        return self._kept_writer

    def _editor(self) -> Writer | None:
        if not self._edits():
            return None
        from .editor import open_editor

        return open_editor(self.screen, self._writing, self._keeper, self._live.now, self._history)

    def _edits(self) -> bool:
        """Whether keys can be read one by one."""
        return not is_dumb(os.environ) and self._stdin.isatty() and sys.stdout.isatty()

    def _hung_up(self, number: int, frame: FrameType | None) -> None:
        if self._replying is None or self._kept_writer is None:
            raise SystemExit(128 + number)
        self.left_by = signal.Signals(number)
        self._replying.call_soon_threadsafe(self._kept_writer.leave)
