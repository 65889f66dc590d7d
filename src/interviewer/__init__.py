"""A mock interviewer for AI-lab safety and behavioural interviews, as a library (docs/python.md).

    from interviewer import Bank, Interview, ScriptedCandidate, open_model, rate

Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .bank.library import Bank
    from .interview.candidate import Answer, Candidate, Command, ScriptedCandidate
    from .interview.interview import Interview
    from .interview.planning import Wishes
    from .models.model import Model, ModelError
    from .models.opening import open_model
    from .rating.once import rate
    from .rating.rater import Rater, ThreadRating
    from .rating.scorecard import Scorecard, scorecard
    from .session.events import MemoryLog
    from .session.store import Store
    from .session.thread import Thread, Turn

_ROOMS = {
    "Answer": "interview.candidate",
    "Bank": "bank.library",
    "Candidate": "interview.candidate",
    "Command": "interview.candidate",
    "Interview": "interview.interview",
    "MemoryLog": "session.events",
    "Model": "models.model",
    "ModelError": "models.model",
    "Rater": "rating.rater",
    "Scorecard": "rating.scorecard",
    "ScriptedCandidate": "interview.candidate",
    "Store": "session.store",
    "Thread": "session.thread",
    "ThreadRating": "rating.rater",
    "Turn": "session.thread",
    "Wishes": "interview.planning",
    "open_model": "models.opening",
    "rate": "rating.once",
    "scorecard": "rating.scorecard",
}

__all__ = [
    "Answer",
    "Bank",
    "Candidate",
    "Command",
    "Interview",
    "MemoryLog",
    "Model",
    "ModelError",
    "Rater",
    "Scorecard",
    "ScriptedCandidate",
    "Store",
    "Thread",
    "ThreadRating",
    "Turn",
    "Wishes",
    "__version__",
    "open_model",
    "rate",
    "scorecard",
]


def __getattr__(name: str) -> Any:
    """The public name, from the room it lives in."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'interviewer' has no attribute {name!r}")
    return getattr(import_module(f".{_ROOMS[name]}", __name__), name)
