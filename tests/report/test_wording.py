"""What reports say in a few words, the same everywhere."""

from __future__ import annotations

from interviewer.report.wording import reason_of
from interviewer.session.events import ProbeAsked

ASKED = ProbeAsked(dimension="evidence", part="measured", text="How many?", reason="no figure was given")


def test_that_a_model_had_no_fit_words_for_a_follow_up_is_told_and_nothing_else_is() -> None:
    assert reason_of(ASKED) == "no figure was given"
    assert reason_of(ASKED.model_copy(update={"wording": "model", "unfit": 1})) == "no figure was given"
    told = reason_of(ASKED.model_copy(update={"unfit": 2}))
    assert told == "no figure was given (in the bank's words: what the model said was not fit to be asked)"
