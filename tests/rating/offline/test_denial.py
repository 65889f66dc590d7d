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


PLAIN = (
    "In May 2023 I planned the beds of a clinic in Graz with a queueing model. Ruth, the head nurse, thought that the "
    "old one was right, since it had been right for nine years, and it was hard to show her that mine was safer. {} "
    "Over 400 nights the two differed by 12 beds, and I do not know how either does in a flu winter."
)
"""A story of which little is decided or changed by itself."""
WORRIED = PLAIN.replace(", and it was hard to show her that mine was safer", ". Her worry was the winter")
"""One in which nothing is agreed by itself."""


def rated(rater: OfflineRater, dimension: Dimension, said: str, story: str = STORY) -> Rating:
    text = story.format(said)
    return rater.read(Thread(QUESTION, (Turn("candidate", text),)), [dimension]).ratings[dimension.id]


def quoted(rating: Rating, part: str) -> str:
    """The words quoted for the part; empty where there are none."""
    return next((each.quote.text for each in rating.findings if each.part == part and each.quote), "")


@pytest.mark.parametrize(
    ("dimension", "part", "story", "said", "denied"),
    [
        ("collaboration", "joint", WORRIED, "Ruth agreed to that in the end.", "Ruth never agreed to that in the end."),
        (
            "collaboration",
            "joint",
            WORRIED,
            "In the end they agreed to a test.",
            "In the end nobody there agreed to a test.",
        ),
        ("collaboration", "joint", WORRIED, "We settled on a test together.", "We never settled on a test together."),
        ("ownership", "decision", PLAIN, "I decided to stop the model.", "I decided nothing."),
        ("ownership", "decision", PLAIN, "So we stopped the model.", "So we stopped nothing."),
        (
            "ownership",
            "result",
            PLAIN,
            "The errors fell from 40 to 12 in a month.",
            "The errors never fell from 40 to 12.",
        ),
    ],
)
def test_a_denial_is_not_quoted_for_what_it_denies(
    rater: OfflineRater, dimensions: dict[str, Dimension], dimension: str, part: str, story: str, said: str, denied: str
) -> None:
    told, not_told = (quoted(rated(rater, dimensions[dimension], each, story), part) for each in (said, denied))
    assert told
    assert told in said
    assert not_told == "" or not_told not in denied


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
