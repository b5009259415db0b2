"""What a price presupposes: the growth and margin, or the years of advantage, that make it a fair one.

The enterprise is worth its free cash flow after tax. Revenue R grows at g for N years of advantage with EBITA margin m
and a sales-to-capital ratio S, so that growth costs g / S of revenue and new capital earns m (1 - t) S. Then, over F
years, growth fades in a line to its terminal rate and the return on new capital to the cost of capital k; from there on
growth adds nothing and the rest is worth next year's NOPAT over k. With q = (1 + g) / (1 + k) and NOPAT margin
n = m (1 - t),

    EV = R [ ((1 + g) n - g / S) / (1 + k) * (1 - q^N) / (1 - q) + q^N * tail(g, n, S, k, F) ]

which holds for fractions of years too. The market-implied competitive advantage period solves it for N (Rappaport and
Mauboussin 2001; Mauboussin and Johnson 1997), the isoquant for g at each m. Flows fall on the ends of years. Arrays
broadcast; rates are yearly; money is of one currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import model_validator

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.measures.cash_flows import Found

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Number = NDArray[np.float64] | float

LOWEST_GROWTH, HIGHEST_GROWTH = -0.5, 2.0
LONGEST_ADVANTAGE = 100.0


class Firm(Record):
    """What stays the same while growth, margin and years of advantage are searched for.

    Each is a number; vectorised work passes arrays to the functions instead.
    """

    revenue: float
    tax_rate: float
    sales_to_capital: float
    discount_rate: float
    terminal_growth: float
    fade_years: int = 10

    @model_validator(mode="after")
    def _sound(self) -> Firm:
        _check(self.discount_rate, self.terminal_growth, self.sales_to_capital)
        return self


def _check(discount_rate: Number, terminal_growth: Number, sales_to_capital: Number) -> None:
    if np.any(np.asarray(terminal_growth) >= np.asarray(discount_rate)):
        raise UsageError("Terminal growth has to stay below the discount rate, else the value is without bound.")
    if np.any(np.asarray(sales_to_capital) <= 0):
        raise UsageError("Sales to capital is above 0: revenue that one unit of new capital brings.")


def tail(
    growth: Number,
    nopat_margin: Number,
    *,
    sales_to_capital: Number,
    discount_rate: Number,
    terminal_growth: Number,
    fade_years: int,
) -> NDArray[np.float64]:
    """The value at the end of the advantage, per unit of that year's revenue: the fade and what follows it."""
    g, n = np.asarray(growth, dtype=np.float64), np.asarray(nopat_margin, dtype=np.float64)
    k, last = np.asarray(discount_rate, dtype=np.float64), np.asarray(terminal_growth, dtype=np.float64)
    start = n * sales_to_capital
    nopat, factor, value = n + 0.0 * g, np.ones_like(g * k), np.zeros_like(g * n * k)
    for year in range(1, fade_years + 1):
        part = year / (fade_years + 1)
        added = nopat * (g + (last - g) * part)
        capital_return = start + (k - start) * part
        nopat = nopat + added
        factor = factor / (1.0 + k)
        value = value + factor * (nopat - np.where(capital_return > 0, added / _positive(capital_return), 0.0))
    return np.asarray(value + factor * nopat * (1.0 + last) / k)


def _positive(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(values > 0, values, 1.0)


def enterprise_value(
    growth: Number,
    margin: Number,
    years: Number,
    *,
    revenue: Number,
    tax_rate: Number,
    sales_to_capital: Number,
    discount_rate: Number,
    terminal_growth: Number,
    fade_years: int = 10,
) -> NDArray[np.float64]:
    """EV of the formula above, in the currency of `revenue`. Raises UsageError where terminal growth reaches k."""
    _check(discount_rate, terminal_growth, sales_to_capital)
    g, k = np.asarray(growth, dtype=np.float64), np.asarray(discount_rate, dtype=np.float64)
    n = np.asarray(margin, dtype=np.float64) * (1.0 - np.asarray(tax_rate, dtype=np.float64))
    years = np.asarray(years, dtype=np.float64)
    after = tail(
        g,
        n,
        sales_to_capital=sales_to_capital,
        discount_rate=k,
        terminal_growth=terminal_growth,
        fade_years=fade_years,
    )
    q = (1.0 + g) / (1.0 + k)
    flow = ((1.0 + g) * n - g / sales_to_capital) / (1.0 + k)
    level = np.isclose(q, 1.0, rtol=0.0, atol=1e-9)
    series = np.where(level, years, (1.0 - q**years) / np.where(level, 1.0, 1.0 - q))
    return np.asarray(revenue * (flow * series + q**years * after))


def implied_growth(
    value: Number,
    margin: Number,
    years: Number,
    *,
    revenue: Number,
    tax_rate: Number,
    sales_to_capital: Number,
    discount_rate: Number,
    terminal_growth: Number,
    fade_years: int = 10,
) -> Found:
    """The growth over the years of advantage at which the enterprise is worth `value`, between -50 % and +200 %.

    Found only where growth creates value (margin (1 - t) S above the cost of capital): below that more growth is worth
    less, and no growth explains a price. Bisection; the answer is right to about 1e-12.
    """
    shape = np.broadcast_shapes(
        *(np.shape(v) for v in (value, margin, years, revenue, tax_rate, sales_to_capital, discount_rate))
    )
    value = np.broadcast_to(np.asarray(value, dtype=np.float64), shape or (1,))
    n = np.asarray(margin) * (1.0 - np.asarray(tax_rate))
    creates = np.broadcast_to(n * sales_to_capital > np.asarray(discount_rate), value.shape)

    def worth(growth: NDArray[np.float64]) -> NDArray[np.float64]:
        return enterprise_value(
            growth,
            margin,
            years,
            revenue=revenue,
            tax_rate=tax_rate,
            sales_to_capital=sales_to_capital,
            discount_rate=discount_rate,
            terminal_growth=terminal_growth,
            fade_years=fade_years,
        )

    low, high = np.full(value.shape, LOWEST_GROWTH), np.full(value.shape, HIGHEST_GROWTH)
    found = np.asarray(creates & (worth(low) <= value) & (worth(high) >= value))
    for _ in range(60):
        middle = 0.5 * (low + high)
        under = worth(middle) < value
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return Found(np.where(found, 0.5 * (low + high), 0.0), found)


def isoquant(firm: Firm, value: float, margins: NDArray[np.float64], years: float) -> Found:
    """For each margin the growth that makes the enterprise worth `value`: one line of equal price."""
    return implied_growth(
        value,
        margins,
        years,
        revenue=firm.revenue,
        tax_rate=firm.tax_rate,
        sales_to_capital=firm.sales_to_capital,
        discount_rate=firm.discount_rate,
        terminal_growth=firm.terminal_growth,
        fade_years=firm.fade_years,
    )


def implied_advantage(
    value: Number,
    growth: Number,
    margin: Number,
    *,
    revenue: Number,
    tax_rate: Number,
    sales_to_capital: Number,
    discount_rate: Number,
    terminal_growth: Number,
    fade_years: int = 10,
) -> Found:
    """The years of advantage that the value presupposes at this growth and margin, in closed form.

    0 where the value needs none (it is no higher than without any such year); not found where a hundred years do not
    reach it, or where further years at this growth add nothing (the return on new capital is not above its cost).
    """
    given = {
        "revenue": revenue,
        "tax_rate": tax_rate,
        "sales_to_capital": sales_to_capital,
        "discount_rate": discount_rate,
        "terminal_growth": terminal_growth,
    }
    none = enterprise_value(growth, margin, 0.0, **given, fade_years=fade_years)
    longest = enterprise_value(growth, margin, LONGEST_ADVANTAGE, **given, fade_years=fade_years)
    value = np.broadcast_to(np.asarray(value, dtype=np.float64), none.shape)
    needless = value <= none
    found = needless | ((longest > none) & (value <= longest))
    g, k = np.asarray(growth, dtype=np.float64), np.asarray(discount_rate, dtype=np.float64)
    n = np.asarray(margin) * (1.0 - np.asarray(tax_rate))
    q = (1.0 + g) / (1.0 + k)
    flow = ((1.0 + g) * n - g / sales_to_capital) / (1.0 + k)
    level = np.isclose(q, 1.0, rtol=0.0, atol=1e-9)
    gap = np.where(level, 1.0, 1.0 - q)
    # value / revenue = flow (1 - q^N) / (1 - q) + q^N none / revenue, so q^N is a quotient of two differences
    over, under = np.asarray(value / revenue - flow / gap), np.asarray(none / revenue - flow / gap)
    power = np.divide(over, under, out=np.ones_like(over + under), where=under != 0.0)
    sensible = found & ~needless & ~level & (power > 0.0)
    curved = np.log(np.where(sensible, power, 1.0)) / np.log(np.where(level, 2.0, q))
    straight = np.divide(value - none, revenue * flow, out=np.zeros_like(value), where=(revenue * flow) != 0.0)
    years = np.where(needless, 0.0, np.where(level, straight, curved))
    return Found(np.atleast_1d(np.where(found, years, 0.0)), np.atleast_1d(found))


class Bridge(Record):
    """From a price to the enterprise: price per unit, units, currency, and what belongs beside the operating business.

    `rate` is how many units of the reporting currency one of the price's is; `haircut` the part of the investments'
    book value that is not believed.
    """

    price: float
    units: float
    rate: float = 1.0
    net_cash: float = 0.0
    investments: float = 0.0
    haircut: float = 0.0
    minorities: float = 0.0

    @property
    def market_value(self) -> float:
        """Price times units, in the reporting currency."""
        return self.price * self.units * self.rate

    @property
    def enterprise(self) -> float:
        """What the price pays for the operating business: without cash and investments, with minorities' part."""
        return self.market_value - self.net_cash - self.investments * (1.0 - self.haircut) + self.minorities

    def price_of(self, enterprise: float) -> float:
        """The price of one unit at another value of the operating business."""
        equity = enterprise + self.net_cash + self.investments * (1.0 - self.haircut) - self.minorities
        return equity / (self.units * self.rate)


class Part(Record):
    """One business of several: its yearly measure (revenue, EBITA) and the multiple it is valued at."""

    name: str
    measure: float
    multiple: float

    @property
    def value(self) -> float:
        """Measure times multiple; a loss is worth less than nothing."""
        return self.measure * self.multiple


def sum_of_parts(parts: Sequence[Part]) -> float:
    """The value of the operating businesses together. Raises UsageError where there are none."""
    if not parts:
        raise UsageError("A sum of parts needs at least one part.")
    return sum(part.value for part in parts)


def implied_multiple(enterprise: float, parts: Sequence[Part], name: str) -> float:
    """The multiple at which the part `name` fills what the others leave of the enterprise's value.

    Raises UsageError where there is no such part, or where its measure is not above 0: no multiple then has a meaning.
    """
    (*_, chosen) = [None, *(part for part in parts if part.name == name)]
    if chosen is None:
        raise UsageError(f"There is no part '{name}'; there are {', '.join(part.name for part in parts)}.")
    if chosen.measure <= 0:
        raise UsageError(f"The measure of '{name}' is not above 0, so that no multiple of it has a meaning.")
    return (enterprise - sum(part.value for part in parts if part.name != name)) / chosen.measure
