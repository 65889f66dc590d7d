"""Where Ollama is: every form of OLLAMA_HOST, read as Ollama's own client reads it. Pure; imports no network.

The rules are those of `envconfig/config.go` (`Host`, `ConnectableHost`) in Ollama.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from .model import Meaningless
from .privacy import OLLAMA_CLOUD, connectable, is_host

DEFAULT_PORT = 11434
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A server that one can connect to."""

    scheme: str
    host: str
    """A name or a literal address, without brackets."""
    port: int
    path: str = ""
    """Without a slash at the end; nearly always empty."""

    @property
    def url(self) -> str:
        """The base URL, without a slash at the end."""
        return f"{self.scheme}://{self.shown}{self.path}"

    @property
    def shown(self) -> str:
        """Host and port, as the user sees them: "127.0.0.1:11434"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_host(text: str = "") -> Address:
    """The address meant by a value of OLLAMA_HOST; the default for an empty one.

    Raises:
        Meaningless: there is a user name or password in it, a scheme that is not http or https, or no host.
    """
    text = text.strip().strip("\"'")
    scheme, port = "http", DEFAULT_PORT
    if "://" in text:
        scheme, text = text.split("://", 1)
        scheme = scheme.lower()
        if scheme not in _PORTS:
            raise Meaningless(f"Ollama's address has the scheme '{scheme}'.", "Use http:// or https://.")
        port = _PORTS[scheme]
    elif text == OLLAMA_CLOUD:
        scheme, port = "https", _PORTS["https"]
    authority, _, path = text.partition("/")
    if "@" in authority:
        raise Meaningless(
            "Ollama's address has a user name or password in it.", "Set OLLAMA_HOST to a host and port only."
        )
    host, port = _split(authority, port)
    path = path.strip("/")
    if not is_host(host) or not path.isprintable():
        raise Meaningless("Ollama's address is not one.", "Set OLLAMA_HOST to a host and port, as 127.0.0.1:11434.")
    return Address(scheme, connectable(host), port, f"/{path}" if path else "")


def _split(authority: str, port: int) -> tuple[str, int]:
    if authority.startswith("["):
        host, _, rest = authority[1:].partition("]")
        return host or "127.0.0.1", _port(rest.removeprefix(":"), port)
    if _is_ipv6(authority):
        return authority, port
    host, _, digits = authority.partition(":")
    return host or "127.0.0.1", _port(digits, port)


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


def _port(digits: str, default: int) -> int:
    if digits.isascii() and digits.isdigit() and int(digits) <= 65535:
        return int(digits)
    return default
