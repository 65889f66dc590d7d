"""The wheel that users install: whole, small, the same each time, and able to hold an interview by itself."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from itertools import chain
from pathlib import Path

import pytest

from interviewer.bank.catalogue import Catalogue
from interviewer.bank.checking import SECTIONS
from interviewer.bank.library import Bank
from interviewer.bank.packs import Pack, bundled
from interviewer.bank.reading import read_bytes

ROOT = Path(__file__).parents[1]
EPOCH = "1760000000"
ANSWER = "I stopped the release for two days and wrote a scan; it found 212 names in 40,000 records."


def build(folder: Path) -> Path:
    """A wheel of this checkout, built as pip builds it."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_prompts_rubrics_and_gold(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "interviewer/prompts/questions.yaml" in names
    assert "interviewer/rubrics/cues/gates.yaml" in names
    assert "interviewer/gold/dev.jsonl" in names
    assert "interviewer/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/", "benchmarks/"))]


def test_the_wheel_brings_the_man_page(wheel: Path) -> None:
    assert any(name.endswith(".data/data/share/man/man1/interviewer.1") for name in zipfile.ZipFile(wheel).namelist())


def test_the_wheel_stays_under_a_million_bytes(wheel: Path) -> None:
    assert wheel.stat().st_size <= 1_000_000


def test_content_is_read_from_the_wheel_to_the_byte_as_from_its_folders(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    packed = Pack("", tmp_path / "interviewer", installed=True)

    def held(pack: Pack, section: str) -> list[tuple[str, bytes]]:
        return [(path.name, read_bytes(path)) for path in pack.files(section)]

    assert {section: held(packed, section) for section in SECTIONS} == {
        section: held(bundled(), section) for section in SECTIONS
    }
    assert Bank(Catalogue([packed])).concept("misuse") == Bank(Catalogue([bundled()])).concept("misuse")


def test_the_gold_in_the_wheel_holds_only_what_calibrate_reads(wheel: Path) -> None:
    lines = zipfile.ZipFile(wheel).read("interviewer/gold/dev.jsonl").splitlines()
    assert {*chain.from_iterable(map(json.loads, lines))} == {"id", "question_id", "question", "thread", "ratings"}


def test_two_builds_are_the_same_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    again = build(tmp_path)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_an_interview_runs_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "clean", with_pip=False, symlinks=True)
    site = next((tmp_path / "clean").glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # Its dependencies, without this checkout's own editable install.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    done = subprocess.run(
        [tmp_path / "clean" / "bin" / "python", "-m", "interviewer", "safety-over-speed", "--no-save"],
        input=ANSWER,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"INTERVIEWER_HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Scorecard" in done.stdout
    where = subprocess.run(
        [tmp_path / "clean" / "bin" / "python", "-c", "import interviewer; print(interviewer.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert str(site) in where.stdout


def test_locked_dependencies_carry_hashes_and_no_addresses() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-build.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_the_malicious_litellm_releases_are_excluded_by_name() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "!=1.82.7" in text
    assert "!=1.82.8" in text


def test_nothing_installed_runs_at_every_start_of_python_that_is_not_known() -> None:
    known = {"distutils-precedence.pth", "_virtualenv.pth"}
    found = {path.name for path in Path(sysconfig.get_path("purelib")).glob("*.pth")}
    ours = {name for name in found if "interviewer" in name}
    assert found - known - ours == set()
