"""A bank, and a session in which everything happens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from interviewer.bank.library import Bank
from interviewer.session.events import Event

from . import sample

HELD = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.open()


@pytest.fixture(scope="session")
def events(bank: Bank) -> list[Event]:
    return sample.rich(bank)


@pytest.fixture(scope="session")
def named() -> dict[str, Any]:
    return {"session": "2026-11-21-quiet-otter", "held": HELD}
