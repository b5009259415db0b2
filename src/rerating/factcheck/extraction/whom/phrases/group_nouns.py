"""A noun for many: the branch, market, good or group of people that stands as the subject of a clause."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set

SHARES = word_set("groups", "shares")
OWNERS = word_set("groups", "owners")
ARTICLES = word_set("groups", "articles")
AHEAD = word_set("groups", "ahead")
SUMS = word_set("groups", "sums")
"""What a branch has: `der Umsatz der Chipindustrie`."""
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A branch, market or group of people at tokens [first, last)."""

    first: int
    last: int
    name: str
    is_shares: bool
    """Whether its shares are told of: `Autowerte`, `bank stocks`."""
    is_counted: bool
    """Whether it is a sum that companies have too: sales, output, prices."""
    is_priced: bool = False
    """Whether the price of goods is told of: `Preise für Wafer`, `chicken wings have become cheaper`."""
    has_share: bool = False
    """Whether a relative clause tells what share of a market it has: `Chinese makers, whose share`."""
    deal: str | None = None
    """What deals of many are: an `acquisition` or a `listing`."""
    is_measured: bool = False
    """Whether no list holds it: a clause measures it by its subject."""
    is_flow: bool = False
    """Whether it is funds that money flows into or out of."""
    is_sized: bool = False
    """Whether the market for it is told of: `Markt für Substrate`."""
    is_economy: bool = False
    """Whether it is a state's whole economy: what it grows by is the state's."""

    @property
    def is_market(self) -> bool:
        """Whether it is a market: `Neubaumarkt`, `the streaming market`, `Markt für Substrate`."""
        return self.is_sized or self.name.lower().endswith(("markt", "market", "branche", "industrie", "industry"))


def is_of_people(name: str) -> bool:
    """Whether a noun tells of those who do something: `Verbraucher`, `first-time buyers`."""
    word = name.lower().rsplit(" ", 1)[-1]
    return word in _PEOPLE or word.endswith(_PEOPLE_ENDS)


_PEOPLE = word_set("measured", "people_en") | word_set("measured", "people_de") | word_set("groups", "alone")
_PEOPLE_ENDS = tuple(word_set("measured", "people_ends_en") | word_set("groups", "plural_ends"))


def spelt(sentence: Sentence, first: int, last: int) -> str:
    """The tokens as they are printed."""
    tokens = sentence.tokens
    text = tokens.text[first] if first < last else ""
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    return text
