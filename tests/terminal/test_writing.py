from __future__ import annotations

import asyncio
import gc
from threading import Event

import pytest

from interviewer.errors import PlainError
from interviewer.terminal import writing
from interviewer.terminal.writing import LONGEST_FORESEEN, PAUSE, Draft, DraftKeeper, Foresight, Writing


def test_a_draft_waits_at_most_two_seconds() -> None:
    assert PAUSE <= 2


def test_the_latest_draft_is_stored_and_only_once() -> None:
    stored: list[tuple[str, int]] = []

    async def typing() -> None:
        keeper = DraftKeeper(lambda text, cursor: stored.append((text, cursor)))
        keeper.changed(Draft("I", 1))
        keeper.changed(Draft("I wa", 4))
        keeper.save()
        keeper.save()

    asyncio.run(typing())
    assert stored == [("I wa", 4)]


def test_keys_do_not_wait_for_the_disk_that_a_draft_is_stored_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE", 0.0)
    stored: list[str] = []
    begun, typed_on = Event(), Event()

    def slow_disk(text: str, cursor: int) -> None:
        begun.set()
        assert typed_on.wait(20), "the loop went on meanwhile"
        stored.append(text)

    async def typing() -> None:
        keeper = DraftKeeper(slow_disk)
        keeper.changed(Draft("I wa", 4))
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 20)
        typed_on.set()
        keeper.keep(Draft("I wanted", 8))

    asyncio.run(typing())
    assert stored == ["I wa", "I wanted"]


def test_what_was_sent_is_not_stored_as_a_draft_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PAUSE", 0.0)
    stored: list[str] = []

    async def typing() -> None:
        keeper = DraftKeeper(lambda text, cursor: stored.append(text))
        keeper.changed(Draft("I waited.", 9))
        keeper.sent()
        await asyncio.sleep(0.01)
        keeper.save()

    asyncio.run(typing())
    assert stored == []


def test_a_store_that_fails_is_said_and_tried_again() -> None:
    stored: list[str] = []
    full = True

    def store(text: str, cursor: int) -> None:
        if full:
            raise PlainError("The disk is full.")
        stored.append(text)

    keeper = DraftKeeper(store)
    keeper.keep(Draft("half", 4))
    assert keeper.trouble == "The disk is full."
    full = False
    keeper.save()
    assert stored == ["half"]
    assert keeper.trouble == ""


def test_no_trouble_is_told_once_nothing_is_left_to_be_stored() -> None:
    def full(text: str, cursor: int) -> None:
        raise PlainError("The disk is full.")

    keeper = DraftKeeper(full)
    keeper.keep(Draft("half", 4))
    assert keeper.unsaved == "half"
    keeper.sent()
    keeper.keep(Draft())  # the answer was stored
    assert (keeper.trouble, keeper.unsaved) == ("", "")


def test_what_is_cleared_is_stored_before_the_empty_draft() -> None:
    stored: list[str] = []
    keeper = DraftKeeper(lambda text, cursor: stored.append(f"draft {text!r}"), stored.append)
    keeper.keep(Draft("half", 4))
    assert keeper.set_aside("half a thought")
    assert stored == ["draft 'half'", "half a thought", "draft ''"]


def test_a_draft_that_cannot_be_set_aside_stays_the_draft() -> None:
    stored: list[str] = []

    def full(text: str) -> None:
        raise PlainError("The disk is full.")

    keeper = DraftKeeper(lambda text, cursor: stored.append(text), full)
    keeper.keep(Draft("half", 4))
    assert not keeper.set_aside("half")
    assert stored == ["half"]
    assert keeper.trouble == "The disk is full."


def test_the_reminder_names_the_key_that_sends() -> None:
    assert Writing().reminder.startswith("Enter sends")
    assert Writing(enter="breaks").reminder.startswith("Alt-Enter sends")


def test_what_is_typed_is_thought_about_when_the_keys_rest_and_not_after_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "REST", 0.0)
    thought: list[str] = []
    first = Event()

    def think(text: str) -> None:
        thought.append(text)
        first.set()

    async def typing() -> None:
        foresight = Foresight()
        foresight.changed("I", think)
        foresight.changed("I" * (LONGEST_FORESEEN + 1), think)
        await asyncio.sleep(0.01)
        foresight.changed("I waited.", think)
        await asyncio.get_running_loop().run_in_executor(None, first.wait, 20)
        foresight.changed("I waited. And", think)
        foresight.sent()
        await asyncio.sleep(0.01)

    asyncio.run(typing())
    assert thought == ["I waited."]


def test_what_goes_wrong_while_thinking_ahead_is_not_written_over_what_is_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "REST", 0.0)
    told: list[str] = []
    failed, again = Event(), Event()

    def fail(text: str) -> None:
        failed.set()
        raise ValueError(text)

    async def typing() -> None:
        loop, foresight = asyncio.get_running_loop(), Foresight()
        loop.set_exception_handler(lambda _, context: told.append(str(context)))
        foresight.changed("I", fail)
        await loop.run_in_executor(None, failed.wait, 20)
        foresight.changed("I waited.", lambda _: again.set())
        await loop.run_in_executor(None, again.wait, 20)
        gc.collect()

    asyncio.run(typing())
    assert again.is_set()
    assert told == []
