"""The way to a model behind litellm: its name there, the address, and the key that goes to it and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field

from .providers import Base, Provider


@dataclass(frozen=True, slots=True)
class Route:
    """Which model, where, and with what key."""

    name: str
    """As the user writes it."""
    litellm_name: str
    provider: Provider
    base: Base | None
    key: str | None = field(repr=False)

    @property
    def host(self) -> str:
        """Where the words go; the provider's name where only litellm knows the address."""
        return self.base.host if self.base else self.provider.name

    @property
    def local(self) -> bool:
        """Whether that is this machine."""
        return self.base is not None and self.base.local
