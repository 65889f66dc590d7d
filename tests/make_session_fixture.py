"""Writes `fixtures/sessions/v<N>.db`: a store as this version makes it, which every later version must open.

    python -m tests.make_session_fixture

Run once when a version of the schema is released. A file that is there is never written anew.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from interviewer.session import events as ev
from interviewer.session.migrations import MIGRATIONS
from interviewer.session.store import Store

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sessions"

FINISHED: tuple[ev.Event, ...] = (
    ev.Started(
        format="round", mode="exam", company="lantern", seniority="senior", minutes=30, model="ollama/small:1b",
        judge="offline", seed=3, version="0.1.0", hashes={"rubric": "ab12"}, plan=("safety-over-speed", "drift"),
    ),
    ev.QuestionAsked(question_id="safety-over-speed", text="When did you slow down?", weights={"evidence": 2.0}),
    ev.AnswerGiven(text="We stopped the rollout: two of forty prompts came back wrong.", seconds=52.5),
    ev.ProbeAsked(dimension="evidence", part="figure", text="Out of how many?", reason="no baseline had been named"),
    ev.AnswerGiven(text="A long one. " + "Then we ran the whole suite again, slowly. " * 400, seconds=300.0),
    ev.AnswerTakenBack(),
    ev.AnswerGiven(text="Forty, drawn at random: “Ünïcode” 日本語 \ud83d and a \x00 byte.", seconds=9.0),
    ev.ProbeSkipped(reason="nothing is missing"),
    ev.QuestionClosed(reason="done"),
    ev.Rated(thread=0, stage="final", line={"ratings": {"evidence": {"level": 4}, "humility": {"level": None}}}),
    ev.parse_event({"kind": "of_a_later_version", "anything": {"goes": [1, 2.5, None]}}),
    ev.Ended(reason="finished"),
)  # fmt: skip
UNFINISHED = FINISHED[:2]
DRAFT = "We were about to ship when"


def make(path: Path) -> None:
    """Makes the store: a finished session, and one left in the middle of an answer."""
    with Store.open(path) as store:
        for name, events in (("2026-11-21-quiet-otter", FINISHED), ("2026-11-22-brave-heron", UNFINISHED)):
            log = store.create()
            log.id = name
            for event in events:
                log.append(event)
            if events is UNFINISHED:
                log.save_draft(DRAFT, 8)
            log.close()
        with store._database.alone() as db:
            db.execute("VACUUM")


def main() -> int:
    target = FIXTURES / f"v{len(MIGRATIONS)}.db"
    if target.exists():
        print(f"{target.name} is there already; a released version does not change.", file=sys.stderr)
        return 1
    FIXTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        make(Path(place) / "sessions.db")
        target.write_bytes((Path(place) / "sessions.db").read_bytes())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
