"""The scorecard in the terminal: the sum first, then a line a dimension with the words it rests on.

`lines` is pure and gives the same facts in every look; in a plain one each is a labelled sentence. `render` wraps it
for rich, which knows the width only when it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ..bank.schema import Dimension, Scale
from ..rating.scorecard import Line as Rated
from ..rating.scorecard import Scorecard, ThreadCard
from ..report.wording import counted, duration, figure
from ..session.events import OFFLINE, ProbeAsked
from ..text import cells, clean, clean_line, count_words
from .lines import Span, Spans, clause, fold, line, measure, sentence
from .look import Look, Role
from .screen import Screen

REPEATED_FROM = 16
"""Lines from which the sum is out of sight at the end, so that it is said again."""
INDENT = "    "
_ROLES = {1: Role.BAD, 2: Role.WARNING, 3: Role.TEXT, 4: Role.GOOD, 5: Role.GOOD}


@dataclass(frozen=True, slots=True)
class CardView:
    """A scorecard that rich can print at any width."""

    card: Scorecard
    look: Look
    scale: Scale
    dimension: Callable[[str], Dimension]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for spans in lines(self, options.max_width):
            yield Text.assemble(*((span.text, self.look.style(span.role)) for span in spans))


def render(card: Scorecard, look: Look, scale: Scale, dimension: Callable[[str], Dimension]) -> CardView:
    """The scorecard as something rich can print.

    Args:
        dimension: gives a dimension by its id (`Bank.dimension`), for the wording of parts.
    """
    return CardView(card, look, scale, dimension)


def show(screen: Screen, card: Scorecard, scale: Scale, dimension: Callable[[str], Dimension]) -> None:
    """Prints the scorecard."""
    screen.print(render(card, screen.look, scale, dimension))


def lines(view: CardView, width: int) -> list[Spans]:
    """The whole scorecard."""
    page = Page(view, measure(width))
    page.summary()
    for number, thread in enumerate(view.card.threads, 1):
        page.thread(number, thread)
    if len(page.lines) >= REPEATED_FROM:
        page.closing()
    return page.lines


class Page:
    """Lines as they gather, folded to one width."""

    def __init__(self, view: CardView, width: int):
        self.card, self.look, self.scale, self.dimension = view.card, view.look, view.scale, view.dimension
        self.width = width
        self.lines: list[Spans] = []

    # --- the sum ------------------------------------------------------------------------------------------

    def summary(self) -> None:
        """Overall, strongest, weakest, the one change, and who says so."""
        card = self.card
        self.heading("Scorecard")
        self.overall()
        self.labelled("", card.means)
        if len(card.by_dimension) > 1:
            self.labelled("Strongest", self._mean(card.strongest))
            self.labelled("Weakest", self._mean(card.weakest))
        self.change()
        raters = ", ".join(card.raters) or "nobody"
        unscored = f", {card.unscored} not scored" if card.unscored else ""
        self.labelled("Rated by", f"{raters}; {card.scored} scored{unscored}")
        if OFFLINE in card.raters and card.scored:
            self.labelled("", self.scale.offline_worth.sentence, Role.QUIET)

    def closing(self) -> None:
        """The sum once more, where the eye is after a long scorecard."""
        self.blank()
        self.heading("In short")
        self.overall()
        self.change()

    def overall(self) -> None:
        """The band in a word and in figures."""
        self.labelled("Overall", _overall(self.card), Role.STRONG)

    def change(self) -> None:
        """The one change that would help most."""
        if change := self.card.change:
            of = f"{self._name(change.dimension)}, question {self._number(change.thread)}"
            self.labelled("Next time", f"{change.find} ({of})", Role.ACCENT)

    def _mean(self, dimension: str | None) -> str:
        return f"{self._name(dimension)}, {figure(self.card.by_dimension[dimension])}" if dimension else "–"

    def _name(self, dimension: str | None) -> str:
        named = (rated.name for thread in self.card.threads for rated in thread.lines if rated.dimension == dimension)
        return next(named, dimension or "")

    def _number(self, index: int) -> int:
        """How the thread of that index in the transcript is numbered here."""
        return next((number for number, thread in enumerate(self.card.threads, 1) if thread.index == index), 0)

    # --- a question ---------------------------------------------------------------------------------------

    def thread(self, number: int, thread: ThreadCard) -> None:
        """One question: what was asked, each dimension, flags, and why each probe was asked."""
        self.blank()
        self.heading(f"Question {number}" + (" (again)" if thread.state.redo_of is not None else ""))
        self.folded(thread.question, Role.TEXT)
        self.folded(_course(thread), Role.QUIET)
        if not thread.lines:
            self.folded("Not rated.", Role.WARNING)
        for rated in thread.lines:
            self.rated(rated, thread)
        if thread.flags or thread.state.probes:
            self.blank()
        for flag in thread.flags:
            self.flag(flag.text, flag.quote.text if flag.quote else "")
        for probe in thread.state.probes:
            self.probe(probe)

    def rated(self, rated: Rated, thread: ThreadCard) -> None:
        """One dimension: level, what it rests on, what is missing for the next."""
        self.blank()
        remarks = "; ".join(_remarks(rated, thread, self.scale))
        if rated.level is None:
            reason = f"not scored: {clause(rated.rating.unscored or 'no reason given')}"
            self.level("–", "", rated.name, "; ".join(filter(None, (reason, remarks))), Role.QUIET)
        else:
            self.level(str(rated.level), self.bar(rated.level), rated.name, remarks, _ROLES[rated.level])
        if rated.evidence:
            self.marked(INDENT, self.quoted(rated.evidence.text), Role.TEXT, plain="you said: ")
        self.missing(rated)
        for finding in rated.dropped:
            part = self.dimension(rated.dimension).parts.get(finding.part)
            said = part.met_when if part else finding.part
            self.marked(f"{INDENT}not counted: ", f"{said} ({finding.note})", Role.QUIET)

    def missing(self, rated: Rated) -> None:
        """The first thing to go and find for the next level; `interviewer review --full` tells all."""
        if rated.missing:
            self.marked(INDENT, f"For a {(rated.level or 0) + 1}: {rated.missing[0].find}", Role.QUIET, plain="")

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

    def probe(self, probe: ProbeAsked) -> None:
        """A probe, and why it was asked."""
        self.marked("? ", f"{self.quoted(probe.text)} asked because {probe.reason}", Role.QUIET, plain="probe: ")

    # --- how lines are made -------------------------------------------------------------------------------

    def blank(self) -> None:
        """An empty line."""
        self.lines.append(line(""))

    def heading(self, text: str) -> None:
        """A title over what follows."""
        if self.look.plain:
            self.lines.append(line(text))
            return
        rule = self.look.mark("─", "-") * max(0, self.width - cells(text) - 1)
        self.lines.append((Span(text, Role.STRONG), Span(f" {rule}", Role.QUIET)))

    def labelled(self, label: str, text: str, role: Role = Role.TEXT) -> None:
        """A line of the summary: the label in a column of its own."""
        if self.look.plain:
            self.folded(f"{label}: {text}" if label else text)
        else:
            self.marked(f"{label:<10}", text, role, mark_role=Role.QUIET)

    def marked(
        self, mark: str, text: str, role: Role, *, plain: str | None = None, mark_role: Role | None = None
    ) -> None:
        """Text behind a mark, its further rows under its first."""
        if self.look.plain:
            self.folded((mark.lstrip() if plain is None else plain) + clean_line(text))
            return
        rows = fold(clean_line(text), self.width - cells(mark))
        for number, row in enumerate(rows):
            before = mark if number == 0 else " " * cells(mark)
            self.lines.append((Span(before, mark_role or role), Span(row, role)))

    def folded(self, text: str, role: Role = Role.TEXT) -> None:
        """Text over the whole width."""
        rows = [clean(text)] if self.look.plain else fold(clean_line(text), self.width)
        self.lines.extend(line(row, role) for row in rows)

    def quoted(self, text: str) -> str:
        """The text in quotation marks."""
        left, right = ('"', '"') if self.look.ascii else ("“", "”")
        return f"{left}{clean_line(text)}{right}"


def _overall(card: Scorecard) -> str:
    if card.overall is None or card.low is None or card.high is None:
        return card.band
    return f"{card.band}, {figure(card.overall)} of 5 (likely {figure(card.low)} to {figure(card.high)})"


def _course(thread: ThreadCard) -> str:
    """How long the candidate spoke, and how often they were probed."""
    words = count_words("\n".join(thread.state.thread.answers))
    told = [duration(sum(thread.state.seconds)), counted(words, "word"), counted(len(thread.state.probes), "probe")]
    if thread.state.closed == "skipped":
        told.append("skipped")
    return ", ".join(told)


def _remarks(rated: Rated, thread: ThreadCard, scale: Scale) -> Iterable[str]:
    """What stands beside a level: where it came from, and how sure it is."""
    if rated.before_probes is not None:
        yield f"{rated.before_probes} before the probes" if rated.before_probes != rated.level else "no probe moved it"
    if rated.estimate is not None:
        yield f"offline estimate {rated.estimate}"
    if (said := thread.state.self_rating.get(rated.dimension)) is not None:
        yield f"you said {said}"
    if rated.rating.spread >= scale.uncertain_at:
        yield f"uncertain, readings lie {rated.rating.spread:.0f} apart"
    elif rated.rating.spread:
        yield f"readings lie {rated.rating.spread:.0f} apart"
    for dispute in thread.state.disputes:
        if dispute.dimension == rated.dimension:
            yield f"disputed: {clean_line(dispute.note)}"
