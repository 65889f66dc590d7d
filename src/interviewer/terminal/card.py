"""The scorecard in the terminal: the sum first, then a line a dimension with the words it rests on.

`lines` is pure and gives the same facts in every look; in a plain one each is a labelled sentence. `CardView` wraps it
for rich, which knows the width only when it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ..bank.scale import Scale
from ..bank.schema import Dimension
from ..rating.scorecard import Change, DimensionLine, Scorecard, ThreadCard
from ..report.raters import gave_no_level
from ..report.standing import standings
from ..report.wording import at_first, came_of, counted, duration, figure, levels, reason_of, remarks, why_asked
from ..session.events import OFFLINE
from ..text import cells, clean_line, count_words
from .lines import Span, Spans, clause, measure, sentence
from .look import Look, Role
from .screen import Screen
from .sheet import Sheet

BELOW = 5
"""Lines that come after a scorecard: where to find it, what is next, and the shell's own."""
INDENT = "    "
NEXT_TIME = "Next time"
"""The label of the one change."""
_ROLES = {1: Role.BAD, 2: Role.WARNING, 3: Role.TEXT, 4: Role.GOOD, 5: Role.GOOD}


@dataclass(frozen=True, slots=True)
class CardView:
    """A scorecard that rich can print at any width."""

    card: Scorecard
    look: Look
    scale: Scale
    dimension: Callable[[str], Dimension]
    """Gives a dimension by its id (`Bank.dimension`), for the wording of parts."""
    height: int | None = None
    """Of the screen in lines; None where nothing scrolls out of sight."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for spans in lines(self, options.max_width):
            yield Text.assemble(*((span.text, self.look.style(span.role)) for span in spans))


def show(screen: Screen, card: Scorecard, scale: Scale, dimension: Callable[[str], Dimension]) -> None:
    """Prints the scorecard."""
    screen.print(CardView(card, screen.look, scale, dimension, screen.height))


def lines(view: CardView, width: int) -> list[Spans]:
    """The whole scorecard: the sum where the eye is, which is at the end of what is longer than the screen."""
    head, questions, summary = (Page(view, measure(width)) for _ in range(3))
    head.heading("Scorecard")
    for number, thread in enumerate(view.card.threads, 1):
        questions.thread(number, thread)
    summary.summary()
    rows = len(head.lines) + len(questions.lines) + len(summary.lines)
    if view.height is None or rows + BELOW <= view.height:
        return [*head.lines, *summary.lines, *questions.lines]
    last = Page(view, measure(width))
    last.blank()
    last.heading("In short")
    return [*head.lines, *questions.lines, *last.lines, *summary.lines]


class Page(Sheet):
    """The scorecard, written on a sheet."""

    def __init__(self, view: CardView, width: int):
        super().__init__(view.look, width)
        self.card, self.scale, self.dimension = view.card, view.scale, view.dimension
        self._finds: dict[str, int] = {}
        """What to go and find, and the thread where it was said first."""

    # --- the sum ------------------------------------------------------------------------------------------

    def summary(self) -> None:
        """Overall, strongest, weakest, the one change, and who says so."""
        card = self.card
        self.labelled("Overall", _overall(card), Role.STRONG)
        self.labelled("", card.means)
        for each in standings(card, self._name):
            self.labelled(each.label, each.told)
        if card.change:
            self.labelled(NEXT_TIME, f"{card.change.find} ({self._where(card.change)})", Role.ACCENT)
        if card.scored:
            self.labelled("Rated by", f"{', '.join(card.raters)}; {levels(card.scored, card.unscored)}")
        if told := gave_no_level(card):
            self.labelled("", told, Role.WARNING)
        if card.scored and OFFLINE in card.raters:
            worth = self.scale.offline_worth
            self.labelled("", f"{worth.sentence} {worth.of_quotes}", Role.QUIET)

    def _where(self, change: Change) -> str:
        """The dimension that a change is for, and the question where there are several."""
        name = self._name(change.dimension)
        return f"{name}, {self._question(change.thread)}" if len(self.card.threads) > 1 else name

    def _question(self, index: int) -> str:
        """What the thread of that index is called; a further try goes by the first one, for it is no other question."""
        first = next((thread.state.redo_of for thread in self.card.threads if thread.index == index), None)
        return f"question {self._number(index)}" if first is None else f"{self._question(first)} tried again"

    def _name(self, dimension: str) -> str:
        named = (rated.name for thread in self.card.threads for rated in thread.lines if rated.dimension == dimension)
        return next(named, dimension)

    def _number(self, index: int) -> int:
        """How the thread of that index in the transcript is numbered here."""
        return next((number for number, thread in enumerate(self.card.threads, 1) if thread.index == index), 0)

    # --- a question ---------------------------------------------------------------------------------------

    def thread(self, number: int, thread: ThreadCard) -> None:
        """One question: what was asked, each dimension, flags, and why each probe was asked."""
        self.blank()
        first = thread.state.redo_of
        self.heading(f"Question {number}" + ("" if first is None else f" ({self._question(first)} again)"))
        self.folded(thread.question, Role.TEXT)
        self.folded(_course(thread), Role.QUIET)
        if not thread.lines:
            self.folded("Not rated.", Role.WARNING)
        for rated in thread.lines:
            if rated.level is not None:
                self.rated(rated, rated.level, thread)
        for reason, unscored in thread.unscored.items():
            self.unscored(reason, unscored, thread)
        if thread.notable or thread.follow_ups:
            self.blank()
        for flag in thread.notable:
            self.flag(flag.text, flag.quote.text if flag.quote else "")
        self.follow_ups(thread)

    def rated(self, rated: DimensionLine, level: int, thread: ThreadCard) -> None:
        """One dimension: level, what it rests on, what is missing for the next."""
        self.blank()
        remarks = "; ".join(_remarks(rated, thread, self.scale))
        self.level(str(level), self.bar(level), rated.name, remarks, _ROLES[level])
        if rated.evidence:
            self.marked(INDENT, self.quoted(rated.evidence.text), Role.TEXT, plain="you said: ")
        else:
            self.marked(INDENT, _without_words(level), Role.QUIET, plain="")
        if rated.missing:
            told = self._told(rated.missing[0].find, thread)
            self.marked(INDENT, f"For a {level + 1}: {told}", Role.QUIET, plain="")
        self.dropped(rated)

    def unscored(self, reason: str, unscored: Sequence[DimensionLine], thread: ThreadCard) -> None:
        """The dimensions that have no level for that reason."""
        self.blank()
        names = ", ".join(rated.name for rated in unscored)
        if self.look.plain:
            self.folded(sentence(f"{names}: not scored. {reason}"))
        else:
            self.marked(f"{'':5} – ", names, Role.STRONG, mark_role=Role.QUIET)
            self.marked(INDENT, f"not scored: {reason}", Role.QUIET)
        for rated in unscored:
            if remarks := "; ".join(_remarks(rated, thread, self.scale)):
                self.marked(INDENT, f"{rated.name}: {remarks}", Role.QUIET, plain="")
            self.dropped(rated)

    def _told(self, find: str, thread: ThreadCard) -> str:
        """What to go and find; only where it stands, when it was said already."""
        if self.card.change and self.card.change.find == find:
            return f"see “{NEXT_TIME}”" if not self.look.ascii else f'see "{NEXT_TIME}"'
        first = self._finds.setdefault(find, thread.index)
        return find if first == thread.index else f"the same as in question {self._number(first)}"

    def dropped(self, rated: DimensionLine) -> None:
        """What was claimed of a dimension and does not count: one claim with its reason, more by their number."""
        if len(rated.dropped) > 1:
            told = f"{len(rated.dropped)} claims of the rater (--full says which, and why)"
            self.marked(f"{INDENT}not counted: ", told, Role.QUIET)
            return
        for finding in rated.dropped:
            part = self.dimension(rated.dimension).parts.get(finding.part)
            said = part.met_when if part else finding.part
            self.marked(f"{INDENT}not counted: ", f"{said} ({finding.note})", Role.QUIET)

    def level(self, level: str, bar: str, name: str, remarks: str, role: Role) -> None:
        """The line that carries the level; remarks follow where they fit, else below."""
        if self.look.plain:
            stands = f"{clean_line(name)}: {level} of 5" if bar else f"{clean_line(name)}: no level"
            self.folded(sentence(f"{stands}; {remarks}" if remarks else stands))
            return
        head = (Span(f"{bar:5} {level} ", role), Span(clean_line(name), Role.STRONG))
        used = sum(cells(span.text) for span in head)
        if remarks and used + 2 + cells(remarks) <= self.width:
            self.lines.append((*head, Span(f"  {clean_line(remarks)}", Role.QUIET)))
            return
        self.lines.append(head)
        if remarks:
            self.marked(INDENT, remarks, Role.QUIET)

    def bar(self, level: int) -> str:
        """The level as five marks."""
        return self.look.mark("■", "#") * level + self.look.mark("□", "-") * (5 - level)

    def flag(self, text: str, quote: str) -> None:
        """Something to know, with the words it was heard in; an empty quote where there are none."""
        said = f"{clause(text)}: {self.quoted(quote)}" if quote else text
        self.marked("! ", said, Role.WARNING, plain="flag: ")

    def follow_ups(self, thread: ThreadCard) -> None:
        """What the interviewer said after the question: a probe with its reason, a new fact, a turn of a debate."""
        probes = iter(thread.state.probes)
        probe = next(probes, None)
        for turn in thread.state.turns:
            if probe and turn.text == probe.text:
                because = f"{self.quoted(probe.text)} {why_asked(reason_of(probe))}"
                self.marked("? ", because, Role.QUIET, plain="follow-up: ")
                probe = next(probes, None)
            elif turn.text in thread.state.told:
                self.marked("? ", self.quoted(turn.text), Role.QUIET, plain="interviewer: ")


def _without_words(level: int) -> str:
    """What stands in place of the words that a level rests on, where there are none to show."""
    return "no single sentence of yours stands for it" if level > 2 else "nothing you said counts for more"


def _overall(card: Scorecard) -> str:
    if card.overall is None or card.low is None or card.high is None:
        return card.band
    return f"{card.band}, {figure(card.overall)} of 5 (likely {figure(card.low)} to {figure(card.high)})"


def _course(thread: ThreadCard) -> str:
    """How long the candidate spoke, and how often they were asked more."""
    words = count_words("\n".join(thread.state.thread.answers))
    told = [duration(seconds)] if (seconds := sum(thread.state.seconds)) else []
    told += [counted(words, "word"), counted(thread.follow_ups, "follow-up"), *came_of(thread)]
    if thread.state.closed == "skipped":
        told.append("skipped")
    if thread.superseded:
        told.append("answered once more below, and only that counts")
    return ", ".join(told)


def _remarks(rated: DimensionLine, thread: ThreadCard, scale: Scale) -> Iterable[str]:
    """What stands beside a level: where it came from, and how sure it is."""
    if moved := at_first(rated.before_probes, rated.level):
        yield moved
    guess, spread = thread.state.self_rating.get(rated.dimension), rated.rating.spread
    yield from remarks(rated.estimate, guess, spread, uncertain=spread >= scale.uncertain_at)
    for dispute in thread.state.disputes:
        if dispute.dimension == rated.dimension:
            yield f"disputed: {clean_line(dispute.note)}"
