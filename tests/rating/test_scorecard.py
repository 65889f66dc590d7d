"""Which rating counts, and what stands beside it."""

from __future__ import annotations

import pytest

from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Flag, RaterIdentity, Rating, ThreadRating
from interviewer.rating.scorecard import chosen_ratings
from interviewer.session.events import Rated
from interviewer.session.transcript import ThreadState


def rated(model: str, level: int, *flags: Flag) -> Rated:
    rating = Rating("humility", level, None, ())
    line = rating_line(ThreadRating(RaterIdentity(model, 1, "", ""), {"humility": rating}, flags))
    return Rated(thread=0, stage="final", line=line)


@pytest.mark.parametrize(("flags", "estimated"), [((), True), ((Flag("floor", "No model was asked."),), False)])
def test_an_offline_estimate_stands_only_beside_levels_that_a_judge_gave(
    flags: tuple[Flag, ...], estimated: bool
) -> None:
    state = ThreadState("q", "What?", {"humility": 1.0}, ratings=[rated("offline", 1), rated("judge", 1, *flags)])
    final, _, estimate = chosen_ratings(state)
    assert final
    assert final.rater.model == "judge"
    assert (estimate is not None) is estimated
