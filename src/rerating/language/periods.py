"""Dates, weekdays, instants and spans.

One form a language: `12. Januar 2007` and `12 January 2007` (day first: no reader takes the day for the month). Month
and weekday names are Babel's; the process locale is never read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rerating.core.errors import UsageError
from rerating.core.types import Period
from rerating.language.languages import NBSP, Language, locale

ZONE_NAMES: dict[str, dict[Language, tuple[str, str]]] = {
    "UTC": {"de": ("UTC", "UTC"), "en": ("UTC", "UTC")},
    "Europe/Berlin": {"de": ("MEZ", "MESZ"), "en": ("CET", "CEST")},
    "Europe/Zurich": {"de": ("MEZ", "MESZ"), "en": ("CET", "CEST")},
    "Europe/London": {"de": ("GMT", "BST"), "en": ("GMT", "BST")},
    "America/New_York": {"de": ("EST", "EDT"), "en": ("EST", "EDT")},
    "Asia/Hong_Kong": {"de": ("HKT", "HKT"), "en": ("HKT", "HKT")},
    "Asia/Shanghai": {"de": ("Peking-Zeit", "Peking-Zeit"), "en": ("Beijing time", "Beijing time")},
    "Asia/Tokyo": {"de": ("JST", "JST"), "en": ("JST", "JST")},
}
"""How a zone is printed in winter and in summer."""


def month_name(month: int, language: Language) -> str:
    """`Januar` / `January` for 1."""
    return str(locale(language).months["format"]["wide"][month])


def day(on: date, language: Language, *, year: bool = True) -> str:
    """`12. Januar 2007` / `12 January 2007`; without `year` `12. Januar` / `12 January`. No line breaks inside."""
    number = f"{on.day}." if language == "de" else str(on.day)
    parts = [number, month_name(on.month, language)]
    return NBSP.join([*parts, f"{on.year:04d}"] if year else parts)


def short_day(on: date, language: Language) -> str:
    """For tables: `12.01.2007`, and `2007-01-12` in English, where 12/01 would have two readings."""
    return f"{on.day:02d}.{on.month:02d}.{on.year:04d}" if language == "de" else on.isoformat()


def weekday(on: date, language: Language) -> str:
    """`Freitag` / `Friday`."""
    return str(locale(language).days["format"]["wide"][on.weekday()])


def weekday_and_day(on: date, language: Language, *, year: bool = True) -> str:
    """`Freitag, 12. Januar 2007` / `Friday, 12 January 2007`."""
    return f"{weekday(on, language)}, {day(on, language, year=year)}"


def month(on: date, language: Language) -> str:
    """`Januar 2007` / `January 2007`."""
    return f"{month_name(on.month, language)}{NBSP}{on.year:04d}"


def quarter(number: int, year: int, language: Language, *, fiscal: bool = False) -> str:
    """`3. Quartal 2025` / `Q3 2025`; fiscal: `3. Quartal des Geschäftsjahres 2025` / `Q3 FY2025`."""
    if number not in (1, 2, 3, 4):
        raise UsageError(f"There is no quarter {number}; use 1 to 4.")
    if language == "de":
        return f"{number}.{NBSP}Quartal{' des Geschäftsjahres' if fiscal else ''}{NBSP}{year:04d}"
    return f"Q{number}{NBSP}{'FY' if fiscal else ''}{year:04d}"


def _local(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise UsageError("An instant needs a time zone; make it aware before it is printed.")
    if zone not in ZONE_NAMES:
        raise UsageError(f"'{zone}' has no printed name here; use one of {', '.join(ZONE_NAMES)}.")
    return at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))


def clock(at: datetime, language: Language, *, zone: str = "UTC") -> str:
    """The time of day with its zone: `17:40 Uhr UTC` / `17:40 UTC`. Raises UsageError on a naive instant."""
    local = _local(at, zone)
    name = ZONE_NAMES[zone][language][1 if local.dst() else 0].replace(" ", NBSP)
    word = f"{NBSP}Uhr" if language == "de" else ""
    return f"{local:%H:%M}{word}{NBSP}{name}"


def instant(at: datetime, language: Language, *, zone: str = "UTC") -> str:
    """`9. Januar 2007, 17:40 Uhr UTC` / `9 January 2007, 17:40 UTC`; the date is the one in that zone."""
    return f"{day(_local(at, zone).date(), language)}, {clock(at, language, zone=zone)}"


def span(period: Period, language: Language) -> str:
    """`7. bis 14. Januar 2026` / `7 to 14 January 2026`; what both ends share is said once, at the end.

    A period of one day is that day. Raises UsageError where it ends before it begins.
    """
    first, last = period.from_on, period.to_on
    if first > last:
        raise UsageError("The period ends before it begins; swap its ends.")
    if first == last:
        return day(first, language)
    joiner = "bis" if language == "de" else "to"
    if first.year != last.year:
        begin = day(first, language)
    elif first.month != last.month:
        begin = day(first, language, year=False)
    else:
        begin = f"{first.day}." if language == "de" else str(first.day)
    return f"{begin} {joiner} {day(last, language)}"
