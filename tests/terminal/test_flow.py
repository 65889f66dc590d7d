from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interviewer.terminal.flow import Flow, WholeLines
from interviewer.terminal.lines import Span
from interviewer.text import cells

MARK = Span("| ")


def streamed(pieces: list[str], width: int = 20) -> str:
    flow = Flow(width, MARK)
    spans = [span for piece in pieces for span in flow.feed(piece)] + list(flow.close())
    return "".join(span.text for span in spans)


def test_speech_is_folded_behind_its_mark() -> None:
    assert streamed(["What did you measure before, and after?"]) == "| What did you\n| measure before,\n| and after?\n"


def test_generics_and_markdown_stay_as_they_are() -> None:
    assert streamed(["A `List<Foo>` and **two**"], 60) == "| A `List<Foo>` and **two**\n"


def test_code_keeps_its_indents_and_empty_lines() -> None:
    assert streamed(["```\ndef f():\n    return 1\n\n```"]) == "| ```\n| def f():\n|     return 1\n|\n| ```\n".replace(
        "|\n", "| \n"
    )


@given(st.text(), st.lists(st.integers(min_value=0, max_value=40), max_size=6))
def test_where_a_stream_is_split_changes_nothing(text: str, cuts: list[int]) -> None:
    ends = sorted({0, *(min(cut, len(text)) for cut in cuts), len(text)})
    pieces = [text[start:end] for start, end in pairwise(ends)]
    assert streamed(pieces) == streamed([text])


@given(st.text())
def test_no_row_is_wider_than_the_screen(text: str) -> None:
    assert all(cells(row) <= 20 for row in streamed([text]).split("\n"))


def test_only_the_last_word_is_held_back() -> None:
    flow = Flow(40, MARK)
    assert "".join(span.text for span in flow.feed("Who was agai")) == "| Who was"


def test_nothing_said_writes_nothing() -> None:
    assert streamed(["", "\n\n"]) == ""


def test_a_screen_reader_gets_whole_lines_with_one_label() -> None:
    lines = WholeLines(60, "interviewer: ")
    assert lines.feed("Who was ag") == ()
    assert lines.feed("ainst it?\nAnd wh") == (Span("interviewer: Who was against it?\n"),)
    assert lines.close() == (Span("And wh\n"),)


def test_a_window_that_becomes_narrower_in_mid_speech_breaks_no_word() -> None:
    flow = Flow(40, Span("> "))
    written = flow.feed("Waiting has victims too, and they are ")
    flow.fit(20)
    written += (*flow.feed("not here to be asked, are they now? "), *flow.close())
    rows = "".join(span.text for span in written).split("\n")
    assert rows == ["> Waiting has victims too, and they are", "> not here to be", "> asked, are they", "> now?", ""]
