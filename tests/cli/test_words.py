"""Users read the words of the vocabulary: what they held is an interview, wherever it is stored."""

from __future__ import annotations

from click.testing import CliRunner

from interviewer.cli.group import COMMANDS, commands


def test_no_page_of_help_speaks_of_sessions() -> None:
    pages = {name: CliRunner().invoke(commands, [name, "--help"]).output for name in COMMANDS}
    assert "forget [OPTIONS] [INTERVIEW]" in pages["forget"]
    assert [name for name, page in pages.items() if "session" in page.casefold()] == []
