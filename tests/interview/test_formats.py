"""Scenario, story, time, style, guesses and the candidate's own questions."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

import pytest

from interviewer.bank.library import Bank
from interviewer.interview import commands, own_questions, timing
from interviewer.interview.candidate import Command, Reply, ScriptedCandidate, Situation
from interviewer.interview.lines import load_lines
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.rating.lines import rating_from_line
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session import events as ev
from interviewer.session.events import MemoryLog
from interviewer.session.transcript import ThreadState, Transcript, fold

from .conftest import Held, Hold

INCIDENT = "agreeable-model"
THIN = "I would look at it with care and then talk to the team about what is best for our users."
FACT = "I measured 200 prompts on Tuesday and 31 of them turned, so I told Ana that I would stop the launch."


# --- scenario and story -----------------------------------------------------------------------------------


def test_a_scenario_unfolds_fact_by_fact_between_probes(hold: Hold, bank: Bank) -> None:
    held = hold([THIN] + [FACT] * 9, INCIDENT, format="scenario")
    purposes = [str(u.purpose) for u in held.candidate.heard if u.purpose in ("probe", "development")]
    facts = bank.question(INCIDENT).developments
    assert purposes[:2] == ["probe", "development"]
    assert [u.text for u in held.said("development")] == [f"{each.fact} {each.ask}" for each in facts]
    assert purposes.count("probe") <= 2
    assert held.transcript.ended == "finished"


def test_a_scenario_that_was_cut_off_repeats_the_fact_that_waits(hold: Hold, bank: Bank, reader: OfflineRater) -> None:
    left = hold([THIN, FACT, "/quit"], INCIDENT, format="scenario")
    waiting = left.said("development")[-1].text
    candidate = ScriptedCandidate([FACT, "/end"])
    interview = take_up(bank, MemoryLog(), Readers(reader), left.log.events)
    asyncio.run(interview.run(candidate))
    assert waiting in [u.text for u in candidate.heard if u.purpose == "development"]
    assert interview.transcript.threads[0].rated("final") is not None


def test_taking_an_answer_back_takes_back_the_fact_that_followed(hold: Hold) -> None:
    held = hold([THIN, FACT, "/back", FACT, "/end"], INCIDENT, format="scenario")
    first, second = held.said("development")
    assert first.text == second.text
    assert len(held.transcript.threads[0].told) == 1


def test_a_story_is_told_to_depth(hold: Hold) -> None:
    deeds = [
        "I stopped the release of our triage assistant on a Friday because 212 names of patients stood in the training "
        "data, and a model that talks to the public can repeat them. My lead heard of it within the hour.",
        "Then I wrote a scan and ran it over 40,000 records with Ana from the data team. It found the 212 on the first "
        "day and 3 more on the second, all three of them street names.",
        "The product lead wanted to ship; I chose two days of delay over a leak.",
        "Afterwards 3 of 40,000 records failed, where it had been 212 before.",
        "I had been wrong about the cause at first: it was the importer, not the form.",
        "Since then the scan runs each night, and the gate belongs to the data team.",
        "That's all.",
    ]  # fmt: skip
    story, drill = hold(deeds, "safety-over-speed", format="story"), hold(deeds)
    assert len(story.said("probe")) > len(drill.said("probe"))


# --- time -------------------------------------------------------------------------------------------------


def after(*seconds: float, minutes: int | None = 10, plan: tuple[str, ...] = ("a", "b")) -> Transcript:
    """A transcript whose first question took that long so far."""
    started = ev.Started(
        format="round", mode="exam", minutes=minutes, model="offline", judge="offline", seed=1, version="0", plan=plan
    )
    answers = [ev.AnswerGiven(text="Short.", seconds=each) for each in seconds]
    return fold([started, ev.QuestionAsked(question_id="a", text="?", weights={}), *answers])


def told(bank: Bank, *seconds: float, **setup: int | None) -> list[str]:
    transcript = after(*seconds, **setup)  # type: ignore[arg-type]
    return timing.cues(transcript, transcript.threads[0], load_lines(bank))


def test_half_time_and_the_end_are_told_once_and_only_where_time_was_set(bank: Bank) -> None:
    lines = load_lines(bank)
    assert told(bank, 100) == []
    assert told(bank, 100, 60) == [lines.half_time]
    assert told(bank, 100, 60, 20) == []
    assert told(bank, 100, 60, 20, 70) == [lines.near_end]
    assert told(bank, 100, 60, 20, 70, 90) == [lines.over_time]
    assert told(bank, 900, minutes=None) == []


def test_an_answer_that_nobody_would_listen_to_so_long_is_noted(bank: Bank) -> None:
    state = ThreadState("a", "?", {})
    transcript = fold([ev.QuestionAsked(question_id="a", text="?", weights={}), ev.AnswerGiven(text="word " * 700)])
    [note] = timing.cues(transcript, transcript.threads[0], load_lines(bank))
    assert "about 5 minutes" in note
    assert timing.cues(transcript, state, load_lines(bank)) == []


def test_a_question_that_has_had_its_time_is_closed_without_a_probe(bank: Bank, reader: OfflineRater) -> None:
    log = MemoryLog()
    interview = begin(bank, log, Readers(reader), Wishes(format="round", minutes=10, questions=("disagreement",)))
    name = interview.transcript.started.plan[0]  # type: ignore[union-attr]
    interview.record(ev.QuestionAsked(question_id=name, text="?", weights=dict(bank.question(name).weights)))
    interview.record(ev.AnswerGiven(text=THIN, seconds=700))
    candidate = ScriptedCandidate([])
    asyncio.run(interview.run(candidate))
    assert interview.transcript.threads[0].closed == "time"
    assert not interview.transcript.threads[0].probes
    assert interview.transcript.threads[0].rated("final") is not None


def test_the_time_planned_for_a_question_is_told_to_the_second(hold: Hold) -> None:
    held = hold(["/time", "/end"], format="round", minutes=25)
    assert held.said("notice")[-1].text == "00:00 of 08:20 for this question."


# --- style ------------------------------------------------------------------------------------------------


def test_a_style_changes_the_manner_and_neither_probes_nor_ratings(bank: Bank, reader: OfflineRater) -> None:
    kept: dict[str, tuple[list[str], list[object]]] = {}
    heard: dict[str, list[str]] = {}
    for style in load_lines(bank).styles:
        log, candidate = MemoryLog(), ScriptedCandidate([THIN, FACT, FACT, THIN, FACT, FACT])
        wishes = Wishes(questions=("safety-over-speed", "disagreement"), seed=7)
        interview = begin(bank, log, Readers(reader), wishes, style=style)
        asyncio.run(interview.run(candidate))
        probes = [event.text for event in log.events if isinstance(event, ev.ProbeAsked)]
        ratings = [event.line["ratings"] for event in log.events if isinstance(event, ev.Rated)]
        kept[style] = (probes, ratings)
        heard[style] = [utterance.text for utterance in candidate.heard]
    assert all(each == kept["neutral"] for each in kept.values())
    assert len({tuple(each) for each in heard.values()}) == len(heard)


def test_an_acknowledgement_is_short_and_praises_nothing(bank: Bank) -> None:
    praise = bank.wording().praise + bank.wording().verdict
    for style in load_lines(bank).styles.values():
        for line in (*style.next, *style.heard, *style.left):
            assert len(line.split()) <= 8
            assert not any(word in line.casefold() for word in praise)


# --- own questions ----------------------------------------------------------------------------------------


def test_a_round_ends_with_the_candidates_own_questions_answered_from_the_profile(hold: Hold, bank: Bank) -> None:
    asked = ["How does on-call work for you?", "No, thank you."]
    held = hold(["/skip"] * 2 + asked, format="round", minutes=18, company="anthropic")
    [answer] = held.said("reply")
    known = next(each for each in bank.profile("anthropic").answers if "on-call" in each.about)
    assert answer.text == known.answer
    assert "made up" in answer.title
    assert held.transcript.asked == asked[:1]
    assert held.transcript.ended == "finished"


def test_what_the_profile_does_not_know_is_not_made_up(bank: Bank, hold: Hold) -> None:
    held = hold(["/skip", "/skip", "Which colour are the walls?"], format="round", minutes=18)
    [answer] = held.said("reply")
    assert answer.text == load_lines(bank).no_answer
    assert own_questions.found(bank.profile("neutral"), "Which colour are the walls?") is None


def test_three_own_questions_are_answered_and_no_more(hold: Hold) -> None:
    held = hold(["/skip"] * 2 + ["Who is on the team?"] * 5, format="round", minutes=18)
    assert len(held.said("reply")) == 3
    assert held.transcript.ended == "finished"


# --- guesses ----------------------------------------------------------------------------------------------


class GuessingCandidate(ScriptedCandidate):
    """Takes each of their levels for a four."""

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        self.heard_choices = [*getattr(self, "heard_choices", []), ask]
        return "4" if "4" in options else default


def guessed(
    bank: Bank, reader: OfflineRater, *, wanted: bool, mode: str = "exam"
) -> tuple[GuessingCandidate, Transcript]:
    candidate = GuessingCandidate([THIN, "That's all."])
    wishes = Wishes(questions=("safety-over-speed",))
    interview = begin(bank, MemoryLog(), Readers(reader), wishes, mode=mode, self_rating=wanted)  # type: ignore[arg-type]
    asyncio.run(interview.run(candidate))
    return candidate, interview.transcript


def test_own_guesses_are_asked_for_where_they_are_wanted_and_kept(bank: Bank, reader: OfflineRater) -> None:
    for mode in ("exam", "coach"):
        _, transcript = guessed(bank, reader, wanted=True, mode=mode)
        assert transcript.threads[0].self_rating == dict.fromkeys(transcript.threads[0].weights, 4)


def test_nobody_is_asked_to_guess_who_did_not_want_to(bank: Bank, reader: OfflineRater) -> None:
    candidate, transcript = guessed(bank, reader, wanted=False)
    assert not transcript.threads[0].self_rating
    assert not getattr(candidate, "heard_choices", [])


# --- pauses -----------------------------------------------------------------------------------------------


class LeavingInAPause(ScriptedCandidate):
    """The program is killed while the clock stands still."""

    async def choose(self, ask: str, options: Mapping[str, str], default: str) -> str:
        raise SystemExit(137)

    async def reply(self, situation: Situation) -> Reply:
        return Command("pause")


def test_a_pause_that_was_cut_off_ends_when_the_interview_goes_on(bank: Bank, reader: OfflineRater) -> None:
    log = MemoryLog()
    interview = begin(bank, log, Readers(reader), Wishes(questions=("safety-over-speed",)))
    with contextlib.suppress(SystemExit):
        asyncio.run(interview.run(LeavingInAPause([])))
    assert isinstance(log.events[-1], ev.Paused)
    again = take_up(bank, MemoryLog(), Readers(reader), log.events)
    asyncio.run(again.run(ScriptedCandidate([THIN, "/end"])))
    assert again.transcript.threads[0].seconds[0] < 60


# --- commands ---------------------------------------------------------------------------------------------


def test_every_command_can_be_typed_in_both_modes_and_loses_nothing(hold: Hold) -> None:
    for mode in ("exam", "coach"):
        for name in commands.COMMANDS:
            held = hold([THIN, f"/{name}", FACT, "/end"], mode=mode)
            kept = [event.text for event in held.log.events if isinstance(event, ev.AnswerGiven)]
            assert kept[0] == THIN, name


def test_help_lists_what_the_mode_has_and_no_more(hold: Hold) -> None:
    for mode in ("exam", "coach"):
        [told] = [u.text for u in hold(["/help", THIN, "/end"], mode=mode).said("notice")[:1]]
        for name in commands.COMMANDS:
            assert (f"/{name} " in told) == (name in commands.available(mode))
        assert "//" in told


def test_two_slashes_begin_an_answer_with_one(hold: Hold) -> None:
    assert hold(["//etc was readable by all", "/end"]).transcript.threads[0].thread.answers[0].startswith("/etc")


# --- an answer that nobody here can read ------------------------------------------------------------------

GERMAN = (
    "Wir haben die Freigabe eines Assistenten für die Notaufnahme um neun Tage verschoben, weil im Export noch die "
    "Namen der Patienten standen. Ich habe das mit der Ärztin entschieden und jeden Abend geprüft, ob sie weg waren."
)
ENGLISH = (
    "We held the release of a triage assistant for nine days because the export still had patient names in it. I "
    "decided that with the doctor, and I wrote a scan that runs every night; it found 212 names in 40,000 records."
)


def rated_at_the_end(held: Held) -> ThreadRating:
    rated = held.transcript.threads[0].rated("final")
    assert rated is not None
    return rating_from_line(rated.line)


def test_an_answer_in_another_language_leaves_the_question_open_once(hold: Hold, bank: Bank) -> None:
    unread = load_lines(bank).unread
    held = hold([GERMAN, ENGLISH, "It was nine days."])
    assert [said.text == unread for said in held.said("probe")] == [True, False]
    assert held.transcript.threads[0].thread.answers[:2] == (GERMAN, ENGLISH)
    assert len(held.transcript.threads[0].probes) == 1
    brief = hold([GERMAN, "We held it for nine days, and I wrote a scan.", "That's all."])
    assert all(rating.level for rating in rated_at_the_end(brief).ratings.values())
    stubborn = hold([GERMAN, GERMAN])
    assert not any(rating.level for rating in rated_at_the_end(stubborn).ratings.values())
    assert [said.text for said in stubborn.said("probe")] == [unread]
    assert stubborn.transcript.ended == "finished"


@pytest.mark.parametrize("yes", ["ja", "Ja, klar!", "Yes."])
def test_a_mere_yes_to_the_request_for_english_does_not_end_the_question(yes: str, hold: Hold, bank: Bank) -> None:
    lines = load_lines(bank)
    held = hold([GERMAN, yes, ENGLISH, "That's all."])
    assert [said.text for said in held.said("probe")][:2] == [lines.unread, lines.unread_again]
    assert any(rating.level for rating in rated_at_the_end(held).ratings.values())


@pytest.mark.parametrize(
    "said",
    [
        "Wir haben die Freigabe um neun Tage verschoben, weil im Export noch die Namen der Patienten standen.",
        "Retrasamos la entrega del modelo porque los nombres de los pacientes seguían en los datos.",
        "Nous avons retardé la livraison parce que les noms des patients étaient encore dans les données.",
        "Adiamos o lançamento porque os nomes dos pacientes ainda estavam nos dados.",
        "Мы отложили выпуск, потому что в данных были имена пациентов.",
        "我们推迟了发布，因为数据里还有病人的名字。",
    ],
)
def test_a_sentence_is_enough_to_know_another_language(said: str, hold: Hold, bank: Bank) -> None:
    assert [each.text for each in hold([said]).said("probe")] == [load_lines(bank).unread]


def test_it_costs_no_exchange_of_a_debate_and_no_fact_of_a_scenario(hold: Hold) -> None:
    debate = hold(
        [GERMAN, *["It should slow down, for nobody knows these systems."] * 4], "debate-pace", format="debate"
    )
    assert len(debate.said("debate")) == 3
    scenario = hold([GERMAN, THIN, *[FACT] * 9], INCIDENT, format="scenario")
    asked = [str(said.purpose) for said in scenario.candidate.heard if said.purpose in ("probe", "development")]
    assert asked[:3] == ["probe", "probe", "development"]


def test_where_a_judge_rates_it_is_rated_as_it_is(bank: Bank, reader: OfflineRater) -> None:
    candidate = ScriptedCandidate([GERMAN])
    interview = begin(bank, MemoryLog(), Readers(reader, judge=reader), Wishes(questions=("safety-over-speed",)))
    asyncio.run(interview.run(candidate))
    assert load_lines(bank).unread not in [said.text for said in candidate.heard]


def test_an_answer_that_is_left_as_it_is_is_followed_by_a_plain_word_that_tells_nothing(hold: Hold, bank: Bank) -> None:
    left = load_lines(bank).styles["neutral"].left
    complete = hold(["That's all I have to say about it."])
    assert [said.text for said in complete.said("notice")] == [left[0]]
    probed = hold([THIN, "That's all."])
    assert not {said.text for said in probed.said("notice")} & set(left)
