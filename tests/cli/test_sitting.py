from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from interviewer.cli import sitting
from interviewer.cli.sitting import Manner
from interviewer.session.errors import DiskFull
from interviewer.session.events import Noted
from interviewer.session.store import Store


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
