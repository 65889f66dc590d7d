"""What is understood of the reply to the first run's question for company, role and level."""

from __future__ import annotations

import pytest

from interviewer.bank.library import Bank, NotInBank
from interviewer.cli.first_run import NoSuchAim, understood


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Senior, Anthropic", {"company": "anthropic", "seniority": "senior"}),
        ("anthropic, mid-level please", {"company": "anthropic", "seniority": "mid"}),
        ("Amazon Microsoft", {"company": "amazon-microsoft"}),
        ("staff level", {"seniority": "staff"}),
        ("Anthropic, research engineer", {"company": "anthropic", "role": "research engineer"}),
        ("ML engineer", {"role": "ML engineer"}),
        (
            "senior site reliability engineer at openai",
            {"company": "openai", "role": "site reliability engineer", "seniority": "senior"},
        ),
        ("", {}),
    ],
)
def test_company_role_and_level_are_taken_in_any_order_and_with_a_please(said: str, meant: dict[str, str]) -> None:
    assert understood(said, Bank.open()) == meant


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("antrophic, midlevel please", "There is no company 'antrophic'. Did you mean anthropic?"),
        ("anthropic seniro", "There is no level 'seniro'. Did you mean senior, entry?"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_one_that_was_meant(said: str, told: str) -> None:
    with pytest.raises(NotInBank) as refused:
        understood(said, Bank.open())
    assert str(refused.value) == told


def test_a_word_that_is_like_nothing_is_not_called_a_level() -> None:
    with pytest.raises(NoSuchAim) as refused:
        understood("anthropic plumber", Bank.open())
    assert str(refused.value).startswith("'plumber' is no company, role or level that is named above")
