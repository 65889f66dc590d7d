"""What is installed is known: no stored advisory applies to it, licences are listed, the bill of materials is whole."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tools.advisories import STORED, affected, entries_of
from tools.soak import PAGE as RELIABILITY
from tools.soak import named_tests
from tools.supply import LOCK, PAGE, licences, pins, sbom

ROOT = Path(__file__).parents[1]
PINS = list(pins(LOCK.read_text(encoding="utf-8")))
ADVISORIES = json.loads(STORED.read_text(encoding="utf-8"))


def test_no_stored_advisory_applies_to_a_locked_version() -> None:
    assert {pin.name: ids for pin in PINS if (ids := affected(pin, ADVISORIES))} == {}
    assert date.fromisoformat(ADVISORIES["as_of"]) <= date.today()
    assert len(ADVISORIES["advisories"]) > 20


@pytest.mark.parametrize(("name", "version"), [("litellm", "1.82.8"), ("litellm", "1.80.0"), ("urllib3", "1.26.4")])
def test_a_bad_release_would_be_noticed(name: str, version: str) -> None:
    pin = next(pin for pin in PINS if pin.name == name)
    assert affected(replace(pin, version=version), ADVISORIES)


def advisory(*events: dict[str, str], versions: tuple[str, ...] = ()) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    part = {"package": {"name": "Litellm"}, "ranges": ranges, "versions": list(versions)}
    return {"id": "PYSEC-0", "affected": [part]}


@pytest.mark.parametrize(
    ("told", "hit", "free"),
    [
        (advisory({"introduced": "1.2"}, {"fixed": "1.4"}), ("1.2", "1.3.9"), ("1.1", "1.4")),
        (advisory({"introduced": "0"}, {"last_affected": "1.4"}), ("0.1", "1.4"), ("1.4.1", "2")),
        (advisory({"introduced": "1.2"}), ("1.2", "9"), ("1.1",)),
        (advisory({"introduced": "0"}, {"fixed": "1"}, {"introduced": "2"}), ("0.9", "2", "3"), ("1", "1.9")),
        (advisory(versions=("1.82.7", "1.82.8")), ("1.82.7",), ("1.82.9",)),
    ],
)
def test_an_advisory_is_read_however_it_names_its_versions(
    told: dict[str, Any], hit: tuple[str, ...], free: tuple[str, ...]
) -> None:
    """Of one that ends with the last version affected nothing was kept, and it applied to none."""
    stored = {"advisories": list(entries_of(told))}
    pin = next(pin for pin in PINS if pin.name == "litellm")
    assert [bool(affected(replace(pin, version=version), stored)) for version in (*hit, *free)] == [
        *[True for _ in hit],
        *[False for _ in free],
    ]


def test_the_bill_of_materials_names_every_locked_package_with_its_hashes() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    made = sbom(lock)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert len(made["components"]) == len(re.findall(r"^\S+==", lock, re.M)) == len(PINS)
    purls = [component["purl"] for component in made["components"]]
    assert len(set(purls)) == len(purls)
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9-]+@[^@]+", purl) for purl in purls)
    assert sum(len(component["properties"]) for component in made["components"]) == lock.count("--hash=sha256:")
    assert made == sbom(lock)


@pytest.mark.skipif(sys.platform != "linux", reason="the page is made on Linux")
def test_the_page_of_licences_is_as_the_lock_says_and_none_is_unknown() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert said == licences(LOCK.read_text(encoding="utf-8"))
    assert "unknown" not in said
    assert not re.search(r"\bA?GPL", said)


def test_every_promise_names_a_test_that_exists() -> None:
    named = named_tests(RELIABILITY.read_text(encoding="utf-8"))
    assert named
    assert len(set(named)) == len(named)
    for test in named:
        file, _, function = test.partition("::")
        assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), test


def test_every_test_and_command_named_in_the_security_page_exists() -> None:
    said = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\d+\. .*(?:\n(?!\d+\.|\n).*)*", said, re.M)
    assert len(promises) >= 10
    assert all("`tests/" in promise for promise in promises)
    for named in re.findall(r"`((?:tests|docs|fixtures)/[^`]*)`", said):
        file, _, function = named.partition("::")
        assert (ROOT / file).exists(), named
        assert not function or f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), named
    made = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"`make ([\w-]+)", said)) <= set(made)
