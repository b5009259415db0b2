"""What a sentence can say: typed facts, each with its sources, and how each is written in a voice.

A fact is language-free; `written(fact, voice, form)` gives its words. Forms are part of a template's slot
(`{session:size}`) and choose between spellings of the same fact, never between different facts.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Instant, Period
from rerating.language.languages import NBSP, Language, Style
from rerating.language.nouns import CASES, movement, noun
from rerating.language.numbers import big, decimal, percent
from rerating.language.periods import clock, day, instant, month, short_day, span, weekday, weekday_and_day
from rerating.language.quantities import NUMBER_WORDS, count, hedged_percent, money, money_range


class Voice(Record):
    """Who is spoken to: the language, the style of its figures, and the zone in which clocks are told."""

    language: Language
    style: Style = "din"
    zone: str = "UTC"


class Cited(Record):
    """A fact stands on evidence: `src` are ids of evidence in the findings' bases; `formula` is how it was computed."""

    src: tuple[str, ...] = ()
    formula: str | None = None


class Money(Cited):
    """An amount; `per` is a noun of the lexicon (a share, say)."""

    kind: Literal["money"] = "money"
    value: float
    unit: str
    digits: int | None = None
    per: str | None = None


class MoneyRange(Cited):
    """Two amounts of one currency."""

    kind: Literal["money_range"] = "money_range"
    low: float
    high: float
    unit: str
    per: str | None = None


class Share(Cited):
    """A share of one. Forms: none (a fall with a minus), `signed`, `size` (a direction word stands beside it), and
    `hedged` (rounded to percent, with the word that makes it true), `joined` (the first part of a German compound:
    90-%-Spanne), and the direction words themselves: `past`, `present`, `side`, `verb`.
    """

    kind: Literal["share"] = "share"
    value: float
    digits: int = 1


class ShareRange(Cited):
    """Two shares of one, the lowest and the highest of several measurements."""

    kind: Literal["share_range"] = "share_range"
    low: float
    high: float
    digits: int = 1
    signed: bool = True


class Number(Cited):
    """A bare number such as a t statistic."""

    kind: Literal["number"] = "number"
    value: float
    digits: int = 2


class NumberRange(Cited):
    """Two bare numbers."""

    kind: Literal["number_range"] = "number_range"
    low: float
    high: float
    digits: int = 2


class Count(Cited):
    """A number of things, or of a large lot of things (shares traded). Forms: a case, `bare` without the noun.

    None of them is said by a word, not by a figure: keine Hochstufungen, no upgrades.
    """

    kind: Literal["count"] = "count"
    value: float
    of: str


class Day(Cited):
    """A date. Forms: none (with year), `short`, `no_year`, `weekday` (with the date), `month`."""

    kind: Literal["day"] = "day"
    on: date


class Days(Cited):
    """A span of days, both ends included. Forms: none, `months`."""

    kind: Literal["days"] = "days"
    from_on: date
    to_on: date


class Moment(Cited):
    """An instant. Forms: none (day and clock), `day` (the date in the voice's zone)."""

    kind: Literal["moment"] = "moment"
    at: Instant


class Moments(Cited):
    """From one instant to another, on one day where the zone allows it."""

    kind: Literal["moments"] = "moments"
    from_at: Instant
    to_at: Instant


class Name(Cited):
    """A proper name, a title or a quotation, which is written as it is."""

    kind: Literal["name"] = "name"
    de: str
    en: str
    de_is_original: bool = False
    """True where there was no German wording, so that `de` repeats the original."""


class Rated(Cited):
    """A rating word as a house prints it, or as its scale would: written as it is, whatever the language."""

    kind: Literal["rated"] = "rated"
    word: str


class Word(Record):
    """A word that follows from data but is no fact of its own (a direction, a venue's preposition)."""

    kind: Literal["word"] = "word"
    de: str
    en: str


class Term(Record):
    """A noun of the lexicon, which agrees by its form: a case, or `the_` and a case for the article as well.

    Terms stand outside templates because some hold digits of their own (52-Wochen-Hoch).
    """

    kind: Literal["term"] = "term"
    key: str


Fact = Annotated[
    Money
    | MoneyRange
    | Share
    | ShareRange
    | Number
    | NumberRange
    | Count
    | Day
    | Days
    | Moment
    | Moments
    | Rated
    | Name,
    Field(discriminator="kind"),
]
Slot = Annotated[
    Money
    | MoneyRange
    | Share
    | ShareRange
    | Number
    | NumberRange
    | Count
    | Day
    | Days
    | Moment
    | Moments
    | Rated
    | Name
    | Word
    | Term,
    Field(discriminator="kind"),
]

HEDGE_STEP = 0.01
"""To what a hedged share is rounded."""

BOUND_FORMS = ("at_least", "up_to", "more_than", "less_than")
"""Forms of a number behind the words of a bound (höchstens, at least), written like the bare one."""

DIRECTION_FORMS = ("past", "present", "side", "verb")
"""Forms of a share that are words about its sign."""

_VERBS: dict[Language, dict[str, str]] = {
    "de": {"up": "gewinnt", "down": "verliert", "flat": "bleibt unverändert"},
    "en": {"up": "gains", "down": "loses", "flat": "stays unchanged"},
}

_TO: dict[Language, str] = {"de": " bis ", "en": " to "}


def written(slot: Slot, voice: Voice, form: str = "") -> str:
    """The words of a slot. Raises UsageError for a form that this kind of fact has not."""
    match slot:
        case Word() | Name():
            return slot.de if voice.language == "de" else slot.en
        case Rated():
            return slot.word
        case Term():
            return _term(slot, voice, form)
        case Money() | MoneyRange():
            return _money(slot, voice)
        case Share():
            return _share(slot, voice, form)
        case ShareRange():
            return _share_range(slot, voice)
        case Number():
            return decimal(slot.value, slot.digits, voice.language)
        case NumberRange():
            return _number_range(slot, voice)
        case Count():
            return _count(slot, voice, form)
        case Day():
            return _day(slot.on, voice.language, form)
        case Days():
            return _days(slot, voice, form)
        case Moment():
            return _moment(slot, voice, form)
        case Moments():
            return _moments(slot, voice)


def _term(slot: Term, voice: Voice, form: str) -> str:
    entry, case = noun(slot.key, voice.language), form.removeprefix("the_") or "nominative"
    if case not in CASES:
        raise UsageError(f"A noun has no form '{form}'; use a case, or the_ and a case.")
    return entry.the(case) if form.startswith("the_") else entry.form(case)


def _money(slot: Money | MoneyRange, voice: Voice) -> str:
    if isinstance(slot, Money):
        text = money(slot.value, slot.unit, voice.language, style=voice.style, digits=slot.digits)
    else:
        text = money_range(slot.low, slot.high, slot.unit, voice.language, style=voice.style)
    if slot.per is None:
        return text
    return f"{text} {'je' if voice.language == 'de' else 'per'} {noun(slot.per, voice.language).form('nominative')}"


def _share(slot: Share, voice: Voice, form: str) -> str:
    if form == "verb":
        return _VERBS[voice.language][movement(slot.value, voice.language, digits=slot.digits + 2).direction]
    if form == "hedged":
        return hedged_percent(slot.value, voice.language, step=HEDGE_STEP, style=voice.style)
    if form in DIRECTION_FORMS:
        words = movement(slot.value, voice.language, digits=slot.digits + 2)
        return str(getattr(words, form))
    value = abs(slot.value) if form == "size" else slot.value
    text = percent(value, voice.language, digits=slot.digits, signed=form == "signed", style=voice.style)
    return text.replace(NBSP, "-") if form == "joined" else text


def _share_range(slot: ShareRange, voice: Voice) -> str:
    """Both ends, with their sign where it means a direction; one figure where both print alike."""
    ends = [
        percent(end, voice.language, digits=slot.digits, signed=slot.signed, style=voice.style)
        for end in (slot.low, slot.high)
    ]
    if ends[0] == ends[1]:
        return ends[0]
    if voice.language == "en":
        return _TO["en"].join(ends)
    first = decimal(slot.low * 100, slot.digits, "de", signed=slot.signed)
    return f"{first}{_TO['de']}{ends[1]}"


def _number_range(slot: NumberRange, voice: Voice) -> str:
    ends = [decimal(end, slot.digits, voice.language) for end in (slot.low, slot.high)]
    return ends[0] if ends[0] == ends[1] else _TO[voice.language].join(ends)


def _count(slot: Count, voice: Voice, form: str) -> str:
    language = voice.language
    if form == "bare" or form in BOUND_FORMS:
        return big(slot.value, language)
    if slot.value != int(slot.value) or slot.value >= 1_000_000:
        plural = noun(slot.of, language).form("nominative", plural=True)
        return f"{big(slot.value, language)}{NBSP}{plural}"
    if form == "word":
        small = 2 <= slot.value <= 12
        return NUMBER_WORDS[language][int(slot.value) - 2] if small else big(slot.value, language)
    for case in CASES:
        if case == (form or "nominative"):
            return count(int(slot.value), slot.of, language, case=case, words=True)
    raise UsageError(f"A count has no form '{form}'; use a case, word or bare.")


def _day(on: date, language: Language, form: str) -> str:
    if form == "short":
        return short_day(on, language)
    if form == "no_year":
        return day(on, language, year=False)
    if form == "weekday":
        return weekday_and_day(on, language)
    if form == "weekday_only":
        return weekday(on, language)
    if form == "month":
        return month(on, language)
    if form:
        raise UsageError(f"A day has no form '{form}'.")
    return day(on, language)


def _days(slot: Days, voice: Voice, form: str) -> str:
    if form != "months":
        return span(Period(from_on=slot.from_on, to_on=slot.to_on), voice.language)
    ends = [month(on, voice.language) for on in (slot.from_on, slot.to_on)]
    return ends[0] if ends[0] == ends[1] else _TO[voice.language].join(ends)


def _moment(slot: Moment, voice: Voice, form: str) -> str:
    if form == "day":
        return day(slot.at.astimezone(ZoneInfo(voice.zone)).date(), voice.language)
    return instant(slot.at, voice.language, zone=voice.zone)


def _moments(slot: Moments, voice: Voice) -> str:
    if slot.from_at == slot.to_at:
        return instant(slot.from_at, voice.language, zone=voice.zone)
    zone = ZoneInfo(voice.zone)
    first, last = slot.from_at.astimezone(zone), slot.to_at.astimezone(zone)
    if first.date() != last.date():
        ends = (instant(at, voice.language, zone=voice.zone) for at in (slot.from_at, slot.to_at))
        return _TO[voice.language].join(ends)
    until = clock(slot.to_at, voice.language, zone=voice.zone)
    return f"{day(first.date(), voice.language)}, {first:%H:%M}{_TO[voice.language]}{until}"
