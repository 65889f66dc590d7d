"""A round with a judge that takes two seconds a call: how long the scorecard is waited for, and what is sent.

The judge is a stand-in in this process: what is measured is when its calls are made and what they hold.

A provider's cache is taken to serve a request the longest beginning that it shares with one which was answered before
it was sent, from 1,024 tokens on, as providers say of theirs: calls that go out together serve each other nothing. No
order of the prompts can make a cache serve what was never sent before, such as a new answer or a dimension that is
read for the first time; so the share of what was sent before stands beside it, by the line, wherever in a request.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import correlation, linear_regression

from tests.end_to_end.conftest import obliging_model

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Command, Purpose, ScriptedCandidate, Situation
from interviewer.interview.candidate import Reply as Said
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.models.model import EndState, Reply, Request
from interviewer.rating.opening import open_offline
from interviewer.session.events import AnswerGiven, MemoryLog

from .figures import Figure, of_runs

GOLD = Path(__file__).parents[1] / "fixtures" / "gold" / "dev.jsonl"
CALL = 2.0
"""Seconds a call of the judge takes."""
TYPING = 5.0
"""Seconds a candidate takes for an answer; most take far longer."""
QUESTIONS = ("safety-over-speed", "disagreement", "superficial-alignment", "unknown-answer")
ANSWERS = 3
RUNS = 5
LETTERS_A_TOKEN = 4
LEAST_SERVED = 1024 * LETTERS_A_TOKEN
"""Letters of a beginning that a provider's cache keeps: OpenAI's and most of Anthropic's models want 1,024 tokens."""


@dataclass
class Sent:
    """A request: its text, and the seconds of the loop at which it was sent and answered."""

    text: str
    at: float
    answered: float = inf


class Slow:
    """A model whose every call takes the same time; keeps what it was asked."""

    name, host, local = "stand-in/judge", "judge.example", False

    def __init__(self, seconds: float):
        self._seconds = seconds
        self.asked: list[Sent] = []
        self.rated = 0

    async def complete(self, request: Request) -> Reply:
        """An obliging reply, after a while."""
        now = asyncio.get_running_loop().time
        sent = Sent("\n".join(message.content for message in request.messages), now())
        self.asked.append(sent)
        self.rated += request.schema is not None
        await asyncio.sleep(self._seconds if request.schema else 0)
        sent.answered = now()
        text = "".join(obliging_model({"format": request.schema}))
        return Reply(text, EndState.COMPLETE, model=self.name, host=self.host)

    async def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        """The whole at once."""
        reply = await self.complete(request)
        yield reply.text
        yield reply

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Held:
    """A round that was held."""

    wait: float
    """Seconds from the last answer to the last rating."""
    model: Slow
    answers: int
    """Given; a question that needs no follow-up takes fewer."""


class Typist(ScriptedCandidate):
    """Takes a while for every answer, and keeps when the last was sent."""

    def __init__(self, answers: list[str], seconds: float):
        super().__init__(answers)
        self._seconds = seconds
        self.last = 0.0

    async def reply(self, situation: Situation) -> Said:
        """The next answer; nothing is asked back at the end."""
        beside = (Purpose.NOTICE, Purpose.WHEREABOUTS)
        asked = next(heard.purpose for heard in reversed(self.heard) if heard.purpose not in beside)
        if asked not in (Purpose.QUESTION, Purpose.PROBE):
            return Command("end")
        await asyncio.sleep(self._seconds)
        self.last = time.perf_counter()
        return await super().reply(situation)


def run() -> list[Figure]:
    """The wait for the scorecard over the time of one call; tokens over answers; what a cache can serve of them."""
    rounds = asyncio.run(_at_once())
    waits = [held.wait / CALL for held in rounds]
    at_the_end = [held.wait / (held.model.rated * CALL) for held in rounds]
    sizes = [asyncio.run(_round(Slow(0), count, 0)) for count in range(1, len(QUESTIONS) + 1)]
    tokens = [_letters(held.model.asked) / LETTERS_A_TOKEN for held in sizes]
    answers = [float(held.answers) for held in sizes]
    slope, start = linear_regression(answers, tokens)
    asked = rounds[0].model.asked
    again, cached = sent_before(asked) / _letters(asked), served(asked) / _letters(asked)
    return [
        of_runs("last answer to scorecard / one call", waits, "x", "<= 1.25"),
        of_runs("last answer to scorecard / all at the end", at_the_end, "x", "<= 0.125"),
        Figure("judge calls in a round of 4 x 3 answers", rounds[0].model.rated, "calls"),
        Figure("tokens an answer (slope of the fit)", slope, "tokens"),
        Figure("tokens of an empty round (start of the fit)", start, "tokens", better="neither"),
        Figure("tokens grow in a line (r squared)", correlation(answers, tokens) ** 2, "", target=">= 0.98"),
        Figure("repeated text that a provider's cache can serve", cached / again, "", target=">= 0.7"),
        Figure("repeated text, of all that is sent: no cache serves more", again, ""),
        Figure("what a provider's cache can serve, of all that is sent", cached, ""),
    ]


async def _at_once() -> list[Held]:
    """Some rounds side by side: they mostly wait."""
    return list(await asyncio.gather(*(_round(Slow(CALL), len(QUESTIONS), TYPING) for _ in range(RUNS))))


async def _round(model: Slow, questions: int, typing: float) -> Held:
    bank = Bank.open()
    readers = Readers(open_offline(bank), judge=model.name, model=model.name, opened=lambda name: model)
    readers.offline.warm_up()
    candidate = Typist(_answers(questions), typing)
    log = MemoryLog()
    interview = begin(bank, log, readers, Wishes(format="round", questions=QUESTIONS[:questions], seed=1))
    await interview.run(candidate)
    await interview.finish()
    given = sum(isinstance(event, AnswerGiven) for event in log.events)
    return Held(time.perf_counter() - candidate.last, model, given)


def _answers(questions: int) -> list[str]:
    """Three gold answers to each question, or what was said elsewhere where there are fewer."""
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    texts = [line["thread"][0]["text"] for line in lines if line["ratings"]]
    return texts[: questions * ANSWERS]


def served(asked: Sequence[Sent]) -> int:
    """The letters that a provider's cache can serve."""
    shared = (max((_common(sent.text, text) for text in _answered(sent, asked)), default=0) for sent in asked)
    return sum(letters for letters in shared if letters >= LEAST_SERVED)


def sent_before(asked: Sequence[Sent]) -> int:
    """The letters on lines that stand anywhere in a request that was answered before."""
    return sum(
        len(line) + 1
        for sent in asked
        for known in [{line for text in _answered(sent, asked) for line in text.splitlines()}]
        for line in sent.text.splitlines()
        if line in known
    )


def _answered(sent: Sent, asked: Sequence[Sent]) -> list[str]:
    """What had been answered when the request was sent."""
    return [other.text for other in asked if other.answered <= sent.at]


def _letters(asked: Sequence[Sent]) -> int:
    return sum(len(sent.text) for sent in asked)


def _common(one: str, other: str) -> int:
    """Letters that both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
