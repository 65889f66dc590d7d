"""Lines in, lines out: order, faults that cost only themselves, ids that are rated once, and a flat memory."""

from __future__ import annotations

import asyncio
import json
import random
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.schema import Dimension
from interviewer.models.model import Broken, EndState, Reply, Request, Unreachable
from interviewer.rating.batch import Batch, Failed, Known, Outcome, Rated, read_answer
from interviewer.rating.judge import Judge
from interviewer.rating.lines import rating_from_line
from interviewer.rating.opening import open_offline
from interviewer.rating.rater import RaterIdentity, Rating, ThreadRating
from interviewer.session.json_lines import LONGEST_LINE
from interviewer.session.thread import Thread


class ScriptedRater:
    """Gives everyone a 3, after as many turns of the loop as it is told; fails where it is told to."""

    identity = RaterIdentity("scripted", 1, "p", "r")

    def __init__(
        self, turns: Callable[[], int] = lambda: 1, fails: Callable[[Thread], Exception | None] = lambda _: None
    ):
        self.turns, self.fails = turns, fails
        self.under_way = self.most = self.calls = 0

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        self.calls += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _ in range(self.turns()):
            await asyncio.sleep(0)
        self.under_way -= 1
        if error := self.fails(thread):
            raise error
        return ThreadRating(self.identity, {dim.id: Rating(dim.id, 3) for dim in dimensions})


def line(name: object, text: str = "We stopped the release.", **more: Any) -> bytes:
    body = {"id": name, "question_id": "safety-over-speed", "question": "Tell me about a time."}
    return json.dumps({**body, "thread": [{"role": "candidate", "text": text}], **more}).encode() + b"\n"


async def numbered(lines: Iterable[bytes]) -> AsyncIterator[tuple[int, bytes]]:
    for number, raw in enumerate(lines, start=1):
        yield number, raw


def rate(batch: Batch, lines: Iterable[bytes], concurrency: int = 4) -> list[Outcome]:
    outcomes: list[Outcome] = []
    asyncio.run(batch.run(numbered(lines), outcomes.append, concurrency=concurrency))
    return outcomes


def bodies(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    return [json.loads(outcome.line) for outcome in outcomes if isinstance(outcome, Rated)]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


def test_a_rating_line_has_the_fields_of_the_contract_and_keeps_the_rest(bank: Bank) -> None:
    [body] = bodies(rate(Batch(bank, ScriptedRater()), [line("a", tags=["short"], note="mine")]))

    assert list(body) == ["id", "question_id", "rater", "ratings", "flags", "probe", "tags", "note"]
    assert body["question_id"] == "safety-over-speed"
    assert set(body["ratings"]) == set(bank.question("safety-over-speed").weights)
    assert body["probe"] is None
    assert rating_from_line(body).rater == ScriptedRater.identity


def test_the_candidates_words_are_not_repeated_whole(bank: Bank) -> None:
    [body] = bodies(rate(Batch(bank, ScriptedRater()), [line("a")]))

    assert "thread" not in body
    assert "question" not in body


def test_lines_come_out_in_the_order_they_came_in_whatever_takes_longest(bank: Bank) -> None:
    dice = random.Random(3)
    rater = ScriptedRater(lambda: dice.randrange(1, 60))

    outcomes = rate(Batch(bank, rater), [line(number) for number in range(300)], concurrency=16)

    assert [body["id"] for body in bodies(outcomes)] == list(range(300))
    assert 1 < rater.most <= 16


def test_a_rater_that_fails_one_time_in_twenty_costs_those_lines_only(bank: Bank) -> None:
    dice = random.Random(5)

    def fails(thread: Thread) -> Exception | None:
        number = int(thread.answers[0].split()[0])
        return Broken("The reply could not be used.", "Try again.") if number % 20 == 7 else None

    rater = ScriptedRater(lambda: dice.randrange(1, 40), fails)
    lines = [line(f"n{number}", f"{number} releases were stopped") for number in range(1000)]

    outcomes = rate(Batch(bank, rater), lines, concurrency=64)

    assert [outcome.number for outcome in outcomes] == list(range(1, 1001))
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    assert [outcome.number for outcome in failed] == [number + 1 for number in range(1000) if number % 20 == 7]
    assert {outcome.problem for outcome in failed} == {"The reply could not be used. Try again."}
    assert len({body["id"] for body in bodies(outcomes)}) == 950


class FaultyModel:
    """Marks `mention` as met; one call in twenty fails in one of five ways."""

    name, host, local = "scripted/faulty", "", True

    def __init__(self, parts: Iterable[str]):
        self.parts, self.calls, self.dice = tuple(parts), 0, random.Random(9)

    async def complete(self, request: Request) -> Reply:
        self.calls += 1
        for _ in range(self.dice.randrange(20)):
            await asyncio.sleep(0)
        fault = (self.calls // 20) % 5 if self.calls % 20 == 7 else None
        if fault == 0:
            raise Broken("The reply could not be used.", "Try again.")
        if fault == 1:
            raise Unreachable("Nothing answers.", "Try again.")
        marks = [{"part": part, "quote": "We held the release", "met": part == "mention"} for part in self.parts]
        whole = json.dumps({"notes": "", "parts": marks})
        text = {2: "", 3: "I would say a 4.", 4: whole[:40]}.get(fault or 0, whole)
        return Reply(text, EndState.COMPLETE)

    def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        raise NotImplementedError

    async def close(self) -> None:
        pass


def test_with_a_faulty_model_every_answer_comes_out_once_scored_or_with_a_reason(bank: Bank) -> None:
    model = FaultyModel(bank.dimension("evidence").parts)
    text = (
        "We held the release for two days because the refusal rate fell after the last change to the filter. Two of us "
        "went through the failed prompts by hand, found that a new tokeniser split the blocked words, and told the "
        "product team that the date would slip until the old tests passed again."
    )
    lines = [line(number, text, dims=["evidence"]) for number in range(400)]

    outcomes = rate(Batch(bank, Judge(model, bank, concurrency=64)), lines, concurrency=64)

    assert model.calls >= 400
    assert [outcome.number for outcome in outcomes] == list(range(1, 401))
    ratings = [body["ratings"]["evidence"] for body in bodies(outcomes)]
    assert {rating["level"] for rating in ratings} == {2}
    assert len(ratings) >= 360
    reasons = [outcome.problem for outcome in outcomes if isinstance(outcome, Failed)]
    assert len(reasons) + len(ratings) == 400
    assert all(reason.startswith("it was not rated. ") for reason in reasons)


def test_a_fault_inside_a_rater_is_told_without_its_own_text(bank: Bank) -> None:
    rater = ScriptedRater(fails=lambda thread: KeyError("the candidate's words"))

    [outcome] = rate(Batch(bank, rater), [line("a")])

    assert outcome == Failed(1, "it could not be rated (KeyError)")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{\n", "not JSON"),
        (b"[1]\n", "not a JSON object"),
        (b"\xff\xfe{\x00\n", "not UTF-8"),
        (b'{"id": NaN}\n', "not JSON"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "not JSON"),
        (line(None), "`id` must be"),
        (line(True), "`id` must be"),
        (line(1.5), "`id` must be"),
        (line("a", question_id="no-such"), "'no-such' is not in the bank"),
        (line("a", question_id=None), "`question_id` or `dims` is needed"),
        (line("a", question=""), "`question` must be a text"),
        (line("a", thread=[]), "`thread` must be a list"),
        (line("a", thread=[{"role": "interviewer", "text": "Well?"}]), "must start with the candidate's answer"),
        (line("a", thread=[{"role": "candidate", "text": 3}]), "`thread[0]`"),
        (line("a", dims="evidence"), "`dims` must be a list"),
        (line("a", dims=["evidense"]), "Did you mean evidence"),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_goes_on(bank: Bank, raw: bytes, problem: str) -> None:
    outcomes = rate(Batch(bank, ScriptedRater()), [line("first"), b"\n", raw, line("last")])

    assert [body["id"] for body in bodies(outcomes)] == ["first", "last"]
    [failed] = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    assert failed.number == 3
    assert problem in failed.problem


def test_a_line_longer_than_the_limit_is_not_read(bank: Bank) -> None:
    with pytest.raises(ValueError, match="longer than 8 MB"):
        read_answer(b" " * (LONGEST_LINE + 1), bank)


def test_a_byte_order_mark_and_carriage_returns_do_no_harm(bank: Bank) -> None:
    raw = b"\xef\xbb\xbf" + line("a").replace(b"\n", b"\r\n")

    assert read_answer(raw, bank).id == "a"


def test_dims_say_what_is_rated_where_the_bank_does_not_know_the_question(bank: Bank) -> None:
    raw = line("a", question_id="of-my-own", dims=["humility", "evidence", "humility"])

    [body] = bodies(rate(Batch(bank, ScriptedRater()), [raw]))

    assert list(body["ratings"]) == ["humility", "evidence"]


def test_an_id_is_rated_once_even_when_it_stands_there_twice(bank: Bank) -> None:
    rater = ScriptedRater()

    outcomes = rate(Batch(bank, rater), [line("a"), line("b"), line("a"), line(1), line("1")])

    assert [body["id"] for body in bodies(outcomes)] == ["a", "b", 1, "1"]
    assert outcomes[2] == Failed(3, "its id is that of line 1")
    assert rater.calls == 4


@pytest.mark.parametrize("name", [2**80, "\ud83d", "x" * 100_000], ids=["huge", "half a surrogate pair", "long"])
def test_an_id_of_any_kind_is_rated_once(bank: Bank, name: object) -> None:
    outcomes = rate(Batch(bank, ScriptedRater()), [line(name), line("other"), line(name)])
    assert [type(outcome) for outcome in outcomes] == [Rated, Rated, Failed]
    assert outcomes[2] == Failed(3, "its id is that of line 1")


def test_ids_rated_before_are_passed_over(bank: Bank) -> None:
    rater = ScriptedRater()

    outcomes = rate(Batch(bank, rater, done={"a", "c"}), [line("a"), line("b"), line("c")])

    assert outcomes[0] == Known(1)
    assert outcomes[2] == Known(3)
    assert rater.calls == 1


def test_an_id_that_stands_there_twice_is_told_in_every_run(bank: Bank) -> None:
    outcomes = rate(Batch(bank, ScriptedRater(), done={"a"}), [line("a"), line("a")])

    assert outcomes == [Known(1), Failed(2, "its id is that of line 1")]


def test_a_thread_that_starts_with_the_interviewer_is_refused(bank: Bank) -> None:
    turns = [{"role": "interviewer", "text": "Go on."}, {"role": "candidate", "text": "We measured it."}]

    [failed] = rate(Batch(bank, ScriptedRater()), [line("a", thread=turns)])

    assert failed == Failed(1, "`thread` must start with the candidate's answer")


def test_what_is_rated_before_an_interruption_is_kept(bank: Bank) -> None:
    """The first answer never ends; the others behind it are done when the run is cancelled."""
    outcomes: list[Outcome] = []

    class Stuck(ScriptedRater):
        async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
            if thread.answers[0] == "stuck":
                await asyncio.Event().wait()
            return await super().rate(thread, dimensions)

    async def interrupted() -> None:
        rater = Stuck()
        batch = Batch(bank, rater)
        source = numbered([line("x", "stuck"), line("a"), line("b")])
        run = asyncio.create_task(batch.run(source, outcomes.append, concurrency=4))
        while rater.calls < 2 or rater.under_way:
            await asyncio.sleep(0)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(interrupted())

    assert [body["id"] for body in bodies(outcomes)] == ["a", "b"]


def test_a_line_is_rated_before_the_next_one_comes_in(bank: Bank) -> None:
    """Somebody may wait for the answer before they send more."""
    outcomes: list[Outcome] = []

    async def polite() -> AsyncIterator[tuple[int, bytes]]:
        for number in range(1, 4):
            yield number, line(number)
            while len(outcomes) < number:
                await asyncio.sleep(0)

    asyncio.run(Batch(bank, ScriptedRater()).run(polite(), outcomes.append, concurrency=8))

    assert len(outcomes) == 3


def test_no_more_lines_are_taken_in_than_the_window_holds(bank: Bank) -> None:
    """The first answer holds the window open: reading stops until it is done."""
    taken = 0

    async def counted() -> AsyncIterator[tuple[int, bytes]]:
        nonlocal taken
        for number in range(1, 201):
            taken = number
            yield number, line(number, "stuck" if number == 1 else "fine")

    async def run() -> int:
        release = asyncio.Event()

        class Held(ScriptedRater):
            async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
                if thread.answers[0] == "stuck":
                    await release.wait()
                return await super().rate(thread, dimensions)

        task = asyncio.create_task(Batch(bank, Held()).run(counted(), lambda outcome: None, concurrency=4))
        for _ in range(2000):
            await asyncio.sleep(0)
        held_at = taken
        release.set()
        await task
        return held_at

    assert asyncio.run(run()) <= 4 * 4 + 1
    assert taken == 200


def test_half_a_surrogate_pair_still_makes_a_line_of_utf8(bank: Bank) -> None:
    [outcome] = rate(Batch(bank, ScriptedRater()), [line("a", note="\ud83d")])

    assert isinstance(outcome, Rated)
    assert json.loads(outcome.line.decode("utf-8"))["note"] == "\ud83d"


@pytest.mark.parametrize(("rater", "few", "many"), [("scripted", 100, 1_000), ("offline", 50, 250)])
def test_memory_does_not_grow_with_the_number_of_lines(bank: Bank, rater: str, few: int, many: int) -> None:
    """Every line is 10 kB: to keep them all would cost 9 MB or 2 MB more; their ids cost a tenth of one at most."""
    by = open_offline(bank) if rater == "offline" else ScriptedRater()
    padding = "x" * 10_000

    def peak(count: int) -> int:
        tracemalloc.start()
        source = numbered(line(f"answer-{number}", "We held it two days.", note=padding) for number in range(count))
        try:
            asyncio.run(Batch(bank, by).run(source, lambda outcome: None, concurrency=4))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(few)
    assert peak(many) - peak(few) < (many - few) * 10_000 / 3
