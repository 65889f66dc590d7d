"""More families of injection, and honest talk: `fixtures/attacks/`, written before the cues were mended for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from interviewer.bank.cue_files import load_cues
from interviewer.rating.addressed import suspicion

ROOT = Path(__file__).parents[2]
CUES = load_cues(ROOT).addressed
PAYLOADS: dict[str, str] = yaml.safe_load((ROOT / "fixtures/attacks/injections.yaml").read_text("utf-8"))
HONEST: list[str] = yaml.safe_load((ROOT / "fixtures/attacks/honest.yaml").read_text("utf-8"))
ANSWER = "I held the release for a week."


@pytest.mark.parametrize("family", sorted(PAYLOADS))
def test_an_injection_is_found_or_doubted(family: str) -> None:
    found = suspicion(f"{ANSWER}\n\n{PAYLOADS[family]}", CUES)
    assert found.addressed or found.doubtful or family in {"claim_baseline"}


def test_honest_talk_is_not_taken_for_injection() -> None:
    wrongly = [said for said in HONEST if suspicion(said, CUES).addressed]
    assert len(wrongly) / len(HONEST) <= 0.02, wrongly


def test_what_is_looked_at_first_hides_nothing() -> None:
    """The words at which rules are tried, and their signs, are written down by hand beside the rules."""
    texts = [*PAYLOADS.values(), *HONEST]
    for name in ("answers", "plain", "second"):
        texts += yaml.safe_load((ROOT / f"fixtures/injections/{name}.yaml").read_text("utf-8")).values()
    for name in ("third", "fourth", "fifth"):
        texts += [
            each["text"] for each in yaml.safe_load((ROOT / f"fixtures/injections/{name}.yaml").read_text("utf-8"))
        ]
    letters = {letter for text in texts for letter in text.lower() if letter.isalnum()}
    unsigned = {name: {"": _all(getattr(CUES, name))} for name in ("blocks", "spelt", "orders", "doubtful")}
    at_any_word = {tuple(f"{letter}*" for letter in sorted(letters)): _all(CUES.at_words)}
    anywhere = CUES.model_copy(
        update={**unsigned, "at_words": at_any_word, "bidden": {("",): next(iter(CUES.bidden.values()))}}
    )
    assert [text for text in texts if suspicion(text, CUES) != suspicion(text, anywhere)] == []


def _all(by_sign: Mapping[Any, Iterable[str]]) -> tuple[str, ...]:
    return tuple(rule for rules in by_sign.values() for rule in rules)
