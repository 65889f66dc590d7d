"""A question put back is replied to, stays out of the ratings, and leaves what was asked open."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.wording import says
from interviewer.interview.asked_back import QuestionsBack, load_asked_back
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.lines import load_lines
from interviewer.interview.opening import Readers, begin, take_up
from interviewer.interview.planning import Wishes
from interviewer.interview.simply import simply, what_is_asked
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
    "I'm sorry, my English is not good, can you ask more simple?",
    "My English is not so good. Could you use easier words?",
    "Not to do what? I do not follow.",
    "Opposite of what?",
    "Sorry, because of what exactly?",
    "I lost the thread. Can you put it another way?",
    "That question makes no sense to me.",
    "Let me think about it for a second.",
    "Who are you? Are you an AI?",
]
ANSWERS = [
    "I did not follow his advice.",
    "So what? We shipped it a week later.",
    "A human.",
    "My English is not good but I built a filter.",
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
    "At university we skipped it. Why would we?",
    "It took a second.",
    "I need to think about the harm first.",
    "Who are you to decide? I asked him that, and he left.",
    "I want to see the logs first.",
    "My thesis was on probes. What does it show? That layers matter.",
    "Can you wait a minute? That is what I told the nurse.",
]

PLEAS = [
    "I'm sorry, my English is not good, can you ask more simple?",
    "Could you please repeat the question in other words?",
    "What do you mean with 'what you describe'? I did not describe anything yet.",
    "I don't understand the question.",
    "Sorry, I not understand. Please again with easy words.",
    "Please explain me the question.",
    "What is the meaning of this question?",
    "I am not a native speaker. Could you say it slower and simpler?",
    "Can you ask it in a different way?",
    "Question is too difficult for me, please make it easy.",
    "I don't know what you mean.",
    "Not understand, sorry.",
    "Excuse me, what means this?",
    "Could you rephrase that, please?",
    "It's too complicated. Can you put it more simply?",
    "I'm confused. What do you want from me?",
    "My English is bad, please speak simple.",
    "What exactly do you mean?",
]
NO_PLEAS = [
    "I did not understand the metric at first.",
    "I asked them to explain it again.",
    "I didn't understand why the alarm was silent, so I asked.",
    "It was simple: I said no.",
    "It was easy.",
    "I said it in other words to the nurse.",
    "Could you trust it? I could not, so I asked for a repeat.",
    "We put the question to the users again, in simpler words.",
    "I explained it to my lead once more, more simply.",
    "The question was what we mean by harm.",
    "I would ask the model to rephrase the question and compare.",
    "Repeat the test with different words.",
    "He did not understand me, and I was confused too.",
    "You mean well, but the numbers were different.",
    "I don't understand the internals of that model, but the probe fired.",
    "A simpler model, please no more.",
    "Different words, the same meaning: the model must answer both alike.",
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


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("do you mean at work or side projects?", "Either will do: at work or outside it."),
        ("which people? my team lead or the whole team", "Whoever it was in your case."),
        ("Which team do you mean?", "Whoever it was in your case."),
        ("Can I use a university project? I've not worked in industry yet", "Yes, that counts."),
        ("Is it okay to talk about a university project, I have never shipped a model", "Yes, that counts."),
        ("Sorry, I need a moment.", "Take your time"),
        ("Could I have a minute to think?", "Take your time"),
        ("wait, I want to see the questions again", "Of course. Here is my question again: In the minority?"),
    ],
)
def test_what_is_asked_back_gets_the_reply_that_fits_it(asked: str, reply: str, asked_back: QuestionsBack) -> None:
    assert asked_back.asks(said(asked), arguing=False)
    assert asked_back.reply(said(asked), asked, "In the minority?").startswith(reply)


def test_in_a_debate_a_bare_question_is_an_argument(asked_back: QuestionsBack) -> None:
    assert not asked_back.asks(said("And who would check that everybody stops?"), arguing=True)
    assert asked_back.asks(said("What do you mean by slowing down?"), arguing=True)
    assert not asked_back.asks(said("Slower than what?"), arguing=True)


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


@pytest.mark.parametrize(
    "text", ["Not to do what? I do not follow.", "What do you mean by rebuild?", "Can you put it another way?", "What?"]
)
def test_who_asks_back_what_a_probe_means_hears_it_anew_and_loses_nothing(text: str, hold: Hold) -> None:
    held = hold(["We held a release for two weeks.", text, "It cost us a client."])
    [thread] = held.transcript.threads
    assert thread.thread.answers == ("We held a release for two weeks.", "It cost us a client.")
    assert held.said("reply")[0].text.startswith("Let me put it another way: ")


def test_a_probe_without_other_words_is_said_once_more_without_what_leads_up_to_it(asked_back: QuestionsBack) -> None:
    asked = 'You said "reduced bias by 94 percent". Where does that figure come from?'
    state = said("It reduced bias by 94 percent.")
    state.probes.append(ev.ProbeAsked(dimension="evidence", part="method", reason="", text=asked))
    state.turns.append(Turn("interviewer", asked))
    reply = asked_back.reply(state, "Which figure do you mean? I do not follow.", asked)
    assert reply == "My question is only this: Where does that figure come from?"
    assert what_is_asked("And the other part of my question: what does a policy like that miss?") == (
        "What does a policy like that miss?"
    )
    assert what_is_asked('You mention "the lamp". Why that?') == 'You mention "the lamp". Why that?'


def test_who_does_not_understand_the_question_hears_it_in_fewer_words(hold: Hold) -> None:
    held = hold([*PLEAS[:4], "We held a release for two weeks."])
    told = [reply.text for reply in held.said("reply")]
    assert told[0] == "In simple words: Tell me about a time you put safety first and it slowed you down."
    assert told[1].startswith("You can begin anywhere.")
    assert len(set(told)) == 4
    [thread] = held.transcript.threads
    assert thread.thread.answers[0] == "We held a release for two weeks."


def test_a_coach_gives_the_first_hint_to_the_second_plea(hold: Hold, bank: Bank) -> None:
    told = hold(["/mode coach", *PLEAS[:2], "Nothing."]).said("reply")[1].text
    assert told.endswith(bank.question("safety-over-speed").hints.nudge)


@pytest.mark.parametrize("text", PLEAS)
def test_a_plea_in_plain_or_broken_english_is_heard_as_one(text: str, asked_back: QuestionsBack) -> None:
    assert asked_back.asks(said(text), arguing=False)
    assert asked_back.wants_other_words(text)


@pytest.mark.parametrize("text", NO_PLEAS)
def test_an_answer_with_the_words_of_a_plea_is_none(text: str, asked_back: QuestionsBack) -> None:
    assert not asked_back.asks(said(text), arguing=False)


def test_every_question_has_simple_words_and_none_but_the_banks(bank: Bank, asked_back: QuestionsBack) -> None:
    for question in map(bank.question, bank.cards):
        simple = simply(question, asked_back.rules.tells)
        assert simple, question.id
        asked = f"{question.ask} {' '.join(each.ask for each in question.sub_questions)}".casefold()
        words = set(re.findall(r"\w+", simple.casefold()))
        assert simple == question.simply or words <= set(re.findall(r"\w+", asked))


def test_simple_words_of_a_question_give_nothing_away(bank: Bank, asked_back: QuestionsBack) -> None:
    told = [question for question in map(bank.question, bank.cards) if question.simply]
    assert told
    for question in told:
        parts = [part for name in question.weights for part in bank.dimension(name).parts.values()]
        terms = [term for part in parts for term in part.terms]
        assert [term for term in terms if says(question.simply or "", term) and not says(question.ask, term)] == []


def test_whoever_needs_a_moment_is_waited_for_longer(hold: Hold) -> None:
    asked = ["Can I use a university project?", "Sorry, I need a moment.", "Who are you?", "We held a release."]
    assert hold(asked).transcript.threads[0].thread.answers == ("We held a release.",)


def test_patience_ends_and_the_next_turn_is_an_answer(hold: Hold) -> None:
    held = hold(["Why do you ask?", "What are you looking for?", "Who decides?"])
    assert len({reply.text for reply in held.said("reply")}) == 2
    assert held.transcript.threads[0].thread.answers == ("Who decides?",)


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
