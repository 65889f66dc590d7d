"""The man page and what shells complete: made from the commands, so they cannot fall behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools import man_page

from interviewer.cli.group import COMMANDS

PROGRAM = str(Path(sys.executable).with_name("interviewer"))
CHECKS = {"bash": ("bash", "-n"), "zsh": ("zsh", "-n"), "fish": ("fish", "--no-execute")}


def completed(shell: str, **words: str) -> str:
    env = {**os.environ, "_INTERVIEWER_COMPLETE": shell, **words}
    return subprocess.run([PROGRAM], env=env, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_man_page_is_of_today_s_commands() -> None:
    assert man_page.PAGE.read_text("utf-8") == man_page.page(), "make man"


def test_every_command_is_in_the_man_page() -> None:
    page = man_page.page()
    assert not [name for name in COMMANDS if f'.SS "interviewer {name}' not in page]


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed here")
def test_man_shows_the_page_without_a_complaint() -> None:
    command = ["man", "--warnings", "-l", str(man_page.PAGE)]
    shown = subprocess.run(
        command, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, capture_output=True, text=True, check=True
    )
    assert "INTERVIEWER_SENIORITY" in shown.stdout
    assert shown.stderr == ""


@pytest.mark.parametrize("shell", CHECKS)
def test_the_completion_script_is_one_that_its_shell_reads(shell: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(completed(f"{shell}_source"), encoding="utf-8")
    assert "interviewer" in script.read_text("utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here; the script was made")
    subprocess.run([*CHECKS[shell], str(script)], check=True, capture_output=True, timeout=60)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here")
def test_bash_completes_commands_and_options() -> None:
    script = (
        'eval "$(_INTERVIEWER_COMPLETE=bash_source interviewer)"; COMP_WORDS=(interviewer "$1"); COMP_CWORD=1; '
        "_interviewer_completion interviewer; echo ${COMPREPLY[@]}"
    )
    path = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script, "bash", "re"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"resume", "review", "rescore", "restore"} <= set(done.stdout.split())


def test_the_options_of_start_are_completed_without_its_name() -> None:
    assert "--format" in completed("bash_complete", COMP_WORDS="interviewer --fo", COMP_CWORD="1")


def test_the_words_after_a_command_are_completed_too() -> None:
    words = completed("bash_complete", COMP_WORDS="interviewer start --le", COMP_CWORD="2")
    assert "--level" in words


@pytest.mark.parametrize("words", [("--version",), ("questions",), ("disagreement", "--answers", "-")])
def test_a_reader_that_has_gone_as_head_does_is_told_nothing(words: tuple[str, ...], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = {"INTERVIEWER_HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    done = subprocess.run(
        [PROGRAM, *words], env=env, input=b"/quit\n", stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (1, 130)
