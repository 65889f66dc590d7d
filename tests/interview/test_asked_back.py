"""A question put back is replied to, stays out of the ratings, and leaves what was asked open."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.asked_back import QuestionsBack, load_asked_back
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.lines import load_lines
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.models.model import Unreachable
from interviewer.models.scripted import Script, ScriptedModel
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session import events as ev
from interviewer.session.events import MemoryLog
from interviewer.session.thread import Turn
from interviewer.session.transcript import ThreadState

from .conftest import Hold

BACK = [
    "Hm could you say what you mean by a safeguard here? Like access controls?",
    "What do you mean by baseline?",
    "what do you mean by that",
    "Sorry, I don't understand the question.",
    "I'm not sure what you mean. Is it about the model, or the product around it?",
    "Could you repeat that please",
    "Wait, do you mean in a team or alone?",
    "Can I take an example from university?",
    "I once ran the backups at a bank. Would that count?",
    "How long should this be?",
    "Why do you ask?",
    "And who would decide that?",
    "can i skip this one?",
    "Are you an AI?",
]
ANSWERS = [
    "A human.",
    "A human?",
    "Maybe a filter on the output?",
    "Would I ship it? No.",
    "Why would anyone trust a vendor? I did not, and so I asked them for their test set.",
    "I asked him: what do you mean by safe? He had no answer, and so we wrote one down.",
    "What did I do? I stopped the release.",
    "Are you kidding?",
    "I don't know.",
    "No. Would you?",
    "You could repeat the test on the old model.",
]


@pytest.fixture(scope="module")
def asked_back(bank: Bank) -> QuestionsBack:
    return QuestionsBack(load_asked_back(bank), load_lines(bank))


def said(text: str) -> ThreadState:
    return ThreadState("safety-over-speed", "Tell me about a time.", {}, turns=[Turn("candidate", text)])


@pytest.mark.parametrize("text", BACK)
def test_a_turn_that_only_asks_is_no_answer(text: str, asked_back: QuestionsBack) -> None:
    assert asked_back.asks(said(text), arguing=False)


@pytest.mark.parametrize("text", ANSWERS)
def test_a_question_within_an_answer_is_part_of_it(text: str, asked_back: QuestionsBack) -> None:
    assert not asked_back.asks(said(text), arguing=False)


def test_no_answer_of_the_gold_is_taken_for_a_question(gold: list[dict[str, Any]], asked_back: QuestionsBack) -> None:
    turns = [turn["text"] for line in gold for turn in line["thread"] if turn["role"] == "candidate"]
    assert not [text for text in turns if asked_back.asks(said(text), arguing=False)]


def test_in_a_debate_a_bare_question_is_an_argument(asked_back: QuestionsBack) -> None:
    assert not asked_back.asks(said("And who would check that everybody stops?"), arguing=True)
    assert asked_back.asks(said("What do you mean by slowing down?"), arguing=True)


def test_the_question_stays_open_and_no_probe_is_spent(hold: Hold) -> None:
    held = hold([BACK[0], "Nothing."])
    assert held.kinds()[1:6] == ["question_asked", "answer_given", "asked_back", "said", "answer_given"]
    assert held.transcript.threads[0].thread.answers == ("Nothing.",)
    assert held.said("reply")[0].text == "Choose the meaning that fits you best, and say in a few words which it is."


def test_nothing_is_rated_on_a_question_alone(hold: Hold) -> None:
    held = hold([BACK[0], "/end"])
    assert "rated" not in held.kinds()


def test_it_works_after_a_probe_and_in_a_debate(hold: Hold) -> None:
    held = hold(["We held a release for two weeks.", "What do you mean by that?", "It cost us a client."])
    [thread] = held.transcript.threads
    assert len(thread.thread.answers) == 2
    assert thread.asked_back[0].at == 2
    debate = hold(["I say press on.", "What do you mean by slowing down here?", "A pause."], "debate-pace")
    assert len(debate.said("reply")) == 1
    assert len(debate.transcript.threads[0].thread.answers) == 2


def test_who_wants_the_question_again_hears_it_again(hold: Hold) -> None:
    held = hold(["Could you repeat the question?", "Nothing."])
    assert held.said("reply")[0].text.endswith(held.said("question")[0].text)


LOST = "What do you mean, not see? I don't understand the question."


def test_who_does_not_understand_a_probe_hears_it_in_other_words(hold: Hold) -> None:
    held = hold(["We held a release for two weeks.", LOST, "Sorry, I still don't understand.", "It cost us a client."])
    [thread] = held.transcript.threads
    first, second = (reply.text for reply in held.said("reply"))
    lead, _, other = first.partition(": ")
    assert lead == "Let me put it another way"
    assert other.endswith("?")
    assert '"' not in other
    assert other != thread.probes[0].text
    assert second != first
    assert len(thread.probes) <= 2


def test_where_the_bank_has_no_other_words_the_reading_is_theirs(hold: Hold) -> None:
    assert hold([LOST, "Nothing."]).said("reply")[0].text.startswith("Answer the part that is clear to you")


def test_patience_ends_and_the_next_turn_is_an_answer(hold: Hold) -> None:
    held = hold(["Why do you ask?", "What are you looking for?", "What do you mean?"])
    assert len({reply.text for reply in held.said("reply")}) == 2
    assert held.transcript.threads[0].thread.answers == ("What do you mean?",)


@pytest.mark.parametrize("last", ["answer_given", "asked_back"])
def test_whoever_is_killed_before_the_reply_hears_it_after_coming_back(
    last: str, bank: Bank, reader: OfflineRater
) -> None:
    log = MemoryLog()
    asyncio.run(
        begin(bank, log, Readers(reader), Wishes(questions=("safety-over-speed",))).run(ScriptedCandidate([BACK[0]]))
    )
    kinds = [event.kind for event in log.events]  # type: ignore[attr-defined]
    killed = MemoryLog()
    for event in log.events[: kinds.index(last) + 1]:
        killed.append(event)
    candidate = ScriptedCandidate([])
    asyncio.run(take_up(bank, killed, Readers(reader), killed.events).run(candidate))
    assert [said.purpose for said in candidate.heard if said.purpose != "recall"][-2:] == ["question", "reply"]
    again = ScriptedCandidate(["Nothing."])
    asyncio.run(take_up(bank, killed, Readers(reader), killed.events).run(again))
    assert [said.purpose for said in again.heard][1:3] == ["question", "reply"], "it is shown, and said once"
    assert sum(event.kind == "said" for event in killed.events) == 1  # type: ignore[attr-defined]


def worded(bank: Bank, reader: OfflineRater, script: Script) -> tuple[str, MemoryLog]:
    log, candidate = MemoryLog(), ScriptedCandidate(["What do you mean by safety here?"])
    model = ScriptedModel(script, name="ollama/qwen3:14b")
    readers = Readers(reader, model=model.name, opened=lambda _: model)
    asyncio.run(begin(bank, log, readers, Wishes(questions=("safety-over-speed",))).run(candidate))
    [reply] = [said.text for said in candidate.heard if said.purpose == "reply"]
    return reply, log


def test_a_model_may_word_the_reply(bank: Bank, reader: OfflineRater) -> None:
    said = "Take it widely: anything you would not want to happen to the people who use it."
    reply, log = worded(bank, reader, [said])
    assert reply == said
    assert [call.purpose for call in log.events if isinstance(call, ev.ModelCalled)] == ["asked back"]


@pytest.mark.parametrize(
    "said",
    [
        "Great question! Take it as you like.",
        "I mean a rollback with a threshold, for instance.",
        "What do you think it means?",
        "",
    ],
)
def test_what_a_model_may_not_say_leaves_the_banks_reply(said: str, bank: Bank, reader: OfflineRater) -> None:
    assert worded(bank, reader, [said, said])[0].startswith("Choose the meaning that fits you best")


def test_a_model_that_fails_leaves_the_banks_reply(bank: Bank, reader: OfflineRater) -> None:
    reply, log = worded(bank, reader, [Unreachable("Nobody is there.")])
    assert reply.startswith("Choose the meaning that fits you best")
    assert [call.state for call in log.events if isinstance(call, ev.ModelCalled)] == ["error"]
