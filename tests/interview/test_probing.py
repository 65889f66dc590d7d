"""What a probe promises: the right target, the candidate's own words, and nothing given away."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.wording import faults
from interviewer.interview.choosing import Chooser, Moment
from interviewer.interview.probing import Skip, is_repeat
from interviewer.interview.quoting import Sort, quotable, quoted_in, sort_of
from interviewer.rating.offline.reader import OfflineRater
from interviewer.session.thread import thread_from_line

BOUNDS = (2, 6)


def moment_of(item: dict[str, Any], bank: Bank, reader: OfflineRater) -> Moment:
    """The moment after the last answer of a gold thread."""
    thread = thread_from_line(item)
    question = bank.question(item["question_id"])
    dimensions = [bank.dimension(name) for name in question.weights]
    return Moment(
        thread=thread,
        question=question,
        dimensions=dimensions,
        weights={name: float(weight) for name, weight in question.weights.items()},
        rated=reader.read(thread, dimensions),
        seed=1,
    )


def hits(chooser: Chooser, items: list[dict[str, Any]], bank: Bank, reader: OfflineRater) -> list[bool]:
    """For each probe that is asked, whether our raters named its dimension."""
    chosen = [(item, chooser.next(moment_of(item, bank, reader))) for item in items]
    return [choice.target.dimension in item["probe_next"] for item, choice in chosen if not isinstance(choice, Skip)]


def worth(items: list[dict[str, Any]], bank: Bank, reader: OfflineRater) -> dict[str, float]:
    """How often the raters named an open dimension, against the mean; pulled to the mean where it was rarely open."""
    open_, named = Counter[str](), Counter[str]()
    for item in items:
        rated = moment_of(item, bank, reader).rated.ratings
        left = [name for name, rating in rated.items() if rating.level is not None and rating.level < 5]
        open_.update(left)
        named.update(name for name in left if name in item["probe_next"])
    mean = sum(named.values()) / sum(open_.values())
    return {name: (named[name] + 4 * mean) / (open_[name] + 4) / mean for name in open_}


def test_a_probe_is_after_what_our_rubric_raters_would_probe(
    bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]
) -> None:
    found = hits(Chooser(bank, reader), gold, bank, reader)
    assert sum(found) / len(found) >= 0.68


def by_other_questions(items: list[dict[str, Any]], bank: Bank, reader: OfflineRater) -> list[bool]:
    """The hits for each question, with what dimensions are worth told by all others."""
    found: list[bool] = []
    for question in sorted({item["question_id"] for item in items}):
        chooser = Chooser(bank, reader)
        others = [item for item in items if item["question_id"] != question]
        chooser.rules = chooser.rules.model_copy(update={"worth": worth(others, bank, reader)})
        found += hits(chooser, [item for item in items if item["question_id"] == question], bank, reader)
    return found


def test_it_is_so_for_questions_that_had_no_say_in_what_dimensions_are_worth(
    bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]
) -> None:
    found = by_other_questions(gold, bank, reader)
    assert sum(found) / len(found) >= 0.64


def test_thin_answers_are_probed_and_complete_ones_are_left(
    bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]
) -> None:
    chooser = Chooser(bank, reader)
    skipped = {item["id"]: isinstance(chooser.next(moment_of(item, bank, reader)), Skip) for item in gold}
    thin = [not skipped[item["id"]] for item in gold if item["overall"] <= 2 and len(item["thread"]) == 1]
    complete = [skipped[item["id"]] for item in gold if item["overall"] == 5]
    assert sum(thin) / len(thin) >= 0.8
    assert sum(complete) / len(complete) >= 0.8


def test_every_probe_keeps_to_the_form_and_gives_nothing_away(
    bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]
) -> None:
    chooser, rules = Chooser(bank, reader), bank.wording()
    for item in gold:
        moment = moment_of(item, bank, reader)
        choice = chooser.next(moment)
        if not isinstance(choice, Skip):
            terms = bank.dimension(choice.target.dimension).parts[choice.target.part].terms
            assert not faults(choice.text, rules, terms=terms, heard=" ".join(moment.thread.answers))


def test_what_was_asked_before_is_not_asked_again(bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]) -> None:
    chooser = Chooser(bank, reader)
    for item in gold[:20]:
        moment = moment_of(item, bank, reader)
        first = chooser.next(moment)
        if isinstance(first, Skip):
            continue
        again = chooser.next(Moment(**{**_fields(moment), "before": [first.text]}))
        assert isinstance(again, Skip) or not is_repeat(again.text, [first.text])


def _fields(moment: Moment) -> dict[str, Any]:
    return {name: getattr(moment, name) for name in moment.__slots__}


def test_a_quote_is_a_whole_clause_and_keeps_its_numbers() -> None:
    text = "We shipped late. It found 212 in 40,000 records, and everybody was relieved about it in the end."
    assert quotable(text, BOUNDS) == "It found 212 in 40,000 records"


def test_a_quote_comes_from_what_the_reader_saw_where_that_can_be_quoted() -> None:
    text = "Nothing was counted there, and the gate failed twice. The supervisor measured everything anew."
    assert quotable(text, BOUNDS, [(0, 25)]) == "Nothing was counted there"


def test_a_text_without_a_short_clause_is_not_quoted() -> None:
    assert quotable("yes", BOUNDS) is None


def test_the_same_question_in_nearly_the_same_words_is_a_repeat() -> None:
    assert is_repeat("Who looked at it first?", ["Who looked at it first then?"])
    assert not is_repeat("Who looked at it first?", ["What came of it in the end?"])


@pytest.mark.parametrize(
    ("piece", "sort"),
    [
        ("I took 400 queries", Sort.CLAUSE),
        ("the labels were solid", Sort.CLAUSE),
        ("concept activation vectors", Sort.PHRASE),
        ("signal that would reverse the choice", Sort.PHRASE),
        ("labelled by two paralegals", Sort.FRAGMENT),
        ("wrote a postmortem", Sort.FRAGMENT),
        ("1 after complaints", Sort.FRAGMENT),
    ],
)
def test_a_quote_is_known_for_a_saying_a_thing_or_a_fragment(piece: str, sort: Sort) -> None:
    assert sort_of(piece) is sort


def test_a_fragment_is_quoted_only_where_nothing_better_was_said() -> None:
    assert quotable("It ran for a month, labelled by two paralegals, and the labels were solid.", BOUNDS) == (
        "the labels were solid"
    )
    assert quotable("We were busy, labelled by two paralegals", BOUNDS, only=[Sort.PHRASE]) is None


def test_what_points_back_at_a_saying_quotes_one(bank: Bank, reader: OfflineRater, gold: list[dict[str, Any]]) -> None:
    chooser = Chooser(bank, reader)
    for item in gold:
        choice = chooser.next(moment_of(item, bank, reader))
        if isinstance(choice, Skip) or not (quoted := quoted_in(choice.text)):
            continue
        if choice.text.startswith(("You said", "You mention")):
            assert choice.text.startswith("You said" if sort_of(quoted[0]) is Sort.CLAUSE else "You mention")
