"""Loads the offline rater's knowledge, `rubrics/cues/`, as one value with the hash of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .cues import Cues
from .problems import ContentError, Problem
from .reading import parse, read_text

_SINGLE_FILES = (
    *("dimensions", "words", "gates", "word_order", "addressed"),
    *("asides", "answer_type", "manner", "quotes", "topic"),
)


def load_cues(root: Path) -> Cues:
    """The cues under `root/rubrics/cues`.

    Raises:
        ContentError: a file is missing, is not YAML, or does not fit; the message names it.
    """
    folder = root / "rubrics" / "cues"
    digest = hashlib.sha256()
    shapes: dict[str, Any] = {}
    for path in _files(folder / "shapes"):
        shapes |= _content(path, digest)
    singles = {name: _content(folder / f"{name}.yaml", digest) for name in _SINGLE_FILES}
    content = {**singles, "shapes": shapes, "hash": digest.hexdigest()[:12]}
    try:
        return Cues.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ContentError([Problem(folder, None, where, f"does not fit ({first['msg']})")]) from None


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError([Problem(folder, None, "", "holds no cue files; install the package again")])
    return paths


def _content(path: Path, digest: hashlib._Hash) -> dict[str, Any]:
    text = read_text(path)
    digest.update(f"{path.name}\0{text}\0".encode())
    content = parse(text, path)
    if not isinstance(content, dict):
        raise ContentError([Problem(path, None, "", "must hold names with values")])
    return content
