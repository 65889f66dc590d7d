"""An interview on the real bank in the terminal it is started in; what happened is written down for the test.

Usage: demo.py RECORD [key=value ...]; keys are plain, theme, enter, keys, draft, questions, mode.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from interviewer.bank.library import Bank
from interviewer.interview.opening import Readers, begin
from interviewer.interview.planning import Wishes
from interviewer.rating.opening import open_offline
from interviewer.rating.scorecard import scorecard
from interviewer.session.events import AnswerGiven, MemoryLog
from interviewer.terminal.chat import TerminalCandidate
from interviewer.terminal.screen import Screen
from interviewer.terminal.writing import Draft, Writing


def main(record: Path, **options: Any) -> None:
    screen = Screen.open(plain="plain" in options, theme=options.get("theme", "auto"))
    drafts: list[tuple[str, int]] = []
    aside: list[str] = []

    class Drawer:
        def save_draft(self, text: str, cursor: int) -> None:
            drafts.append((text, cursor))
            record.with_suffix(".draft").write_text(json.dumps([text, cursor]), encoding="utf-8")

        def set_aside(self, text: str) -> None:
            aside.append(text)

        def sent(self) -> int:
            return sum(isinstance(event, AnswerGiven) for event in log.events)

    before = options.get("draft", "")
    candidate = TerminalCandidate(
        screen,
        Writing(enter=options.get("enter", "sends"), keys=options.get("keys", "emacs")),
        Drawer(),
        draft=Draft(before, len(before)),
    )
    bank, log = Bank.open(), MemoryLog()
    wishes = Wishes(questions=tuple(options.get("questions", "disagreement").split(",")))
    interview = begin(bank, log, Readers(open_offline(bank)), wishes, mode=options.get("mode", "exam"))
    with candidate:
        transcript = asyncio.run(interview.run(candidate))
    if transcript.ended:
        from interviewer.terminal.card import show

        show(screen, scorecard(transcript, bank.dimension, bank.scale()), bank.scale(), bank.dimension)
    answers = [getattr(event, "text", "") for event in log.events if event.kind == "answer_given"]  # type: ignore[attr-defined]
    left_by = candidate.left_by.name if candidate.left_by else None
    told = {"answers": answers, "drafts": drafts, "aside": aside, "ended": transcript.ended, "left_by": left_by}
    record.write_text(json.dumps(told), encoding="utf-8")
    screen.say("demo over")


if __name__ == "__main__":
    main(Path(sys.argv[1]), **dict(option.split("=", 1) for option in sys.argv[2:]))
