"""The scorecard as plain text, for pipes, mail and reading aloud: no colour, no drawing, 88 columns.

Evidence stands in the answer between «guillemets», with what it is evidence for behind it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import datetime

from ..bank.library import Bank
from ..rating.scorecard import Scorecard
from ..session.transcript import Transcript
from . import wording
from .passages import Passage, runs
from .view import DimensionView, InterviewView, QuestionView, TurnView
from .viewing import view

WIDTH = 88
"""Columns."""


def render(
    transcript: Transcript, card: Scorecard, bank: Bank, *, session: str | None = None, held: datetime | None = None
) -> str:
    """The scorecard of an interview; takes what `page.render` takes."""
    seen = view(transcript, card, bank, session=session, held=held)
    blocks = [_summary(seen), *(_question(question) for question in seen.questions), _foot(seen)]
    return "\n\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _summary(seen: InterviewView) -> list[str]:
    card = seen.card
    figures = ""
    if card.overall is not None:
        figures = f": {wording.figure(card.overall)} of 5 ({wording.figure(card.low)} to {wording.figure(card.high)})"
    lines = [f"{card.band.capitalize()}{figures}", *_wrapped(card.means), *_wrapped(" · ".join(seen.heading))]
    lines += [line for each in seen.standings for line in _wrapped(f"{each.label}: {each.told}")]
    if change := seen.change:
        lines += _wrapped(f"Next time: {change.find} ({change.dimension}, question {change.question})")
    if card.scored:
        lines += _wrapped(f"Rated by: {seen.raters}; {wording.levels(card.scored, card.unscored)}")
    lines += _wrapped(seen.gave_no_level)
    lines += _wrapped(seen.caution)
    for sentence in seen.not_scored:
        lines += _wrapped(f"Not scored: {sentence}")
    return lines + [f"Asked and not answered: {title}" for title in seen.unanswered]


def _question(question: QuestionView) -> list[str]:
    again = (f"another try of question {question.again_of}",) if question.again_of else ()
    facts = _wrapped(" · ".join((*question.facts, *again)))
    lines = [*_title(question), *facts, "", *_levels(question), *_turns(question)]
    for flag in question.flags:
        lines += ["", *_wrapped(f"To know: {flag.text}" + (f" “{flag.quote}”" if flag.quote else ""))]
    told = [line for line in question.dimensions if line.told]
    if told:
        lines += ["", *_wrapped(f"{wording.marks(question.found)} {question.estimate}")]
    for line in told:
        lines += ["", *_dimension(line)]
    lines += _titled("Facts to go and find", question.points)
    lines += _titled("Check before you repeat it", question.checks)
    others = (f"{other.rater}, {other.stage}: {other.levels}" for other in question.other_ratings)
    return lines + _titled("Other readings on record", others)


def _title(question: QuestionView) -> list[str]:
    title = f"{question.number}. {question.title}"
    return [title, "-" * min(len(title), WIDTH), *_wrapped(question.ask)]


def _levels(question: QuestionView) -> list[str]:
    if not question.dimensions:
        return ["Nothing has been rated here yet."]
    width = max(len(line.name) for line in question.dimensions)
    rows = (
        f"{line.name:<{width}}  {wording.moved(line.before, line.level)}{_doubt(line)}" for line in question.dimensions
    )
    return [line for row in rows for line in _wrapped(row)]


def _doubt(line: DimensionView) -> str:
    """What qualifies a level, in a few words behind it."""
    said = "; ".join([*(["not scored"] if line.level is None else []), *line.remarks])
    return f"  ({said})" if said else ""


def _turns(question: QuestionView) -> list[str]:
    names = {line.id: line.name for line in question.dimensions}
    lines: list[str] = []
    for turn in question.turns:
        lines += ["", *_turn(turn, names)]
    for asked in question.asked_back:
        lines += _wrapped(f"(you asked back {asked.when}: {asked.text} {asked.reply})", "  ")
    lines += [f"  (no further follow-up: {reason})" for reason in question.stopped]
    return lines + ([f"  (help taken: {', '.join(question.hints)})"] if question.hints else [])


def _turn(turn: TurnView, names: dict[str, str]) -> list[str]:
    if turn.role == "interviewer":
        lines = ["Interviewer:"]
    else:
        time = f", {wording.duration(turn.seconds)}" if turn.seconds else ""
        lines = [f"You ({wording.counted(turn.words, 'word')}{time}):"]
    lines += _wrapped("".join(_run(run, names) for run in runs(turn.passages)), "  ")
    if turn.because:
        lines += _wrapped(f"({wording.why_asked(turn.because, turn.aims_at)})", "  ")
    return lines


def _run(run: Passage, names: dict[str, str]) -> str:
    if not run.evidence:
        return run.text
    return f"«{run.text}» [{', '.join(names[name] for name in run.dimensions)}]"


def _dimension(line: DimensionView) -> list[str]:
    lines = [f"{line.name}: {wording.moved(line.before, line.level)}"]
    for part in line.faults:
        lines += _wrapped(f"x {part.says} “{part.quote}” {part.find}", "  ")
    for part in line.met:
        lines += _wrapped(f"+ {part.says} “{part.quote}”", "  ")
    for part in line.missing:
        lines += _wrapped(f"- {part.find or part.says}", "  ")
    for part in line.dropped:
        lines += _wrapped(f"? Claimed, not counted: {part.says} {part.note}", "  ")
    if line.later:
        lines += _wrapped(f"For later levels: {' '.join(part.says for part in line.later)}", "  ")
    for note in line.disputes:
        lines += _wrapped(f"! Disputed by you: {note}", "  ")
    for level, text in line.anchors:
        lines += _wrapped(f"A {level}: {text}", "  ")
    return lines


def _foot(seen: InterviewView) -> list[str]:
    facts = (f"{label}: {value}" for label, value in seen.provenance)
    own = [*_titled("Your own questions", seen.asked), *_titled("Your notes", seen.notes)]
    return [*own, *_titled("Where this comes from", facts)][1:]


def _titled(title: str, entries: Iterable[str]) -> list[str]:
    lines = [line for entry in entries for line in _wrapped(f"- {entry}", "  ")]
    return ["", title, *lines] if lines else []


def _wrapped(text: str, indent: str = "") -> list[str]:
    """The text in lines of `WIDTH` columns; its own line breaks stay."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        hanging = indent + ("  " if paragraph[:2] in {"- ", "+ ", "x ", "? ", "! "} and indent else "")
        lines += textwrap.wrap(
            paragraph, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False
        ) or [""]
    return lines
