"""Between two lines of a conversation: an answer sent, the next question said or the request on the wire.

An interview with its store on a real disk, one event loop, no screen. An answer is synced before anything follows, so
the disk is in it. The request is seen by an Ollama double in a thread of this process.

The interviewer thinks about a draft at every rest of the keys (`terminal/writing.py`), so that what follows is chosen
when it is sent. Those who send so soon after the last key that there was no rest are measured beside it.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.doubles.ollama import OllamaDouble
from tests.doubles.server import Exchange
from tests.end_to_end.conftest import obliging_model

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Answer, Command, Purpose, Reply, Situation, Utterance
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.models.opening import open_model
from interviewer.rating.opening import open_offline
from interviewer.session.store import Store
from interviewer.terminal.writing import REST

from .figures import Figure, of_runs, percentile

GOLD = Path(__file__).parents[1] / "fixtures" / "gold" / "dev.jsonl"
DRILLS = 60
RUNS = 5
SPOKEN = (Purpose.QUESTION, Purpose.PROBE, Purpose.CLOSE)


class Pacer:
    """A candidate who answers at once and takes the time of every turn."""

    def __init__(self, answers: list[str]):
        self._answers = iter(answers)
        self.sent: float | None = None
        self.waited: list[float] = []
        """Seconds from an answer to what was said next."""

    async def hear(self, utterance: Utterance) -> None:
        """Stops the clock at a question, a probe or the close."""
        if self.sent is not None and utterance.purpose in SPOKEN:
            self.waited.append(time.perf_counter() - self.sent)
            self.sent = None

    async def listen(self, purpose: Purpose, pieces: AsyncIterator[str]) -> None:
        """Hears it to its end."""
        await self.hear(Utterance(purpose, "".join([piece async for piece in pieces])))

    async def reply(self, situation: Situation) -> Reply:
        """The next answer, after a moment in which what waits may run."""
        answer = next(self._answers, None)
        await self._type(situation, answer or "")
        self.sent = time.perf_counter()
        return Answer(answer) if answer else Command("end")

    async def _type(self, situation: Situation, answer: str) -> None:
        await asyncio.sleep(0.01)

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        """The default."""
        return default


class RestedPacer(Pacer):
    """Rests before an answer is sent, as somebody does who looks it over."""

    async def _type(self, situation: Situation, answer: str) -> None:
        """Waits as long as what the editor does at a rest takes."""
        await super()._type(situation, answer)
        await asyncio.to_thread(situation.foresee, answer)


class Witness(OllamaDouble):
    """Takes the time at which each request came."""

    came: list[float]

    async def answer(self, exchange: Exchange) -> None:
        """Notes the time of a request for a wording."""
        if (
            exchange.request.path == "/api/chat"
            and exchange.request.body["messages"]
            and not exchange.request.body.get("format")
        ):
            self.came.append(time.perf_counter())
        await super().answer(exchange)


def run() -> list[Figure]:
    """Milliseconds at the 50th and 99th of a hundred turns, over some runs."""
    answers = [json.loads(line)["thread"][0]["text"] for line in GOLD.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home, Store.open(Path(home) / "sessions.db") as store:
        offline = [
            [asyncio.run(_offline(store, answers, pacer)) for pacer in (RestedPacer, Pacer)] for _ in range(RUNS)
        ]
        wire = [[asyncio.run(_wire(store, answers, sender)) for sender in (_Rested, _Sender)] for _ in range(RUNS)]
    return [
        *_figures("answer to next question, offline", offline, "<= 50"),
        *_figures("answer to request on the wire", wire, "<= 20"),
    ]


def _figures(what: str, runs: Sequence[Sequence[list[float]]], target: str) -> list[Figure]:
    """Of runs with a rest, to which the target applies, and of runs without."""
    rested, at_once = ([run[which] for run in runs] for which in (0, 1))
    return [
        of_runs(f"{what}, p99", _each(rested, 0.99), "ms", target),
        of_runs(f"{what}, p50", _each(rested, 0.5), "ms"),
        of_runs(f"{what}, sent with the last key, p99", _each(at_once, 0.99), "ms"),
        of_runs(f"{what}, sent with the last key, p50", _each(at_once, 0.5), "ms"),
    ]


def _each(runs: list[list[float]], share: float) -> list[float]:
    return [percentile(run, share) for run in runs]


async def _offline(store: Store, answers: list[str], pacer: type[Pacer]) -> list[float]:
    bank = Bank.open()
    readers = Readers(open_offline(bank))
    readers.offline.warm_up()
    waited: list[float] = []
    for number in range(DRILLS):
        candidate = pacer([*answers[number * 3 : number * 3 + 3]])
        wishes = Wishes(questions=(list(bank.cards)[number % len(bank.cards)],), seed=number)
        interview = begin(bank, store.create(), readers, wishes)
        interview.follow_up.warm_up()  # as it is while somebody types
        await interview.run(candidate)
        waited += [1000 * each for each in candidate.waited]
    return waited


async def _wire(store: Store, answers: list[str], sender: type[_Sender]) -> list[float]:
    bank = Bank.open()
    sent: list[float] = []
    with Witness(speech=obliging_model) as double:
        double.came = []

        def opened(name: str) -> Any:
            return open_model(name, base_url=double.url, environment={})

        readers = Readers(open_offline(bank), model="ollama/ok", opened=opened)
        readers.offline.warm_up()
        for number in range(DRILLS):
            before = len(double.came)
            candidate = sender([answers[number]])
            interview = begin(bank, store.create(), readers, Wishes(questions=("safety-over-speed",), seed=number))
            interview.follow_up.warm_up()
            await interview.run(candidate)
            await interview.finish()
            if len(double.came) > before:
                sent.append(1000 * (double.came[before] - candidate.first))
    return sent


class _Sender(Pacer):
    """Keeps when the first answer was sent: with its last key."""

    first = 0.0

    def __init__(self, answers: list[str]):
        super().__init__(answers)
        self._draft = answers[0]

    async def reply(self, situation: Situation) -> Reply:
        """The next answer; a pause before the first, in which the model gets ready."""
        if not self.first:
            await self._get_ready(situation)
        reply = await super().reply(situation)
        self.first = self.first or self.sent or 0.0
        return reply

    async def _get_ready(self, situation: Situation) -> None:
        await asyncio.sleep(0.1)


class _Rested(_Sender):
    """Rests before the answer is sent, as somebody does who looks it over."""

    async def _get_ready(self, situation: Situation) -> None:
        """Types, and rests long enough for what the editor does at a rest."""
        await super()._get_ready(situation)
        await asyncio.to_thread(situation.foresee, self._draft)
        await asyncio.sleep(REST)
