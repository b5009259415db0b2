"""Who is bought: a takeover is told of the company that is to be taken over, whoever the sentence opens with.

`X to buy Y for $3.1 billion`, `the proposal values Y at $225 a share`, `X will Y übernehmen`: the sum, the premium and
the fee for breaking off are Y's. An article about the buyer keeps its own deals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rerating.factcheck.extraction.article import Sentence
from rerating.factcheck.extraction.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.lexicon import word_set

_BUYING = word_set("takeovers", "buying")
VALUING = word_set("takeovers", "valuing")
_BIDS = word_set("takeovers", "bids")
_TO = frozenset(("for", "of", "on", "für", "um", "auf", "an", "nach"))
_TAKES = word_set("takeovers", "takes")
_REACH = 8


def bought(sentence: Sentence, places: Sequence[Place]) -> Place | None:
    """The company that a sentence says is bought, bid for or valued by a bid."""
    companies = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if not companies:
        return None
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.lower[k]
        is_bid = word in _BIDS and not _TO.isdisjoint(sentence.words(k + 1, k + 6))
        if word in _BUYING or is_bid or (word in VALUING and tokens.lower[k + 1] != "at"):
            at = bisect_right(companies, k, key=lambda place: place.first)
            found = companies[at] if at < len(companies) and companies[at].first <= k + _REACH else None
            if found is not None and _is_free(sentence, k + 1, found.first):
                return found
        if word in _TAKES:
            at = bisect_right(companies, k, key=lambda place: place.first) - 1
            found = companies[at] if at > 0 and k - companies[at].last <= 3 * _REACH else None
            if found is not None and companies[at - 1].name != found.name:
                return found
    return None


def bid_in(sentence: Sentence, places: Sequence[Place], told: tuple[Name, Name] | None) -> tuple[Name, Name] | None:
    """The bidder and the company to be bought, as a sentence tells them, else as they were told before."""
    target = named_in(sentence, places)
    if target is None and told is None:
        return None
    named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if target is not None:
        bidder = next((p.name for p in named if p.name.name != target.name), None)
        return (bidder, target) if bidder is not None else told
    assert told is not None
    for place in named:
        is_offering = not _OFFERING.isdisjoint(sentence.words(place.last, place.last + 2))
        if is_offering and place.name.name != told[1].name:
            return place.name, told[1]
    return told


_OFFERING = word_set("takeovers", "offering")


def _is_free(sentence: Sentence, first: int, last: int) -> bool:
    """Whether nothing parts a verb from the company behind it."""
    return _PARTING.isdisjoint(sentence.words(first, last))


_PARTING = frozenset((",", ";", ".", ":", "from", "von", "als", "than", "wie", "like"))


def named_in(sentence: Sentence, places: Sequence[Place]) -> Name | None:
    """The name of the company that a sentence says is bought."""
    place = bought(sentence, places)
    return place.name if place is not None else None
