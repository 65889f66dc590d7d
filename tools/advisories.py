"""The advisories on what we install, kept in fixtures/advisories.json so that the check works offline.

    python -m tools.advisories REPOSITORY     a clone of github.com/pypa/advisory-database

Entries marked `"by": "hand"` are kept: what the database does not have, with where it was read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.version import Version

from .supply import LOCK, Pin, pins

STORED = Path(__file__).parents[1] / "fixtures" / "advisories.json"


def affected(pin: Pin, stored: dict[str, Any]) -> list[str]:
    """The ids of the advisories that the locked version falls under."""
    of_it = [entry for entry in stored["advisories"] if entry["package"] == pin.name.lower()]
    return [entry["id"] for entry in of_it if _hits(Version(pin.version), entry)]


def _hits(version: Version, entry: dict[str, Any]) -> bool:
    if version in map(Version, entry.get("versions", ())):
        return True
    if any(Version(since) <= version <= Version(last) for since, last in entry.get("through", ())):
        return True
    return any(
        Version(since) <= version and (fixed is None or version < Version(fixed))
        for since, fixed in entry.get("ranges", ())
    )


def _read(repository: Path) -> Iterator[dict[str, Any]]:
    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(repository), *arguments], capture_output=True, text=True, check=True
        ).stdout

    for pin in pins(LOCK.read_text(encoding="utf-8")):
        for name in git("ls-tree", "-r", "--name-only", "HEAD", f"vulns/{pin.name.lower()}/").split():
            yield from entries_of(yaml.safe_load(git("show", f"HEAD:{name}")))


def entries_of(advisory: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is kept of an advisory, one entry a package; nothing of one that was withdrawn.

    "ranges" end before a version in which it is mended, "through" with the last that has it, or neither end is known;
    where an advisory names no range at all, its versions one by one.
    """
    if advisory.get("withdrawn"):
        return
    for part in advisory["affected"]:
        events = [each["events"] for each in part.get("ranges", ()) if each["type"] == "ECOSYSTEM"]
        spans = [span for each in events for span in _spans(each)]
        through = [span[1:] for span in spans if span[0] == "last_affected"]
        yield {
            "id": advisory["id"],
            "aliases": advisory.get("aliases", []),
            "package": part["package"]["name"].lower(),
            "ranges": [span[1:] for span in spans if span[0] != "last_affected"],
            **({"through": through} if through else {}),
            **({} if spans else {"versions": part.get("versions", [])}),
        }


def _spans(events: list[dict[str, str]]) -> Iterator[tuple[str, str, str | None]]:
    """How each span ends, where it begins, and the version at its end."""
    since: str | None = None
    for event in events:
        (kind, version), *_ = event.items()
        if kind == "introduced":
            since = version
        elif kind in ("fixed", "last_affected"):
            yield kind, since or "0", version
            since = None
    if since is not None:
        yield "open", since, None


def main(repository: str) -> None:
    """Renews the file."""
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {"advisories": []}
    by_hand = [entry for entry in stored["advisories"] if entry.get("by") == "hand"]
    as_of = subprocess.run(
        ["git", "-C", repository, "log", "-1", "--format=%cs"], capture_output=True, text=True, check=True
    ).stdout.strip()
    found = {"source": "pypa/advisory-database (CC-BY 4.0)", "as_of": as_of}
    entries = ",\n ".join(json.dumps(entry) for entry in [*by_hand, *_read(Path(repository))])
    head = json.dumps(found)[:-1]
    STORED.write_text(f'{head}, "advisories": [\n {entries}\n]}}\n', encoding="utf-8")
    print(STORED)


if __name__ == "__main__":
    main(*sys.argv[1:])
