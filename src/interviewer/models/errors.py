"""From what is known of a failed call to one of the eight kinds, with our own sentence and next step.

A library's or a server's text is read here to tell failures apart and is never passed on: it may hold a key or the
prompt. This module knows litellm's exceptions by name only, so that it imports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .model import (
    Broken,
    ModelError,
    NoSuchModel,
    NotConfigured,
    QuotaExceeded,
    Refused,
    TooLong,
    Unauthorised,
    Unreachable,
)
from .retry import Transient


class Lost(Exception):
    """The connection broke off while an answer came."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is known of a failed call."""

    model: str
    host: str
    status: int | None = None
    """The HTTP status, if the server answered at all."""
    text: str = ""
    """The server's or the library's words. Only matched against, never shown."""
    family: str = ""
    """The exception's class and its bases by name, as "Timeout APIConnectionError"; empty if the server answered."""
    partial: str = ""
    retry_after: float | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """The first rule that fits decides. Every condition that is set must hold."""

    kind: type[ModelError]
    sentence: str
    next_step: str
    text: str = ""
    statuses: tuple[int, ...] = ()
    family: str = ""
    transient: bool = False

    def fits(self, trouble: Trouble) -> bool:
        if self.statuses and trouble.status not in self.statuses:
            return False
        if self.family and not re.search(self.family, trouble.family):
            return False
        return not self.text or re.search(self.text, trouble.text, re.IGNORECASE) is not None


_OTHER = "Choose another model, or go on offline."
_RETRY = "Try again, choose another model, or go on offline."

_REDIRECTS = (301, 302, 303, 307, 308)
_CONNECTION = r"APIConnectionError|TransportError|ClientError"
NO_CONNECTION = (
    "connection error|cannot connect|connection refused|all connection attempts failed|name or service not known"
)
"""In the text of a failure where nobody was reached; litellm makes a 500 of it for a server of one's own."""
_BROKEN_OFF = "peer closed connection|incomplete chunked read"

_Told = tuple[type[ModelError], str, str]
"""Kind, sentence and next step: those that stand more than once."""
_NO_PROVIDER: _Told = (
    NotConfigured,
    "There is no provider for the model name {model}.",
    "Write it as provider/model; `interviewer models` lists what is there.",
)
_BAD_KEY: _Told = (
    Unauthorised,
    "{host} did not accept the key for {model}.",
    "Check the key, or choose another model.",
)
_NO_ROOM: _Told = (
    TooLong,
    "The interview so far does not fit the context of {model}.",
    "Raise its context length, choose a model with a longer one, or go on offline.",
)
_DECLINED: _Told = (Refused, "{host} declined to answer this text.", "Say it in other words, or choose another model.")
_NOT_THERE: _Told = (
    NoSuchModel,
    "{host} does not have the model {model}.",
    "Check the name; `interviewer models` lists what is there.",
)
_LATE: _Told = (Unreachable, "{host} did not answer in time.", "Try again, or choose a faster model.")
_SILENCE: _Told = (
    Unreachable,
    "Nothing answers at {host}.",
    "Check the network and the address, then try again, or go on offline.",
)
_BUSY: _Told = (Unreachable, "{host} is too busy to answer.", "Wait a little and try again, or choose another model.")
_NO_ANSWER: _Told = (
    Broken,
    "{host} sent something for {model} that is not an answer.",
    "Check that the address is the model server's own, then try again.",
)

_RULES = (
    _Rule(*_NO_PROVIDER, text="llm provider not provided"),
    _Rule(
        Broken,
        "{host} points to another address, and your words were not sent there.",
        "Give the address at which the model really is, or choose another model.",
        statuses=_REDIRECTS,
    ),
    _Rule(
        QuotaExceeded,
        "{host} says that the account has no credit left.",
        "Top up the account, or choose another model.",
        text=r"insufficient_quota|credit balance|exceeded your current quota|billing|payment required",
    ),
    _Rule(QuotaExceeded, "{host} asks for payment.", _OTHER, statuses=(402,)),
    _Rule(
        Unauthorised,
        "{host} wants you to sign in before it runs {model}.",
        "Run `ollama signin`, or choose a model on this machine.",
        text="signin_url",
    ),
    _Rule(
        Refused,
        "Ollama's cloud models are switched off on {host}.",
        "Choose a model on this machine.",
        text="ollama cloud is disabled",
    ),
    _Rule(*_BAD_KEY, text=r"api.?key.?(not valid|invalid)|invalid.{0,3}(x-)?api.?key|incorrect api key"),
    _Rule(*_BAD_KEY, family=r"\bAuthenticationError|PermissionDenied"),
    _Rule(*_BAD_KEY, statuses=(401, 403)),
    _Rule(
        *_NO_ROOM,
        text=r"context.{0,3}(length|window|size)|prompt is too long|prompt is longer|maximum context|too many tokens"
        r"|exceeds the maximum number of tokens",
    ),
    _Rule(*_NO_ROOM, family="ContextWindowExceeded"),
    _Rule(*_DECLINED, family="ContentPolicyViolation|RejectedRequest"),
    _Rule(*_DECLINED, text="content.?(policy|filter)|safety (system|settings)", statuses=(400, 403, 422)),
    _Rule(
        NoSuchModel,
        "{model} cannot hold a conversation.",
        "Choose a chat model; `interviewer models` lists what is there.",
        text="does not support (chat|generate)",
    ),
    _Rule(*_NOT_THERE, statuses=(404,)),
    _Rule(
        *_NOT_THERE,
        text=r"model.{0,80}(not found|does not exist|not exist)|not_found_error|unknown model|is not a valid model",
        statuses=(400, 422),
    ),
    _Rule(
        QuotaExceeded,
        "{host} says that there were too many requests.",
        "Wait a little and try again, or choose another model.",
        statuses=(429,),
        transient=True,
    ),
    _Rule(*_NO_ANSWER, text="unable to get json|error converting to valid response"),
    _Rule(*_LATE, family="Timeout"),
    _Rule(*_LATE, statuses=(408, 504)),
    _Rule(*_SILENCE, family=_CONNECTION, transient=True),
    _Rule(
        *_SILENCE,
        text=f"{NO_CONNECTION}|{_BROKEN_OFF}",
        family=".",
        transient=True,
    ),
    _Rule(
        Broken,
        "{host} ran out of memory with {model}.",
        "Close other programs, or choose a smaller model.",
        text=r"out of memory|more system memory|unable to allocate|cudaMalloc",
        statuses=(500,),
    ),
    _Rule(*_BUSY, statuses=(499, 503, 529), transient=True),
    _Rule(
        Unreachable,
        "{host} answers, but cannot reach the model behind it.",
        "Wait a little and try again, or choose another model.",
        statuses=(502,),
        transient=True,
    ),
    _Rule(*_BUSY, text="overloaded", transient=True),
    _Rule(Broken, "{host} failed while answering for {model}.", _RETRY, transient=True),
)

_OWN_FAULT = re.compile(r"\bBadRequest|UnsupportedParams|UnprocessableEntity")


def failure(trouble: Trouble) -> ModelError | Transient:
    """The error to raise: one of the eight kinds, wrapped in `Transient` where waiting may cure it.

    A failure after the first words is never transient: they would be said twice. Neither is a 500 of a local server:
    it would load the model once more only to fail again.
    """
    rule = next(rule for rule in _RULES if rule.fits(trouble))
    error = rule.kind(
        rule.sentence.format(model=trouble.model, host=trouble.host),
        rule.next_step,
        partial=trouble.partial,
        retry_after=trouble.retry_after,
    )
    return Transient(error) if rule.transient and _may_pass(trouble) else error


def _may_pass(trouble: Trouble) -> bool:
    if trouble.partial or (trouble.status in (400, 405, 413, 415, 422) or _OWN_FAULT.search(trouble.family)):
        return False
    return not trouble.local or trouble.status in (429, 503)


def describe(error: Exception) -> tuple[int | None, str, str]:
    """Status, text and family (see `Trouble`) of any library's exception, or of the one that it stands for."""
    original = getattr(error, "original_exception", None)
    if isinstance(original, Exception):
        return describe(original)
    status = _sent_on(error) or getattr(error, "status_code", None)
    family = " ".join(kind.__name__ for kind in type(error).__mro__ if kind not in (object, Exception, BaseException))
    return (status if isinstance(status, int) else None), str(error), family


def _sent_on(error: BaseException) -> int | None:
    """The status of a redirect, of which litellm makes a 500 or a lost connection for some providers."""
    while (before := error.__context__) is not None:
        error = before
        if (status := getattr(error, "status_code", None)) in _REDIRECTS:
            return int(status)
    return None


def broke_off(error: Exception) -> bool:
    """Whether a stream ended because the connection did, not because the provider reported an error."""
    _, text, family = describe(error)
    return re.search(_CONNECTION, family) is not None or re.search(_BROKEN_OFF, text) is not None


def retry_after(error: Exception) -> float | None:
    """Seconds that a server's `Retry-After` header asks for; None without one, or with a date in it."""
    of_litellm = getattr(error, "litellm_response_headers", None)
    of_response = getattr(getattr(error, "response", None), "headers", None)
    return seconds_asked((of_litellm or of_response or {}).get)


def seconds_asked(header: Callable[[str], str | None]) -> float | None:
    """The same, of a function that looks a header up."""
    value = header("retry-after") or ""
    try:
        return max(0.0, float(value))
    except ValueError:
        return None


def empty_reply(model: str, host: str, *, filtered: bool, spent: int | None) -> ModelError:
    """For a reply without a word: declined, all tokens spent on thinking, or nothing at all."""
    if filtered:
        return _error(_DECLINED, model, host)
    if spent is not None:
        return Broken(
            f"{model} used up its {spent} tokens before it said anything.", "Choose a model that thinks less."
        )
    return Broken(f"{model} gave an empty answer.", _RETRY)


def unreadable(model: str, host: str, partial: str = "") -> ModelError:
    """For bytes that are not what the protocol promises."""
    return _error(_NO_ANSWER, model, host, partial)


def unknown_provider(model: str) -> ModelError:
    """For a name whose provider litellm does not know."""
    return _error(_NO_PROVIDER, model, host="")


def _error(told: _Told, model: str, host: str, partial: str = "") -> ModelError:
    kind, sentence, next_step = told
    return kind(sentence.format(model=model, host=host), next_step, partial=partial)


def out_of_time(model: str, host: str, seconds: float) -> ModelError:
    """For a budget that ran out before anything came."""
    return Unreachable(
        f"{model} at {host} gave no answer within {seconds:g} s.", "Try again, or choose a faster model."
    )
