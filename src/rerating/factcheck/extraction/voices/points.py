"""The points of time that a text names: days, ends of a month or a year, and whether a date is told of a mark alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import PeriodReading

_EDGES = {"end": "late", "ende": "late", "close": "late", "middle": "mid", "mitte": "mid", "mid": "mid"}
_EDGES |= {"start": "early", "beginning": "early", "anfang": "early", "beginn": "early", "early": "early"}
_LOOSE = frozenset(("of", "the", "des", "der", "dem", "den", "-", "next", "last", "nächsten", "kommenden", "in", "im"))
_SINCE = frozenset(("seit", "since", "zuletzt", "seen"))
_UNTIL = frozenset(("bis", "by", "until", "through", "till"))
_NEXT = frozenset(("next", "nächsten", "nächster", "kommenden", "kommender", "coming"))
_LAST = frozenset(("last", "vergangenen", "vergangener", "letzten", "vorigen"))


def edge_of(sentence: Sentence, when: Figure) -> str | None:
    """`late`, `mid` or `early` where a part of the time is meant: `Ende 2027`, `by the end of next year`."""
    window = when.mention.periods[0].window
    if window in ("late", "mid", "early"):
        return window
    for word in reversed(sentence.words(when.first - 3, when.first)):
        if word in _EDGES:
            return _EDGES[word]
        if word not in _LOOSE:
            return None
    return None


def lead_of(sentence: Sentence, when: Figure) -> str | None:
    """`since` or `until` where the time is a beginning or an end."""
    window = when.mention.periods[0].window
    if window in ("since", "until"):
        return window
    words = (*sentence.words(when.first - 5, when.first), *sentence.words(when.first, when.first + 1))
    for word in reversed(words):
        if word in _SINCE or word in _UNTIL:
            return "since" if word in _SINCE else "until"
        if word not in _LOOSE and word not in _EDGES and word not in ("zum", "zur", "year") and word != words[-1]:
            return None
    return None


def point_of(sentence: Sentence, when: Figure, published: date) -> str | None:
    """The day, the month or the year that is meant: `Ende Juni` is its last day, `by 2028` that year."""
    reading = when.mention.periods[0]
    edge = edge_of(sentence, when)
    if reading.unit == "year" and reading.count is None and not reading.fiscal:
        year = reading.year or (published.year + reading.shift if reading.shift is not None else None)
        if year is None or reading.window == "over":
            return None
        return f"{year}-12-31" if edge == "late" else f"{year}-06" if edge == "mid" else f"{year}"
    if reading.unit == "month" and reading.month and reading.count is None and reading.window != "span":
        year = reading.year or _year_of(sentence, when, reading.month, published)
        if edge == "late":
            return f"{year}-{reading.month:02d}-{monthrange(year, reading.month)[1]:02d}"
        return f"{year}-{reading.month:02d}"
    if reading.unit in ("week", "month") and reading.shift == -1 and reading.month is None:
        back = timedelta(days=7) if reading.unit == "week" else timedelta(days=published.day)
        return f"{published - back:%Y-%m}"
    if reading.unit == "week" and reading.window == "ago" and reading.count:
        return f"{published - timedelta(days=int(7 * min(reading.count, 500))):%Y-%m}"
    return None


def _year_of(sentence: Sentence, when: Figure, month: int, published: date) -> int:
    """The year of a month without one: the nearest, the one to come behind `next`, the one before behind `last`."""
    before = sentence.words(when.first - 1, when.first)
    if not _NEXT.isdisjoint(before):
        return published.year + (month <= published.month)
    if not _LAST.isdisjoint(before):
        return published.year - (month >= published.month)
    ahead = (month - published.month) % 12
    is_ahead = ahead <= (8 if lead_of(sentence, when) == "until" else 5)
    return published.year + (month < published.month) if is_ahead else published.year - (month > published.month)


_MARKS = word_set("dating", "marks")
_SET = word_set("dating", "set")


def is_of_mark(sentence: Sentence, when: Figure, published: date | None) -> bool:
    """Whether a date is only told of a mark: `der höchste Stand seit 2011`, `the record of 53,262 set on Sept. 29`."""
    reading = when.mention.periods[0]
    if reading.weekday is not None or reading.shift == 0 or reading.window == "to_date":
        return False
    is_since = lead_of(sentence, when) == "since"
    if reading.unit in ("quarter", "half") and not is_since:
        return False
    if reading.unit == "day" and published is not None and not is_since:
        day = day_of(reading, published)
        if day is not None and abs((published - day).days) <= 5:
            return False
    for k in range(when.first - 1, max(sentence.first, when.first - 11) - 1, -1):
        if sentence.cost(k, when.first) > 1.2:
            return False
        word = sentence.tokens.lower[k]
        if word in _MARKS or word.endswith(("hoch", "tief", "rekord")) or word.startswith(_MOST):
            return is_since or reading.unit != "day" or not _SET.isdisjoint(sentence.words(k, when.first))
    return False


_MOST = ("höchst", "tiefst", "niedrigst", "größt", "grösst", "stärkst", "schwächst", "schlecht", "längst")


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
