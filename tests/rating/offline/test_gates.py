"""Lists, copies, scrambled words, echoes and thin answers earn little, whatever words stand in them."""

from __future__ import annotations

import pytest

from interviewer.bank.schema import Dimension
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.rater import ThreadRating
from interviewer.session.thread import Thread, Turn

from .attacks import MASTER_KEYS, stuffed
from .conftest import GoldAnswer

QUESTION = "Tell me about a safety risk that you found before launch. What did you do?"
STRONG = (
    "Last spring I found that our refund bot paid twice when a request timed out. I stopped the launch; the product "
    "lead wanted it out for the campaign and was not happy. A double payment is rare, about one in 2,000, but a "
    "customer who keeps it gets a bill later, and that cannot be undone. I replayed 7,400 old requests with and "
    "without the retry: 31 doubles before, 0 after, same script, same log. Finance asked for a daily comparison, which "
    "was their idea, and they own it now. If it ever shows more than two in a week we switch the bot off. What I do "
    "not know is whether other clients retry in the same way, so I asked the platform team to look before they use it."
)


def flags(rater: OfflineRater, text: str) -> set[str]:
    return {flag.kind for flag in rater.read(Thread(QUESTION, (Turn("candidate", text),)), []).flags}


def levels(rater: OfflineRater, dimensions: dict[str, Dimension], *texts: str) -> dict[str, int | None]:
    turns = [Turn("candidate", texts[0])]
    for text in texts[1:]:
        turns += [Turn("interviewer", "What happened then?"), Turn("candidate", text)]
    rated = rater.read(Thread(QUESTION, tuple(turns)), list(dimensions.values()))
    return {name: rating.level for name, rating in rated.ratings.items()}


def test_a_strong_answer_passes_every_gate(rater: OfflineRater, dimensions: dict[str, Dimension]) -> None:
    assert flags(rater, STRONG) == set()
    found = levels(rater, dimensions, STRONG)
    assert min(found[name] or 0 for name in ("evidence", "ownership", "risk_reasoning")) >= 4


def test_a_list_of_terms_is_a_list(rater: OfflineRater) -> None:
    assert "list" in flags(rater, stuffed(1))


FIGURES = (
    "It went from 61.2 to 58.9, then 60.3, which is 2.3 below 62.6. We had 14 in May, 21 in June and 9 in July, a "
    "factor of 2.3. The ratio was 0.58 at first and 0.69 later, p = 0.04, n = 310. With 5 percent we stood at 17, with "
    "10 at 25. I took 9. It cost 3.8 and gave 12."
)
HUMBLE = (
    "I could be wrong about all of this, and I have been wrong before, more than once. I always say that I am never "
    "certain, and I change my mind when others know better. There is so much that I do not know, and I admit it "
    "openly and gladly. My colleagues understand far more than I do. What I have learned is how little I have learned, "
    "and I mention it with pleasure, although I could be mistaken about this as well. In truth nobody is perfect, and "
    "being modest is my greatest strength. In the end I was wrong, I owned it, and I would do it again the same way."
)


@pytest.mark.parametrize(("said", "flag"), [(FIGURES, "list"), (HUMBLE, "stuffed")])
def test_figures_of_nothing_and_words_of_anything_stay_at_two(
    rater: OfflineRater, dimensions: dict[str, Dimension], said: str, flag: str
) -> None:
    assert flag in flags(rater, said)
    assert max(level or 0 for level in levels(rater, dimensions, said).values()) <= 2


def test_one_list_in_a_real_answer_does_not_sink_it(rater: OfflineRater, dimensions: dict[str, Dimension]) -> None:
    listed = STRONG + " Tools: redis, kafka, postgres, grafana, prometheus, terraform, vault, jenkins."
    assert flags(rater, listed) == set()
    before, after = levels(rater, dimensions, STRONG), levels(rater, dimensions, listed)
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) <= 1
    assert all((before[name] or 0) - (after[name] or 0) == 1 for name in changed)


@pytest.mark.parametrize("times", [2, 3, 20])
def test_an_answer_pasted_again_in_one_turn_is_a_copy(
    rater: OfflineRater, dimensions: dict[str, Dimension], times: int
) -> None:
    assert "copy" in flags(rater, " ".join([STRONG] * times))
    assert max(level or 0 for level in levels(rater, dimensions, " ".join([STRONG] * times)).values()) <= 2


def test_an_answer_given_again_to_a_probe_counts_once(rater: OfflineRater, dimensions: dict[str, Dimension]) -> None:
    assert levels(rater, dimensions, STRONG, STRONG) == levels(rater, dimensions, STRONG)


def test_an_echo_of_the_question_is_an_echo(rater: OfflineRater) -> None:
    assert "echo" in flags(rater, "A safety risk that I found before launch, tell me about a safety risk found before.")


@pytest.mark.parametrize("key", MASTER_KEYS)
def test_a_master_key_opens_nothing(rater: OfflineRater, dimensions: dict[str, Dimension], key: str) -> None:
    assert all(level is None or level <= 2 for level in levels(rater, dimensions, key).values())


def test_another_language_is_left_unscored_with_the_reason(
    rater: OfflineRater, dimensions: dict[str, Dimension]
) -> None:
    text = "Ich habe die Auslieferung angehalten, weil der Parser die Einheit nicht gelesen hat und das gefährlich war."
    rated = rater.read(Thread(QUESTION, (Turn("candidate", text),)), list(dimensions.values()))
    assert {rating.level for rating in rated.ratings.values()} == {None}
    assert all("English" in (rating.unscored or "") for rating in rated.ratings.values())


def test_blanks_are_no_answer_and_get_no_level(rater: OfflineRater, dimensions: dict[str, Dimension]) -> None:
    assert set(levels(rater, dimensions, "   ").values()) == {None}


NON_ANSWERS = (
    "I do not know.", "I don't know", "No idea.", "dunno", "pass", "nothing comes to mind", "I am not sure.", "No.",
    "I have no idea, sorry.", "Can we move on?",
)  # fmt: skip


@pytest.fixture(scope="module")
def rated(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> list[tuple[GoldAnswer, ThreadRating]]:
    """Every other answer, as it is rated without a reply more."""
    return [(answer, rater.read(answer.thread, list(dimensions.values()))) for answer in gold[::2]]


@pytest.mark.parametrize("reply", NON_ANSWERS)
def test_a_bare_reply_to_a_probe_changes_nothing(
    rater: OfflineRater, dimensions: dict[str, Dimension], rated: list[tuple[GoldAnswer, ThreadRating]], reply: str
) -> None:
    for answer, alone in rated:
        asked = (Turn("interviewer", "How did you check that it worked?"), Turn("candidate", reply))
        longer = Thread(answer.thread.question, (*answer.thread.turns, *asked), answer.thread.question_id)
        assert rater.read(longer, list(dimensions.values())) == alone, answer.id


def test_a_bare_reply_that_takes_something_back_costs_what_it_costs(
    rater: OfflineRater, dimensions: dict[str, Dimension]
) -> None:
    before, after = (levels(rater, dimensions, STRONG, *reply) for reply in ((), ("I made that number up.",)))
    assert (after["evidence"] or 0) <= 2 < (before["evidence"] or 0)
    assert all((after[name] or 0) <= (before[name] or 0) for name in after)


@pytest.mark.parametrize(
    "text",
    [
        "El año pasado encontré un fallo en el filtro y paré el lanzamiento hasta que lo arreglamos con el equipo.",
        "Letztes Jahr habe ich einen Fehler im Filter gefunden und die Freigabe gestoppt, bis wir ihn behoben hatten.",
    ],
)
def test_an_answer_in_another_language_is_told_that_only_english_is_read(
    rater: OfflineRater, dimensions: dict[str, Dimension], text: str
) -> None:
    rated = rater.read(Thread(QUESTION, (Turn("candidate", text),)), list(dimensions.values()))
    assert [flag.kind for flag in rated.flags] == ["foreign"]
    assert {(rating.level, rating.unscored) for rating in rated.ratings.values()} == {(None, rated.flags[0].text)}
    assert "English" in rated.flags[0].text


def test_a_few_words_are_never_outstanding(rater: OfflineRater, dimensions: dict[str, Dimension]) -> None:
    said = (
        "My lead wanted to cache answers for all users, I was against it. We discussed it and we did it my way.",
        "Because he was right on cost: 4000 euro a month. But answers had names of other customers inside.",
    )
    assert max(level or 0 for level in levels(rater, dimensions, *said).values()) <= 3


def test_one_hollow_sentence_in_front_of_a_good_answer_costs_few_levels(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...]
) -> None:
    """Twenty-three levels of 310 fall: see docs/rating.md."""
    slogan = "Transparency is key, so I'd communicate proactively with everyone."
    fallen = 0
    for answer in gold:
        if sum(len(text.split()) for text in answer.thread.answers) >= 80:
            asked = [dimensions[name] for name in answer.ratings]
            first = next(at for at, turn in enumerate(answer.thread.turns) if turn.role == "candidate")
            turns = list(answer.thread.turns)
            turns[first] = Turn("candidate", f"{slogan} {turns[first].text}")
            before = rater.read(answer.thread, asked).ratings
            after = rater.read(Thread(answer.thread.question, tuple(turns)), asked).ratings
            fallen += sum((after[name].level or 0) < (before[name].level or 0) for name in before)
    assert fallen <= 23
