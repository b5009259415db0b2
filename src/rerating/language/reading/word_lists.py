"""Lists of words in source code, written as running text."""

from __future__ import annotations


def listed(text: str, between: str | None = None) -> tuple[str, ...]:
    """The words of a text, at blanks or at `between`."""
    return tuple(text.split(between))
