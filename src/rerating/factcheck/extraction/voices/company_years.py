"""A company's own years: the month in which they end, and spans of months in their terms.

`in the year to March 2027`, `fiscal 2026, which ended in June`, `the fiscal third quarter, the three months through
July`: each tells when the year ends. `Q3` of such a company is its own third quarter, its year bears the name of the
year in which it ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import phrase_table, word_set
from rerating.language.reading.numerals import number_words

_TO = word_set("company_years", "to")
_LOOSE = word_set("company_years", "loose")
_LENGTHS = {"quarter": 3, "quartal": 3, "half": 6, "halbjahr": 6, "year": 12, "geschäftsjahr": 12, "fiskaljahr": 12}
_LENGTHS |= {"halbjahrs": 6, "halbjahres": 6, "quartals": 3, "geschäftsjahres": 12, "half-year": 6}
_MONTHS = ("months", "month", "monate", "monaten", "monats")
_CALENDAR = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number of months that ends with a month of a year."""

    months: int
    month: int
    year: int


def stretch_to(sentence: Sentence, when: Figure, published: date) -> Stretch | None:
    """`the three months through July`, `im Quartal bis Ende August`: what a month is the end of."""
    reading = when.mention.periods[0]
    if reading.window == "span" and reading.until_month and reading.month is None and reading.unit == "month":
        months = _number(sentence, when.first)
        year = reading.until_year or published.year - (reading.until_month > published.month)
        return Stretch(months, reading.until_month, year) if months else None
    if not reading.month or reading.window == "span" or reading.unit not in ("month", "day"):
        return None
    months = _months_before(sentence, when)
    if months is None:
        return None
    is_ahead = months == 12 and reading.month >= published.month and not _is_over(sentence, when)
    year = reading.year or published.year - (reading.month > published.month and not is_ahead)
    if reading.year is None and months == 12 and not _is_over(sentence, when) and reading.month < published.month:
        year += 1
    return Stretch(months, reading.month, year)


_OVER = word_set("company_years", "over")


def _is_over(sentence: Sentence, when: Figure) -> bool:
    return not _OVER.isdisjoint(sentence.words(when.first - 8, when.last + 3))


def _months_before(sentence: Sentence, when: Figure) -> int | None:
    """How many months a date closes: `months to`, `quarter ended`, `year, which ended in` before it."""
    is_closed = bool(_TO & set(sentence.words(when.first, when.first + 1))) or when.mention.text.lower().startswith(
        "ende"
    )
    for k in range(when.first - 1, max(sentence.first, when.first - 9) - 1, -1):
        word = sentence.tokens.lower[k]
        if word in _TO:
            is_closed = True
        elif word in _LENGTHS or word.removesuffix("s") in _LENGTHS:
            is_own = sentence.tokens.text[k - 1 : k] == ["("]
            return _LENGTHS.get(word) or _LENGTHS[word.removesuffix("s")] if is_closed and not is_own else None
        elif word in _MONTHS:
            return _number(sentence, k - 1) if is_closed else None
        elif word not in _LOOSE and not word.isdigit() and word not in ("fiscal", "financial"):
            return None
    return None


def _number(sentence: Sentence, k: int) -> int | None:
    word = sentence.tokens.lower[k]
    if word.isdigit():
        return int(word) if 1 < int(word) <= 12 else None
    spelt = number_words((word,), "en" if sentence.text.is_english else "de")
    return int(spelt[1].value) if spelt is not None and 1 < spelt[1].value <= 12 else None


@dataclass(frozen=True, slots=True)
class YearEnd:
    """When a company's years end, and whether they are named by the year in which they begin."""

    month: int = _CALENDAR
    is_named_first: bool = False

    @property
    def is_own(self) -> bool:
        """Whether its years are not the calendar's."""
        return self.month != _CALENDAR


_NUMBERS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
_NUMBERS += ("july", "august", "september", "october", "november", "december")


@lru_cache(maxsize=1)
def _listed() -> tuple[dict[str, int], dict[str, int], frozenset[str]]:
    """The months by symbol and by a symbol's end, and who names a year by its beginning."""
    months = {
        symbol: _NUMBERS.index(month) + 1
        for month, symbols in phrase_table("year_ends.toml", "months")
        for symbol in symbols.split()
    }
    markets = {
        end: _NUMBERS.index(month) + 1
        for month, ends in phrase_table("year_ends.toml", "markets")
        for end in ends.split()
    }
    first = frozenset(word for _, symbols in phrase_table("year_ends.toml", "first") for word in symbols.split())
    return months, markets, first


def year_end_of(ticker: str | None) -> YearEnd:
    """When the years of a listed company end; with the calendar's where nothing else is known."""
    if ticker is None:
        return YearEnd()
    months, markets, first = _listed()
    month = months.get(ticker) or markets.get(ticker[ticker.rfind(".") :] if "." in ticker else "") or _CALENDAR
    return YearEnd(month, ticker in first)


def told_year_end(article: Article, is_others: Callable[[Sentence], bool]) -> int | None:
    """The month in which the year of the company that a text is about ends, where the text tells it; what a sentence
    tells that names another one is not its."""
    published = article.published_on
    if published is None:
        return None
    quarter: int | None = None
    closed: int | None = None
    for sentence in article.sentences:
        if is_others(sentence):
            continue
        for when in sentence.figures:
            if when.mention.unit != "date" or not when.mention.periods:
                continue
            reading = when.mention.periods[0]
            ended = _year_closed(sentence, when, published)
            if ended is not None:
                return ended
            stretch = stretch_to(sentence, when, published)
            if stretch is not None and stretch.months == 3 and closed is None:
                closed = stretch.month
            if reading.unit == "quarter" and reading.part and (reading.fiscal or _is_fiscal(sentence, when)):
                quarter = quarter or reading.part
            if quarter is not None and closed is not None:
                return (closed + 3 * (4 - quarter) - 1) % 12 + 1
    return None


def _is_fiscal(sentence: Sentence, when: Figure) -> bool:
    return "fiscal" in sentence.words(when.first - 2, when.last)


def _year_closed(sentence: Sentence, when: Figure, published: date) -> int | None:
    """The month that is told to close a year: `year to March`, `Geschäftsjahr 2025/26 (30. Juni)`."""
    reading = when.mention.periods[0]
    if not reading.month or reading.unit not in ("month", "day") or reading.window == "span":
        return None
    stretch = stretch_to(sentence, when, published)
    if stretch is not None and stretch.months == 12:
        return stretch.month
    words = sentence.words(when.first - 9, when.first)
    after = sentence.words(when.last, when.last + 3)
    is_bracketed = words[-1:] == ("(",) and sentence.words(when.last, when.last + 1) == (")",)
    ends = not _ENDS.isdisjoint((*words[-4:], *after))
    return reading.month if _names_year((*words, *after)) and (is_bracketed or ends) else None


def _names_year(words: tuple[str, ...]) -> bool:
    """`Geschäftsjahr`, `financial year`, `fiscal 2026`; a fiscal quarter is none."""
    if any(word.startswith(("geschäftsjahr", "fiskaljahr")) for word in words):
        return True
    return any(one in ("fiscal", "financial") and (two == "year" or two.isdigit()) for one, two in pairwise(words))


_ENDS = word_set("company_years", "ends")


def named(stretch: Stretch, end: YearEnd) -> str | None:
    """`Q3 2026`, `H1 FY2027`, `FY2026`: a stretch of months by its name in the company's year."""
    year = stretch.year + (stretch.month > end.month) - end.is_named_first
    prefix = "FY" if end.is_own else ""
    into = (stretch.month - end.month - 1) % 12 + 1
    if stretch.months == 12:
        return f"{prefix}{year}" if into == 12 else None
    if stretch.months == 3 and into % 3 == 0:
        return f"Q{into // 3} {prefix}{year}"
    if stretch.months == 6 and into % 6 == 0:
        return f"H{into // 6} {prefix}{year}"
    return f"9M {prefix}{year}" if stretch.months == 9 and into == 9 else None


_LATE = 7
"""Months after which a quarter is not told of as the newest one any more: a year's first is then the one to come."""
_PLANNED_LATE = 3


def own_part(months: int, into: int, end: YearEnd, published: date, *, is_planned: bool) -> str | None:
    """A quarter, half or nine months that are only numbered (`into` months of the company's year in at their end):
    those that were over last, or those to come where the last ones are long over."""
    month = (end.month + into - 1) % 12 + 1
    back = (published.month - month) % 12
    if back == 0 and published.day < 20:
        back = 12
    is_ahead = back > (_PLANNED_LATE if is_planned else _LATE)
    ended = published.year * 12 + published.month - 1 - back + (12 if is_ahead else 0)
    return named(Stretch(months, ended % 12 + 1, ended // 12), end)


def own_year(published: date, end: YearEnd, shift: int = 0) -> str:
    """The company's year that runs at the publication, or one before or after it."""
    year = published.year + (published.month > end.month) + shift - end.is_named_first
    return f"FY{year}" if end.is_own else f"{year}"
