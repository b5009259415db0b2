"""Whose dollars a bare `$` means: the press of Australia, Canada and Singapore writes `US$` for the others."""

from __future__ import annotations

import re
from collections import Counter

from rerating.factcheck.extraction.text.article import Article
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.whom.focus.subjects import Subjects

_OWN_SIGNS = {
    "AUD": ("A$", "AU$", "AUD"),
    "CAD": ("C$", "CA$", "Can$", "CAD"),
    "SGD": ("S$", "SGD"),
    "NZD": ("NZ$", "NZD"),
}
"""How others write that dollar: where a text does, its bare sign is another one."""
_HOMES = {
    "AUD": ("ASX", "Australia", "Sydney", "Melbourne", "Brisbane", "Perth"),
    "CAD": ("TSX", "Canada", "Toronto", "Bay Street", "Calgary", "Montreal", "Vancouver"),
    "SGD": ("SGX", "Singapore"),
    "NZD": ("NZX", "New Zealand"),
}
_INDICES = {"^AXJO": "AUD", "^AORD": "AUD", "^GSPTSE": "CAD", "^STI": "SGD", "^NZ50": "NZD"}
_AMERICAN_SIGNS = ("US$", "$US", "U.S. dollar", "US dollar", "American dollar")
_AMERICAN_VENUES = ("NYSE", "Nasdaq", "NASDAQ", "Wall Street", "New York")


def local_dollar(article: Article, known: Subjects) -> str | None:
    """The currency that a bare dollar sign stands for, if not the American one.

    The main asset and at least half of all companies named are quoted in it, the text names its market, does not write
    it with its country's letter, and tells American dollars or no American market apart from it.
    """
    if not article.is_english:
        return None
    named = {
        place.name.name: home
        for places in known.places.values()
        for place in places
        if (home := _home(place.name)) is not None
    }
    votes = Counter(named.values())
    if not votes:
        return None
    own = _home(known.main) if known.main is not None else None
    home = own if own is not None else votes.most_common(1)[0][0]
    source = article.source
    if home not in _HOMES or 2 * votes[home] < sum(votes.values()) or _is_told_apart(source, home):
        return None
    if any(sign in source for sign in _AMERICAN_SIGNS):
        return home
    is_there = any(word in source for word in _HOMES[home])
    return home if is_there and not any(word in source for word in _AMERICAN_VENUES) else None


def _is_told_apart(source: str, home: str) -> bool:
    """Whether the text writes that dollar with its country's letter."""
    return any(re.search(rf"(?<![A-Za-z]){re.escape(sign)}", source) for sign in _OWN_SIGNS[home])


def _home(name: Name) -> str | None:
    if name.kind is NameKind.INDEX:
        return _INDICES.get(name.ticker or "")
    return name.currency if name.kind is NameKind.COMPANY else None


def in_local_dollars(article: Article, currency: str) -> None:
    """Gives the figures with a bare dollar sign, `dollars` or `cents` the local currency."""
    for text in {id(sentence.text): sentence.text for sentence in article.sentences}.values():
        for figure in text.figures:
            mention = figure.mention
            printed = article.source[text.starts[max(figure.first - 1, 0)] : text.ends[figure.last - 1]]
            if any(sign in printed for sign in ("US", "U.S.", "American")):
                continue
            changed = {name: currency for name in ("currency", "currency_nearby") if getattr(mention, name) == "USD"}
            if changed:
                figure.mention = mention.model_copy(update=changed)
