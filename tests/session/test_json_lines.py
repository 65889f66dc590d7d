"""The one reader of JSON lines that a user hands in, and its bounds."""

from __future__ import annotations

import io

import pytest

from interviewer.session.json_lines import EndlessLine, bounded_lines, id_of, json_object


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"x": 1e999}', "not JSON"),
        (b'{"x": {"y": [-1e999]}}', "not JSON"),
        (b'{"x": NaN}', "not JSON"),
        (b'{"x": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe{\x00", "not UTF-8"),
        (b"{}" + b" " * 1024 * 1024, "longer than 1 MB"),
    ],
    ids=range(9),
)
def test_what_is_no_object_or_could_not_be_written_again_is_refused(raw: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        json_object(raw, 1024 * 1024)


def test_a_mark_before_the_object_and_white_space_around_it_do_no_harm() -> None:
    assert json_object(b'\xef\xbb\xbf {"x": [1, 2.5, 1e-999]} \r\n') == {"x": [1, 2.5, 0.0]}


@pytest.mark.parametrize("name", [None, True, "", 1.5, ["x"], {}])
def test_an_id_is_a_text_or_a_whole_number(name: object) -> None:
    with pytest.raises(ValueError, match="`id` must be a text or a whole number"):
        id_of({"id": name})


def test_of_a_line_that_is_too_long_no_more_is_kept_than_shows_it() -> None:
    stream = io.BytesIO(b"a" * 35 + b"\nb\n" + b"c" * 10)

    assert list(bounded_lines(stream, 10)) == [b"a" * 11, b"b\n", b"c" * 10]


def test_a_line_without_an_end_is_given_up() -> None:
    with pytest.raises(EndlessLine, match="has no end"):
        list(bounded_lines(io.BytesIO(b"a" * 1000), 10))
