"""Who stands on the other side of what a company does: whoever orders from it, pays it, or is held by it.

In an article about one company what its customers order and its partners pay is its own, and so is what a company
that it holds brings: `Vom Partner X fließen 350 Millionen`, `X bezieht Strom`, `ein Ergebnisbeitrag der X AG`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.policies import companies
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.phrases.named_deals import names_deal, supplier


def of_its_own(known: Subjects, sentence: Sentence, at: int, metric: str, asset: Name | None) -> Name | None:
    """The article's company, where the asset is but the other side of what it does; else the asset."""
    main = known.main
    if metric not in _SHARES and (supplier := _supplier_in(known, sentence, at)) is not None:
        return supplier.name
    if main is None or main.kind is not NameKind.COMPANY or asset is None or asset == main:
        return asset
    places = [p for p in companies(known, sentence, at) if not p.is_noun]
    if metric != "acquisition" and _only_names_deals(sentence, places, asset):
        return main
    if not known.is_single:
        return asset
    if not places:
        return asset
    place = next((p for p in places if p.name.name == asset.name), places[-1])
    if place.name == main:
        return asset
    is_other = (
        (metric in _ORDERED and (_orders(sentence, place) or _is_for(sentence, place, at)))
        or (metric in _SUPPLIED and _takes(sentence, place))
        or (metric in _PAID and _pays(sentence, place))
        or (metric not in _SHARES and _brings(sentence, place))
    )
    return main if is_other else asset


def _only_names_deals(sentence: Sentence, places: list[Place], asset: Name) -> bool:
    """Whether a company stands in a sentence but for its orders or a deal with it: `the loss of Google business`."""
    named = [each for each in places if each.name.name == asset.name]
    return bool(named) and all(names_deal(sentence, each) for each in named)


def _supplier_in(known: Subjects, sentence: Sentence, at: int) -> Place | None:
    """Who supplies what a figure counts, where its clause names who orders it too."""
    return supplier(sentence, [p for p in companies(known, sentence, at) if not p.is_noun], at)


_ORDER = frozenset(("order", "bestellung", "auftrag", "großauftrag"))
_CHANGING = word_set("counterparts", "changing")

_ORDERED = frozenset(
    (
        *(
            "contract",
            "volumes",
            "capacity",
            "units_sold",
            "deliveries",
            "capex",
            "products",
            "aircraft",
            "order_intake",
        ),
        *("production", "count"),
    )
)
_SUPPLIED = frozenset(("contract", "volumes", "capacity", "production"))
_PAID = frozenset(
    ("contract", "partnership", "investment_plan", "revenue", "capex", "spending", "cash", "revenue_share")
)
_SHARES = frozenset(("stake", "share_price", "dividend_per_share", "eps", "market_cap"))
_CLAUSE = 24
"""No clause has more words."""


def _orders(sentence: Sentence, place: Place) -> bool:
    """Whether a company orders: `Tesla has ordered cells`, `BYD hat Chips bestellt`, `AEP order worth $3 billion`,
    `X put off a £15m order`."""
    words = sentence.words(place.last, place.last + _CLAUSE)
    if words[:1] == ("order",):
        return True
    noun = next((k for k, word in enumerate(words) if word in _ORDER), None)
    if noun is not None and not _CHANGING.isdisjoint(words[:noun] if sentence.text.is_english else words):
        return True
    return not _PLACING.isdisjoint(sentence.words(place.last, place.last + _CLAUSE))


def _is_for(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a company is whom goods are for: `Orders included $700 million of gas turbines for X`."""
    is_led = at < place.first and sentence.words(place.first - 1, place.first) in _FOR
    between = sentence.words(at, place.first)
    return is_led and "of" in between and {",", ";", ":"}.isdisjoint(between)


_FOR = (("for",), ("für",))


def _takes(sentence: Sentence, place: Place) -> bool:
    """Whether a company takes what is supplied: `Equinix bezieht Strom`, `AEP will buy 1 gigawatt of fuel cells`."""
    return not _TAKING.isdisjoint(sentence.words(place.last, place.last + _CLAUSE))


def _pays(sentence: Sentence, place: Place) -> bool:
    """Whether a company pays what the article's gets: `Volkswagen wired $1B`, `vom Partner X fließen`."""
    behind = sentence.words(place.last, place.last + _CLAUSE)
    whole = sentence.words(sentence.first, sentence.last)
    if not _WIRING.isdisjoint(behind):
        return True
    before = _unparted(sentence.words(place.first - 3, place.first))
    return not _FROM.isdisjoint(before) and not _FLOWS.isdisjoint(whole)


def _brings(sentence: Sentence, place: Place) -> bool:
    """Whether a company that is held brings something: `ein Ergebnisbeitrag der X AG`, `X contributed to`."""
    before = _unparted(sentence.words(place.first - 4, place.first))
    behind = sentence.words(place.last, place.last + 10)
    return not _SHARED.isdisjoint(before) or (not _BRINGING.isdisjoint(behind) and not _TO.isdisjoint(behind))


def _unparted(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind the last comma, where another clause begins."""
    return words[len(words) - words[::-1].index(",") :] if "," in words else words


_PLACING = word_set("counterparts", "placing")
_TAKING = word_set("counterparts", "taking")
_WIRING = word_set("counterparts", "wiring")
_FLOWS = word_set("counterparts", "flows")
_SHARED = word_set("counterparts", "shared")
_BRINGING = word_set("counterparts", "bringing")
_FROM = frozenset(("vom", "von", "from", "by", "durch"))
_TO = frozenset(("to", "zum", "bei", "zur"))
