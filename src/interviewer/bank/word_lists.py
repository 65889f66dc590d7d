"""Lists of words as content files write them: in one string, with spaces between them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from .schema import Text

_Split = BeforeValidator(lambda words: words.split() if isinstance(words, str) else words)
Words = Annotated[tuple[Text, ...], _Split]
"""In their order; where phrases may stand too, an underscore is a space within one."""
WordSet = Annotated[frozenset[Text], _Split]
"""Where their order means nothing."""
