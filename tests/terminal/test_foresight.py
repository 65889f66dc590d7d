"""While somebody types, the interviewer may think about it: in the editor itself, on a pipe for a keyboard."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine
from dataclasses import replace
from threading import Event

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from interviewer.interview.candidate import Situation
from interviewer.interview.clock import Stopwatch
from interviewer.terminal.editor import Editor
from interviewer.terminal.look import Look
from interviewer.terminal.screen import Screen
from interviewer.terminal.writing import Draft, DraftKeeper, Writing

ANSWER = "I held the release back for two days, because a scan of the training data had found 212 names of patients."
SITUATION = Situation("A question", 1, 1, 0, 0.0, 5.0, "exam", "offline", "", ("help",))


def at_keys(write: Callable[[Editor, PipeInput], Coroutine[None, None, str]]) -> str:
    """What is sent by somebody whose keys come through a pipe."""
    out = io.StringIO()
    with create_pipe_input() as pipe:
        output = Vt100_Output(out, lambda: Size(24, 80), term="xterm", enable_cpr=False)
        with create_app_session(input=pipe, output=output):
            screen = Screen(Look(), out, 80)
            editor = Editor(screen, Writing(), DraftKeeper(lambda text, cursor: None), lambda situation: situation)
            return asyncio.run(write(editor, pipe))


def test_the_editor_has_an_answer_thought_about_before_it_is_sent() -> None:
    thought: list[str] = []
    rested = Event()

    def foresee(draft: str) -> None:
        thought.append(draft)
        rested.set()

    async def write(editor: Editor, pipe: PipeInput) -> str:
        writing = asyncio.ensure_future(editor.write(replace(SITUATION, foresee=foresee), Draft()))
        pipe.send_text(ANSWER)
        assert await asyncio.to_thread(rested.wait, 20)
        pipe.send_text("\r")
        return await asyncio.wait_for(writing, 20)

    sent = at_keys(write)
    assert (thought, sent) == ([ANSWER], ANSWER)


def test_the_editor_tells_the_clock_of_every_key_also_of_one_that_changes_nothing() -> None:
    hand = [0.0]
    clock = Stopwatch(lambda: hand[0], longest=120)
    seen = Event()

    async def write(editor: Editor, pipe: PipeInput) -> str:
        writing = asyncio.ensure_future(editor.write(replace(SITUATION, clock=clock), Draft(ANSWER)))
        await asyncio.sleep(0)
        hand[0] = 400.0
        editor.session.app.key_processor.after_key_press += lambda _: seen.set()
        pipe.send_text("\x1b[D")
        assert await asyncio.to_thread(seen.wait, 20)
        assert (clock.seconds, clock.left_out) == (120, 280)
        hand[0] = 430.0
        pipe.send_text("\r")
        return await asyncio.wait_for(writing, 20)

    assert at_keys(write) == ANSWER
    assert (clock.seconds, clock.left_out) == (150, 280)
