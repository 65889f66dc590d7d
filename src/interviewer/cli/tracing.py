"""Where a failure came from, for `--debug`. The one text of libraries ever shown, so keys are taken out of it."""

from __future__ import annotations

import os
import traceback

from ..errors import PlainError
from ..models.keys import Keys, open_keys
from ..places import find_paths
from ..settings import load_settings
from ..text import clean


def redacted(error: BaseException) -> str:
    """The traceback without any key that the program can find, and without codes that steer a terminal."""
    return clean(_keys().redactor().clean("".join(traceback.format_exception(error))))


def _keys() -> Keys:
    """Those that a run would find; without the keyring where it cannot be had."""
    paths = find_paths()
    try:
        return open_keys(load_settings(paths=paths), paths)
    except PlainError:
        return Keys(os.environ, paths.keys_file)
