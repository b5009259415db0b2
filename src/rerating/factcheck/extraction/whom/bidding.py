"""What a price means beside a deal: what is offered for a share, what a company is bought for, where no noun says so.

`A year ago, Apollo had been willing to pay $64`, `Vereinbart sind 90 Euro je Aktie`: whoever bids for whom has been
told before.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.acquired import is_price_told
from rerating.factcheck.extraction.whom.subjects import Subjects
from rerating.language.reading import MentionKind as K

_AGREED = word_set("bidding", "agreed")
_FINAL = frozenset(
    ("geboten", "bekommen", "erhalten", "zahlen", "bezahlen", "bieten", "offeriert", "gezahlt", "bezahlt")
)
_TRADED = word_set("bidding", "traded")


def as_purchase(known: Subjects, sentence: Sentence, bound: Bound, what: tuple[str, str]) -> tuple[str, str]:
    """The kind and metric of a sum that no word names, where the clause says who is bought for it."""
    figure = bound.figure
    is_loose = bound.topic is None or what[1] in _WEAK
    if what[0] not in _SUMS or not is_loose or figure.mention.kind is not K.MONEY or size(figure) < _LARGE:
        return what
    places = known.places.get(sentence.number, [])
    return ("corporate_event", "acquisition") if is_price_told(sentence, places, figure.first) else what


_SUMS = frozenset(("financial_figure", "guidance", "capex", "holding", "market_cap"))
_WEAK = frozenset(("costs", "position_value", "volumes", "spending"))
_LARGE = 1e6


def as_bid(known: Subjects, sentence: Sentence, figure: Figure, what: tuple[str, str]) -> tuple[str, str]:
    """The kind and metric of a price in the light of the bid that has been told of by then."""
    told = known.bid.get(sentence.number)
    if what != ("price_level", "share_price") or told is None:
        return what
    named = {p.name.name for p in known.places.get(sentence.number, []) if not p.is_noun}
    before = known.before.get(sentence.number)
    named = named or {before.name if before is not None else ""}
    if told[1] != known.main and named.isdisjoint(name.name for name in told if name is not None):
        return what
    if figure.mention.kind is not K.MONEY or not is_price(figure):
        return what
    lead, tail = sentence.words(figure.lead - 6, figure.lead), sentence.words(figure.last, figure.last + 4)
    is_paid = not _AGREED.isdisjoint(lead) or not _FINAL.isdisjoint(tail)
    is_paid = is_paid and _TRADED.isdisjoint((*lead[-4:], *tail))
    return ("corporate_event", "acquisition") if is_paid else what
