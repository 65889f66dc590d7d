"""A short session by hand, small enough to compare whole documents with."""

from __future__ import annotations

from interviewer.bank.library import Bank
from interviewer.rating.evidence import find_quote
from interviewer.rating.levels import level_of
from interviewer.rating.lines import rating_line
from interviewer.rating.rater import Finding, Flag, RaterIdentity, Rating, ThreadRating
from interviewer.session import events as ev
from interviewer.session.events import Event
from interviewer.session.thread import Thread, Turn

FIRST = "I ran *the* eval twice.\nIt caught <3> of 40 cases."
PROBE = 'You said "the eval". Which cases were they?'
SECOND = "Cases from last May, picked by Ana Lopes at Initech."
RATER = RaterIdentity("ollama/small", 2, "aaaaaaaaaaaa", "bbbbbbbbbbbb")


def events(bank: Bank) -> list[Event]:
    """A question, an answer, a probe, an answer, two readings, and a dimension that was not scored."""
    turns = (Turn("candidate", FIRST), Turn("interviewer", PROBE), Turn("candidate", SECOND))
    question = bank.question("eval-loop-story")
    return [
        ev.Started(format="drill", mode="exam", model="offline", judge="ollama/small", seed=3, version="0.1.0"),
        ev.QuestionAsked(question_id=question.id, text=question.ask, weights={"evidence": 5.0, "humility": 2.0}),
        ev.AnswerGiven(text=FIRST, seconds=40.0),
        ev.Rated(thread=0, stage="first", line=_line(bank, turns[:1], {"mention": "I ran *the* eval"})),
        ev.ProbeAsked(
            dimension="evidence", part="specific", text=PROBE, reason="no single occasion had been described"
        ),
        ev.AnswerGiven(text=SECOND, seconds=25.0),
        ev.ProbeSkipped(reason="nothing that was asked for was missing"),
        ev.QuestionClosed(reason="done"),
        ev.Rated(thread=0, stage="final", line=_line(bank, turns, MET, Flag("terms", "One sentence is a list."))),
        ev.Ended(reason="finished"),
    ]


MET = {
    "mention": "I ran *the* eval",
    "specific": "Cases from last May, picked by Ana Lopes",
    "measured": "It caught <3> of 40 cases",
}


def _line(bank: Bank, turns: tuple[Turn, ...], met: dict[str, str], *flags: Flag) -> dict[str, object]:
    thread = Thread("", turns)
    findings = tuple(
        Finding(part, part in met, find_quote(thread, met[part]) if part in met else None)
        for part in bank.dimension("evidence").parts
    )
    evidence = Rating("evidence", level_of(bank.dimension("evidence"), list(met)), None, findings)
    humility = Rating("humility", None, "Nothing was said that could be rated.")
    return rating_line(ThreadRating(RATER, {"evidence": evidence, "humility": humility}, flags))
