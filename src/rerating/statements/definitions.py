"""The section that prints the definitions; each noun brings its own."""

from __future__ import annotations

from collections.abc import Iterable

from rerating.statements.blocks import Item, Items, Length, Section
from rerating.statements.facts import Word

TITLE = Word(de="Wie die Zahlen definiert sind", en="How the figures are defined")


def section(items: Iterable[Item]) -> Section | None:
    """One definition for each noun that speaks in the report."""
    found = tuple(items)
    if not found:
        return None
    return Section(
        name="definitions", title=TITLE, blocks=(Items(since=Length.ARTICLE, name="definitions", items=found),)
    )
