"""`make bench-compare`: what is told of two sets of figures, and what is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks import __main__ as bench
from benchmarks.comparing import worse
from benchmarks.figures import Figure
from benchmarks.results import Section, keep


def figures(*each: Figure) -> dict[str, Section]:
    return {"memory": Section("2026-11-21", each)}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (Figure("peak", 60, "MiB", target="<= 60"), Figure("peak", 70, "MiB", target="<= 60")),
        (Figure("answers", 300, "/s", target=">= 300"), Figure("answers", 250, "/s", target=">= 300")),
        (Figure("kappa", 0.7, better="higher"), Figure("kappa", 0.5, better="higher")),
        (Figure("halo", 0.02, better="nearer 0"), Figure("halo", -0.2, better="nearer 0")),
    ],
    ids=lambda figure: figure.name,
)
def test_what_got_over_15_per_cent_worse_is_named_and_what_got_better_is_not(before: Figure, now: Figure) -> None:
    assert [line.split(":")[1].strip() for line in worse(figures(before), figures(now))] == [now.name]
    assert worse(figures(now), figures(before)) == []


def test_a_change_that_is_no_judgement_and_a_figure_that_is_new_are_not_told() -> None:
    python = Figure("bare python", 10, "ms", better="neither")
    assert worse(figures(python), figures(Figure("bare python", 30, "ms", better="neither"), Figure("new", 1))) == []


@pytest.mark.parametrize("text", [None, "", "{}x", '{"memory": {}}'], ids=["no file", "empty", "no JSON", "foreign"])
def test_a_file_without_figures_is_refused_in_a_sentence(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    if text is not None:
        earlier.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--against", str(earlier)])
    with pytest.raises(SystemExit) as left:
        bench.main()
    assert left.value.code == 2
    assert "holds no figures" in capsys.readouterr().err


def test_nothing_is_worse_than_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    keep(earlier, figures(Figure("peak", 60, "MiB")))
    monkeypatch.setattr(bench, "LATEST", earlier)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--against", str(earlier)])
    assert bench.main() == 0
    assert "Nothing got" in capsys.readouterr().out
