"""What reports say in a few words, the same everywhere."""

from __future__ import annotations

from interviewer.report.wording import at_first, reason_of
from interviewer.session.events import ProbeAsked

ASKED = ProbeAsked(dimension="evidence", part="measured", text="How many?", reason="no figure was given")


def test_that_a_model_had_no_fit_words_for_a_follow_up_is_told_and_nothing_else_is() -> None:
    assert reason_of(ASKED) == "no figure was given"
    assert reason_of(ASKED.model_copy(update={"wording": "model", "unfit": 1})) == "no figure was given"
    told = reason_of(ASKED.model_copy(update={"unfit": 2}))
    assert told == "no figure was given (in the bank's words: what the model said was not fit to be asked)"


def test_a_level_that_fell_is_said_to_be_another_reading() -> None:
    assert at_first(2, 4) == "2 on the first answer"
    assert at_first(4, 3) == "4 on the first answer, and the whole was read anew"
    assert at_first(3, 3) == at_first(None, 3) == ""
