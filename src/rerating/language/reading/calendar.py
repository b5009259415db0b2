"""Days, times, months, quarters and years that a text names."""

from __future__ import annotations

import re
from datetime import date

from rerating.language.reading.calendar_words import (
    EDGES,
    MONTHS,
    MONTHS_SHORT,
    ORDINALS,
    PREPOSITIONS,
    QUARTER_WORDS,
    UNSURE_MONTHS,
    WEEKDAYS,
    ZONE_PHRASES,
    ZONES,
)
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.mentions import PeriodReading, PeriodUnit, Window
from rerating.language.reading.numerals import number_words
from rerating.language.reading.source import Draft, Source
from rerating.language.reading.tokens import FIGURE, STAMP
from rerating.language.reading.word_lists import listed

_STAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::[0-9.]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_POINTED_SHORT = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")
_HALF_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
_TIED_YEAR = re.compile(r"[0-9]{2}|[0-9]{4}")
_JOINERS = frozenset(("bis", "to", "-", "–", "through"))
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_CENTURY = 2000


def _exists(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day (a leap year where the year is not said)."""
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return False
    return True


def _full_year(digits: str) -> int:
    return int(digits) + _CENTURY if len(digits) == 2 else int(digits)


def day(source: Source, k: int) -> Draft | None:
    """A date that begins at token k: ISO, 12.01.2007, 12. Januar, January 12, 1/12/2007 (both readings), spans too."""
    kind = source.tokens.kind[k]
    if kind == STAMP:
        return _stamp(source, k)
    if kind == FIGURE:
        return _pointed(source, k) or _slashed(source, k) or _day_month(source, k)
    return _month_day(source, k)


def _day_draft(first: int, last: int, *readings: PeriodReading) -> Draft:
    return Draft(first=first, last=last, kind=K.DATE, periods=readings)


def _stamp(source: Source, k: int) -> Draft | None:
    match = _STAMP.fullmatch(source.tokens.text[k])
    if match is None or not _exists(int(match[1]), int(match[2]), int(match[3])):
        return None
    year, month, number = int(match[1]), int(match[2]), int(match[3])
    if match[4] is None:
        return _day_draft(k, k + 1, PeriodReading(unit="day", year=year, month=month, day=number))
    hour, minute = int(match[4]), int(match[5])
    zone = "UTC" if match[6] == "Z" else match[6]
    reading = PeriodReading(unit="minute", year=year, month=month, day=number, hour=hour, minute=minute, zone=zone)
    return Draft(first=k, last=k + 1, kind=K.INSTANT, periods=(reading,))


def _pointed(source: Source, k: int) -> Draft | None:
    text = source.tokens.text[k]
    match = _POINTED.fullmatch(text)
    if match:
        number, month, year = int(match[1]), int(match[2]), _full_year(match[3])
        if not _exists(year, month, number):
            return None
        return _day_draft(k, k + 1, PeriodReading(unit="day", year=year, month=month, day=number))
    match = _POINTED_SHORT.fullmatch(text)
    is_led = source.low(k - 1) in ("am", "vom", "bis", "zum", "seit", "dem", "ab", "den") or (
        source.low(k - 1) == "," and source.low(k - 2) in WEEKDAYS
    )
    if match and is_led and not source.is_english and source.low(k + 1) == "." and source.is_glued(k + 1):
        number, month = int(match[1]), int(match[2])
        if _exists(None, month, number):
            return _day_draft(k, k + 2, PeriodReading(unit="day", month=month, day=number))
    return None


def _slashed(source: Source, k: int) -> Draft | None:
    """12/01/2007: in German the day comes first, in English both orders are readings, the American one first."""
    if source.low(k + 1) != "/" or source.low(k + 3) != "/" or not all(source.is_glued(k + n) for n in (1, 2, 3, 4)):
        return None
    one, two = source.whole(k, 1, 31), source.whole(k + 2, 1, 31)
    if one is None or two is None or not source.is_figure(k + 4) or not _TIED_YEAR.fullmatch(source.tokens.text[k + 4]):
        return None
    year = _full_year(source.tokens.text[k + 4])
    orders = [(one, two), (two, one)] if source.is_english else [(two, one)]
    readings = [
        PeriodReading(unit="day", year=year, month=month, day=number)
        for month, number in dict.fromkeys(orders)
        if month <= 12 and _exists(year, month, number)
    ]
    return _day_draft(k, k + 5, *readings) if readings else None


def _month(source: Source, k: int) -> tuple[int, int] | None:
    """(next token, month) of a month's name at k, with the point of an abbreviation."""
    word = source.low(k)
    if word in MONTHS:
        return k + 1, MONTHS[word]
    if word not in MONTHS_SHORT or not source.is_capital(k):
        return None
    return (k + 2 if source.low(k + 1) == "." and source.is_glued(k + 1) else k + 1), MONTHS_SHORT[word]


def _year(source: Source, k: int) -> tuple[int, int | None]:
    """(next token, year) of a year at k, with a comma before it in English; the same token where there is none."""
    at = k + 1 if source.low(k) == "," and source.is_english else k
    year = source.year(at)
    if year is not None:
        return at + 1, year
    if source.low(k) == "'" and source.is_glued(k + 1) and len(source.low(k + 1)) == 2 and source.low(k + 1).isdigit():
        return k + 2, _full_year(source.low(k + 1))
    return k, None


def _day_number(source: Source, k: int) -> tuple[int, int] | None:
    """(next token, day) of `12.`, `12`, `12th`."""
    number = source.whole(k, 1, 31)
    if number is None:
        return None
    if source.is_glued(k + 1) and (source.low(k + 1) in _SUFFIXES or source.low(k + 1) == "."):
        return k + 2, number
    return k + 1, number


def _day_month(source: Source, k: int) -> Draft | None:
    begin = _day_number(source, k)
    if begin is None:
        return None
    at, number = begin
    end = number
    if source.low(at) in _JOINERS:
        other = _day_number(source, at + 1)
        if other is not None and other[1] > number and _month(source, other[0]) is not None:
            at, end = other
    if source.low(at) == "of":
        at += 1
    named = _month(source, at)
    if named is None:
        return _coupled_day(source, k, at, number)
    last, year = _year(source, named[0])
    return _day_or_span(k, last, year=year, month=named[1], days=(number, end))


def _coupled_day(source: Source, k: int, at: int, number: int) -> Draft | None:
    """The first of two days that share a month: `5. und 6. Januar`."""
    if source.low(at) not in ("und", "oder", "and", "or", "/") or (not source.is_english and source.low(at - 1) != "."):
        return None
    other = _day_number(source, at + 1)
    named = _month(source, other[0]) if other is not None else None
    if named is None:
        return None
    year = _year(source, named[0])[1]
    return _day_or_span(k, at, year=year, month=named[1], days=(number, number))


def _day_or_span(first: int, last: int, *, year: int | None, month: int, days: tuple[int, int]) -> Draft | None:
    number, end = days
    if not (_exists(year, month, number) and _exists(year, month, end)):
        return None
    if end == number:
        return _day_draft(first, last, PeriodReading(unit="day", year=year, month=month, day=number))
    span = PeriodReading(
        unit="day",
        window="span",
        year=year,
        month=month,
        day=number,
        until_year=year,
        until_month=month,
        until_day=end,
    )
    return Draft(first=first, last=last, kind=K.PERIOD, periods=(span,))


def _month_day(source: Source, k: int) -> Draft | None:
    named = _month(source, k)
    if named is None or not source.is_english:
        return None
    at = named[0] + 1 if source.low(named[0]) == "the" else named[0]
    begin = _day_number(source, at)
    if begin is None or source.low(begin[0]) in ("%", "percent", "per", ":", "million", "billion", "points"):
        return None
    at, number = begin
    if source.low(at - 1) == "." and at - 1 > named[0]:
        at -= 1  # the point ends the sentence, an English day bears none
    end = number
    if source.low(at) in _JOINERS:
        other = _day_number(source, at + 1)
        if other is not None and other[1] > number and _month(source, other[0]) is None:
            at, end = (other[0] - 1 if source.low(other[0] - 1) == "." else other[0]), other[1]
    last, year = _year(source, at)
    return _day_or_span(k, last, year=year, month=named[1], days=(number, end))


def clock(source: Source, k: int) -> Draft | None:
    """A time of day at token k: 17:40, 17.40 Uhr, 9 Uhr, 5 p.m., with its zone."""
    found = _clock_face(source, k)
    if found is None:
        return None
    last, hour, minute, is_certain = found
    if source.low(last) == "uhr":
        last, is_certain = last + 1, True
    last, hour, has_half = _half_of_day(source, last, hour)
    if not (is_certain or has_half) or hour > 24:
        return None
    last, zone = _zone(source, last)
    reading = PeriodReading(unit="minute", hour=hour % 24, minute=minute, zone=zone)
    return Draft(first=k, last=last, kind=K.INSTANT, periods=(reading,))


def _clock_face(source: Source, k: int) -> tuple[int, int, int, bool] | None:
    """(next token, hour, minute, whether the form alone says that it is a time)."""
    text = source.tokens.text[k]
    if source.low(k + 1) == ":" and source.is_glued(k + 1) and source.is_glued(k + 2) and len(source.low(k + 2)) == 2:
        hour, minute = source.whole(k, 0, 24), source.whole(k + 2, 0, 59)
        if hour is None or minute is None:
            return None
        last = k + 3
        if source.low(last) == ":" and source.is_glued(last) and source.whole(last + 1, 0, 59) is not None:
            last += 2
        return last, hour, minute, True
    if len(text) == 4 and text.isdigit() and source.low(k + 1) in ZONES and source.is_capital(k + 1):
        return (k + 1, int(text[:2]), int(text[2:]), True) if int(text[2:]) < 60 else None
    match = _HALF_POINTED.fullmatch(text)
    if match and int(match[1]) <= 24 and int(match[2]) <= 59:
        return k + 1, int(match[1]), int(match[2]), False
    hour = source.whole(k, 0, 24)
    return None if hour is None else (k + 1, hour, 0, False)


def _half_of_day(source: Source, k: int, hour: int) -> tuple[int, int, bool]:
    """a.m. or p.m. behind a time."""
    word = source.low(k)
    if word in ("am", "pm") and source.is_english:
        last = k + 1
    elif word in ("a", "p") and source.tokens.words(k + 1, k + 3) == (".", "m") and source.is_glued(k + 2):
        last = k + 4 if source.low(k + 3) == "." else k + 3
    else:
        return k, hour, False
    if not 1 <= hour <= 12:
        return k, hour, False
    return last, hour % 12 + (12 if word[0] == "p" else 0), True


def _zone(source: Source, k: int) -> tuple[int, str | None]:
    if source.low(k) in ZONES and source.is_capital(k):
        return k + 1, ZONES[source.low(k)]
    at = k + 1 if source.low(k) == "(" and source.low(k + 1) in ZONES and source.low(k + 2) == ")" else k
    if at != k:
        return k + 3, ZONES[source.low(at)]
    for words, zone in ZONE_PHRASES.items():
        if source.tokens.words(k, k + len(words)) == words:
            return k + len(words), zone
    return k, None


def _edge(source: Source, first: int) -> tuple[int, Window]:
    """(first token, window) with `Anfang`, `Mitte`, `late`, `since` before a month or year."""
    at = first - 2 if source.low(first - 1) == "-" and source.low(first - 2) == "mid" else first - 1
    window = EDGES.get(source.low(at))
    return (at, window) if window is not None else (first, "on")


def month(source: Source, k: int) -> Draft | None:
    """A month with its year or alone: Januar 2026, im Januar, late January."""
    named = _month(source, k)
    if named is None:
        return None
    last, number = named
    end, year = _year(source, last)
    if year is not None:
        last = end
    elif (source.low(k) in MONTHS_SHORT and source.low(k) not in MONTHS) or (
        source.low(k) in UNSURE_MONTHS and not (source.is_capital(k) and source.low(k - 1) in PREPOSITIONS)
    ):
        return None
    if source.low(last) in ("quarter", "quartal"):
        last += 1
        last, year = (last, year) if year else _year(source, last)
        return _period(k, last, "quarter", source=source, year=year, part=(number + 2) // 3)
    return _period(k, last, "month", source=source, year=year, month=number)


def _period(
    first: int,
    last: int,
    unit: PeriodUnit,
    *,
    source: Source,
    year: int | None = None,
    month: int | None = None,
    part: int | None = None,
    fiscal: bool = False,
) -> Draft:
    first, window = _edge(source, first)
    reading = PeriodReading(unit=unit, window=window, year=year, month=month, part=part, fiscal=fiscal)
    return Draft(first=first, last=last, kind=K.PERIOD, periods=(reading,))


_PARTS: dict[str, PeriodUnit] = {
    "quartal": "quarter",
    "quartals": "quarter",
    "geschäftsquartal": "quarter",
    "jahresviertel": "quarter",
    "quarter": "quarter",
    "halbjahr": "half",
    "halbjahres": "half",
    "jahreshälfte": "half",
    "semester": "half",
    "semesters": "half",
    "half": "half",
}
_FISCAL = frozenset(listed("geschäftsjahr geschäftsjahres geschäftsjahrs fiskaljahr fiskaljahres gj fy fiscal"))


def part(source: Source, k: int) -> Draft | None:
    """A quarter or half: 2. Quartal 2025, im zweiten Quartal, Q2 FY2026, 2Q25, H1 2025, second-quarter."""
    found = _part_name(source, k)
    if found is None:
        return None
    last, unit, number, year, is_fiscal = found
    if year is None:
        last, year, is_fiscal = _part_year(source, last, is_fiscal=is_fiscal)
    return _period(k, last, unit, source=source, year=year, part=number, fiscal=is_fiscal)


def _part_name(source: Source, k: int) -> tuple[int, PeriodUnit, int, int | None, bool] | None:
    """(next token, unit, number, year where it is glued, whether the name says fiscal)."""
    if source.low(k) in QUARTER_WORDS:
        return k + 1, "quarter", QUARTER_WORDS[source.low(k)], None, False
    tied = _tied_part(source, k)
    if tied is not None:
        return tied
    number: int | None
    at = k + 1
    if source.is_figure(k):
        number = source.whole(k, 1, 4)
        if source.low(at) in (".", *_SUFFIXES) and source.is_glued(at):
            at += 1
        elif number is not None:
            return None
    else:
        number = ORDINALS.get(source.low(k))
    if number is None:
        return None
    if source.low(at) == "-":
        at += 1
    is_fiscal = source.low(at) in ("fiscal", "geschäftsquartal")
    at += source.low(at) == "fiscal"
    unit = _PARTS.get(source.low(at))
    if unit is None or (unit == "half" and number > 2):
        return None
    return at + 1, unit, number, None, is_fiscal


def _tied_part(source: Source, k: int) -> tuple[int, PeriodUnit, int, int | None, bool] | None:
    """Q2, H1, Q2'26, 2Q25, 1H2025."""
    low = source.low(k)
    if low in ("q", "h") and source.is_glued(k + 1):
        unit: PeriodUnit = "quarter" if low == "q" else "half"
        number = source.whole(k + 1, 1, 4 if low == "q" else 2)
        if number is None or (source.is_glued(k) and source.is_word(k - 1)):
            return None
        return k + 2, unit, number, None, False
    number = source.whole(k, 1, 4)
    if number is None or not source.is_glued(k + 1) or source.low(k + 1) not in ("q", "h"):
        return None
    unit = "quarter" if source.low(k + 1) == "q" else "half"
    if unit == "half" and number > 2:
        return None
    if source.is_glued(k + 2) and source.is_figure(k + 2) and _TIED_YEAR.fullmatch(source.low(k + 2)):
        return k + 3, unit, number, _full_year(source.low(k + 2)), False
    return k + 2, unit, number, None, False


def _part_year(source: Source, k: int, *, is_fiscal: bool) -> tuple[int, int | None, bool]:
    """(next token, year, whether fiscal) of the year behind a quarter's name; k where there is none."""
    at = k
    if source.low(at) in ("of", "von", "des", "im", "in", "/", "-", "(", ","):
        at += 1
    if source.low(at) in ("the", "jahr", "jahres"):
        at += 1
    if source.low(at) == "cy" and source.is_glued(at + 1) and _TIED_YEAR.fullmatch(source.low(at + 1)):
        return at + 2, _full_year(source.low(at + 1)), False
    fiscal = fiscal_year(source, at)
    if fiscal is not None:
        return fiscal.last, fiscal.periods[0].year, True
    if source.low(k) == "," and not source.is_english:
        return k, None, is_fiscal
    if source.low(k) == "/" and source.is_figure(k + 1) and _TIED_YEAR.fullmatch(source.low(k + 1)):
        return k + 2, _full_year(source.low(k + 1)), is_fiscal
    last, year = _year(source, at)
    return (last, year, is_fiscal) if year is not None else (k, None, is_fiscal)


def months_of_year(source: Source, k: int) -> Draft | None:
    """The first months of a year: 9M 2025, erste neun Monate 2025, first six months of 2025; `count` holds how many."""
    if source.is_figure(k) and source.tokens.text[k + 1] == "M" and source.is_glued(k + 1):
        number, last = source.whole(k, 3, 9), k + 2
        if number is None or _part_year(source, last, is_fiscal=False)[1] is None:
            return None
    elif source.low(k) in ("first", "erste", "ersten"):
        spelt = number_words(source.tokens.words(k + 1, k + 3), source.tongue)
        number = source.whole(k + 1, 2, 11) if spelt is None else int(spelt[1].value)
        last = k + 3
        if number is None or not source.low(k + 2).startswith(("monat", "month")):
            return None
    else:
        return None
    last, year, is_fiscal = _part_year(source, last, is_fiscal=False)
    reading = PeriodReading(unit="month", count=float(number), year=year, fiscal=is_fiscal)
    return Draft(first=k, last=last, kind=K.PERIOD, periods=(reading,))


def fiscal_year(source: Source, k: int) -> Draft | None:
    """Geschäftsjahr 2026, GJ 2025/26, FY26, FY 2026, fiscal (year) 2026."""
    if source.low(k) not in _FISCAL:
        return None
    at = k + 1
    if source.low(k) == "fiscal" and source.low(at) == "year":
        at += 1
    if source.is_glued(at) and source.low(k) in ("fy", "gj") and _TIED_YEAR.fullmatch(source.low(at)):
        last, year = at + 1, _full_year(source.low(at))
    else:
        last, found = _split_year(source, at)
        if found is None:
            return None
        year = found
    return _period(k, last, "year", source=source, year=year, fiscal=True)


def _split_year(source: Source, k: int) -> tuple[int, int | None]:
    """A year at k; 2025/26 is the year that ends in 2026."""
    year = source.year(k)
    if year is None:
        return k, None
    tail = source.low(k + 2)
    if source.low(k + 1) == "/" and source.is_glued(k + 1) and source.is_glued(k + 2) and _TIED_YEAR.fullmatch(tail):
        following = _full_year(tail) if len(tail) == 4 else year - year % 100 + int(tail)
        following += 100 if following < year else 0
        if following == year + 1:
            return k + 3, following
    return k + 1, year


_AFTER_YEAR = frozenset(("e", "er", "ern"))


def year(source: Source, k: int) -> Draft | None:
    """A bare year: 2025, 2025/26 (fiscal), 2026e. Outside of 1990 to 2039 only where a word before it asks for one."""
    number = source.year(k)
    if number is None:
        return None
    is_led = source.low(k - 1) in PREPOSITIONS or source.low(k - 1) in ("jahr", "jahres", "jahre", "year", "(")
    if not 1990 <= number <= 2039 and not is_led:
        return None
    is_counted = source.is_word(k + 1) and (source.is_english or source.is_capital(k + 1))
    if number == 2000 and is_counted and not is_led:
        return None
    last, ending = _split_year(source, k)
    if last == k + 1 and source.is_glued(last) and source.low(last) in _AFTER_YEAR:
        last += 1
    is_fiscal = ending != number
    at = k - 1 if source.low(k - 1) in ("jahr", "jahres") else k
    return _period(at, last, "year", source=source, year=ending, fiscal=is_fiscal)


def weekday(source: Source, k: int) -> Draft | None:
    """A weekday's name; a date beside it is joined to it later."""
    number = WEEKDAYS.get(source.low(k))
    if number is None or not source.is_capital(k):
        return None
    reading = PeriodReading(unit="day", weekday=number)
    return Draft(first=k, last=k + 1, kind=K.PERIOD, periods=(reading,))


FIRST_WORDS = frozenset((*MONTHS, *MONTHS_SHORT, *WEEKDAYS, *ORDINALS, *QUARTER_WORDS, *_FISCAL, "q", "h"))
"""The words at which a parser of this module can begin."""
