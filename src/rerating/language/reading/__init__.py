"""Reads text back: figures, dates, periods, ratings and words of direction, in German, Swiss German and English.

Two users: the gate, which has to find again all that the writers of this package wrote, and the fact-checker, which
reads texts of others. Offsets count code points of the text as it came. Linear in the text; no exception on any text.
"""

from __future__ import annotations

from rerating.language.reading.detection import detected
from rerating.language.reading.directions import DirectionWord, directions
from rerating.language.reading.mentions import Mention, MentionKind, PeriodReading, Value
from rerating.language.reading.numerals import Tongue
from rerating.language.reading.resolution import resolved
from rerating.language.reading.scan import mentions
from rerating.language.reading.text import NormalText

__all__ = [
    "DirectionWord",
    "Mention",
    "MentionKind",
    "NormalText",
    "PeriodReading",
    "Tongue",
    "Value",
    "detected",
    "directions",
    "readings",
    "resolved",
]


def readings(text: str, language: Tongue | None = None) -> list[Mention]:
    """All mentions of a text; the language is detected where none is given (German where nothing tells)."""
    return mentions(text, detected(text) if language is None else language)
