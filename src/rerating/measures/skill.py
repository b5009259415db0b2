"""Skill of forecasts against a reference, with block-bootstrap intervals over months.

Forecasts of one month share their market, and forecasts of neighbouring months overlap, so the independent unit is a
block of months and not a forecast. Inputs are sums by month: losses [months] or [months, models], and how many
forecasts each month has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate with the ends of its two-sided bootstrap interval at `level`, and its number of months."""

    value: float
    low: float
    high: float
    level: float
    months: int


def by_month(values: Floats, month: Places, months: int) -> Floats:
    """Sums of `values` [n] by month number [n] in 0 .. months - 1."""
    return np.asarray(np.bincount(month, weights=values, minlength=months), dtype=np.float64)


def stationary_draws(months: int, block: float, reps: int, rng: np.random.Generator) -> Places:
    """Rows of month numbers [reps, months] of the stationary bootstrap (Politis and Romano 1994).

    Blocks start anywhere, wrap around, and have geometric lengths with mean `block`.
    """
    fresh = rng.random((reps, months)) < 1.0 / block
    fresh[:, 0] = True
    starts = rng.integers(0, months, size=(reps, months))
    begin = np.maximum.accumulate(np.where(fresh, np.arange(months), 0), axis=1)
    return np.asarray((np.take_along_axis(starts, begin, axis=1) + np.arange(months) - begin) % months, dtype=np.int64)


def ratio_interval(over: Floats, under: Floats, draws: Places, level: float = 0.90) -> Interval:
    """The ratio sum(over) / sum(under) of monthly sums, with its percentile interval over `draws`."""
    value = float(over.sum() / under.sum())
    if len(over) < 2:
        return Interval(value=value, low=value, high=value, level=level, months=len(over))
    ratios = over[draws].sum(axis=1) / np.maximum(under[draws].sum(axis=1), 1e-300)
    low, high = np.quantile(ratios, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Interval(value=value, low=float(low), high=float(high), level=level, months=len(over))


def skill(losses: Floats, reference: Floats, draws: Places, level: float = 0.90) -> Interval:
    """1 - sum(losses) / sum(reference): the share of the reference's loss that the forecasts save."""
    ratio = ratio_interval(losses, reference, draws, level)
    return Interval(
        value=1.0 - ratio.value, low=1.0 - ratio.high, high=1.0 - ratio.low, level=level, months=ratio.months
    )
