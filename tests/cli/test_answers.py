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


PARAGRAPHS = "We stopped.\n\nIt was late.\n\nTom was right.\n\nI was not.\n\nWe went home.\n"


def test_more_paragraphs_than_can_be_asked_for_are_one_answer_and_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.txt"
    file.write_text(PARAGRAPHS)

    assert prepared_answers(str(file), room=4) == [PARAGRAPHS.strip()]
    assert "Its 5 paragraphs were taken as one answer" in capsys.readouterr().err


@pytest.mark.parametrize("room", [5, None])
def test_as_many_paragraphs_as_can_be_asked_for_are_answers(room: int | None, tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text(PARAGRAPHS)

    assert len(prepared_answers(str(file), room=room) or []) == 5


def test_commands_and_questions_put_back_take_no_room(tmp_path: Path) -> None:
    file = tmp_path / "answers.txt"
    file.write_text("/hint\n\nWhat do you mean?\n\nWe stopped.\n\nIt was late.\n")

    assert len(prepared_answers(str(file), room=2) or []) == 4
