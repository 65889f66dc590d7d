"""What is downloaded and what lies on the disk: the wheel, and an installation without litellm's tree."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from .figures import Figure

ROOT = Path(__file__).parents[1]
MB = 1e6


def run() -> list[Figure]:
    """Megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)],
            check=True,
            capture_output=True,
        )
        wheel = next(Path(folder).glob("*.whl")).stat().st_size
    packed = sum(path.stat().st_size for part in ("src", "prompts", "rubrics") for path in (ROOT / part).rglob("*.*"))
    return [
        Figure("wheel", wheel / MB, "MB", target="<= 1"),
        Figure("installed, without litellm's tree", (_needed() + packed) / MB, "MB", target="<= 60"),
    ]


def _needed() -> int:
    """Bytes of all distributions that are needed without litellm, with their compiled files."""
    seen: dict[str, Distribution] = {}
    waiting = [name for name in _requirements(distribution("interviewer")) if name != "litellm"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += _requirements(seen[name])
    return sum(_size(each) for each in seen.values())


def _requirements(package: Distribution) -> list[str]:
    needs = [Requirement(text) for text in package.requires or ()]
    return [each.name for each in needs if each.marker is None or each.marker.evaluate({"extra": ""})]


def _size(package: Distribution) -> int:
    paths = (Path(str(file.locate())) for file in package.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())
