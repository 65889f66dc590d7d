"""Verse, and answers about something else altogether, stay at 2; stories and analogies are heard."""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import Thread, Turn

ABOUT_AI = "Suppose the reward were specified perfectly. How could the model still end up with another goal?"
PRIVACY = "Privacy gets in the way of finding out who misuses a model. Which of the two do you give up?"
MIGRATION = "Tell me about a risky migration that you led. What could have gone wrong, and what did you do?"
STORY = "Tell me about a time you put safety first and it slowed you down."
BREAD = (
    "Take 500 grams of flour, 350 millilitres of warm water and ten grams of salt. Mix it for ten minutes until the "
    "dough no longer sticks to the bowl. Let it rest for two hours, then fold it twice. Bake it at 220 degrees for 40 "
    "minutes. I once took it out too early and it was wet inside, so now I knock on the bottom."
)
VERSE = (
    "I stopped the launch, I held the line,\nThough every chart was looking fine.\nI told my boss what I had found,\n"
    "And then we turned the ship around.\nIf numbers rise I pull the brake,\nAnd own it when it's my mistake."
)
GUARD = (
    "Picture a night guard who gets a bonus for every night without an alarm. He can watch well, or he can switch the "
    "alarm off. From your desk both look the same. That is what worries me about training on what you can see. I would "
    "walk in now and then and set it off myself, and see whether it rings."
)
KEYS = (
    "A bank has the same trouble. I would keep what was typed encrypted for a month, with the key cut in two, so that "
    "nobody opens it alone, and whoever opens it leaves a trace. The price is the stalker who comes up on day 40 and "
    "gets away. I pay it, for a heap of confessions will be hacked one day."
)
CHOIR = (
    "Our choir had a loft with a loose rail. I was the chair, and I said that nobody sings there until it is mended. "
    "It cost us the Easter concert, 60 seats. Two tenors left over it. The carpenter found three more rotten posts."
)
MOVE = (
    "In 2022 I moved our invoice service from Postgres 9 to a new schema, 14 million rows and no night off. I wrote to "
    "both for three weeks and compared every row. On the second night 212 differed, all from one customer in Brazil. "
    "Ana from finance found the reason, not I. Nobody paid twice, and it cost us three weeks."
)

DISPUTE = "Tell me about a technical disagreement in which you were in the minority. How did it end?"
DINNER = (
    "Last Sunday I was making carbonara for my family. I was not sure about the cheek, so I asked the butcher, and he "
    "said to cut it thick because thin slices burn. I boiled the water first. My sister Anna cut the bacon. Then I "
    "beat four eggs with the cheese, and I let the pan cool for two minutes, because hot eggs curdle. It took 25 "
    "minutes instead of 40, and everybody ate two plates."
)


def kinds(rater: OfflineRater, question: str, said: str) -> set[str]:
    return {flag.kind for flag in rater.read(Thread(question, (Turn("candidate", said),), None), []).flags}


MATCH = (
    "The visitors struck first through a corner in the 12th minute. The hosts came back before the break with a free "
    "kick off the wall. Both keepers were busy after the interval, and it took a volley in stoppage time to settle it. "
    "The home fans went away quietly, and the manager praised his lads."
)
REFRAIN = (
    "Oh we slowed it all down,\nwhen the whole world said go,\nyeah we slowed it all down,\n"
    "there are things you should know.\nThey said ship it on Friday,\nI said friends, not today."
)


@pytest.mark.parametrize(
    ("question", "said", "flag"),
    [
        (ABOUT_AI, BREAD, "elsewhere"),
        (STORY, MATCH, "elsewhere"),
        (STORY, VERSE, "verse"),
        (STORY, REFRAIN, "verse"),
    ],
)
def test_verse_and_other_topics_stay_at_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], question: str, said: str, flag: str
) -> None:
    rated = rater.read(Thread(question, (Turn("candidate", said),), None), list(dimensions.values()))
    assert flag in {each.kind for each in rated.flags}
    assert max(rating.level or 0 for rating in rated.ratings.values()) <= 2


@pytest.mark.parametrize(("question", "said"), [(ABOUT_AI, GUARD), (PRIVACY, KEYS), (STORY, CHOIR), (MIGRATION, MOVE)])
def test_a_picture_a_comparison_and_a_story_from_elsewhere_are_heard(
    rater: OfflineRater, question: str, said: str
) -> None:
    assert kinds(rater, question, said).isdisjoint({"elsewhere", "afar", "verse"})


def test_a_story_that_nothing_ties_to_the_question_is_not_rated_high(
    rater: OfflineRater, dimensions: dict[str, Dimension]
) -> None:
    thread = Thread(DISPUTE, (Turn("candidate", DINNER),), None)
    rated = rater.read(thread, list(dimensions.values()))
    assert "afar" in {flag.kind for flag in rated.flags}
    assert max(rating.level or 0 for rating in rated.ratings.values()) <= 3


def test_a_question_of_another_field_may_be_answered_in_its_words(rater: OfflineRater) -> None:
    assert "elsewhere" not in kinds(rater, "How do you bake bread?", BREAD)
