"""`interviewer demo`: a whole interview with an invented candidate, played without a key and without a network."""

from __future__ import annotations

import asyncio

import click

from ..interview.opening import begin
from ..interview.planning import Wishes
from ..interview.simulated import SimulatedCandidate, people
from ..session.events import OFFLINE, MemoryLog
from . import options
from .desk import Desk, show
from .sitting import open_readers

USUAL = "humble-junior"


@click.command("demo")
@click.argument("person", default=USUAL)
@options.plain
@click.option("--seed", type=int, default=1, help="Choose differently between probes that fit equally well.")
def command(person: str, plain: bool | None, seed: int) -> None:
    """Watch an interview with an invented PERSON: question, answer, probes, scorecard. Nothing is kept or sent.

    Enter goes on without pauses. People: humble-junior, terse-expert, bluffer, rambler, arguer, non-native, injector,
    silent, asks-back.
    """
    known = people()
    if person not in known:
        raise click.UsageError(f"There is nobody called “{person}” here; there are {', '.join(known)}.")
    asyncio.run(_play(Desk.open({"plain": plain}), person, seed))


async def _play(desk: Desk, name: str, seed: int) -> None:
    from ..terminal.stage import StagedCandidate

    person, screen = people()[name], desk.screen()
    wishes = Wishes(questions=(person.question,), seed=seed)
    interview = begin(desk.bank, MemoryLog(), open_readers(desk, OFFLINE, OFFLINE), wishes)
    player = SimulatedCandidate(person, lambda: interview.transcript)
    screen.say(f"A made-up candidate: {person.says[0].lower()}{person.says[1:]} Enter goes on without pauses.\n")
    await interview.run(StagedCandidate(player, screen))
    await interview.finish()
    show(screen, interview.transcript, desk, None)
