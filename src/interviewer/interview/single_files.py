"""Every single file of the bundled content and what it must be, up to this floor: for whoever checks them all."""

from __future__ import annotations

from collections.abc import Mapping

from ..bank.checking import OF_THE_BANK
from ..bank.schema import Content
from ..bank.yours import Yours
from ..rating.calibration import CalibrationRules
from ..rating.suites import SuiteTexts
from .asked_back import AskedBackRules
from .debate import DebateRules
from .expense import NeedsFile
from .invented import Given
from .lines import Lines
from .own_replies import ReplyRules
from .probing_rules import ProbingRules
from .quoting import Quoting
from .recalling import Recalling
from .rewording import Manner

SINGLE_FILES: Mapping[str, type[Content]] = {
    **OF_THE_BANK,
    "rubrics/calibration.yaml": CalibrationRules,
    "rubrics/suites.yaml": SuiteTexts,
    "prompts/asked_back.yaml": AskedBackRules,
    "prompts/debate.yaml": DebateRules,
    "prompts/invented.yaml": Given,
    "prompts/lines.yaml": Lines,
    "prompts/needs.yaml": NeedsFile,
    "prompts/own_question.yaml": ReplyRules,
    "prompts/probing.yaml": ProbingRules,
    "prompts/quoting.yaml": Quoting,
    "prompts/recalling.yaml": Recalling,
    "prompts/rewording.yaml": Manner,
    "prompts/yours.yaml": Yours,
}
"""By path."""
