"""What each slash command does, in both modes; that none of them loses an answer is told in `test_formats.py`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.candidate import Reply, ScriptedCandidate, Situation
from interviewer.interview.clock import Stopwatch
from interviewer.interview.lines import load_lines
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.events import MemoryLog
from interviewer.session.transcript import Transcript

from .conftest import Hold

ASKED = "safety-over-speed"
THIN = "We take safety seriously, and I would slow down if that was needed for the users."
MORE = "I stopped a release for two days because a scan of the training data found 212 names of patients."
DONE = "That's all."
MODES = ("exam", "coach")


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_repeat_says_once_more_what_is_to_be_answered(hold: Hold, mode: str) -> None:
    held = hold(["/repeat", THIN, "/repeat", "/end"], mode=mode)
    first, again = held.said("question")
    assert first == again
    probe, probe_again = held.said("probe")
    assert probe.text.endswith(probe_again.text)


def test_back_asks_again_what_the_answer_was_to(hold: Hold, mode: str) -> None:
    held = hold([THIN, MORE, "/back", MORE, "/end"], mode=mode)
    assert held.transcript.threads[0].thread.answers == (THIN, MORE)
    assert "answer_taken_back" in held.kinds()
    taken_back = next(i for i, said in enumerate(held.candidate.heard) if said.text.startswith("Taken back"))
    assert held.candidate.heard[taken_back + 1].text == held.transcript.threads[0].probes[0].text


def test_back_without_an_answer_changes_nothing(hold: Hold, mode: str) -> None:
    held = hold(["/back", THIN, "/end"], mode=mode)
    assert "answer_taken_back" not in held.kinds()
    assert held.said("notice")[0].text.startswith("There is no answer")


def test_skip_goes_to_the_next_question_and_leaves_this_one_unrated(hold: Hold, mode: str) -> None:
    held = hold([THIN, "/skip", MORE, DONE], ASKED, "disagreement", mode=mode)
    first, second = held.transcript.threads
    assert (first.closed, second.question_id) == ("skipped", "disagreement")
    assert second.thread.answers[0] == MORE


def test_a_note_is_kept_for_the_candidate_and_is_no_answer(hold: Hold, mode: str) -> None:
    held = hold(["/note ask about on-call", THIN, "/end"], mode=mode)
    assert held.transcript.notes == ["ask about on-call"]
    assert held.transcript.threads[0].thread.answers == (THIN,)


def test_redo_is_for_coach_mode(hold: Hold) -> None:
    answers = [THIN, DONE, "/redo", MORE, DONE, "/end"]
    coached = hold(answers, ASKED, "disagreement", mode="coach").transcript
    assert [state.redo_of for state in coached.threads if state.redo_of is not None] == [0]
    refused = hold(answers, ASKED, "disagreement")
    assert not any(state.redo_of is not None for state in refused.transcript.threads)
    assert any("/mode coach" in said.text for said in refused.said("notice"))


def test_redo_waits_until_the_answer_under_way_is_over(hold: Hold) -> None:
    held = hold([THIN, DONE, MORE, "/redo", DONE, "/end"], ASKED, "disagreement", mode="coach")
    assert [state.question_id for state in held.transcript.threads] == [ASKED, "disagreement"]
    assert all(state.closed and state.ratings for state in held.transcript.threads)
    assert any("/skip" in said.text for said in held.said("notice"))


@pytest.mark.parametrize("command", ["hint", "outline", "requirements"])
def test_help_with_the_answer_is_for_coach_mode_and_stands_in_the_record(command: str, hold: Hold, bank: Bank) -> None:
    question = bank.question(ASKED)
    shown = {"hint": question.hints.nudge, "outline": question.outline.steps[0], "requirements": question.tests}
    coached = hold([f"/{command}", THIN, "/end"], mode="coach")
    assert shown[command] in coached.said("hint")[0].text
    assert coached.transcript.threads[0].hints
    refused = hold([f"/{command}", THIN, "/end"])
    assert not refused.said("hint")
    assert not refused.transcript.threads[0].hints


def test_review_says_in_coach_mode_what_would_lift_the_answer_and_stands_in_the_record(hold: Hold, bank: Bank) -> None:
    held = hold(["/review", MORE, "/review", "/end"], mode="coach")
    assert held.said("notice")[0].text == "There is no answer to look at yet."
    assert held.said("feedback")[0].title == "so far"
    assert any(
        held.said("feedback")[0].text.startswith(bank.dimension(name).name) for name in bank.question(ASKED).weights
    )
    assert held.transcript.threads[0].hints == ["review"]
    assert hold([MORE, "/review", "/end"], mode="exam").said("feedback") == []


def test_mode_opens_and_closes_the_help(hold: Hold) -> None:
    opened = hold(["/mode coach", "/hint", "/mode exam", "/hint", THIN, "/end"])
    assert len(opened.said("hint")) == 1
    assert opened.transcript.mode == "exam"


def test_a_mode_or_a_style_that_is_not_there_is_named_and_nothing_changes(hold: Hold, mode: str) -> None:
    held = hold(["/mode exma", "/style loud", THIN, "/end"], mode=mode)
    assert (held.transcript.mode, held.transcript.style) == (mode, "neutral")
    told = [said.text.partition(" takes one of: ") for said in held.said("notice")[:2]]
    assert [(name, after) for name, _, after in told] == [
        ("/mode", "exam, coach."),
        ("/style", "neutral, warm, sceptical, hurried."),
    ]


def test_style_changes_the_next_words_of_the_interviewer(hold: Hold, bank: Bank, mode: str) -> None:
    held = hold(["/style warm", THIN, "/end"], mode=mode)
    [probe] = held.said("probe")
    assert probe.text.startswith(load_lines(bank).styles["warm"].heard[0])


def test_time_tells_what_was_used_and_end_and_quit_differ_in_what_they_leave(hold: Hold, mode: str) -> None:
    told = hold([THIN, "/time", "/quit"], mode=mode)
    assert "for this question" in told.said("notice")[-1].text
    assert told.transcript.open_thread is not None
    assert hold([THIN, "/end"], mode=mode).transcript.ended == "finished"


class Away(ScriptedCandidate):
    """Leaves the room for ten minutes in a pause, and answers a minute after each question."""

    def __init__(self, answers: list[str]):
        super().__init__(answers)
        self.now = 0.0

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        self.now += 600
        return default

    async def reply(self, situation: Situation) -> Reply:
        self.now += 60
        return await super().reply(situation)


def test_a_pause_is_taken_out_of_the_time(bank: Bank, reader: OfflineRater, mode: str) -> None:
    candidate = Away(["/pause", THIN, "/end"])
    interview = begin(bank, MemoryLog(), Readers(reader), Wishes(questions=(ASKED,)), mode=mode)  # type: ignore[arg-type]
    interview.clock = Stopwatch(lambda: candidate.now)
    asyncio.run(interview.run(candidate))
    assert interview.transcript.threads[0].seconds == [120.0]


WORDED = "What did the scan look at, before you trusted it?"


def with_model(bank: Bank, reader: OfflineRater, answers: list[str], mode: str) -> tuple[Transcript, ScriptedCandidate]:
    candidate = ScriptedCandidate(answers)
    readers = Readers(reader, opened=lambda name: ScriptedModel([WORDED], name=name))
    interview = begin(bank, MemoryLog(), readers, Wishes(questions=(ASKED,)), mode=mode)  # type: ignore[arg-type]
    asyncio.run(interview.run(candidate))
    return interview.transcript, candidate


def test_model_says_who_speaks_and_lets_another_one_word_the_next_probe(
    bank: Bank, reader: OfflineRater, mode: str
) -> None:
    answers = ["/model", "/model scripted/demo", THIN, "/model offline", MORE, "/end"]
    transcript, candidate = with_model(bank, reader, answers, mode)
    notices = [said.text for said in candidate.heard if said.purpose == "notice"]
    assert notices[0].startswith("offline.")
    probes = transcript.threads[0].probes
    assert probes[0].text == WORDED
    assert [probe.wording for probe in probes] == ["model", "bank"]
    assert [change.model for change in transcript.changes] == ["scripted/demo", "offline"]


def test_no_command_is_left_out_here() -> None:
    from interviewer.interview.commands import COMMANDS

    seen = "help hint requirements outline review repeat back redo skip note time pause model style mode end quit"
    assert set(COMMANDS) == set(seen.split()), "write what the new command does, above"
