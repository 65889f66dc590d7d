"""`demo`: the first thing that a newcomer sees of a scorecard."""

from __future__ import annotations

import re

from click.testing import CliRunner

from interviewer.cli.group import commands


def test_the_usual_demo_rests_each_good_level_on_words_of_its_own_and_leaves_something_to_do() -> None:
    done = CliRunner().invoke(commands, ["demo", "--plain"])
    card = done.output.partition("Scorecard")[2]
    levels = [int(level) for level in re.findall(r": ([1-5]) of 5", card)]
    quotes = re.findall(r"^you said: (.+)", card, re.MULTILINE)
    assert done.exit_code == 0
    assert len(levels) == 5
    assert len(set(quotes)) == len(quotes) >= sum(level > 2 for level in levels)
    assert min(levels) < max(levels) < 5
