"""`interviewer [start]`: holds a new interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ..bank.library import NotInBank
from ..errors import PlainError
from ..settings import INTERVIEW_FORMATS, SENIORITIES
from . import options, sitting
from .answers import prepared_answers
from .desk import Desk
from .group import COMMANDS
from .wishing import wishes_of

MEANT = {
    **dict.fromkeys(["study", "prepare", "learn"], "questions --help"),
    **dict.fromkeys(["list", "question", "topics"], "questions list"),
    **dict.fromkeys(["stories", "checklist", "concepts", "companies", "levels", "show"], "questions {word}"),
    **dict.fromkeys(["stats", "statistics", "score", "scores", "trend", "trends"], "progress"),
    **dict.fromkeys(["sessions", "interviews", "past"], "history"),
    **dict.fromkeys(["delete", "remove", "erase"], "forget INTERVIEW"),
    **dict.fromkeys(["settings", "set"], "config"),
    **dict.fromkeys(["open", "scorecard", "card"], "review"),
    **dict.fromkeys(["continue", "again"], "resume"),
    **dict.fromkeys(["share", "save"], "export --share"),
    **dict.fromkeys(["practice", "practise", "plan"], "next"),
    "help": "--help",
    "version": "--version",
}
"""What somebody means who types a word that is no command; `{word}` stands for it."""
WITHIN = ("hint", "outline", "requirements", "skip", "back", "redo", "pause", "end", "quit", "exit", "stop")
"""What is typed within an interview, with a slash."""
ROOM = {"drill": 4, "debate": 6, "scenario": 6, "story": 8}
"""Answers that a question of each format may ask for, and one more. More paragraphs than that are no answers."""
NEAR = 0.7
"""How like a command a word must be to be taken for it, of 1: "histroy" is .86, and no question's id is .6."""


@click.command("start")
@click.argument("question_ids", nargs=-1, metavar="[QUESTION_ID ...]")
@click.option(
    "--format", "format_", type=click.Choice(INTERVIEW_FORMATS), help="One question (drill) or several (round), ..."
)
@click.option("--company", help="Weights and habits of a company: anthropic, openai, deepmind, ...")
@click.option("--role", help="Questions for this role, as “research engineer”.")
@click.option("--level", "seniority", type=click.Choice(SENIORITIES), help="Questions and weights for your experience.")
@click.option("--minutes", metavar="NUMBER", help="Length of a round, from 1 to 240.")
@options.interviewing_model
@click.option("--judge", metavar="NAME", help="Who rates; the interviewer's model when not given.")
@click.option("--exam/--coach", "exam", default=None, help="No help at all, or hints and feedback on the way.")
@options.local_only
@options.base_url
@click.option("--budget", type=float, metavar="DOLLARS", help="Save and stop when this much is spent.")
@options.answers
@click.option("--self-rating", is_flag=True, default=None, help="Guess your own levels before any is shown.")
@click.option("--seed", type=int, help="Choose the same questions and probes again.")
@options.plain
@click.option("--no-save", "save", flag_value=False, default=None, help="Keep nothing of this interview.")
@options.as_json_at_the_end
def command(question_ids: tuple[str, ...], format_: str | None, exam: bool | None, answers: str | None,
            seed: int | None, base_url: str | None, as_json: bool, **flags: Any) -> None:  # fmt: skip
    """Hold an interview: a question, your answer, up to two follow-ups, a scorecard.

    Lines of three hyphens separate the answers of a file or a pipe; where there are none, blank lines do.
    """
    question_ids = tuple(dict.fromkeys(question_ids))
    flags |= {"format": format_ or ("round" if len(question_ids) > 1 else None), "mode": _mode(exam)}
    desk = Desk.open(flags, base_url=base_url)
    if base_url and desk.settings.model is None:
        raise click.UsageError(f"No model of {base_url} is named. Add --model NAME; {base_url}/models lists them")
    _require_questions(desk, question_ids)
    named = [name for name in ("company", "role") if flags[name] is not None]
    wishes = wishes_of(desk, question_ids, seed=seed, named=named)
    sitting.hold_new(desk, wishes, sitting.Manner(prepared_answers(answers, _room(desk, question_ids)), as_json))


def _room(desk: Desk, question_ids: Sequence[str]) -> int | None:
    """How many answers one question can ask for, retries and follow-ups included; None where there are several."""
    return ROOM.get(desk.settings.format) if len(question_ids) <= 1 else None


class NoSuchCommand(PlainError):
    """The first word is no question either, and is nearly a command."""

    exit_code = 2


def _require_questions(desk: Desk, question_ids: Sequence[str]) -> None:
    """Ends the run before anything is asked for where a question does not exist, or the first is a command misspelt."""
    for place, question in enumerate(question_ids):
        try:
            desk.bank.question(question)
        except NotInBank as error:
            if place == 0 and (meant := _meant(question.casefold())):
                raise NoSuchCommand(f"There is no command or question {question!r}. {meant}") from error
            raise


def _meant(word: str) -> str:
    """What is said to somebody who took the word for a command; empty where it is like none."""
    if word in WITHIN:
        within = f"/{'quit' if word in ('exit', 'stop') else word}"
        return f"Within an interview {within} does that; `interviewer` alone begins one."
    near = MEANT.get(word, "").format(word=word) or _nearest_command(word)
    return f"Did you mean `interviewer {near}`?" if near else ""


def _nearest_command(word: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, COMMANDS, n=1, cutoff=NEAR)), None)


def _mode(exam: bool | None) -> str | None:
    return None if exam is None else ("exam" if exam else "coach")
