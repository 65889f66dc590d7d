"""What the conversation promises, whoever sits at the other side."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.interview.candidate import Answer, Command, ScriptedCandidate, as_reply
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.models.model import Request
from interviewer.models.scripted import ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.rating.scorecard import scorecard
from interviewer.session import events as ev
from interviewer.session.events import MemoryLog
from interviewer.session.thread import Thread

from .conftest import Hold

THIN = "I care a lot about safety, so on my last project I made sure that we took the time to do things properly."
MORE = "I stopped the release for two days and wrote a scan for names in the training set. It found 212 records."


def test_a_drill_greets_asks_probes_at_most_twice_and_closes(hold: Hold) -> None:
    held = hold([THIN, MORE, MORE, MORE])
    purposes = [str(utterance.purpose) for utterance in held.candidate.heard]
    assert purposes[:2] == ["greeting", "question"]
    assert 1 <= purposes.count("probe") <= 2
    assert purposes[-1] == "close"
    assert held.transcript.ended == "finished"


def test_the_greeting_gives_the_rules_in_two_lines(hold: Hold) -> None:
    [greeting] = hold([THIN]).said("greeting")
    assert len(greeting.text.splitlines()) == 2


def test_the_wording_is_asked_for_once_the_answer_is_stored_and_before_anything_else_is_done(
    bank: Bank, reader: OfflineRater
) -> None:
    log, happened = MemoryLog(), list[str]()

    class Judge:
        identity = reader.identity

        async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
            happened.append("judge")
            return reader.read(thread, dimensions)

    def word(request: Request) -> str:
        happened.extend([log.events[-1].kind, "wording"])  # type: ignore[attr-defined]
        return "What did the scan look at, before you trusted it?"

    readers = Readers(reader, Judge(), "scripted/demo", lambda name: ScriptedModel([word], name=name))
    interview = begin(bank, log, readers, Wishes(questions=("safety-over-speed",)))
    asyncio.run(interview.run(ScriptedCandidate([MORE])))
    assert happened[:3] == ["answer_given", "wording", "judge"]


def test_an_answer_is_logged_before_anything_is_asked_about_it(hold: Hold) -> None:
    kinds = hold([THIN, MORE, MORE]).kinds()
    assert kinds.index("answer_given") < kinds.index("rated") < kinds.index("probe_asked")


def test_every_question_answered_is_rated_as_it_stands_at_the_end(hold: Hold) -> None:
    held = hold([THIN, MORE, MORE])
    rated = held.transcript.threads[0].rated("final")
    assert rated is not None
    assert set(rated.line["ratings"]) == set(held.transcript.threads[0].weights)


def test_the_rating_of_the_first_answer_stays_beside_the_final_one(hold: Hold) -> None:
    stages = [event.stage for event in hold([THIN, MORE, MORE]).log.events if isinstance(event, ev.Rated)]
    assert stages == ["first", "final"]


def test_somebody_with_nothing_to_add_is_not_pressed(hold: Hold) -> None:
    held = hold([THIN, "That's all, I have nothing to add."])
    assert len(held.said("probe")) == 1
    assert "nothing to add" in held.transcript.threads[0].skips[-1]


def test_a_probe_that_brought_nothing_is_the_last_one(hold: Hold) -> None:
    held = hold([THIN, "Yes, I think so."])
    assert len(held.said("probe")) == 1
    assert "nothing new" in held.transcript.threads[0].skips[-1]


def test_a_quoted_piece_in_a_probe_was_really_said(hold: Hold, gold: list[dict[str, object]]) -> None:
    quoted = 0
    for item in gold[:30]:
        answer = item["thread"][0]["text"]  # type: ignore[index]
        for probe in hold([answer, "/end"], str(item["question_id"])).said("probe"):
            if '"' in probe.text:
                assert probe.text.split('"')[1] in answer
                quoted += 1
    assert quoted


def test_skip_leaves_the_question_unrated(hold: Hold) -> None:
    held = hold(["/skip"])
    assert held.transcript.threads[0].closed == "skipped"
    assert not held.transcript.threads[0].ratings


def test_back_takes_the_last_answer_out_of_the_thread_and_leaves_it_in_the_log(hold: Hold) -> None:
    held = hold([THIN, "/back", MORE, "/end"])
    assert held.transcript.threads[0].thread.answers == (MORE,)
    assert [event.text for event in held.log.events if isinstance(event, ev.AnswerGiven)] == [THIN, MORE]


def test_an_empty_answer_is_not_an_answer(hold: Hold) -> None:
    held = hold(["", "   \n ", THIN, "/end"])
    assert held.transcript.threads[0].thread.answers == (THIN,)


def test_exam_mode_gives_no_hints_and_says_where_they_are(hold: Hold) -> None:
    held = hold(["/hint", THIN, "/end"])
    assert not held.said("hint")
    assert "coach" in held.said("notice")[0].text


def test_coach_mode_gives_three_hints_and_no_more(hold: Hold, bank: Bank) -> None:
    held = hold(["/hint", "/hint", "/hint", "/hint", THIN, "/end"], mode="coach")
    hints = bank.question("safety-over-speed").hints
    assert [hint.text for hint in held.said("hint")] == [hints.nudge, hints.direction, hints.structure]


def test_redo_opens_a_second_thread_beside_the_first(hold: Hold) -> None:
    held = hold(
        [THIN, "That's all.", "/redo", MORE, "That's all.", "/end"], "safety-over-speed", "disagreement", mode="coach"
    )
    again = next(state for state in held.transcript.threads if state.redo_of is not None)
    assert again.question_id == "safety-over-speed"
    assert again.thread.answers[0] == MORE


def test_a_round_asks_questions_of_different_kinds(hold: Hold, bank: Bank) -> None:
    held = hold(["/skip"] * 5, format="round", minutes=45)
    kinds = [bank.cards[state.question_id].kind for state in held.transcript.threads]
    assert len(kinds) == 5
    assert len(set(kinds)) >= 4


def test_end_closes_and_rates_what_was_said(hold: Hold) -> None:
    held = hold([THIN, "/end"], "safety-over-speed", "disagreement")
    assert held.transcript.ended == "finished"
    assert held.transcript.threads[0].rated("final") is not None
    assert len(held.transcript.threads) == 1


def test_who_leaves_while_asked_for_own_guesses_after_end_has_finished(bank: Bank, reader: OfflineRater) -> None:
    class Leaving(ScriptedCandidate):
        async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
            raise EOFError

    wishes = Wishes(questions=("safety-over-speed", "disagreement"))
    interview = begin(bank, MemoryLog(), Readers(reader), wishes, mode="exam", self_rating=True)
    asyncio.run(interview.run(Leaving([THIN, "/end"])))
    assert interview.transcript.ended == "finished"


def test_who_leaves_at_the_question_whether_to_try_again_is_asked_it_again_by_resume(
    bank: Bank, reader: OfflineRater
) -> None:
    class Leaving(ScriptedCandidate):
        async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
            raise EOFError

    class TryingAgain(ScriptedCandidate):
        async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
            return "redo"

    log, again = MemoryLog(), TryingAgain([MORE, "/quit"])
    left = begin(bank, log, Readers(reader), Wishes(questions=("safety-over-speed",)), mode="coach")
    asyncio.run(left.run(Leaving([THIN, "That's all."])))
    assert left.transcript.ended is None
    on = take_up(bank, log, Readers(reader), log.events)
    asyncio.run(on.run(again))
    assert [state.redo_of for state in on.transcript.threads] == [None, 0]
    assert [str(heard.purpose) for heard in again.heard].count("question") == 1


def test_leaving_keeps_the_thread_open_and_the_interview_goes_on_there(
    bank: Bank, reader: OfflineRater, hold: Hold
) -> None:
    left = hold([THIN, "/quit"])
    assert left.transcript.open_thread is not None
    last_probe = left.said("probe")[-1].text

    log, candidate = MemoryLog(), ScriptedCandidate([MORE, "/end"])
    interview = take_up(bank, log, Readers(reader), left.log.events)
    asyncio.run(interview.run(candidate))

    assert last_probe in [utterance.text for utterance in candidate.heard]
    assert interview.transcript.threads[0].thread.answers == (THIN, MORE)
    assert interview.transcript.ended == "finished"


def test_the_same_seed_holds_the_same_interview(hold: Hold) -> None:
    first, second = hold([THIN, MORE, MORE]), hold([THIN, MORE, MORE])
    assert [u.text for u in first.candidate.heard] == [u.text for u in second.candidate.heard]


def test_a_line_with_a_slash_is_a_command_and_two_slashes_are_an_answer() -> None:
    assert as_reply("/note ask about on-call") == Command("note", "ask about on-call")
    assert as_reply("//etc was readable by all") == Answer("/etc was readable by all")
    assert as_reply("/etc was readable\nby everyone") == Answer("/etc was readable\nby everyone")


def test_an_unknown_command_is_answered_and_nothing_is_lost(hold: Hold) -> None:
    held = hold(["/hnit", THIN, "/end"])
    assert "/help" in held.said("notice")[0].text
    assert held.transcript.threads[0].thread.answers == (THIN,)


def test_coach_mode_says_after_an_answer_what_to_go_and_find(hold: Hold, bank: Bank) -> None:
    held = hold([THIN, MORE, "That's all."], mode="coach")
    [feedback] = held.said("feedback")
    finds = [part.find for name in held.transcript.threads[0].weights for part in bank.dimension(name).parts.values()]
    assert any(find and find in feedback.text for find in finds)


def test_exam_mode_says_nothing_of_levels_before_the_end(hold: Hold) -> None:
    assert not hold([THIN, MORE, "That's all."], mode="exam").said("feedback")


@pytest.mark.parametrize("question", ["safety-over-speed", "disagreement", "rlhf-limits"])
def test_a_coach_names_first_what_the_card_says_to_change_next_time(hold: Hold, bank: Bank, question: str) -> None:
    held = hold([THIN, MORE, "That's all."], question, mode="coach")
    change = scorecard(held.transcript, bank.dimension, bank.scale(), bank.told()).change
    told = [line for line in held.said("feedback")[0].text.splitlines() if not line.startswith("What carried it")]
    assert change is not None
    assert told[0] in (change.find, f"{bank.dimension(change.dimension).name}: {change.find}")
