"""Where an answer is written: several lines, soft-wrapped, with the keys of Emacs or vi, drafts kept as they grow.

The buffer holds the raw text; what is shown of it is harmless (`display.py`). Nothing here is loaded where there is no
terminal: prompt_toolkit is known to this module, `keys.py`, `display.py`, the picker and its keys alone.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence

from prompt_toolkit.application.run_in_terminal import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.shortcuts import PromptSession

from ..interview.candidate import Situation
from ..interview.commands import COMMANDS
from ..text import clean_line, shorten, without_surrogates
from .asking import SAVED, SET_ASIDE, Asking
from .display import Harmless, erase_wrapped, show_by_rows, style_for
from .interrupts import handled, on_interrupt
from .keys import key_bindings
from .lines import fold
from .meter import Meter
from .own_editor import edited
from .screen import Screen
from .toolbar import bottom_lines
from .tour import EDITOR_KEYS
from .writing import Draft, DraftKeeper, Foresight, Writing

_CONTINUED: StyleAndTextTuples = [("", "  ")]


class Editor:
    """One editor for the whole interview; its history is what was sent and set aside in it, in no file of its own."""

    def __init__(
        self,
        screen: Screen,
        writing: Writing,
        keeper: DraftKeeper,
        now: Callable[[Situation], Situation],
        history: Sequence[str] = (),
    ):
        """Args:
        now: a situation with what is true of it at this moment.
        history: what was written before, the oldest first.
        """
        self.screen = screen
        self._now = now
        self.writing = writing
        self.keeper = keeper
        self._foresight = Foresight()
        self.asking = Asking()
        self.meter = Meter()
        self.situation: Situation | None = None
        self.interrupted = False
        """Whether Ctrl-C twice ended the last `write`."""
        self.keys_told = EDITOR_KEYS.format(reminder=writing.reminder)
        self._label: StyleAndTextTuples = (
            [("", "you: ")] if screen.look.plain else [("class:mark", screen.look.mark("› ", "> "))]
        )
        self.session = self._prompt_session(history)
        # prompt_toolkit works its own prefix out anew for each row of each redraw: 6 ms with 2,000 words.
        self.session.layout.current_window.get_line_prefix = self._prefix
        control = self.session.layout.current_control
        assert isinstance(control, BufferControl)
        show_by_rows(control, lambda: self.row_width)
        erase_wrapped(self.session.app, os.environ)
        self.buffer.on_text_changed += self._changed
        self.session.app.key_processor.before_key_press += self._key
        # Going through all that is loaded by now would hold a key back for 17 ms, every few seconds.
        gc.freeze()

    def _prompt_session(self, history: Sequence[str]) -> PromptSession[str]:
        look = self.screen.look
        plain = look.plain
        return PromptSession(
            multiline=True,
            editing_mode=EditingMode.VI if self.writing.keys == "vi" else EditingMode.EMACS,
            history=InMemoryHistory(list(history)),
            completer=None if plain else CommandCompleter(self),
            complete_while_typing=Condition(self._is_command),
            reserve_space_for_menu=4,
            key_bindings=key_bindings(self),
            style=style_for(look),
            color_depth=ColorDepth.DEPTH_4_BIT if look.colour else ColorDepth.DEPTH_1_BIT,
            include_default_pygments_style=False,
            input_processors=[Harmless()],
            wrap_lines=False,
            placeholder=None if plain else self._placeholder,
            bottom_toolbar=None if plain else self._bottom,
            refresh_interval=0 if plain else 1.0,
            erase_when_done=not plain,
            enable_suspend=True,
        )

    @property
    def buffer(self) -> Buffer:
        """What is being written."""
        return self.session.default_buffer

    async def write(self, situation: Situation, draft: Draft) -> str:
        """The text that was sent, raw.

        Raises:
            EOFError: the candidate leaves, or the terminal is gone.
        """
        self.situation, self.interrupted = situation, False
        situation.clock.key()
        self.asking.typed()
        ahead = typed_ahead(self.session)
        text = draft.text + ahead
        start = Draft(text, len(text) if ahead else min(draft.cursor, len(text)))
        if ahead:
            self.keeper.changed(start)
        self._let_foresee(text)
        with on_interrupt(self.session.app.key_processor.send_sigint):
            try:
                sent = await self.session.prompt_async(default=Document(start.text, start.cursor), handle_sigint=False)
            finally:
                self._foresight.sent()
        return without_surrogates(sent)

    def leave(self) -> None:
        """Ends `write` with EOFError, the draft stored."""
        if self.buffer.text:
            self.keeper.keep(self.draft())
        if self.session.app.is_running and not self.session.app.is_done:
            self.session.app.exit(exception=EOFError())

    def tell(self) -> None:
        """Shows what `asking` asks: on the bottom line, or as a line of its own in a plain look."""
        if self.screen.look.plain and self.asking.message:
            self.session.app.renderer.erase()
            self.screen.say(f"note: {self.asking.message}")
        self.session.app.invalidate()

    def draft(self) -> Draft:
        """What is written at the moment."""
        return Draft(self.buffer.text, self.buffer.cursor_position)

    def set_aside(self) -> str:
        """Puts the draft into the history and clears the buffer, or leaves it where it cannot be stored; says which."""
        if not self.buffer.text.strip():
            return self.keeper.trouble or SAVED
        if not self.keeper.set_aside(without_surrogates(self.buffer.text)):
            return f"Your draft is not saved. {self.keeper.trouble}"
        self.buffer.reset(append_to_history=True)
        return SET_ASIDE

    async def open_own(self) -> None:
        """Lets the candidate's own editor work on the draft; whatever it saves is stored at once. Ctrl-C is for it."""
        loop, text_now = asyncio.get_running_loop(), self.buffer.text
        if self.situation:
            self.situation.clock.unwatch()

        def saved(text: str) -> None:
            loop.call_soon_threadsafe(self._take_saved, text)

        with handled((signal.SIGINT,), lambda number, frame: None):
            text = await run_in_terminal(lambda: edited(text_now, os.environ, saved), in_executor=True)
        self._key()
        if text is None:
            self.asking.message = "The editor ended in failure, or none could be started; EDITOR names one."
            self.tell()
        else:
            self._take_saved(text)

    def _take_saved(self, text: str) -> None:
        self.buffer.document = Document(text, len(text))
        self.keeper.keep(self.draft())

    @property
    def row_width(self) -> int:
        """Columns of text in a row, beside the mark or the label."""
        return self.screen.width - (len("you: ") if self.screen.look.plain else 2)

    def _key(self, _: object = None) -> None:
        if self.situation:
            self.situation.clock.key()

    def _changed(self, buffer: Buffer) -> None:
        self.asking.typed()
        if self.session.app.is_running:
            self.keeper.changed(self.draft())
            self._let_foresee(buffer.text)

    def _let_foresee(self, text: str) -> None:
        if self.situation and text.strip() and not text.startswith("/"):
            self._foresight.changed(text, self.situation.foresee)

    def _is_command(self) -> bool:
        return self.buffer.text.startswith("/") and "\n" not in self.buffer.text

    def _prefix(self, row: int, part: int) -> StyleAndTextTuples:
        if self.screen.look.plain:
            return self._label if row == 0 else []
        return self._label if row == 0 else _CONTINUED

    def _placeholder(self) -> StyleAndTextTuples:
        length = self.situation.length if self.situation else None
        invitation = f"In your own words, {length.said}." if length else "In your own words."
        whole = f"{invitation} {self.writing.reminder}."
        return [
            ("class:placeholder", whole if len(whole) < self.row_width else shorten(invitation, self.row_width - 1))
        ]

    def _bottom(self) -> StyleAndTextTuples:
        if self.situation is None:
            return []
        width = self.screen.width - 1
        if message := self.asking.message or self.keeper.trouble:
            return [("class:asking", "\n".join(fold(clean_line(message), width)))]
        self.meter.read(self.buffer.text)
        lines = bottom_lines(
            self._now(self.situation),
            self.situation.clock.moment,
            self.meter.words,
            self.meter.speaking,
            self.writing.reminder,
            width,
        )
        return [("class:standing", "\n".join(lines))]


def open_editor(
    screen: Screen,
    writing: Writing,
    keeper: DraftKeeper,
    now: Callable[[Situation], Situation],
    history: Sequence[str],
) -> Editor | None:
    """An editor on this terminal, or None where prompt_toolkit finds no console (Git Bash on Windows)."""
    try:
        return Editor(screen, writing, keeper, now, history)
    except _no_console():
        return None


def _no_console() -> tuple[type[Exception], ...]:
    if sys.platform == "win32":
        from prompt_toolkit.output.win32 import NoConsoleScreenBufferError

        return OSError, NoConsoleScreenBufferError
    return (OSError,)


class CommandCompleter(Completer):
    """The commands of the moment, where a text begins with a slash."""

    def __init__(self, editor: Editor):
        self._editor = editor

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Commands that begin with what is typed."""
        typed = document.text_before_cursor
        if not typed.startswith("/") or "\n" in document.text or " " in typed or self._editor.situation is None:
            return
        for name in self._editor.situation.commands:
            if name.startswith(typed[1:].lower()):
                does = COMMANDS[name].does if name in COMMANDS else ""
                yield Completion(f"/{name}", -len(typed), display_meta=does)


def typed_ahead(session: PromptSession[str]) -> str:
    """What was typed while nobody was asked: it becomes part of the draft and is never sent by itself."""
    source = session.app.input
    presses = get_typeahead(source)
    while fresh := source.read_keys():
        presses += fresh
    text = ""
    for press in presses:
        text = text[:-1] if press.key in (Keys.ControlH, Keys.Backspace) else text + _text_of(press)
    return text


def _text_of(press: KeyPress) -> str:
    if press.key in (Keys.ControlM, Keys.ControlJ):
        return "\n"
    if press.key is Keys.BracketedPaste:
        return press.data.replace("\r\n", "\n").replace("\r", "\n")
    return press.data if len(press.key) == 1 and press.data.isprintable() else ""
