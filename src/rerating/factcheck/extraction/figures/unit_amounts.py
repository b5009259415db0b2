"""Amounts of one unit, which are no share's price: `gross profit per customer`, `$1,925 per 40-foot container`.

A word for a metric stands before the amount in its clause, and `per`, `je` or `a` with what it is told of beside one of
them; else a price of goods rises or is asked (`the average price shrank to`, `pays $12.99`).
"""

from __future__ import annotations

import itertools

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import Found, word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(("price", "price_target", "insider", "event", "weak", "volume"))


def by_unit(sentence: Sentence, bound: Bound) -> None:
    """Gives an amount of one unit the metric whose word stands before it, or that of a price of goods."""
    figure = bound.figure
    if figure.mention.kind in (K.NUMBER, K.CONTRACTS):
        _by_measure(sentence, bound)
        return
    if bound.metric == "acquisition" or bound.family not in _LOOSE:
        return
    if figure.mention.kind in SHARES_OF_ONE:
        if bound.family == "price" and _is_dearer(sentence, figure):
            bound.family, bound.metric, bound.topic = "figure", "prices", None
        return
    if figure.mention.kind is not K.MONEY or not is_price(figure) or _has_good(sentence, figure):
        return
    if figure.mention.per == "share":
        if _NET_ASSETS.issubset(sentence.words(figure.lead - 6, figure.lead)):
            bound.family, bound.metric, bound.topic = "figure", "equity", None
        return
    if _is_asked(sentence, figure):
        bound.family, bound.metric, bound.topic = "figure", "prices", None
        return
    told = _told_of(sentence, figure)
    if told is not None:
        bound.family, bound.metric, bound.topic = told.family, told.key, told
    elif _is_price_of_goods(sentence, figure):
        bound.family, bound.metric, bound.topic = "figure", "prices", None
    elif _EACH.issubset(sentence.words(figure.lead - 6, figure.lead)):
        bound.family, bound.metric, bound.topic = "operation", "arpu", None


def _by_measure(sentence: Sentence, bound: Bound) -> None:
    """`setzte 61 Millionen Hektoliter ab`, `inventories totaled 3.86 trillion cubic feet`: volumes of goods, no count.

    What is made, mined or carried stays an operation. Millions of contracts are an exchange's volumes.
    """
    figure = bound.figure
    if figure.mention.kind is K.CONTRACTS:
        if bound.family == "options" and size(figure) >= _EXCHANGE:
            bound.family, bound.metric, bound.topic = "figure", "volumes", None
        return
    noun = (figure.mention.noun or "").lower()
    tail = sentence.words(figure.last - 1, figure.last + 2)
    is_measured = noun in _MEASURES or not _MEASURES.isdisjoint(tail[:1])
    if bound.family != "operation" or not (is_measured or tail[1:3] == ("cubic", "feet") or noun == "cubic"):
        return
    near = {*sentence.words(figure.lead - 16, figure.lead), *sentence.words(figure.last, figure.last + 5)}
    if not _MADE.isdisjoint(near) or any(word.startswith(("produ", "förder", "kapazität")) for word in near):
        return
    if not _STOCKS.isdisjoint(near):
        bound.family, bound.metric = "figure", "inventory"
    elif not _SALES.isdisjoint(near) or any(word.endswith(("absatz", "aufkommen", "umschlag")) for word in near):
        bound.family, bound.metric = "figure", "volumes"


_EXCHANGE = 5e6
_MEASURES = word_set("unit_amounts", "measures")
_MADE = word_set("unit_amounts", "made")
_STOCKS = frozenset(("inventories", "inventory", "stockpiles", "stocks", "lagerbestände", "lagerbestand", "vorräte"))
_SALES = word_set("unit_amounts", "sales")


_NET_ASSETS = frozenset(("net", "assets"))
_EACH = frozenset(("each", "brought"))


def _has_good(sentence: Sentence, figure: Figure) -> bool:
    """Whether a traded good stands in the figure's clause, whose price it then is."""
    return any(
        named.of(NameKind.COMMODITY, NameKind.CRYPTO, NameKind.CURRENCY)
        and not figure.first <= named.first < figure.last
        and sentence.cost(named.first, figure.first) < 1.0
        for named in sentence.names_near(figure.first)
    )


def _told_of(sentence: Sentence, figure: Figure) -> Found | None:
    """The word for a metric before the amount, where one of them is told of a unit."""
    topics = [t for t in sentence.topics_near(figure.first) if t.last <= figure.lead and t.family in _BOOKED]
    topic = topics[-1] if topics else None
    if topic is None or topic.key in _WHOLES:
        return None
    between = [f for f in sentence.figures if topic.last <= f.first < figure.lead and f.mention.unit == "money"]
    if between:
        is_former = not _FORMERLY.isdisjoint(sentence.words(between[-1].last, figure.lead))
        is_near = figure.lead - between[-1].last <= _NEAR_FORMER
        return _told_of(sentence, between[-1]) if is_former and is_near and len(between) == 1 else None
    if sentence.cost(topic.last, figure.lead) > _CLAUSE:
        return None
    lead, tail = sentence.words(topic.last, figure.lead), sentence.words(figure.tail, figure.tail + 3)
    if figure.mention.per not in (None, "share", *_SPANS):
        return topic
    if topic.key == "costs" and not _UNIT_COSTS.isdisjoint(sentence.words(topic.first - 3, topic.last)):
        return topic
    is_led = any(word in _PER and nxt not in _NO_UNITS for word, nxt in itertools.pairwise(lead))
    is_followed = tail[:1] != () and tail[0] in _PER and tail[1:2] != () and tail[1] not in _NO_UNITS
    return topic if is_led or is_followed else None


_FORMERLY = frozenset(("from", "previously", "versus", "against", "(", "nach", "statt", "before", "zuvor", "bisher"))
_NEAR_FORMER = 10
_BOOKED = frozenset(("figure", "operation"))
_UNIT_COSTS = frozenset(("sustaining", "unit", "cash"))
"""`All-in sustaining costs`: told by the ounce, whether it is said or not."""
_WHOLES = frozenset(("eps", "dividend_per_share", "net_income", "debt"))
_CLAUSE = 1.2
_PER = frozenset(("per", "je", "pro"))
_SPANS = frozenset(("day", "week", "month", "quarter", "year", "tag", "woche", "monat", "quartal", "jahr"))
_NO_UNITS = _SPANS | frozenset(
    ("share", "aktie", "titel", "papier", "anteil", "anteilschein", "ads", "adr", "ende", "saldo", "1", "cent")
)


def _is_price_of_goods(sentence: Sentence, figure: Figure) -> bool:
    """`the average price shrank by a quarter to $1.31 a pound`, `the average rate came down to $1,925`."""
    lead = sentence.words(figure.lead - 12, figure.lead)
    at = next((k for k, pair in enumerate(itertools.pairwise(lead)) if pair in _AVERAGES), None)
    if at is None or not {",", ";", ":"}.isdisjoint(lead[at:]):
        return False
    return not any(c.family == "papers" for c in sentence.cues_near(figure.first)) and "target" not in lead


_AVERAGES = frozenset(
    [("average", noun) for noun in ("price", "rate", "fare", "rent", "ticket", "basket", "premium", "daily")]
    + [("selling", "price"), ("selling", "prices"), ("realized", "price"), ("realised", "price")]
    + [("durchschnittliche", noun) for noun in ("miete", "preis", "prämie", "rate")]
    + [("durchschnittlichen", "preis"), ("mittlere", "preis"), ("list", "price"), ("retail", "price")]
)


def _is_asked(sentence: Sentence, figure: Figure) -> bool:
    """`customers will have to pay $10 more`, `putting 5p on the price of a roll`, `will charge $199 a month`.

    Also `is putting up the price of its plan by $1 to $12.99`, `verteuert Langstreckenflüge um 20 Euro`.
    """
    lead, tail = sentence.words(figure.lead - 12, figure.lead), sentence.words(figure.last, figure.last + 6)
    if any(
        c.family == "papers" for c in sentence.cues_near(figure.first) if sentence.cost(c.first, figure.first) < 1.0
    ):
        return False
    if tail[:3] in (("on", "the", "price"), ("on", "the", "cost"), ("to", "the", "price")):
        return True
    is_more = tail[:1] in (("more",), ("mehr",), ("extra",)) and tail[1:2] not in (("than",), ("als",))
    is_paid = not _CHARGES.isdisjoint(lead[-5:])
    is_bought = is_paid and not _BUYERS.isdisjoint((*lead, *tail))
    return (is_more and is_paid) or is_bought or _is_raised(lead)


def _is_raised(lead: tuple[str, ...]) -> bool:
    """Whether the words before a figure raise or cut a price of goods: `raises the price of its plan by`."""
    at = max((k for k, word in enumerate(lead) if word in _PRICES), default=None)
    if at is None or not {";", ":"}.isdisjoint(lead[at:]):
        return False
    is_of = lead[at + 1 : at + 2] in (("of",), ("for",), ("für",), ("der",), ("des",))
    return is_of and not _RAISES.isdisjoint(lead[max(0, at - 5) : at]) and "target" not in lead


def _is_dearer(sentence: Sentence, figure: Figure) -> bool:
    """`GlobalWafers verlangt bis zu 15 Prozent mehr`, `will charge 10% more for`, `verteuert Flüge um 5 %`."""
    lead, tail = sentence.words(figure.lead - 9, figure.lead), sentence.words(figure.last, figure.last + 4)
    if any(
        c.family == "papers" for c in sentence.cues_near(figure.first) if sentence.cost(c.first, figure.first) < 1.0
    ):
        return False
    if _has_good(sentence, figure):
        return False
    is_more = tail[:1] in (("more",), ("mehr",)) and tail[1:2] not in (("than",), ("als",))
    if is_more and not _CHARGES.isdisjoint(lead[-6:] + tail):
        return True
    is_dearer = tail[:1] in (("teurer",), ("billiger",)) and ({"wird", "werden"} & set(lead)) and lead[-1:] == ("um",)
    is_made = "um" in lead[-3:] and not _MAKES_DEAR.isdisjoint(lead) and "sich" not in lead
    return bool(is_dearer) or is_made or _is_raised(lead)


_CHARGES = word_set("unit_amounts", "charges")
_BUYERS = word_set("unit_amounts", "buyers")
_PRICES = frozenset(("price", "prices", "preis", "preise", "fee", "fees", "fares", "tariffs", "gebühr", "gebühren"))
_RAISES = word_set("unit_amounts", "raises")
_MAKES_DEAR = frozenset(("verteuert", "verteuern", "verteuerte", "verbilligt", "verbilligen"))
