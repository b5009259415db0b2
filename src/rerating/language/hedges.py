"""Hedges as intervals: what "rund", "knapp", "gut" or "mehr als" a stated figure allows the true one to be.

With v the figure as stated, x the true one, u one unit of v's last stated digit (15 % has u = 1 %, 1.5 bn u = 0.1 bn):

    g  the grain: the largest of u, 5u, 10u, 50u, 100u ... of which v is a multiple
    w = max(u/2, min(g, 7 % of v))        how far a hedged figure may be off
        for prices and price targets g is also at most 1 % of v (approx) or 3 % of v (slightly)

    exact            |x - v| <= u/2           more_than   x > v
    approx           |x - v| <= w             less_than   x < v
    slightly_below   v - w <= x < v           at_least    x >= v
    slightly_above   v < x <= v + w           up_to       x <= v
    range            low <= x <= high

The caps never take w below u/2: a figure with "rund" before it is never stricter than the same figure without. Signed
figures are read by their size, so that a loss of "knapp 10 %" and a gain of "knapp 10 %" mirror each other; v, u and x
must be on one scale (all percent, or all shares of one). Bounds are computed in decimal arithmetic and x enters with 12
significant digits, so an x on a bound is inside or outside on every platform alike.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.language.languages import Language
from rerating.language.numbers import Number, exact


class Comparator(StrEnum):
    """How a stated figure stands to the true one. NONE: the claim holds no figure."""

    EXACT = "exact"
    APPROX = "approx"
    SLIGHTLY_BELOW = "slightly_below"
    SLIGHTLY_ABOVE = "slightly_above"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    RANGE = "range"
    NONE = "none"


PRICE_KINDS = frozenset({"price_level", "high_low_level", "moving_average", "price_target"})
"""Claim kinds under which a figure is a price or a target and hedges are narrower."""

_RELATIVE = Decimal("0.07")
_PRICE_CAP = {
    Comparator.APPROX: Decimal("0.01"),
    Comparator.SLIGHTLY_BELOW: Decimal("0.03"),
    Comparator.SLIGHTLY_ABOVE: Decimal("0.03"),
}


class Stated(Record):
    """A figure as stated: its value and one unit of its last stated digit, both absolute (1.5 bn: 1.5e9 and 1e8)."""

    value: float
    step: float

    @classmethod
    def of(cls, text: str, *, scale: Number = 1) -> Stated:
        """From plain digits with a decimal point: `of("1.5", scale=10**9)`, `of("15")`, `of("169.90")`."""
        number = Decimal(text)
        unit = Decimal(1).scaleb(min(int(number.as_tuple().exponent), 0))
        return cls(value=float(number * exact(scale)), step=float(unit * exact(scale)))

    def scaled(self, factor: Number) -> Stated:
        """The same figure on another scale: percent to a share of one with `0.01` (exact in decimal arithmetic)."""
        by = exact(factor)
        return Stated(value=float(exact(self.value) * by), step=float(exact(self.step) * abs(by)))


class Interval(Record):
    """An interval; an end that is None is infinite. Open ends do not belong to it."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def contains(self, x: Number) -> bool:
        """Whether x, at 12 significant digits, lies inside."""
        at = exact(x)
        if self.low is not None and (at < exact(self.low) or (self.low_open and at == exact(self.low))):
            return False
        return self.high is None or not (at > exact(self.high) or (self.high_open and at == exact(self.high)))

    def mirrored(self) -> Interval:
        """The interval of -x."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low=low, high=high, low_open=self.high_open, high_open=self.low_open)


def _grains(stated: Stated) -> list[Decimal]:
    """u, 5u, 10u, 50u ... of which the figure is a multiple, ascending; only u for zero."""
    value, step = abs(exact(stated.value)), exact(stated.step)
    if step <= 0:
        raise UsageError("The unit of the last stated digit has to be above zero.")
    found = [step]
    size, factor = step * 5, 2
    while value and size <= value:
        if value % size == 0:
            found.append(size)
        size, factor = size * factor, 7 - factor
    return found


def grain(stated: Stated) -> float:
    """The largest of u, 5u, 10u, 50u ... of which the figure is a multiple: 200 has 100, 145 has 5, 42 has 1."""
    return float(_grains(stated)[-1])


def _width(stated: Stated, comparator: Comparator, is_price: bool) -> Decimal:
    size = abs(exact(stated.value))
    width = min(_grains(stated)[-1], _RELATIVE * size)
    if is_price and comparator in _PRICE_CAP:
        width = min(width, _PRICE_CAP[comparator] * size)
    return max(exact(stated.step) / 2, width)


def width(stated: Stated, comparator: Comparator = Comparator.APPROX, *, kind: str = "") -> float:
    """w of the module's formula, in the figure's unit. `kind` is the claim's kind (`PRICE_KINDS` are capped)."""
    return float(_width(stated, comparator, kind in PRICE_KINDS))


def interval(stated: Stated, comparator: Comparator, *, kind: str = "", upper: Stated | None = None) -> Interval:
    """Where the true figure has to lie for the stated one to hold.

    `upper` is the second figure of a range (only there). Raises UsageError for comparator NONE, a range without its
    upper figure or with ends in the wrong order, and a step that is not above zero.
    """
    if comparator is Comparator.NONE:
        raise UsageError("A claim without a figure has no interval; test it by its kind.")
    if (upper is not None) != (comparator is Comparator.RANGE):
        raise UsageError("A range needs its upper figure, and only a range has one.")
    if upper is not None:
        if exact(upper.value) < exact(stated.value):
            raise UsageError("The low end of the range lies above its high end; swap them.")
        return Interval(low=stated.value, high=upper.value)
    by_size = _by_size(stated, comparator, kind in PRICE_KINDS)
    return by_size.mirrored() if stated.value < 0 else by_size


def _by_size(stated: Stated, comparator: Comparator, is_price: bool) -> Interval:
    v = abs(exact(stated.value))
    at, half = float(v), exact(stated.step) / 2
    w = _width(stated, comparator, is_price)
    match comparator:
        case Comparator.EXACT:
            return Interval(low=float(v - half), high=float(v + half))
        case Comparator.APPROX:
            return Interval(low=float(v - w), high=float(v + w))
        case Comparator.SLIGHTLY_BELOW:
            return Interval(low=float(v - w), high=at, high_open=True)
        case Comparator.SLIGHTLY_ABOVE:
            return Interval(low=at, high=float(v + w), low_open=True)
        case Comparator.MORE_THAN:
            return Interval(low=at, low_open=True)
        case Comparator.LESS_THAN:
            return Interval(high=at, high_open=True)
        case Comparator.AT_LEAST:
            return Interval(low=at)
        case _:
            return Interval(high=at)


def holds(stated: Stated, comparator: Comparator, true: Number, *, kind: str = "", upper: Stated | None = None) -> bool:
    """Whether the true figure lies in the stated one's interval."""
    return interval(stated, comparator, kind=kind, upper=upper).contains(true)


def understated(stated: Stated, comparator: Comparator, true: Number) -> bool:
    """Whether "more than" (or "at least") holds, yet the true figure lies beyond the next round number.

    The next round number is v + r with r the largest grain of v that is at most v/2, at least u: after 9 % comes 10 %,
    after 10 % 15 %, after 100 150. So "mehr als 9 %" is confirmed for 10.17 %, with this note.
    """
    if comparator not in (Comparator.MORE_THAN, Comparator.AT_LEAST):
        return False
    size = abs(exact(stated.value))
    step = max((each for each in _grains(stated) if each <= size / 2), default=exact(stated.step))
    x = exact(true) if stated.value >= 0 else -exact(true)
    return x > size + step


WRITTEN: dict[Language, dict[Comparator, str]] = {
    "de": {
        Comparator.EXACT: "",
        Comparator.APPROX: "rund",
        Comparator.SLIGHTLY_BELOW: "knapp",
        Comparator.SLIGHTLY_ABOVE: "gut",
        Comparator.MORE_THAN: "mehr als",
        Comparator.LESS_THAN: "weniger als",
        Comparator.AT_LEAST: "mindestens",
        Comparator.UP_TO: "höchstens",
    },
    "en": {
        Comparator.EXACT: "",
        Comparator.APPROX: "about",
        Comparator.SLIGHTLY_BELOW: "just under",
        Comparator.SLIGHTLY_ABOVE: "just over",
        Comparator.MORE_THAN: "more than",
        Comparator.LESS_THAN: "less than",
        Comparator.AT_LEAST: "at least",
        Comparator.UP_TO: "at most",
    },
}
"""The word that is written before a figure."""


def hedge_word(comparator: Comparator, language: Language) -> str:
    """`knapp` / `just under`; empty for exact. Raises UsageError where no word stands before the figure."""
    word = WRITTEN[language].get(comparator)
    if word is None:
        raise UsageError(f"'{comparator}' has no word before a figure.")
    return word


class Hedged(Record):
    """A rounded figure with the hedge that makes it true."""

    comparator: Comparator
    stated: Stated

    def word(self, language: Language) -> str:
        """The hedge's word, empty where the figure is exact as printed."""
        return hedge_word(self.comparator, language)


def hedge(true: Number, step: Number, *, unit: Number | None = None, kind: str = "") -> Hedged:
    """The true figure rounded to a multiple of `step`, with the hedge that holds by the intervals above.

    `step` is on the figure's scale (1 for whole percent, 5 for 145 out of 145.82, 0.01 where shares of one are meant).
    `unit` is u, one unit of the last digit that will be printed; None takes it from the last digit of `step` (5 gives
    1, 0.25 gives 0.01, 10 gives 10). Rounding to tens and printing in full needs `unit=1`, else the reader's interval
    is narrower than the writer's.

    Rounded half away from zero. Equal: exact. Off by at most a tenth of w: rund. Else knapp below and gut above the
    rounded figure where they hold; where the rounded figure is too far off, it is rounded towards zero instead and said
    with gut or mehr als. The result always holds: `holds(result.stated, result.comparator, true, kind=kind)`.
    Raises UsageError where step or unit is not above zero.
    """
    x, by = exact(true), exact(step)
    if by <= 0 or (unit is not None and exact(unit) <= 0):
        raise UsageError("The step to round to and the unit of the last digit have to be above zero.")
    u = Decimal(1).scaleb(int(by.normalize().as_tuple().exponent)) if unit is None else exact(unit)
    near = _stated((x / by).to_integral_value(rounding=ROUND_HALF_UP) * by, u)
    off = abs(x - exact(near.value))
    if not off:
        return Hedged(comparator=Comparator.EXACT, stated=near)
    if near.value:
        if off * 10 <= _width(near, Comparator.APPROX, kind in PRICE_KINDS):
            return Hedged(comparator=Comparator.APPROX, stated=near)
        below = abs(x) < abs(exact(near.value))
        side = Comparator.SLIGHTLY_BELOW if below else Comparator.SLIGHTLY_ABOVE
        if holds(near, side, true, kind=kind):
            return Hedged(comparator=side, stated=near)
    under = _stated((x / by).to_integral_value(rounding=ROUND_DOWN) * by, u)
    if under.value and holds(under, Comparator.SLIGHTLY_ABOVE, true, kind=kind):
        return Hedged(comparator=Comparator.SLIGHTLY_ABOVE, stated=under)
    if under.value:
        return Hedged(comparator=Comparator.MORE_THAN, stated=under)
    return Hedged(comparator=Comparator.LESS_THAN, stated=_stated(by.copy_sign(x), u))


def _stated(value: Decimal, unit: Decimal) -> Stated:
    return Stated(value=float(value), step=float(unit))
