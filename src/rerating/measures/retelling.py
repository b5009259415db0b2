"""Whether one headline tells the same as another: by address, by an agency's number, by figures and shared words."""

from __future__ import annotations

import re
from datetime import date

_WORD = re.compile(r"[^\W_]+")
#: Words that stand in any headline; endings are cut, so that a plural or a tense makes no difference.
_IDLE = frozenset(
    {
        "the",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "as",
        "by",
        "is",
        "are",
        "its",
        "it",
        "with",
        "from",
    }
    | {"after", "be", "will", "has", "have"}
    | {"inc", "corp", "ltd", "limited", "plc", "group", "holding", "holdings", "nyse", "nasdaq"}
)
FEWEST_WORDS = 3
"""Headlines of fewer words say too little to be compared."""


def content_words(text: str) -> frozenset[str]:
    """The words of a headline that carry its meaning, cut to six letters; figures stay whole."""
    words = (word for word in _WORD.findall(text.casefold()) if word not in _IDLE and (len(word) > 1 or word.isdigit()))
    return frozenset(word if word.isdigit() else word[:6] for word in words)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over all words of both (Jaccard); 0 where either has fewer than three."""
    if min(len(one), len(other)) < FEWEST_WORDS:
        return 0.0
    return len(one & other) / len(one | other)


_FIGURE = re.compile(r"\d[\d.,]*")
_YEARS = range(1900, 2100)


def figures(text: str) -> frozenset[str]:
    """The numbers of a headline without their thousands' commas; years are none."""
    found = (figure.strip(".,").replace(",", "") for figure in _FIGURE.findall(text))
    return frozenset(one for one in found if not (len(one) == 4 and one.isdigit() and int(one) in _YEARS))


def at_odds(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have figures and share none: a target of 180 is not one of 200, however alike the words."""
    return bool(one) and bool(other) and not one & other


_NUMBER = re.compile(r"\d{7,}")


def number_of(page: str | None) -> str | None:
    """The number under which an agency or a publisher keeps a text (seven digits or more), the last of its page."""
    found = _NUMBER.findall(page or "")
    return found[-1] if found else None


_DATELINE = re.compile(r"\((?P<month>[A-Z][a-z]{2})[a-z]*\.? (?P<day>\d{1,2}), (?P<year>\d{4})\)\s*$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_printed(text: str) -> date | None:
    """The day that a headline prints in brackets at its end, `(Dec. 14, 2025)`: when the text is from."""
    found = _DATELINE.search(text)
    if found is None or found["month"] not in _MONTHS:
        return None
    try:
        return date(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None
