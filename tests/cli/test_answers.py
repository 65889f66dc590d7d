"""Prepared answers are what the file says, whatever editor wrote it."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from interviewer.cli.answers import prepared_answers


def test_the_mark_that_an_editor_begins_a_file_with_is_no_part_of_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_bytes(b"\xef\xbb\xbf---\nWe stopped\n\nthe release.\n---\nIt was late.\n")

    assert prepared_answers(str(file)) == ["We stopped\n\nthe release.", "It was late."]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\n---\n"])
def test_a_file_without_an_answer_is_named(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_bytes(content)

    with pytest.raises(click.UsageError, match=r"answers\.txt holds no answer"):
        prepared_answers(str(file))


def test_a_byte_that_is_no_text_is_told_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_bytes(b"\xef\xbb\xbfWe stopped.\n\xff\n")

    with pytest.raises(click.UsageError, match="byte 16, in line 2"):
        prepared_answers(str(file))
