"""A reply put together from what comes over the wire."""

from __future__ import annotations

import pytest

from interviewer.models.hearing import Hearing
from interviewer.models.model import EndState

from .conftest import request

THOUGHT = "They gave a figure. " * 20


@pytest.mark.parametrize(("text", "reasoning"), [("How so?", THOUGHT), (f"<think>{THOUGHT}</think>How so?", "")])
def test_where_nobody_counts_tokens_reasoning_is_estimated_too_however_it_is_sent(text: str, reasoning: str) -> None:
    hearing = Hearing("some/model", "example.org", request())
    hearing.add(text, reasoning)
    hearing.held_back()
    hearing.ended = EndState.COMPLETE
    reply = hearing.reply(allowed=500)
    assert reply.text == "How so?"
    assert reply.usage.estimated
    assert reply.usage.completion_tokens == (len(THOUGHT) + len("How so?")) // 4
