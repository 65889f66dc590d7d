"""Whatever stands in a content file, it is read within bounds or refused at its line, in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interviewer.bank.located import MOST_TOLD
from interviewer.bank.problems import ContentError, Problem
from interviewer.bank.reading import DEEPEST, LARGEST, LOADER, parse, read_model, read_text
from interviewer.bank.schema import Dimension, Question
from interviewer.bank.study import Concept, ValueMechanism

from .conftest import EXAMPLE

LEARNING = EXAMPLE / "rubrics" / "dimensions" / "learning.yaml"
NEAR_MISS = EXAMPLE / "prompts" / "questions" / "near-miss.yaml"


def refusal(text: str) -> Problem:
    with pytest.raises(ContentError) as caught:
        parse(text, Path("file.yaml"))
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def spoiled(tmp_path: Path, source: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path = tmp_path / source.name
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 100_000 + "x", "? " * 5000, "{a: " * 5000, "\x85".join(" " * n + "a:" for n in range(60))],
    ids=["brackets", "dashes", "keys", "braces", "indentation"],
)
def test_deep_nesting_is_refused_before_the_parser_dies_of_it(text: str) -> None:
    assert refusal(text).expected == "is nested too deeply"


def test_nesting_as_deep_as_allowed_is_read() -> None:
    assert parse("[" * DEEPEST + "]" * DEEPEST, Path("file.yaml"))


def test_aliases_are_refused_at_their_line() -> None:
    problem = refusal("a: &lol [1]\nb:\n  - *lol\n")
    assert problem.line == 3
    assert "aliases" in problem.expected


def test_a_star_in_prose_is_no_alias() -> None:
    assert parse("a: five * six, *truly*", Path("file.yaml")) == {"a": "five * six, *truly*"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: b: c", 1, "one colon too many"),
        ("a: 1\nb: 'open\n", 2, "quotation mark"),
        ("a: 1\n\tb: 2", 2, "not valid YAML"),
        ("a: @x", 1, "needs quotes"),
        ("a: [1, 2", 1, "comma or a closing square bracket"),
        ("a: !!python/object:os.system x", 1, "exclamation mark"),
        ("a: 1\n---\nb: 2", 2, "second YAML document"),
        ("a: 1\nb: \x07", 2, "control character"),
        ("a: 1\nb", 2, "lacks a colon"),
        ("? [a]: b", 1, "as a key"),
        ("a: 2026-13-45", 1, "cannot read"),
        ("a: !!timestamp x", 1, "cannot read"),
        ("a: !!int ''", 1, "cannot read"),
    ],
)
def test_yaml_that_does_not_parse_is_told_in_plain_words_at_its_line(text: str, line: int, said: str) -> None:
    problem = refusal(text)
    assert said in problem.expected
    assert problem.line == line


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(ContentError, match="larger than 512 KiB"):
        read_text(path)


def test_bytes_that_are_not_utf8_are_refused_at_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: x\ntitle: caf\u00e9\n".encode("latin-1"))
    with pytest.raises(ContentError, match=r"latin\.yaml:2: is not UTF-8"):
        read_text(path)


def test_a_file_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_text(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("title: The near miss", "titel: The near miss", "titel", "unknown key; did you mean `title`?"),
        ("title: The near miss", "title:", "title", "must not be empty"),
        ("title: The near miss", 'title: "  "', "title", "must not be empty"),
        ("title: The near miss", "title: 7", "title", "must be text"),
        ("kind: behavioral", "kind: behavioural", "kind", "must be one of 'stance', 'behavioral'"),
        ("topics: [incidents, learning]", "topics: []", "topics", "must have at least 1 entries"),
        ("topics: [incidents, learning]", "topics: incidents", "topics", "must be a list"),
        ("learning: 5,", "learning: 9,", "weights.learning", "must be at most 5"),
        ("learning: 5,", "learning: much,", "weights.learning", "must be a whole number"),
        ("ask: What was the first thing", "aks: What was the first thing", "probes.0.aks", "did you mean `ask`?"),
        ("seniority: [entry, mid,", "seniority: [entry, middle,", "seniority.1", "must be one of"),
        ("id: all-luck", "id: All Luck", "red_flags.0.id", "must be an id"),
        ("  - id: culprit", "  - culprit", None, "not valid YAML"),
    ],
)
def test_a_fault_is_found_at_its_line_and_field(tmp_path: Path, old: str, new: str, field: str, said: str) -> None:
    path = spoiled(tmp_path, NEAR_MISS, old, new)
    with pytest.raises(ContentError) as caught:
        read_model(path, Question)
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = next(number for number, line in enumerate(lines, 1) if new in line)
    problem = next(problem for problem in caught.value.problems if field is None or problem.field == field)
    assert said in problem.expected
    assert problem.line in ({expected} if field else {expected, expected + 1})


def test_a_missing_key_is_told_at_the_entry_that_lacks_it(tmp_path: Path) -> None:
    path = spoiled(tmp_path, NEAR_MISS, "    flag: Ends with a culprit.\n", "")
    with pytest.raises(ContentError) as caught:
        read_model(path, Question)
    lines = path.read_text(encoding="utf-8").splitlines()
    (problem,) = caught.value.problems
    assert (problem.field, problem.expected) == ("red_flags.1.flag", "is missing")
    assert problem.line == lines.index("  - id: culprit") + 1


def test_every_fault_of_a_file_is_told_and_not_only_the_first(tmp_path: Path) -> None:
    path = tmp_path / "concept.yaml"
    path.write_text("id: x\nname:\nsort: poem\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_model(path, Concept)
    assert {problem.field for problem in caught.value.problems} >= {"name", "sort", "what", "why", "fails", "checks"}


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "null"])
def test_a_file_that_is_no_mapping_is_told_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "concept.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"concept\.yaml:1: must be a mapping"):
        read_model(path, Concept)


def test_a_part_that_a_level_needs_and_nobody_wrote_is_told_at_that_level(tmp_path: Path) -> None:
    path = spoiled(tmp_path, LEARNING, "  4: [change]", "  4: [chaneg]")
    with pytest.raises(ContentError, match=r":40: levels\.4: unknown part 'chaneg'; the parts are sequence"):
        read_model(path, Dimension)


def test_a_part_that_a_floor_names_and_nobody_wrote_is_told_at_that_floor(tmp_path: Path) -> None:
    path = spoiled(tmp_path, LEARNING, "part: blame,", "part: blam,")
    with pytest.raises(ContentError, match=r":43: floors\.0: unknown part 'blam'"):
        read_model(path, Dimension)


@pytest.mark.parametrize(
    ("words", "instead", "told"),
    [
        ("  3: [conditions]\n", "", r":37: levels: what level 3 needs is missing"),
        ("  5: [held]\n", "", r":37: levels: what level 5 needs is missing"),
        ("levels:\n", "levels:\n  1: [sequence]\n", r":38: levels\.1: must be above the base, 1"),
        ("levels:\n", "base: 3\nlevels:\n", r":39: levels\.2: must be above the base, 3"),
        ("  4: [change]", "  4: []", r":40: levels\.4"),
        ("  4: [change]", "  4: [[]]", r":40: levels\.4\.0"),
        (
            "lifted_by: [conditions], to: 3",
            "lifted_by: [conditions]",
            r":43: floors\.0\.to: `lifted_by` and `to` go together",
        ),
        ("lifted_by: [conditions], to: 3", "to: 3", r":43: floors\.0\.lifted_by: `lifted_by` and `to` go together"),
        ("cap: 1,", "cap: 3,", r":43: floors\.0\.to: must be above the cap, 3"),
    ],
)
def test_a_rule_by_which_saying_more_could_never_raise_a_level_is_told(
    tmp_path: Path, words: str, instead: str, told: str
) -> None:
    path = spoiled(tmp_path, LEARNING, words, instead)
    with pytest.raises(ContentError, match=told):
        read_model(path, Dimension)


def test_a_debate_without_two_sides_is_refused(tmp_path: Path) -> None:
    path = spoiled(tmp_path, NEAR_MISS, "kind: behavioral", "kind: debate")
    with pytest.raises(ContentError, match="sides: a debate needs two of them"):
        read_model(path, Question)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("id: all-luck", "ident: all-luck", "id"),
        ("  nudge: Pick a day", "  sides: Pick a day", None),
        ("outline:\n  pattern:", "outline:\n  patern:", "pattern"),
    ],
)
def test_only_keys_that_may_stand_there_are_offered(tmp_path: Path, old: str, new: str, meant: str | None) -> None:
    path = spoiled(tmp_path, NEAR_MISS, old, new)
    with pytest.raises(ContentError) as caught:
        read_model(path, Question)
    unknown = next(problem for problem in caught.value.problems if "unknown key" in problem.expected)
    assert unknown.expected.endswith(f"did you mean `{meant}`?" if meant else "see docs/packs.md")


def test_an_unknown_key_that_looks_like_a_type_is_still_named(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text("value: Humility\nmechanisms: [one, two]\nwhy[[[: there\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_model(file, ValueMechanism)
    [problem] = caught.value.problems
    assert (problem.line, problem.field) == (3, "why[[[")


def test_of_thousands_of_faults_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    """Each looked up in a file of so many keys, they would take minutes."""
    file = tmp_path / "question.yaml"
    file.write_text("".join(f"k{number}: 1\n" for number in range(4_000)))
    with pytest.raises(ContentError) as caught:
        read_model(file, Question)
    assert len(caught.value.problems) == MOST_TOLD + 1
    assert "has 3,9" in str(caught.value.problems[-1])


def test_bundled_files_read_the_same_where_pyyaml_was_built_without_libyaml() -> None:
    house = Path(__file__).parents[2]
    for path in [*(house / "prompts").rglob("*.yaml"), *(house / "rubrics").rglob("*.yaml")]:
        text = path.read_text(encoding="utf-8")
        assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, LOADER), path.name
