from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from interviewer.bank.library import Bank
from interviewer.bank.problems import ContentError, Problem
from interviewer.bank.schema import Dimension
from interviewer.cli import sitting
from interviewer.cli.desk import Desk
from interviewer.cli.sitting import Manner
from interviewer.interview.candidate import ScriptedCandidate
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.opening import open_offline
from interviewer.rating.rater import RaterIdentity, ThreadRating
from interviewer.session import events as ev
from interviewer.session.errors import DiskFull
from interviewer.session.events import MemoryLog, Noted
from interviewer.session.store import Store
from interviewer.session.thread import Thread
from interviewer.session.transcript import Transcript


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError(), "What you have sent and typed is saved. Go on with: interviewer resume"),
        (DiskFull("There is no room."), ""),
    ],
)
def test_a_failure_in_mid_interview_says_what_is_saved_unless_storing_is_what_failed(
    error: Exception, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fail(*anything: object) -> None:
        raise error

    monkeypatch.setattr(sitting, "_conduct", fail)
    with Store.open(tmp_path / "sessions.db") as store:
        log = store.create()
        log.append(Noted(text="here"))
        with pytest.raises(type(error)):
            sitting._hold(cast(Any, None), cast(Any, None), log, Manner(None, as_json=False))
    assert capsys.readouterr().err == (said and f"{said} {log.id}\n")


@pytest.mark.parametrize("as_json", [True, False])
def test_ctrl_c_says_how_to_go_on_where_no_document_is_awaited(
    as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def interrupted(*anything: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    monkeypatch.setattr(sitting, "_conduct", interrupted)
    bank, log, before = Bank.open(), MemoryLog(), signal.getsignal(signal.SIGINT)
    interview = begin(bank, log, Readers(open_offline(bank)), Wishes(questions=("safety-over-speed",)))
    try:
        with pytest.raises(SystemExit) as left:
            sitting._hold(Desk.open(), interview, log, Manner([], as_json))
    finally:
        signal.signal(signal.SIGINT, before)
    said = capsys.readouterr()
    assert left.value.code == 130
    assert (said.err if as_json else said.out) == "Nothing was kept.\n"
    assert not (said.out if as_json else said.err)


def test_who_does_not_wait_for_the_judge_hears_how_to_have_it_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    answered: list[ev.Event] = [
        ev.QuestionAsked(question_id="disagreement", text="What happened?", weights={"evidence": 1.0}),
        ev.AnswerGiven(text="I ran it on 40 cases.", seconds=9),
        ev.QuestionClosed(reason="done"),
        ev.Ended(reason="finished"),
    ]
    with Desk.open().store() as store, closing(store.create()) as log:
        transcript = Transcript(judge="anthropic/slow")
        for event in answered:
            transcript.apply(event)
        monkeypatch.setattr(signal, "signal", lambda *anything: None)
        with pytest.raises(SystemExit):
            sitting._leave(Desk.open().screen(), log, transcript, 130)
    assert "--judge anthropic/slow" in capsys.readouterr().out


class Faulty:
    """A judge one of whose files cannot be used."""

    identity = RaterIdentity("stand-in/judge", 1, "", "")

    async def rate(self, thread: Thread, dimensions: Sequence[Dimension]) -> ThreadRating:
        raise ContentError([Problem(Path("judge.md"), None, "", "is missing")])


def test_why_no_judge_has_rated_is_told_before_the_scorecard(capsys: pytest.CaptureFixture[str]) -> None:
    bank = Bank.open()
    interview = begin(
        bank, MemoryLog(), Readers(open_offline(bank), Faulty()), Wishes(questions=("safety-over-speed",))
    )

    async def hold() -> None:
        await interview.run(ScriptedCandidate(["I held a release for two days, for a scan had found 212 names."]))
        await sitting.finish(interview, cast(Any, None), quiet=True)

    asyncio.run(hold())
    assert capsys.readouterr().err == "judge.md: is missing\n"
