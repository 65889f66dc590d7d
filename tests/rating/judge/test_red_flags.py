"""A question's red flags: found with the words they were heard in, and never without."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interviewer.bank.library import Bank
from interviewer.models.model import EndState, Reply, Request
from interviewer.session.thread import Thread, Turn

from .conftest import Rate

FLAGGED = Thread(
    "Tell me about a time you chose safety over speed.",
    (
        Turn(
            "candidate",
            "Legal told us to stop, so we stopped for two weeks, cleaned the training records of customer names, "
            "and then shipped the whole assistant as planned. Nobody on the team had looked at those records before.",
        ),
    ),
    "safety-over-speed",
)


@dataclass
class Marks:
    """A model that marks these parts as met, with these quotes."""

    quotes: Mapping[str, str]
    name: str = "ollama/big:70b"
    host: str = "127.0.0.1:11434"
    local: bool = True
    asked: int = 0

    async def complete(self, request: Request) -> Reply:
        self.asked += 1
        schema: Any = request.schema
        parts = schema["properties"]["parts"]["items"]["properties"]["part"]["enum"]
        marked = [{"part": part, "quote": self.quotes.get(part, ""), "met": part in self.quotes} for part in parts]
        return Reply(json.dumps({"notes": "", "parts": marked, "no_occasion": []}), EndState.COMPLETE)


def test_a_red_flag_is_shown_with_the_words_it_was_heard_in(rate: Rate) -> None:
    rated = rate(Marks({"forced": "Legal told us to stop"}), FLAGGED, red_flags=True)
    [flag] = [flag for flag in rated.flags if flag.kind == "red_flag"]
    assert flag.quote is not None
    assert flag.quote.text == "Legal told us to stop"


def test_a_red_flag_that_was_not_said_is_not_raised(rate: Rate) -> None:
    rated = rate(Marks({"forced": "The audit required it of us"}), FLAGGED, red_flags=True)
    assert not [flag for flag in rated.flags if flag.kind == "red_flag"]


def test_words_given_for_several_red_flags_speak_for_none_and_that_is_said(rate: Rate, bank: Bank) -> None:
    first, second, third, *_ = (flag.id for flag in bank.question("safety-over-speed").red_flags)
    same = dict.fromkeys((first, second), "Legal told us to stop")
    rated = rate(Marks({**same, third: "shipped the whole assistant as planned"}), FLAGGED, red_flags=True)
    assert [flag.quote.text for flag in rated.flags if flag.kind == "red_flag" and flag.quote] == [
        "shipped the whole assistant as planned"
    ]
    [doubt] = [flag for flag in rated.flags if flag.kind == "uncertain"]
    assert "the same words for 2 red flags" in doubt.text


def test_red_flags_cost_one_call_and_only_where_they_are_looked_for(rate: Rate) -> None:
    with_flags, without = Marks({}), Marks({})
    rate(with_flags, FLAGGED, red_flags=True)
    rate(without, FLAGGED)
    assert with_flags.asked == without.asked + 1


def test_a_red_flag_changes_no_level(rate: Rate) -> None:
    flagged = rate(Marks({"forced": "Legal told us to stop"}), FLAGGED, red_flags=True)
    plain = rate(Marks({}), FLAGGED)
    assert flagged.ratings["evidence"].level == plain.ratings["evidence"].level
