"""Sample sessions: real interviews over the real bank, with gold answers, read by their marks.

The readers here are scripted: a part is met when its marked quote stands in what was said so far. The "offline" one
overlooks every third part, so that the two disagree as real ones do.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from interviewer.bank.library import Bank
from interviewer.bank.schema import AnswerType, Dimension
from interviewer.interview.candidate import Answer, Purpose, Reply, ScriptedCandidate, Situation, Utterance
from interviewer.interview.interview import Interview
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.evidence import find_quote
from interviewer.rating.levels import level_of
from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Finding, Flag, RaterIdentity, Rating, ThreadRating
from interviewer.rating.scorecard import Scorecard, scorecard
from interviewer.session import events as ev
from interviewer.session.events import Event, MemoryLog
from interviewer.session.thread import Thread
from interviewer.session.transcript import Transcript, fold

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"


@cache
def gold(item: str) -> Mapping[str, Any]:
    """A gold answer with its marks."""
    lines = (json.loads(line) for name in ("dev", "marks") for line in _lines(name))
    found: dict[str, Any] = {}
    for line in lines:
        if line["id"] == item:
            found |= line
    return found


def _lines(name: str) -> list[str]:
    return (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


class Marked:
    """Reads by the marks of gold answers."""

    def __init__(self, identity: RaterIdentity, items: Sequence[str], overlooks: int = 0):
        self.identity = identity
        self._items = items
        self._overlooks = overlooks

    def read(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """What the marks say of the thread."""
        marks = self._marks(thread)
        ratings = {dimension.id: self._rating(thread, dimension, marks) for dimension in dimensions}
        return ThreadRating(self.identity, ratings)

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        """The same."""
        return self.read(thread, dimensions)

    def answer_type(self, thread: Thread) -> AnswerType:
        """A story."""
        return AnswerType.STORY

    def warm_up(self) -> None:
        """Nothing has to be made ready."""

    def _marks(self, thread: Thread) -> Mapping[str, Mapping[str, str]]:
        for item in self._items:
            if thread.answers and gold(item)["thread"][0]["text"].strip() == thread.answers[0].strip():
                parts: Mapping[str, Mapping[str, str]] = gold(item)["parts"]
                return parts
        return {}

    def _rating(self, thread: Thread, dimension: Dimension, marks: Mapping[str, Mapping[str, str]]) -> Rating:
        if dimension.id not in marks:
            return Rating(dimension.id, None, "Nothing was said that could be rated.")
        findings = [
            self._finding(thread, part, marks[dimension.id].get(part, ""), number)
            for number, part in enumerate(dimension.parts)
        ]
        met = [finding.part for finding in findings if finding.met]
        return Rating(dimension.id, level_of(dimension, met), None, tuple(findings))

    def _finding(self, thread: Thread, part: str, said: str, number: int) -> Finding:
        quote = find_quote(thread, said) if said else None
        if quote and self._overlooks and number % self._overlooks == self._overlooks - 1:
            quote = None
        return Finding(part, quote is not None, quote)


def judge(items: Sequence[str], bank: Bank) -> Marked:
    """The scripted judge."""
    return Marked(RaterIdentity("ollama/qwen3:8b", 3, "5be1c0ffee12", bank.rubric_hash(())), items)


def offline(items: Sequence[str]) -> Marked:
    """The scripted offline reader."""
    return Marked(RaterIdentity("offline", 1, "0ff11e5eed00", ""), items, overlooks=3)


def answers_of(item: str) -> list[str]:
    """The candidate's turns of a gold answer."""
    return [turn["text"] for turn in gold(item)["thread"] if turn["role"] == "candidate"]


class GoldCandidate(ScriptedCandidate):
    """Answers each question as its gold answer does; then has nothing to add."""

    def __init__(self, items: Mapping[str, str]):
        """Takes the gold answers by the title of their questions."""
        super().__init__([])
        self._items = items

    async def hear(self, utterance: Utterance) -> None:
        """Takes up the gold answer to the question."""
        await super().hear(utterance)
        if utterance.purpose == Purpose.QUESTION:
            self._answers = iter(answers_of(self._items[utterance.title]))

    async def reply(self, situation: Situation) -> Reply:
        """The next turn of the gold answer."""
        return Answer(next(self._answers, "That is all."))


def held(bank: Bank, items: Sequence[str], *, judged: bool = True) -> list[Event]:
    """The events of an interview in which the gold answers were given, each to its question."""
    log = MemoryLog()
    readers = Readers(offline(items), judge(items, bank)) if judged else Readers(offline(items))
    questions = tuple(dict.fromkeys(gold(item)["question_id"] for item in items))
    wishes = Wishes("round", questions, company="anthropic", seniority="senior", minutes=40, seed=7)
    titles = {bank.cards[gold(item)["question_id"]].title: item for item in items}
    asyncio.run(_run(begin(bank, log, readers, wishes), GoldCandidate(titles)))
    return log.events


async def _run(interview: Interview, candidate: GoldCandidate) -> None:
    await interview.run(candidate)
    await interview.finish()


def card_of(events: Iterable[Event], bank: Bank) -> tuple[Transcript, Scorecard]:
    """The transcript and the scorecard of the events."""
    transcript = fold(events)
    return transcript, scorecard(transcript, bank.dimension, bank.scale())


def rich(bank: Bank) -> list[Event]:
    """A session in which everything happens that a report must show."""
    items = ("01oofu6t", "23dvxl8i", "xcaxc971")
    events = [_timed(event, number) for number, event in enumerate(held(bank, items))]
    first = next(event for event in events if isinstance(event, ev.Rated) and event.stage == "final")
    judged = next(event for event in reversed(events) if isinstance(event, ev.Rated) and event.thread == first.thread)
    return [
        *events,
        ev.SelfRated(thread=0, levels={"ownership": 4, "evidence": 2, "communication": 4}),
        ev.Rated(thread=0, stage="rescore", line=_troubled(judged.line)),
        ev.Disputed(thread=0, dimension="communication", note="I was asked for the whole course of it, so I gave it."),
        ev.Noted(text="Ask Priya for the real duration before the next try."),
        ev.ModelCalled(
            purpose="judge", model="ollama/qwen3:8b", host="127.0.0.1", state="complete", prompt_tokens=5200,
            completion_tokens=810, cost=0.0, seconds=41.0,
        ),
    ]  # fmt: skip


def _timed(event: Event, number: int) -> Event:
    """The event with a plausible time to answer."""
    return event.model_copy(update={"seconds": 95.0 + 13 * number}) if isinstance(event, ev.AnswerGiven) else event


def _troubled(line: dict[str, Any]) -> dict[str, Any]:
    """The rating line with a dropped claim, a wide spread, an unscored dimension and a flag."""
    body: dict[str, Any] = json.loads(json.dumps(line))
    names = list(body["ratings"])
    body["ratings"][names[0]] |= {"spread": 2.0, "mean": 3.7}
    unmet = next(part for part, found in body["ratings"][names[1]]["parts"].items() if not found["met"])
    body["ratings"][names[1]]["parts"][unmet]["note"] = "The quote was not found in what you said."
    body["ratings"][names[-1]] |= {"level": None, "unscored": "The samples did not agree on anything.", "parts": {}}
    body["flags"] = [{"kind": "terms", "text": "One sentence is a list of terms; it counts for nothing by itself."}]
    return body


def rated_by_hand(thread: Thread, rating: Rating, rater: RaterIdentity, *flags: Flag) -> dict[str, Any]:
    """A rating line with one rating."""
    return rating_line(ThreadRating(rater, {rating.dimension: rating}, flags))
