"""When a claim holds: the span it measures (`period`) and the day it holds at (`as_of`), seen from the publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import PeriodReading


@dataclass(frozen=True, slots=True)
class Dated:
    """What the words near a claim say of time."""

    period: str | None = None
    as_of: str | None = None


_COUNTED = {
    ("session", 1): "one_session",
    ("session", 2): "two_sessions",
    ("session", 3): "three_sessions",
    ("session", 5): "five_sessions",
    ("day", 1): "one_day",
    ("day", 2): "two_sessions",
    ("day", 5): "five_sessions",
    ("week", 1): "one_week",
    ("week", 2): "two_weeks",
    ("month", 1): "one_month",
    ("month", 2): "two_months",
    ("month", 3): "three_months",
    ("month", 6): "six_months",
    ("month", 9): "nine_months",
    ("month", 12): "twelve_months",
    ("year", 1): "one_year",
    ("year", 2): "two_years",
    ("year", 3): "three_years",
    ("year", 5): "five_years",
    ("year", 10): "ten_years",
    ("hour", 24): "one_day",
}
_DAYS = {"day": 1, "week": 7}
_SHIFTED = {
    ("week", "to_date"): "week_to_date",
    ("month", "to_date"): "month_to_date",
    ("quarter", "to_date"): "quarter_to_date",
    ("year", "to_date"): "year_to_date",
}
_PHASES = {"premarket": "premarket", "after_hours": "after_hours", "intraday": "intraday", "open": "opening"}
_RETURNS = frozenset(("return", "volume", "options_volume", "index_points"))
_COMPANY = word_set("dating", "company")
_INTRADAY = word_set("dating", "intraday")


def dated(article: Article, sentence: Sentence, at: tuple[int, int], kind: str, before: Dated) -> Dated:
    """Period and as-of of the claim at tokens `at` [first, last) of a kind; `before` is what the text last said."""
    near = _near(sentence, *at)
    published = article.published_on
    period: str | None = None
    as_of: str | None = None
    day: date | None = None
    for figure in near:
        readings = figure.mention.periods
        if figure.mention.unit is None or not readings:
            continue
        reading = readings[0]
        is_others = kind == "return" and _is_others(sentence, figure, at)
        if kind in _RETURNS and not is_others:
            span = _span(reading) or _stretch(reading, published)
            if period is None and span is not None:
                period = span
        if is_others and period is not None:
            continue
        if day is None and published is not None and reading.unit in ("day", "session", "minute", "hour"):
            day = day_of(reading, published)
        is_counted = reading.unit == "month" and reading.count is not None
        if kind in _COMPANY and period is None and not (is_counted and not _is_first(figure)):
            period = fiscal(reading, published)
    if kind == "return":
        period = _compounded(sentence, *at) or period
    if kind == "return" and period is None and (day is not None or (published is not None and before.as_of)):
        period = _of_a_day(sentence, day, published)
    if kind == "options_volume" and period is None and day is not None:
        period = "one_session"
    if kind == "return":
        period = _of_the_day(sentence, at, period)
        if published is not None and period == str(published.year):
            period = "year_to_date"
    if day is not None:
        as_of = day.isoformat()
    return Dated(period, as_of)


def _of_a_day(sentence: Sentence, day: date | None, published: date | None) -> str | None:
    """The span of a move whose day alone is told: that session, or the part of today's that is over."""
    is_today = day is not None and day == published
    if is_today and not _INTRADAY.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return "intraday"
    return "one_session" if day is not None else None


def _is_others(sentence: Sentence, when: Figure, at: tuple[int, int]) -> bool:
    """Whether another move stands in a date's clause, and this one beyond it: `on Monday 9 %, and 15 % in a week`."""
    own = _parted(sentence, when, at)
    if own < 0.5:
        return False
    moves = (f for f in sentence.figures_near(when.first) if f.mention.unit == "percent" and f.first not in range(*at))
    return any(_parted(sentence, when, (f.first, f.last)) == 0 for f in moves)


def _parted(sentence: Sentence, when: Figure, at: tuple[int, int]) -> float:
    """What parts a date from a figure."""
    return sentence.cost(when.last, at[0]) if when.last <= at[0] else sentence.cost(at[1], when.first)


def _of_the_day(sentence: Sentence, at: tuple[int, int], period: str | None) -> str | None:
    """`am Vormittag um 2,6 Prozent`, `by mid-morning up 28%`: a move of a session that is not over."""
    if period not in (None, "one_session"):
        return period
    words = {
        sentence.tokens.lower[k]
        for k in range(max(sentence.first, at[0] - 12), min(sentence.last, at[1] + 8))
        if sentence.cost(k, at[0]) <= 1.7
    }
    is_open = not words.isdisjoint(_RUNNING) or {"as", "much"} <= words
    return "intraday" if is_open and words.isdisjoint(_CLOSED) else period


_RUNNING = word_set("dating", "running")
_CLOSED = word_set("dating", "closed")


_COMPOUNDS = {"tages": "one_session", "wochen": "week_to_date", "monats": "one_month", "jahres": "year_to_date"}
_MOVES = word_set("dating", "moves")
_LONG = {"one-day": "one_session", "single-day": "one_session", "daily": "one_session", "weekly": "week_to_date"}
_LONG |= {"one-week": "one_week", "five-day": "five_sessions", "five-session": "five_sessions", "monthly": "one_month"}
_LONG |= {"two-day": "two_sessions", "three-day": "three_sessions", "one-year": "one_year", "12-month": "twelve_months"}
_LONG |= {"annual": "one_year", "intraday": "intraday", "zweitägig": "two_sessions"}


def _compounded(sentence: Sentence, first: int, last: int) -> str | None:
    """`Tagesgewinn von 9 %`, `a 9% one-day jump`: the span is a part of the word for the move."""
    tokens = sentence.tokens
    for k in range(max(sentence.first, first - 3), min(sentence.last, last + 4)):
        word = tokens.lower[k]
        for stem, span in _COMPOUNDS.items():
            if word.startswith(stem) and word.removeprefix(stem) in _MOVES:
                return span
        if word in _MOVES and k > sentence.first and k - 1 not in range(first, last):
            lead = tokens.lower[k - 1]
            if k - 3 >= sentence.first and tokens.lower[k - 2] == "-":
                lead = f"{tokens.lower[k - 3]}-{lead}"
            if lead in _LONG:
                return _LONG[lead]
    return None


def _near(sentence: Sentence, first: int, last: int) -> list[Figure]:
    """Dates and periods of the sentence, the nearest by clause first."""
    dates = [f for f in sentence.figures if f.mention.periods]

    def rank(figure: Figure) -> tuple[float, int]:
        is_before = figure.last <= first
        cost = sentence.cost(figure.last, first) if is_before else sentence.cost(last, figure.first)
        gap = first - figure.last if is_before else figure.first - last
        return (round(cost + 0.05 * max(gap, 0), 6), figure.first)

    return sorted((d for d in dates if not _belongs_to_next(sentence, d, first)), key=rank)


def _is_first(figure: Figure) -> bool:
    """`ersten neun Monate`, `9M`: counted from the year's beginning."""
    return figure.mention.text.lower().startswith(("first", "erst", "9m", "6m", "3m"))


def _belongs_to_next(sentence: Sentence, date: Figure, first: int) -> bool:
    """`the result of Monday's 9% jump`: the day belongs to the figure right behind it alone."""
    at = date.last
    if sentence.words(at, at + 2) == ("'", "s"):
        at += 2
    elif sentence.words(at - 1, at)[-1:] != ("s",):
        return False
    return any(f.first == at and f.first != first and f.mention.unit not in (None, "date") for f in sentence.figures)


def _stretch(reading: PeriodReading, published: date | None) -> str | None:
    """The days of a span that has no name (`past four weeks`, `last 30 days`), back from the publication."""
    days = _DAYS.get(reading.unit)
    if published is None or days is None or reading.window not in ("last", "within", "over") or not reading.count:
        return None
    back = days * reading.count
    if back != int(back) or not 1 < back < 4000:
        return None
    if back in (30, 90):
        return "one_month" if back == 30 else "three_months"
    return f"{published - timedelta(days=int(back))}/{published}"


def _span(reading: PeriodReading) -> str | None:
    if reading.phase in _PHASES:
        return _PHASES[str(reading.phase)]
    if reading.count is not None and reading.window in ("within", "last", "on", "over"):
        count = int(reading.count) if reading.count == int(reading.count) else -1
        return _COUNTED.get((reading.unit, count))
    if reading.shift == 0 and (reading.unit, reading.window) in _SHIFTED:
        return _SHIFTED[reading.unit, str(reading.window)]
    if reading.unit == "week" and reading.shift in (0, -1):
        return "one_week" if reading.shift else "week_to_date"
    if reading.unit == "year" and reading.year and reading.window == "on":
        return str(reading.year)
    if reading.unit == "year" and reading.shift == 0 and reading.window == "on":
        return "year_to_date"
    if reading.unit == "session" and reading.shift in (0, -1) and reading.window == "on":
        return "one_session"
    return None


_FIRST_MONTHS = {3.0: "Q1", 6.0: "H1", 9.0: "9M"}
"""`ersten neun Monate 2025`."""


def day_of(reading: PeriodReading, published: date) -> date | None:
    """The day that a reading names, seen from the publication; weekdays are the latest ones, dates the nearest."""
    if reading.month and reading.day:
        years = [reading.year] if reading.year else [published.year - 1, published.year, published.year + 1]
        days = []
        for year in years:
            try:
                days.append(date(year, reading.month, reading.day))
            except ValueError:
                continue
        return min(days, key=lambda each: abs((each - published).days)) if days else None
    if reading.weekday is not None:
        back = (published.weekday() - reading.weekday) % 7
        if reading.shift and reading.shift > 0:
            return published + timedelta(days=(7 - back) % 7 or 7)
        return published - timedelta(days=back)
    if reading.unit == "day" and reading.shift is not None and reading.count is None and reading.phase is None:
        return published + timedelta(days=reading.shift)
    return None


_SPANNED = {(1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "H1", (7, 12): "H2", (1, 9): "9M"}


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
    part = _SPANNED.get((reading.month, last))
    return f"{part} {year}" if part else None


def fiscal(reading: PeriodReading, published: date | None) -> str | None:
    """`Q4 2025`, `H1 2026`, `2026`, `FY2027` of a reading; relative ones by the publication."""
    year = reading.year
    prefix = "FY" if reading.fiscal else ""
    if reading.unit == "quarter" and reading.part:
        if year is None and published is not None:
            current = (published.month - 1) // 3 + 1
            year = published.year if reading.part <= current else published.year - 1
        return f"Q{reading.part} {prefix}{year}" if year else None
    if reading.unit == "month" and reading.count in _FIRST_MONTHS and (year or published is not None):
        assert year or published is not None
        return f"{_FIRST_MONTHS[reading.count]} {prefix}{year or published.year}"  # type: ignore[union-attr]
    if reading.unit == "month" and reading.month and reading.day is None and reading.count is None:
        return _of_months(reading, published)
    if reading.unit == "half" and reading.part:
        if year is None and published is not None:
            year = published.year if reading.part == 1 or published.month > 6 else published.year - 1
        return f"H{reading.part} {year}" if year else None
    if reading.unit == "year":
        if year:
            return f"{prefix}{year}"
        if reading.shift is not None and published is not None and reading.window == "on":
            return f"{published.year + reading.shift}"
    if reading.unit == "quarter" and reading.shift is not None and published is not None and reading.window == "on":
        index = published.year * 4 + (published.month - 1) // 3 + reading.shift
        return f"Q{index % 4 + 1} {index // 4}"
    return None
