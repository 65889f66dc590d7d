"""The scorecard as Markdown. Foreign text stays text: whatever would be markup in it is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from ..bank.library import Bank
from ..rating.scorecard import Scorecard
from ..session.transcript import Transcript
from . import wording
from .passages import Passage, runs
from .view import DimensionView, InterviewView, OtherRating, PartView, QuestionView, TurnView
from .viewing import view

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$@])")
_BULLET = re.compile(r"^(\s*)([-+=](?=[-+=\s]|$)|\d+[.)](?=\s|$))", re.MULTILINE)
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def render(
    transcript: Transcript, card: Scorecard, bank: Bank, *, session: str | None = None, held: datetime | None = None
) -> str:
    """The scorecard of an interview; takes what `page.render` takes."""
    seen = view(transcript, card, bank, session=session, held=held)
    blocks = [*_summary(seen), *(block for question in seen.questions for block in _question(question)), *_foot(seen)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """The text with everything escaped that CommonMark or GitHub would read as markup, links included."""
    text = _MARKUP.sub(r"\\\1", text)
    text = _BULLET.sub(lambda found: found[1] + found[2][:-1] + "\\" + found[2][-1], text)
    return _ADDRESS.sub(r"\1\\\2", text)


def _summary(seen: InterviewView) -> list[str]:
    card = seen.card
    counts = wording.levels(card.scored, card.unscored)
    blocks = [f"# {escaped(card.band.capitalize())}", escaped(" · ".join(seen.heading)), escaped(card.means)]
    if card.overall is not None:
        interval = f"likely between {wording.figure(card.low)} and {wording.figure(card.high)}"
        blocks.append(
            f"**{wording.figure(card.overall)} of 5**, {interval}; {counts}, rated by {escaped(seen.raters)}."
        )
        blocks.append(_list(_outline(seen)))
    blocks += [escaped(seen.gave_no_level), escaped(seen.caution)]
    blocks.append(_list(f"Not scored: {escaped(sentence)}" for sentence in seen.not_scored))
    blocks.append(_list(f"Asked and not answered: {escaped(title)}" for title in seen.unanswered))
    return blocks


def _outline(seen: InterviewView) -> Iterable[str]:
    yield from (f"**{each.label}:** {escaped(each.told)}" for each in seen.standings)
    if change := seen.change:
        where = f"{escaped(change.dimension)}, question {change.question}"
        yield f"**Next time:** {escaped(change.find)} ({where})"


# --- one question -----------------------------------------------------------------------------------------


def _question(question: QuestionView) -> list[str]:
    again = (f"another try of question {question.again_of}",) if question.again_of else ()
    return [
        f"## {question.number}. {escaped(question.title)}",
        _quoted(f"*{_one_line(question.ask)}*"),
        escaped(" · ".join((*question.facts, *again))),
        _table(question.dimensions),
        *(block for turn in question.turns for block in _turn(turn, question.dimensions)),
        _list(
            f"You asked back {asked.when}: {_one_line(f'{asked.text} {asked.reply}')}" for asked in question.asked_back
        ),
        _list(f"No further follow-up: {escaped(reason)}." for reason in question.stopped),
        f"Help taken: {escaped(', '.join(question.hints))}." if question.hints else "",
        _list(
            f"To know: {escaped(flag.text)}" + (f" “{escaped(flag.quote)}”" if flag.quote else "")
            for flag in question.flags
        ),
        escaped(question.estimate),
        *(block for line in question.dimensions for block in _dimension(line, question.found)),
        *_titled("### Facts to go and find", map(escaped, question.points)),
        *_titled("### Check before you repeat it", map(escaped, question.checks)),
        *_titled("### Other readings on record", map(_other_rating, question.other_ratings)),
    ]


def _other_rating(other: OtherRating) -> str:
    return escaped(f"{other.rater}, {other.stage}: {other.levels}.")


def _table(lines: Sequence[DimensionView]) -> str:
    if not lines:
        return "Nothing has been rated here yet."
    rows = [
        f"| {escaped(line.name)} | {wording.moved(line.before, line.level)} | {wording.whole(line.estimate)} |"
        for line in lines
    ]
    return "\n".join(["| Dimension | Level | Offline estimate |", "|---|---|---|", *rows])


def _turn(turn: TurnView, lines: Sequence[DimensionView]) -> list[str]:
    names = {line.id: line.name for line in lines}
    if turn.role == "interviewer":
        why = wording.why_asked(escaped(turn.because), escaped(turn.aims_at))
        because = f"\n\n*{why}.*" if turn.because else ""
        return ["**Interviewer**", _quoted("".join(_run(run, names) for run in runs(turn.passages))) + because]
    length = wording.counted(turn.words, "word") + (f", {wording.duration(turn.seconds)}" if turn.seconds else "")
    return [f"**You** ({length})", _quoted("".join(_run(run, names) for run in runs(turn.passages)))]


def _run(run: Passage, names: dict[str, str]) -> str:
    """A passage; evidence in bold, with what it is evidence for behind it."""
    text = escaped(run.text)
    if not run.evidence:
        return text
    inside = text.strip()
    bold = "\n".join(f"**{line.strip()}**" if line.strip() else "" for line in inside.split("\n"))
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{bold} ({', '.join(escaped(names[name]) for name in run.dimensions)}){after}"


# --- one dimension ----------------------------------------------------------------------------------------


def _dimension(line: DimensionView, found: str) -> list[str]:
    blocks = [f"### {escaped(line.name)}: {wording.moved(line.before, line.level)}"]
    if line.level is None:
        blocks.append(f"Not scored: {escaped(line.unscored)}")
    blocks.append(_list(f"A {level}: {escaped(text)}" for level, text in line.anchors))
    blocks += [
        _list(f"Gone wrong: {_part(part)} {escaped(part.find)}".rstrip() for part in line.faults),
        _list(f"Missing: {escaped(part.find or part.says)}" for part in line.missing),
        _list(f"{found.capitalize()}: {_part(part)}" for part in line.met),
        _list(f"Claimed, not counted: {escaped(part.says)} {escaped(part.note)}" for part in line.dropped),
        _list(f"For later levels: {escaped(part.says)}" for part in line.later),
        _list(_remarks(line)),
    ]
    return blocks


def _part(part: PartView) -> str:
    return escaped(part.says) + (f" “{escaped(part.quote)}”" if part.quote else "")


def _remarks(line: DimensionView) -> Iterable[str]:
    yield from (f"{remark.capitalize()}." for remark in line.remarks)
    yield from (f"Disputed by you: {_one_line(note)}" for note in line.disputes)


def _foot(seen: InterviewView) -> list[str]:
    return [
        *_titled("## Your own questions", map(_one_line, seen.asked)),
        *_titled("## Your notes", map(_one_line, seen.notes)),
        *_titled(
            "## Where this comes from", (f"{escaped(label)}: {escaped(value)}" for label, value in seen.provenance)
        ),
    ]


def _titled(title: str, entries: Iterable[str]) -> list[str]:
    body = _list(entries)
    return [title, body] if body else []


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _quoted(text: str) -> str:
    """As a block quotation; a line break in the text stays one."""
    return "\n".join(f"> {line}".rstrip() + ("  " if line else "") for line in text.split("\n")).rstrip()


def _one_line(text: str) -> str:
    return escaped(" ".join(text.split()))
