"""What duties cost a company, what its parts are sold for, what its goods cost: sums that no metric's word names."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_amount, is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(("policy", "figure", "price", "weak", "ratio", "volume", "operation"))
_DUTIES = word_set("states", "duties")
_DUTY_ENDS = ("zoll", "zölle", "zöllen", "zolls", "zollkosten", "zollaufwand", "zollbelastung", "zollbelastungen")
_BURDENS = word_set("outlays", "burdens")
_NEAR = 14


def by_duty(sentence: Sentence, bound: Bound) -> None:
    """`Die Zölle kosten das Unternehmen 400 Millionen Euro`, `die Last aus den Zöllen auf 1,5 Prozent vom Umsatz`."""
    figure = bound.figure
    if bound.family not in _LOOSE or not (_is_sum(figure) or _is_of_sales(sentence, figure)):
        return
    words = sentence.words(sentence.first, sentence.last)
    if not any(word in _DUTIES or word.endswith(_DUTY_ENDS) for word in words):
        return
    near = sentence.words(figure.lead - _NEAR, figure.lead) + sentence.words(figure.last, figure.last + 4)
    if (
        bound.family == "figure"
        and bound.metric not in _COSTS
        and _WEIGHS.isdisjoint(sentence.words(figure.last, figure.last + 3))
    ):
        return
    is_set_back = "back" in near and not {"set", "sets"}.isdisjoint(near)
    if is_set_back or not _BURDENS.isdisjoint(near) or any(word.endswith(_DUTY_ENDS[-4:]) for word in near):
        bound.family, bound.metric = "figure", "tariff_costs"


_WEIGHS = frozenset(("belasten", "belastet", "kosten", "gekostet", "schmälern", "drücken", "belastete"))
_COSTS = frozenset(("costs", "revenue", "spending", "operating_expenses", "tariff_costs"))


def _is_sum(figure: Figure) -> bool:
    return figure.mention.kind is K.MONEY and is_amount(figure)


def _is_of_sales(sentence: Sentence, figure: Figure) -> bool:
    """`1,5 Prozent vom Umsatz`, `80 basis points of margin`: a burden told by what it takes from."""
    is_share = figure.mention.kind in (*SHARES_OF_ONE, K.POINTS, K.BASIS_POINTS)
    return is_share and not _SALES.isdisjoint(sentence.words(figure.last, figure.last + 3))


_SALES = frozenset(("umsatz", "umsatzes", "erlöse", "sales", "revenue", "margin", "marge"))


def by_growing(sentence: Sentence, bound: Bound) -> None:
    """`will organisch um 5 Prozent wachsen`: what grows in percent is a company's sales, no price of shares."""
    figure = bound.figure
    if bound.family != "price" or figure.mention.kind not in SHARES_OF_ONE:
        return
    if bound.topic is not None and bound.topic.key != "COMPANY":
        return
    near = sentence.words(figure.lead - 4, figure.lead) + sentence.words(figure.tail, figure.tail + 4)
    if not _GROWS.isdisjoint(near[-7:]) or not _ORGANIC.isdisjoint(near):
        bound.family, bound.metric = "figure", "organic_revenue" if "organisch" in near else "revenue"


_ORGANIC = frozenset(("organisch", "währungsbereinigt", "wechselkursbereinigt", "lokalwährungen", "organically"))
"""`hat organisch um 1,2 Prozent zugelegt`: only what a company sells does that."""


def by_market(sentence: Sentence, bound: Bound) -> None:
    """`Der Neubaumarkt für Aufzüge ist um die Hälfte geschrumpft`: the size of a market, no price."""
    figure = bound.figure
    if (
        figure.mention.kind not in SHARES_OF_ONE
        or not (bound.family in ("price", "weak") or (bound.topic is not None and bound.topic.family == "weak"))
        or (bound.topic is not None and bound.topic.key not in ("COMPANY", "revenue"))
    ):
        return
    near = sentence.words(figure.lead - 8, figure.lead) + sentence.words(figure.tail, figure.tail + 4)
    lead = sentence.words(figure.lead - 16, figure.lead)
    is_market = any(word.endswith(("markt", "markts", "marktes")) and not word.startswith(_NO_MARKETS) for word in lead)
    is_market = is_market or _is_english_market(lead)
    if is_market and not (_GROWS | _SHRINKS).isdisjoint(near):
        bound.family, bound.metric = "operation", "market_size"


def _is_english_market(lead: tuple[str, ...]) -> bool:
    """`expects the Chinese elevator market to contract by`: the market for something, no stock market."""
    at = max((k for k, word in enumerate(lead) if word == "market"), default=None)
    if at is None or not at or lead[at - 1] in _NO_GOODS or not {",", ";", ":"}.isdisjoint(lead[at:]):
        return False
    return lead[at + 1 : at + 2] in _MARKET_VERBS or lead[at + 1 : at + 2] == ("for",)


_MARKET_VERBS = tuple(
    (word,)
    for word in (
        "to",
        "will",
        "should",
        "would",
        "could",
        "may",
        "has",
        "had",
        "is",
        "grew",
        "shrank",
        "expanded",
        "is",
    )
)
_NO_GOODS = frozenset(
    ("the", "stock", "bull", "bear", "labor", "labour", "job", "jobs", "bond", "a", "equity", "broader")
)
_NO_MARKETS = (
    "aktien",
    "arbeits",
    "super",
    "bau",
    "kapital",
    "geld",
    "anleihe",
    "devisen",
    "drogerie",
    "börsen",
    "gesamt",
)
_SHRINKS = frozenset(
    (
        *("geschrumpft", "schrumpft", "schrumpfte", "schrumpfen", "zulegen", "zugelegt", "wüchse", "wachse"),
        *("contract", "contracted", "shrink", "shrank", "shrunk", "expand", "expanded", "grow", "grew", "grown"),
    )
)
_GROWS = frozenset(("wachsen", "wächst", "wuchs", "gewachsen"))


def by_sale(sentence: Sentence, bound: Bound) -> bool:
    """Whether a sum is what a part sold brings; it then is a disposal's: `ging für 385 Millionen an den Investor`."""
    figure = bound.figure
    if bound.family not in _SOLD_FAMILIES or not _is_sum(figure) or size(figure) < 1e6:
        return False
    lead = sentence.words(figure.lead - 10, figure.lead)
    tail = sentence.words(figure.last, figure.last + 6)
    is_gone = not _GOES.isdisjoint((*lead, *tail)) and not _TO.isdisjoint(tail[:2])
    is_gone = lead[-1:] == ("für",) and (is_gone or not _SOLD.isdisjoint(lead))
    is_gone = is_gone or (
        not _FREED.isdisjoint(lead) and not _PAPERS.isdisjoint(sentence.words(sentence.first, figure.lead))
    )
    is_proceeds = not _SALES_OF.isdisjoint(lead) and not _BRINGS.isdisjoint((*lead, *tail))
    is_proceeds = is_proceeds and (_GOODS.isdisjoint(lead) or not _PAPERS.isdisjoint(lead))
    is_proceeds = is_proceeds or (
        lead[-1:] == ("von",)
        and lead[-2:-1] in (("erlös",), ("verkaufserlös",), ("preis",))
        and not _SALES_OF.isdisjoint(sentence.words(figure.lead - 20, figure.lead))
    )
    is_spent = (
        lead[:1] != ()
        and not _PROCEEDS.isdisjoint(lead)
        and not _USES.isdisjoint(sentence.words(figure.last, sentence.last))
    )
    if is_gone or is_proceeds or is_spent:
        bound.family, bound.metric = "event", "disposal"
        return True
    return False


_SOLD_FAMILIES = frozenset(("figure", "volume", "event", "market_cap", "weak", "capex", "holding"))
_GOES = frozenset(("ging", "gingen", "geht", "gehen", "wechselte", "wechselt"))
_SOLD = frozenset(("verkaufte", "verkauften", "veräußerte", "veräußerten"))
_FREED = frozenset(("löste", "lösten", "erlöste", "erlösten"))
_TO = frozenset(("an", "in"))
_SALES_OF = frozenset(("verkauf", "verkaufs", "veräußerung", "teilverkauf", "abgabe", "verkäufen", "spartenverkauf"))
_BRINGS = word_set("outlays", "brings")
_PROCEEDS = frozenset(("erlös", "verkaufserlös", "erlöse", "einnahmen", "nettoerlös"))
_USES = frozenset(("tilgung", "schuldenabbau", "rückzahlung", "schuldentilgung", "entschuldung"))
_GOODS = frozenset(("aktien", "wohnungen", "autos", "fahrzeugen", "waren", "tickets"))
_PAPERS = frozenset(("papiere", "papieren", "anteile", "anteilen", "beteiligung", "aktien"))


def by_booking(sentence: Sentence, bound: Bound) -> None:
    """`schlägt in diesem Jahr mit 60 Millionen Euro zu Buche`: costs."""
    figure = bound.figure
    if (
        bound.family not in _LOOSE
        or not _is_sum(figure)
        or sentence.words(figure.last, figure.last + 2) != ("zu", "buche")
    ):
        return
    if not _STRIKES.isdisjoint(sentence.words(figure.lead - 9, figure.lead)):
        bound.family, bound.metric = "figure", "costs"


_STRIKES = frozenset(("schlägt", "schlagen", "schlug", "schlugen"))


def by_package(sentence: Sentence, bound: Bound) -> None:
    """`ein Fünftel von L'Oréal, ein Paket von rund 38 Milliarden Euro`: what a stake is worth."""
    is_led = sentence.words(bound.figure.lead - 2, bound.figure.lead) in _PACKAGES
    if is_led and bound.family in _SOLD_FAMILIES and _is_sum(bound.figure):
        bound.family, bound.metric = "holding", "position_value"


_PACKAGES = (("paket", "von"), ("aktienpaket", "von"), ("paket", "für"), ("beteiligung", "für"))


def by_parting(sentence: Sentence, bound: Bound) -> None:
    """`ein Drittel seiner Beteiligung an Aurubis zu veräußern`: a part of what a company holds, that it sells."""
    figure = bound.figure
    if bound.family != "holding" or bound.metric != "stake" or figure.mention.kind not in SHARES_OF_ONE:
        return
    tail = sentence.words(figure.last, figure.last + 14)
    if tail[:1] in _ITS and not _STAKES.isdisjoint(tail[:4]) and not _SELLS.isdisjoint(tail):
        bound.family, bound.metric = "event", "disposal"


_ITS = (("seiner",), ("ihrer",), ("seines",), ("ihres",), ("der",), ("des",))
_STAKES = frozenset(("beteiligung", "anteile", "anteils", "aktien", "papiere", "pakets", "aktienpakets"))
_SELLS = frozenset(
    ("veräußern", "verkaufen", "verkauft", "veräußert", "abgeben", "abzugeben", "abstoßen", "abgestoßen")
)


def is_of_goods(sentence: Sentence, figure: Figure) -> bool:
    """`kostet das Einzelabo ab Juni 12,99 Euro`: what a company asks for its goods, where no share is spoken of."""
    if not is_price(figure) or figure.mention.per == "share":
        return False
    near = sentence.words(figure.lead - 9, figure.lead) + sentence.words(figure.last, figure.last + 3)
    if _ASKS.isdisjoint(near) or not any(word.endswith(_GOODS_SOLD) for word in near):
        return False
    return not any(
        cue.family in ("price", "index")
        and sentence.cost(min(cue.first, figure.first), max(cue.last, figure.last)) < 1.0
        for cue in sentence.cues
    )


_GOODS_SOLD = tuple(word_set("outlays", "goods"))
"""What things for sale end with: Einzelabo, Monatskarte, Grundmodell."""
_ASKS = frozenset(("kostet", "kosten", "kostete", "kosteten", "verlangt", "verlangen", "verlangte", "berechnet"))
