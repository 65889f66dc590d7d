"""The entry point: finds the command, imports it alone, and turns every failure into one plain sentence.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from ..version import __version__

VERSION_ONLY = (["--version"], ["-V"])


def run() -> NoReturn:
    """Runs the program on `sys.argv` and exits."""
    if sys.argv[1:] in VERSION_ONLY:
        print(f"interviewer {__version__}")
        sys.exit(0)
    _without_plugins()
    import_module("interviewer.cli.group").run(sys.argv[1:], debug="INTERVIEWER_DEBUG" in os.environ)
    sys.exit(0)


def _without_plugins() -> None:
    """Keeps pydantic from looking for plugins, which we do not use: reading the metadata of all installed packages
    took 13 of 145 ms, and loading what reads them, which it does even when told not to look, 12 of 200."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    name = "pydantic.plugin._loader"
    stand_in = ModuleType(name)

    def real(attribute: str) -> object:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        del sys.modules[name]
        return getattr(import_module(name), attribute)

    vars(stand_in).update(get_plugins=tuple, __getattr__=real)
    sys.modules[name] = stand_in
