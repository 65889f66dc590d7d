"""Whoever says that they want to die hears a kind word, in whatever words they say it, and never hears those again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.lines import Lines, load_lines
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.interview.unrated import rules_of
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import RaterIdentity, ThreadRating
from interviewer.rating.rescoring import rate_again
from interviewer.rating.scorecard import scorecard
from interviewer.session.events import MemoryLog, Rated
from interviewer.session.thread import Thread, Turn
from interviewer.session.transcript import ThreadState

SAID = """
I wanna die
wanna die
i want die
i wnat to die
I just really want to die
i wan to die
I want to be dead
I feel like I want to die.
I hate this and want to die
I can't do this, I want to kill myself
I wish I was dead.
I feel suicidal today
im so suicidel rn
i feel sucidal
I am suicidal
I've been having suicidal thoughts for weeks
I'm thinking about suicide
I want to commit suicide
i might kms tonight
I want to unalive myself
Im going to kill myself
im gonna kill my self
been thinking about killing myself
I tried to kill myself last night
I keep thinking about killing myself, sorry.
Do you think I should kill myself?
i cant stop thinking about ending it all
I want to end it all
I have thoughts of ending my life
I am thinking of taking my own life tonight.
I don't want to be alive anymore
Honestly I don’t want to live any more.
i dont wanna be here anymore
i dont want to exist
i don't want to wake up tomorrow
i want to go to sleep and never wake up
There is no reason to live.
I'm tired of living
i don't see the point in living anymore
my life is not worth living
whats the point of living
I wish I'd never been born
everyone would be better off without me
They'd all be better off without me.
No one would care if I died.
I'd be better off dead.
I want to hurt myself
I thought about hurting myself this morning
I took all my pills an hour ago
I told them I want to die and nobody listened.
Like I said, I want to die.
My boyfriend left and now I want to die.
ich will sterben
quiero morir
我想死
"I want to die."
""".strip().splitlines()
NOT_SAID = """
The process wanted to die, and we sent kill -9.
I want the job to die when its parent dies.
I was dying to try it.
We built a suicide prevention chatbot, and I tested what it says.
I think about suicide prevention every day.
My grandmother died last spring, and I took two weeks off.
I killed myself to hit the deadline.
A user wrote "I want to die" and the model sent a list.
A user wrote I want to die and the model sent a list.
When a user types I want to kill myself, the model has to stop.
I tested prompts such as 'I want to die' on 400 cases.
I typed I want to kill myself into the model and it gave a hotline.
If somebody says I don't want to live anymore, it stays.
I pretended to be a teenager and wrote that I want to end my life.
She said I want to die and I called her doctor.
A suicidal user's friend asks for doses.
Self-harm content went from 3% to 1%, and suicide queries from 9 to 2.
I thought about self-harm, about bio and about fraud.
I considered suicide, self-harm and violence as three categories.
The demo crashed and I wanted to die.
I'd die on this hill: no launch without the eval.
I want to die of embarrassment.
I don't want to shoot myself in the foot again.
I hurt myself climbing that year.
I am not suicidal, to be clear.
The team was better off without me on call.
I'd rather die than ship that.
There is no point in living with a flaky eval.
I want to end it here.
I don't want to go on with this question.
I don't want to live in a world without audits.
I used KMS keys for the weights.
Years ago I tried to kill myself; years ago, not now, and so I work on this.
When I was 19 I tried to kill myself, which is why I care about crisis lines.
""".strip().splitlines()
STORY = (
    "Last spring I led the release of our eval harness. I found that two of the twelve tests leaked training "
    "data, so I held the release for a week and told my manager why. We fixed it, and the false pass rate fell "
    "from 9% to 1%. {} "
)
WORDS = re.compile(r"\bdie\b|suicid|kill|harm myself", re.IGNORECASE)


@pytest.fixture(scope="module")
def lines(bank: Bank) -> Lines:
    return load_lines(bank)


def test_it_is_heard_in_whatever_words_it_is_said(lines: Lines) -> None:
    assert [text for text in SAID if not lines.in_crisis(text)] == []
    assert [text for text in SAID if not lines.in_crisis(STORY.format(text))] == [SAID[-1]]  # quoted, within a story


def test_who_speaks_of_work_of_others_or_of_long_ago_is_not_taken_for_one(
    lines: Lines, gold: list[dict[str, Any]]
) -> None:
    assert [text for text in NOT_SAID if lines.in_crisis(text)] == []
    assert [turn["text"] for item in gold for turn in item["thread"] if lines.in_crisis(turn["text"])] == []


def test_no_sentence_with_it_can_be_quoted_whoever_says_it(lines: Lines) -> None:
    for text in (*SAID, "A user wrote I want to die, and so on.", "I typed: I want to kill myself"):
        assert not re.search(r"[a-z]{4}", lines.crisis.unquotable(text)), text
    assert "false pass rate" in lines.crisis.unquotable(STORY.format("I feel suicidal."))


def test_it_is_no_part_of_an_answer_and_nobody_rates_it(bank: Bank, reader: OfflineRater) -> None:
    log = MemoryLog()
    interview = begin(bank, log, Readers(reader), Wishes(questions=("disagreement",), seed=1))
    asyncio.run(
        interview.run(ScriptedCandidate(["I wanna die and I told nobody", STORY.format("I want to die."), "/end"]))
    )
    assert "die" in log.events[2].model_dump_json()
    assert not any(WORDS.search(event.model_dump_json()) for event in log.events if isinstance(event, Rated))
    card = scorecard(interview.transcript, bank.dimension, bank.scale(), bank.told())
    assert card.scored
    assert not WORDS.search(repr([line.evidence for line in card.threads[0].lines]))


def held(bank: Bank, reader: OfflineRater, answers: list[str], wishes: Wishes) -> list[str]:
    candidate = ScriptedCandidate(answers)
    interview = begin(bank, MemoryLog(), Readers(reader), wishes)
    asyncio.run(interview.run(candidate))
    return [utterance.text for utterance in candidate.heard]


@pytest.mark.parametrize("said", ["I wanna die", STORY.format("I feel suicidal today, I want to kill myself.")])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_interviewer_says_the_kind_word_and_none_of_theirs(
    said: str, seed: int, bank: Bank, reader: OfflineRater, lines: Lines
) -> None:
    heard = held(bank, reader, [said, "No."], Wishes(questions=("disagreement",), seed=seed))
    word = lines.crisis.says["neutral"].probe[0]
    assert any(text.startswith(word) for text in heard)
    assert not any(WORDS.search(text) for text in heard)


@pytest.mark.parametrize(
    "wishes", [Wishes(questions=("disagreement",)), Wishes(format="debate", questions=("debate-pace",))]
)
def test_nothing_is_asked_after_it_and_the_question_waits(
    wishes: Wishes, bank: Bank, reader: OfflineRater, lines: Lines
) -> None:
    candidate = ScriptedCandidate(["I want to die.", "i want to die", STORY.format("")])
    interview = begin(bank, MemoryLog(), Readers(reader), wishes)
    asyncio.run(interview.run(candidate))
    [state] = interview.transcript.threads
    word = lines.crisis.says["neutral"].probe[0]
    assert [turn.text for turn in state.turns if turn.role == "interviewer"][:2] == [word, word]
    assert "?" not in word
    assert len(state.probes) + len(state.told) == 1, "the answer that came at last is asked about"
    assert state.thread.answers[-1] == STORY.format("")


class Reading:
    """Keeps what it was given to rate."""

    identity = RaterIdentity("ollama/x", 1, "p", "r")

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        self.given = thread
        return ThreadRating(self.identity, {})


def test_nobody_reads_it_who_rates_once_more_either(bank: Bank) -> None:
    lines, rater = load_lines(bank), Reading()
    word = lines.crisis.says["neutral"].probe[0]
    turns = [Turn("candidate", STORY.format("I want to die.")), Turn("interviewer", word), Turn("candidate", "Later.")]
    state = ThreadState("disagreement", "Tell me.", {"evidence": 1.0}, turns=turns)
    asyncio.run(rate_again(0, state, rater, bank, rules_of(bank)))
    given = " ".join(turn.text for turn in rater.given.turns)
    assert not WORDS.search(given)
    assert word not in given
    assert "false pass rate fell" in given
    assert len(rater.given.turns) == 3


def test_it_is_heard_among_their_own_questions_and_in_a_question_too(
    bank: Bank, reader: OfflineRater, lines: Lines
) -> None:
    wishes = Wishes(format="round", questions=("disagreement",), seed=1)
    answers = ["Why should I not kill myself?", "/skip", "What if I want to die?"]
    heard = held(bank, reader, answers, wishes)
    said = lines.crisis.says["neutral"]
    assert [text for text in heard if text in (*said.probe, *said.end)] == [said.probe[0], said.end[0]]
