"""The call, or in words that there is none and why."""

from __future__ import annotations

from rerating.core.record import Record
from rerating.core.types import Gap
from rerating.statements import gaps
from rerating.statements.facts import Word
from rerating.statements.statement import Statement

LABEL = Word(de="Urteil", en="Verdict")
NO_CALL = Word(de="Kein Urteil", en="No call")


class Card(Record):
    """The verdict card: what is asked, the call in words, and its reasons."""

    label: Word
    call: Word
    statements: tuple[Statement, ...]


def card(verdict: Gap) -> Card:
    """The card of a verdict that is not there."""
    return Card(label=LABEL, call=NO_CALL, statements=(gaps.detail(verdict),))
