"""Which figures are red: those printed with a minus, and nothing else."""

from __future__ import annotations

from rerating.statements.facts import Share, ShareRange
from rerating.statements.statement import Span


def falls(span: Span) -> bool:
    """A figure printed with a minus."""
    fact = span.fact
    if isinstance(fact, ShareRange):
        return fact.high < 0
    return isinstance(fact, Share) and fact.value < 0 and span.text.startswith("\u2212")
