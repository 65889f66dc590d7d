from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.models.model import Broken, EndState, NotConfigured, Reply
from interviewer.models.scripted import ScriptedModel, read_script

from .conftest import ask, hear, outcome, request


def test_a_script_says_its_lines_in_order_and_starts_over() -> None:
    model = ScriptedModel(["One.", lambda asked: f"Heard {len(asked.messages)}.", Broken("No.")])
    assert [outcome(ask(model)) for _ in range(4)] == ["complete", "complete", "broken", "complete"]
    assert len(model.requests) == 4


def test_a_file_can_stream_think_stop_short_and_fail(tmp_path: Path) -> None:
    file = tmp_path / "demo.yaml"
    file.write_text(
        "- What did you do?\n"
        "- {say: ['What ', 'did it ', 'cost?'], think: they left the cost out, wait: 0.001, pause: 0.001}\n"
        "- {say: Half a, end: cut}\n"
        "- {say: Half, fail: quota}\n"
    )
    model = read_script(str(file))
    first, second, third, fourth = (hear(model, request()) for _ in range(4))
    assert isinstance(first[1], Reply)
    assert first[1].text == "What did you do?"
    assert isinstance(second[1], Reply)
    assert second[0] == ["What ", "did it ", "cost?"]
    assert second[1].thinking == "they left the cost out"
    assert isinstance(third[1], Reply)
    assert third[1].state is EndState.CUT
    assert (fourth[0], outcome(fourth[1])) == (["Half"], "quota")


def test_a_script_that_may_not_start_over_ends() -> None:
    model = ScriptedModel(["One."], once=True)
    assert [outcome(ask(model)) for _ in range(2)] == ["complete", "quota"]


@pytest.mark.parametrize("text", ["", "a: b", "- 5", "- {fail: nonsense}", "- {end: nonsense}", "- [", "- {say: 5}"])
def test_a_file_that_is_no_script_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "demo.yaml").write_text(text)
    with pytest.raises(NotConfigured, match="not a script"):
        read_script(str(tmp_path / "demo.yaml"))


def test_a_missing_script_is_said_to_be_so() -> None:
    with pytest.raises(NotConfigured, match="no script"):
        read_script("/nowhere/demo.yaml")
