"""What is installed with Interviewer, from requirements.lock: a CycloneDX bill of materials, and the page of licences.

    python -m tools.supply sbom [FILE]      by default build/sbom.cdx.json
    python -m tools.supply licences         docs/licences.md

Works offline: licences are read from the metadata of what is installed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK, PAGE, SBOM = ROOT / "requirements.lock", ROOT / "docs" / "licences.md", ROOT / "build" / "sbom.cdx.json"
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?: *; *(?P<where>[^\\]+?))?\s*\\?$"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package."""

    name: str
    version: str
    where: str
    """The environment marker; empty where it is always installed."""
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def pins(lock: str) -> Iterator[Pin]:
    """The packages of a lock file, in its order."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.strip()):
        if match := _PIN.match(block.splitlines()[0]):
            yield Pin(match["name"], match["version"], match["where"] or "", tuple(_HASH.findall(block)))


def licence(name: str) -> str:
    """What the installed package says its licence is; "unknown" where it says nothing or is not installed here."""
    try:
        about = metadata(name).json
    except PackageNotFoundError:
        return "not installed on this platform"
    if said := about.get("license_expression"):
        return str(said)
    classes = [str(line).rpartition(" :: ")[2] for line in about.get("classifier", []) if "License ::" in line]
    return ", ".join(classes) or str(about.get("license") or "unknown").strip().splitlines()[0][:60]


def sbom(lock: str) -> dict[str, Any]:
    """The bill of materials, CycloneDX 1.5: the same for the same lock, so it holds no time and no serial number."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "interviewer", "bom-ref": "interviewer"}},
        "components": [_component(pin) for pin in pins(lock)],
    }


def _component(pin: Pin) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        "licenses": [{"license": {"name": licence(pin.name)}}],
        "properties": [{"name": "interviewer:sha256", "value": value} for value in pin.hashes],
    }


def licences(lock: str) -> str:
    """The page of licences."""
    rows = [f"| {pin.name} | {pin.version} | {licence(pin.name)} |" for pin in pins(lock)]
    head = "# Licences of what is installed with Interviewer\nMade by `make licences` from `requirements.lock`."
    return "\n".join([head, "", "| package | version | licence |", "|---|---|---|", *rows, ""])


def main(what: str, *where: str) -> None:
    """Writes the one or the other."""
    lock = LOCK.read_text(encoding="utf-8")
    page = licences(lock) if what == "licences" else json.dumps(sbom(lock), indent=1) + "\n"
    file = PAGE if what == "licences" else Path(*where) if where else SBOM
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")
    print(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
