"""Sentences, plain words and their places in the turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.rating.offline.clauses import plain_words, sentences_of


def test_short_forms_are_written_out() -> None:
    assert plain_words("didn't") == ("did", "not")
    assert plain_words("I’d") == ("i", "would")
    assert plain_words("it's") == ("it", "is")
    assert plain_words("policy's") == ("policy",)


def test_sentences_end_at_stops_lines_and_semicolons_but_not_in_numbers() -> None:
    found = sentences_of("It fell to 0.74 in v2.1. We stopped; nobody rang\nThen it rose", 0)
    assert [sentence.words[0] for sentence in found] == ["it", "we", "nobody", "then"]
    assert "0.74" in found[0].words


@given(st.text(max_size=200))
def test_every_word_lies_where_it_says(text: str) -> None:
    for sentence in sentences_of(text, 0):
        assert sentence.words
        places = [*zip(sentence.starts, sentence.ends, strict=True)]
        assert len(sentence.words) == len(places) == len(sentence.beside)
        assert places == sorted(places)
        for word, (start, end) in zip(sentence.words, places, strict=True):
            assert word in plain_words(text[start:end])


def test_a_short_form_that_stands_alone_is_a_word_too() -> None:
    assert plain_words("n't") == ("nt",)


def test_what_somebody_had_done_is_not_taken_for_what_they_would_do() -> None:
    for said, read in (
        ("I'd never asked them.", "i had never asked them"),
        ("We'd 140 requests a day, and it'd been quiet.", "we had 140 requests a day and it had been quiet"),
        ("I'd ask her, and we'd need a week.", "i would ask her and we would need a week"),
        (
            "It's that a nurse would a hundred times rather wait.",
            "it is that a nurse would a hundred times rather wait",
        ),
    ):
        [sentence] = sentences_of(said, 0)
        assert " ".join(sentence.words) == read
