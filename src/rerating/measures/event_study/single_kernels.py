"""Compiled loops of the single-event study. Imported only inside functions: importing the package compiles nothing."""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.fit_kernels import centre_market, fit_complete
from rerating.measures.event_study.layout import (
    ALPHA,
    COUNT,
    FIT,
    SHARE,
    TOO_FEW,
    VARIANCE,
    Floats,
    Integers,
)


@compiled
def fit_market_model(
    returns: Floats, benchmark: Floats, start: int, stop: int, minimum: int, market: Floats, fit: Floats
) -> tuple[int, float]:
    """Market model over [start, stop), days where either is NaN left out: the code, beta, and `fit` and `market`."""
    y, x = np.empty(stop - start), np.empty(stop - start)
    count = 0
    for i in range(start, stop):
        if not (np.isnan(returns[i]) or np.isnan(benchmark[i])):
            y[count] = returns[i]
            x[count] = benchmark[i]
            count += 1
    fit[COUNT] = count
    if count < max(minimum, 3):
        return TOO_FEW, np.nan
    dx = np.empty(count)
    centre_market(x[:count], dx, market)
    return fit_complete(y[:count], dx, market, x[:count], fit)


@compiled
def abnormal_window(
    returns: Floats,
    benchmark: Floats,
    start: int,
    beta: float,
    market: Floats,
    fit: Floats,
    ar: Floats,
    ar_variance: Floats,
) -> tuple[float, float, int]:
    """AR and its forecast variance from `start` on, NaN on missing days; (CAR, its exact variance, days summed)."""
    days = 0
    car = 0.0
    deviation = 0.0
    for d in range(ar.size):
        x = benchmark[start + d]
        dx = x - market[0]
        ar[d] = returns[start + d] - (fit[ALPHA] + beta * x)
        ar_variance[d] = fit[VARIANCE] * (1.0 + fit[SHARE] + dx * dx / market[1])
        if np.isnan(ar[d]):
            ar_variance[d] = np.nan
            continue
        days += 1
        car += ar[d]
        deviation += dx
    spread = days + fit[SHARE] * days * days + deviation * deviation / market[1]
    return car, fit[VARIANCE] * spread, days


@compiled
def standardised_at(
    returns: Floats,
    benchmark: Floats,
    positions: Integers,
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
    fit, market = np.zeros(7), np.zeros(3)
    ar = np.empty(width)
    ar_variance = np.empty(width)
    for i in range(positions.size):
        out[i, 0] = np.nan
        out[i, 1] = np.nan
        stop = positions[i] + min(first, 0) - gap
        if stop <= 0 or positions[i] + last >= returns.size:
            continue
        code, beta = fit_market_model(returns, benchmark, max(0, stop - estimation), stop, minimum, market, fit)
        if code != FIT:
            continue
        begin = positions[i] + first
        car, variance, days = abnormal_window(returns, benchmark, begin, beta, market, fit, ar, ar_variance)
        if days < width:
            continue
        out[i, 0] = abs(car) / np.sqrt(variance)
        if first <= 0 <= last:
            out[i, 1] = abs(ar[-first]) / np.sqrt(ar_variance[-first])
