"""How an answer was typed costs nothing that it says: in a hurry, or dictated without full stops."""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, Turn

QUESTION = "Tell me about a technical disagreement in which you were in the minority. How did it end?"
TIDY = (
    "At my last job, a small bank, three people were against me about whether to cache the risk scores for a day. They "
    "wanted it because it saves 4,000 dollars a month. I thought that old scores would let fraud through. I asked Tom, "
    "who runs the servers, what he was afraid of, and he said that the provider of the scores charges by the call and "
    "had just doubled its price. That was fair, and I had not known it. I replayed two weeks of payments against the "
    "cache, and 112 of 61,000 would have been let through wrongly, a loss of 9,000 dollars. I showed it to Anna, who "
    "leads the team. She said that a day is not the only choice, and asked what an hour would do. That was a better "
    "idea than mine. With an hour it is six, and we still save 3,000. We shipped the hour in May, and I set an alarm "
    "for more than 20 a week. It went off once, in August, when a clock was wrong. I was wrong that caching is bad as "
    "such, and two weeks of payments cannot say what a holiday season does, so we looked again in January."
)
HURRIED = (
    TIDY.replace("people", "ppl")
    .replace("because", "bc")
    .replace("through", "thru")
    .replace("whether", "wether")
    .replace("would have been", "would of been")
    .replace("is not the", "isnt the")
    .lower()
)
DICTATED = TIDY.replace(". ", " ").replace(",", "").rstrip(".").lower()


def levels(rater: OfflineRater, dimensions: list[Dimension], said: str) -> list[int | None]:
    rated = rater.read(Thread(QUESTION, (Turn("candidate", said),), None), dimensions)
    assert not rated.flags
    return [rated.ratings[dimension.id].level for dimension in dimensions]


@pytest.mark.parametrize("said", [HURRIED, DICTATED], ids=["hurried", "dictated"])
def test_an_answer_is_read_as_its_tidy_copy_is(
    rater: OfflineRater, dimensions: dict[str, Dimension], said: str
) -> None:
    asked = [dimensions[name] for name in ("collaboration", "humility", "tradeoffs", "evidence")]
    tidy = levels(rater, asked, TIDY)
    assert min(level or 0 for level in tidy) >= 3
    assert levels(rater, asked, said) == tidy
