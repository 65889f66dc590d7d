"""However a pack's file is damaged, what comes of it is the file as data or located problems, and never a traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.bank.catalogue import Catalogue
from interviewer.bank.checking import check_path
from interviewer.bank.library import Bank, NotInBank
from interviewer.bank.packs import Pack, bundled
from interviewer.bank.problems import ContentError
from interviewer.bank.reading import LOADER

from .conftest import EXAMPLE

FILES = sorted(path.relative_to(EXAMPLE) for path in EXAMPLE.rglob("*.yaml"))
QUESTION, DIMENSION = Path("prompts/questions/near-miss.yaml"), Path("rubrics/dimensions/learning.yaml")
TEXTS = {file: (EXAMPLE / file).read_text(encoding="utf-8") for file in FILES}
ODD = ["*x", "&x", "- - -", "? ", "[" * 60, "{" * 60, "!!int z", "<<: 3", "\t", "\x00", "%YAML 9", "---", '"', "\ud7ff"]

BREAKS = re.compile(rb"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]")
"""What YAML takes for the end of a line."""

LIBRARIES = re.compile("input_value|Input should|Field required|<unicode string>|(?i:pydantic|yaml\\.)")
"""Words of pydantic and PyYAML, which no author of a pack should have to read."""

quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack's folder with the example's files, one of which each trial replaces."""
    folder = tmp_path_factory.mktemp("packs") / "spoiled"
    for file, text in TEXTS.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def try_everything(root: Path, file: Path, content: bytes) -> None:
    """Lists, loads and checks the pack with this content in one of its files."""
    path = root / file
    path.write_bytes(content)
    try:
        bank = Bank(Catalogue([bundled(), Pack("spoiled", root)]))
        assert "safety-over-speed" in bank.cards
        for name in (name for name in bank.cards if name.startswith("spoiled:")):
            with suppress(ContentError, NotInBank):
                for dimension in bank.question(name).weights:
                    bank.dimension(dimension)
                    bank.probes(dimension)
        for problem in (*check_path(root).problems, *check_path(path).problems):
            assert problem.file.is_relative_to(root)
            assert problem.line is not None
            assert 1 <= problem.line <= 1 + len(BREAKS.findall(problem.file.read_bytes()))
            assert problem.expected
            assert not LIBRARIES.search(problem.expected)
    finally:
        path.write_text(TEXTS[file], encoding="utf-8")


@quick
@given(file=st.sampled_from(FILES), at=st.floats(0, 1), cut=st.integers(0, 40), put=st.binary(max_size=20))
def test_bytes_changed_anywhere_do_no_harm(root: Path, file: Path, at: float, cut: int, put: bytes) -> None:
    raw = TEXTS[file].encode()
    start = int(at * len(raw))
    try_everything(root, file, raw[:start] + put + raw[start + cut :])


@quick
@given(file=st.sampled_from(FILES), at=st.floats(0, 1), put=st.sampled_from(ODD), times=st.integers(1, 3))
def test_odd_yaml_in_the_middle_of_a_line_does_no_harm(root: Path, file: Path, at: float, put: str, times: int) -> None:
    text = TEXTS[file]
    start = int(at * len(text))
    try_everything(root, file, (text[:start] + put * times + text[start:]).encode())


@quick
@given(file=st.sampled_from(FILES), data=st.data())
def test_lines_indented_otherwise_dropped_or_doubled_do_no_harm(root: Path, file: Path, data: st.DataObject) -> None:
    lines = TEXTS[file].splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    kinds = [[], [line, line], [" " * data.draw(st.integers(0, 60)) + line.lstrip()], ["\t" + line]]
    lines[at : at + 1] = data.draw(st.sampled_from(kinds))
    try_everything(root, file, "\n".join(lines).encode())


@quick
@given(file=st.sampled_from(FILES), data=st.data())
def test_keys_and_values_of_other_kinds_do_no_harm(root: Path, file: Path, data: st.DataObject) -> None:
    content = yaml.load(TEXTS[file], Loader=LOADER)
    holder, key = data.draw(st.sampled_from(list(places(content))))
    if data.draw(st.booleans()):
        holder[key] = data.draw(anything)
    elif isinstance(holder, dict):
        holder[data.draw(st.text(max_size=6))] = holder.pop(key)
    else:
        del holder[key]
    try_everything(root, file, yaml.safe_dump(content, allow_unicode=True).encode())


OTHERS = {
    "empty": b"",
    "utf-16": "id: x".encode("utf-16"),
    "deep": b"[" * 300_000,
    "colons": b"a: " * 9,
    "huge": b"#" * 600_000,
    "alias": b"{a: &a [1], b: *a}",
    "digits": b"9" * 9000,
    "id-is-a-mapping": b"{id: {}}",
}


@pytest.mark.parametrize("file", [QUESTION, DIMENSION], ids=str)
@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS.keys())
def test_something_else_altogether_does_no_harm(root: Path, file: Path, content: bytes) -> None:
    try_everything(root, file, content)


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key in the data."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    for key in keys:
        yield node, key
        yield from places(node[key])
