"""Money, counts, ratios and multiples with their units.

Rounding, signs and errors as in `numbers`. A figure and its unit are joined by a no-break space where a space is set.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Quantity
from rerating.language.hedges import Hedged, hedge
from rerating.language.languages import MINUS, NBSP, Language, Style
from rerating.language.nouns import CASES, Case, noun
from rerating.language.numbers import Number, big, decimal, exact, percent, percent_digits, rounded

NUMBER_WORDS: dict[Language, tuple[str, ...]] = {
    "de": ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}
"""Two to twelve, which the press writes out before a noun."""

_NONE: dict[Language, tuple[str, str, str, str]] = {
    "de": ("keine", "keiner", "keinen", "keine"),
    "en": ("no", "no", "no", "no"),
}
"""Not one, before a plural, by case."""


@lru_cache(maxsize=1)
def currencies() -> dict[str, dict[str, Any]]:
    """All currencies that are written and read, by ISO code: the rows of `currencies.toml`."""
    table = tomllib.loads(files("rerating.language").joinpath("currencies.toml").read_text(encoding="utf-8"))
    plain = {code: {"read": [code]} for code in table["codes"].split()}
    return plain | {code: row for code, row in table.items() if code not in ("version", "codes")}


def money_digits(currency: str) -> int:
    """Decimals of the currency's minor unit by ISO 4217 (Babel): EUR 2, JPY 0."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


def _code(currency: str) -> str:
    if currency not in currencies():
        raise UsageError(f"'{currency}' is no currency known here; use an ISO 4217 code such as EUR, USD or HKD.")
    return currency


def _figure(
    value: Number,
    currency: str,
    language: Language,
    *,
    digits: int | None,
    signed: bool,
    form: Literal["long", "short"],
) -> str:
    decimals = money_digits(currency) if digits is None else digits
    if abs(rounded(value, decimals)) >= 1_000_000:
        return big(value, language, digits=digits, signed=signed, form=form)
    return decimal(value, decimals, language, signed=signed)


def money(
    value: Number,
    currency: str,
    language: Language,
    *,
    style: Style = "din",
    digits: int | None = None,
    signed: bool = False,
    form: Literal["long", "short"] = "long",
) -> str:
    """An amount of money: `145,82 €`, `169,90 US-Dollar` (press), `$169.90`, `380 Milliarden Yuan`, `HK$1.2 billion`.

    Below one million the minor unit decides the decimals; from there on `big` does; `digits` overrides both. Style
    `din` uses the currency's sign where it is clear, else its ISO code; `press` uses words in German, and in English
    the sign, or the word where there is none. Raises UsageError on anything that is no code of the table.
    """
    row = currencies()[_code(currency)]
    figure = _figure(value, currency, language, digits=digits, signed=signed, form=form)
    if language == "de":
        return figure + NBSP + _german_unit(currency, style)
    sign: str | None = row.get("sign_en")
    word: str | None = row.get("en")
    if sign is None and style == "press" and word is not None:
        return figure + NBSP + word.replace(" ", NBSP)
    lead = figure[0] if figure[0] in "+" + MINUS else ""
    return lead + (sign or currency + NBSP) + figure.removeprefix(lead)


def _german_unit(currency: str, style: Style) -> str:
    row = currencies()[currency]
    unit: str = row.get("sign_de" if style == "din" else "de", currency)
    return unit.replace(" ", NBSP)


def money_range(
    low: Number, high: Number, currency: str, language: Language, *, style: Style = "din", digits: int | None = None
) -> str:
    """Two amounts of one currency: `143,55 bis 146,45 €` / `$143.55 to $146.45`. Raises UsageError where low > high."""
    if exact(low) > exact(high):
        raise UsageError("The low end of a range lies above its high end; swap them.")
    if language == "en":
        ends = (money(end, currency, language, style=style, digits=digits) for end in (low, high))
        return " to ".join(ends)
    first = _figure(low, _code(currency), language, digits=digits, signed=False, form="long")
    return f"{first} bis {money(high, currency, language, style=style, digits=digits)}"


def percent_range(
    low: Number, high: Number, language: Language, *, digits: int | None = None, style: Style = "din"
) -> str:
    """Two shares of one: `13,95 bis 16,05 %` / `13.95% to 16.05%`; both with the decimals that the finer one needs."""
    if exact(low) > exact(high):
        raise UsageError("The low end of a range lies above its high end; swap them.")
    decimals = max(percent_digits(low), percent_digits(high)) if digits is None else digits
    last = percent(high, language, digits=decimals, style=style)
    if language == "en":
        return f"{percent(low, language, digits=decimals)} to {last}"
    return f"{decimal(exact(low) * 100, decimals, language)} bis {last}"


def hedged_percent(share: Number, language: Language, *, step: Number = 0.01, style: Style = "din") -> str:
    """A share of one, rounded to `step` with the word that makes it true: 0.1578 is `knapp 16 %` / `just under 16%`.

    The size only: the direction is the verb's matter, so a fall of 0.0947 prints `gut 9 %`.
    """
    by = exact(step)
    digits = max(0, -int(by.normalize().as_tuple().exponent) - 2)
    said = hedge(abs(exact(share)), by, unit=Decimal(1).scaleb(-digits - 2))
    return _hedged(said, percent(said.stated.value, language, digits=digits, style=style), language)


def hedged_money(
    value: Number,
    currency: str,
    language: Language,
    *,
    step: Number,
    kind: str = "",
    style: Style = "din",
) -> str:
    """An amount below one million, rounded to `step`: `gut 145 €` (step 5), `just under $170`. Raises UsageError above.

    `kind` is the claim's kind: hedges on prices and targets are narrower (`hedges.PRICE_KINDS`).
    """
    if abs(exact(value)) >= 1_000_000:
        raise UsageError("A hedged amount of a million or more needs its scale; print it in full with money().")
    digits = max(0, -int(exact(step).normalize().as_tuple().exponent))
    said = hedge(value, step, unit=Decimal(1).scaleb(-digits), kind=kind)
    return _hedged(said, money(said.stated.value, currency, language, style=style, digits=digits), language)


def _hedged(said: Hedged, figure: str, language: Language) -> str:
    word = said.word(language)
    return f"{word} {figure}" if word else figure


def ratio(value: Number, language: Language, *, digits: int = 2) -> str:
    """A bare ratio such as put to call: `0,62` / `0.62`."""
    return decimal(value, digits, language)


def multiple(value: Number, language: Language, *, digits: int = 1) -> str:
    """How many times: `18,4-fach` / `18.4x`; a whole number without decimals when `digits` is 0: `2-fach`, `2x`."""
    number = decimal(value, digits, language)
    return f"{number}-fach" if language == "de" else f"{number}x"


def count(number: int, of: str, language: Language, *, case: Case = "nominative", words: bool = False) -> str:
    """A number of things: `3 Handelstage`, `fünf Handelstage` (`words`, none to twelve), `1 session`.

    `of` is a key of the lexicon in `nouns`. From one million on as `big` prints it.
    """
    entry = noun(of, language)
    form = entry.form(case, plural=number != 1)
    if words and 2 <= number <= 12:
        return f"{NUMBER_WORDS[language][number - 2]} {form}"
    if words and number == 1:
        return f"{entry.indefinite(case)} {form}"
    if words and number == 0:
        return f"{_NONE[language][CASES.index(case)]} {form}"
    return f"{big(number, language)}{NBSP}{form}"


def shares(number: Number, language: Language, *, digits: int | None = None) -> str:
    """A number of shares: `12.345 Aktien`, `3,2 Millionen Aktien` / `3.2 million shares`."""
    return _units(number, "share", language, digits)


def contracts(number: Number, language: Language, *, digits: int | None = None) -> str:
    """A number of option contracts: `12.345 Kontrakte` / `12,345 contracts`."""
    return _units(number, "contract", language, digits)


def _units(number: Number, of: str, language: Language, digits: int | None) -> str:
    form = noun(of, language).form("nominative", plural=exact(number) != Decimal(1))
    return f"{big(number, language, digits=digits)}{NBSP}{form}"


def quantity(
    value: Quantity | Gap,
    language: Language,
    *,
    style: Style = "din",
    digits: int | None = None,
    signed: bool = False,
) -> str:
    """A `Quantity` by its unit: money, `ratio` as percent, `shares`, `contracts`, any other as `count`'s number.

    A `Gap` is never printed as a number: UsageError.
    """
    if isinstance(value, Gap):
        raise UsageError(f"'{value.question}' is a gap and has no number; print its detail instead.")
    if value.is_money:
        return money(value.value, value.unit, language, style=style, digits=digits, signed=signed)
    if value.unit == "ratio":
        return percent(value.value, language, style=style, digits=digits, signed=signed)
    if value.unit == "shares":
        return shares(value.value, language, digits=digits)
    if value.unit == "contracts":
        return contracts(value.value, language, digits=digits)
    return big(value.value, language, digits=digits, signed=signed)
