"""Companies that only say with whom a deal is, whose order it is or for whom something is built: `the Meta deal`.

Figures around them and the sentences behind are of the company that the text is about, not of its partner. Who orders,
awards or picks is told of for the sake of the supplier that the clause names too.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.tokens import WORD

_THINGS = word_set("named_deals", "things")
_BEFORE = word_set("named_deals", "before")
_ORDERS = word_set("named_deals", "orders")
_SITES = word_set("named_deals", "sites")
_SERVING = word_set("named_deals", "serving")
_BETWEEN = 2
"""Words that may part a name from the thing: `a Meta data center campus`."""


def names_deal(sentence: Sentence, place: Place) -> bool:
    """Whether a company only says whose order or partner's deal is told of."""
    if place.is_noun or place.name.kind is not NameKind.COMPANY:
        return False
    if sentence.text.is_english:
        return _is_attribute(sentence, place) or _is_label(sentence, place)
    return _is_orderer(sentence, place) or _is_compound(sentence, place)


def _is_attribute(sentence: Sentence, place: Place) -> bool:
    """`the Boeing contract`, `a Meta data center campus`, `the loss of Google business`."""
    tokens = sentence.tokens
    if place.first == sentence.first or tokens.lower[place.first - 1] not in _BEFORE:
        return False
    for k in range(place.last, min(place.last + _BETWEEN + 1, sentence.last)):
        if tokens.kind[k] != WORD or not tokens.text[k].islower():
            return False
        if tokens.lower[k] in _THINGS:
            return True
    return False


def _is_label(sentence: Sentence, place: Place) -> bool:
    """`Boeing order: $300 million`."""
    after = sentence.words(place.last, place.last + 2)
    return place.first == sentence.first and len(after) == 2 and after[0] in _THINGS and after[1] == ":"


def _is_compound(sentence: Sentence, place: Place) -> bool:
    """`der Adidas-Auftrag`, `den Meta-Vertrag`."""
    after = sentence.words(place.last, place.last + 2)
    return len(after) == 2 and after[0] == "-" and sentence.tokens.glued[place.last + 1] and after[1].endswith(_DEALS)


_DEALS = (
    "vertrag",
    "vertrags",
    "auftrag",
    "auftrags",
    "deal",
    "deals",
    "order",
    "bestellung",
    "bestellungen",
    "aufträge",
)


def supplier(sentence: Sentence, places: list[Place], at: int) -> Place | None:
    """Who is chosen to supply what the words at a token count, by a company or by a body of a state: `X is set to award
    half of the modules to Y`, `the Navy chose Y to build 240 engines`, `X lässt bei Y 240 Triebwerke bauen`, `hat bei Y
    sechs Schiffe bestellt`, `will buy $2 billion worth of gear from Y`."""
    first, last = _clause(sentence, at)
    places = [p for p in places if first <= p.first < last and p.name.kind is NameKind.COMPANY and not p.is_noun]
    words = sentence.words(first, last)
    is_giver_named = len({p.name.name for p in places}) > 1
    are_goods = "of" in sentence.words(at + 1, at + _GOODS)
    for place in places:
        if place.first - first <= 1:
            continue
        lead = sentence.words(place.first - 1, place.first)
        before = sentence.words(max(first, place.first - _CLAUSE), place.first)
        is_given = (
            is_giver_named
            and lead in _GIVEN_TO
            and not _GIVING.isdisjoint(before if sentence.text.is_english else words)
        )
        is_built = lead == ("bei",) and not _LETTING.isdisjoint(words) and not _BUILDING.isdisjoint(words)
        is_ordered = lead in _FROM and not _ORDERING.isdisjoint(words)
        is_ordered = is_ordered or (lead == ("bei",) and not _BUYING.isdisjoint(words))
        is_ordered = is_ordered or (lead == ("from",) and are_goods and not _BUYING.isdisjoint(before))
        is_chosen = not _CHOOSING.isdisjoint(before[-2:]) and place.last <= at
        if is_given or is_built or is_ordered or is_chosen:
            return place
    return None


def _clause(sentence: Sentence, at: int) -> tuple[int, int]:
    """The words around a token up to the signs that part clauses."""
    text, first, last = sentence.tokens.text, at, at
    while first > max(sentence.first, at - _CLAUSE) and text[first - 1] not in _STOPS:
        first -= 1
    while last < min(sentence.last, at + _CLAUSE) and text[last] not in _STOPS:
        last += 1
    return first, last


_CLAUSE = 24
"""No clause has more words."""
_STOPS = frozenset((",", ";", ":", "–", "—"))
_GIVEN_TO = (("to",), ("an",), ("with",))
_FROM = (("from",), ("bei",))
_GOODS = 5
"""Tokens of a sum and of the words that tell goods behind it: `$1.5 billion worth of`."""
_GIVING = word_set("dealing", "awarding")
_CHOOSING = word_set("counterparts", "choosing")
_ORDERING = word_set("counterparts", "placing_from")
_BUYING = word_set("counterparts", "buying_from")
_LETTING = frozenset(("lässt", "lassen", "ließ", "ließen"))
_BUILDING = word_set("counterparts", "building")


def _is_orderer(sentence: Sentence, place: Place) -> bool:
    """`der Wegfall der Aufträge von Adidas`, `liefert einem Rechenzentrum von Amazon 1,1 Gigawatt`."""
    lead = sentence.words(place.first - 2, place.first)
    if len(lead) < 2 or lead[1] not in ("von", "vom"):
        return False
    noun = lead[0]
    if noun in _ORDERS or noun.endswith(_ORDER_ENDS):
        return True
    is_site = noun in _SITES or noun.endswith(_SITE_ENDS)
    return is_site and not _SERVING.isdisjoint(sentence.words(sentence.first, sentence.last))


_ORDER_ENDS = ("auftrag", "aufträge", "auftrags", "aufträgen", "bestellung", "bestellungen")
_SITE_ENDS = ("rechenzentrum", "rechenzentren", "zentrum", "werk", "werke", "werken", "fabrik", "campus")
