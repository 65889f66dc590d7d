"""`interviewer rate`: JSON lines of answers in, JSON lines of ratings out."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click

from ..errors import reason_of
from ..interview.next_probe import NextProbe
from ..rating.batch import Answer, Batch, Failed, Known, Outcome, Rated
from ..rating.opening import open_offline
from ..rating.rater import ThreadRating
from ..report.archive import is_archived, threads_in
from ..session.json_lines import bounded_lines
from ..text import clean
from . import options
from .desk import Desk
from .lines_in import numbered_lines
from .progress_line import Progress
from .rated_file import OutputError, RatedFile
from .rater_choice import ANSWERS_AT_ONCE, chosen_rater


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked for."""

    desk: Desk
    model: str
    probe: bool
    samples: int
    concurrency: int | None


@click.command("rate")
@click.argument("source", metavar="FILE|-", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@options.rating_model
@click.option("--probe", is_flag=True, help="Add what the interviewer would ask next.")
@options.samples
@click.option("--concurrency", type=click.IntRange(1, 256), help="Answers, and calls to a model, at the same time.")
@click.option("--out", type=options.file_to_write, help="Write to a file; go on where it stops.")
@options.base_url
@options.local_only
@click.option("--json", "as_json", is_flag=True, help="With --out: print one JSON document about the run.")
def command(source: str, model: str | None, local_only: bool | None, base_url: str | None, as_json: bool,
            out: Path | None, probe: bool, samples: int, concurrency: int | None) -> int:  # fmt: skip
    """Rate answers: one JSON object a line in, one rating a line out, in the same order.

    A line that cannot be rated is reported with its number and the rest goes on; the exit code is then 1. With --out,
    a run that was stopped goes on where it stopped: ids that are in the file already are skipped.
    """
    desk = Desk.open({"local_only": local_only}, base_url=base_url)
    run = Run(desk, chosen_rater(desk, model), probe, samples, concurrency)
    tally = Tally(Progress("answers", _count_lines(source)))
    with _opened(source) as stream:
        _require_another(out, stream)
        try:
            asyncio.run(_rate(run, stream, out, tally))
        finally:
            tally.progress.clear()
    if out:
        tally.tell(out, as_json)
    return 1 if tally.failed else 0


async def _rate(run: Run, stream: BinaryIO, out: Path | None, tally: Tally) -> None:
    bank = run.desk.bank
    async with run.desk.rater(run.model, samples=run.samples, concurrency=run.concurrency) as rater:
        with RatedFile(out, rater.identity, bank.rubric_hash) if out else nullcontext() as file:
            batch = Batch(bank, rater, done=file.done if file else (), probing=_probing(run) if run.probe else None)
            write = file.append if file else _print
            await batch.run(
                _answers_in(numbered_lines(stream)),
                lambda outcome: tally.take(outcome, write),
                concurrency=run.concurrency or ANSWERS_AT_ONCE,
            )


async def _answers_in(lines: AsyncIterator[tuple[int, bytes]]) -> AsyncIterator[tuple[int, bytes]]:
    """The lines, with each archived session exchanged for the transcript lines in it, under its number."""
    async for number, line in lines:
        if not is_archived(line):
            yield number, line
            continue
        for each in threads_in(line):
            yield number, each


def _probing(run: Run) -> Callable[[Answer, ThreadRating], dict[str, str] | None]:
    following = NextProbe(run.desk.bank, open_offline(run.desk.bank))
    return lambda answer, rated: following.after(answer.thread, answer.dimensions, answer.weights, rated)


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    """The file, closed at the end. A pipe is left open: closing it would wait for the thread that reads from it."""
    if source != "-" and Path(source).is_file():
        return Path(source).open("rb")
    pipe = sys.stdin.fileno() if source == "-" else os.open(source, os.O_RDONLY)
    return nullcontext(os.fdopen(pipe, "rb", closefd=False))


def _require_another(out: Path | None, stream: BinaryIO) -> None:
    """Nothing, where the ratings go elsewhere than the answers come from: one cut off there could pass for theirs."""
    if out and out.exists() and os.path.samestat(out.stat(), os.fstat(stream.fileno())):
        raise click.UsageError(f"{out} holds the answers; name another file with --out.")


def _print(line: bytes) -> None:
    try:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left must not fail again at exit
        why = f"The ratings cannot be written ({reason_of(error)})."
        raise OutputError(why, "Make room, or use --out FILE.") from None


def _count_lines(source: str) -> int | None:
    """How many answers the file has, for the progress; None for a pipe."""
    if not sys.stderr.isatty() or not Path(source).is_file():
        return None
    with Path(source).open("rb") as file:
        return sum(len(threads_in(line)) if is_archived(line) else 1 for line in bounded_lines(file) if line.strip())


class Tally:
    """Takes outcomes: hands rating lines on, reports problems at once, and counts."""

    def __init__(self, progress: Progress):
        self.progress = progress
        self.rated = self.known = self.failed = 0

    def take(self, outcome: Outcome, write: Callable[[bytes], None]) -> None:
        """Deals with one line."""
        match outcome:
            case Rated(line=line):
                write(line)
                self.rated += 1
            case Known():
                self.known += 1
            case Failed(number, problem):
                self.failed += 1
                self.progress.say(f"line {number}: {clean(problem)}")
        self.progress.advance()

    def tell(self, out: Path, as_json: bool) -> None:
        """Says what became of the lines."""
        if as_json:
            click.echo(json.dumps({"out": str(out), "rated": self.rated, "known": self.known, "failed": self.failed}))
            return
        parts = [f"{self.rated} rated"]
        parts += [f"{self.known} rated before"] if self.known else []
        parts += [f"{self.failed} not rated"] if self.failed else []
        click.echo(f"{out}: {', '.join(parts)}.", err=True)
