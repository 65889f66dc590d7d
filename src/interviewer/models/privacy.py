"""Where the words go: what counts as this machine, how it is said, and the guard behind --local-only.

"Local" is proven, not assumed: the address is loopback, no proxy is used, and the model is not a stand-in for one that
runs elsewhere. Even so a loopback port may be a tunnel, so texts for the user name the address and never say "private".
Imports no network library.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import sys
from collections.abc import Iterable
from typing import Any

from .model import Refused

OLLAMA_CLOUD = "ollama.com"
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""What servers listen on; whoever calls there means this machine, which a proxy would not know."""
_HOST = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+(?:%[\w.-]+)?")


def is_loopback(host: str) -> bool:
    """Whether every address that `host` stands for is on this machine.

    Only "localhost" is ever looked up; any other name counts as elsewhere, so that asking tells nobody. Odd spellings
    of an address ("127.1", "0x7f000001") count as elsewhere too.
    """
    if _is_localhost(host):
        try:
            found = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
        except OSError:
            return False
        return all(_is_loopback_address(str(address[4][0])) for address in found)
    return _is_loopback_address(host)


def _is_localhost(host: str) -> bool:
    return host.lower().rstrip(".") == "localhost"


def _is_loopback_address(text: str) -> bool:
    """What follows a "%" would make another name of it: "127.0.0.1%x.example.org" is asked of the name servers."""
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback) and "%" not in text


def is_host(text: str) -> bool:
    """Whether it is written as a name or an address of a machine, and can be asked for."""
    try:
        text.encode("idna")
    except UnicodeError:
        return False
    return bool(_HOST.fullmatch(text))


def connectable(host: str) -> str:
    """The host to call: this machine in place of an address that only says on what a server listens."""
    return _ANY_ADDRESS.get(host, host)


def is_cloud_name(tag: str) -> bool:
    """Whether Ollama itself sends this name to ollama.com (`internal/modelref/modelref.go`): ":cloud" or "-cloud"."""
    name = "".join(tag.split()).lower()
    last = name.rpartition("/")[2].rpartition(":")[2]
    return name.endswith(":cloud") or (":" in name and last.endswith("-cloud"))


def where(host: str, *, local: bool, what: str = "Your words") -> str:
    """The line shown before the first words are sent."""
    if local:
        return f"{what} are sent to {host} on this machine."
    return f"{what} leave this machine and go to {host}."


def must_be_local(name: str, host: str, *, local: bool) -> None:
    """Nothing, if the words stay here.

    Raises:
        Refused: they would leave.
    """
    if not local:
        raise Refused(
            f"{name} would send your words to {host}, and only this machine is allowed.",
            "Choose a local model, or allow others with --no-local-only.",
        )


class Redactor:
    """Takes known secrets out of text that may be seen: debug files, error texts of others."""

    _SHAPES = re.compile(
        r"\b(?:sk|pk|rk|gsk|xai|hf|r8|pplx|AIza|csk)[-_A-Za-z0-9]{16,}|(?i:bearer|basic)\s+[-._~+/=A-Za-z0-9]{8,}"
    )
    _END = 8

    def __init__(self, secrets: Iterable[str]):
        known = {secret for secret in secrets if secret}
        for secret in list(known):
            if len(secret) > 2 * self._END:
                known |= {secret[: self._END], secret[-self._END :]}
        self._known = sorted(known, key=len, reverse=True)

    def clean(self, text: str) -> str:
        """`text` with every known secret, its ends, and whatever looks like a key replaced by "[secret]"."""
        for secret in self._known:
            text = text.replace(secret, "[secret]")
        return self._SHAPES.sub("[secret]", text)


class Blocked(OSError):
    """An attempt to reach another machine, refused by the guard."""


_blocked: list[str] = []
_guarded = False


def forbid_network() -> None:
    """From now on no socket of this process reaches another machine. Cannot be undone; call it before anything else.

    A Python audit hook refuses every connection, datagram and name look-up that is not loopback, in all libraries and
    threads. It does not see sockets that native code opens by itself, nor other processes.
    """
    global _guarded
    if not _guarded:
        _guarded = True
        sys.addaudithook(_watch)


def blocked_attempts() -> tuple[str, ...]:
    """The hosts that something tried to reach since the guard is up, in order."""
    return tuple(_blocked)


_SENDS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKS_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_LOOKS_BACK = "socket.getnameinfo"


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _SENDS or event == _LOOKS_BACK:
        address = arguments[-1]
        if isinstance(address, tuple) and address:
            _insist_on_loopback(address[0])
    elif event in _LOOKS_UP:
        _insist_on_loopback(arguments[0])


def _insist_on_loopback(host: object) -> None:
    if host is None or host == "" or host == b"":
        return
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if not _is_localhost(text) and not _is_loopback_address(text):
        _blocked.append(text)
        raise Blocked(f"Only this machine is allowed; {text} was not reached.")
