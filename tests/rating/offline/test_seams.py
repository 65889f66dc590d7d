"""What is sewn together from different answers is told by what does not come back; one story is let pass."""

from __future__ import annotations

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
from interviewer.rating.offline.gates import STEM
from interviewer.rating.offline.seams import Seams

STORY = (
    "Our choir had a loft with a loose rail. I was the chair, and I said that nobody sings in the loft until the rail "
    "is mended. It cost us the Easter concert and sixty seats. Two tenors left the choir over it. The carpenter found "
    "three more rotten posts behind the rail. I would close the loft again, but I would ring the tenors first, before "
    "they read it on the door. The rail is oak now, and the concert came back at Whitsun."
)
SEWN = (
    "The probe on the middle layer had read nothing but citations. My sister strapped a toddler into the seat for us. "
    "A stolen token works for an hour, so signing comes first. They were ashamed of the Finnish summaries. Is a "
    "driver asked before the bus is routed past a school? Her lawyers wanted the consent form in plain words. I "
    "halved the reward for length. Nobody opens the spreadsheet of near misses in December. The regatta was in May "
    "and the eight was slow. What a pharmacist reads aloud at night has to be short."
)


@pytest.fixture(scope="module")
def seams(cues: Cues) -> Seams:
    return Seams(cues.gates.seams, cues.topic.bank, cues.words["function"], STEM)


def shown(seams: Seams, text: str, asked: frozenset[str] = frozenset()) -> bool:
    return seams.show(sentences_of(text, 0), (text,), asked)


def test_a_story_that_comes_back_to_its_things_shows_no_seams(seams: Seams) -> None:
    assert not shown(seams, STORY)


def test_sentences_of_ten_answers_show_their_seams(seams: Seams) -> None:
    assert shown(seams, SEWN)


def test_a_few_sentences_have_had_no_time_to_come_back_to_anything(seams: Seams) -> None:
    assert not shown(seams, SEWN[: SEWN.index("They")])


def test_what_the_question_asked_about_ties_a_sentence(seams: Seams) -> None:
    found = sentences_of("I opened the valve. She wrote a letter.", 0)
    assert seams.signs(found, (), ())["lonely"] == 1.0
    assert seams.signs(found, (), {"valve"})["lonely"] == 0.5


def test_one_title_amid_a_sentence_is_no_sign_and_two_capitals_are(seams: Seams) -> None:
    found = sentences_of(STORY, 0)
    assert seams.signs(found, ("we sang When the dawn came in May",), ())["capitals"] == 0
    assert seams.signs(found, ("we sang When the rail We had mended The loft",), ())["capitals"] == 2


def test_nothing_said_shows_no_seams(seams: Seams) -> None:
    assert not shown(seams, "")
