"""What a price means beside a deal: what is offered for a share, what a company is bought for, where no noun says so.

`A year ago, Apollo had been willing to pay $64`, `Vereinbart sind 90 Euro je Aktie`: whoever bids for whom has been
told before.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.acquired import is_price_told
from rerating.language.reading import MentionKind as K

_AGREED = word_set("bidding", "agreed")
_PAYOUTS = frozenset(("dividend", "dividends", "dividende", "ausschüttung", "ausgeschüttet", "payout", "gewinn"))
_FINAL = frozenset(
    ("geboten", "bekommen", "erhalten", "zahlen", "bezahlen", "bieten", "offeriert", "gezahlt", "bezahlt")
)
_BUYING = word_set("takeovers", "buying")
_FOR = (("for",), ("für",))
_TRADED = word_set("bidding", "traded")


def as_purchase(known: Subjects, sentence: Sentence, bound: Bound, what: tuple[str, str]) -> tuple[str, str]:
    """The kind and metric of a sum that no word names, where the clause says who is bought for it."""
    figure, told = bound.figure, known.bid.get(sentence.number)
    is_large = figure.mention.kind is K.MONEY and size(figure) >= _LARGE
    if told is not None and is_large and _is_of_deal(sentence, bound, what):
        return ("corporate_event", "acquisition")
    is_loose = bound.topic is None or what[1] in _WEAK
    if what[0] not in _SUMS or not is_loose or not is_large:
        return what
    places = known.places.get(sentence.number, [])
    return ("corporate_event", "acquisition") if is_price_told(sentence, places, figure.first) else what


def _is_of_deal(sentence: Sentence, bound: Bound, what: tuple[str, str]) -> bool:
    """`A deal could be worth more than $5 billion`, `Der Preis liegt bei 520 Millionen`, `would owe $140 million if it
    switched`: of the bid told of."""
    lead = sentence.words(max(sentence.first, bound.figure.lead - 12), bound.figure.lead)
    tail = sentence.words(bound.figure.last, bound.figure.last + 8)
    is_loose = bound.topic is None or what[0] == "market_cap" or what[1] in (*_WEAK, "contract")
    if not is_loose or not (what[0] in (*_SUMS, "estimate") or what == ("corporate_event", "contract")):
        return False
    if not _OWES.isdisjoint(lead) and not _IF.isdisjoint((*lead, *tail)):
        return True
    is_deal = not _DEALS.isdisjoint(lead) or any(word.endswith(("offerte", "übernahme")) for word in lead)
    is_worth = not _WORTH.isdisjoint((*lead, *tail[:3]))
    return (is_deal and is_worth) or (what[0] != "market_cap" and not _PRICES.isdisjoint(lead[:3]))


_OWES = frozenset(("owe", "owes", "schuldet", "schulden"))
_IF = frozenset(("if", "should", "falls", "wenn"))
_DEALS = frozenset(("deal", "transaction", "geschäft", "geschäfts", "transaktion", "offer", "bid", "gebot", "takeover"))
_WORTH = frozenset(("worth", "value", "valued", "wert", "values", "summiert", "bewertet", "enterprise"))
_PRICES = frozenset(("preis", "kaufpreis"))
_SUMS = frozenset(("financial_figure", "guidance", "capex", "holding", "market_cap"))
_WEAK = frozenset(("costs", "position_value", "volumes", "spending"))
_LARGE = 1e6


def as_bid(known: Subjects, sentence: Sentence, figure: Figure, what: tuple[str, str]) -> tuple[str, str]:
    """The kind and metric of a price in the light of the bid that has been told of by then."""
    told = known.bid.get(sentence.number)
    is_payout = what[1] == "dividend_per_share" and _PAYOUTS.isdisjoint(sentence.words(sentence.first, sentence.last))
    if told is None or not (what == ("price_level", "share_price") or is_payout):
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
    is_paid = is_paid or (lead[-1:] in _FOR and not _BUYING.isdisjoint(lead))
    is_paid = is_paid and _TRADED.isdisjoint((*lead[-4:], *tail))
    return ("corporate_event", "acquisition") if is_paid else what
