"""Names of months, weekdays, zones and units of time, in German and English."""

from __future__ import annotations

from rerating.language.reading.mentions import PeriodUnit, Window
from rerating.language.reading.word_lists import listed

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januar jänner january",
            "februar february",
            "märz maerz march",
            "april",
            "mai may",
            "juni june",
            "juli july",
            "august",
            "september",
            "oktober october",
            "november",
            "dezember december",
        ),
        start=1,
    )
    for word in words.split()
}
MONTHS_SHORT = {
    word: number
    for number, words in enumerate(
        ("jan", "feb", "mär mrz mar", "apr", "", "jun", "jul", "aug", "sep sept", "okt oct", "nov", "dez dec"), start=1
    )
    for word in words.split()
}
"""Only with a day or a year beside them."""

UNSURE_MONTHS = frozenset(("may", "march", "mai"))
"""Words of another meaning too; alone they need a preposition before them."""

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "montag montags monday",
            "dienstag dienstags tuesday",
            "mittwoch mittwochs wednesday",
            "donnerstag donnerstags thursday",
            "freitag freitags friday",
            "samstag sonnabend saturday",
            "sonntag sunday",
        )
    )
    for word in words.split()
} | {
    day + part: number
    for number, day in enumerate(listed("montag dienstag mittwoch donnerstag freitag samstag sonntag"))
    for part in listed("morgen vormittag mittag nachmittag abend nacht früh")
}

_UNIT_WORDS: tuple[tuple[PeriodUnit, str], ...] = (
    ("minute", "minute minuten minutes"),
    ("hour", "stunde stunden hour hours"),
    (
        "session",
        "sitzung sitzungen handelssitzung handelssitzungen börsensitzung börsensitzungen handelstag handelstage "
        "handelstagen handelstages handelstags börsentag börsentage börsentagen session sessions",
    ),
    ("day", "tag tage tagen tages kalendertage kalendertagen day days"),
    ("week", "woche wochen handelswoche handelswochen börsenwoche week weeks"),
    ("month", "monat monate monaten monats month months"),
    ("quarter", "quartal quartale quartalen quartals quarter quarters"),
    ("half", "halbjahr halbjahre halbjahren halbjahres"),
    ("year", "jahr jahre jahren jahres geschäftsjahr geschäftsjahre geschäftsjahren geschäftsjahres year years"),
)
UNITS: dict[str, PeriodUnit] = {word: unit for unit, words in _UNIT_WORDS for word in words.split()}
"""Nouns of time; `trading day`, `fiscal year` and the like are read as two words."""

TIED_UNITS: dict[str, PeriodUnit] = {
    **UNITS,
    "wochen": "week",
    "tage": "day",
    "tages": "day",
    "monats": "month",
    "jahres": "year",
    "stunden": "hour",
    "minuten": "minute",
    "quartals": "quarter",
}
"""Nouns of time that stand behind a hyphen in 52-Wochen-Hoch, 200-day line."""

ZONES = {
    "utc": "UTC",
    "gmt": "UTC",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
}
ZONE_PHRASES = {
    ("peking", "-", "zeit"): "Asia/Shanghai",
    ("pekinger", "zeit"): "Asia/Shanghai",
    ("beijing", "time"): "Asia/Shanghai",
    ("new", "yorker", "zeit"): "America/New_York",
    ("new", "york", "time"): "America/New_York",
    ("eastern", "time"): "America/New_York",
    ("hong", "kong", "time"): "Asia/Hong_Kong",
    ("hongkonger", "zeit"): "Asia/Hong_Kong",
    ("deutscher", "zeit"): "Europe/Berlin",
    ("london", "time"): "Europe/London",
    ("londoner", "zeit"): "Europe/London",
}

QUARTER_WORDS = {
    "auftaktquartal": 1,
    "startquartal": 1,
    "schlussquartal": 4,
    "abschlussquartal": 4,
    **{name + "quartal": (number + 2) // 3 for name, number in MONTHS.items()},
}
QUARTER_WORDS |= {word + "s": number for word, number in QUARTER_WORDS.items()}

ORDINALS = {
    word + ending: number
    for number, stems in enumerate(("erste", "zweite", "dritte", "vierte"), start=1)
    for word in stems.split()
    for ending in ("", "n", "s", "r", "m")
} | {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

EDGES: dict[str, Window] = {
    "anfang": "early",
    "mitte": "mid",
    "ende": "late",
    "early": "early",
    "mid": "mid",
    "late": "late",
    "seit": "since",
    "since": "since",
    "bis": "until",
    "until": "until",
    "by": "until",
}
"""Words before a month, a quarter or a year that say which part of it is meant."""

PREPOSITIONS = frozenset(
    listed(
        "in im of since last this next by from until through to early late mid for during ende anfang "
        "mitte seit bis vom zum ab am"
    )
)
