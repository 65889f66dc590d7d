"""How a model is asked, by what it is: its parameters where they are known, else its name."""

from __future__ import annotations

from fnmatch import fnmatchcase

from ...bank.judging import JudgeSettings, Manner
from ...models.size import billions_in


def manner_for(name: str, settings: JudgeSettings, billions: float | None = None) -> Manner:
    """The manner that suits the model.

    Args:
        name: as the user writes it, "ollama/qwen3:8b".
        billions: of parameters, where the server said so.
    """
    known = next((entry for entry in settings.models if _fits(name, entry.names)), None)
    size = billions or billions_in(name) or (known.billions if known else None)
    if size is not None and size < settings.small_below:
        return "small"
    return "cheap" if known and known.costly else "full"


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)
