"""`check` tells the author of a pack everything that is wrong, where it stands, and what was expected."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from interviewer.bank.checking import check_everything, check_path
from interviewer.bank.library import Bank

from .conftest import ROOT


def spoil(path: Path, old: str, new: str) -> int:
    """Replaces the text, and returns the line at which it now stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_example_pack_has_no_faults(packs: Path) -> None:
    report = check_path(packs / "incident-reviews")
    assert (report.files, report.problems) == (5, ())


def test_a_folder_of_packs_is_checked_pack_by_pack(packs: Path) -> None:
    assert check_path(packs).files == 5


def test_everything_includes_the_user_s_packs(packs: Path) -> None:
    assert check_everything(packs).files == check_everything().files + 5


def test_the_bundled_content_can_be_checked_by_its_folder_and_by_file() -> None:
    assert check_path(ROOT).files == check_everything().files
    assert check_path(ROOT / "prompts" / "questions" / "why-safety.yaml").problems == ()
    assert check_path(ROOT / "rubrics" / "preparation.yaml").problems == ()
    assert check_path(ROOT / "rubrics" / "seniority.yaml").problems == ()


def test_a_file_outside_any_pack_is_read_as_a_question(tmp_path: Path) -> None:
    text = (ROOT / "prompts" / "questions" / "why-safety.yaml").read_text(encoding="utf-8")
    path = tmp_path / "why-safety.yaml"
    path.write_text(text, encoding="utf-8")
    assert check_path(path).problems == ()


FIRST_ASK = "What was the first thing that looked wrong to you?"


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (
            "learning: 5, owner",
            "learnin: 5, owner",
            "weights.learnin",
            "there is no dimension 'learnin'; did you mean `le",
        ),
        ("    part: bounded", "    part: bonded", "probes.4.part", "'evidence' has no part 'bonded'; it has mention"),
        ("dimension: evidence", "dimension: humility", "probes.4.dimension", "which `weights` does not rate"),
        ("dimension: evidence", "dimension: evidense", "probes.4.dimension", "did you mean `evidence`?"),
        ("blameless-review, inc", "blameles-review, inc", "concepts.0", "did you mean `blameless-review`?"),
        ("source: incident", "companies: [antropic]\nsource: incident", "companies.0", "did you mean `anthropic`?"),
        ("  - id: culprit", "  - id: all-luck", "red_flags.1.id", "is the same as that of red_flags.0"),
        ("title: The near miss", "topics: [x]\ntitle: The near miss", "topics", "stands twice, again on line"),
        (FIRST_ASK, "Did something look wrong?", "probes.0.ask", "can be answered with yes or no"),
        (FIRST_ASK, "Great. What looked wrong?", "probes.0.ask", "praises ('great')"),
        (FIRST_ASK, "What was the timeline?", "probes.0.ask", "gives away 'timeline'"),
        (FIRST_ASK, "What looked wrong? And why?", "probes.0.ask", "has 2 question marks, not one"),
        (FIRST_ASK, "Tell me more.", "probes.0.ask", "has 0 question marks, not one"),
        (FIRST_ASK, "You said {words}. What then?", "probes.0.ask", "the only slot is {quote}"),
        (
            f"ask: {FIRST_ASK}",
            "quotes: deed\n    ask: What was it?",
            "probes.0.quotes",
            "goes with {quote}, which `ask` does not",
        ),
        (FIRST_ASK, "What " + "very " * 30 + "odd thing was it?", "probes.0.ask", "more than 30"),
        ("after: learning.change", "after: learning.chance", "sub_questions.0.after", "has no part 'chance'"),
        ("after: learning.change", "after: humility.limit", "sub_questions.0.after", "which `weights` does not rate"),
        ("ask: what did you do with it?", "ask: did you act?", "sub_questions.0.ask", "answered with yes or no"),
        (FIRST_ASK, "Surely you saw what it was?", "probes.0.ask", "leads ('surely')"),
    ],
)
def test_a_fault_of_a_question_is_told_at_its_line(near_miss: Path, old: str, new: str, field: str, said: str) -> None:
    line = spoil(near_miss, old, new)
    problems = [problem for problem in check_path(near_miss).problems if problem.field == field]
    assert problems
    assert said in problems[0].expected
    assert problems[0].line == line


def test_probes_for_a_dimension_that_the_pack_does_not_bring_are_told(packs: Path) -> None:
    probes = packs / "incident-reviews" / "prompts" / "probes"
    (probes / "learning.yaml").rename(probes / "evidence.yaml")
    faults = check_path(packs).problems
    assert any("must be the file's name, 'evidence'" in fault.expected for fault in faults)
    path = probes / "evidence.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("dimension: learning", "dimension: evidence"), "utf-8")
    assert any("is no dimension of this pack" in fault.expected for fault in check_path(packs).problems)


def test_a_probe_under_the_heading_of_another_part_is_told(packs: Path) -> None:
    path = packs / "incident-reviews" / "prompts" / "probes" / "learning.yaml"
    line = spoil(path, "part: held, ask", "part: change, ask")
    (fault,) = check_path(packs).problems
    assert (fault.line, fault.field) == (line, "probes.held.0")


def test_a_fault_in_an_area_is_told_at_its_line(packs: Path, area: Path) -> None:
    assert check_path(packs).problems == check_path(area).problems == ()
    line = spoil(area, "incident-command", "incident-comand")
    (fault,) = check_path(area).problems
    assert (fault.line, fault.field) == (line, "concepts.0.questions.1")
    assert "did you mean `incident-command`?" in fault.expected


def test_a_concept_that_two_files_bring_is_told_in_the_area(packs: Path, area: Path) -> None:
    line = spoil(area, "id: swiss-cheese", "id: blameless-review")
    assert [*check_path(packs).problems] == [*check_path(area).problems]
    (fault,) = check_path(packs).problems
    assert (fault.file, fault.line, fault.field) == (area, line, "concepts.0.id")
    assert "concepts/blameless-review.yaml" in fault.expected
    area.write_text(area.read_text("utf-8").replace("id: blameless-review", "id: swiss:cheese"), encoding="utf-8")
    assert ["name of a pack" in fault.expected for fault in check_path(area).problems] == [True]


@pytest.mark.parametrize("opening", ['- id: "swiss-cheese"  # of Reason', "- id:   'swiss-cheese'"])
def test_a_card_of_an_area_is_found_however_its_id_is_written(packs: Path, area: Path, opening: str) -> None:
    spoil(area, "- id: swiss-cheese", opening)
    assert check_path(area).problems == ()


def test_a_card_that_does_not_open_with_its_id_is_told(packs: Path, area: Path) -> None:
    spoil(area, "- id: swiss-cheese\n    name: Swiss cheese", "- name: Swiss cheese\n    id: swiss-cheese")
    (fault,) = check_path(area).problems
    assert (fault.line, fault.field) == (3, "concepts.0.id")
    assert 'must open its card, on a line of its own: "- id: swiss-cheese"' in fault.expected


def test_a_dimension_named_as_a_bundled_one_is_a_clash(packs: Path) -> None:
    dimensions = packs / "incident-reviews" / "rubrics" / "dimensions"
    text = (dimensions / "learning.yaml").read_text(encoding="utf-8")
    (dimensions / "humility.yaml").write_text(text.replace("id: learning", "id: humility"), encoding="utf-8")
    (fault,) = check_path(packs).problems
    assert (fault.line, fault.field) == (2, "id")
    assert "bundled dimension" in fault.expected


def test_a_file_that_would_never_be_read_is_told(packs: Path) -> None:
    root = packs / "incident-reviews"
    (root / "prompts" / "question").mkdir()
    stray = root / "prompts" / "question" / "lost.yaml"
    stray.write_text("id: lost\n", encoding="utf-8")
    (root / "prompts" / "questions" / "other.yml").write_text("id: other\n", encoding="utf-8")
    faults = check_path(root).problems
    assert {fault.file for fault in faults} == {stray, root / "prompts" / "questions" / "other.yml"}
    assert all("is not read here" in fault.expected for fault in faults)
    assert "is not read here" in check_path(stray).problems[0].expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_only_looks_like_a_file_is_named_and_waits_for_nobody(packs: Path) -> None:
    questions = packs / "incident-reviews" / "prompts" / "questions"
    os.mkfifo(questions / "pipe.yaml")
    (questions / "nowhere.yaml").symlink_to("gone.yaml")
    (questions / "folder.yaml").mkdir()
    report = check_path(packs / "incident-reviews")
    said = {problem.file.name: problem.expected for problem in report.problems}
    assert "is a folder" in said.pop("folder.yaml")
    assert set(said) == {"pipe.yaml", "nowhere.yaml"}
    assert all("a pipe or the like" in each for each in said.values())
    assert "a pipe or the like" in check_path(questions / "pipe.yaml").problems[0].expected


def test_no_link_out_of_a_pack_is_followed(packs: Path, tmp_path: Path) -> None:
    """A pack of somebody else's would have lines of any file shown, by `questions check` and in the list."""
    root, secret = packs / "incident-reviews", tmp_path / "secret.yaml"
    secret.write_text("id: leak\ntitle: CANARY\nask: CANARY [\n", encoding="utf-8")
    questions = root / "prompts" / "questions"
    (questions / "leak.yaml").symlink_to(secret)
    shutil.move(questions / "near-miss.yaml", root / "near-miss.yaml")
    (questions / "near-miss.yaml").symlink_to(root / "near-miss.yaml")  # within the pack a link may be
    (root / "rubrics" / "profiles").symlink_to(tmp_path)
    report = check_path(packs)
    assert {fault.file.name for fault in report.problems} == {"leak.yaml", "profiles"}
    (fault,) = check_path(questions / "leak.yaml").problems
    assert all("leads out of the pack" in each.expected for each in (*report.problems, fault))
    bank = Bank.open(packs)
    assert "incident-reviews:near-miss" in bank.cards
    assert "incident-reviews:leak" not in bank.cards
    assert bank.catalogue.problems == []
    shutil.move(root / "prompts", tmp_path / "elsewhere")
    (root / "prompts").symlink_to(tmp_path / "elsewhere")
    assert root / "prompts" in {fault.file for fault in check_path(packs).problems}
    assert "incident-reviews:same-outage-twice" not in Bank.open(packs).cards


def test_a_faulty_file_does_not_stop_the_check_of_the_others(packs: Path, near_miss: Path) -> None:
    near_miss.write_text("[", encoding="utf-8")
    other = near_miss.with_name("same-outage-twice.yaml")
    spoil(other, "part: bearer", "part: barer")
    assert {fault.file for fault in check_path(packs).problems} == {near_miss, other}


def test_a_dimension_that_cannot_be_read_is_told_once_and_not_in_every_question(packs: Path) -> None:
    path = packs / "incident-reviews" / "rubrics" / "dimensions" / "learning.yaml"
    spoil(path, '  1: "Blames', '  9: "Blames')
    assert {fault.file for fault in check_path(packs).problems} == {path}


def test_a_folder_that_is_no_pack_is_told_so(tmp_path: Path) -> None:
    (fault,) = check_path(tmp_path).problems
    assert "holds neither prompts/ nor rubrics/" in fault.expected


def test_a_folder_whose_name_cannot_be_a_namespace_is_told_so(packs: Path) -> None:
    odd = packs / "Incident_Reviews"
    (packs / "incident-reviews").rename(odd)
    (fault,) = check_path(odd).problems
    assert "must be named in lower-case letters" in fault.expected
    (fault,) = check_path(odd / "prompts" / "questions" / "near-miss.yaml").problems
    assert "must be named in lower-case letters" in fault.expected
