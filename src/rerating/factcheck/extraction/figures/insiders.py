"""Whether somebody who runs the company trades its shares, and what then is price, sum and number."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_INSIDERS = word_set("binding", "insiders")
_TRADES = word_set("binding", "trades")


def insider_scene(sentence: Sentence, before: Bound | None = None) -> bool:
    """Whether somebody who runs the company buys or sells its shares, here or in the sentence that this one goes on."""
    held = set(sentence.words(sentence.first, sentence.last))
    goes_on = before is not None and before.family == "insider"
    if goes_on and held & _FOLLOWS:
        return True
    if not held & _TRADES:
        return False
    if goes_on:
        return True
    is_of_shares = bool(held & SECURITIES) or any(figure.mention.kind is K.SHARES for figure in sentence.figures)
    return bool(held & _INSIDERS) and is_of_shares


_FOLLOWS = word_set("binding", "insider_follows")


def by_insider(sentence: Sentence, bound: Bound) -> None:
    """What an insider paid, bought, sold or holds."""
    if bound.figure.mention.kind is K.MONEY:
        is_one = is_price(bound.figure) and size(bound.figure) < 5e4
        is_total = not TOTALS.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead))
        metric = "price_per_share" if is_one and not is_total else "transaction_value"
        bound.family, bound.metric = "insider", metric
    elif bound.figure.mention.kind is K.SHARES:
        near = set(sentence.words(bound.figure.lead - 6, bound.figure.lead))
        near |= set(sentence.words(bound.figure.last, bound.figure.last + 2)) & {"hält", "besitzt", "danach"}
        sold = _SOLD & set(sentence.words(sentence.first, sentence.last))
        metric = "remaining_shares" if near & _OWNED else "shares_sold" if sold else "shares_bought"
        bound.family, bound.metric = "insider", metric
    elif bound.figure.mention.kind in SHARES_OF_ONE:
        near = set(sentence.words(bound.figure.lead - 6, bound.figure.last + 8))
        if near & _HELD:
            bound.family, bound.metric = "holding", "position_change"


_OWNED = word_set("binding", "owned")
_SOLD = word_set("binding", "sold")
_HELD = frozenset(("position", "holding", "holdings", "ownership", "stake", "bestand", "beteiligung", "anteil"))
SECURITIES = word_set("binding", "securities")
TOTALS = frozenset(("insgesamt", "total", "gesamt", "gesamtwert", "zusammen"))
