"""Periods that a text names from where it stands: gestern, in einer Sitzung, the past five days, year to date."""

from __future__ import annotations

from decimal import Decimal

from rerating.language.reading.calendar_words import TIED_UNITS, UNITS, WEEKDAYS
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.mentions import PeriodReading, PeriodUnit, Window
from rerating.language.reading.numerals import figure, is_article, number_words
from rerating.language.reading.phrases import Phrases
from rerating.language.reading.source import Draft, Source
from rerating.language.reading.tokens import WORD
from rerating.language.reading.word_lists import listed

R = PeriodReading


def _phrases() -> list[tuple[str, tuple[PeriodReading, ...]]]:
    table: dict[tuple[PeriodReading, ...], str] = {
        (R(unit="day", shift=0),): "heute|am heutigen Tag|today",
        (R(unit="day", shift=-1),): "gestern|yesterday",
        (R(unit="day", shift=-2),): "vorgestern|the day before yesterday",
        (R(unit="day", shift=1),): "tomorrow",
        (R(unit="session", shift=-1), R(unit="day", shift=-1)): "Vortag|Vortages|Vortags|previous session|"
        "prior session|previous day|prior day|day earlier",
        (R(unit="week", shift=-1),): "Vorwoche",
        (R(unit="month", shift=-1),): "Vormonat|Vormonats",
        (R(unit="quarter", shift=-1),): "Vorquartal|Vorquartals",
        (R(unit="quarter", window="over", shift=-4),): "Vorjahresquartal|Vorjahresquartals|year-earlier quarter|"
        "year-ago quarter|same quarter last year",
        (R(unit="year", window="over", shift=-1),): "Vorjahreszeitraum|Vorjahreszeitraums|Vorjahresvergleich|"
        "Jahresvergleich|im Jahresvergleich|auf Jahresbasis|year over year|year-over-year|year-on-year|yoy|y/y|"
        "a year earlier|year earlier|year-earlier period|from a year ago|a year ago",
        (R(unit="quarter", window="over", shift=-1),): "Quartalsvergleich|quarter over quarter|quarter-over-quarter|"
        "quarter-on-quarter|qoq|q/q",
        (R(unit="month", window="over", shift=-1),): "Monatsvergleich|month-over-month|month over month|mom|m/m",
        (R(unit="week", window="over", shift=-1),): "Wochenvergleich|week-over-week|week over week",
        (
            R(unit="week", window="to_date", shift=0),
            R(unit="week", window="last", count=1),
        ): "auf Wochensicht|seit Wochenbeginn|"
        "seit Wochenanfang|seit Wochenstart|since the start of the week|so far this week|"
        "im Wochenverlauf|week to date|week-to-date",
        (R(unit="month", window="last", count=1),): "auf Monatssicht",
        (
            R(unit="month", window="to_date", shift=0),
        ): "seit Monatsbeginn|seit Monatsanfang|since the start of the month|"
        "so far this month|month to date|month-to-date",
        (R(unit="year", window="last", count=1),): "auf Jahressicht|auf Zwölfmonatssicht",
        (
            R(unit="year", window="to_date", shift=0),
        ): "seit Jahresbeginn|seit Jahresanfang|seit Jahresstart|seit Jahreswechsel|seit dem Jahreswechsel|"
        "since January|since New Year's|since New Year|seit Neujahr|seit Silvester|"
        "since the beginning of the year|seit Anfang des Jahres|"
        "seit Beginn des Jahres|year to date|year-to-date|ytd|so far this year|since the start of the year|"
        "im bisherigen Jahresverlauf",
        (R(unit="day", phase="premarket", shift=0),): "vorbörslich|vorbörsliche|vorbörslichen|premarket|pre-market|"
        "before the bell|before the open|im vorbörslichen Handel|before the opening bell|ahead of the open|"
        "vor Börsenbeginn|vor Handelsbeginn|vor Börsenstart",
        (R(unit="day", phase="after_hours", shift=0),): "nachbörslich|nachbörsliche|nachbörslichen|after hours|"
        "after-hours|after the bell|after the close|aftermarket|extended trading|im nachbörslichen Handel",
        (R(unit="session", phase="open", shift=0),): "Handelsstart|Handelsbeginn|Börsenstart|market open|opening bell",
        (R(unit="session", phase="close", shift=0),): "Handelsschluss|Börsenschluss|Handelsende|closing bell|"
        "market close",
        (R(unit="session", phase="intraday", shift=0),): "im Tagesverlauf|im Handelsverlauf|intraday",
        (R(unit="week", shift=0),): "diese Woche|dieser Woche|this week|laufende Woche|laufenden Woche",
        (R(unit="year", shift=0),): "dieses Jahr|dieses Jahres|diesem Jahr|heuer|this year|current year",
        (R(unit="week", shift=1),): "kommende Woche|kommenden Woche|nächste Woche|nächsten Woche",
        (R(unit="week", shift=-1), R(unit="session", window="last", count=5)): "vergangene Woche|vergangenen Woche|"
        "letzte Woche|letzten Woche|zurückliegenden Woche|last week|past week|previous week",
        (
            R(unit="year", shift=-1),
        ): "Vorjahr|Vorjahres|Vorjahrs|vergangenen Jahr|vergangenen Jahres|vergangenes Jahr|letztes Jahr|letzten Jahr|"
        "letzten Jahres|last year|previous year|prior year|prior-year",
        (R(unit="year", window="last", count=1), R(unit="year", shift=-1)): "past year|past 12 months",
    }
    return [(phrase, readings) for readings, phrases in table.items() for phrase in phrases.split("|")]


_FIXED: Phrases[tuple[PeriodReading, ...]] = Phrases(_phrases())

_ENDINGS = ("e", "en", "er", "es", "em")
_SHIFTS: dict[str, int] = {
    **{stem + ending: -1 for stem in ("vergangen", "letzt", "vorig", "zurückliegend", "jüngst") for ending in _ENDINGS},
    **{stem + ending: 1 for stem in ("kommend", "nächst", "folgend") for ending in _ENDINGS},
    **{stem + ending: 0 for stem in ("laufend", "dies", "aktuell", "jetzig") for ending in _ENDINGS},
    **dict.fromkeys(("last", "past", "previous", "prior", "trailing", "preceding"), -1),
    **dict.fromkeys(("next", "coming", "following"), 1),
    **dict.fromkeys(("this", "current"), 0),
}
_WITHIN = frozenset(listed("in innerhalb innert binnen within over during während about through"))
_LOOSE = frozenset(("von", "der", "den", "die", "the", "a", "nur", "only", "just", "lediglich", "gerade"))
_BEHIND = {"ago": "ago", "earlier": "ago", "zuvor": "ago", "prior": "ago"}
_LEADING_PARTS = frozenset(("trading", "fiscal", "consecutive", "straight", "business", "calendar", "single", "full"))
_NOT_A_PERIOD = frozenset(("old", "alt", "alte", "alten", "alter"))


def fixed(source: Source, k: int) -> Draft | None:
    """A phrase of the table: Vortag, year to date, premarket."""
    found = _FIXED.at(source.tokens, k)
    if found is None:
        return None
    return Draft(first=k, last=k + found[0], kind=K.PERIOD, periods=found[1])


def _count(source: Source, k: int) -> tuple[int, Decimal, bool] | None:
    """(next token, number, whether it is an article) of a plain number at k."""
    if source.is_figure(k):
        found = figure(source.tokens.text[k], source.tongue)
        return (k + 1, found.value, False) if found and found.value < 10_000 else None
    if not source.is_word(k):
        return None
    if is_article(source.low(k), source.tongue):
        return k + 1, Decimal(1), source.low(k) != "one"
    spelt = number_words(source.tokens.words(k, k + 6), source.tongue)
    return (k + spelt[0], spelt[1].value, False) if spelt else None


def _unit(source: Source, k: int) -> tuple[int, PeriodUnit] | None:
    """(next token, unit) of a noun of time at k, with an adjective such as trading, consecutive, einzigen before it."""
    skip = source.low(k) in _LEADING_PARTS or source.low(k).startswith(
        ("aufeinanderfolgend", "einzig", "ganze", "voll")
    )
    unit = UNITS.get(source.low(k + skip))
    if unit is None:
        return None
    if source.low(k) == "trading" and unit == "day":
        unit = "session"
    return k + skip + 1, unit


def shifted(source: Source, k: int) -> Draft | None:
    """`vergangenen Freitag`, `next quarter`, `letzten zwölf Monaten`, `past five sessions`."""
    shift = _SHIFTS.get(source.low(k))
    if shift is None:
        return None
    weekday = WEEKDAYS.get(source.low(k + 1))
    if weekday is not None:
        reading = R(unit="day", weekday=weekday, shift=shift)
        return Draft(first=k, last=k + 2, kind=K.PERIOD, periods=(reading,))
    counted = _count(source, k + 1)
    if counted is not None and not counted[2]:
        unit = _unit(source, counted[0])
        if unit is None:
            return None
        window: Window = "next" if shift > 0 else "last"
        reading = R(unit=unit[1], window=window, count=float(counted[1]))
        return Draft(first=k, last=unit[0], kind=K.PERIOD, periods=(reading,))
    unit = _unit(source, k + 1)
    if unit is None:
        return None
    is_fiscal = source.low(unit[0] - 1).startswith("geschäftsjahr") or source.low(k + 1) == "fiscal"
    reading = R(unit=unit[1], shift=shift, fiscal=is_fiscal)
    return Draft(first=k, last=unit[0], kind=K.PERIOD, periods=(reading,))


def counted(source: Source, k: int) -> Draft | None:
    """A number of units of time: `fünf Sitzungen`, `in einer Woche`, `vor drei Tagen`, `two weeks ago`.

    An article counts only behind a word of duration (`in einer Sitzung`) or before one (`a week ago`).
    """
    number = _count(source, k)
    if number is None:
        return None
    unit = _unit(source, number[0])
    if unit is None or source.low(unit[0]) in _NOT_A_PERIOD:
        return None
    last = unit[0]
    if source.low(last) == "-" and source.is_glued(last) and source.is_glued(last + 1):
        return None  # one quarter-point
    window = _window(source, k)
    behind = _BEHIND.get(source.low(last))
    if behind is not None:
        window, last = "ago", last + 1
    if number[2] and window == "on":
        return None
    reading = R(unit=unit[1], window=window, count=float(number[1]))
    return Draft(first=k, last=last, kind=K.PERIOD, periods=(reading,))


def _window(source: Source, k: int) -> Window:
    """How a duration is meant, by the words before it."""
    at = k - 1
    while source.low(at) in _LOOSE and k - at < 3:
        at -= 1
    word = source.low(at)
    if word in _WITHIN:
        return "within"
    if word == "sicht" or source.low(k - 1) == "sicht":
        return "within"
    if word == "vor":
        return "ago"
    if word in ("seit", "since", "for"):
        return "last"
    return "on"


def tied(source: Source, k: int) -> Draft | None:
    """52-Wochen-Hoch, 200-Tage-Linie, 12-month target: a name of its period, no quantity."""
    if source.low(k + 1) != "-" or not source.is_glued(k + 1) or not source.is_glued(k + 2):
        return None
    unit = TIED_UNITS.get(source.low(k + 2))
    number = _count(source, k)
    if source.low(k) == "three" and source.low(k + 2) == "quarters":
        return None  # a part of something
    if unit is None or number is None or number[2]:
        return None
    last = k + 3
    while source.low(last) == "-" and source.is_glued(last) and source.is_glued(last + 1) and last - k < 12:
        if source.tokens.kind[last + 1] != WORD:
            break
        last += 2
    reading = R(unit=unit, window="last", count=float(number[1]))
    return Draft(first=k, last=last, kind=K.LABEL, periods=(reading,))


FIRST_WORDS = _FIXED.anchors() | frozenset(_SHIFTS)
"""The words at which a parser of this module can begin, beside number words and articles."""
