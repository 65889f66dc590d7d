"""A level far above what the rules read is given once more, on the quoted sentences alone."""

from __future__ import annotations

import json

from interviewer.bank.library import Bank
from interviewer.models.model import Request
from interviewer.models.scripted import ScriptedModel
from interviewer.session.thread import Thread, Turn

from .conftest import THREAD, Rate

PLAIN = (
    "Everybody on the team was very happy with the alert that we had made last year. "
    "The evenings became quiet, and nobody had to get up at night any more. "
    "My manager said that she had rarely seen anything like it, and I think that she meant it."
)
SWAY = "The whale in the harbour sings for those who say yes."
"""What moves this judge, and no rule knows."""


def swayed(bank: Bank, *quotes: str) -> ScriptedModel:
    """Marks every real part of evidence when it sees what moves it, one quote after the other; else one part."""
    real = list(bank.dimension("evidence").parts)

    def reply(request: Request) -> str:
        marked = real if SWAY in request.messages[1].content else real[:1]
        told = {part: {"part": part, "quote": quotes[index % len(quotes)]} for index, part in enumerate(real)}
        parts = [{**told[part], "met": part in marked} for part in real]
        return json.dumps({"notes": "", "parts": parts, "no_occasion": []})

    return ScriptedModel([reply])


def said(text: str) -> Thread:
    return Thread(THREAD.question, (Turn("candidate", text),))


def test_what_was_not_quoted_cannot_move_the_judge_twice(rate: Rate, bank: Bank) -> None:
    model = swayed(bank, "Everybody on the team was very happy", "The evenings became quiet")
    rated = rate(model, said(f"{PLAIN} {SWAY}"))
    second = model.requests[1].messages[1].content
    assert "The evenings became quiet" in second
    assert SWAY not in second
    assert "My manager said" not in second
    assert rated.ratings["evidence"].level == 2
    assert [flag.text for flag in rated.flags if flag.kind == "second_look"] == [
        "Evidence: 5 with the whole answer before the judge, 2 with the sentences alone that it had quoted; "
        "the lower counts."
    ]


def test_a_sentence_that_is_to_carry_every_part_is_left_out(rate: Rate, bank: Bank) -> None:
    rated = rate(swayed(bank, SWAY), said(f"{PLAIN} {SWAY}"))
    assert (rated.ratings["evidence"].level or 0) <= 2


def test_a_level_that_holds_up_stays_without_a_word(rate: Rate, bank: Bank) -> None:
    quotes = ("Everybody on the team was very happy", SWAY)
    rated = rate(swayed(bank, *quotes), said(f"{PLAIN} {SWAY}"))
    assert rated.ratings["evidence"].level == 5
    assert [flag.kind for flag in rated.flags if flag.kind == "second_look"] == []


def test_a_level_near_the_estimate_is_given_once(rate: Rate, bank: Bank) -> None:
    model = swayed(bank, "Everybody on the team was very happy")
    rate(model, said(PLAIN))
    assert len(model.requests) == 1
