"""A quote lets a reader see why a part was marked: whole clauses, other ones for each part where there are others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pytest

from interviewer.bank.cues import STRUCTURAL, Cues
from interviewer.bank.schema import Dimension
from interviewer.rating.evidence import LONGEST, SHORTEST
from interviewer.rating.offline.clauses import Sentence, sentences_of
from interviewer.rating.offline.patterns import Match
from interviewer.rating.offline.quotes import Quoting
from interviewer.rating.offline.reader import OfflineRater
from interviewer.rating.offline.telling import WHATEVER_THE_PART, Place
from interviewer.session.thread import Thread, Turn

from .conftest import GoldAnswer

LONG = (
    "We had to stop the launch for two days because a scan of the training data found 212 names of patients, which "
    "legal had told us could not be in there, and the vendor took most of a week to give us an answer."
)


def quoted(cues: Cues, text: str, *words: str) -> list[str]:
    """The quotes of parts that were each seen at one of the words, all of them equally well."""
    sentences = sentences_of(text, 0)
    seen = {}
    for part, word in enumerate(words):
        index = next(index for index, sentence in enumerate(sentences) if word in sentence.words)
        at = sentences[index].words.index(word)
        seen[str(part)] = ([Place(1.0, index, sentences[index], Match(at, at))], ())
    found = quoting(cues, text).quotes(seen, "", plain(sentences))
    return [found[str(part)].text for part in range(len(words))]


def quoting(cues: Cues, text: str) -> Quoting:
    return Quoting(cues.quotes, Thread("Why?", (Turn("candidate", text),)))


def plain(sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
    """No shapes in any of these."""
    return [() for _ in sentences]


def test_a_sentence_of_usual_length_is_quoted_whole(cues: Cues) -> None:
    text = "It was late. The scan found 212 names, so we stopped. Then it ran."
    assert quoted(cues, text, "212") == ["The scan found 212 names, so we stopped"]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        (
            "212",
            "We had to stop the launch for two days because a scan of the training data found 212 names of patients",
        ),
        ("vendor", "the vendor took most of a week to give us an answer"),
    ],
)
def test_of_a_long_sentence_whole_clauses_are_quoted_with_what_they_hang_on(cues: Cues, word: str, shown: str) -> None:
    assert quoted(cues, LONG, word) == [shown]


def test_a_long_sentence_without_marks_is_cut_before_a_preposition(cues: Cues) -> None:
    text = (
        "The nightly job of the second team read every row of the old table one by one for the better part of six "
        "hours with no index on the column of the account during the whole of the first spring"
    )
    assert quoted(cues, text, "table") == [
        "The nightly job of the second team read every row of the old table one by one for the better part of six hours"
    ]


def test_of_a_long_sentence_the_clauses_with_most_of_the_evidence_are_quoted(cues: Cues) -> None:
    """What follows is cut off before the end that holds nothing more of it."""
    sentences = sentences_of(LONG, 0)
    seen = {"bearer": ([Place(1.0, 0, sentences[0], Match(at, at)) for at in (sentences[0].words.index("legal"),)], ())}
    found = quoting(cues, LONG).quotes(seen, "", plain(sentences))
    assert "which legal had told us could not be in there" in found["bearer"].text


def test_a_sentence_stands_for_several_parts_only_where_no_other_tells_them_nearly_as_well(cues: Cues) -> None:
    text = "We stopped the launch on Monday. We stopped the launch on Friday. We stopped the launch on Sunday."
    sentences = sentences_of(text, 0)
    places = [Place(1.0, index, sentence, Match(0, 1)) for index, sentence in enumerate(sentences)]
    found = quoting(cues, text).quotes(dict.fromkeys("abcdef", (places, ())), "", plain(sentences))
    assert max(Counter(quote.text for quote in found.values()).values()) < 4


def test_what_a_shape_is_worth_for_a_part_alone_decides_between_sentences_alike(cues: Cues) -> None:
    text = "We stopped the launch on Monday. We stopped the launch on Friday."
    sentences = sentences_of(text, 0)
    places = [Place(1.0, index, sentence, Match(0, 1)) for index, sentence in enumerate(sentences)]
    speaks = {"one": {"part": {"bearer": 1.0}, "other": {"bearer": -1.0}}}
    told = quoting(cues.model_copy(update={"quotes": cues.quotes.model_copy(update={"speaks": speaks})}), text)
    found = told.quotes(dict.fromkeys(("part", "other"), (places, ())), "one", [(), ("bearer",)])
    assert [found[part].text[-6:] for part in ("part", "other")] == ["Friday", "Monday"]


def test_what_speaks_for_a_part_alone_are_shapes_and_signs_that_are_looked_for(
    cues: Cues, dimensions: dict[str, Dimension]
) -> None:
    assert not set(cues.shapes) & set(WHATEVER_THE_PART)
    known = {*cues.shapes, *STRUCTURAL, *WHATEVER_THE_PART}
    for dimension, parts in cues.quotes.speaks.items():
        assert set(parts) <= set(dimensions[dimension].parts)
        assert {name for speaks in parts.values() for name in speaks} <= known


def test_the_sentence_where_most_of_a_part_comes_together_is_quoted(cues: Cues) -> None:
    text = "That was a limit. I do not know whether thirty patients are enough, and I asked Dana. It was late."
    sentences = sentences_of(text, 0)
    places = [Place(1.0, 0, sentences[0], Match(0, 1)), *(Place(1.0, 1, sentences[1], Match(at, at)) for at in (1, 9))]
    found = quoting(cues, text).quotes({"limit": (places, ())}, "", plain(sentences))
    assert found["limit"].text == "I do not know whether thirty patients are enough, and I asked Dana"


def test_a_sentence_shown_for_another_dimension_gives_way_to_one_that_tells_as_much(cues: Cues) -> None:
    text = "We stopped the launch on Monday. We stopped the launch on Friday."
    sentences = sentences_of(text, 0)
    seen = {"part": ([Place(1.0, index, sentence, Match(0, 1)) for index, sentence in enumerate(sentences)], ())}
    fresh = cues.model_copy(update={"quotes": cues.quotes.model_copy(update={"again": 1.0})})
    quotes = partial(quoting(fresh, text).quotes, seen, shapes=plain(sentences))
    shown = {dimension: quotes(dimension)["part"].text for dimension in ("one", "other")}
    assert set(shown.values()) == {"We stopped the launch on Monday", "We stopped the launch on Friday"}
    assert quotes("one")["part"].text == shown["one"]


def test_who_somebody_was_is_not_quoted_where_another_sentence_tells_the_part(cues: Cues) -> None:
    text = "That year I was the owner of the launch at a bank. In the end nobody stopped the launch at the bank."
    sentences = sentences_of(text, 0)
    seen = {"part": ([Place(1.0, index, sentence, Match(0, 1)) for index, sentence in enumerate(sentences)], ())}
    found = quoting(cues, text).quotes(seen, "", plain(sentences))
    assert found["part"].text == "In the end nobody stopped the launch at the bank"


def test_words_of_the_rubric_tell_a_sentence_from_its_neighbour(cues: Cues) -> None:
    text = "We stopped the whole launch then. We stopped the costly launch then."
    sentences = sentences_of(text, 0)
    places = [Place(1.0, index, sentence, Match(0, 1)) for index, sentence in enumerate(sentences)]
    found = quoting(cues, text).quotes({"costs": (places, ("costly",))}, "", plain(sentences))
    assert found["costs"].text == "We stopped the costly launch then"


def test_a_sentence_is_quoted_without_the_joining_word_before_its_subject(cues: Cues) -> None:
    assert quoted(cues, "It was late. So I stopped the whole scan.", "scan") == ["I stopped the whole scan"]


def test_a_quotation_mark_keeps_its_fellow(cues: Cues) -> None:
    assert quoted(cues, 'Nine of them were "massage gun" or "hair tool".', "nine") == [
        'Nine of them were "massage gun" or "hair tool"'
    ]


def test_every_quote_of_the_gold_is_short_enough_and_ends_where_something_ends(
    rater: OfflineRater, dimensions: dict[str, Dimension], gold: tuple[GoldAnswer, ...], cues: Cues
) -> None:
    cut_off = every = 0
    for answer in gold:
        for rating in rater.read(answer.thread, list(dimensions.values())).ratings.values():
            for finding in rating.findings:
                if finding.quote is not None:
                    said = finding.quote.text.split()
                    assert SHORTEST <= len(said) <= LONGEST
                    turn = answer.thread.turns[finding.quote.turn].text
                    goes_on = turn[finding.quote.end : finding.quote.end + 1] == " "
                    cut_off += goes_on and said[-1].lower() in cues.quotes.never_last
                    every += 1
    assert cut_off <= 0.005 * every
