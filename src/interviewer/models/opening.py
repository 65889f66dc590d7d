"""Opens a model by the name that a user writes. Loads what the name needs and nothing else.

    ollama/qwen3:8b             an Ollama server, at OLLAMA_HOST or on this machine
    anthropic/claude-sonnet-4-5 any provider, in litellm's own spelling
    my-model with a base URL    a server that speaks OpenAI's protocol: llama-server, LM Studio, vLLM
    scripted/FILE               replies read from a file, for demonstrations and tests

`offline` is the interviewer without a model, so there is nothing to open for it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..session.events import OFFLINE
from .deadlines import LOCAL, REMOTE, Deadlines
from .keys import Keys, key_in
from .model import Meaningless, NotConfigured, ReadyModel
from .notices import Tell, silent
from .ollama_host import parse_host
from .privacy import OLLAMA_CLOUD, must_be_local
from .providers import Provider, effective_base, other_providers, providers, read_base
from .retry import USUAL, Patience
from .route import Route

if TYPE_CHECKING:
    from .ollama_server import OllamaServer

OWN_SERVER = "hosted_vllm"
"""litellm's name for a server that speaks OpenAI's protocol and is not OpenAI's."""
OWN_KEY = "INTERVIEWER_API_KEY"
"""The variable with the key of such a server, if it wants one."""
_OLLAMA = ("ollama", "ollama_chat")


def open_model(
    name: str,
    *,
    base_url: str | None = None,
    keys: Keys | None = None,
    environment: Mapping[str, str] | None = None,
    local_only: bool = False,
    context: int | None = None,
    limits: Deadlines | None = None,
    patience: Patience = USUAL,
    tell: Tell = silent,
) -> ReadyModel:
    """The model of that name. Connects to nothing yet; `host` and `local` can be read at once.

    Args:
        name: As the user writes it; see the module's docstring.
        base_url: A server that speaks OpenAI's protocol, or for `ollama/…` the Ollama server.
        keys: Where keys are found; by default the environment only.
        environment: In place of `os.environ`.
        local_only: Refuse a model whose words would leave this machine. See also `privacy.forbid_network`.
        context: Tokens for prompt and reply together, where the server lets one choose (Ollama).
        limits: Budgets of time; by default generous on this machine, where a model may have to be loaded first.
        patience: How calls that may succeed later are tried again.
        tell: Gets notices for the status line.

    Raises:
        Meaningless: no such provider, or the name is `offline`.
        NotConfigured: its key is missing.
        Refused: `local_only`, and the words would leave.
    """
    environment = os.environ if environment is None else environment
    provider, _, rest = name.strip().partition("/")
    if provider in _OLLAMA and rest:
        from .ollama import CONTEXT, OllamaModel

        server = _ollama_server(base_url, environment, limits)
        return OllamaModel(
            rest, server, context=context or CONTEXT, local_only=local_only, patience=patience, tell=tell
        )
    if provider == "scripted" and rest:
        from .scripted import read_script

        return read_script(rest)
    from .gateway import GatewayModel

    route = _own_server(name.strip(), base_url, environment) if base_url else _route(name.strip(), environment)
    if local_only:
        must_be_local(name, route.host, local=route.local)
    route = _with_key(route, keys or Keys(environment))
    return GatewayModel(route, limits=limits or (LOCAL if route.local else REMOTE), patience=patience, tell=tell)


def require_known(name: str) -> None:
    """Looks at the name alone: that a model may be behind it, without a base URL.

    Raises:
        Meaningless: no provider is called so; the sentence says what was perhaps meant.
    """
    prefix, _, model = name.strip().partition("/")
    if not model or not (prefix in (*_OLLAMA, "scripted") or prefix in providers() or prefix in other_providers()):
        raise _unknown(name)


def _route(name: str, environment: Mapping[str, str]) -> Route:
    """The way to a provider, or to a local server on its usual port. A provider's key is still to be found."""
    require_known(name)
    prefix = name.partition("/")[0]
    provider = providers().get(prefix) or Provider(prefix)
    key = key_in(environment, OWN_KEY) if provider.own_server else None
    return Route(name, name, provider, effective_base(provider, environment), key)


def _with_key(route: Route, keys: Keys) -> Route:
    """The way with its provider's key: none for one that litellm knows better; a server of one's own has it already."""
    if route.provider.own_server:
        return route
    key = keys.find(route.provider.name)
    if key is None and route.provider.key_env:
        raise NotConfigured(
            f"There is no key for {route.provider.name}.",
            f"Set {route.provider.key_env[0]}, choose another model, or go without one, as the model `offline`.",
        )
    return replace(route, key=key.value if key else None)


def _own_server(name: str, base_url: str, environment: Mapping[str, str]) -> Route:
    """A server that the user named. Nobody's key goes there but the one that is meant for it."""
    prefix, _, model = name.partition("/")
    own = prefix == "openai" or (prefix in providers() and providers()[prefix].own_server)
    wire_name = f"{OWN_SERVER}/{model if own and model else name}"
    return Route(name, wire_name, providers()[OWN_SERVER], read_base(base_url), key_in(environment, OWN_KEY))


def _ollama_server(base_url: str | None, environment: Mapping[str, str], limits: Deadlines | None) -> OllamaServer:
    """The server that was named, or the environment's. Nobody's key goes there but to Ollama's own cloud."""
    from .ollama_server import OllamaServer

    address = parse_host(base_url or environment.get("OLLAMA_HOST", ""))
    key = key_in(environment, "OLLAMA_API_KEY") if address.host == OLLAMA_CLOUD else None
    return OllamaServer(address, key=key, limits=limits or LOCAL)


def _unknown(name: str) -> Meaningless:
    from difflib import get_close_matches

    if name == OFFLINE:
        return Meaningless("Offline there is no model to open.", "Choose a model where one is needed.")
    known = ["ollama", *providers()]
    prefix, _, model = name.partition("/")
    near = get_close_matches(prefix.casefold(), known, n=1, cutoff=0.7) if model else []
    if near:
        return Meaningless(f"There is no provider named '{prefix}'.", f"Perhaps it is {near[0]}/{model}.")
    if meant := _without_provider(name):
        return Meaningless(f"There is no model named '{name}'.", f"Perhaps it is {meant}.")
    return Meaningless(
        f"There is no model named '{name}'.",
        f"Write provider/model with one of: {', '.join(f'{each}/…' for each in known)}; or use a base URL; "
        "or go without one, as the model `offline`.",
    )


def _without_provider(name: str) -> str:
    """The whole name of a model of which only the last part was written, as "qwen3:8b" or "gpt-4o"; empty where it may
    be anybody's."""
    if "/" in name or not name:
        return ""
    if ":" in name:
        return f"ollama/{name}"
    family = name.partition("-")[0]
    own = (each.suggest.split("/") for each in providers().values() if each.suggest.count("/") == 1)
    makers = [maker for maker, model in own if model.partition("-")[0] == family]
    return f"{makers[0]}/{name}" if len(makers) == 1 else ""
