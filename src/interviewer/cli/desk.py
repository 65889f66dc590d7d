"""The desk with everything on it, and the scorecard as every command shows it. Knows nothing of how interviews go."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from ..bank.library import Bank
from ..places import Paths, find_paths
from ..settings import Settings, load_settings
from ..text import clean_line
from .delivering import json_text

if TYPE_CHECKING:
    from ..models.budget import Budget, MeteredModel
    from ..models.keys import Keys
    from ..models.model import Model, ReadyModel
    from ..models.notices import Board, Notice
    from ..rating.rater import Rater
    from ..rating.scorecard import Scorecard
    from ..session.events import Started
    from ..session.store import Store
    from ..session.transcript import Transcript
    from ..terminal.look import Theme
    from ..terminal.screen import Screen


@dataclass(frozen=True)
class Desk:
    """Settings, places and the bank: what every command that holds or shows an interview needs.

    What only models need is made when it is first asked for: to show a scorecard none is loaded.
    """

    settings: Settings
    paths: Paths
    bank: Bank

    @classmethod
    def open(cls, flags: Mapping[str, Any] | None = None, *, base_url: str | None = None) -> Desk:
        """Reads settings and finds the bank. With `local_only` the network is closed before anything else."""
        paths = find_paths()
        settings = load_settings({**(flags or {}), "base_url": base_url}, paths=paths)
        if settings.local_only:
            _close_the_network()
        return cls(settings, paths, Bank.open(paths.packs))

    def bound_by(self, started: Started | None, *, local_only: bool | None) -> Desk:
        """The desk for an interview that is there already: one begun with `local_only` is kept to it, and stderr says
        so, unless this command line says otherwise (`local_only` is False; None: nothing is said)."""
        if self.settings.local_only or local_only is False or started is None or not started.local_only:
            return self
        _close_the_network()
        click.echo("This interview was begun with --local-only and stays so; --no-local-only lifts that.", err=True)
        return replace(self, settings=replace(self.settings, local_only=True))

    @cached_property
    def keys(self) -> Keys:
        """The keys of providers. Raises `NotConfigured` where a keyring is wanted and there is none."""
        from ..models.keys import open_keys

        return open_keys(self.settings, self.paths)

    @cached_property
    def budget(self) -> Budget:
        """What all models of this run have spent, and may."""
        from ..models.budget import Budget

        return Budget(self.settings.budget)

    @cached_property
    def board(self) -> Board:
        """Where models tell that they load or try again."""
        from ..models.notices import Board

        return Board()

    def screen(self, out: TextIO | None = None) -> Screen:
        """The screen of this process, on stdout or on another stream, as the user likes it."""
        from ..terminal.screen import Screen

        return Screen.open(plain=self.settings.plain, theme=cast("Theme", self.settings.theme), out=out)

    def store(self) -> Store:
        """The stored interviews."""
        from ..session.store import Store

        return Store.open(self.paths.sessions_file)

    def model(self, name: str) -> MeteredModel:
        """A model by name, as the settings allow it, its calls counted. Raises `ModelError`."""
        from ..models.budget import MeteredModel

        return MeteredModel(self.opened(name, self.board.post), self.budget)

    @asynccontextmanager
    async def rater(
        self, name: str, *, samples: int = 1, concurrency: int | None = None, what: str = "Your words"
    ) -> AsyncIterator[Rater]:
        """The rater of that name; where it is a model, stderr says where `what` goes before any of it is sent.

        Raises:
            ModelError: as `open_rater`.
        """
        from ..models.privacy import where
        from ..rating.opening import open_rater

        def tell(model: Model) -> None:
            click.echo(clean_line(where(model.host, local=model.local, what=what)), err=True)

        async with open_rater(
            name, self.bank, samples=samples, concurrency=concurrency, opened=self.model, located=tell
        ) as rater:
            yield rater

    def opened(self, name: str, tell: Callable[[Notice], None]) -> ReadyModel:
        """The same, its calls not counted; `tell` hears that it loads or tries again. Raises `ModelError`."""
        from ..models.opening import open_model

        settings = self.settings
        return open_model(name, base_url=settings.base_url, keys=self.keys, local_only=settings.local_only, tell=tell)


def _close_the_network() -> None:
    from ..models.privacy import forbid_network

    forbid_network()


def as_document(session: str | None, transcript: Transcript, desk: Desk) -> str:
    """The interview as one JSON document."""
    from ..report.document import interview_document

    document = interview_document(session, transcript, card_of(transcript, desk))
    return json_text(document)


def card_of(transcript: Transcript, desk: Desk) -> Scorecard:
    """The scorecard of what is rated so far."""
    from ..rating.scorecard import scorecard

    return scorecard(transcript, desk.bank.dimension_or_bare, desk.bank.scale(), desk.bank.told())


def show(screen: Screen, transcript: Transcript, desk: Desk, session: str | None) -> None:
    """The scorecard on the screen, and where to find it again."""
    from ..terminal import card

    card.show(screen, card_of(transcript, desk), desk.bank.scale(), desk.bank.dimension_or_bare)
    if session:
        screen.say(f"Look at it again with: interviewer review {session}")


def tell_of_owed_readings(screen: Screen, transcript: Transcript, session: str) -> bool:
    """Whether a judge was kept from reading the interview, by a kill or by Ctrl-C; says so, and how to have it read."""
    from ..rating.owed import owing_judges

    owing = owing_judges(transcript.threads)
    for judge in map(clean_line, owing):
        screen.say(f"{judge} has not read all of it; it does with: interviewer rescore {session} --judge {judge}")
    return bool(owing)
