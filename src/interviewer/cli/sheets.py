"""The bank's content as sheets of plain text: lines, lists with "- ", a blank line between blocks. Pure; cleaned."""

from __future__ import annotations

from collections.abc import Iterable

from ..bank.library import Bank
from ..bank.schema import Claim, Expectation, Probe, Profile, Question
from ..bank.study import Concept, Preparation
from ..report.wording import kind_name
from ..text import clean_line

Block = tuple[str, ...]


def question_card(bank: Bank, question: Question) -> str:
    """What a candidate may see: the wording and what is rated, and nothing that gives a point away."""
    rated = (f"{bank.dimension(name).name} ({weight})" for name, weight in question.weights.items())
    return _sheet(
        (f"{question.title} ({question.id})",),
        (question.ask,),
        (
            f"Kind: {kind_name(question.kind)}",
            f"Topics: {_said(question.topics)}",
            f"Roles: {_said(question.roles)}",
            f"Levels: {_said(question.seniority)}",
            f"Companies: {_said(question.companies) or 'any'}",
            f"Source: {question.source}",
        ),
        _section("Rated, with weights from 1 to 5", rated),
    )


def question_spoilers(question: Question) -> str:
    """What the interviewer knows: what it tests, points, red flags, probes, hints, outline and where to read on."""
    hints = question.hints
    sides = (_section(f"Side: {side.position}", (*side.case, f"It grants: {side.concedes}")) for side in question.sides)
    return _sheet(
        ("What it tests", question.tests),
        _section("What a strong answer may reach", question.points),
        _section("Red flags", (f"{flag.flag} Heard as: {flag.heard_as}" for flag in question.red_flags)),
        _section("Follow-ups", map(_follow_up, question.probes)),
        _section("Hints", (hints.nudge, hints.direction, hints.structure)),
        _section(f"Outline: {question.outline.pattern}", question.outline.steps),
        _section("New facts", (f"{development.fact} {development.ask}" for development in question.developments)),
        *sides,
        _section("Concepts", question.concepts),
        _section("Where to read on", (f"{reading.title}: {reading.why}" for reading in question.reading)),
        _claims(question.check_this),
    )


def _follow_up(probe: Probe) -> str:
    """The words, and what they are after; of a probe that renders one of the source, that it does."""
    origin = "; from the source" if probe.documented else ""
    return f"{probe.ask} [{probe.dimension}, {probe.part}{origin}]"


def concept_card(concept: Concept) -> str:
    """A concept: what it is, why it matters, where it fails, and two questions to oneself."""
    return _sheet(
        (f"{concept.name} ({concept.id}, {concept.sort})",),
        (concept.what,),
        ("Why it matters in an interview", concept.why),
        ("Where it fails", concept.fails),
        _section("Ask yourself", (f"{check.ask} A right answer: {check.contains}" for check in concept.checks)),
        _section("Questions", concept.questions),
        _claims(concept.check_this),
    )


def checklist(preparation: Preparation) -> str:
    """What to be able to do before the interview."""
    return _sheet(
        *(
            (f"- {entry.text}", *_see("concepts", entry.concepts), *_see("questions", entry.questions))
            for entry in preparation.checklist
        )
    )


def stories(preparation: Preparation) -> str:
    """The stories to have ready, with what each must hold."""
    return _sheet(
        *(
            (
                *_section(f"{story.name}: good for {_said(story.good_for)}", story.must_have),
                *_see("questions", story.questions),
            )
            for story in preparation.stories
        )
    )


def values(preparation: Preparation) -> str:
    """Value words with the engineering that carries them."""
    return _sheet(*(_section(row.value, row.mechanisms) for row in preparation.values))


def company_page(profile: Profile) -> str:
    """A company's habits, its favourite questions, and what goes over well there."""
    return _sheet(
        (f"{profile.name} ({profile.id})",),
        (f"Weight of safety in the interview: {profile.safety_weight} of 5",),
        ("A strong signal there", profile.strong_signal),
        _section("Habits", profile.habits),
        _section("Dimensions by weight, 1 when not named", (f"{name} {by:g}" for name, by in profile.weights.items())),
        _section("Asked first", profile.favourites),
        _claims(profile.check_this),
    )


def level_page(expectation: Expectation) -> str:
    """What strong answers hold at a level of experience, and what it changes in an interview."""
    holds = (f"{name}: {text}" for name, text in expectation.strong_answers.items())
    more = (f"{name} {by:g}" for name, by in expectation.weights.items())
    return _sheet(
        (f"{expectation.name} ({expectation.id})",),
        ("Answers are rated alike at every level; --level chooses questions that fit, and what counts more.",),
        _section("What strong answers hold", holds),
        _section("Dimensions by weight, 1 when not named", more),
    )


def _sheet(*blocks: Block) -> str:
    """The blocks with a blank line between them; empty ones are left out."""
    return "\n\n".join("\n".join(map(_clean, block)) for block in blocks if block)


def _section(heading: str, lines: Iterable[str]) -> Block:
    """A heading over its list; nothing at all where the list is empty."""
    items = tuple(f"- {clean_line(line)}" for line in lines)
    return (heading, *items) if items else ()


def _see(what: str, names: Iterable[str]) -> Block:
    listed = _said(names)
    return (f"  {what}: {listed}",) if listed else ()


def _claims(claims: Iterable[Claim]) -> Block:
    return _section(
        "Check this before you repeat it", (f"{claim.claim} (as of {claim.as_of}) {claim.check}" for claim in claims)
    )


def _said(names: Iterable[str]) -> str:
    return ", ".join(names)


def _clean(line: str) -> str:
    """The line, made safe; leading spaces are the sheet's own."""
    return " " * (len(line) - len(line.lstrip(" "))) + clean_line(line)
