"""Bodies that speak for many, associations and trade groups: they count for a branch and are no company."""

from __future__ import annotations

from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.tokens import Tokens

_BODIES = word_set("groups", "trade_bodies")
_OF_TRADE = word_set("groups", "of_trade")


def is_of_trade(tokens: Tokens, k: int) -> bool:
    """Whether a noun is that of a body that speaks for many: `the trade group CLIA`, `the lobby group`."""
    return k > 0 and tokens.lower[k] in _BODIES and tokens.lower[k - 1] in _OF_TRADE
