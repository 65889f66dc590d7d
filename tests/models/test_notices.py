from __future__ import annotations

import pytest

from interviewer.models.notices import SHOWN, Board, Notice, loading

LOADING = Notice("loading", "Loading ollama/qwen3:8b …")
READY = Notice("ready", "ollama/qwen3:8b is ready.")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_loading_is_said_until_something_else_is() -> None:
    clock = Clock()
    board = Board(clock)
    assert board.sentence == ""
    board.post(LOADING)
    clock.now += 600
    assert board.sentence == LOADING.sentence
    board.post(READY)
    assert board.sentence == READY.sentence
    clock.now += SHOWN
    assert board.sentence == ""


def test_a_retry_is_said_for_as_long_as_it_is_waited_for() -> None:
    clock = Clock()
    board = Board(clock)
    board.post(Notice("retrying", "Trying again in 20 s (2 of 3).", 20))
    clock.now += 20
    assert board.sentence
    clock.now += SHOWN
    assert not board.sentence


def test_whoever_reads_hears_of_each_notice_as_it_is_posted() -> None:
    board, heard = Board(), list[Notice]()
    board.reader = heard.append
    for notice in (LOADING, READY):
        board.post(notice)
    assert heard == [LOADING, READY]


def test_nothing_hangs_where_what_was_loading_failed_or_was_given_up() -> None:
    board, heard = Board(), list[str]()
    board.reader = lambda notice: heard.append(notice.sentence)

    def fail() -> None:
        with loading(board.post, LOADING.sentence, READY.sentence):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (heard, board.sentence) == ([LOADING.sentence, ""], "")
