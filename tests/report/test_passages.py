"""A turn in passages: whole, in order, and marked only where a quote stands."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.rating.rater import Finding, Quote, Rating
from interviewer.report.passages import Evidence, Passage, evidence_in, passages, runs
from interviewer.session.thread import Turn
from interviewer.text import clean

TEXT = "We measured it twice, and the second time it held."
TURNS = (Turn("candidate", TEXT), Turn("interviewer", TEXT))


def _evidence(dimension: str, words: str, turn: int = 0) -> Evidence:
    start = TEXT.index(words)
    return Evidence(dimension, "part", Quote(words, turn, start, start + len(words)))


def test_a_turn_without_evidence_is_one_passage() -> None:
    assert passages(TURNS, 0, []) == (Passage(TEXT),)


def test_overlapping_quotes_share_the_words_they_share() -> None:
    one, two = _evidence("evidence", "measured it twice"), _evidence("ownership", "it twice, and the second")
    found = passages(TURNS, 0, [one, two])
    assert [(piece.text, piece.dimensions) for piece in found] == [
        ("We ", ()),
        ("measured ", ("evidence",)),
        ("it twice", ("evidence", "ownership")),
        (", and the second", ("ownership",)),
        (" time it held.", ()),
    ]


def test_runs_join_what_overlaps() -> None:
    one, two = _evidence("evidence", "measured it twice"), _evidence("ownership", "it twice, and the second")
    found = runs(passages(TURNS, 0, [one, two]))
    assert [piece.text for piece in found] == ["We ", "measured it twice, and the second", " time it held."]
    assert found[1].dimensions == ("evidence", "ownership")


def _rating(*quotes: Quote) -> Rating:
    return Rating("evidence", 3, None, tuple(Finding(f"p{n}", True, quote) for n, quote in enumerate(quotes)))


def test_the_interviewers_words_are_nobodys_evidence() -> None:
    assert evidence_in(TURNS, [_rating(_evidence("evidence", "measured it", turn=1).quote)]) == ()


def test_a_quote_that_does_not_stand_where_it_says_is_left_out() -> None:
    astray = [Quote("measured it", 0, 0, 11), Quote("held.", 0, 45, 500), Quote("x", 7, 0, 1), Quote("", 0, 3, 3)]
    assert evidence_in(TURNS, [_rating(*astray)]) == ()


def test_an_escape_sequence_across_a_quotes_edge_is_removed_whole() -> None:
    text = "calm \x1b[31mred words"
    quote = Quote(text[7:], 0, 7, len(text))
    found = passages((Turn("candidate", text),), 0, [Evidence("evidence", "p", quote)])
    assert "".join(piece.text for piece in found) == "calm red words"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_the_passages_together_are_the_cleaned_turn(text: str, spans: list[tuple[int, int]]) -> None:
    turns = (Turn("candidate", text),)
    quotes = [Quote(text[low:high], 0, low, high) for low, high in map(sorted, spans)]
    found = passages(turns, 0, evidence_in(turns, [_rating(*quotes)]))
    assert "".join(piece.text for piece in found) == clean(text)
    assert "".join(piece.text for piece in runs(found)) == clean(text)
