"""The quarter, half or year that a company's figure is of, in the terms of the company's own year."""

from __future__ import annotations

from datetime import date

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.company_years import YearEnd, named, own_part, own_year, stretch_to
from rerating.factcheck.extraction.voices.points import is_of_mark, lead_of
from rerating.language.reading import PeriodReading

_COUNTED = {3.0: "Q1", 6.0: "H1", 9.0: "9M"}
"""`ersten neun Monate 2025`."""
_FIRST = ("first", "erst", "9m", "6m", "3m", "nach")
_THAN = word_set("company_spans", "than")
_BEFORE = ("vorjahr", "prior-year", "vorquartal", "vorperiode")


def company_span(
    sentence: Sentence, near: list[Figure], published: date | None, end: YearEnd, *, is_planned: bool
) -> str | None:
    """The span that the dates near a figure name, the nearest first; what it is compared to is none."""
    for when in near:
        if when.mention.periods[0].window == "since" or lead_of(sentence, when) == "since":
            continue
        if is_compared(sentence, when) or (is_of_mark(sentence, when, published) and _is_seen(sentence, when)):
            continue
        span = named_span(sentence, when, published, end, is_planned=is_planned)
        if span is not None:
            return span
    return None


def _is_seen(sentence: Sentence, when: Figure) -> bool:
    """`zuletzt im Herbst 2018`, `last seen in 2009`: when a mark was there before."""
    return not {"zuletzt", "seen", "last", "not", "nicht"}.isdisjoint(sentence.words(when.first - 4, when.first))


def is_compared(sentence: Sentence, when: Figure) -> bool:
    """Whether a time is only what another one is compared to: `als im Vorjahr`, `from last year`, `a year earlier`."""
    reading = when.mention.periods[0]
    if reading.window == "over" or when.mention.text.lower().startswith(_BEFORE):
        return True
    before = sentence.words(when.first - 5, when.first)
    is_relative = reading.shift == -1 or reading.window == "ago" or reading.weekday is not None
    return is_relative and not _THAN.isdisjoint(before)


def named_span(
    sentence: Sentence, when: Figure, published: date | None, end: YearEnd, *, is_planned: bool = False
) -> str | None:
    """`Q4 2025`, `H1 FY2026`, `2026`, `FY2027` of a date; relative ones by the publication."""
    reading = when.mention.periods[0]
    if published is not None:
        stretch = stretch_to(sentence, when, published)
        if stretch is not None:
            return named(stretch, end)
    if reading.unit in ("quarter", "half") and reading.part:
        return _of_part(sentence, when, published, end, is_planned=is_planned)
    if reading.unit == "month" and reading.count in _COUNTED and published is not None:
        return _of_first_months(when, published, end, is_planned=is_planned)
    if reading.unit == "month" and reading.month and reading.day is None and reading.count is None:
        return _of_months(reading, published)
    if reading.unit == "year":
        return _of_year(reading, published, end)
    if reading.unit == "quarter" and reading.shift is not None and published is not None and reading.window == "on":
        into = (published.month - end.month - 1) % 12 // 3 + reading.shift
        year = int(own_year(published, end).removeprefix("FY")) + into // 4
        return f"Q{into % 4 + 1} {'FY' if end.is_own else ''}{year}"
    return None


def _of_part(sentence: Sentence, when: Figure, published: date | None, end: YearEnd, *, is_planned: bool) -> str | None:
    reading = when.mention.periods[0]
    assert reading.part is not None
    letter, length = ("Q", 3) if reading.unit == "quarter" else ("H", 6)
    words = when.mention.text.lower()
    is_of_months = any(month in words for month in _QUARTER_MONTHS)
    if reading.year is not None and not is_of_months:
        is_own = end.is_own or (reading.fiscal and sentence.text.is_english) or "/" in words
        return f"{letter}{reading.part} {'FY' if is_own else ''}{reading.year}"
    if published is None:
        return None
    if is_of_months:
        into = (3 * reading.part - end.month - 1) % 12 + 1
        return own_part(length, into, end, published, is_planned=is_planned) if into % 3 == 0 else None
    return own_part(length, length * reading.part, end, published, is_planned=is_planned)


_QUARTER_MONTHS = ("march", "june", "september", "december", "märz", "juni", "dezember")


def _of_first_months(when: Figure, published: date, end: YearEnd, *, is_planned: bool) -> str | None:
    reading = when.mention.periods[0]
    if not when.mention.text.lower().startswith(_FIRST):
        return None
    assert reading.count is not None
    if reading.year is not None:
        return f"{_COUNTED[reading.count]} {'FY' if end.is_own or reading.fiscal else ''}{reading.year}"
    months = int(reading.count)
    return own_part(months, months, end, published, is_planned=is_planned)


def _of_months(reading: PeriodReading, published: date | None) -> str | None:
    """`April bis Juni` is a quarter, `im März` that month; without a year the last one that is over or running."""
    assert reading.month is not None
    if reading.window not in ("on", "span"):
        return None
    last = reading.until_month or reading.month
    year = reading.until_year or reading.year
    if year is None and published is not None:
        year = published.year if last <= published.month else published.year - 1
    if year is None:
        return None
    if reading.window == "on":
        return f"{year}-{reading.month:02d}"
    months = last - reading.month + 1
    part = {3: f"Q{last // 3}", 6: f"H{last // 6}", 9: "9M"}.get(months)
    return f"{part} {year}" if part and last % 3 == 0 and (months != 6 or last % 6 == 0) else None


def _of_year(reading: PeriodReading, published: date | None, end: YearEnd) -> str | None:
    if reading.year:
        is_near = published is not None and abs(reading.year - published.year) <= 1
        is_own = end.is_own and (reading.fiscal or is_near)
        return f"FY{reading.year}" if is_own or reading.fiscal else f"{reading.year}"
    if reading.shift is not None and published is not None and reading.window == "on":
        return own_year(published, end, reading.shift)
    return None
