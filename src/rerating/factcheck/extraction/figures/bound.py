"""A figure with the topic that was found for it."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Figure
from rerating.factcheck.extraction.text.lexicon import Found


@dataclass(slots=True)
class Bound:
    """A figure with its topic: family and metric; `topic` is None where a neighbour's or the default is taken."""

    figure: Figure
    family: str
    metric: str
    topic: Found | None
    score: float
    is_carried: bool = False
    echoes: Bound | None = None
    """The figure before it in its sentence that it goes on about."""
