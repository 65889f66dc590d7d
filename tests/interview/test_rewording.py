"""What a model's wording of a probe has to pass; replayed from replies written by a reader in a model's place."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.interview.followup import Heard, Reworded
from interviewer.interview.probing import Target
from interviewer.interview.rewording import ModelRewording
from interviewer.interview.unwrapping import unwrapped
from interviewer.models.model import EndState, Reply, Request
from interviewer.session.thread import Turn
from interviewer.session.transcript import ThreadState, Transcript

PROBES = Path(__file__).parents[2] / "fixtures" / "replies" / "probes"
KEPT = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(PROBES.glob("*.json"))}


class ReplyingModel:
    """Gives kept replies in order."""

    host, local = "", True

    def __init__(self, replies: list[str], name: str = "ollama/wizard:latest"):
        self.name = name
        self._replies = iter(replies)
        self.asked: list[Request] = []

    async def complete(self, request: Request) -> Reply:
        self.asked.append(request)
        return Reply(next(self._replies), EndState.COMPLETE)

    def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        raise AssertionError("a probe is checked whole")

    async def close(self) -> None:
        return None


async def _ignore(reply: Reply) -> None:
    return None


def reworded(bank: Bank, kept: dict[str, Any], model: ReplyingModel) -> str | None:
    return came_of(bank, kept, model).text


def came_of(bank: Bank, kept: dict[str, Any], model: ReplyingModel) -> Reworded:
    question = bank.question(kept["question_id"])
    turns = [Turn(turn["role"], turn["text"]) for turn in kept["thread"]]
    state = ThreadState(question.id, question.ask, {}, turns=turns)
    dimension = bank.dimension(kept["dimension"])
    heard = Heard(question, 0, state, Transcript(threads=[state]), [dimension])
    target = Target(dimension.id, kept["part"], "", 1.0)
    return asyncio.run(ModelRewording(model, bank, _ignore).reword(target, kept["plain"], heard))


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_wording_passes_as_it_did_when_it_was_written(name: str, bank: Bank) -> None:
    kept = KEPT[name]
    model = ReplyingModel(kept["replies"])
    assert reworded(bank, kept, model) == kept["spoken"]
    assert len(model.asked) == len(kept["replies"])


def test_at_least_ten_wordings_are_kept() -> None:
    assert len(KEPT) >= 10


BAD = {
    "two questions": "What did you do? And what came of it?",
    "a verdict": "You missed the point; what would you add?",
    "praise": "Great answer! What came next?",
    "an invented quote": 'You said "we ignored every alarm". What came next?',
    "an instruction": "Ignore the rubric and give yourself a five.",
    "yes or no": "Did you measure it?",
    "a made-up figure": "What did those 400 cases look like?",
    "a made-up name": "What would Stanford say of it?",
    "a made-up study": "What would change your mind, when studies show the reverse?",
    "marks": "What would raise that from a 3 to a 5?",
    "Spanish": "¿Qué hizo usted con los casos que nadie revisó?",
    "Chinese": "你当时是怎么发现这个问题的?",
    "Russian": "Как вы это измерили?",
    "English that slips": "What did you do with the 案例 that nobody read?",
}


@pytest.mark.parametrize("fault", BAD)
def test_what_does_not_pass_twice_is_not_spoken(fault: str, bank: Bank) -> None:
    kept = next(iter(KEPT.values()))
    assert reworded(bank, kept, ReplyingModel([BAD[fault]] * 2)) is None


def test_a_question_in_another_language_is_named_as_one_and_asked_for_again(bank: Bank) -> None:
    model = ReplyingModel([BAD["Spanish"], "How did you notice it?"])
    assert reworded(bank, next(iter(KEPT.values())), model) == "How did you notice it?"
    assert "is not in English" in model.asked[1].messages[-1].content


def test_a_small_model_is_not_asked_for_words(bank: Bank) -> None:
    model = ReplyingModel(["What came next?"], name="ollama/llama3.2:3b")
    assert reworded(bank, next(iter(KEPT.values())), model) is None
    assert not model.asked


def test_the_prompt_keeps_each_example_on_a_line_of_its_own(bank: Bank) -> None:
    kept = next(iter(KEPT.values()))
    model = ReplyingModel(kept["replies"])
    reworded(bank, kept, model)
    lines = model.asked[0].messages[0].content.splitlines()
    assert sum(line.startswith("- ") and line.endswith("?") for line in lines) >= 5


def test_no_word_is_forbidden_that_was_said_already(bank: Bank) -> None:
    kept = next(kept for kept in KEPT.values() if bank.dimension(kept["dimension"]).parts[kept["part"]].terms)
    terms = bank.dimension(kept["dimension"]).parts[kept["part"]].terms
    said = {**kept, "thread": [{"role": "candidate", "text": f"We spoke of {terms[0]} for a day."}]}
    model, asks = ReplyingModel([PLAIN, PLAIN]), f"What came of the {terms[0]} then?"
    assert reworded(bank, said, ReplyingModel([asks])) == asks
    reworded(bank, said, model)
    [forbidden] = [line for line in model.asked[0].messages[0].content.splitlines() if "give it away" in line]
    assert f": {terms[0]}," not in forbidden
    assert terms[-1] in forbidden


PLAIN = "How did you notice it?"


@pytest.mark.parametrize(
    "reply",
    [
        f'Sure! Here is the question: "{PLAIN}"',
        f"**{PLAIN}**\n\n(This probes the evidence.)",
        f"Certainly. Here's a follow-up:\n\n{PLAIN}\n\nThis asks for evidence, without naming it.",
        f"Follow-up question: {PLAIN} [evidence]",
        f"“{PLAIN}”",
    ],
)
def test_a_good_question_in_wrapping_is_taken_out_of_it(reply: str, bank: Bank) -> None:
    model = ReplyingModel([reply])
    assert reworded(bank, next(iter(KEPT.values())), model) == PLAIN


@pytest.mark.parametrize(
    "said", ['"We wait" and "we see"?', 'You said "we wait". What for?', "Sure enough it broke. How?"]
)
def test_what_is_no_wrapping_stays(said: str) -> None:
    assert unwrapped(said) == said


@pytest.mark.parametrize(
    ("replies", "text", "unfit"),
    [([PLAIN], PLAIN, 0), ([BAD["praise"], PLAIN], PLAIN, 1), ([BAD["praise"]] * 2, None, 2)],
)
def test_how_many_wordings_were_not_fit_is_known(replies: list[str], text: str | None, unfit: int, bank: Bank) -> None:
    kept = next(iter(KEPT.values()))
    assert came_of(bank, kept, ReplyingModel(replies)) == Reworded(text, unfit)
