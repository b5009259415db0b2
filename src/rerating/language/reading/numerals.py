"""Figures and number words.

Separators by language: German groups with a point and has a decimal comma, Swiss German groups with an apostrophe and
takes a point as decimal, English groups with a comma. A lone separator with other than three digits behind it is
decimal in every language; with three it follows the language.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from rerating.language.reading.word_lists import listed

Tongue = Literal["de", "de-CH", "en"]
"""The languages that are read; de-CH differs from de in its separators only."""

MOST_DIGITS = 30
"""A longer run of digits is an identifier, not a figure."""


class Figure(NamedTuple):
    """A number with one unit of its last stated digit."""

    value: Decimal
    step: Decimal


def _is_grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def _figure(whole: str, decimals: str) -> Figure:
    text = f"{whole}.{decimals}" if decimals else whole
    return Figure(Decimal(text), Decimal(1).scaleb(-len(decimals)))


def figure(text: str, tongue: Tongue) -> Figure | None:
    """The number that digits with separators stand for; None where they are no number (12.01.2007, 1.2.3)."""
    if len(text) > MOST_DIGITS:
        return None
    if text.isdigit():
        return _figure(text, "")
    if not text[:1].isdigit():
        return None
    if "'" in text:
        return _with_apostrophes(text)
    points, commas = text.count("."), text.count(",")
    if points and commas:
        last = max(text.rfind("."), text.rfind(","))
        whole, decimals = text[:last], text[last + 1 :]
        other = "," if text[last] == "." else "."
        if text[last] in whole or not _is_grouped(whole.split(other)):
            return None
        return _figure(whole.replace(other, ""), decimals)
    mark = "." if points else ","
    groups = text.split(mark)
    if len(groups) > 2:
        return _figure("".join(groups), "") if _is_grouped(groups) else None
    if _is_grouped(groups) and mark == {"de": ".", "en": ",", "de-CH": ""}[tongue]:
        return _figure("".join(groups), "")
    return _figure(*groups)


def _with_apostrophes(text: str) -> Figure | None:
    last = max(text.rfind("."), text.rfind(","))
    whole, decimals = (text, "") if last < 0 else (text[:last], text[last + 1 :])
    groups = whole.split("'")
    if not whole.replace("'", "").isdigit() or "'" in decimals or not _is_grouped(groups):
        return None
    return _figure("".join(groups), decimals)


_DE_SMALL = {
    "null": 0,
    "ein": 1,
    "eins": 1,
    "zwei": 2,
    "zwo": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
    "dreizehn": 13,
    "vierzehn": 14,
    "fünfzehn": 15,
    "sechzehn": 16,
    "siebzehn": 17,
    "achtzehn": 18,
    "neunzehn": 19,
}
_DE_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "dreissig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_DE_HALVES = {"anderthalb": 1, "eineinhalb": 1, "zweieinhalb": 2, "dreieinhalb": 3, "viereinhalb": 4, "fünfeinhalb": 5}
_DE_ONE = frozenset(("ein", "eine", "einen", "einem", "einer", "eines"))

_EN_SMALL = {
    word: number
    for number, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_EN_TENS = {
    word: number * 10
    for number, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_LONGEST_NUMERAL = len("neunhundertneunundneunzigtausendneunhundertneunundneunzig")


def _below_hundred(word: str) -> int | None:
    if word in _DE_SMALL:
        return _DE_SMALL[word]
    for tens, value in _DE_TENS.items():
        if word.endswith(tens):
            head = word[: -len(tens)]
            if not head:
                return value
            one = _DE_SMALL.get(head[:-3], 0) if head.endswith("und") else 0
            return value + one if 1 <= one <= 9 else None
    return None


def _below_thousand(word: str) -> int | None:
    head, hundred, tail = word.partition("hundert")
    if not hundred:
        return _below_hundred(word)
    times = 1 if not head else _DE_SMALL.get(head, 0)
    rest = _below_hundred(tail.removeprefix("und")) if tail else 0
    return times * 100 + rest if 1 <= times <= 19 and rest is not None else None


@lru_cache(maxsize=4096)
def german_numeral(word: str) -> Decimal | None:
    """The number of one German word in small letters (`fünfundzwanzig`, `anderthalb`); not the article `ein`."""
    if len(word) > _LONGEST_NUMERAL or word == "ein":
        return None
    if word in _DE_HALVES:
        return _DE_HALVES[word] + Decimal("0.5")
    head, thousand, tail = word.partition("tausend")
    if not thousand:
        number = _below_thousand(word)
    else:
        times = 1 if not head else _below_thousand(head)
        rest = _below_thousand(tail.removeprefix("und")) if tail else 0
        number = times * 1000 + rest if times and rest is not None else None
    return None if number is None else Decimal(number)


def english_numeral(words: tuple[str, ...]) -> tuple[int, Decimal] | None:
    """(words used, number) of the English numeral that begins a tuple of lower-cased tokens, hyphens being tokens."""
    used, number = _english_below_hundred(words)
    if not used:
        return None
    if words[used : used + 1] == ("hundred",) and number <= 19:
        used, number = used + 1, number * 100
        skip = 1 if words[used : used + 1] == ("and",) else 0
        more, rest = _english_below_hundred(words[used + skip :])
        if more:
            used, number = used + skip + more, number + rest
    return used, Decimal(number)


def _english_below_hundred(words: tuple[str, ...]) -> tuple[int, int]:
    first = words[0] if words else ""
    if first in _EN_SMALL:
        return 1, _EN_SMALL[first]
    if first not in _EN_TENS:
        return 0, 0
    if len(words) > 2 and words[1] == "-" and 1 <= _EN_SMALL.get(words[2], 0) <= 9:
        return 3, _EN_TENS[first] + _EN_SMALL[words[2]]
    return 1, _EN_TENS[first]


def number_words(words: tuple[str, ...], tongue: Tongue) -> tuple[int, Figure] | None:
    """(tokens used, figure) of the number word that begins `words`; an article counts as none. The step is one."""
    if tongue == "en":
        found = english_numeral(words)
        if found is None:
            return None
        more = next((ending for ending in _AND_A_HALF if words[found[0] : found[0] + len(ending)] == ending), None)
        if more is not None:
            return found[0] + len(more), Figure(found[1] + Decimal("0.5"), Decimal("0.5"))
        return found[0], Figure(found[1], Decimal(1))
    number = german_numeral(words[0]) if words else None
    if number is None:
        return None
    return 1, Figure(number, Decimal(1) if number == number.to_integral_value() else Decimal("0.5"))


_AND_A_HALF = (("and", "a", "half"), ("-", "and", "-", "a", "-", "half"))


def is_article(word: str, tongue: Tongue) -> bool:
    """Whether a word may be the number one before a scale or a unit (`eine Milliarde`, `a billion`)."""
    return word in ("a", "an", "one") if tongue == "en" else word in _DE_ONE


_FRACTION_DE = {
    "hälfte": (1, 2),
    "drittel": (1, 3),
    "viertel": (1, 4),
    "fünftel": (1, 5),
    "sechstel": (1, 6),
    "siebtel": (1, 7),
    "achtel": (1, 8),
    "neuntel": (1, 9),
    "zehntel": (1, 10),
    "elftel": (1, 11),
    "zwölftel": (1, 12),
    "fünfzehntel": (1, 15),
    "zwanzigstel": (1, 20),
    "fünfundzwanzigstel": (1, 25),
    "dreißigstel": (1, 30),
    "dreissigstel": (1, 30),
    "vierzigstel": (1, 40),
    "fünfzigstel": (1, 50),
    "hundertstel": (1, 100),
    "dreiviertel": (3, 4),
    "zweidrittel": (2, 3),
}
_FRACTION_EN = {
    "half": (1, 2),
    "third": (1, 3),
    "quarter": (1, 4),
    "fifth": (1, 5),
    "sixth": (1, 6),
    "seventh": (1, 7),
    "eighth": (1, 8),
    "ninth": (1, 9),
    "tenth": (1, 10),
    "eleventh": (1, 11),
    "twelfth": (1, 12),
    "fifteenth": (1, 15),
    "twentieth": (1, 20),
    "thirtieth": (1, 30),
    "fortieth": (1, 40),
    "fiftieth": (1, 50),
    "hundredth": (1, 100),
}
VULGAR = {"¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}


def fraction_word(word: str, tongue: Tongue) -> tuple[int, int] | None:
    """(numerator, denominator) of `Viertel`, `quarter`, `thirds`; None for any other word."""
    if tongue != "en":
        return _FRACTION_DE.get(word) or (_FRACTION_DE.get(word[:-1]) if word.endswith(("s", "n")) else None)
    if word == "halves":
        return 1, 2
    return _FRACTION_EN.get(word) or (_FRACTION_EN.get(word[:-1]) if word.endswith("s") else None)


def part_of_one(numerator: int, denominator: int) -> Figure:
    """A fraction as a figure, to twelve decimals, stated to a hundredth."""
    return Figure(round(Decimal(numerator) / Decimal(denominator), 12).normalize(), Decimal("0.01"))
