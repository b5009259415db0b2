"""Parts of a whole that a figure is told of right before it: `a quarter of its U.S. customers`, `54 % of the value of`.

What the whole is says what the part is: of a market, a share of it; of sales and costs, a ratio; of customers, sites
and orders, so many of them; of book value and assets, how a share is priced and how much is borrowed. Nothing grows.
"""

from __future__ import annotations

import itertools

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import Found, word_set

_LOOSE = frozenset(("price", "figure", "weak", "operation", "indicator", "volume", "ratio", "holding", "event"))
_REACH = 10


def is_portion(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage or fraction is one of what stands behind it: no change, and nothing lost of it."""
    if figure.mention.kind not in SHARES_OF_ONE or figure.mention.is_signed:
        return False
    if sentence.words(figure.last, figure.last + 1) not in _OF or sentence.words(figure.last, figure.last + 2) in _NO:
        return False
    lead = sentence.words(figure.lead - 3, figure.lead)
    return (
        lead[-1:] not in _BY and _LOSES.isdisjoint(lead) and sentence.words(figure.last + 1, figure.last + 2) != ("it",)
    )


_OF = (("of",), ("des",), ("der",), ("aller",), ("seiner",), ("ihrer",), ("unserer",), ("seines",), ("ihres",))
_NO = frozenset((("of", "a"), ("of", "an"), ("of", "one"), ("der", "zeit")))
_BY = (("by",), ("um",), ("premium",), ("discount",), ("drop",), ("rise",), ("gain",), ("abschlag",), ("aufschlag",))
_LOSES = word_set("portions", "loses")


def by_portion(sentence: Sentence, bound: Bound) -> None:
    """Gives a part the family and metric of what it is a part of."""
    figure = bound.figure
    _by_share_of_market(sentence, bound)
    if bound.family not in _LOOSE or bound.metric in _SETTLED:
        return
    if not is_portion(sentence, figure):
        if figure.mention.kind in SHARES_OF_ONE and bound.family in _CARRIED and _is_of_which(sentence, figure):
            bound.family, bound.metric = "ratio", "revenue_share"
        return
    whole = _whole(sentence, figure)
    if "what" in whole or _EXPECTED in _lead(sentence, figure):
        return
    found = _priced_or_owed(sentence, figure, whole) or _of_market(sentence, figure, whole)
    topic = None
    if found is None and not _SUM_WORDS.isdisjoint(whole):
        found = ("ratio", "revenue_share") if bound.family in _UNTOLD else None
    elif found is None:
        topic = _topic(sentence, figure, len(whole))
        found = _of_topic(sentence, bound, topic) if topic is not None else None
    if found is not None:
        bound.family, bound.metric, bound.topic = *found, topic


_EXPECTED = "expected"
_SUM_WORDS = word_set("portions", "sums")
"""Wholes that are a company's sums: `of car sales`, `of the rent`."""
_UNTOLD = frozenset(("price", "weak", "operation", "volume", "holding", "indicator"))


_SETTLED = frozenset(("acquisition", "buyback", "disposal", "listing", "contract", "trial_result", "short_interest"))
_CARRIED = frozenset(("price",))


def _whole(sentence: Sentence, figure: Figure) -> tuple[str, ...]:
    """The words of the whole, up to the next sign or verb."""
    words = sentence.words(figure.last, figure.last + _REACH)
    return words[: next((k for k, word in enumerate(words) if k and word in _STOPS), len(words))]


_STOPS = word_set("portions", "stops")


def _priced_or_owed(sentence: Sentence, figure: Figure, whole: tuple[str, ...]) -> tuple[str, str] | None:
    """`mit einem Fünftel des Buchwerts bezahlt`; `Borrowings equal 54 per cent of the value of the properties`."""
    if not _BOOKS.isdisjoint(whole):
        return "ratio", "price_book"
    if _ASSETS.isdisjoint(whole) and not any(word.endswith(_ASSET_ENDS) for word in whole):
        return None
    lead = sentence.words(figure.lead - 18, figure.lead)
    if not _DEBTS.isdisjoint(lead):
        return "ratio", "debt_to_equity" if {"equity", "eigenkapitals"} & set(whole) else "leverage"
    return None


_BOOKS = word_set("portions", "books")
_ASSETS = word_set("portions", "assets")
_ASSET_ENDS = ("wert", "werts", "wertes", "vermögens", "bestands")
_DEBTS = word_set("portions", "debts")


def _of_market(sentence: Sentence, figure: Figure, whole: tuple[str, ...]) -> tuple[str, str] | None:
    """`39% of all online orders`, `des hiesigen Cloudmarkts`, `die Hälfte aller verkauften Brillen stammt aus`."""
    ends = {*whole[1:], ""} & _NO_SIZES
    if not ends and any(word.endswith(_MARKETS) and not word.startswith(_NO_MARKETS) for word in whole):
        return "market_share", "market_share"
    if not _NO_GOODS.isdisjoint(whole):
        return None
    is_all = not _ALL.isdisjoint(whole[:4]) and _OWN.isdisjoint(whole[:3])
    near = {*sentence.words(figure.lead - 4, figure.lead), *sentence.words(figure.last, figure.last + _REACH + 8)}
    if not is_all or near.isdisjoint(_SUPPLIES):
        return None
    is_growth = "new" in whole[:4] and "lines" in whole
    return "market_share", "share_of_growth" if is_growth else "market_share"


_MARKETS = ("markt", "markts", "marktes", "market", "category")
_NO_MARKETS = ("aktien", "super", "arbeits", "bau", "kapital")
_NO_SIZES = frozenset(("cap", "capitalization", "capitalisation", "value", "price"))
_NO_GOODS = word_set("portions", "no_goods")
_ALL = word_set("portions", "all")
_OWN = frozenset(("its", "their", "our", "seiner", "ihrer", "unserer", "seines", "ihres"))
_SUPPLIES = word_set("portions", "supplies")


def _topic(sentence: Sentence, figure: Figure, reach: int) -> Found | None:
    """The word for a metric within the whole."""
    near = sentence.topics_near(figure.last)
    inside = [t for t in near if figure.last < t.first and t.last <= figure.last + reach and t.family in _TOLD]
    return inside[-1] if inside else None


_TOLD = frozenset(("figure", "operation"))


def _of_topic(sentence: Sentence, bound: Bound, topic: Found) -> tuple[str, str] | None:
    if topic.family == "figure":
        if bound.family == "ratio" or topic.key not in _SUMS or not _EARNS.isdisjoint(_lead(sentence, bound.figure)):
            return None
        if topic.key in {"free_cash_flow", "net_income"}:
            return "ratio", "payout_ratio" if not _PAYS.isdisjoint(_lead(sentence, bound.figure)) else "profit_share"
        return "ratio", "revenue_share"
    is_cut = bound.family == "event" and not _CUTS.isdisjoint(
        (*_lead(sentence, bound.figure), *sentence.words(bound.figure.last, bound.figure.last + _REACH))
    )
    return None if is_cut or bound.family == "holding" else ("operation", topic.key)


def _lead(sentence: Sentence, figure: Figure) -> tuple[str, ...]:
    return sentence.words(figure.lead - 10, figure.lead)


_SUMS = frozenset(("revenue", "costs", "free_cash_flow", "net_income", "rental_income", "operating_expenses"))
_EARNS = frozenset(("operativ", "betriebsgewinn", "ebit", "betriebsergebnis", "operativen", "marge", "margin"))
_PAYS = frozenset(("pays", "pay", "paid", "dividend", "payout", "yield", "dividende", "zahlt", "ausschüttung"))
_CUTS = word_set("portions", "cuts")


def _is_of_which(sentence: Sentence, figure: Figure) -> bool:
    """`..., of which 61% was new business`, `davon entfielen 78 Prozent auf`: of the sum before."""
    lead = sentence.words(figure.lead - 3, figure.lead)
    return lead[-2:] == ("of", "which") or not {"davon", "wovon"}.isdisjoint(lead)


_LEADERS = ("marktführer", "weltmarktführer", "branchenprimus", "branchenführer", "marktanteil")
"""`Marktführer bleibt X mit einem Anteil von 30 Prozent`: of the market."""


def _by_share_of_market(sentence: Sentence, bound: Bound) -> None:
    """`Anteil am deutschen Automarkt`, `gained 30 basis points of market share, taking our share to 8.2%`."""
    figure, topic = bound.figure, bound.topic
    if bound.metric == "stake" and topic is not None and sentence.tokens.lower[topic.first].startswith("anteil"):
        behind = sentence.words(topic.last, topic.last + 7)
        is_led = not {"am", "an", "im", "auf"}.isdisjoint(behind[:4])
        is_led = is_led and any(word.endswith(_MARKETS) and not word.startswith(_NO_MARKETS) for word in behind)
        is_ranked = any(word.startswith(_LEADERS) for word in sentence.words(sentence.first, topic.first))
        if is_ranked or is_led:
            bound.family, bound.metric = "market_share", "market_share"
            return
    if bound.family not in ("price", "weak", "figure"):
        return
    if sentence.words(figure.last, figure.last + 3) == ("of", "market", "share"):
        bound.family, bound.metric = "market_share", "market_share"
        return
    lead = sentence.words(figure.lead - 3, figure.lead)
    is_share = lead[-2:] in (("share", "to"), ("share", "at"))
    words = sentence.words(sentence.first, figure.lead)
    if is_share and any(pair == ("market", "share") for pair in itertools.pairwise(words)):
        bound.family, bound.metric = "market_share", "market_share"
