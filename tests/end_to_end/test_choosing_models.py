"""What a user sees of models: lists, prices, budgets, keys, and what happens when one fails. The real program."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from interviewer.rating.remembered import Remembered
from tests.doubles.ollama import OllamaDouble
from tests.doubles.server import Witness

from .conftest import Call, Sit, obliging_model

ANSWER = "I stopped the release for two days because a scan of the training data found 212 names of patients."
CANARY = "sk-canary-0123456789abcdef"
COSTLY = "- {say: What did the scan look at before you trusted it?, cost: 0.3}\n"


def test_models_come_with_their_facts_and_what_calibrate_said(call: Call, home: Path) -> None:
    measured = Remembered("roughly", 0.55, 80, 1, "p", "r", "2026-03-31")
    home.mkdir()
    (home / "calibrations.json").write_text(json.dumps({"ollama/ok": _as_dict(measured)}))
    (home / "state.json").write_text(json.dumps({"model": "ollama/ok"}))
    with OllamaDouble() as ollama:
        listed = json.loads(call("models", "--json", OLLAMA_HOST=ollama.url).stdout)
        shown = call("models", OLLAMA_HOST=ollama.url, OPENAI_API_KEY=CANARY).stdout
    first = listed[0]
    assert (first["name"], first["last"], first["local"]) == ("ollama/ok", True, True)
    assert first["calibration"]["good_enough"] == "roughly"
    assert all(first[field] for field in ("size", "quantisation", "context", "parameters"))
    remote = next(row for row in listed if row["name"] == "ollama/innocent")
    assert not remote["local"]
    assert "ollama.com" in remote["host"]
    assert {row["name"] for row in listed} >= {"offline", "ollama/ok"}
    assert "roughly good enough, QWK 0.55; used last" in shown.splitlines()[0]
    assert "goes to api.openai.com" in shown
    assert CANARY not in shown


def _as_dict(measured: Remembered) -> dict[str, object]:
    return {name: getattr(measured, name) for name in Remembered.__dataclass_fields__}


def test_with_local_only_no_model_elsewhere_is_listed(call: Call) -> None:
    with OllamaDouble() as ollama:
        done = call("models", "--json", "--local-only", OLLAMA_HOST=ollama.url, OPENAI_API_KEY=CANARY)
    assert done.returncode == 0
    assert all(row["local"] for row in json.loads(done.stdout))


def test_doctor_ends_in_a_price_and_says_when_there_is_none(call: Call) -> None:
    priced = call("doctor", "--json", "--local-only", "--model", "openai/gpt-4o-mini", OPENAI_API_KEY=CANARY)
    steps = {step["name"]: step for step in map(json.loads, priced.stdout.splitlines())}
    assert steps["price"]["outcome"] == "not tried"
    assert {"versions", "bank", "interviews", "litellm"} <= set(steps)
    with OllamaDouble() as ollama:
        free = call("doctor", "--model", "ollama/ok", OLLAMA_HOST=ollama.url)
    assert re.search(r"price +Nothing: it runs on this machine", free.stdout)


def test_doctor_prices_a_drill_and_a_round_even_where_nothing_answers(call: Call) -> None:
    done = call("doctor", "--model", "openai/gpt-4o-mini", OPENAI_API_KEY=CANARY, HTTPS_PROXY="http://127.0.0.1:9")
    assert done.returncode == 1
    priced = re.search(r"price +a drill about \$([\d.]+), a round about \$([\d.]+)\.\n", done.stdout)
    assert priced, done.stdout
    assert 0 < float(priced[1]) < float(priced[2])


def test_doctor_says_what_the_guard_of_local_only_kept_back(call: Call) -> None:
    well = call("doctor", "--local-only")
    assert re.search(r"ok +guard +Only this machine may be reached", well.stdout), well.stdout


def test_an_address_without_a_model_is_said_with_what_to_do(call: Call) -> None:
    done = call("--base-url", "http://127.0.0.1:9/v1", stdin=ANSWER)
    assert done.returncode == 2
    assert "Add --model NAME; http://127.0.0.1:9/v1/models lists them." in done.stderr


def test_a_budget_stops_the_interview_and_keeps_it(call: Call, tmp_path: Path) -> None:
    script = tmp_path / "costly.yaml"
    script.write_text(COSTLY)
    arguments = ("--exam", "--model", f"scripted/{script}", "--judge", "offline", "--format", "drill")
    first = call("safety-over-speed", *arguments, "--budget", "0.25", stdin=f"{ANSWER}\n---\n{ANSWER}\n")
    assert first.returncode == 1
    assert "The budget of $0.25 is used up" in first.stderr
    resumed = re.search(r"Go on with: interviewer resume (\S+)", first.stdout)
    assert resumed, first.stdout
    again = call("resume", resumed[1], "--budget", "0.25", "--answers", "-", "--json", stdin=ANSWER)
    assert (again.returncode, json.loads(again.stdout)["ended"]) == (1, None)
    assert "is used up" in again.stderr
    assert f"Go on with: interviewer resume {resumed[1]}" in again.stderr
    offline = call("resume", resumed[1], "--model", "offline", "--json", "--answers", "-", stdin=ANSWER)
    document = json.loads(offline.stdout)
    assert document["ended"] == "finished"
    assert document["calls"]["cost"] >= 0.3
    assert {"role": "interviewer", "model": "offline", "reason": "asked for"} in document["calls"]["changes"]


def test_a_round_with_a_paid_model_says_first_what_it_costs(sit: Sit) -> None:
    arguments = ("--format", "round", "--model", "openai/gpt-4o-mini")
    with sit(*arguments, OPENAI_API_KEY=CANARY, HTTPS_PROXY="http://127.0.0.1:9") as terminal:
        terminal.wait_for("This will cost about $", patience=60)
        terminal.wait_for("go to api.openai.com")
        terminal.wait_for("words go to api.openai.com")
        assert CANARY.encode() not in terminal.raw


def test_a_stand_in_for_a_model_elsewhere_is_named_before_anything_is_sent(sit: Sit) -> None:
    with OllamaDouble(speech=obliging_model) as ollama:
        arguments = ("safety-over-speed", "--exam", "--model", "ollama/innocent")
        with sit(*arguments, OLLAMA_HOST=ollama.url) as terminal:
            terminal.wait_for("Your words leave this machine and go to ollama.com")
            terminal.wait_for("In your own words")
            assert not ollama.bodies("/api/chat")
            assert "on this machine." not in "\n".join(terminal.scrollback())


@pytest.mark.parametrize("role", ["--model", "--judge"])
def test_local_only_sends_nothing_to_a_stand_in(role: str, call: Call) -> None:
    with OllamaDouble() as ollama:
        done = call("safety-over-speed", "--local-only", role, "ollama/innocent", stdin=ANSWER, OLLAMA_HOST=ollama.url)
        sent = [body for body in ollama.bodies("/api/chat") if ANSWER in json.dumps(body)]
    assert not sent
    assert "Traceback" not in done.stderr


def test_a_judge_elsewhere_is_refused_by_local_only(call: Call) -> None:
    done = call("--local-only", "--judge", "openai/gpt-5-mini", stdin=ANSWER, OPENAI_API_KEY=CANARY)
    assert done.returncode == 1
    assert "only this machine is allowed" in done.stderr
    assert CANARY not in done.stderr


def test_a_proxy_never_sees_what_goes_to_this_machine(call: Call) -> None:
    with Witness() as proxy, OllamaDouble(speech=obliging_model) as ollama:
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), proxy.url)
        done = call(
            "safety-over-speed", "--local-only", "--model", "ollama/ok", stdin=ANSWER, OLLAMA_HOST=ollama.url, **proxies
        )
    assert done.returncode == 0, done.stderr
    assert ollama.bodies("/api/chat")
    assert not proxy.requests


def test_another_model_takes_over_when_one_fails_and_the_document_says_so(sit: Sit, call: Call) -> None:
    with (
        OllamaDouble(speech=obliging_model) as ollama,
        sit("safety-over-speed", "--exam", "--model", "ollama/died", "--judge", "offline", OLLAMA_HOST=ollama.url,
            rows=60) as terminal,
    ):  # fmt: skip
        terminal.wait_for("In your own words")
        terminal.type(ANSWER)
        terminal.press("enter")
        terminal.wait_for("How shall we go on?", patience=60)
        terminal.wait_for("go on with ollama/")
        while not any(row.lstrip().startswith("›") and "go on with ollama/" in row for row in terminal.screen()):
            before = terminal.screen()
            terminal.press("down")
            terminal.wait_until(lambda screen, before=before: screen != before)  # type: ignore[misc]
        terminal.press("enter")
        terminal.wait_for("From now on: ollama/", patience=60)
        terminal.wait_for("probe 1", patience=60)
        terminal.type("/end")
        terminal.press("enter")
        terminal.wait_for("Look at it again with", patience=60)
    calls = json.loads(call("review", "--json").stdout)["calls"]
    assert calls["failed"][0]["model"] == "ollama/died"
    assert calls["changes"][0]["role"] == "interviewer"


def test_a_slow_model_shows_that_it_thinks_and_the_bottom_line_counts(sit: Sit) -> None:
    with (
        OllamaDouble(speech=obliging_model, gap=0.1) as ollama,
        sit("safety-over-speed", "--exam", "--model", "ollama/slow", OLLAMA_HOST=ollama.url) as terminal,
    ):
        terminal.wait_for("In your own words")
        terminal.type(ANSWER)
        terminal.press("enter")
        terminal.wait_until(lambda screen: "…" in screen, "a line that says that it thinks")
        terminal.wait_for("probe 1", patience=60)
        assert "…" not in terminal.screen()
        terminal.wait_for("tokens")


def test_a_key_is_kept_unseen_and_found_again(sit: Sit, call: Call, home: Path) -> None:
    with sit("config", "key", "anthropic") as terminal:
        terminal.wait_for("it is not shown")
        terminal.type(CANARY)
        terminal.press("enter")
        terminal.wait_for("is kept in keys.json")
        assert terminal.wait_exit() == 0
        assert CANARY.encode() not in terminal.raw
    file = home / "keys.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    listed = call("models", "--json", OLLAMA_HOST="127.0.0.1:9")
    assert {"anthropic"} <= {row["name"].partition("/")[0] for row in json.loads(listed.stdout)}
    for shown in (listed, call("config", "show"), call("doctor", "--json")):
        assert CANARY not in shown.stdout + shown.stderr
    holding = [path.name for path in home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert holding == ["keys.json"]


def test_a_key_comes_from_a_pipe_and_an_open_file_is_refused(call: Call, home: Path) -> None:
    assert call("config", "key", "openai", stdin=f"{CANARY}\n").returncode == 0
    (home / "keys.json").chmod(0o644)
    refused = call("models")
    assert refused.returncode == 1
    assert "chmod 600" in refused.stderr
    assert CANARY not in refused.stderr
    assert "that takes a key" in call("config", "key", "nobody", stdin="x").stderr


@pytest.mark.parametrize(("name", "code"), [("olama/qwen", 2), ("anthropic/without-a-key", 1)])
def test_a_model_that_cannot_be_had_is_not_remembered_and_leaves_no_interview(
    call: Call, sit: Sit, name: str, code: int
) -> None:
    with sit("safety-over-speed", "--model", name) as terminal:
        assert terminal.wait_exit() == code
    assert call("history", "--json").stdout.strip() in ("", "[]")
    assert call("safety-over-speed", "--answers", "-", "--json", stdin=ANSWER).returncode == 0


def test_a_setting_for_a_model_that_no_provider_has_is_refused(call: Call) -> None:
    done = call("config", "set", "model", "olama/qwen3:8b")
    assert done.returncode == 2
    assert "ollama/qwen3:8b" in done.stderr
    assert call("config", "set", "model", "ollama/qwen3:8b").returncode == 0
