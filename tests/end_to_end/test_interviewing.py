"""Debates, scenarios, the demo and a slow model, in a real terminal: what is killed goes on, what is slow says so."""

from __future__ import annotations

import json
import signal
import threading
from typing import Any

import pytest

from tests.doubles.ollama import OllamaDouble
from tests.doubles.server import Exchange
from tests.terminal.harness import Terminal

from .conftest import Call, Sit, obliging_model

SIDE = "Capability work should slow down until alignment catches up, because we hand systems to millions unread."
POINT = "Then I would tie the pace to what the last test showed, run by run, and let small contained work go on."
LOOK = "I would look at two hundred of those conversations myself before I touched anything."
ANSWER = "I stopped the release for two days because a scan of the training data found 212 names of patients."
ASKED = "safety-over-speed"
WORDED = "What did the scan look at, before you trusted it?"


def say(terminal: Terminal, text: str) -> None:
    terminal.type(text)
    terminal.press("enter")


FORMATS = {
    "debate": ("debate-pace", SIDE, POINT, "What do you say to that?", "Where does that leave your side?"),
    "scenario": ("agreeable-model", LOOK, LOOK, "probe 1", "What do you do with this version?"),
}


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_said_survives_kill_9_in_every_format(format_: str, sit: Sit, call: Call) -> None:
    question, first, second, waits, goes_on = FORMATS[format_]
    with sit(question, "--format", format_, "--model", "offline", "--exam") as terminal:
        terminal.wait_for("In your own words")
        say(terminal, first)
        terminal.wait_for(waits)
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    with sit("resume") as terminal:
        terminal.wait_for("Welcome back")
        terminal.wait_for(waits)
        terminal.wait_for("0 words")
        say(terminal, second)
        terminal.wait_for(goes_on)
        terminal.wait_for("0 words")
        say(terminal, "/end")
        assert terminal.wait_exit() == 0
    [thread] = json.loads(call("review", "--json").stdout)["threads"]
    said = [turn["text"] for turn in thread["thread"] if turn["role"] == "candidate"]
    assert said == [first, second]
    assert thread["thread"][1]["role"] == "interviewer"


class BreaksOff(OllamaDouble):
    """Says four sentences and the beginning of a fifth, and then nothing for a minute."""

    async def _case_slow(self, exchange: Exchange) -> None:
        reasons = [f"Reason {number} is that waiting has victims too. " for number in range(1, 5)]
        await self._begin(exchange, [*reasons, "Reason 5 is"])
        await exchange.pause(60)


def test_a_debate_that_is_stopped_in_mid_speech_keeps_what_was_heard(sit: Sit, call: Call) -> None:
    with BreaksOff() as ollama:
        arguments = ("debate-pace", "--format", "debate", "--model", "ollama/slow", "--judge", "offline", "--exam")
        with sit(*arguments, OLLAMA_HOST=ollama.url) as terminal:
            terminal.wait_for("In your own words")
            say(terminal, SIDE)
            terminal.wait_for("Reason 2 is that waiting has victims too.")
            terminal.press("ctrl-c")
            terminal.wait_for("[cut]")
            terminal.wait_for("0 words")
            say(terminal, "/end")
            assert terminal.wait_exit() == 0
    [thread] = json.loads(call("review", "--json").stdout)["threads"]
    heard = thread["thread"][1]["text"]
    assert heard.startswith("Reason 1 is that waiting has victims too. Reason 2")
    assert "Reason 5" not in heard


class HeldBack:
    """A model that says nothing until it is let."""

    def __init__(self) -> None:
        self.asked, self.let = threading.Event(), threading.Event()

    def speech(self, body: Any) -> list[str]:
        self.asked.set()
        assert self.let.wait(20)
        return obliging_model(body)


def test_a_mark_is_the_next_thing_seen_while_the_model_has_said_nothing_yet(sit: Sit) -> None:
    model = HeldBack()
    with OllamaDouble(speech=model.speech) as ollama:
        arguments = (ASKED, "--model", "ollama/ok", "--judge", "offline", "--exam")
        with sit(*arguments, OLLAMA_HOST=ollama.url) as terminal:
            terminal.wait_for("In your own words")
            terminal.type(ANSWER)
            terminal.wait_until(lambda screen: any("of patients." in row for row in screen))
            terminal.press("enter")
            terminal.wait_until(lambda screen: any(row.strip() == "…" for row in screen), "the mark")
            assert model.asked.wait(20), "the model was asked, and has said nothing"
            assert not any(WORDED in row for row in terminal.screen())
            model.let.set()
            terminal.wait_for(WORDED)
            assert not any(row.strip() == "…" for row in terminal.screen())


@pytest.mark.parametrize("person", ["terse-expert", "bluffer"])
def test_the_demo_plays_a_whole_interview_and_ends(person: str, sit: Sit, call: Call) -> None:
    with sit("demo", person) as terminal:
        terminal.wait_for("A made-up candidate")
        terminal.press("enter")
        assert terminal.wait_exit(patience=60) == 0
        shown = "\n".join(terminal.scrollback())
    assert "Scorecard" in shown
    assert call("history", "--json").stdout.strip() == "[]"


def test_ctrl_c_stops_the_wait_for_a_model_and_asks_how_to_go_on(sit: Sit, call: Call) -> None:
    model = HeldBack()
    with OllamaDouble(speech=model.speech) as ollama:
        arguments = (ASKED, "--model", "ollama/ok", "--judge", "offline", "--exam")
        with sit(*arguments, OLLAMA_HOST=ollama.url) as terminal:
            terminal.wait_for("In your own words")
            say(terminal, ANSWER)
            terminal.wait_for("s (Ctrl-C stops waiting)")
            terminal.press("ctrl-c")
            terminal.wait_for("You stopped waiting for the model. Your answer is saved.")
            terminal.wait_for("try again")
            model.let.set()
            terminal.press("up", "enter")
            terminal.wait_for(WORDED)
            terminal.wait_for("0 words")
            say(terminal, "/end")
            assert terminal.wait_exit() == 0
    calls = json.loads(call("review", "--json").stdout)
    assert [turn["text"] for turn in calls["threads"][0]["thread"]] == [ANSWER, WORDED]
