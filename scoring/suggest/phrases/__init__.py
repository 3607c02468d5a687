"""The phrases of the eight languages in which drafts are written, each loaded when it is first asked for."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import cast

from ..bank import Bank

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "pl")


@lru_cache(maxsize=len(LANGUAGES))
def bank_of(language: str) -> Bank:
    """The bank of one of LANGUAGES."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return cast("Bank", import_module(f".{language}", __name__).BANK)
