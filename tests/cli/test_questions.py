"""`interviewer questions`: what it prints, what it keeps to itself, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewer.cli.group import commands
from interviewer.cli.plain import columns, wrapped

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "incident-reviews"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with a home of its own, 100 columns wide."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *args: CliRunner().invoke(commands, ["questions", *args])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The example as one of the user's packs."""
    home = tmp_path / "packs" / "incident-reviews"
    for path in EXAMPLE.rglob("*.yaml"):
        copy = home / path.relative_to(EXAMPLE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return home


def ids(result: Result) -> set[str]:
    assert result.exit_code == 0, result.output
    return {card["id"] for card in json.loads(result.stdout)["questions"]}


def test_alone_it_lists_every_question_one_a_line(run: Run) -> None:
    lines = run().stdout.splitlines()
    assert len(lines) == 52
    assert lines[0].split()[:2] == ["agent-oversight", "design"]
    assert max(map(len, lines)) <= 100


def test_a_list_keeps_to_a_narrow_screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "32")
    assert max(map(len, run("list").stdout.splitlines())) <= 32


def test_filters_narrow_the_list_together(run: Run) -> None:
    debates = ids(run("list", "--kind", "debate", "--json"))
    assert debates == {"debate-pace", "debate-open-weights", "debate-deceptive-alignment"}
    assert ids(run("--kind", "debate", "--text", "open weights", "--json")) == {"debate-open-weights"}
    assert ids(run("list", "--source", "004", "--kind", "behavioural", "--json")) < ids(
        run("list", "--source", "004", "--json")
    )
    assert "safety-over-speed" in ids(run("list", "--company", "anthropic", "--level", "entry", "--json"))
    assert "dp-in-rlhf" in ids(run("list", "--topic", "rlhf", "--role", "scientist", "--json"))


def test_a_kind_is_shown_as_everywhere_and_found_by_that_name_or_its_id(run: Run) -> None:
    behavioural = ids(run("list", "--kind", "Behavioural", "--json"))
    assert behavioural == ids(run("list", "--kind", "behavioral", "--json")) > {"disagreement"}
    assert "disagreement" in [line.split()[0] for line in run().stdout.splitlines() if line.split()[1] == "behavioural"]
    assert "Kind: Behavioural" in run("show", "disagreement").stdout
    assert "behavioural" in run("list", "--kind", "other").stderr


def test_a_question_open_to_any_company_is_listed_for_each(run: Run) -> None:
    everything = json.loads(run("list", "--json").stdout)["questions"]
    open_to_any = {card["id"] for card in everything if not card["companies"]}
    assert open_to_any
    assert open_to_any <= ids(run("list", "--company", "meta", "--json"))


@pytest.mark.parametrize("option", ["--kind", "--company", "--level", "--source"])
def test_a_filter_that_names_nothing_is_wrong_usage_and_says_what_there_is(run: Run, option: str) -> None:
    result = run("list", option, "x\x1b[31m")
    assert result.exit_code == 2
    assert "there are" in result.stderr
    assert "\x1b" not in result.output


def test_without_spoilers_a_candidate_sees_nothing_that_gives_a_point_away(run: Run) -> None:
    shown = " ".join(run("show", "misleading-high-stakes").stdout.split())
    whole = json.loads(run("show", "misleading-high-stakes", "--spoilers", "--json").stdout)
    assert whole["ask"] in shown
    secrets = [
        *whole["points"],
        whole["tests"],
        *whole["outline"]["steps"],
        *whole["hints"].values(),
        *whole["concepts"],
    ]
    secrets += [probe["ask"] for probe in whole["probes"]] + [flag["flag"] for flag in whole["red_flags"]]
    assert not [secret for secret in secrets if secret in shown]
    card = json.loads(run("show", "misleading-high-stakes", "--json").stdout)
    assert card.keys() == {"id", "title", "ask", "kind", "topics", "roles", "levels", "companies", "source", "weights"}


@pytest.mark.parametrize("name", ["misleading-high-stakes", "debate-pace", "why-this-role"])
def test_with_spoilers_everything_is_shown(run: Run, name: str) -> None:
    shown = " ".join(run("show", name, "--spoilers").stdout.split())
    whole = json.loads(run("show", name, "--spoilers", "--json").stdout)
    texts = [*whole["points"], whole["tests"], *whole["outline"]["steps"], *whole["hints"].values(), *whole["concepts"]]
    texts += [text for entry in (*whole["probes"], *whole["developments"]) for text in (entry["ask"],)]
    texts += [text for flag in whole["red_flags"] for text in (flag["flag"], flag["heard_as"])]
    texts += [text for side in whole["sides"] for text in (side["position"], *side["case"], side["concedes"])]
    texts += [text for claim in whole["check_this"] for text in claim.values()]
    assert [text for text in texts if " ".join(text.split()) not in shown.replace(" - ", " ")] == []
    assert shown.count("; from the source]") == sum(probe["documented"] for probe in whole["probes"])


def test_a_pack_s_question_is_listed_shown_and_checked_by_its_full_id(run: Run, pack: Path) -> None:
    assert ids(run("list", "--source", "incident-reviews", "--json")) == {
        "incident-reviews:near-miss",
        "incident-reviews:same-outage-twice",
    }
    shown = run("show", "incident-reviews:near-miss").stdout
    assert "The near miss (incident-reviews:near-miss)" in shown
    assert "Learning from incidents (5)" in shown
    assert run("check", str(pack)).exit_code == 0


def test_a_faulty_pack_file_is_mentioned_and_the_list_still_comes(run: Run, pack: Path) -> None:
    (pack / "prompts" / "questions" / "near-miss.yaml").write_text("[", encoding="utf-8")
    result = run("list", "--source", "incident-reviews")
    assert result.stdout.split()[0] == "incident-reviews:same-outage-twice"
    assert result.stderr == "Left out: 1 file or folder with faults; see `interviewer questions check`.\n"


def test_check_prints_file_line_field_and_expectation_and_ends_with_1(run: Run, pack: Path) -> None:
    path = pack / "prompts" / "questions" / "near-miss.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: all-luck", "ident: all-luck"), encoding="utf-8")
    result = run("check", str(path))
    line = path.read_text(encoding="utf-8").splitlines().index("  - ident: all-luck") + 1
    assert f"{path}:{line}: red_flags.0.ident: unknown key; did you mean `id`?" in result.stdout
    assert result.stdout.splitlines()[-1] == "2 faults in 1 file."
    assert result.exit_code == 1
    faults = json.loads(run("check", str(path), "--json").stdout)["problems"]
    assert {fault["field"] for fault in faults} == {"red_flags.0.ident", "red_flags.0.id"}


def test_check_reads_every_content_file_there_is(run: Run) -> None:
    there = {path for top in ("prompts", "rubrics") for path in (ROOT / top).rglob("*.yaml")}
    assert run("check").stdout == f"0 faults in {len(there)} files.\n"
    assert run("check", str(ROOT / "prompts" / "lines.yaml")).stdout == "0 faults in 1 file.\n"


@pytest.mark.parametrize("name", ["prompts/lines.yaml", "prompts/debate.yaml", "rubrics/told.yaml"])
def test_a_misspelt_key_in_any_of_our_files_is_a_fault(name: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours" / name
    path.parent.mkdir(parents=True)
    path.write_text(f"misspelt: yes\n{(ROOT / name).read_text(encoding='utf-8')}", encoding="utf-8")
    result = run("check", str(path))
    assert f"{path}:1: misspelt: unknown key" in result.stdout
    assert result.exit_code == 1


def test_check_of_a_path_that_is_not_there_is_wrong_usage(run: Run) -> None:
    assert run("check", "/no/such/pack").exit_code == 2


def test_nothing_in_a_pack_reaches_the_terminal_as_a_control_sequence(run: Run, pack: Path) -> None:
    path = pack / "prompts" / "questions" / "near-miss.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("title: The near miss", 'title: "The \\e]0;pwned\\a\\e[31mnear miss"')
    text = text.replace("  - What nearly happened", '  - "\\u009b2J\\u202e"\n  - What nearly happened')
    path.write_text(text.replace("id: culprit", '"\\e[2Jid": culprit'), encoding="utf-8")
    for args in (["list"], ["check"], ["show", "incident-reviews:same-outage-twice", "--spoilers"]):
        assert not set(run(*args).output) & set("\x1b\x9b\u202e\x07"), args
    path.write_text(text, encoding="utf-8")
    shown = run("show", "incident-reviews:near-miss", "--spoilers").output
    assert "The near miss" in shown
    assert not set(shown) & set("\x1b\x9b\u202e\x07")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["concepts"], "goodhart"),
        (["concepts", "rlhf"], "Where it fails"),
        (["checklist"], "Explain RLHF in ninety seconds"),
        (["stories"], "A boundary between teams"),
        (["values"], "Steerability"),
        (["companies"], "Google DeepMind"),
        (["companies", "anthropic"], "A strong signal there"),
        (["levels"], "staff"),
        (["levels", "senior"], "What strong answers hold"),
        (["levels", "senior"], "Answers are rated alike at every level"),
    ],
)
def test_what_else_the_bank_holds_can_be_read(run: Run, args: list[str], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert said in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_schemas_are_written_where_one_asks(run: Run, tmp_path: Path) -> None:
    assert run("schemas", str(tmp_path / "new" / "schemas")).exit_code == 0
    assert (tmp_path / "new" / "schemas" / "question.json").read_text(encoding="utf-8").startswith("{")


def test_listing_loads_neither_pydantic_nor_rich_nor_the_metadata_of_packages(tmp_path: Path) -> None:
    program = (
        "import sys; from interviewer.cli.questions import command; command(['list'], standalone_mode=False);"
        "print([name for name in ('pydantic', 'rich', 'httpx', 'importlib.metadata') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"INTERVIEWER_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(done.stdout.splitlines()) == 53


def test_columns_align_wide_letters_too() -> None:
    lines = columns([("a", "日本", "x"), ("bcd", "e", "long enough to cut")], 20)
    assert lines == ["a    日本  x", "bcd  e     long eno…"]


def test_a_broken_line_of_a_list_hangs_under_its_text() -> None:
    assert wrapped("- one two three\n\nfour five", 9) == "- one two\n  three\n\nfour five"
    assert wrapped("- 一二三 四五六", 9) == "- 一二三\n  四五六", "what is wide on a screen takes two columns"
