"""Where a failure came from, for `--debug`. The one text of libraries ever shown, so keys are taken out of it."""

from __future__ import annotations

import os
import traceback

from ..models.keys import Keys
from ..places import find_paths
from ..text import clean


def redacted(error: BaseException) -> str:
    """The traceback without any key that the program can find, and without codes that steer a terminal."""
    redactor = Keys(os.environ, find_paths().config / "keys.json").redactor()
    return clean(redactor.clean("".join(traceback.format_exception(error))))
