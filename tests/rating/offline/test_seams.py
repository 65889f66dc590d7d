"""What is sewn together from different answers is told by what does not come back; one story is let pass."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from interviewer.bank.cues import Cues
from interviewer.rating.offline.clauses import sentences_of
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

DENSE = (
    "Three reasons. My first is a night shift: our booking desk used a bot, and I read in its logs that it had "
    "sent a man with chest pain to the waiting list. No test had asked for that. I wrote 60 such calls, it failed "
    "nine, we brought it down to two. The second: being careful at my desk does not scale, and what I can see "
    "from outside does not show what a model has learned to hide. That gap is what I want to work on. Third, you "
    "print the evaluations that went badly. Where I am torn is whether being at the front makes the race faster; "
    "I would ask what would make you wait."
)


@pytest.fixture(scope="module")
def seams(cues: Cues) -> Seams:
    return Seams(cues.gates.seams, frozenset(cues.words["function"]))


def shown(seams: Seams, text: str, question: str = "") -> bool:
    return seams.show(sentences_of(text, 0), (text,), question, 0)


def signs(seams: Seams, text: str, question: str = "") -> Mapping[str, float]:
    return seams.signs(sentences_of(text, 0), (text,), question, 0)


def test_a_story_that_comes_back_to_its_things_shows_no_seams(seams: Seams) -> None:
    assert not shown(seams, STORY)


def test_a_dense_answer_whose_reasons_have_little_to_do_with_each_other_shows_none(seams: Seams) -> None:
    assert not shown(seams, DENSE, "Why do you want to work on safety, and why at this lab?")


def test_sentences_of_ten_answers_show_their_seams(seams: Seams) -> None:
    assert shown(seams, SEWN)


def test_a_few_sentences_have_had_no_time_to_come_back_to_anything(seams: Seams) -> None:
    assert not shown(seams, SEWN[: SEWN.index("They")])


def test_what_the_question_asked_about_ties_a_sentence(seams: Seams) -> None:
    said = "I opened the valve. She wrote a letter."
    assert signs(seams, said)["lonely"] == 1.0
    assert signs(seams, said, "Which valves were opened?")["lonely"] == 0.5


def test_one_word_in_several_forms_is_one_thing(seams: Seams) -> None:
    assert {*map(seams.stem, ("test", "tests", "tested", "testing", "tester"))} == {"test"}
    assert {*map(seams.stem, ("rate", "rates", "rated", "rating"))} == {"rat"}
    assert {*map(seams.stem, ("plan", "plans", "planned", "planning"))} == {"plan"}


def test_who_tells_of_something_brings_it_in_once(seams: Seams) -> None:
    assert signs(seams, "We had a valve. We shut a valve.")["introduced"] == 100 / 8
    assert signs(seams, "The valve was old.")["introduced"] == 0


def test_one_title_amid_a_sentence_is_no_sign_and_two_capitals_are(seams: Seams) -> None:
    assert signs(seams, "Then we sang When the dawn came in May.")["capitals"] == 0
    assert signs(seams, "Then we sang When the rail We had mended The loft.")["capitals"] == 2


def test_capitals_of_somebody_who_dictates_without_full_stops_are_no_sign(seams: Seams) -> None:
    dictated = STORY.replace(".", "").replace(",", "")
    assert signs(seams, dictated)["capitals"] == 0
    assert not shown(seams, dictated)


def test_replies_may_be_about_something_else_than_what_was_said_before(cues: Cues) -> None:
    cut = SEWN.index("Is a")
    turns = SEWN[:cut], SEWN[cut:]
    sentences = [each for at, text in enumerate(turns) for each in sentences_of(text, 2 * at)]
    for replied, sewn in ((0, True), (9, False)):
        seams = Seams(cues.gates.seams.model_copy(update={"replied": replied}), frozenset(cues.words["function"]))
        assert seams.show(sentences, turns, "", 0) is sewn
        assert shown(seams, SEWN)


def test_nothing_said_shows_no_seams(seams: Seams) -> None:
    assert not shown(seams, "")
