"""The market model of one line on one date or on many, in plain NumPy.

One event needs no compiler: loading one takes longer than a thousand of these fits. The compiled loops of a study
follow the same formulas in the same order (`fit_kernels.fit_complete`, `batch_kernels.cumulate_block`); the tests hold
the two together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rerating.measures.event_study.layout import FIT, FLAT_BENCHMARK, NO_VARIANCE, ROUNDING, TOO_FEW, Floats, Integers

# Dates that go through the fit together, so that their windows stay in the processor's cache.
CHUNK = 64


class Fits(NamedTuple):
    """Market models of m estimation windows. Arrays [m]; `used` counts the days that have both returns."""

    code: Integers
    used: Integers
    alpha: Floats
    beta: Floats
    variance: Floats
    """Residual variance with n - 2 degrees of freedom."""
    centre: Floats
    """Mean of the benchmark."""
    squares: Floats
    """Sum of its squared deviations."""


class Windows(NamedTuple):
    """Abnormal returns of m event windows of L days: `ar`, `ar_variance` [m, L], NaN on missing days; the rest [m]."""

    ar: Floats
    ar_variance: Floats
    car: Floats
    car_variance: Floats
    days: Integers


def windows_of(series: Floats, length: int) -> Floats:
    """All windows of `series` as a view: row s holds the `length` values that end before s, NaN before the first."""
    view: Floats = np.lib.stride_tricks.sliding_window_view(np.concatenate((np.full(length, np.nan), series)), length)
    return view


def fit_market_model(returns: Floats, benchmark: Floats, minimum: int) -> Fits:
    """Least squares of each row of `returns` [m, n] on that of `benchmark`, days where either is NaN left out."""
    missing = np.isnan(returns + benchmark)
    holes = bool(missing.any())
    count = returns.shape[1] - missing.sum(axis=1)
    y, x = (np.where(missing, 0.0, series) if holes else series for series in (returns, benchmark))
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, level = x.sum(axis=1) / count, y.sum(axis=1) / count
        dx = x - centre[:, None]
        if holes:
            dx[missing] = 0.0
        moved = np.einsum("ij,ij->i", dx, dx)
        beta = np.einsum("ij,ij->i", dx, y) / moved
        residual = y - level[:, None]
        residual -= beta[:, None] * dx
        if holes:
            residual[missing] = 0.0
        squares = np.einsum("ij,ij->i", residual, residual)
        flat = ~(moved > ROUNDING * (moved + count * centre * centre))
        still = ~(squares > ROUNDING * (squares + beta * beta * moved + count * level * level))
        few = count < max(minimum, 3)
        code = np.select([few, flat, still], [TOO_FEW, FLAT_BENCHMARK, NO_VARIANCE], FIT)
        return Fits(code, count, level - beta * centre, beta, squares / (count - 2), centre, moved)


def abnormal_windows(returns: Floats, benchmark: Floats, fits: Fits) -> Windows:
    """AR and its forecast variance on each day of the windows `returns`, `benchmark` [m, L], and CAR and its own.

    CAR sums the `days` that have a return; a row without a fit has none of the numbers.
    """
    known = ~np.isnan(returns + benchmark)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1.0 / fits.used
        dx = benchmark - fits.centre[:, None]
        ar = returns - (fits.alpha[:, None] + fits.beta[:, None] * benchmark)
        spread = 1.0 + share[:, None] + dx * dx / fits.squares[:, None]
        ar_variance = np.where(known, fits.variance[:, None] * spread, np.nan)
        days = known.sum(axis=1)
        car = np.where(known, ar, 0.0).sum(axis=1)
        deviation = np.where(known, dx, 0.0).sum(axis=1)
        total = days + share * days * days + deviation * deviation / fits.squares
        return Windows(ar, ar_variance, car, fits.variance * total, days)


def standardised_at(
    returns: Floats,
    benchmark: Floats,
    positions: Integers,
    *,
    estimation: int,
    gap: int,
    window: tuple[int, int],
    minimum: int,
) -> Floats:
    """[m, 2] for each position: |CAR / S_CAR| and |AR / S_AR| of day 0; NaN where not to be had.

    Only complete windows count: a sum over fewer days is another statistic.
    """
    first, last = window
    days = last - first + 1
    out = np.full((positions.size, 2), np.nan)
    stop, end = positions + (min(first, 0) - gap), positions + last + 1
    past, ahead = ([windows_of(series, length) for series in (returns, benchmark)] for length in (estimation, days))
    inside = np.flatnonzero((stop > 0) & (end <= returns.size))
    for start in range(0, inside.size, CHUNK):
        rows = inside[start : start + CHUNK]
        fits = fit_market_model(past[0][stop[rows]], past[1][stop[rows]], minimum)
        found = abnormal_windows(ahead[0][end[rows]], ahead[1][end[rows]], fits)
        usable = (fits.code == FIT) & (found.days == days)
        with np.errstate(divide="ignore", invalid="ignore"):
            out[rows, 0] = np.where(usable, np.abs(found.car) / np.sqrt(found.car_variance), np.nan)
            if first <= 0 <= last:
                day = np.abs(found.ar[:, -first]) / np.sqrt(found.ar_variance[:, -first])
                out[rows, 1] = np.where(usable, day, np.nan)
    return out
