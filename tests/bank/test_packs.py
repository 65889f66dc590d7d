"""Packs add to the bank from a folder or an installed package, under names of their own, and never disturb the rest."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from interviewer.bank.catalogue import CONCEPTS, Catalogue
from interviewer.bank.library import Bank, NotInBank
from interviewer.bank.packs import ENTRY_POINTS
from interviewer.bank.problems import ContentError

from .conftest import EXAMPLE


def install(site: Path, *, name: str, package: str, holds_pack: bool = True) -> None:
    """What an installer leaves behind: the package, and its metadata with the entry point."""
    if holds_pack:
        shutil.copytree(EXAMPLE, site / package)
        (site / package / "__init__.py").write_text("raise RuntimeError('imported')\n", encoding="utf-8")
    metadata = site / f"{package}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{name} = {package}\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path for packages."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_a_folder_of_packs_adds_questions_under_the_pack_s_name(packs: Path) -> None:
    bank = Bank.open(packs)
    assert bank.cards["incident-reviews:near-miss"].title == "The near miss"
    assert "safety-over-speed" in bank.cards
    assert bank.catalogue.problems == []


def test_a_pack_s_question_rates_its_own_dimension_and_bundled_ones(packs: Path) -> None:
    bank = Bank.open(packs)
    question = bank.question("incident-reviews:near-miss")
    assert [asked.after for asked in question.sub_questions] == ["incident-reviews:learning.change"]
    assert list(question.weights) == ["incident-reviews:learning", "ownership", "evidence"]
    assert bank.cards[question.id].weights == question.weights
    assert [bank.dimension(name).id for name in question.weights] == list(question.weights)
    assert {probe.dimension for probe in question.probes} == set(question.weights)


def test_a_dimension_of_a_pack_has_probes_of_its_own(packs: Path) -> None:
    bank = Bank.open(packs)
    probes = bank.probes("incident-reviews:learning")
    assert set(probes) == {"sequence", "conditions", "change", "held"}
    assert {probe.dimension for variants in probes.values() for probe in variants} == {"incident-reviews:learning"}


def test_a_pack_refers_to_its_own_concepts_first_and_to_bundled_ones_otherwise(packs: Path) -> None:
    bank = Bank.open(packs)
    concepts = bank.question("incident-reviews:near-miss").concepts
    assert concepts == ("incident-reviews:blameless-review", "incident-response")
    assert bank.concept(concepts[0]).questions[:1] == ("incident-reviews:near-miss",)
    assert bank.concept(concepts[0]).questions[-1] == "incident-command"


def test_a_pack_may_keep_concepts_of_an_area_in_one_file(packs: Path, area: Path) -> None:
    bank = Bank.open(packs)
    assert bank.catalogue.names(CONCEPTS)[-2:] == ("incident-reviews:blameless-review", "incident-reviews:swiss-cheese")
    assert bank.concept("incident-reviews:swiss-cheese").questions == ("incident-reviews:near-miss", "incident-command")
    assert bank.catalogue.own(bank.catalogue.packs["incident-reviews"], CONCEPTS)["swiss-cheese"] == area


def test_an_area_that_cannot_be_read_takes_nothing_else_with_it(packs: Path, area: Path) -> None:
    area.write_text(area.read_text("utf-8") + "  - id: [\n", encoding="utf-8")
    bank = Bank.open(packs)
    assert bank.question("incident-reviews:near-miss").concepts[0] == "incident-reviews:blameless-review"
    assert bank.concept("incident-reviews:blameless-review").name == "Blameless review"
    with pytest.raises(ContentError, match=r"causes\.yaml:12: is not valid YAML"):
        bank.concept("incident-reviews:swiss-cheese")


def test_a_pack_may_bring_a_company_with_favourites_of_its_own(packs: Path) -> None:
    profiles = packs / "incident-reviews" / "rubrics" / "profiles"
    profiles.mkdir()
    (profiles / "acme.yaml").write_text(
        "id: acme\nname: Acme\nsafety_weight: 3\nweights: {learning: 1.5, evidence: 1.2}\n"
        "favourites: [near-miss, why-safety]\nstrong_signal: Tells of a near miss unasked.\n",
        encoding="utf-8",
    )
    profile = Bank.open(packs).profile("incident-reviews:acme")
    assert profile.id == "incident-reviews:acme"
    assert profile.weights == {"incident-reviews:learning": 1.5, "evidence": 1.2}
    assert profile.favourites == ("incident-reviews:near-miss", "why-safety")


def test_a_faulty_question_is_left_out_and_the_rest_stays(packs: Path, near_miss: Path) -> None:
    near_miss.write_text("id: near-miss\ntitle: [\n", encoding="utf-8")
    bank = Bank.open(packs)
    assert "incident-reviews:near-miss" not in bank.cards
    assert "incident-reviews:same-outage-twice" in bank.cards
    assert [(problem.file, problem.line) for problem in bank.catalogue.problems] == [(near_miss, 2)]


def test_a_fault_below_the_card_does_not_keep_a_question_from_the_list(packs: Path, near_miss: Path) -> None:
    head, _, _ = near_miss.read_text(encoding="utf-8").partition("\ntests:")
    near_miss.write_text(head + "\ntests: [[[ not read for a list\n", encoding="utf-8")
    bank = Bank.open(packs)
    assert "incident-reviews:near-miss" in bank.cards
    assert bank.catalogue.problems == []
    with pytest.raises(ContentError, match=r"near-miss\.yaml:\d+: is not valid YAML"):
        bank.question("incident-reviews:near-miss")


def test_an_id_that_is_not_the_file_s_name_is_a_fault_at_its_line(packs: Path, near_miss: Path) -> None:
    near_miss.write_text(near_miss.read_text(encoding="utf-8").replace("id: near-miss", "id: nearmiss"), "utf-8")
    catalogue = Catalogue.open(packs)
    assert "incident-reviews:nearmiss" not in catalogue.cards
    assert [problem.field for problem in catalogue.problems] == ["id"]


def test_a_folder_that_cannot_be_a_namespace_is_told(packs: Path) -> None:
    (packs / "My Pack").mkdir()
    assert ["must be named" in str(problem) for problem in Catalogue.open(packs).problems] == [True]


def test_hidden_folders_beside_packs_are_left_alone(packs: Path) -> None:
    (packs / ".git").mkdir()
    (packs / "__pycache__").mkdir()
    assert Catalogue.open(packs).problems == []


def test_an_installed_package_adds_its_pack_without_being_imported(site: Path) -> None:
    install(site, name="reviews", package="interviewer_reviews")
    bank = Bank.open()
    assert bank.question("reviews:near-miss").source == "incident-reviews"
    assert bank.dimension("reviews:learning").id == "reviews:learning"
    assert "interviewer_reviews" not in sys.modules


def test_a_package_that_is_announced_and_not_there_is_told(site: Path) -> None:
    install(site, name="gone", package="interviewer_gone", holds_pack=False)
    problems = Bank.open().catalogue.problems
    assert [str(problem) for problem in problems] == [
        "interviewer_gone: gone: must name an installed top-level package that holds the pack"
    ]


def test_a_name_inside_another_package_is_refused_because_finding_it_would_import(site: Path) -> None:
    install(site, name="inner", package="interviewer_outer")
    entry = site / "interviewer_outer-1.0.dist-info" / "entry_points.txt"
    entry.write_text(f"[{ENTRY_POINTS}]\ninner = interviewer_outer.inner\n", encoding="utf-8")
    assert "top-level" in str(Bank.open().catalogue.problems[0])


def test_two_packs_of_one_name_are_a_clash_and_the_first_stays(packs: Path, site: Path) -> None:
    install(site, name="incident-reviews", package="interviewer_reviews")
    catalogue = Catalogue.open(packs)
    assert catalogue.packs["incident-reviews"].root == packs / "incident-reviews"
    assert "already named 'incident-reviews'" in catalogue.problems[0].expected


@pytest.mark.parametrize(
    "name",
    ["no-such", "incident-reviews:no-such", "nopack:near-miss", "../near-miss", "", ":", "a" * 5000, "\0", "a:b:c"],
)
def test_an_id_that_leads_nowhere_is_told_plainly(packs: Path, name: str) -> None:
    with pytest.raises(NotInBank, match="There is no question"):
        Bank.open(packs).question(name)


def test_what_no_command_lists_is_named_where_a_name_is_wrong() -> None:
    with pytest.raises(
        NotInBank, match=r"There is no dimension 'nodim'\. The dimensions are collaboration, .*humility"
    ):
        Bank.open().dimension("nodim")


def test_a_near_miss_of_an_id_is_offered(packs: Path) -> None:
    with pytest.raises(NotInBank, match="incident-reviews:near-miss"):
        Bank.open(packs).question("incident-reviews:nearmiss")


def test_a_pack_that_adds_a_dimension_changes_the_rubric_of_its_own_ratings_alone(packs: Path) -> None:
    without, with_pack = Bank.open(), Bank.open(packs)
    own = with_pack.rubric_hash(["evidence", "incident-reviews:learning"])

    assert with_pack.rubric_hash(["evidence"]) == without.rubric_hash(["evidence", "humility"]) != own
    assert with_pack.judge_hash("judge.yaml") == without.judge_hash("judge.yaml")

    learning = packs / "incident-reviews" / "rubrics" / "dimensions" / "learning.yaml"
    learning.write_text(learning.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert Bank.open(packs).rubric_hash(["incident-reviews:learning"]) != own
