"""What is paid in deals: for a company, for its new shares, for options; told once, it holds on."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.bids import is_bid
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.figures.offered import offered
from rerating.factcheck.extraction.figures.orders import of_order
from rerating.factcheck.extraction.figures.outlays import by_sale
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K


def of_deals(sentence: Sentence, bounds: list[Bound], before: Bound | None) -> list[Bound]:
    """The figures of a sentence as its deals make them; what a bid is told of, the figures behind it are too."""
    for bound in bounds:
        of_deal(sentence, bound, before)
        before = bound if bound.metric == "acquisition" else before
    return bounds


def of_deal(sentence: Sentence, bound: Bound, before: Bound | None) -> Bound:
    """The bound as the takeover, the offering or the options trade of its sentence makes it."""
    if _is_called_target(sentence, bound):
        return bound
    if is_bid(sentence, bound, before):
        bound.family, bound.metric = "event", "acquisition"
        return bound
    if (what := offered(sentence, bound, before)) is not None:
        bound.family, bound.metric = what
        return bound
    if _is_paid_for_own(sentence, bound):
        bound.family, bound.metric = "event", "buyback"
        return bound
    if bound.family in ("insider", "holding", "upside", "average") or bound.metric in _ITS_OWN:
        return bound
    if _is_of_options(sentence, bound, before):
        return bound
    if _is_told_of_offer(sentence, bound, before):
        _by_offer(sentence, bound)
    if _is_for_failing(sentence, bound):
        bound.family, bound.metric = "event", "acquisition"
    _by_listing(sentence, bound, before)
    _by_sale(sentence, bound)
    of_order(sentence, bound, before)
    return bound


def _is_called_target(sentence: Sentence, bound: Bound) -> bool:
    """`Das durchschnittliche Kursziel von 156 Euro bietet`, `The average price target of $120 offers`: no bid."""
    lead = bound.figure.lead
    return sentence.words(lead - 1, lead) in (("of",), ("von",)) and any(
        topic.family == "price_target" and topic.last == lead - 1 for topic in sentence.topics_near(lead)
    )


def _is_paid_for_own(sentence: Sentence, bound: Bound) -> bool:
    """`has bought back 12 million of its own shares, paying $29.40 on average`: what a company paid for its own."""
    figure = bound.figure
    if figure.mention.kind is not K.MONEY or not is_price(figure) or bound.family not in _LOOSE:
        return False
    near = sentence.words(figure.lead - 4, figure.lead) + sentence.words(figure.last, figure.last + 3)
    is_told = any(topic.key == "buyback" for topic in sentence.topics_near(figure.first))
    return is_told and not _ON_AVERAGE.isdisjoint(near)


_ON_AVERAGE = frozenset(
    ("average", "averaging", "schnitt", "durchschnittlich", "durchschnittlichen", "apiece", "mittel")
)
_ITS_OWN = frozenset(("dividend_per_share", "dividend_yield", "buyback", "fair_value", "issue_price"))


def _is_told_of_offer(sentence: Sentence, bound: Bound, before: Bound | None) -> bool:
    told = (topic for topic in sentence.topics if topic.key == "acquisition")
    is_paid = not _PAYS.isdisjoint(sentence.words(sentence.first, sentence.last))
    if any(is_paid or sentence.words(topic.first, topic.last) != ("in", "cash") for topic in told) or (
        before is not None and before.metric == "acquisition"
    ):
        return True
    tail = sentence.words(bound.figure.last, bound.figure.last + 10)
    if sentence.words(bound.figure.lead - 1, bound.figure.lead) == ("für",) and not _BUYS.isdisjoint(tail):
        return True
    if not _OFFERED.isdisjoint(sentence.words(bound.figure.last, bound.figure.last + 2)):
        return True
    return not (_OFFERS | _LEAVES).isdisjoint(_before(sentence, bound.figure))


_PAYS = word_set("clauses", "pays") | {"buy", "buys", "buying", "acquire", "each", "per"}
_OFFERS = word_set("deals", "offers")
_NEAR = 24


def _before(sentence: Sentence, figure: Figure) -> tuple[str, ...]:
    return sentence.words(max(sentence.first, figure.lead - _NEAR), figure.lead)


def _by_offer(sentence: Sentence, bound: Bound) -> None:
    """What a bidder pays: `455p in cash for each share`, `a premium of 37 %`, `or $2.2 billion including debt`."""
    figure = bound.figure
    lead = sentence.words(max(figure.lead - 5, sentence.first), figure.lead)
    tail = sentence.words(figure.last, figure.last + 5)
    near = {*lead, *tail[:3]}
    told = set(_before(sentence, figure))
    is_one = figure.mention.kind is K.MONEY and is_price(figure) and size(figure) < 5e4
    is_share = figure.mention.per == "share" and bool(told & _OFFERS) and bound.metric != "eps"
    is_bid = is_one and bound.family in _LOOSE and (near & _BIDS or is_share) and not {*lead, *tail[:2]} & _CLOSES
    is_bid = is_bid and "priced" not in told
    is_above = bool(near & _PREMIUMS) or _is_above_price(sentence, figure)
    is_premium = figure.mention.kind in SHARES_OF_ONE and is_above and bound.family in _SHARED
    is_premium = is_premium and told.isdisjoint(_TRADES_AT)
    is_sum = figure.mention.kind is K.MONEY and size(figure) >= 1e7 and bound.family in _SUMS
    is_total = is_sum and (
        (lead[-1:] == ("or",) and bool(told & _OFFERS))
        or not _WITH_DEBT.isdisjoint(tail)
        or (lead[-1:] in (("for",), ("für",)) and not told.isdisjoint(_BOUGHT) and told.isdisjoint(_BACK))
        or (
            lead[-1:] == ("für",)
            and not _BUYS.isdisjoint(sentence.words(figure.last, figure.last + 10))
            and told.isdisjoint(_BACK)
        )
        or (not told.isdisjoint(_VALUES) and not told.isdisjoint(_DEALS))
    )
    is_fee = is_sum and bool(near & _FEES) and not told.isdisjoint(_LEAVES)
    if is_bid or is_premium or is_total or is_fee:
        bound.family, bound.metric = "event", "acquisition"


def _is_for_failing(sentence: Sentence, bound: Bound) -> bool:
    """What is due if a deal comes to nothing: `Scheitert er an den Behörden, muss X 120 Millionen Franken zahlen`,
    `would owe Apollo $62 million if it walked away`."""
    figure = bound.figure
    if figure.mention.kind is not K.MONEY or size(figure) < 1e6 or bound.family not in _DUE_FAMILIES:
        return False
    words = sentence.words(max(sentence.first, figure.lead - _NEAR), figure.last + 14)
    if _FAILS.isdisjoint(words) and not _FALLS.intersection(pairwise(words)):
        return False
    is_if = not _IF.isdisjoint(words) or sentence.tokens.lower[sentence.first] in _FAILS
    near = (*sentence.words(figure.lead - 9, figure.lead), *sentence.words(figure.last, figure.last + 9))
    return is_if and not _DUE.isdisjoint(near)


_DUE_FAMILIES = ("figure", "capex", "event", "volume", "policy")
_FAILS = word_set("deals", "fails")
_FALLS = frozenset((one, other) for one in ("fall", "falls", "fell") for other in ("through", "apart"))
_IF = frozenset(("if", "should", "unless", "falls", "wenn", "sollte", "sollten"))
_DUE = word_set("deals", "due")


def _is_above_price(sentence: Sentence, figure: Figure) -> bool:
    """`31 Prozent mehr als der Schlusskurs`, `46 per cent above the price at which it traded`: of a bid, a premium."""
    tail = sentence.words(figure.last, figure.last + 8)
    is_above = not _ABOVE.isdisjoint(tail[:2]) and not {"offer", "ipo", "issue", "ausgabepreis"} & set(tail)
    if is_above and any(
        f.mention.per == "share" and 0 <= f.first - figure.last <= 5 for f in sentence.figures_near(figure.last)
    ):
        return True
    return is_above and any(word in _CLOSES or word in ("price", "durchschnittskurs") for word in tail)


def _by_sale(sentence: Sentence, bound: Bound) -> None:
    """What a sale brought, an acquisition cost, an offering raises: `getrennt und dafür 310 Millionen erhalten`."""
    figure = bound.figure
    if by_sale(sentence, bound) or figure.mention.kind is not K.MONEY or size(figure) < 1e6:
        return
    if bound.family not in ("figure", "capex"):
        return
    lead, tail = sentence.words(figure.lead - 6, figure.lead), sentence.words(figure.last, figure.last + 8)
    whole = set(sentence.words(sentence.first, figure.lead))
    if "dafür" in lead and whole & _PARTED:
        bound.family, bound.metric = "event", "disposal"
    elif (bound.metric == "spending" and not _ACQUISITIONS.isdisjoint((*lead, *tail))) or (
        not _WITH_DEBT.isdisjoint(whole) and not _VALUES.isdisjoint(tail[:3])
    ):
        bound.family, bound.metric = "event", "acquisition"
    elif lead[-1:] in _RAISES and bound.metric == "revenue" and "to" not in tail[:1]:
        bound.family, bound.metric = "event", "capital_increase"


_ABOVE = frozenset(("mehr", "über", "above", "more", "over", "höher", "higher", "oberhalb"))
_PARTED = word_set("deals", "parted")
_ACQUISITIONS = frozenset(
    ("acquisitions", "takeovers", "deals", "übernahmen", "zukäufe", "akquisitionen", "acquisition")
)
_RAISES = frozenset((word,) for word in ("raise", "raises", "raised", "raising"))
_FEES = frozenset(("fee", "gebühr", "vertragsstrafe", "breakup", "termination"))
_LEAVES = word_set("deals", "leaves")
"""Who walks away from a deal pays for it: the sum belongs to the deal."""
_TRADES_AT = frozenset(("trades", "trade", "trading", "fetch", "fetches", "priced", "notiert", "multiple", "earnings"))
_LOOSE = frozenset(("price", "event", "figure", "price_target"))
_SHARED = frozenset(("price", "event", "figure", "ratio", "market_share", "weak", "operation"))
_SUMS = frozenset(("figure", "market_cap", "volume", "event"))
_BIDS = word_set("deals", "bids")
_CLOSES = frozenset(("close", "schlusskurs", "closing", "kurs", "traded", "closed"))
_PREMIUMS = frozenset(("premium", "aufschlag", "prämie", "übernahmeprämie"))
_WITH_DEBT = frozenset(("debt", "schulden"))
_BOUGHT = word_set("deals", "bought")
_OFFERED = frozenset(("offeriert", "geboten", "offerierte"))
_BUYS = frozenset(("kaufen", "gekauft", "übernehmen", "übernommen", "erwerben", "erworben", "geschluckt", "zugekauft"))
_BACK = frozenset(("back", "own", "eigene", "zurück", "stake", "shares", "aktien"))
_VALUES = frozenset(("values", "valued", "valuing", "worth", "value", "bewertet"))
_DEALS = frozenset(("deal", "transaction", "offer", "proposal", "bid", "takeover", "offerte", "übernahmeangebot"))


def _by_listing(sentence: Sentence, bound: Bound, before: Bound | None) -> None:
    """Shares that a company sells to the public and what they bring: `sold 28 million shares at $62 each`."""
    figure = bound.figure
    goes_on = before is not None and before.metric == "listing"
    words = sentence.words(max(sentence.first, figure.first - _NEAR), figure.last + _NEAR)
    if not goes_on and _OFFERINGS.isdisjoint(words):
        return
    near = sentence.words(max(sentence.first, figure.lead - 8), figure.last + 5)
    is_shares = figure.mention.kind is K.SHARES and bound.family in ("volume", "holding") and size(figure) >= 1e5
    lead = sentence.words(figure.lead - 4, figure.lead)
    is_raised = figure.mention.kind is K.MONEY and size(figure) >= 1e6 and not _RAISED.isdisjoint(lead)
    if (is_shares and not _PLACED.isdisjoint(near)) or (is_raised and bound.family in ("figure", "volume", "capex")):
        bound.family, bound.metric = "event", "listing"


_OFFERINGS = word_set("deals", "offerings")
_PLACED = frozenset(
    ("sold", "sell", "selling", "offered", "offering", "offer", "placed", "verkauft", "platziert", "sells")
)
_RAISED = frozenset(
    ("raise", "raised", "raising", "raises", "einsammeln", "eingesammelt", "erlösen", "erlöste", "brachte")
)


def _is_of_options(sentence: Sentence, bound: Bound, before: Bound | None) -> bool:
    """`paid $2.35 apiece for 6,000 of them, a $1.4 million outlay`: what an options trade cost, and its size."""
    is_told = any(topic.family == "options" for topic in sentence.topics)
    goes_on = before is not None and before.family == "options"
    if not (is_told or goes_on) or bound.family not in ("price", "figure", "operation", "capex", "event"):
        return False
    figure = bound.figure
    tail = sentence.words(figure.last, figure.last + 3)
    lead = sentence.words(figure.lead - 5, figure.lead)
    if figure.mention.kind is K.MONEY:
        is_each = is_price(figure) and (not _EACH.isdisjoint(tail) or (is_told and not _PAID.isdisjoint(lead)))
        is_sum = size(figure) >= 1e4 and not (_OUTLAYS.isdisjoint(tail) and _PAID.isdisjoint(lead))
        if is_each or is_sum:
            bound.family, bound.metric = "options", "premium"
            return True
    elif figure.mention.kind is K.NUMBER and tail[:2] == ("of", "them") and size(figure) >= 50:
        bound.family, bound.metric = "options", "block_trade"
        return True
    return False


_EACH = frozenset(("apiece", "each", "contract", "kontrakt", "stück"))
_PAID = frozenset(("paid", "paying", "pays", "spending", "spent", "zahlte", "bezahlte"))
_OUTLAYS = frozenset(("outlay", "bet", "wager", "premium", "trade", "wette"))
