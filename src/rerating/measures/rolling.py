"""Trailing windows over panels: sums, means, maxima and lags, none of which looks ahead.

All arrays are [T, N]: T sessions in order, N lines. The value at row t is computed from the rows t - window + 1 to t;
rows before the first full window are NaN, so a value never rests on a shorter past than it says. Missing values (NaN)
inside a window are left out where at least `minimum` of its rows are known, else the value is NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def rolling_sum(values: Floats, window: int, minimum: int) -> Floats:
    """Sum of the known values of each trailing window; NaN where fewer than `minimum` are known."""
    total, count = _window(np.where(np.isfinite(values), values, 0.0), window), known(values, window)
    total[~(count >= minimum)] = np.nan
    return total


def rolling_mean(values: Floats, window: int, minimum: int) -> Floats:
    """Mean of the known values of each trailing window; NaN where fewer than `minimum` are known."""
    return rolling_sum(values, window, minimum) / np.maximum(known(values, window), 1.0)


def known(values: Floats, window: int) -> Floats:
    """How many values of each trailing window are known; NaN before the first full window."""
    return _window(np.isfinite(values).astype(np.float64), window)


def rolling_max(values: Floats, window: int, minimum: int) -> Floats:
    """Maximum of the known values of each trailing window; NaN where fewer than `minimum` are known.

    By doubling: the maximum over 2k rows is the larger of two maxima over k rows, so log2(window) passes suffice.
    """
    best = np.where(np.isfinite(values), values, -np.inf)
    span = 1
    while span < window:
        step = min(span, window - span)
        best = np.maximum(best, lagged(best, step, fill=-np.inf))
        span += step
    best[~(known(values, window) >= minimum)] = np.nan
    return best


def lagged(values: Floats, sessions: int, *, fill: float = np.nan) -> Floats:
    """The values of `sessions` rows earlier; `fill` where that lies before the first row."""
    out = np.full_like(values, fill)
    if sessions < len(values):
        out[sessions:] = values[: len(values) - sessions]
    return out


def _window(values: Floats, window: int) -> Floats:
    """Sums over full trailing windows; NaN before the first. Prefix sums make each row cost the same."""
    prefix = np.cumsum(values, axis=0)
    out = np.full_like(prefix, np.nan)
    if window <= len(prefix):
        out[window - 1] = prefix[window - 1]
        out[window:] = prefix[window:] - prefix[:-window]
    return out
