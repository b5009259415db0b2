"""Plain numbers, percent, points and large amounts.

All functions round half away from zero (DIN 1333) after cutting the float to the 12 significant digits that the
canonical JSON prints, so that the same fact prints the same digits on every platform. A figure that rounds to zero
bears no sign. Raises UsageError on NaN and infinities: what is not known is a Gap and is not printed as a number.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from rerating.core.errors import UsageError
from rerating.language.languages import MINUS, NBSP, Language, Style, written

Number = float | int | Decimal

SCALES: tuple[tuple[int, dict[str, tuple[str, str, str]]], ...] = (
    (6, {"de": ("Million", "Millionen", "Mio."), "en": ("million", "million", "m")}),
    (9, {"de": ("Milliarde", "Milliarden", "Mrd."), "en": ("billion", "billion", "bn")}),
    (12, {"de": ("Billion", "Billionen", "Bio."), "en": ("trillion", "trillion", "tn")}),
)
"""Power of ten, then by language: the word for exactly one, for any other number, and the abbreviation."""


def exact(value: Number) -> Decimal:
    """The number that the canonical JSON would print: 12 significant digits, no -0."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise UsageError("A number that is not finite cannot be printed; hand over a Gap instead.")
        return value + 0 if value else Decimal(0)
    if not math.isfinite(value):
        raise UsageError("A number that is not finite cannot be printed; hand over a Gap instead.")
    return Decimal(f"{value:.12g}") if value else Decimal(0)


def rounded(value: Number, digits: int) -> Decimal:
    """`value` with `digits` decimals (negative: tens, hundreds), half away from zero; zero bears no sign."""
    cut = exact(value)
    step = Decimal(1).scaleb(-digits)
    units = (cut / step).to_integral_value(rounding=ROUND_HALF_UP)
    result = (units * step).quantize(step) if digits >= 0 else units * step
    return result if result else abs(result)


#: From Python's signs of grouping and decimals to those of a language.
_SIGNS: dict[Language, dict[int, int]] = {"de": str.maketrans(",.", ".,"), "en": {}}


def decimal(value: Number, digits: int, language: Language, *, signed: bool = False) -> str:
    """`1.234,50` / `1,234.50`: grouped, with exactly `digits` decimals; `signed` puts + before a gain."""
    amount = rounded(value, digits)
    plain = f"{abs(amount):,.{max(digits, 0)}f}".translate(_SIGNS[written(language)])
    if amount < 0:
        return MINUS + plain
    return "+" + plain if signed and amount > 0 else plain


def percent_digits(share: Number) -> int:
    """Decimals that a share is printed with: 1; 0 from 1,000 % on; more (at most 4) where 1 would print zero."""
    size = abs(exact(share) * 100)
    if rounded(size, 1) >= 1000:
        return 0
    for digits in (1, 2, 3, 4):
        if rounded(size, digits):
            return digits
    return 1


def percent(
    share: Number, language: Language, *, digits: int | None = None, signed: bool = False, style: Style = "din"
) -> str:
    """A share of one as percent: 0.158 is `15,8 %` (DIN 5008, NBSP), `15,8 Prozent` (press) or `15.8%` (English)."""
    decimals = percent_digits(share) if digits is None else digits
    number = decimal(exact(share) * 100, decimals, language, signed=signed)
    if language == "en":
        return number + "%"
    return number + NBSP + ("%" if style == "din" else "Prozent")


def points(share: Number, language: Language, *, digits: int = 1, signed: bool = False) -> str:
    """A difference of two shares in percentage points: 0.018 is `1,8 Prozentpunkte` / `1.8 percentage points`."""
    amount = rounded(exact(share) * 100, digits)
    number = decimal(amount, digits, language, signed=signed)
    one = digits == 0 and abs(amount) == 1
    word = {"de": ("Prozentpunkte", "Prozentpunkt"), "en": ("percentage points", "percentage point")}[language][one]
    return number + NBSP + word.replace(" ", NBSP)


def basis_points(share: Number, language: Language, *, digits: int = 0, signed: bool = False) -> str:
    """A difference of two shares in hundredths of a point: 0.0025 is `25 Basispunkte` / `25 basis points`."""
    amount = rounded(exact(share) * 10_000, digits)
    number = decimal(amount, digits, language, signed=signed)
    one = digits == 0 and abs(amount) == 1
    word = {"de": ("Basispunkte", "Basispunkt"), "en": ("basis points", "basis point")}[language][one]
    return number + NBSP + word.replace(" ", NBSP)


def big_parts(value: Number, digits: int | None) -> tuple[Decimal, int, int]:
    """(mantissa, decimals, power of ten) that `big` prints; power 0 below one million after rounding."""
    amount = exact(value)
    for power, _ in reversed(SCALES):
        mantissa = amount.scaleb(-power)
        decimals = _big_digits(mantissa) if digits is None else digits
        # Whether the next smaller scale, at its own decimals, would print a thousand: 996.3 billion is no trillion.
        if abs(rounded(mantissa, 3 + (1 if digits is None else digits))) >= 1:
            return rounded(mantissa, decimals), decimals, power
    decimals = 0 if digits is None else digits
    return rounded(amount, decimals), decimals, 0


def _big_digits(mantissa: Decimal) -> int:
    """Two decimals below ten, else one; those that are zero are dropped."""
    most = 2 if abs(rounded(mantissa, 2)) < 10 else 1
    return next(digits for digits in range(most + 1) if rounded(mantissa, digits) == rounded(mantissa, most))


def big(
    value: Number,
    language: Language,
    *,
    digits: int | None = None,
    signed: bool = False,
    form: Literal["long", "short"] = "long",
) -> str:
    """A large amount: `380 Milliarden`, `118,0 Mrd.`, `118.0 billion`, `118.0bn`.

    The scale is the largest under which the rounded figure is at least one, so 999.96 m with one decimal is 1.0 bn.
    `digits` None prints up to two decimals below ten, else up to one, without trailing zeros. Below one million the
    number is printed in full (no decimals unless asked for). German `Billion` is 10^12, English `billion` 10^9.
    """
    mantissa, decimals, power = big_parts(value, digits)
    number = decimal(mantissa, decimals, language, signed=signed)
    if not power:
        return number
    one, many, short = dict(SCALES)[power][language]
    if form == "short":
        return number + (NBSP if language == "de" else "") + short
    return number + NBSP + (one if decimals == 0 and abs(mantissa) == 1 else many)
