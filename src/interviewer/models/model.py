"""What a model is: a request in, a reply with a terminal state out, or one of eight kinds of failure.

The exception tree, all with a sentence for the candidate and a next step, never a library's own text:

    ModelError
    ├── NotConfigured   no key, or no such provider
    ├── Unauthorised    the key was refused
    ├── NoSuchModel     the provider or the local server does not have it
    ├── QuotaExceeded   out of credit, or too many requests even after waiting
    ├── TooLong         the prompt does not fit the model's context
    ├── Refused         the provider declined to answer this text
    ├── Unreachable     nothing answers at the host, or not in time
    └── Broken          an answer came that cannot be used
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol

from ..errors import PlainError


class EndState(StrEnum):
    """How a reply ended. Only `COMPLETE` may be taken for the whole of what the model had to say."""

    COMPLETE = "complete"
    LENGTH = "length"
    FILTERED = "filtered"
    CUT = "cut"
    CANCELLED = "cancelled"
    ERROR = "error"


CHARACTERS_PER_TOKEN = 4
"""Of English, about: for guesses where nobody has counted."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user", "assistant"]
    content: str

    @property
    def on_the_wire(self) -> dict[str, str]:
        """As servers take it. Half a surrogate pair, which a paste or a file may hold, has no form in UTF-8: "?"."""
        return {"role": self.role, "content": self.content.encode("utf-8", "replace").decode("utf-8")}


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked."""

    messages: Sequence[Message]
    max_tokens: int
    temperature: float = 0.0
    schema: Mapping[str, Any] | None = None
    """A flat JSON schema (no `$ref`, every field required) for the reply; sent where the provider takes one."""
    seed: int | None = None

    @property
    def characters(self) -> int:
        """Of all messages together."""
        return sum(len(message.content) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money of one call."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    estimated: bool = False
    """Whether the counts are a guess (the provider sent none)."""
    cost: float | None = None
    """US dollars; None when the price is unknown."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    text: str
    state: EndState
    thinking: str = ""
    """Reasoning text, kept apart: it is neither shown as speech nor stored as such."""
    usage: Usage = Usage()
    model: str = ""
    host: str = ""
    """Where the words went, as "127.0.0.1:11434" or "api.anthropic.com"."""
    seconds: float = 0.0
    first_token_seconds: float | None = None


class ModelError(PlainError):
    """A call failed. `str()` is one plain sentence, `next_step` another; neither holds a key or the prompt."""

    kind: ClassVar[str] = "broken"

    def __init__(self, sentence: str, next_step: str = "", *, partial: str = "", retry_after: float | None = None):
        super().__init__(sentence)
        self.next_step = next_step
        self.partial = partial
        """Text that had come before the failure."""
        self.retry_after = retry_after
        """Seconds that the server asked to wait."""


class NotConfigured(ModelError):
    """There is no key, or no such provider."""

    kind = "not configured"


class Meaningless(NotConfigured):
    """A name or an address that was given means nothing; nothing was tried."""

    exit_code = 2


class Unauthorised(ModelError):
    """The key was refused."""

    kind = "auth"


class NoSuchModel(ModelError):
    """The provider or the local server does not have the model."""

    kind = "no such model"


class QuotaExceeded(ModelError):
    """Out of credit, or too many requests even after waiting."""

    kind = "quota"


class TooLong(ModelError):
    """The prompt does not fit the model's context."""

    kind = "too long"


class Refused(ModelError):
    """The provider declined to answer this text, or local-only mode declined to send it."""

    kind = "refused"


class Unreachable(ModelError):
    """Nothing answers at the host, or not in time."""

    kind = "unreachable"


class Broken(ModelError):
    """An answer came that cannot be used."""

    kind = "broken"


class Model(Protocol):
    """A language model that the interview can talk to."""

    @property
    def name(self) -> str:
        """As the user writes it: "ollama/qwen3:8b", "anthropic/claude-sonnet-4-5"."""
        ...

    @property
    def host(self) -> str:
        """Where the words go, as shown to the user before the first call."""
        ...

    @property
    def local(self) -> bool:
        """Whether the words stay on this machine, as far as code can tell (see `privacy.py`)."""
        ...

    async def complete(self, request: Request) -> Reply:
        """The whole reply, not streamed.

        Raises:
            ModelError: one of the eight kinds.
        """
        ...

    def stream(self, request: Request) -> AsyncIterator[str | Reply]:
        """Pieces of speech as they come, and last of all the `Reply` with the whole text and how it ended.

        A cut stream ends in a `Reply` with that state; its text is what counts where the pieces differ from it (see
        `thinking.py`). Raises `ModelError` when nothing usable came, or when the server reports an error midway; then
        `partial` has what came. Cancelling the task frees the server and yields nothing more; `listening.listen` makes
        a `Reply` of what was heard.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


class ReadyModel(Model, Protocol):
    """A model that can get ready before it is needed."""

    async def locate(self) -> None:
        """Learns where the words go, so that `host` and `local` are certain; loads nothing, sends none of the words.

        Raises:
            ModelError: one of the eight kinds.
        """
        ...

    async def warm_up(self) -> None:
        """Learns where the words go and loads what it needs; sends none of the user's words.

        Raises:
            ModelError: one of the eight kinds.
        """
        ...

    async def price(self, usage: Usage) -> float | None:
        """US dollars that calls with so many tokens cost: 0 on this machine, None when the price is unknown."""
        ...
