"""The one place that imports litellm, after its side effects have been switched off.

Left alone, litellm at import fetches a price list from the network and reads `.env` files, and later fetches headers
and tokenizers, prints to the screen and lets proxies see calls to this machine. All of that is decided by the
environment before its first import, so nothing else in this package may import it. Its HTTP clients also follow a
server that sends them on, with the words and with the keys of some providers; ours do not.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .model import NotConfigured
from .unnoticed import unnoticed

MALICIOUS = frozenset({"1.82.7", "1.82.8"})
"""Uploads of March 2026 that stole credentials."""

_ENVIRONMENT = {
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_OFFLINE_MODE": "true",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_RUST": "false",
    "LITELLM_LOG": "ERROR",
    "OPENAI_LOG": "",
    "HF_HUB_OFFLINE": "1",
    "DISABLE_AIOHTTP_TRANSPORT": "True",
}
_CALLBACKS = ("callbacks", "success_callback", "failure_callback", "input_callback", "service_callback")
_MUTE = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")
_WARNINGS_ONLY = ("openai", "httpx", "httpcore")
"""Loggers that would write prompts and addresses at lower levels."""
_NOISY = r"(litellm|pydantic)\b"
_LEFT_BEHIND = "coroutine '(BaseLLM|OpenAI|Anthropic|acompletion).* was never awaited"
"""What Python says when a call is cancelled while litellm is still preparing it."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

_lock = threading.Lock()
_loaded: Any = None
_straight: ContextVar[bool] = ContextVar("straight", default=False)


def installed_version() -> str | None:
    """litellm's version without importing it; None if it is not installed."""
    try:
        return version("litellm")
    except PackageNotFoundError:
        return None


def litellm() -> Any:
    """The module, imported now if it was not yet; waits if another thread is at it.

    Raises:
        NotConfigured: it is not installed, or it is one of the malicious releases.
    """
    with _lock:
        return _loaded or _load()


def is_loaded() -> bool:
    """Whether `litellm` would return at once."""
    return _loaded is not None


def keep_off_proxies(hostname: str) -> None:
    """From now on no proxy of the environment is used for `hostname` or for this machine."""
    for variable in ("NO_PROXY", "no_proxy"):
        listed = [name for name in os.environ.get(variable, "").split(",") if name]
        missing = [name for name in (*_LOOPBACK, hostname) if name not in listed]
        os.environ[variable] = ",".join(listed + missing)


@contextmanager
def straight() -> Iterator[None]:
    """Within the block no redirect is followed: the words go to the host that was named, or nowhere.

    litellm makes its clients itself, in many places, and has no switch for this.
    """
    token = _straight.set(True)
    try:
        yield
    finally:
        _straight.reset(token)


def rehearse(call: Mapping[str, Any]) -> None:
    """Makes that call to a port of this machine at which nobody listens, with no key.

    So whatever litellm and the provider's SDK put off until the first call is done before the candidate waits for it:
    up to 450 modules, 90 to 220 ms.
    """
    module = litellm()
    with unnoticed(), socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        nowhere = {"api_base": f"http://127.0.0.1:{nobody.getsockname()[1]}", "api_key": "none", "timeout": 1}
        with suppress(Exception):  # refused, which each provider tells in its own way
            asyncio.run(module.acompletion(**{**call, **nowhere}))


def _load() -> Any:
    global _loaded
    if installed_version() in MALICIOUS:
        raise NotConfigured(
            f"litellm {installed_version()} is a malicious release and was not loaded.",
            "Uninstall it, change every key this machine holds, then install a current one.",
        )
    os.environ.update(_ENVIRONMENT)
    keep_off_proxies("localhost")
    warnings.filterwarnings("ignore", module=_NOISY)
    warnings.filterwarnings("ignore", message=_LEFT_BEHIND)
    with unnoticed():
        module = _import()
        _lighten(module)
        _keep_straight()
        _silence(module)
        _warm(module)
    _loaded = module
    return module


def _import() -> Any:
    try:
        import litellm as module
    except ImportError as error:
        if "socksio" in str(error):
            raise NotConfigured(
                "A proxy variable of the environment names a SOCKS proxy, which needs the package socksio.",
                "Run: pip install socksio, or start without that variable.",
            ) from None
        raise NotConfigured(
            "The package litellm is not installed or does not load.",
            "Run: pip install litellm, choose an Ollama model, or go on offline.",
        ) from None
    return module


def _lighten(module: Any) -> None:
    """Lets go of a tokenizer's table that importing litellm leaves behind and nothing looks at again: 13 MiB."""
    vars(module.utils).pop("json_data", None)


def _keep_straight() -> None:
    """Teaches httpx, by its public method, what `straight` means; clients of other programs' code follow as before."""
    import httpx

    send, send_async = httpx.Client.send, httpx.AsyncClient.send

    @wraps(send)
    def sent(*arguments: Any, **how: Any) -> Any:
        return send(*arguments, **({**how, "follow_redirects": False} if _straight.get() else how))

    @wraps(send_async)
    async def sent_async(*arguments: Any, **how: Any) -> Any:
        return await send_async(*arguments, **({**how, "follow_redirects": False} if _straight.get() else how))

    httpx.Client.send, httpx.AsyncClient.send = sent, sent_async  # type: ignore[method-assign]


def _silence(module: Any) -> None:
    module.suppress_debug_info = True
    module.disable_hf_tokenizer_download = True
    module.redact_messages_in_exceptions = True
    module.turn_off_message_logging = True
    module.disable_token_counter = True  # what a provider did not count is estimated in `hearing.py`
    module.api_base = module.api_key = None
    for name in _CALLBACKS:
        getattr(module, name).clear()
    for name in _MUTE:
        logging.getLogger(name).disabled = True
    for name in _WARNINGS_ONLY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _warm(module: Any) -> None:
    """One call that goes nowhere, for the imports that litellm puts off until then."""
    call = {
        "model": "openai/warm-up",
        "messages": [{"role": "user", "content": "."}],
        "mock_response": ".",
        "api_key": "none",
        "max_tokens": 1,
    }

    async def stream() -> None:
        async for _ in await module.acompletion(**call, stream=True, stream_options={"include_usage": True}):
            pass

    asyncio.run(stream())
