"""API keys: from the environment, the system's keyring if that is chosen, or a file that only its owner can read.

Guarantees: a key is never written to the environment, never part of a `repr`, and never read from a file that others
could have read. Saving replaces the file in one step, and the file is private from its first byte on.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..errors import reason_of
from ..places import Paths, read_own, write_private
from ..settings import Settings
from .model import NotConfigured
from .privacy import Redactor
from .providers import providers

SERVICE = "interviewer"


@dataclass(frozen=True, slots=True)
class Key:
    """One key and where it was found."""

    value: str = field(repr=False)
    source: str
    """As "OPENAI_API_KEY", "keyring" or "keys.json"."""

    @property
    def shown(self) -> str:
        """Its last four characters, enough to tell keys apart."""
        return f"…{self.value[-4:]}" if len(self.value) > 12 else "…"


class Vault(Protocol):
    """The part of a keyring that is used; the `keyring` package's module fits."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """The stored secret."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Stores a secret."""
        ...


class Keys:
    """Finds and stores keys, by provider name."""

    def __init__(self, environment: Mapping[str, str], file: Path | None = None, vault: Vault | None = None):
        self._environment = environment
        self._file = file
        self._vault = vault

    def find(self, provider: str) -> Key | None:
        """The provider's key, or None.

        Raises:
            NotConfigured: the key file is open to others, or not readable; or the key cannot be one.
        """
        known = providers().get(provider)
        for name in known.key_env if known else ():
            if given := key_in(self._environment, name):
                return Key(given, name)
        if self._vault is not None and (kept := self._from_vault(provider)):
            return Key(_fit_to_send(kept, "the keyring"), "keyring")
        if stored := self._stored().get(provider):
            source = self._file.name if self._file else ""
            return Key(_fit_to_send(stored, source), source)
        return None

    def save(self, provider: str, value: str) -> str:
        """Stores a key in the keyring if there is one, else in the file; returns which.

        Raises:
            NotConfigured: it cannot be a key, there is nowhere to store it, or it could not be stored.
        """
        value = _fit_to_send(value, "your input")
        if self._vault is not None:
            try:
                self._vault.set_password(SERVICE, provider, value)
            except Exception:  # noqa: BLE001 - every backend has errors of its own
                raise _no_keyring() from None
            return "keyring"
        if self._file is None:
            raise NotConfigured("There is no file to keep keys in.", "Set the provider's environment variable instead.")
        try:
            write_private(self._file, json.dumps({**self._stored(), provider: value}, indent=1))
        except OSError as error:
            raise NotConfigured(
                f"The key file {self._file} cannot be written ({reason_of(error)}).",
                "Set the provider's environment variable instead.",
            ) from None
        return self._file.name

    def redactor(self) -> Redactor:
        """Takes every key that can be found, used or not, out of a text."""
        found = [self._environment.get(name, "") for known in providers().values() for name in known.key_env]
        found += [value for name, value in self._environment.items() if name.endswith(("_API_KEY", "_TOKEN"))]
        with suppress(NotConfigured):
            found += self._stored().values()
        if self._vault is not None:
            with suppress(NotConfigured):
                found += (self._from_vault(name) or "" for name in providers())
        return Redactor(found)

    def _from_vault(self, provider: str) -> str | None:
        assert self._vault is not None
        try:
            return self._vault.get_password(SERVICE, provider)
        except Exception:  # noqa: BLE001 - every backend has errors of its own
            raise _no_keyring() from None

    def _stored(self) -> dict[str, str]:
        if self._file is None or not self._file.exists():
            return {}
        if stat.S_IMODE(self._file.stat().st_mode) & 0o077:
            raise NotConfigured(
                f"Others on this machine may read the key file {self._file}.",
                f"Run: chmod 600 '{self._file}' (and replace keys that were exposed).",
            )
        try:
            stored = json.loads(read_own(self._file))
        except (OSError, ValueError):
            stored = None
        if not isinstance(stored, dict):
            raise NotConfigured(
                f"The key file {self._file} cannot be read.", "Mend it, or delete it and save the keys again."
            )
        return {str(name): str(value) for name, value in stored.items()}


def open_keys(settings: Settings, paths: Paths) -> Keys:
    """The keys of this user. Raises `NotConfigured` where a keyring is wanted and there is none."""
    return Keys(os.environ, paths.keys_file, open_keyring() if settings.keyring else None)


def key_in(environment: Mapping[str, str], name: str) -> str:
    """The key in that variable; empty where there is none.

    Raises:
        NotConfigured: what stands there cannot be a key.
    """
    return _fit_to_send(environment.get(name, ""), name)


def _fit_to_send(key: str, source: str) -> str:
    """The key without the line end that came along; a header holds one line of visible ASCII."""
    key = key.strip()
    if key and not re.fullmatch(r"[!-~]+", key):
        raise NotConfigured(
            f"The key in {source} holds a space, a line break or a letter that no key has.",
            "Copy it once more, whole and alone.",
        )
    return key


def open_keyring() -> Vault:
    """The system's keyring.

    Raises:
        NotConfigured: the `keyring` extra is not installed, or the system has no keyring that works.
    """
    try:
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring
    except ImportError:
        raise NotConfigured(
            "The keyring support is not installed.", "Run: pip install 'interviewer[keyring]'"
        ) from None
    if isinstance(keyring.get_keyring(), NoKeyring):
        raise _no_keyring()
    vault: Vault = keyring
    return vault


def _no_keyring() -> NotConfigured:
    return NotConfigured("The system's keyring does not work here.", "Set the provider's environment variable instead.")
