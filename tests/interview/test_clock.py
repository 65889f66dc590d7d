"""What counts as answering time: no pause, and of a silence at the keys only as long as thinking takes."""

from __future__ import annotations

import asyncio

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Reply, ScriptedCandidate, Situation
from interviewer.interview.clock import Stopwatch
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from interviewer.session.transcript import Transcript

ANSWER = "I held the release back for two days, because a scan of the training data had found 212 names of patients."


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_of_a_long_silence_at_the_keys_only_the_beginning_counts() -> None:
    hand = Hand()
    watch = Stopwatch(hand, longest=120)
    watch.restart()
    watch.key()
    hand.now += 50
    watch.key()
    hand.now += 110
    assert (watch.seconds, watch.left_out) == (160, 0)
    hand.now += 490
    assert (watch.seconds, watch.left_out) == (170, 480)
    watch.key()
    hand.now += 30
    assert (watch.seconds, watch.left_out) == (200, 480)
    assert watch.moment - watch.started == 200


def test_where_keys_cannot_be_seen_no_silence_is_left_out() -> None:
    hand = Hand()
    watch = Stopwatch(hand, longest=120)
    hand.now += 600
    assert watch.seconds == 600
    watch.key()
    watch.unwatch()
    hand.now += 600
    watch.key()
    assert (watch.seconds, watch.left_out) == (1200, 0)


def test_a_pause_is_no_silence_and_a_new_answer_begins_with_none() -> None:
    hand = Hand()
    watch = Stopwatch(hand, longest=120)
    watch.key()
    hand.now += 200
    watch.pause()
    hand.now += 900
    watch.resume()
    hand.now += 10
    assert (watch.seconds, watch.left_out) == (130, 80)
    watch.restart()
    assert (watch.seconds, watch.left_out) == (0, 0)


class AtTheKeys(ScriptedCandidate):
    """Types a little, is away for ten minutes, and types on."""

    def __init__(self, answers: list[str]):
        super().__init__(answers)
        self.hand = Hand()
        self.stood: list[float] = []

    async def reply(self, situation: Situation) -> Reply:
        situation.clock.key()
        self.hand.now += 600
        self.stood.append(situation.clock.moment - situation.started)
        situation.clock.key()
        self.hand.now += 30
        return await super().reply(situation)


def held(bank: Bank, reader: OfflineRater, *said: str) -> tuple[Transcript, AtTheKeys, list[str]]:
    candidate = AtTheKeys([*said, "/quit"])
    interview = begin(bank, MemoryLog(), Readers(reader), Wishes(questions=("safety-over-speed",)))
    interview.clock = Stopwatch(candidate.hand, interview.lines.pace.silence * 60)
    asyncio.run(interview.run(candidate))
    return interview.transcript, candidate, [said.text for said in candidate.heard if said.purpose == "notice"]


def test_the_time_of_an_answer_leaves_a_long_silence_out_and_says_so(bank: Bank, reader: OfflineRater) -> None:
    transcript, candidate, notices = held(bank, reader, ANSWER)
    assert transcript.threads[0].seconds == [150]
    assert "For a long while nothing was typed; 08:00 of it do not count as answering time." in notices
    assert candidate.stood == [120, 270]  # as the bottom line shows it


def test_the_command_for_the_time_says_what_does_not_count(bank: Bank, reader: OfflineRater) -> None:
    _, _, notices = held(bank, reader, "/time")
    assert any(note.startswith("02:30 for this question.") and "08:00 of it do not count" in note for note in notices)
