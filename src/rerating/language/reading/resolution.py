"""From what a text says to days of the calendar, seen from the day that it was published on.

Only the calendar decides here. Sessions need a venue, fiscal years a company, comparisons a pair of periods: for those,
and for a time of day alone, the answer is None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from rerating.core.types import Period
from rerating.language.reading.mentions import PeriodReading

_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_EDGES = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def resolved(reading: PeriodReading, published_on: date) -> Period | None:
    """The days that a reading means. Rules where the text leaves it open:

    - a day or month without its year is the one nearest to the publication, a quarter or half the latest that began;
    - a weekday is the latest one not after the publication (`next`: the first one after it);
    - the last n months end on the day of publication and begin the day after that day n months before;
    - since reaches to the publication, until from it; early, mid and late are thirds of a month or a year.

    None: see the module. A reading that names no existing day (30 February) is None as well.
    """
    if reading.fiscal or reading.unit in ("session", "hour") or reading.window in ("over", "ago"):
        return _ago(reading, published_on) if reading.window == "ago" else None
    if reading.window == "span" and reading.until_hour is None:
        return _span(reading, published_on)
    if reading.count is not None and reading.window == "on":
        return _months(reading.year, 1, round(reading.count)) if reading.year and 1 <= reading.count <= 12 else None
    if reading.count is not None:
        return _trailing(reading, published_on)
    period = _named(reading, published_on) if reading.shift is None else _shifted(reading, published_on)
    return None if period is None else _seen_through(reading, period, published_on)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, month: int, length: int) -> Period | None:
    """The `length` months from that one on."""
    last = year * 12 + month - 1 + length - 1
    if not 1 <= year <= 9999 or not 1 <= last // 12 <= 9999:
        return None
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    return Period(from_on=date(year, month, 1), to_on=end)


def _nearest(candidates: list[date], to: date) -> date | None:
    return min(candidates, key=lambda each: abs((each - to).days)) if candidates else None


def _around(month: int, day: int, published_on: date) -> date | None:
    years = range(max(published_on.year - 1, 1), min(published_on.year + 1, 9999) + 1)
    return _nearest([on for year in years if (on := _safe(year, month, day)) is not None], published_on)


def _named(reading: PeriodReading, published_on: date) -> Period | None:
    if reading.unit in ("day", "minute"):
        on = _named_day(reading, published_on)
        return None if on is None else Period(from_on=on, to_on=on)
    if reading.unit == "month" and reading.month is not None:
        year = reading.year
        if year is None:
            near = _around(reading.month, 15, published_on)
            year = published_on.year if near is None else near.year
        return _months(year, reading.month, 1)
    if reading.unit in ("quarter", "half") and reading.part is not None:
        length = _MONTHS_OF[reading.unit]
        month = (reading.part - 1) * length + 1
        year = reading.year
        if year is None:
            year = published_on.year - (date(published_on.year, month, 1) > published_on)
        return _months(year, month, length)
    return _months(reading.year, 1, 12) if reading.unit == "year" and reading.year is not None else None


def _named_day(reading: PeriodReading, published_on: date) -> date | None:
    if reading.month is not None and reading.day is not None:
        if reading.year is not None:
            return _safe(reading.year, reading.month, reading.day)
        return _around(reading.month, reading.day, published_on)
    if reading.weekday is None:
        return None
    return _plus(published_on, -((published_on.weekday() - reading.weekday) % 7))


def _plus(on: date, days: int) -> date | None:
    try:
        return on + timedelta(days=days)
    except OverflowError:
        return None


def _shifted(reading: PeriodReading, published_on: date) -> Period | None:
    shift = reading.shift or 0
    if reading.weekday is not None:
        back = (published_on.weekday() - reading.weekday) % 7
        on = _plus(published_on, 7 - back if shift > 0 else -(back or (7 if shift < 0 else 0)))
        return None if on is None else Period(from_on=on, to_on=on)
    if reading.unit == "day":
        on = _plus(published_on, shift)
        return None if on is None else Period(from_on=on, to_on=on)
    if reading.unit == "week":
        monday = _plus(published_on, 7 * shift - published_on.weekday())
        sunday = None if monday is None else _plus(monday, 6)
        return None if monday is None or sunday is None else Period(from_on=monday, to_on=sunday)
    length = _MONTHS_OF.get(reading.unit)
    if length is None:
        return None
    begun = (published_on.year * 12 + published_on.month - 1) // length * length + shift * length
    return _months(begun // 12, begun % 12 + 1, length)


def _back(on: date, months: int) -> date | None:
    """The same day `months` earlier, or the month's last day."""
    at = on.year * 12 + on.month - 1 - months
    if not 1 <= at // 12 <= 9999:
        return None
    return date(at // 12, at % 12 + 1, min(on.day, monthrange(at // 12, at % 12 + 1)[1]))


def _moved(reading: PeriodReading, published_on: date, sign: int) -> date | None:
    """The day `count` units before (sign -1) or after the publication."""
    count = reading.count or 0
    days = {"day": 1, "week": 7}.get(reading.unit)
    if days is not None:
        return _plus(published_on, round(sign * count * days)) if count < 1e6 else None
    length = _MONTHS_OF.get(reading.unit)
    return _back(published_on, round(-sign * count * length)) if length is not None and count < 1e5 else None


def _trailing(reading: PeriodReading, published_on: date) -> Period | None:
    if reading.window == "next":
        end = _moved(reading, published_on, 1)
        begin = _plus(published_on, 1)
        return None if end is None or begin is None or end < begin else Period(from_on=begin, to_on=end)
    if reading.window not in ("last", "within"):
        return None
    before = _moved(reading, published_on, -1)
    begin = None if before is None else _plus(before, 1)
    return None if begin is None or begin > published_on else Period(from_on=begin, to_on=published_on)


def _ago(reading: PeriodReading, published_on: date) -> Period | None:
    on = _moved(reading, published_on, -1) if reading.count is not None and reading.unit != "session" else None
    return None if on is None else Period(from_on=on, to_on=on)


def _span(reading: PeriodReading, published_on: date) -> Period | None:
    ends = {
        "year": reading.until_year,
        "month": reading.until_month,
        "day": reading.until_day,
        "part": reading.until_part,
    }
    last = _named(reading.model_copy(update={**ends, "window": "on", "weekday": None}), published_on)
    if last is None:
        return None
    year = reading.year if reading.year is not None else last.from_on.year
    first = _named(reading.model_copy(update={"window": "on", "weekday": None, "year": year}), published_on)
    if first is None or first.from_on > last.to_on:
        return None
    return Period(from_on=first.from_on, to_on=last.to_on)


def _seen_through(reading: PeriodReading, period: Period, published_on: date) -> Period | None:
    first, last = period.from_on, period.to_on
    if reading.window in ("since", "to_date"):
        return Period(from_on=first, to_on=published_on) if first <= published_on else None
    if reading.window == "until":
        return Period(from_on=published_on, to_on=last) if published_on <= last else None
    if reading.window in _EDGES and reading.unit == "month" and last > first:
        begin, end = _EDGES[reading.window]
        return Period(from_on=first.replace(day=begin), to_on=first.replace(day=min(end, last.day)))
    if reading.window in _EDGES and reading.unit == "year" and last > first:
        third = {"early": 1, "mid": 5, "late": 9}[reading.window]
        return _months(first.year, third, 4)
    return period
