"""Whether a clause names a time that lies ahead of the publication: `Mitte 2028`, `in the spring`, `Ende September`."""

from __future__ import annotations

from datetime import date

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import PeriodReading

_SEASONS = word_set("dating", "seasons")
_NEXT = frozenset(("next", "kommenden", "kommendes", "nächsten", "nächstes"))
_IN = frozenset((("in", "the"), ("by", "the"), ("this",), ("im",), ("zum",)))
_CLAUSE = 1.0
_HALF_A_YEAR = 6
"""A month without a year that far ahead is the coming one, where the clause tells nothing of the past."""
_PAST = word_set("kinds", "past") | frozenset(("wurde", "wurden", "hat", "hatte", "haben", "was", "were", "has", "had"))


def lies_ahead(article: Article, sentence: Sentence, at: tuple[int, int]) -> bool:
    """Whether the clause of tokens `at` [first, last) names a day, a year or a season to come."""
    published = article.published_on
    first, last = at
    near = [k for k in range(max(sentence.first, first - _REACH), min(sentence.last, last + _REACH))]
    near = [k for k in near if sentence.cost(min(k, first), max(k, last)) < _CLAUSE or first <= k < last]
    near += _carried_on(sentence, near[-1] + 1) if near else []
    if not near:
        return False
    is_past = not _PAST.isdisjoint(sentence.tokens.lower[k] for k in near)
    if not is_past and any(_is_season(sentence, k) for k in near):
        return True
    if published is None:
        return False
    held = range(near[0], near[-1] + 1)
    readings = [f.mention.periods[0] for f in sentence.figures if f.first in held and f.mention.periods]
    return any(_is_ahead(reading, published, is_past=is_past) for reading in readings)


_REACH = 14


def _carried_on(sentence: Sentence, k: int) -> list[int]:
    """The words of `, due in 2027` behind a clause."""
    is_on = sentence.words(k, k + 1) == (",",) and not _DUE.isdisjoint(sentence.words(k + 1, k + 2))
    return list(range(k, min(k + _SHORT, sentence.last))) if is_on else []


_DUE = frozenset(("due", "scheduled", "slated", "planned", "expected", "set", "geplant", "voraussichtlich"))
_SHORT = 6


def _is_season(sentence: Sentence, k: int) -> bool:
    """`in the spring`, `next fall`, `im Herbst`."""
    if sentence.tokens.lower[k] not in _SEASONS:
        return False
    before = sentence.words(k - 2, k)
    return not _NEXT.isdisjoint(before) or before in _IN or before[1:] in _IN


def _is_ahead(reading: PeriodReading, published: date, *, is_past: bool) -> bool:
    if reading.count is not None:
        return False
    if reading.year is not None and reading.year != published.year:
        return reading.year > published.year
    if reading.shift is not None:
        return reading.shift > 0
    if reading.month is not None:
        months = reading.month - published.month
        is_later = months > 0 or (months == 0 and reading.day is not None and reading.day > published.day)
        return is_later and (reading.year is not None or (months <= _HALF_A_YEAR and not is_past))
    if reading.part is not None and reading.year is not None:
        now = (published.month - 1) // (3 if reading.unit == "quarter" else 6) + 1
        return reading.part > now
    return False
