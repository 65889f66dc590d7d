"""How large a model is, as far as its server or its name tells. It may not know what is made of that."""

from __future__ import annotations

import re

from .model import Model

_SIZE = re.compile(r"(?<![a-z0-9.])(\d+(?:\.\d+)?)(b|m)(?![a-z0-9])")


def billions_of(model: Model) -> float | None:
    """Billions of parameters: what the server said once it was asked, else what the name tells."""
    said: float | None = getattr(model, "billions", None)
    return said or billions_in(model.name)


def billions_in(name: str) -> float | None:
    """Billions of parameters as the name tells them: 8 for "qwen3:8b", 0.27 for "gemma3:270m"; else None."""
    found = _SIZE.findall(name.casefold())
    if not found:
        return None
    number, unit = found[-1]
    return float(number) / (1000 if unit == "m" else 1)
