"""The span that a move of a price is measured over: `in einer Sitzung`, `since the end of May`, `zeitweise`."""

from __future__ import annotations

from datetime import date, timedelta

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.points import day_of, edge_of, is_of_mark, lead_of, point_of
from rerating.language.reading import PeriodReading

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

OF_A_DAY = frozenset(("one_session", "one_day", "intraday", "premarket", "after_hours", "opening"))
"""Spans of a move that lie within one trading day."""


def span_of_move(
    sentence: Sentence, at: tuple[int, int], near: list[Figure], published: date | None, *, is_return: bool
) -> str | None:
    """The span of the move at tokens `at`, as the dates near it name it; None where none does."""
    for when in near:
        reading = when.mention.periods[0]
        if is_return and (is_others(sentence, when, at) or not _reaches(sentence, when, at)):
            continue
        if is_of_mark(sentence, when, published):
            continue
        span = _since(sentence, when, published) or _named(reading, when) or _stretch(reading, published)
        if span is not None:
            return "year_to_date" if published is not None and span == str(published.year) else span
    return None


def _reaches(sentence: Sentence, when: Figure, at: tuple[int, int]) -> bool:
    """Whether a span is told of a move: in its clause or the one beside, or at the sentence's beginning for all."""
    cost = parted(sentence, when, at)
    is_ahead = when.last <= at[0]
    return cost <= (1.9 if is_ahead else 1.2) or (is_ahead and when.first - sentence.first <= 4 and cost < 4.5)


def _since(sentence: Sentence, when: Figure, published: date | None) -> str | None:
    """`seit Ende März`: from that day to the publication's, from the year's beginning `year_to_date`."""
    reading = when.mention.periods[0]
    if published is None or lead_of(sentence, when) != "since":
        return None
    if reading.weekday is not None and reading.weekday == 0 and not reading.shift:
        return "week_to_date"
    day = day_of(reading, published)
    if day is not None:
        return "year_to_date" if (day.month, day.day) == (1, 1) and day.year >= published.year else f"{day}/{published}"
    edge = edge_of(sentence, when)
    if reading.unit == "year" and (reading.shift == 0 or reading.year == published.year):
        return "year_to_date"
    point = point_of(sentence, when, published)
    if point is None or point[:4] > str(published.year):
        return None
    if reading.unit == "month" and reading.month == 1 and point[:4] == str(published.year) and edge != "late":
        return "year_to_date"
    if len(point) == 4:
        return f"{point}/{published.year}"
    return f"{point}/{published}" if len(point) == 10 else f"{point}-01/{published}"


def _named(reading: PeriodReading, when: Figure) -> str | None:
    span = _span(reading)
    words = when.mention.text.lower()
    if span == "one_year" and any(word in words for word in ("12", "zwölf", "twelve")):
        return "twelve_months"
    if reading.window == "over" and reading.unit in ("year", "month", "week") and reading.shift == -1:
        return f"one_{reading.unit}"
    if reading.window == "ago" and reading.count is not None and reading.count == int(reading.count):
        return _COUNTED.get((reading.unit, int(reading.count)))
    if reading.shift == -1 and words.startswith(("past", "trailing")) and reading.unit in ("month", "year"):
        return f"one_{reading.unit}"
    return span


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


def is_others(sentence: Sentence, when: Figure, at: tuple[int, int]) -> bool:
    """Whether another move stands in a date's clause, and this one beyond it: `on Monday 9 %, and 15 % in a week`."""
    own = parted(sentence, when, at)
    if own < 0.5:
        return False
    moves = (f for f in sentence.figures_near(when.first) if f.mention.unit == "percent" and f.first not in range(*at))
    return any(parted(sentence, when, (f.first, f.last)) == 0 for f in moves)


def parted(sentence: Sentence, when: Figure, at: tuple[int, int]) -> float:
    """What parts a date from a figure or a claim at tokens `at`."""
    return sentence.cost(when.last, at[0]) if when.last <= at[0] else sentence.cost(at[1], when.first)


def of_the_day(sentence: Sentence, at: tuple[int, int], period: str | None) -> str | None:
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


_PHRASES = {
    ("for", "the", "year"): "year_to_date",
    ("seit", "anfang", "jahr"): "year_to_date",
    ("for", "the", "month"): "month_to_date",
    ("im", "laufenden", "monat"): "month_to_date",
    ("for", "the", "week"): "week_to_date",
    ("over", "the", "week"): "one_week",
    ("innert", "jahresfrist"): "one_year",
    ("binnen", "jahresfrist"): "one_year",
    ("binnen", "tagesfrist"): "one_day",
}
"""Spans that a text names in so many words."""


def compounded(sentence: Sentence, first: int, last: int) -> str | None:
    """`Tagesgewinn von 9 %`, `a 9% one-day jump`: the span is a part of the word for the move."""
    for words, span in _PHRASES.items():
        near = sentence.words(first - 24, last + 8)
        if any(near[k : k + len(words)] == words for k in range(len(near))):
            return span
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
