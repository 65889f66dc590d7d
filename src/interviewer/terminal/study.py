"""The scorecard to study: the sum first, then each question with the quotes marked where they were said.

Says what `card.py` leaves out: all parts met and missing, what a 5 would hold, other readings, where it comes from.
Made from the view that the page is made from, so that the two never tell different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ..report import wording
from ..report.passages import runs
from ..report.view import DimensionView, InterviewView, PartView, QuestionView, TurnView
from .card import BELOW, INDENT, CardView, Page
from .lines import Span, Spans, fold, line, measure, sentence
from .look import Role


@dataclass(frozen=True, slots=True)
class Study:
    """A whole scorecard that rich can print at any width."""

    summary: CardView
    seen: InterviewView

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for spans in lines(self, options.max_width):
            yield Text.assemble(*((span.text, self.summary.look.style(span.role)) for span in spans))


def lines(study: Study, width: int) -> list[Spans]:
    """All of it; where it is longer than the screen, the sum once more at the end, which is where the eye is."""
    page = StudyPage(study.summary, measure(width))
    page.heading("Scorecard")
    page.summary()
    for title in study.seen.unanswered:
        page.folded(f"Asked and not answered: {title}")
    for said in study.seen.not_scored:
        page.marked("! ", f"Not scored: {said}", Role.WARNING, plain="")
    for question in study.seen.questions:
        page.question(question)
    page.listed("Your own questions", study.seen.asked)
    page.listed("Your notes", study.seen.notes)
    page.listed("Where this comes from", (f"{label}: {value}" for label, value in study.seen.provenance))
    height = study.summary.height
    if height is not None and len(page.lines) + BELOW > height:
        page.blank()
        page.heading("In short")
        page.summary()
    return page.lines


class StudyPage(Page):
    """Lines as they gather."""

    def question(self, question: QuestionView) -> None:
        """One question: its thread, each dimension, and what to go and find."""
        again = f", another try of question {question.again_of}" if question.again_of else ""
        self.blank()
        self.heading(f"Question {question.number}: {question.title}{again}")
        self.folded(question.ask)
        self.folded(" · ".join(question.facts), Role.QUIET)
        names = {each.id: each.name for each in question.dimensions}
        for turn in question.turns:
            self.turn(turn, names)
        for asked in question.asked_back:
            self.marked(f"You asked back {asked.when}: ", f"{self.quoted(asked.text)} {asked.reply}", Role.QUIET)
        for reason in question.stopped:
            self.folded(sentence(f"No further follow-up: {reason}"), Role.QUIET)
        for flag in question.flags:
            self.flag(flag.text, flag.quote)
        self.legend(question)
        for each in question.dimensions:
            if each.told:
                self.dimension_block(each, question.found)
        self.listed("Facts to go and find", question.points)
        self.listed("Check before you repeat it", question.checks)
        self.listed("Help taken", question.hints)
        others = (f"{each.rater}, {each.stage}: {each.levels}" for each in question.other_ratings)
        self.listed("Other readings on record", others)

    def turn(self, turn: TurnView, names: dict[str, str]) -> None:
        """What one of the two said; the words that levels rest on are marked, with what they are evidence for."""
        self.blank()
        if turn.role == "interviewer":
            self.folded("Interviewer:", Role.QUIET)
            self.said([("".join(piece.text for piece in turn.passages), Role.ACCENT)])
            if turn.because:
                self.marked(INDENT, wording.why_asked(turn.because, turn.aims_at), Role.QUIET, plain="")
            return
        time = f", {wording.duration(turn.seconds)}" if turn.seconds else ""
        self.folded(f"You ({wording.counted(turn.words, 'word')}{time}):", Role.QUIET)
        left, right = (self.look.mark("«", "<<"), self.look.mark("»", ">>"))
        pieces: list[tuple[str, Role]] = []
        for run in runs(turn.passages):
            if run.evidence:
                told = ", ".join(names[name] for name in run.dimensions)
                pieces += [(f"{left}{run.text}{right}", Role.STRONG), (f" [{told}]", Role.QUIET)]
            else:
                pieces.append((run.text, Role.TEXT))
        self.said(pieces)

    def said(self, pieces: Sequence[tuple[str, Role]]) -> None:
        """Words of a thread, folded as one text, each piece in its role."""
        indent = "" if self.look.plain else "  "
        for row in _rows(pieces, self.width - len(indent)):
            self.lines.append((Span(indent), *row) if indent else row)

    def legend(self, question: QuestionView) -> None:
        """What the marks of the parts mean, and what the parts are worth where no model read."""
        if any(each.told for each in question.dimensions):
            signs = "" if self.look.plain else wording.marks(question.found)
            if told := f"{signs} {question.estimate}".strip():
                self.blank()
                self.folded(told, Role.QUIET)

    def dimension_block(self, seen: DimensionView, found: str) -> None:
        """One dimension: level, what moved it, parts met and missing, and what a 5 holds."""
        self.blank()
        remarks = "; ".join(_remarks(seen))
        if seen.level is None:
            self.level("–", "", seen.name, "; ".join(filter(None, ("not scored", remarks))), Role.QUIET)
        else:
            self.level(str(seen.level), self.bar(seen.level), seen.name, remarks, Role.STRONG)
        self.parts("+ ", f"{found}: ", seen.met, Role.TEXT)
        for part in seen.faults:
            self.parts("x ", "gone wrong: ", [part], Role.WARNING)
            self.marked(f"{INDENT}- ", part.find, Role.TEXT, plain="instead: ")
        for part in seen.missing:
            self.marked(f"{INDENT}- ", part.find or part.says, Role.TEXT, plain="missing: ")
        for note, says in _by_note(seen.dropped).items():
            self.marked(f"{INDENT}not counted: ", f"{sentence(note)} {' '.join(says)}", Role.QUIET)
        if seen.later:
            self.marked(f"{INDENT}for later levels: ", " ".join(part.says for part in seen.later), Role.QUIET)
        for level, text in seen.anchors:
            self.marked(f"{INDENT}A {level}: ", text, Role.QUIET)

    def parts(self, mark: str, plain: str, parts: Iterable[PartView], role: Role) -> None:
        """Parts with the words they rest on."""
        for part in parts:
            quote = f" {self.quoted(part.quote)}" if part.quote else ""
            self.marked(INDENT + mark, f"{part.says}{quote}", role, plain=plain)

    def listed(self, title: str, entries: Iterable[str]) -> None:
        """A titled list; nothing where it would be empty."""
        kept = list(entries)
        if kept:
            self.blank()
            self.folded(title, Role.STRONG)
        for entry in kept:
            self.marked(f"  {self.look.mark('·', '-')} ", entry, Role.TEXT, plain="- ")


def _by_note(dropped: Iterable[PartView]) -> dict[str, list[str]]:
    """What was claimed and does not count, by the reason."""
    said: dict[str, list[str]] = {}
    for part in dropped:
        said.setdefault(part.note, []).append(part.says)
    return said


def _remarks(seen: DimensionView) -> Iterator[str]:
    """What stands beside a level."""
    if moved := wording.at_first(seen.before, seen.level):
        yield moved
    yield from seen.remarks
    yield from (f"disputed: {note}" for note in seen.disputes)


def _rows(pieces: Sequence[tuple[str, Role]], width: int) -> Iterator[Spans]:
    """The pieces as one folded text, each row cut where the role changes."""
    text = "".join(piece for piece, _ in pieces)
    at = 0
    for row in fold(text, width):
        start = text.find(row, at)
        if start < 0:  # a word too long for a row, cut behind an indent
            yield line(row)
            continue
        at = start + len(row)
        yield tuple(_between(pieces, start, at)) or line("")


def _between(pieces: Sequence[tuple[str, Role]], start: int, end: int) -> Iterator[Span]:
    """The spans of the text from `start` to `end`."""
    at = 0
    for piece, role in pieces:
        inside = piece[max(0, start - at) : max(0, end - at)]
        at += len(piece)
        if inside:
            yield Span(inside, role)
