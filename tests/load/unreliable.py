"""An Ollama server of which a share of the replies fails, in every way that a server can fail."""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.doubles.ollama import ERRORS, OllamaDouble
from tests.doubles.server import Exchange

FAULTS = (
    *("busy", "died", "oom", "gone-in-queue", "missing-at-chat", "longctx", "signin", "cloud-away"),
    *("miderr", "err-first", "cut", "cut-first", "reset", "eofclean", "falsejson", "partialjson", "html", "empty"),
    *("len", "len-empty", "nousage", "esc", "u2028", "cloud-frames", "thinktag", "thinktag1"),
)


@dataclass
class UnreliableOllama(OllamaDouble):
    """Fails a share of what it is asked, in turn in each of the ways; remembers little, for it is asked much."""

    share: float = 0.05
    failed: Counter[str] = field(default_factory=Counter)
    chats: int = 0

    def __post_init__(self) -> None:
        self.requests = deque(maxlen=64)  # type: ignore[assignment]
        self._dice = random.Random(20261121)

    async def _chat(self, exchange: Exchange) -> None:
        if not exchange.request.body["messages"]:
            return await super()._chat(exchange)
        self.chats += 1
        if self._dice.random() >= self.share:
            return await super()._chat(exchange)
        case = FAULTS[sum(self.failed.values()) % len(FAULTS)]
        self.failed[case] += 1
        if case in ERRORS:
            status, error = ERRORS[case]
            return await exchange.json(error, status)
        await getattr(self, "_case_" + case.replace("-", "_"))(exchange)
        return None
