"""The languages of the house and the signs that their typography shares."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from babel import Locale

Language = Literal["de", "en"]
"""The languages that are written. `de-CH` exists for reading only."""

Style = Literal["din", "press"]
"""`din`: signs as DIN 5008 sets them (15,8 %, 145,82 €). `press`: words as agencies print them (15,8 Prozent)."""

NBSP = "\u00a0"
"""Keeps a figure and its unit on one line."""

MINUS = "\u2212"
"""The typographic minus; a hyphen would break the line behind it."""


def written(language: Language) -> Language:
    """The language, if it is one that is written here. Raises UsageError on any other."""
    if language not in ("de", "en"):
        raise UsageError(f"'{language}' is not written here; use 'de' or 'en'.")
    return language


@lru_cache(maxsize=4)
def locale(language: Language) -> Locale:
    """Babel's locale; English dates follow `en`. Raises UsageError on any other language."""
    from babel import Locale

    return Locale(written(language))
