from __future__ import annotations

import os
from pathlib import Path

from interviewer.session.processes import mark
from interviewer.terminal.own_editor import edited, remove_left_behind
from interviewer.text import without_surrogates
from tests.session.conftest import ended_process


def script(tmp_path: Path, body: str) -> dict[str, str]:
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return {"EDITOR": str(path)}


def test_the_editor_gets_the_draft_and_gives_it_back(tmp_path: Path) -> None:
    assert edited("half a", script(tmp_path, 'printf "%s\\n" " thought" >> "$1"')) == "half a thought"


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    told = tmp_path / "told"
    edited("text", script(tmp_path, f'ls -ld "$(dirname "$1")" > {told}; echo "$1" >> {told}'))
    listing, path = told.read_text(encoding="utf-8").splitlines()
    assert listing.startswith("drwx------")
    assert not Path(path).exists()


def test_an_editor_that_fails_or_is_missing_changes_nothing(tmp_path: Path) -> None:
    assert edited("text", script(tmp_path, "exit 1")) is None
    assert edited("text", {"EDITOR": "/nowhere/at-all"}) is None
    assert edited("text", {"EDITOR": "unbalanced '"}) is None


def test_a_file_that_a_killed_program_left_is_removed_and_no_other(tmp_path: Path) -> None:
    reused = f"{os.getpid()}.1"  # a number that was given out again: this process began later than a jiffy after boot
    left, again, used, foreign = (
        tmp_path / f"interviewer-answer-{of}-x" for of in (ended_process(), reused, mark(), "mine")
    )
    for folder in (left, again, used, foreign):
        folder.mkdir()
        (folder / "answer.txt").write_text("words", encoding="utf-8")
    remove_left_behind(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([used, foreign])


def test_what_is_not_utf_8_comes_back_as_text(tmp_path: Path) -> None:
    assert edited("", script(tmp_path, 'printf "caf\\351" > "$1"')) == "caf\ufffd"


def test_halves_of_a_character_are_joined_and_strays_replaced() -> None:
    assert without_surrogates("\ud83d\ude00 \ud800") == "😀 \ufffd"
