"""Compiled loops of the single-event study. Imported only inside functions: importing the package compiles nothing."""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rerating.core.compile import compiled

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

FIT, TOO_FEW, FLAT_BENCHMARK, NO_VARIANCE = 0, 1, 2, 3
ALPHA, BETA, VARIANCE, COUNT, MEAN, SUM_SQUARES = 0, 1, 2, 3, 4, 5

# A sum of squared deviations below this share of the raw sum of squares is rounding, not movement.
ROUNDING = 1e-24


@compiled
def fit_market_model(returns: Floats, benchmark: Floats, start: int, stop: int, minimum: int, fit: Floats) -> int:
    """OLS of `returns` on a constant and `benchmark` over [start, stop), days where either is NaN left out."""
    count = 0
    sum_y = 0.0
    sum_x = 0.0
    raw_y = 0.0
    raw_x = 0.0
    for i in range(start, stop):
        y = returns[i]
        x = benchmark[i]
        if np.isnan(y) or np.isnan(x):
            continue
        count += 1
        sum_y += y
        sum_x += x
        raw_y += y * y
        raw_x += x * x
    fit[COUNT] = count
    if count < minimum or count < 3:
        return TOO_FEW
    mean_y = sum_y / count
    mean_x = sum_x / count
    sxx = 0.0
    sxy = 0.0
    syy = 0.0
    for i in range(start, stop):
        y = returns[i]
        x = benchmark[i]
        if np.isnan(y) or np.isnan(x):
            continue
        dx = x - mean_x
        dy = y - mean_y
        sxx += dx * dx
        sxy += dx * dy
        syy += dy * dy
    if sxx <= ROUNDING * raw_x:
        return FLAT_BENCHMARK
    if syy <= ROUNDING * raw_y:
        return NO_VARIANCE
    beta = sxy / sxx
    ssr = 0.0  # summed from the residuals: syy - beta * sxy would lose digits where the fit is good
    for i in range(start, stop):
        y = returns[i]
        x = benchmark[i]
        if np.isnan(y) or np.isnan(x):
            continue
        residual = (y - mean_y) - beta * (x - mean_x)
        ssr += residual * residual
    if ssr <= ROUNDING * syy:
        return NO_VARIANCE
    fit[ALPHA] = mean_y - beta * mean_x
    fit[BETA] = beta
    fit[VARIANCE] = ssr / (count - 2)
    fit[MEAN] = mean_x
    fit[SUM_SQUARES] = sxx
    return FIT


@compiled
def abnormal_window(
    returns: Floats, benchmark: Floats, start: int, stop: int, fit: Floats, ar: Floats, ar_variance: Floats
) -> tuple[float, float, int]:
    """AR and its forecast variance for [start, stop), NaN on missing days; (CAR, its exact variance, days summed)."""
    days = 0
    car = 0.0
    deviation = 0.0
    for i in range(start, stop):
        y = returns[i]
        x = benchmark[i]
        if np.isnan(y) or np.isnan(x):
            ar[i - start] = np.nan
            ar_variance[i - start] = np.nan
            continue
        dx = x - fit[MEAN]
        value = y - fit[ALPHA] - fit[BETA] * x
        ar[i - start] = value
        ar_variance[i - start] = fit[VARIANCE] * (1.0 + 1.0 / fit[COUNT] + dx * dx / fit[SUM_SQUARES])
        days += 1
        car += value
        deviation += dx
    spread = days + days * days / fit[COUNT] + deviation * deviation / fit[SUM_SQUARES]
    return car, fit[VARIANCE] * spread, days


@compiled
def standardised_at(
    returns: Floats,
    benchmark: Floats,
    positions: Positions,
    estimation: int,
    gap: int,
    first: int,
    last: int,
    minimum: int,
    out: Floats,
) -> None:
    """For each position: |CAR / S_CAR| in out[i, 0] and |AR / S_AR| of day 0 in out[i, 1]; NaN where not to be had.

    Only complete windows count: a sum over fewer days is another statistic.
    """
    width = last - first + 1
    fit = np.empty(6)
    ar = np.empty(width)
    ar_variance = np.empty(width)
    for i in range(positions.size):
        out[i, 0] = np.nan
        out[i, 1] = np.nan
        begin = positions[i] + first
        stop = begin - gap
        if stop <= 0 or positions[i] + last >= returns.size:
            continue
        if fit_market_model(returns, benchmark, max(0, stop - estimation), stop, minimum, fit) != FIT:
            continue
        car, variance, days = abnormal_window(returns, benchmark, begin, begin + width, fit, ar, ar_variance)
        if days < width:
            continue
        out[i, 0] = abs(car) / np.sqrt(variance)
        if first <= 0 <= last:
            out[i, 1] = abs(ar[-first]) / np.sqrt(ar_variance[-first])
