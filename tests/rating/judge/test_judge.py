"""What the judge asks, when it does not ask, and what it makes of several readings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.models.model import Model, Reply, Request
from interviewer.models.scripted import ScriptedModel, read_script
from interviewer.rating.judge import Judge
from interviewer.rating.suites import load_suite_texts
from interviewer.session.events import ModelCalled
from interviewer.session.thread import Thread, Turn

from .conftest import FIXTURES, THREAD, Rate

RECORDED = FIXTURES / "replies" / "judge"
WORDS = "I replayed 30 incidents from last winter through the alert"


def marks(met: Sequence[str], request: Request, quote: str = WORDS) -> str:
    """A reply that marks these parts as met, with one quote for all."""
    assert request.schema
    names = request.schema["properties"]["parts"]["items"]["properties"]["part"]["enum"]
    yes, no = ("yes", "no") if "notes" not in request.schema["properties"] else (True, False)
    parts = [
        {"part": name, "quote": quote if part in met else "", "met": yes if part in met else no}
        for name, part in ((name, name.rpartition(".")[2]) for name in names)
    ]
    return json.dumps({"notes": "", "parts": parts, "no_occasion": []})


def marking(*met: str) -> ScriptedModel:
    return ScriptedModel([lambda request: marks(met, request)])


def test_each_dimension_has_its_own_call_and_sees_no_other(rate: Rate) -> None:
    model = marking("mention", "limit")
    rated = rate(model, names=("evidence", "humility"))
    assert list(rated.ratings) == ["evidence", "humility"]
    first, second = (request.messages[0].content for request in model.requests)
    assert "## Evidence (evidence)" in first
    assert "Humility" not in first
    assert "## Humility (humility)" in second


def read_by_one_judge(bank: Bank, model: ScriptedModel, *threads: Thread) -> None:
    async def rated() -> None:
        judge = Judge(model, bank)
        for thread in threads:
            await judge.rate(thread, [bank.dimension("evidence")])

    asyncio.run(rated())


def test_the_constant_part_comes_first_and_the_task_is_repeated_after_the_answer(bank: Bank) -> None:
    model = marking("mention")
    read_by_one_judge(bank, model, THREAD, Thread("Another question?", THREAD.turns[:1]))
    before, after = model.requests
    assert before.messages[0] == after.messages[0]
    asked = before.messages[1].content
    assert asked.index("The slow ones") < asked.rindex("END ") < asked.index("Mark these parts of Evidence")


def test_a_thread_that_has_grown_is_asked_about_as_before_up_to_its_new_turns(bank: Bank) -> None:
    model = marking("mention")
    read_by_one_judge(bank, model, Thread(THREAD.question, THREAD.turns[:1]), THREAD)
    before, after = (request.messages[1].content for request in model.requests)
    same = before[: before.index("\nEND ")]
    assert THREAD.turns[0].text.split(".")[0] in same
    assert after.startswith(same)


def test_the_prompt_holds_the_parts_but_neither_levels_nor_anchors(rate: Rate, bank: Bank) -> None:
    model = marking("mention")
    rate(model)
    system = model.requests[0].messages[0].content
    evidence = bank.dimension("evidence")
    assert all(part.met_when in system for part in evidence.parts.values())
    assert not any(anchor in system for anchor in evidence.anchors.values())
    assert "level: " not in system


def test_one_reading_is_taken_at_temperature_zero_and_bounded(rate: Rate) -> None:
    model = marking("mention")
    rate(model)
    assert (model.requests[0].temperature, model.requests[0].seed, model.requests[0].max_tokens) == (0.0, 0, 4096)


def test_the_level_of_several_readings_is_their_mean_with_halves_down(rate: Rate) -> None:
    script: list[Any] = [lambda r: marks(["mention"], r), lambda r: marks(["mention", "specific"], r)]
    rating = rate(ScriptedModel(script), samples=2).ratings["evidence"]
    assert (rating.level, rating.mean, rating.spread) == (2, 2.5, 1.0)


def test_readings_far_apart_are_called_uncertain(rate: Rate) -> None:
    full = ["mention", "specific", "measured", "method"]
    script: list[Any] = [lambda r: marks(["mention"], r), lambda r: marks(full, r), lambda r: marks(full, r)]
    rated = rate(ScriptedModel(script), samples=3)
    assert rated.ratings["evidence"].level == 3
    assert [flag.text for flag in rated.flags if flag.kind == "uncertain"] == [
        "Evidence: the judge's samples are 2 levels apart."
    ]


def test_a_part_that_one_reading_of_three_denies_is_not_met(rate: Rate) -> None:
    script: list[Any] = [lambda r: marks(["mention"], r)] + [lambda r: marks(["mention", "specific"], r)] * 2
    findings = {f.part: f for f in rate(ScriptedModel(script), samples=3).ratings["evidence"].findings}
    assert findings["mention"].met
    assert not findings["specific"].met
    assert findings["specific"].note == "The samples of the judge did not agree on it."


def test_readings_that_mostly_fail_leave_the_dimension_unscored(rate: Rate) -> None:
    script: list[Any] = [lambda r: marks(["mention"], r), *[""] * 6]
    rating = rate(ScriptedModel(script, once=True), samples=3, concurrency=1).ratings["evidence"]
    assert rating.level is None
    assert "no JSON object" in (rating.unscored or "")


def test_samples_are_warmer_and_each_has_its_seed(rate: Rate) -> None:
    model = marking("mention")
    rate(model, samples=3)
    assert [(request.temperature, request.seed) for request in model.requests] == [(0.7, 0), (0.7, 1), (0.7, 2)]


def test_the_cheap_manner_asks_three_dimensions_a_call_and_rotates_them(rate: Rate) -> None:
    model = marking("mention", "limit", "risk", "others")
    names = ("evidence", "humility", "risk_reasoning", "collaboration")
    rated = rate(model, names=names, manner="cheap", samples=2)
    enums = [request.schema["properties"]["no_occasion"]["items"]["enum"] for request in model.requests]  # type: ignore[index]
    assert enums == [[*names[:3]], [names[3]], [*names[1:]], [names[0]]]
    assert {name: rated.ratings[name].level for name in names} == dict(zip(names, (2, 3, 2, 2), strict=True))


def test_a_small_model_gets_a_short_prompt_with_yes_and_no(rate: Rate) -> None:
    small, full = marking("mention"), marking("mention")
    small.name = "ollama/llama3.2:3b"
    assert rate(small).ratings["evidence"].level == rate(full).ratings["evidence"].level == 2
    assert len(small.requests[0].messages[0].content) < len(full.requests[0].messages[0].content) * 0.6
    assert small.requests[0].schema["properties"]["parts"]["items"]["properties"]["met"]["enum"] == ["yes", "no"]  # type: ignore[index]


@pytest.mark.parametrize("key", load_suite_texts(Bank.open()).master_keys)
def test_a_master_key_is_rated_at_the_floor_without_a_call(rate: Rate, key: str) -> None:
    model = marking("mention", "specific", "measured", "method")
    rated = rate(model, Thread(THREAD.question, (Turn("candidate", key),)))
    assert model.requests == []
    assert (rated.ratings["evidence"].level or 0) <= 2
    assert "floor" in {flag.kind for flag in rated.flags}


def test_an_echo_of_the_question_is_not_put_before_a_model(rate: Rate) -> None:
    model = marking("mention")
    question = (
        "Design the testing and monitoring that would tell you a production model has drifted or become misaligned, "
        "with sampling, thresholds, owners and escalation for every region."
    )
    rated = rate(model, Thread(question, (Turn("candidate", question),)))
    assert model.requests == []
    assert (rated.ratings["evidence"].level or 0) <= 2


def test_another_language_goes_to_the_model(rate: Rate) -> None:
    model = ScriptedModel([lambda request: marks(["mention"], request, "vierzig alte Fälle von Hand nachgestellt")])
    text = (
        "Ich habe an einem Freitag vierzig alte Fälle von Hand nachgestellt, und er hat sechsunddreißig davon erkannt."
    )
    assert rate(model, Thread("Woher wissen Sie das?", (Turn("candidate", text),))).ratings["evidence"].level == 2


def test_every_call_is_accounted_for(bank: Bank) -> None:
    calls: list[ModelCalled] = []
    for name in ("paraphrase-mended", "quota"):
        judge = Judge(read_script(str(RECORDED / f"{name}.yaml")), bank, on_call=calls.append)
        asyncio.run(judge.rate(THREAD, [bank.dimension("evidence")]))
    assert [(call.purpose, call.state, call.error) for call in calls] == [
        ("judge", "complete", None),
        ("judge", "complete", None),
        ("judge", "error", "quota"),
    ]
    assert all(call.prompt_tokens for call in calls[:2])


class Slow(ScriptedModel):
    """Counts how many calls are under way."""

    under_way = most = 0

    async def complete(self, request: Request) -> Reply:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        reply = await super().complete(request)
        self.under_way -= 1
        return reply


@pytest.mark.parametrize(("local", "concurrency", "most"), [(False, None, 4), (False, 3, 3), (True, None, 2)])
def test_all_calls_of_an_answer_go_out_at_once_within_the_bound(
    rate: Rate, local: bool, concurrency: int | None, most: int
) -> None:
    model = Slow([lambda request: marks(["mention"], request)])
    model.local = local
    rate(model, names=("evidence", "humility", "ownership", "tradeoffs"), concurrency=concurrency)
    assert model.most == most


def test_the_identity_changes_with_what_the_judge_is_told(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    model: Model = marking()
    before = Judge(model, bank, samples=3).identity
    assert (before.model, before.samples, before.rubric) == ("scripted/demo", 3, bank.rubric_hash(()))
    told = bank.prompt
    monkeypatch.setattr(bank, "prompt", lambda name: told(name) + ("." if name == "judge-rules.md" else ""))
    assert Judge(model, bank).identity.prompt != before.prompt


def test_a_cancelled_rating_is_cancelled(bank: Bank) -> None:
    class Endless(ScriptedModel):
        async def complete(self, request: Request) -> Reply:
            await asyncio.Event().wait()
            raise AssertionError

    async def main() -> None:
        task = asyncio.create_task(Judge(Endless([]), bank).rate(THREAD, [bank.dimension("evidence")]))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
