"""What is said not to have happened earns nothing for deeds, agreement and results, and is not quoted for them."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import Rating
from interviewer.session.thread import Thread, Turn

QUESTION = "Tell me about a time you disagreed with a team about a safety decision."
STORY = (
    "In May 2023 I ran the bed planning of a clinic in Graz. Ruth, the head nurse, wanted the old queueing model back, "
    "since it had been right for nine years, and I could not show her that mine was safer for the ward. {} "
    "I compared both on 400 nights, and I do not know how either does in a flu winter."
)


def rated(rater: OfflineRater, dimension: Dimension, said: str) -> Rating:
    text = STORY.format(said)
    return rater.read(Thread(QUESTION, (Turn("candidate", text),)), [dimension]).ratings[dimension.id]


@pytest.mark.parametrize(
    ("dimension", "part", "said", "denied"),
    [
        ("collaboration", "joint", "We all agreed on a test.", "We did not all agree on a test."),
        ("collaboration", "joint", "Ruth agreed to that in the end.", "Ruth never agreed to that in the end."),
        ("collaboration", "joint", "Everybody agreed on a test.", "Nobody in the room agreed on a test."),
        ("ownership", "action", "I built a check for it.", "I never built a check for it."),
        ("ownership", "decision", "I decided to stop the model.", "Nobody decided to stop the model."),
        ("ownership", "durable", "Since then every change is tested.", "Nothing is tested since then."),
    ],
)
def test_a_denial_is_not_quoted_for_what_it_denies(
    rater: OfflineRater, dimensions: dict[str, Dimension], dimension: str, part: str, said: str, denied: str
) -> None:
    told, not_told = (rated(rater, dimensions[dimension], each) for each in (said, denied))
    assert (not_told.level or 0) <= (told.level or 0)
    quotes = {finding.part: finding.quote.text for finding in not_told.findings if finding.quote is not None}
    assert denied.rstrip(".") not in quotes.get(part, "")


def test_what_did_not_happen_lowers_the_level_that_it_would_have_made(
    rater: OfflineRater, dimensions: dict[str, Dimension]
) -> None:
    done = rated(rater, dimensions["collaboration"], "We agreed on a test, and Ruth's reason changed the threshold.")
    denied = rated(rater, dimensions["collaboration"], "We agreed on nothing, and nothing in the threshold changed.")
    assert (denied.level or 0) < (done.level or 0)


@pytest.mark.parametrize(
    ("dimension", "part"),
    [("humility", "limit"), ("perspective", "stops"), ("risk_reasoning", "residual"), ("evidence", "bounded")],
)
def test_parts_that_live_on_negation_keep_it(cues: Cues, dimension: str, part: str) -> None:
    assert not cues.dimensions[dimension].parts[part].affirmed


@pytest.mark.parametrize(
    "said",
    [
        "We did not only talk, we agreed on a test.",
        "We did not ship until we had agreed on a test.",
        "Not every ward liked it, but we agreed on a test.",
    ],
)
def test_not_only_and_not_until_deny_nothing(rater: OfflineRater, said: str) -> None:
    [read] = rater.answer(Thread(QUESTION, (Turn("candidate", said),))).reads
    assert "agreed" in read.shapes
    assert "agreed" not in read.undone
