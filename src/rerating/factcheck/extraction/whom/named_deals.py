"""Companies that only say with whom a deal is, whose order it is or for whom something is built: `the Meta deal`.

Figures around them and the sentences behind are of the company that the text is about, not of its partner.
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
    if place.is_noun or place.name.kind is not NameKind.COMPANY or place.first == sentence.first:
        return False
    return _is_attribute(sentence, place) if sentence.text.is_english else _is_orderer(sentence, place)


def _is_attribute(sentence: Sentence, place: Place) -> bool:
    """`the Boeing contract`, `a Meta data center campus`, `the loss of Google business`."""
    tokens = sentence.tokens
    if tokens.lower[place.first - 1] not in _BEFORE:
        return False
    for k in range(place.last, min(place.last + _BETWEEN + 1, sentence.last)):
        if tokens.kind[k] != WORD or not tokens.text[k].islower():
            return False
        if tokens.lower[k] in _THINGS:
            return True
    return False


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
