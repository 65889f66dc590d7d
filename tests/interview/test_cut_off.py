"""An interview cut off after any of its events goes on to the same end: nothing is lost, and nothing doubled."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session import events as ev
from interviewer.session.events import Event, MemoryLog, Rated
from interviewer.session.thread import Thread
from interviewer.session.transcript import fold

EXAMPLES = Path(__file__).parents[2] / "examples"
THIN = "I care a lot about safety, so on my last project I made sure that we took the time to do things properly."
MORE = "I stopped the release for two days and wrote a scan for names in the training set. It found 212 records."
NO_MORE = "That's all."
DRILL: Mapping[str, Any] = {"questions": ("safety-over-speed",)}
ROUND: Mapping[str, Any] = {"format": "round", "minutes": 18, "company": "anthropic"}
SITTINGS: Mapping[str, tuple[Mapping[str, Any], Sequence[str]]] = {
    "a drill": (DRILL, [THIN, MORE, NO_MORE]),
    "an answer taken back": (DRILL, [THIN, "/back", MORE, THIN, NO_MORE]),
    "a question asked back": (DRILL, ["Do you mean at work or outside it?", THIN, NO_MORE]),
    "a second try": (DRILL, [THIN, NO_MORE, MORE, NO_MORE]),
    "a debate": ({"format": "debate"}, [THIN, MORE, THIN, MORE]),
    "a round": (ROUND, [THIN, NO_MORE, MORE, NO_MORE, "How does on-call work for you?", "No, thanks."]),
    "a round with a question skipped": (ROUND, ["/skip", THIN, "/end"]),
}


class Candidate(ScriptedCandidate):
    """Says what is prepared, and tries a question again as long as there is something to say."""

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        return "redo" if "redo" in options and self.left else default


class Log(MemoryLog):
    """Remembers what the candidate still had to say at each event."""

    def __init__(self, candidate: Candidate):
        super().__init__()
        self.left: list[list[str]] = []
        self._candidate = candidate

    def append(self, event: Event) -> int:
        self.left.append(list(self._candidate.left))
        return super().append(event)


class Judge:
    """Reads as the offline reader does, under another name."""

    def __init__(self, reader: OfflineRater):
        self.identity = replace(reader.identity, model="stand-in/judge")
        self._reader = reader

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        return replace(self._reader.read(thread, dimensions), rater=self.identity)


def held(bank: Bank, readers: Readers, sitting: str) -> Log:
    wishes, answers = SITTINGS[sitting]
    candidate = Candidate(list(answers))
    log = Log(candidate)
    mode = "coach" if sitting == "a second try" else "exam"
    asyncio.run(_whole(begin(bank, log, readers, Wishes(**wishes, seed=7), mode=mode), candidate))  # type: ignore[arg-type]
    return log


def gone_on_with(bank: Bank, readers: Readers, log: Log, cut: int) -> MemoryLog:
    """The log of the interview that was cut off after so many events, and held to its end then."""
    rest = MemoryLog()
    rest.events = list(log.events[:cut])
    asyncio.run(_whole(take_up(bank, rest, readers, list(rest.events)), Candidate(log.left[cut - 1])))
    return rest


async def _whole(interview: Any, candidate: Candidate) -> None:
    await interview.run(candidate)
    await interview.finish()


def told(log: MemoryLog) -> list[dict[str, Any]]:
    """What happened, but for the time it took and that it went on."""
    return [event.model_dump(exclude={"seconds"}) for event in log.events if not isinstance(event, ev.Resumed)]


@pytest.mark.parametrize("sitting", SITTINGS)
def test_an_interview_cut_off_after_any_event_comes_to_the_same_end(
    sitting: str, bank: Bank, reader: OfflineRater
) -> None:
    readers = Readers(reader)
    whole = held(bank, readers, sitting)
    assert isinstance(whole.events[-1], ev.Ended)
    for cut in range(1, len(whole.events)):
        assert told(gone_on_with(bank, readers, whole, cut)) == told(whole), f"cut off after {whole.events[cut - 1]}"


def test_a_judge_kept_from_reading_by_a_kill_reads_when_the_interview_goes_on(bank: Bank, reader: OfflineRater) -> None:
    readers = Readers(reader, judge=Judge(reader))
    whole = held(bank, readers, "a round")
    for cut in range(1, whole.events.index(_last_of(ev.Ended, whole))):
        rest = gone_on_with(bank, readers, whole, cut)
        by = [(each.thread, each.line["rater"]["model"]) for each in _finals(rest)]
        assert sorted(by) == [(0, "offline"), (0, "stand-in/judge"), (1, "offline"), (1, "stand-in/judge")], cut


def test_a_judge_who_came_later_reads_nothing_that_was_over_before(bank: Bank, reader: OfflineRater) -> None:
    whole = held(bank, Readers(reader), "a round")
    closed = next(
        number for number, event in enumerate(whole.events, 1) if isinstance(event, ev.QuestionAsked) and number > 2
    )
    rest = gone_on_with(bank, Readers(reader, judge=Judge(reader)), whole, closed)
    assert {each.thread for each in _finals(rest) if each.line["rater"]["model"] == "stand-in/judge"} == {1}


def _finals(log: MemoryLog) -> list[Rated]:
    return [event for event in log.events if isinstance(event, Rated) and event.stage == "final"]


def _last_of(kind: type[Event], log: MemoryLog) -> Event:
    return next(event for event in reversed(log.events) if isinstance(event, kind))


def test_a_question_whose_pack_was_removed_is_left_and_the_rest_goes_on(
    tmp_path: Path, bank: Bank, reader: OfflineRater
) -> None:
    shutil.copytree(EXAMPLES / "incident-reviews", tmp_path / "incident-reviews")
    wishes = Wishes(format="round", questions=("incident-reviews:near-miss", "disagreement"), seed=7)
    log = MemoryLog()
    before = begin(Bank.open(tmp_path), log, Readers(reader), wishes, self_rating=True)
    asyncio.run(_whole(before, Candidate([THIN, "/quit"])))
    candidate = Candidate([MORE, NO_MORE, "No, thanks."])
    asyncio.run(_whole(take_up(bank, log, Readers(reader), list(log.events)), candidate))
    first, second = fold(log.events).threads
    assert (first.closed, second.closed) == ("skipped", "done")
    assert second.thread.answers[0] == MORE
    assert fold(log.events).ended == "finished"
    [said] = [each.text for each in candidate.heard if "near-miss" in each.text]
    assert "not in the bank any more" in said
