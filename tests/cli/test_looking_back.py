"""`review`, `export`, `import`, `progress`, `next`, `compare` and `dispute` over stored interviews."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from interviewer.bank.library import Bank
from interviewer.cli.group import commands
from interviewer.errors import PlainError
from interviewer.rating.rescoring import GONE
from interviewer.report.archive import read_archive
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.history import FORM
from interviewer.session.records import checksum
from interviewer.session.store import Store
from interviewer.session.transcript import fold
from tests.report import sample, short
from tests.session.conftest import hold_interview

Call = Callable[..., Result]
SAID = ("caught", "last May")
"""Words of the answers of which every format has some: a table has one quote a level."""


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.open()


@pytest.fixture(scope="module")
def rich(bank: Bank) -> list[Event]:
    return sample.rich(bank)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def call(home: Path) -> Call:
    def done(*arguments: str | Path, given: str = "") -> Result:
        return CliRunner().invoke(commands, [str(each) for each in arguments], input=given)

    return done


@pytest.fixture
def store(home: Path) -> Path:
    return home / "sessions" / "sessions.db"


def held(path: Path, *events: Event) -> str:
    with Store.open(path) as store:
        return hold_interview(store, *events)


def stored(path: Path, name: str) -> list[Event]:
    with Store.open(path) as store:
        return store.events(name)


# --- review -----------------------------------------------------------------------------------------------


def test_review_in_full_marks_quotes_where_they_were_said(call: Call, store: Path, rich: list[Event]) -> None:
    held(store, *rich)
    short_card, full = call("review"), call("review", "--full")
    assert (short_card.exit_code, full.exit_code) == (0, 0)
    assert full.output.startswith("Scorecard\nOverall")
    flat = " ".join(full.output.split())
    for promised in (
        "«I proposed rolling back",
        "Why this was asked",
        "A 5: As 4, and",
        "2 on the first answer",
        "the two readers disagree",
        "uncertain, readings lie 2 apart",
        "1 not scored",
        "Facts to go and find",
        "disputed: I was asked for",
        "Other readings on record",
    ):
        assert promised in flat
    assert "«" not in short_card.output
    assert len(full.output) > 2 * len(short_card.output)


@pytest.mark.parametrize(
    ("form", "said"), [("text", "+ is probably met"), ("md", "Probably met: "), ("html", "<h4>Probably met</h4>")]
)
def test_what_only_rules_have_found_is_told_as_probable_and_as_an_estimate(
    call: Call, store: Path, bank: Bank, form: str, said: str
) -> None:
    held(store, *sample.held(bank, ("23dvxl8i",), judged=False))
    done = call("review", "--format", form, "--out", store.parent / "card")
    told = " ".join((store.parent / "card").read_text(encoding="utf-8").split())
    assert done.exit_code == 0
    assert said in told
    assert "6 of 10 quotes are not the one that a careful reader would give" in told
    full = " ".join(call("review", "--full").output.split())
    assert "probably met: " in full
    assert "met: " not in full.replace("probably met: ", "")


@pytest.mark.parametrize("form", ["text", "md", "html", "json", "csv"])
def test_review_writes_every_format_to_a_private_file(
    call: Call, store: Path, bank: Bank, tmp_path: Path, form: str
) -> None:
    held(store, *short.events(bank))
    done = call("review", "--format", form, "--out", tmp_path / "card")
    assert done.exit_code == 0
    text = (tmp_path / "card").read_text(encoding="utf-8")
    assert any(words in text for words in SAID)
    assert (tmp_path / "card").stat().st_mode & 0o077 == 0


# --- export and import ------------------------------------------------------------------------------------


def test_what_is_exported_and_imported_has_the_identical_scorecard(
    call: Call, store: Path, bank: Bank, rich: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [held(store, *rich), held(store, *short.events(bank))]
    before = [stored(store, name) for name in names]
    shown = [call("review", name, "--json").output for name in names]
    with Store.open(store) as opened:
        times = [[each.at for each in opened.stored(name)] for name in names]
    assert call("export", "--all", "--out", tmp_path / "all.jsonl").exit_code == 0

    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "elsewhere"))
    assert "2 interviews taken in." in call("import", tmp_path / "all.jsonl").output

    elsewhere = tmp_path / "elsewhere" / "sessions" / "sessions.db"
    for name, events, stamps in zip(names, before, times, strict=True):
        assert stored(elsewhere, name) == events
        assert sample.card_of(stored(elsewhere, name), bank) == sample.card_of(events, bank)
        with Store.open(elsewhere) as opened:
            assert [each.at for each in opened.stored(name)] == stamps
            assert opened.check() == []
    assert call("export", "--all").output == (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert [call("review", name, "--json").output for name in names] == shown


def test_an_interview_that_is_here_already_is_passed_over(call: Call, store: Path, bank: Bank, tmp_path: Path) -> None:
    held(store, *short.events(bank))
    call("export", "--out", tmp_path / "one.jsonl")
    assert call("import", tmp_path / "one.jsonl").output == "0 interviews taken in, 1 here already.\n"


@pytest.mark.parametrize("name", ["../../evil", "a/b", "2026-11-21-quiet-otter/..", "latest", "\x1b[31mred"])
def test_a_foreign_name_becomes_one_of_ours(call: Call, store: Path, tmp_path: Path, bank: Bank, name: str) -> None:
    held(store, *short.events(bank))
    body = json.loads(call("export").output)
    body |= {"session": name, "events": body["events"][:-1]}  # another interview: the same one is passed over
    (tmp_path / "foreign.jsonl").write_text(json.dumps(body), encoding="utf-8")
    done = call("import", tmp_path / "foreign.jsonl")
    assert done.exit_code == 0
    assert "\x1b" not in done.output
    with Store.open(store) as opened:
        ids = {head.id for head in opened.sessions()}
    assert len(ids) == 2
    assert all(each.startswith("20") and "/" not in each for each in ids)


@pytest.mark.parametrize("line", ["{", "[]", '{"archive": 99}', '{"archive": 1, "session": "x", "events": []}'])
def test_a_broken_archive_changes_nothing_and_is_told_in_a_sentence(
    call: Call, store: Path, bank: Bank, tmp_path: Path, line: str
) -> None:
    held(store, *short.events(bank))
    whole = json.loads(call("export").output) | {"session": "2026-01-01-brave-elk"}
    (tmp_path / "broken.jsonl").write_text(f"{json.dumps(whole)}\n{line}\n", encoding="utf-8")
    done = call("import", tmp_path / "broken.jsonl")
    assert isinstance(done.exception, PlainError)
    assert "Line 2 of the archive" in str(done.exception)
    with Store.open(store) as opened:
        assert len(opened.sessions()) == 1


def test_where_there_is_no_interview_none_is_written(call: Call, tmp_path: Path) -> None:
    done = call("export", "--all", "--out", tmp_path / "all.jsonl")
    assert str(done.exception) == "There are no interviews yet; start one with `interviewer`."
    assert not (tmp_path / "all.jsonl").exists()


def test_an_exported_interview_can_be_rated_as_it_is(
    call: Call, store: Path, rich: list[Event], tmp_path: Path
) -> None:
    name = held(store, *rich)
    call("export", "--out", tmp_path / "one.jsonl")
    done = call("rate", tmp_path / "one.jsonl", "--model", "offline")
    lines = [json.loads(line) for line in done.output.splitlines()]
    assert done.exit_code == 0
    assert [line["id"] for line in lines] == [f"{name}/0", f"{name}/1", f"{name}/2"]


def test_all_ratings_are_one_table(call: Call, store: Path, bank: Bank, rich: list[Event]) -> None:
    held(store, *rich)
    held(store, *short.events(bank))
    rows = list(csv.DictReader(call("export", "--all", "--format", "csv").output.splitlines()))
    assert len({row["session"] for row in rows}) == 2


@pytest.mark.parametrize(
    "arguments", [("--all", "x"), ("--all", "--format", "html"), ("--all", "--share"), ("--hide", "Ana")]
)
def test_options_that_do_not_go_together_are_refused(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("export", *arguments).exit_code == 2


# --- shared -----------------------------------------------------------------------------------------------


def test_sharing_shows_the_result_and_writes_nothing_without_a_yes(
    call: Call, store: Path, bank: Bank, tmp_path: Path
) -> None:
    held(store, *short.events(bank))
    out = tmp_path / "shared.html"
    done = call("export", "--share", "--hide", "Ana Lopes", "--format", "html", "--out", out)
    assert done.exit_code == 2
    assert not out.exists()
    assert "picked by [name 1]" in " ".join(done.stderr.replace("«", "").replace("»", "").split())


@pytest.mark.parametrize("form", ["jsonl", "csv", "md", "html", "json"])
def test_what_is_hidden_is_in_no_format(call: Call, store: Path, bank: Bank, form: str) -> None:
    held(store, *short.events(bank), ev.Noted(text="Ask Ana Lopes."))
    done = call("export", "--share", "--hide", "Ana Lopes", "--hide", "40", "--hide-company", "Initech", "--yes",
                "--format", form)  # fmt: skip
    assert done.exit_code == 0
    assert any(words in done.output for words in SAID)
    assert not [word for word in ("Lopes", "Initech", "of 40 cases") if word in done.output]


def test_what_sharing_cannot_hide_is_told(call: Call, store: Path, bank: Bank) -> None:
    held(store, *short.events(bank))
    title = bank.question("eval-loop-story").title
    done = call("export", "--share", "--hide-company", title, "--hide-company", "loop", "--yes", "--format", "md")
    assert f"Not hidden: {title}, loop, where a title" in " ".join(done.stderr.split())
    assert not call("export", "--share", "--hide-company", "Initech", "--yes", "--format", "md").stderr


def test_several_names_typed_as_one_are_hidden_each_and_what_was_never_said_is_told(
    call: Call, store: Path, bank: Bank
) -> None:
    held(store, *short.events(bank))
    done = call("export", "--share", "--hide", "Ana Lopes, Priya", "--yes", "--format", "md")
    assert "Ana" not in done.stdout
    assert "Not in your answers, so nothing was hidden for it: Priya." in " ".join(done.stderr.split())


def test_words_of_ones_own_need_not_stand_on_the_command_line(call: Call, store: Path, bank: Bank) -> None:
    """There `ps` shows them to others, and the shell keeps them."""
    name = held(store, *short.events(bank))
    hidden = call("export", "--share", "--hide", "-", "--yes", "--format", "md", given="Ana Lopes\n40\n")
    assert (hidden.exit_code, "Ana" in hidden.stdout, "number 1" in hidden.stdout) == (0, False, True)
    assert name in call("history", "--text", "-", given="picked by ana\n").output
    noted = call("dispute", name, "evidence", "--note", "-", "--judge", "offline", given="\ufeffI did say it.\n")
    assert (noted.exit_code, stored(store, name)[-2]) == (
        0,
        ev.Disputed(thread=0, dimension="evidence", note="I did say it."),
    )
    for given in ("", " \n"):
        assert "Nothing came in for --note." in call("dispute", name, "evidence", "--note", "-", given=given).stderr


# --- progress and next ------------------------------------------------------------------------------------


def test_progress_is_shown_as_text_as_data_and_as_a_page(
    call: Call, store: Path, rich: list[Event], tmp_path: Path
) -> None:
    held(store, *rich)
    text = call("progress")
    document = json.loads(call("progress", "--json").output)
    page = call("progress", "--html", tmp_path / "progress.html")
    assert (text.exit_code, page.exit_code) == (0, 0)
    assert "1 interview, 3 answers" in text.output
    assert document["self_rating_gap"]["ownership"] == 1.0
    assert {trend["name"] for trend in document["companies"]} == {"anthropic"}
    assert len(document["next"]) == 3
    assert "<!DOCTYPE html>" in (tmp_path / "progress.html").read_text(encoding="utf-8")


def test_without_any_interview_progress_and_next_still_say_what_to_do(call: Call) -> None:
    assert "Nothing has been practised yet" in call("progress").output
    assert call("next").output.startswith("1. ")
    assert len(json.loads(call("next", "--json").output)["next"]) == 3


def test_start_asks_what_was_not_asked_before(call: Call, store: Path, bank: Bank) -> None:
    asked = set()
    for _ in range(3):
        done = call("start", "--model", "offline", "--seed", "1", "--answers", "-", "--json", given="We held it.")
        assert done.exit_code == 0, done.output
        asked.add(json.loads(done.output)["threads"][0]["question_id"])
    assert len(asked) == 3


def test_start_says_in_a_line_why_it_chose_the_question(call: Call, store: Path, rich: list[Event]) -> None:
    """A question that was named, or drawn by lot as the first of all, needs no reason."""

    def told(*questions: str) -> str:
        done = call("start", *questions, "--model", "offline", "--answers", "-", given="We held it.")
        return done.output.splitlines()[0]

    assert not told().startswith("Trains ")
    held(store, *rich)
    expected = json.loads(call("next", "--json").output)["next"][0]["reason"]
    assert told() == expected
    assert not told("disagreement").startswith("Trains ")


# --- compare ----------------------------------------------------------------------------------------------


def test_two_interviews_stand_side_by_side(call: Call, store: Path, bank: Bank, tmp_path: Path) -> None:
    first = short.events(bank)
    better = [event.model_copy(update={"text": "<b>I counted again.</b>"}) if event == first[2] else event
              for event in first]  # fmt: skip
    names = held(store, *first), held(store, *better)
    text = call("compare", *names)
    page = call("compare", f"{names[0]}:1", f"{names[1]}:1", "--html", tmp_path / "page.html")
    assert (text.exit_code, page.exit_code) == (0, 0)
    assert "Evidence: 3 → 3" in text.output
    assert "<b>I counted again.</b>" in text.output
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<b>" not in html
    assert "&lt;b&gt;I counted again." in html


def test_an_answer_that_is_not_there_cannot_be_compared(call: Call, store: Path, bank: Bank) -> None:
    name = held(store, *short.events(bank))
    done = call("compare", f"{name}:2", name)
    assert isinstance(done.exception, PlainError)
    assert done.exception.exit_code == 2


# --- dispute ----------------------------------------------------------------------------------------------


def test_a_disputed_rating_is_read_again_and_both_stay_on_record(call: Call, store: Path, bank: Bank) -> None:
    name = held(store, *short.events(bank))
    done = call("dispute", name, "evidence", "--note", "I gave the figure.", "--judge", "offline", "--json")
    assert done.exit_code == 0
    [state] = fold(stored(store, name)).threads
    assert [each.note for each in state.disputes] == ["I gave the figure."]
    assert [each.stage for each in state.ratings] == ["first", "final", "dispute"]
    assert json.loads(done.output)["after"] == state.ratings[-1].line
    shown = " ".join(call("review", name, "--full").output.split())
    assert "disputed: I gave the figure." in shown
    assert "after a dispute" in shown


@pytest.mark.parametrize(
    ("dimension", "sentence"), [("nonsense", "is not rated there"), ("evidence", "is rated in questions 1, 2")]
)
def test_a_dispute_about_nothing_or_too_much_is_refused(
    call: Call, store: Path, rich: list[Event], dimension: str, sentence: str
) -> None:
    name = held(store, *rich)
    done = call("dispute", name, dimension, "--note", "x", "--judge", "offline")
    assert isinstance(done.exception, PlainError)
    assert sentence in str(done.exception)
    assert stored(store, name) == rich


def test_a_dispute_about_a_question_that_was_not_asked_says_so(call: Call, store: Path, rich: list[Event]) -> None:
    done = call("dispute", held(store, *rich), "evidence", "--question", "9", "--note", "x", "--judge", "offline")
    assert str(done.exception) == "There is no question 9 in this interview."


# --- history ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("picked by ana", True), ('"the eval"', True), ("Who decides", True), ("NAMED the 40", True),
        ("50%", False), ("_", False), ("kind", False),
    ],
)  # fmt: skip
def test_history_finds_what_was_said(call: Call, store: Path, bank: Bank, text: str, found: bool) -> None:
    disputed = ev.Disputed(thread=0, dimension="evidence", note="I named the 40 cases.")
    held(store, *short.events(bank), ev.CandidateAsked(text="Who decides what ships?"), disputed)
    assert bool(json.loads(call("history", "--text", text, "--json").output)) is found


def test_history_and_the_scorecard_say_the_same_overall_level(call: Call, store: Path, rich: list[Event]) -> None:
    name = held(store, *rich)
    [row] = json.loads(call("history", "--json").output)
    assert row["mean_level"] == pytest.approx(
        json.loads(call("review", name, "--json").output)["overall"]["level"], abs=0.01
    )


def test_a_second_try_takes_the_place_of_the_first_in_history_and_on_the_scorecard_and_joins_it_in_progress(
    call: Call, store: Path, bank: Bank
) -> None:
    once = short.events(bank)
    again = [ev.Redone(question_id="eval-loop-story"), ev.AnswerGiven(text="I ran it once more, on 40 cases.")]
    line = json.loads(json.dumps(next(each.line for each in reversed(once) if isinstance(each, ev.Rated))))
    line["ratings"]["evidence"]["level"] = 5
    held(store, *(event for event in once if not isinstance(event, ev.Ended)), *again,
         ev.Rated(thread=1, stage="final", line=line))  # fmt: skip
    [row] = json.loads(call("history", "--json").output)
    assert row["mean_level"] == json.loads(call("review", "latest", "--json").output)["overall"]["level"] == 5
    progress = json.loads(call("progress", "--json").output)
    assert progress["answers"] == 2
    assert [point["level"] for point in progress["overall"]["points"]] == [3, 5]
    assert progress["next"][0]["reason"].endswith("from 2 answers only.")


def test_a_rating_that_cannot_be_read_is_taken_in_with_its_interview_and_says_nothing(
    call: Call, store: Path, bank: Bank, tmp_path: Path
) -> None:
    held(store, *short.events(bank))
    line = json.loads(call("export", "latest").output)
    first, final = (each["event"]["line"] for each in line["events"] if each["event"]["kind"] == "rated")
    first.clear()
    final["ratings"]["evidence"]["level"] = 9
    edited = tmp_path / "edited.jsonl"
    edited.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert call("forget", "--all", "--yes").exit_code == call("import", edited).exit_code == 0
    [row] = json.loads(call("history", "--json").output)
    assert row["mean_level"] is json.loads(call("review", "latest", "--json").output)["overall"]["level"] is None
    for command in (
        ["review", "latest"],
        ["export", "latest", "--share", "--yes"],
        ["rescore", "latest", "--judge", "offline"],
    ):
        assert call(*command).exit_code == 0, command


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T00:00:00"])
def test_an_interview_of_no_time_that_can_be_that_an_older_version_took_in_stops_nothing(
    call: Call, store: Path, bank: Bank, at: str
) -> None:
    with Store.open(store) as opened:
        dated = [(event, datetime.fromisoformat(at)) for event in short.events(bank)]
        [bad] = opened.take_in([("2026-01-01-calm-otter", dated)])
        good = hold_interview(opened, *short.events(bank))
    everything_works(call, {bad, good})


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ev.AnswerGiven, {"seconds": math.nan}),
        (ev.AnswerGiven, {"seconds": math.inf}),
        (ev.AnswerGiven, {"seconds": -5000.0}),
        (ev.AnswerGiven, {"seconds": 1.7e308}),
        (ev.QuestionAsked, {"weights": {"evidence": math.inf}}),
        (ev.QuestionAsked, {"weights": {"evidence": 1e308, "humility": 1e308}}),
        (ev.Noted, {"kind": "self_rated", "thread": 0, "levels": {"evidence": 10**400, "humility": 3}}),
        (ev.Noted, {"kind": "model_called", "purpose": "probe", "model": "m", "host": "h", "state": "", "cost": -1e9}),
        (ev.QuestionAsked, {"weights": {"evidence": math.nan}}),
        (ev.QuestionAsked, {"weights": {"evidence": 0.0, "humility": -1.0}}),
        (ev.Started, {"later": [math.nan, -math.inf]}),
        (ev.Started, {"later": json.loads("[" * 300 + "]" * 300)}),
    ],
)
def test_what_only_an_older_version_took_in_stops_nothing(
    call: Call, store: Path, bank: Bank, kind: type[Event], fields: dict[str, Any]
) -> None:
    held = [*short.events(bank)[:-1], ev.Noted(text="x"), short.events(bank)[-1]]
    events = [each.model_copy(update=fields) if type(each) is kind else each for each in held]
    with Store.open(store) as opened:
        [bad] = opened.take_in([("2026-01-01-calm-otter", [(event, None) for event in events])])
        names = {bad, hold_interview(opened, *short.events(bank))}
        as_older_versions_wrote(opened, bad)
    everything_works(call, names)
    assert json.loads(call("progress", "--json").output)["seconds"] >= 0
    assert SAID[0] in call("review", str(bad), "--format", "md").output


def as_older_versions_wrote(store: Store, session: str | None) -> None:
    """Its entry was derived when figures had no bounds."""
    with store._database.writing() as db:
        (latest, body) = db.execute("SELECT latest, body FROM heads WHERE id = ?", (session,)).fetchone()
        body = body.replace(f',"form":{FORM}', "")
        total = checksum(session, latest, body)
        db.execute("UPDATE heads SET body = ?, sum = ? WHERE id = ?", (body, total, session))


def everything_works(call: Call, names: set[str | None]) -> None:
    """What reads all interviews works, and names these."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    for words in ("history", "progress", "next", "review latest", "export --all --format csv"):
        assert call(*words.split()).exit_code == 0, words
    for words in ("history --json", "progress --json", "next --json", *(f"review {name} --json" for name in names)):
        json.loads(call(*words.split()).output, parse_constant=refuse)
    archive = call("export", "--all").output
    assert {session.name for session in read_archive(archive.splitlines())} == names


@pytest.mark.parametrize("kept", [(), ("evidence", "humility")])
def test_an_interview_is_looked_back_at_without_the_pack_it_was_held_with(
    call: Call, store: Path, bank: Bank, tmp_path: Path, kept: tuple[str, ...]
) -> None:
    name = held(store, *short.events(bank))
    line = call("export").output.replace("eval-loop-story", "gone:near-miss")
    for dimension in {"evidence", "humility"}.difference(kept):
        line = line.replace(dimension, f"gone:{dimension}")
    line = line.replace('"humility":2.0', '"humility":2.0,"gone:learning":1.0')
    (tmp_path / "gone.jsonl").write_text(line.replace(name, "2026-01-01-calm-otter"), encoding="utf-8")
    call("import", tmp_path / "gone.jsonl")
    for form in ("text", "md", "html"):
        shown = call("review", "calm-otter", "--full", "--format", form).output
        assert {"gone:evidence" in shown, "gone:humility" in shown} == {not kept}, form
        assert kept or "measured" in shown, "what was found is still named"
    for command in ("review calm-otter", "export calm-otter --share --yes", "compare calm-otter latest"):
        assert call(*command.split()).exit_code == 0, command
    rescored = call("rescore", "calm-otter", "--judge", "offline", "--json")
    assert (rescored.exit_code, GONE in rescored.output) == ((0, True) if kept else (1, False))
    everything_works(call, {name, "2026-01-01-calm-otter"})


def test_history_says_when_nothing_fits(call: Call, store: Path, bank: Bank) -> None:
    held(store, *short.events(bank))
    assert "Your one interview does not fit." in call("history", "no-such-question").output
    held(store, *short.events(bank))
    assert "None of your 2 interviews fits." in call("history", "no-such-question").output


def test_export_without_a_name_takes_the_latest_that_is_over(call: Call, store: Path, bank: Bank) -> None:
    over = held(store, *short.events(bank), ev.Ended(reason="finished"))
    still_open = held(store, *short.events(bank)[:2])
    told, line = sorted(call("export").output.splitlines(), key=len)
    assert told == f"This is {over}; a later one is still open: {still_open}."
    assert json.loads(line)["session"] == over
    assert "a later one" not in call("export", "--all").output


def test_review_shows_the_latest_that_is_over_and_says_that_a_later_one_is_not(
    call: Call, store: Path, bank: Bank
) -> None:
    finished = [*short.events(bank), ev.Ended(reason="finished")]
    over, still_open = held(store, *finished), held(store, *short.events(bank)[:2])
    shown = call("review").output
    assert f"A later one is still open. Go on with it: interviewer resume {still_open}" in shown
    assert over in shown
    assert "This interview is still open." in call("review", still_open).output


def test_review_of_what_could_not_be_scored_says_who_may(call: Call, store: Path) -> None:
    given = "Ich habe die Auslieferung gestoppt, weil ein Kundenname in der Antwort stand, und die Daten bereinigt."
    assert call("disagreement", "--model", "offline", "--answers", "-", given=given).exit_code == 0
    assert "To have a model read it: interviewer rescore" in call("review").output


def test_review_says_which_judge_was_kept_from_reading_and_how_it_does(call: Call, store: Path, bank: Bank) -> None:
    *before, judged, ended = short.events(bank)
    assert isinstance(judged, ev.Rated)
    rater = {**judged.line["rater"], "model": "offline"}
    offline = judged.model_copy(update={"line": {**judged.line, "rater": rater}})
    name = held(store, *before, offline, ended)
    told = "ollama/small has not read all of it; it does with: interviewer rescore"
    assert f"{told} {name} --judge ollama/small" in call("review").output
    read = held(store, *before, offline, judged, ended)
    assert told not in call("review", read).output


def test_review_says_so_where_no_interview_is_over(call: Call, store: Path, bank: Bank) -> None:
    name = held(store, *short.events(bank)[:2])
    done = call("review")
    assert isinstance(done.exception, PlainError)
    assert name in done.exception.next_step


def test_a_dispute_takes_the_name_that_the_scorecard_shows(call: Call, store: Path, bank: Bank) -> None:
    name = held(store, *short.events(bank))
    said = call("dispute", name, "Evidence", "--note", "I counted them.", "--judge", "offline").output
    assert "Evidence: 3 → " in said


def test_history_can_be_sorted_by_level(call: Call, store: Path, bank: Bank, rich: list[Event]) -> None:
    best, latest = held(store, *rich), held(store, *short.events(bank))
    rows = json.loads(call("history", "--json").output)
    assert [row["session"] for row in rows] == [latest, best]
    levels = [row["mean_level"] for row in json.loads(call("history", "--sort", "level", "--json").output)]
    assert levels == sorted(levels, reverse=True)
