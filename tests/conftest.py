"""How the tests are shared out among processes: by file, those that take longest first."""

from __future__ import annotations

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST = ("models", "end_to_end", "terminal", "cli")
"""Folders whose files take longest: their tests start programs and servers."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """A file is run by one process, and makes what its tests share once; so is all that needs litellm (3 s to load)."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return "models" if "/models/" in file else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests often wait for a program, a disk or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((at for at, name in enumerate(FIRST) if name in item.path.parts), len(FIRST)))
