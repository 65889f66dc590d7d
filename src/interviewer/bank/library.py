"""Reads the bank from disk: bundled content, and the packs of a user. Only what is asked for is parsed."""

from __future__ import annotations
