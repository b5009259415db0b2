"""Orders and contracts: what a customer orders, how many and for how much; told once, the worth follows."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K


def of_order(sentence: Sentence, bound: Bound, before: Bound | None) -> None:
    """Makes a contract of things that are ordered, and of what an order is worth."""
    is_thing = bound.family == "operation" and bound.metric in _ORDERED
    is_order = is_thing and (_is_order(sentence, bound.figure) or _is_covered(sentence, bound.figure))
    is_order = is_order or _is_awarded(sentence, bound)
    if (
        is_order
        or _is_leased(sentence, bound)
        or _is_bought_from(sentence, bound)
        or _is_worth(sentence, bound, before)
    ):
        bound.family, bound.metric = "event", "contract"


_ORDERED = frozenset(
    ("units_sold", "capacity", "deliveries", "aircraft", "production", "products", "count", "order_intake", "stores")
)


def _is_order(sentence: Sentence, figure: Figure) -> bool:
    """`hat bei Vestas 48 Turbinen bestellt`, `Auftrag: 790 MW aus Kanada`: what a customer orders."""
    if figure.mention.kind not in (K.NUMBER, K.MONEY):
        return False
    first, last = max(sentence.first, figure.lead - 14), figure.last + 14
    if not _PASSIVE.isdisjoint(sentence.words(figure.last, last)):
        return False
    if sentence.words(sentence.first, sentence.first + 2) in _HEADED:
        return True
    if sentence.words(figure.lead - 1, figure.lead) == ("order",) and not _WOULD.isdisjoint(
        sentence.words(figure.lead - 3, figure.lead - 1)
    ):
        return True
    return any(word in _ORDERS and sentence.cost(figure.first, k) < 1.5 for k, word in _at(sentence, first, last))


def _at(sentence: Sentence, first: int, last: int) -> list[tuple[int, str]]:
    words = sentence.words(first, last)
    return [(min(first + k, sentence.last - 1), word) for k, word in enumerate(words)]


_PASSIVE = frozenset(("worden", "wurden", "were"))
"""`sind 9.870 Lkw bestellt worden`: all that came in, the maker's order intake."""
_WOULD = frozenset(("would", "will", "to", "may", "could"))
_ORDERS = frozenset(
    (
        "vereinbart",
        "vereinbarten",
        "unterschrieben",
        "unterzeichnet",
        "bestellt",
        "bestellte",
        "bestellten",
        "geordert",
        "ordert",
        "orderte",
        "ordered",
    )
)
_HEADED = frozenset((("auftrag", ":"), ("großauftrag", ":"), ("order", ":"), ("bestellung", ":")))


def _is_covered(sentence: Sentence, figure: Figure) -> bool:
    """`The contract covers 84 aircraft`, `a deal with Indonesia for 13 radars`: what a contract is about."""
    if figure.mention.kind is not K.NUMBER or sentence.words(figure.lead - 1, figure.lead) not in _COVERS:
        return False
    first = max(sentence.first, figure.lead - 14)
    return any(word in _DEALS and sentence.cost(k, figure.lead) < 2.0 for k, word in _at(sentence, first, figure.lead))


_COVERS = frozenset((word,) for word in ("covers", "covering", "for", "über", "umfasst", "umfassend", "beinhaltet"))
_DEALS = word_set("deals", "contracts")


def _is_awarded(sentence: Sentence, bound: Bound) -> bool:
    """`is set to award more than half of the power modules to`, `will die Hälfte der Module an X vergeben`."""
    figure = bound.figure
    if figure.mention.kind not in SHARES_OF_ONE or sentence.words(figure.last, figure.last + 1) not in _OF_THEM:
        return False
    lead, tail = sentence.words(figure.lead - 5, figure.lead), sentence.words(figure.last, figure.last + 16)
    return not _GIVES.isdisjoint(lead if sentence.text.is_english else (*lead, *tail))


_OF_THEM = (("of",), ("der",), ("des",), ("aller",), ("von",))
_GIVES = word_set("orders", "gives")


def _is_leased(sentence: Sentence, bound: Bound) -> bool:
    """`mietet bis 2032 Rechenleistung und zahlt dafür 9,2 Milliarden Dollar`: what a customer pays over the years."""
    figure = bound.figure
    is_sum = figure.mention.kind is K.MONEY and size(figure) >= 1e6 and bound.family in (*_SUMS, "event")
    if not is_sum or bound.metric not in _LOOSE:
        return False
    whole = sentence.words(sentence.first, figure.lead)
    return not _LEASES.isdisjoint(whole) and not _PAYS.isdisjoint(sentence.words(figure.lead - 8, figure.lead))


def _is_bought_from(sentence: Sentence, bound: Bound) -> bool:
    """`is buying $500 million of its cloud services`: what a customer spends on a supplier's goods, no takeover."""
    figure = bound.figure
    if figure.mention.kind is not K.MONEY or bound.metric not in _LOOSE:
        return False
    tail = sentence.words(figure.last, figure.last + 6)
    at = 2 if tail[:2] in _OF_ITS else 4 if tail[:4] in _OF_THE_COMPANYS else 0
    goods = next((word for word in tail[at:] if word in _PAPERS or word.endswith("s")), None)
    is_bought = not _BUYS.isdisjoint(sentence.words(figure.lead - 8, figure.lead))
    return at > 0 and is_bought and goods is not None and goods not in _PAPERS


_OF_ITS = (("of", "its"), ("of", "their"), ("worth", "of"))
_OF_THE_COMPANYS = (("of", "the", "company", "'"), ("of", "the", "group", "'"))
_BUYS = frozenset(("buy", "buys", "buying", "bought", "purchase", "purchases", "order", "orders", "ordered"))
_PAPERS = frozenset(
    (
        *("stock", "share", "shares", "stake", "debt", "bonds", "notes", "assets", "properties", "loans", "securities"),
        *("own", "warrants", "units", "receivables", "mortgages"),
    )
)
_LOOSE = ("acquisition", "revenue", "sales", "costs", "spending", "capex")
_LEASES = word_set("deals", "leases")
_PAYS = word_set("counterparts", "paying") | word_set("counterparts", "wiring")


def _is_worth(sentence: Sentence, bound: Bound, before: Bound | None) -> bool:
    """`a subcontract valued at about $90 million`, `das Volumen beträgt 300 Mio. Euro`, `Auftrag von BYD: über 300`."""
    figure = bound.figure
    if _is_paid_for(sentence, bound, before):
        return True
    is_sum = figure.mention.kind is K.MONEY and size(figure) >= 1e6 and figure.mention.per is None
    if not is_sum or bound.family not in _SUMS:
        return False
    lead = sentence.words(figure.lead - 8, figure.lead)
    whole = sentence.words(figure.lead - 30, figure.lead)
    is_told = not _DEALS.isdisjoint(whole) or not _ORDERS.isdisjoint(whole) or any(w.endswith(_NOUNS) for w in whole)
    goes_on = before is not None and before.metric in ("contract", "order_intake")
    if not _WORTHS.isdisjoint(lead) and not _SHARES & set(whole):
        return is_told or goes_on
    if sentence.words(figure.lead - 1, figure.lead) == (":",) and len(whole) <= 8:
        return bool({"auftrag", "großauftrag", "contract", "order", "vertrag"} & set(whole)) and not _SHARES & set(
            whole
        )
    tail = sentence.words(figure.last, figure.last + 5)
    if is_told and not _SHARES & set(whole) and _is_brought(sentence, figure, whole, tail):
        return True
    is_won = not _WON.isdisjoint(lead) and not _DEALS.isdisjoint(tail)
    return is_won and bound.family == "figure"


def _is_brought(sentence: Sentence, figure: Figure, whole: tuple[str, ...], tail: tuple[str, ...]) -> bool:
    """`Ein Vertrag mit Brasilien brachte 420 Millionen`, `ist Siemens 2 Milliarden wert`, `Radarauftrag über`."""
    if tail[:1] == ("wert",) or whole[-1:] == ("über",):
        return True
    at = max((k for k, word in enumerate(whole) if word in _BRINGS), default=None)
    is_near = at is not None and {",", ";", ":"}.isdisjoint(whole[at:]) and len(whole) - at <= 5
    return is_near and sentence.words(figure.lead - 1, figure.lead) not in (("um",), ("by",), ("auf",), ("to",))


_UP_FRONT = frozenset(("front", "upfront", "advance", "vorab", "voraus"))
_NOUNS = ("auftrag", "aufträge", "vertrag", "großauftrag", "bestellung")
_BRINGS = frozenset(("brachte", "bringt", "bringen", "brought", "brings", "spült", "spülte"))


def _is_paid_for(sentence: Sentence, bound: Bound, before: Bound | None) -> bool:
    """`Händlern zufolge zahlen sie dafür 90 Euro je Megawattstunde`: the price of what has just been agreed on; `and
    has paid $120 million up front`."""
    if before is not None and before.metric == "contract" and bound.metric in _LOOSE:
        figure = bound.figure
        if not _PAYS.isdisjoint(sentence.words(figure.lead - 4, figure.lead)):
            return not _UP_FRONT.isdisjoint(sentence.words(figure.first - 4, figure.last + 3))
    is_paid = before is not None and before.metric == "contract" and bound.family in ("price", "figure")
    return is_paid and "dafür" in sentence.words(sentence.first, bound.figure.lead)


_SUMS = frozenset(("figure", "market_cap", "holding", "operation", "capex", "volume"))
_WORTHS = word_set("deals", "worths")
_WON = frozenset(("wins", "win", "won", "lands", "landed", "secures", "secured", "gets", "awarded", "bags", "clinches"))
_SHARES = frozenset(("stake", "shares", "aktien", "anteil", "backlog", "auftragsbestand", "orders", "aufträge"))
