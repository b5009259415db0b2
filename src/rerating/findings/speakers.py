"""Who a dated statement is by, where its record says so without a field for it; never a guess.

A record may name its speaker in four ways, and they count in this order: in the field; in its title (a minister by
name, an authority, a house); in its address (`.../ministry-releases-the-plan`); in its category, since what a company
means to spend is the company's own word. What a page reports of somebody ("press: ...") is not that somebody's word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Literal

Named = Literal["field", "title", "address", "category"]
"""Where a record names its speaker."""

#: Authorities by the words that name them. Short forms in capitals count as written, names in any case.
AUTHORITIES: dict[str, str] = {
    "MIIT": "Ministry of Industry and Information Technology",
    "Ministry of Industry and Information Technology": "Ministry of Industry and Information Technology",
    "SAMR": "State Administration for Market Regulation",
    "State Administration for Market Regulation": "State Administration for Market Regulation",
    "NDRC": "National Development and Reform Commission",
    "National Development and Reform Commission": "National Development and Reform Commission",
    "MOFCOM": "Ministry of Commerce",
    "PBOC": "People's Bank of China",
    "People's Bank of China": "People's Bank of China",
    "CSRC": "China Securities Regulatory Commission",
    "State Council": "State Council",
    "HKEX": "Hong Kong Exchanges and Clearing",
    "SEC": "Securities and Exchange Commission",
    "Securities and Exchange Commission": "Securities and Exchange Commission",
    "FTC": "Federal Trade Commission",
    "Federal Trade Commission": "Federal Trade Commission",
    "European Commission": "European Commission",
    "Federal Reserve": "Federal Reserve",
    "Bundeskartellamt": "Bundeskartellamt",
    "BaFin": "BaFin",
}

#: Houses that are known beside those whose ratings the ledger holds.
HOUSES = (
    "Bank of America",
    "Barclays",
    "Bernstein",
    "CICC",
    "Citi",
    "Citigroup",
    "Deutsche Bank",
    "Goldman Sachs",
    "HSBC",
    "JPMorgan",
    "Jefferies",
    "Macquarie",
    "Mizuho",
    "Morgan Stanley",
    "Nomura",
    "UBS",
)

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_OTHERS = re.compile(r" and (?P<n>\d+|[a-z]+) other (?P<what>bod(?:y|ies)|ministr(?:y|ies)|agenc(?:y|ies))\b")
_OF_AUTHORITIES = ("policy", "regulation")
_OF_HOUSES = ("claim", "view", "rating")
_OWN = frozenset({"capex"})
_MINISTER = re.compile(r"\b(?P<office>(?:[a-z]+ )?minister(?: of [a-z ]+?)?) (?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)+)")
_SECOND_HAND = re.compile(r"^(press|media|report|reports|rumou?r|broker|analysts?)\b", re.IGNORECASE)
_TELLS = r"(?:releases?|announces?|publish(?:es)?|issues?|unveils?|presents?)"


def speaker_of(row: Mapping[str, Any], *, issuer: str | None, houses: Collection[str] = ()) -> tuple[str, Named] | None:
    """The speaker of a row of events and where it is named; None where the record does not say."""
    if row["speaker"]:
        return str(row["speaker"]), "field"
    category, title = str(row["category"]), str(row["title"] or "")
    if _SECOND_HAND.match(title):
        return None
    if category.startswith(_OF_AUTHORITIES):
        named = _official(title)
        if named is not None:
            return named, "title"
        named = _released(str(row["locator"] or ""))
        return None if named is None else (named, "address")
    if category.startswith(_OF_HOUSES):
        house = _house(title, {*HOUSES, *houses})
        return None if house is None else (house, "title")
    return (issuer, "category") if category in _OWN and issuer else None


def _official(title: str) -> str | None:
    """A minister by name with the office, else the authority that leads the title or that it says something is by."""
    minister = _MINISTER.search(title)
    if minister is not None:
        return f"{minister['name']}, {minister['office']}"
    for words, name in AUTHORITIES.items():  # a short form has to be in capitals in the title as well
        case = 0 if words.isupper() else re.IGNORECASE
        place = re.search(rf"(?:^(?:the )?|\bby (?:the )?|\(){re.escape(words)}\b", title, case)
        if place is not None:
            return name + _together(title[place.end() :])
    return None


def _together(rest: str) -> str:
    """The other bodies with whom an authority is named, in words."""
    others = _OTHERS.match(rest)
    if others is None:
        return ""
    number = others["n"]
    if number.isdigit() and 0 < int(number) <= len(_NUMBERS):
        number = _NUMBERS[int(number) - 1]
    return f" and {number} other {others['what']}"


def _released(address: str) -> str | None:
    """The authority of which the words of an address say that it released something."""
    for words, name in AUTHORITIES.items():
        slug = re.sub(r"[^a-z]+", "-", words.casefold())
        if re.search(rf"(?:^|[/-]){slug}-{_TELLS}\b", address.casefold()):
            return name
    return None


def _house(title: str, houses: Collection[str]) -> str | None:
    """A house that leads the title (`House (A. Analyst): ...`), or to which the title attributes what it tells."""
    for house in sorted(houses, key=lambda name: (-len(name), name)):
        name = re.escape(house)
        leads = rf"^{name}(?: \([^)]*\))?(?::| (?:raises|cuts|lowers|keeps|expects|sees)\b)"
        if re.search(rf"{leads}|\battributed to {name}\b", title):
            return house
    return None
