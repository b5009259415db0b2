"""Present value, internal rate of return and payback of cash flows, for many scenarios at once.

Flows have the shape (t, n): one row a quarter, the first at instant 0, one column a scenario. Rates are yearly and
effective: the factor of one quarter is (1 + rate)^(-1/4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUARTER = 0.25
LOWEST_RATE, HIGHEST_RATE = -0.99, 100.0
"""Rates of return are searched between -99 % and +10,000 % a year."""


class Found(NamedTuple):
    """One value a scenario, and whether it has one. Where `found` is False the value is 0 and means nothing."""

    value: NDArray[np.float64]
    found: NDArray[np.bool_]


def discount_factors(rate: NDArray[np.float64] | float, rows: int) -> NDArray[np.float64]:
    """(1 + rate)^(-t/4) for t = 0 ... rows-1, shape (rows, n) for n rates, (rows, 1) for one."""
    quarterly = np.power(1.0 + np.atleast_1d(np.asarray(rate, dtype=np.float64)), -QUARTER)
    factors = np.empty((rows, quarterly.size))
    factors[0] = 1.0
    for row in range(1, rows):
        np.multiply(factors[row - 1], quarterly, out=factors[row])
    return factors


def present_value(flows: NDArray[np.float64], factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum over quarters of flow times factor, shape (n,)."""
    return np.asarray(np.einsum("tn,tn->n", flows, np.broadcast_to(factors, flows.shape)))


def running_sum(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of all rows up to each, shape as given. Row by row, which is many times faster than cumsum on axis 0."""
    total = np.empty_like(rows)
    total[0] = rows[0]
    for row in range(1, len(rows)):
        np.add(total[row - 1], rows[row], out=total[row])
    return total


def payback(flows: NDArray[np.float64]) -> Found:
    """Years until the cumulated flows are first no longer negative, linear within the quarter that does it.

    Give flows times factors for the discounted payback. Not found where that never happens within the flows; 0 where
    the first flow is not negative.
    """
    cumulated = running_sum(flows)
    back = cumulated >= 0.0
    found = np.asarray(back.any(axis=0))
    row = np.argmax(back, axis=0)
    column = np.arange(flows.shape[1])
    before = cumulated[np.maximum(row - 1, 0), column]
    step = flows[row, column]
    inside = np.divide(-before, step, out=np.zeros_like(step), where=(row > 0) & (step != 0.0))
    years = np.where(row > 0, (row - 1 + inside) * QUARTER, 0.0)
    return Found(np.where(found, years, 0.0), found)


def internal_rate_of_return(flows: NDArray[np.float64]) -> Found:
    """The yearly rate at which the flows are worth nothing, where there is exactly one between -99 % and +10,000 %.

    Unique by Descartes (the flows change sign once) or Norstrom (their running sum changes sign once and ends
    positive); other flows are scanned, and one with several rates has none (found is False). Newton's method in the
    quarterly factor, kept inside a bracket; the residual is at the rounding of the sum.
    """
    scale = np.max(np.abs(flows), axis=0)
    scaled = flows / np.where(scale > 0.0, scale, 1.0)
    lowest = np.full(flows.shape[1], (1.0 + HIGHEST_RATE) ** -QUARTER)
    # the highest power has to stay a number: beyond a hundred years the lowest rate that is searched rises
    highest = np.full(flows.shape[1], min((1.0 + LOWEST_RATE) ** -QUARTER, 10.0 ** (250.0 / len(flows))))
    single = _norstrom(scaled)
    if not single.all():
        several = np.flatnonzero(~single)
        single[several] = _sign_changes(scaled[:, several]) == 1
        several = np.flatnonzero(~single)
        if several.size:
            lowest[several], highest[several], crossings = _scanned(scaled[:, several], lowest[0], highest[0])
            single[several] = crossings == 1
    at_lowest, at_highest = np.sign(_value(scaled, lowest)), np.sign(_value(scaled, highest))
    found = single & (at_lowest * at_highest < 0)
    root = _bracketed_newton(scaled, lowest, highest, at_lowest)
    return Found(np.where(found, root**-4.0 - 1.0, 0.0), found)


def _norstrom(flows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the running sum starts negative, crosses zero once and ends positive: one positive rate, no more."""
    behind = running_sum(flows) < 0.0
    return np.asarray(behind[0] & ~behind[-1] & (np.count_nonzero(behind[1:] != behind[:-1], axis=0) == 1))


def _sign_changes(rows: NDArray[np.float64]) -> NDArray[np.int64]:
    changes = np.zeros(rows.shape[1], dtype=np.int64)
    last = np.zeros(rows.shape[1])
    for row in rows:
        sign = np.sign(row)
        changes += (sign != 0.0) & (last != 0.0) & (sign != last)
        last = np.where(sign != 0.0, sign, last)
    return changes


def _value(flows: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    value: NDArray[np.float64] = flows[-1].copy()
    for row in flows[-2::-1]:
        value *= x
        value += row
    return value


def _value_and_slope(
    flows: NDArray[np.float64], x: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Value and slope of sum(flow_t x^t) at x, by Horner's rule."""
    value, slope = flows[-1].copy(), np.zeros_like(x)
    for row in flows[-2::-1]:
        slope *= x
        slope += value
        value *= x
        value += row
    return value, slope


def _scanned(
    flows: NDArray[np.float64], low: float, high: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    grid = np.geomspace(low, high, 400)
    signs = np.array([np.sign(_value(flows, np.full(flows.shape[1], x))) for x in grid])
    crossing = signs[1:] * signs[:-1] < 0
    first = np.argmax(crossing, axis=0)
    return grid[first], grid[first + 1], crossing.sum(axis=0)


def _bracketed_newton(
    flows: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    sign_at_low: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The root of each column; columns that have arrived are taken out of the work."""
    root = np.clip(np.full_like(low, 0.98), low, high)
    active = np.arange(root.size)
    moving = np.ones(root.size, dtype=np.bool_)
    x, low, high = root.copy(), low.copy(), high.copy()
    for _ in range(80):
        value, slope = _value_and_slope(flows, x)
        on_low_side = np.sign(value) == sign_at_low
        low = np.where(on_low_side, x, low)
        high = np.where(on_low_side, high, x)
        step = np.divide(value, slope, out=np.zeros_like(value), where=slope != 0.0)
        proposed = x - step
        inside = (proposed >= low) & (proposed <= high) & (slope != 0.0)
        following = np.where(moving, np.where(inside, proposed, 0.5 * (low + high)), x)
        root[active] = following
        moving = moving & (~inside | (np.abs(following - x) > 1e-9 * x))  # the error after such a step is its square
        if not moving.any():
            break
        if np.count_nonzero(moving) < 0.7 * moving.size:
            active, flows, following = active[moving], flows[:, moving], following[moving]
            low, high, sign_at_low = low[moving], high[moving], sign_at_low[moving]
            moving = moving[moving]
        x = following
    return root
