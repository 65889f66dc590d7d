"""`interviewer config`: shows and changes settings."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from ..places import find_paths
from ..settings import KINDS, SettingsError, load_settings, write_setting
from ..text import clean_line
from . import options


@click.group("config", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show and change settings. Flags override INTERVIEWER_* in the environment, which overrides the config file."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@command.command("show")
@options.as_json
def show(as_json: bool = False) -> None:
    """Show every setting in force."""
    values = asdict(load_settings())
    if as_json:
        click.echo(json.dumps(values, indent=1))
        return
    width = max(map(len, values))
    for name, value in values.items():
        click.echo(f"{name:<{width}}  {'not set' if value is None else _shown(value)}")


def _shown(value: Any) -> str:
    """As it stands in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@command.command("set")
@click.argument("name")
@click.argument("value", required=False)
def set_(name: str, value: str | None) -> None:
    """Set NAME to VALUE in the config file; without a value, take it out."""
    if name == "company" and value is not None:
        from ..bank.library import Bank

        value = Bank.open(find_paths().packs).profile(value.strip()).id
    if name in ("model", "judge") and value is not None and load_settings().base_url is None:
        _require_model(value)
    kept = write_setting(name, value)
    click.echo(f"{name} is not set any more." if kept is None else f"{name} = {_shown(kept)}")


def _require_model(name: str) -> None:
    """A name that means no model is refused here, not at the next interview."""
    from ..models.opening import require_known
    from ..session.events import OFFLINE

    if name != OFFLINE:
        require_known(name)


@command.command("key")
@click.argument("provider")
def key(provider: str) -> None:
    """Keep a key for PROVIDER: typed unseen, or from the standard input; never on the command line.

    It lies in the system's keyring if the setting `keyring` is on, else in a file that only you can read.
    """
    from ..models.model import Meaningless, NotConfigured
    from ..models.providers import providers
    from .desk import Desk

    keyed = [name for name, known in providers().items() if known.key_env]
    if provider not in keyed:
        raise Meaningless(f"There is no provider “{provider}” that takes a key.", f"Choose one of {', '.join(keyed)}.")
    if sys.stdin.isatty():
        value = click.prompt(f"Key for {provider} (it is not shown)", hide_input=True, err=True)
    else:
        value = sys.stdin.readline()
    if not value.strip():
        raise NotConfigured("No key was given.", "Nothing was changed.")
    where = Desk.open().keys.save(provider, value)
    click.echo(f"The key for {provider} is kept in {where}.")


@command.command("path")
def path() -> None:
    """Say where settings and interviews lie."""
    paths = find_paths()
    named = {"settings": paths.config_file, "interviews": paths.sessions_file, "packs": paths.packs}
    for name, where in named.items():
        click.echo(f"{name:<12}{clean_line(str(where))}")


@command.command("edit")
def edit() -> None:
    """Open the config file in your editor."""
    file = find_paths().config_file
    if not file.exists():
        from ..places import write_private

        names = "\n".join(f"# {name} = {kind.expected}" for name, kind in KINDS.items())
        write_private(file, f"# Settings of Interviewer; take the # away to set one.\n{names}\n")
    try:
        click.edit(filename=str(file))
    except click.ClickException:  # whose text is the system's
        raise SettingsError(
            f"Your editor could not be run; name one that is installed in EDITOR, or edit {file} yourself."
        ) from None
    load_settings()
