"""Binds folders of small content files into volumes while a wheel is built (`interviewer/bank/volumes.py`).

Which folders, `pyproject.toml` says. Everything else of the content goes into the wheel as it lies here.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = ("prompts", "rubrics")


class Binding(BuildHookInterface):
    """The hook that hatchling calls before and after it writes the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Names what goes in, and where to."""
        if version == "editable":  # which reads the folders of the checkout
            return
        root, bound = Path(self.root), set(self.config["volumes"])
        self._volumes = TemporaryDirectory()
        sources = {f"{top}/{path.name}": path for top in CONTENT for path in (root / top).iterdir()}
        for folder in bound:
            del sources[folder]
            sources[f"{folder}.yaml"] = volume = Path(self._volumes.name, folder.replace("/", "-"))
            volume.write_bytes(b"".join(map(_bound, sorted((root / folder).glob("*.yaml")))))
        build_data["force_include"] |= {str(path): f"interviewer/{name}" for name, path in sources.items()}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Takes the volumes away, which are in the wheel by now."""
        if version != "editable":
            self._volumes.cleanup()


def _bound(path: Path) -> bytes:
    return b"--- # %s\n%s" % (path.name.encode(), path.read_bytes())
