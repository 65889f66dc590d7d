"""The providers of `providers.toml`, and the address a provider's calls really go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .model import Meaningless
from .privacy import connectable, is_host, is_loopback

_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider, or one kind of local server. The fields are explained in `providers.toml`."""

    name: str
    base_url: str = ""
    base_env: tuple[str, ...] = ()
    key_env: tuple[str, ...] = ()
    title: str = ""
    suggest: str = ""
    effort: str = ""
    headroom: int = 0
    silent_cut: bool = False
    caches: bool = False

    @property
    def own_server(self) -> bool:
        """Whether it is a server of the user's own, which needs no key."""
        return bool(self.base_url) and not self.key_env


@dataclass(frozen=True, slots=True)
class Base:
    """Where calls go."""

    url: str
    """Without a slash at the end."""
    host: str
    """As shown: "api.openai.com", "127.0.0.1:8080"."""
    hostname: str
    local: bool


@cache
def providers() -> Mapping[str, Provider]:
    """All providers of the table by name."""
    return {name: _provider(name, entry) for name, entry in _table().items() if name != _OTHERS}


@cache
def other_providers() -> frozenset[str]:
    """The names of providers whose address and key are litellm's affair."""
    return frozenset(_table()[_OTHERS])


@cache
def _table() -> Mapping[str, Any]:
    import tomllib  # an interview without a model never asks

    return tomllib.loads(Path(__file__).with_name("providers.toml").read_text("utf-8"))


def _provider(name: str, entry: Mapping[str, object]) -> Provider:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Provider(name=name, **values)  # type: ignore[arg-type]  # the table ships with the package and is tested


def effective_base(provider: Provider, environment: Mapping[str, str]) -> Base | None:
    """Where calls to `provider` go, with what the environment redirects; None if only litellm knows.

    Raises:
        Meaningless: the environment's address is not one.
    """
    redirected = next((environment[name] for name in provider.base_env if environment.get(name)), None)
    url = redirected or provider.base_url
    return read_base(url) if url else None


def read_base(url: str) -> Base:
    """A base URL as it is used and shown.

    Raises:
        Meaningless: it is not http or https with a host, holds what cannot stand in an address, or a password.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not is_host(name) or not url.strip().isprintable():
        raise Meaningless(
            "The address of the model server is not a URL.", "Write it as http://127.0.0.1:8080/v1, for example."
        )
    if "@" in parts.netloc:
        raise Meaningless(
            "The address of the model server has a user name or password in it.",
            "Leave that out and set a key instead.",
        )
    name = connectable(name)
    shown = f"[{name}]" if ":" in name else name
    authority = f"{shown}:{port}" if port is not None else shown
    return Base(
        url=urlunsplit(parts._replace(netloc=authority)).rstrip("/"),
        host=f"{shown}:{port}" if port else shown,
        hostname=name,
        local=is_loopback(name),
    )
