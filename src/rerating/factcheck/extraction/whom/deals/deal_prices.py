"""What a sum means beside a deal: what a company is bought for, what is offered for a share, what it brings its owner.

`A year ago, Apollo had been willing to pay $64`, `a 20% stake in X for $150 million`: where no noun says so, the words
right around the sum do, and whoever bids for whom has been told before.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.figures.fitting import size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.deals.deal_refs import Ref
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.acquired import is_price_told
from rerating.language.reading import MentionKind as K

_AGREED = word_set("bidding", "agreed")
_PAYOUTS = frozenset(("dividend", "dividends", "dividende", "ausschüttung", "ausgeschüttet", "payout", "gewinn"))
_BUYING = word_set("takeovers", "buying")
_OFFERED = (("for",), ("für",))
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
    """`A deal could be worth more than $5 billion`: of the bid told of."""
    lead = sentence.words(max(sentence.first, bound.figure.lead - 12), bound.figure.lead)
    tail = sentence.words(bound.figure.last, bound.figure.last + 3)
    is_loose = bound.topic is None or what[0] == "market_cap" or what[1] in (*_WEAK, "contract")
    if not is_loose or not (what[0] in (*_SUMS, "estimate") or what == ("corporate_event", "contract")):
        return False
    is_worth = not _WORTH.isdisjoint((*lead, *tail))
    return is_worth and not _DEALS.isdisjoint(lead)


_DEALS = frozenset(("deal", "transaction", "geschäft", "geschäfts", "transaktion", "offer", "bid", "gebot", "takeover"))
_WORTH = frozenset(("worth", "value", "valued", "wert", "values", "summiert", "bewertet", "enterprise"))
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
    if figure.mention.kind is not K.MONEY:
        return what
    lead, tail = sentence.words(figure.lead - 6, figure.lead), sentence.words(figure.last, figure.last + 4)
    is_paid = not _AGREED.isdisjoint(lead)
    is_paid = is_paid or (lead[-1:] in _OFFERED and not _BUYING.isdisjoint(lead))
    is_paid = is_paid and _TRADED.isdisjoint((*lead[-4:], *tail))
    return ("corporate_event", "acquisition") if is_paid else what


# ---- sums of deals with companies of no list -------------------------------------------------------------------------

_AMOUNTS = frozenset(("bei", "beträgt", "auf", "lag", "is", "was", "to", "at"))
_FOR = (("for",), ("für",), ("on",))
_PAID = word_set("deal_names", "paid")

_LEAD, _PAYING = 8, 12
_BRINGS = word_set("deal_frame", "brings")
_ACQUISITIONS = word_set("deal_frame", "acquisitions")
_PRICE_NOUNS = word_set("deal_frame", "price_nouns")
_DEAL_NOUNS = word_set("deal_frame", "deal_nouns")


def brings(sentence: Sentence, draft: Draft, refs: list[Ref]) -> bool:
    """Whether a claim is what a company brings the one that holds it: `X contributed $41 million`, `steuerte bei`."""
    if not any(ref.deal is not None for ref in refs) and _ACQUISITIONS.isdisjoint(
        sentence.words(sentence.first, draft.first)
    ):
        return False
    words = sentence.words(max(sentence.first, draft.first - 16), draft.last + 10)
    return not _BRINGS.isdisjoint(words)


def is_paid_for(sentence: Sentence, draft: Draft, refs: list[Ref]) -> bool:
    """Whether a sum stands behind `for` right after the name of who is bought, or is paid for the name behind it:
    `a 20% stake in X for $150 million`, `hat 340 Millionen für den Hersteller X bezahlt`, `spent $1.3 billion on X`."""
    start = draft.bound.figure.lead if draft.bound is not None else draft.first
    is_behind = sentence.words(draft.last, draft.last + 1) in _FOR
    if is_behind and not _PAID.isdisjoint(sentence.words(start - _PAYING, draft.last + _PAYING)):
        return any(ref.deal is not None and draft.last < ref.first <= draft.last + _LEAD for ref in refs)
    is_led = sentence.words(start - 1, start) in (("for",), ("für",))
    return is_led and any(ref.deal is not None and start - _LEAD <= ref.last <= start for ref in refs)


def is_sum(draft: Draft) -> bool:
    """Whether a claim holds a sum of money."""
    return any(value.unit == "money" for value in draft.values)


def is_price(sentence: Sentence, draft: Draft) -> bool:
    """Whether the words right around a sum say that it is what a company is bought for."""
    bound = draft.bound
    start = bound.figure.lead if bound is not None else draft.first
    lead = sentence.words(max(sentence.first, start - 9), start)
    stop = max((k for k, word in enumerate(lead) if word in (";", ":", ".")), default=-1)
    is_named = not _PRICE_NOUNS.isdisjoint(lead[stop + 1 :]) or (
        stop >= 0 and not _PRICE_NOUNS.isdisjoint(lead[stop - 1 : stop])
    )
    tail = sentence.words(draft.last, draft.last + 3)
    is_headed = not _PRICE_NOUNS.isdisjoint(sentence.words(sentence.first, sentence.first + 4))
    is_led = is_headed and lead[-1:] != () and lead[-1] in _AMOUNTS
    return is_named or is_led or not _DEAL_NOUNS.isdisjoint(tail)
