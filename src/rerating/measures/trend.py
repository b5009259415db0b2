"""Trend figures that readers expect: moving averages, RSI, realised volatility, beta, drawdown, percentile ranks.

All take arrays with one entry a session, oldest first, NaN where there is none, and tell of the last entry. None means:
too few values. Prices are levels above 0 on one basis; returns are shares of one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SESSIONS_A_YEAR = 252


def moving_average(closes: Floats, sessions: int) -> float | None:
    """The mean of the last `sessions` closes; None where one of them is missing."""
    part = closes[-sessions:]
    return float(part.mean()) if part.size == sessions and np.isfinite(part).all() else None


def relative_strength_index(closes: Floats, sessions: int = 14) -> float | None:
    """RSI after Wilder (1978): 100 - 100 / (1 + mean gain / mean loss), both smoothed by 1 / sessions.

    The first mean is the plain one over the first `sessions` changes; 100 where there was no loss, 50 where nothing
    moved. None with fewer than `sessions` + 1 closes in a row at the end.
    """
    missing = np.flatnonzero(~np.isfinite(closes))
    tail = closes[missing[-1] + 1 :] if missing.size else closes
    if tail.size < sessions + 1:
        return None
    change = np.diff(tail)
    gains, losses = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    gain, loss = float(gains[:sessions].mean()), float(losses[:sessions].mean())
    for up, down in zip(gains[sessions:], losses[sessions:], strict=True):
        gain += (float(up) - gain) / sessions
        loss += (float(down) - loss) / sessions
    if loss == 0.0:
        return 50.0 if gain == 0.0 else 100.0
    return 100.0 - 100.0 / (1.0 + gain / loss)


def realised_volatility(returns: Floats, sessions: int) -> float | None:
    """Standard deviation of the last `sessions` log returns, times the root of 252; None where one is missing."""
    part = returns[-sessions:]
    if part.size != sessions or not np.isfinite(part).all():
        return None
    return float(np.std(np.log1p(part), ddof=1) * np.sqrt(SESSIONS_A_YEAR))


def beta(returns: Floats, benchmark: Floats, sessions: int) -> float | None:
    """Least-squares slope on the benchmark over the last `sessions`; None with fewer than half of them at hand."""
    y, x = returns[-sessions:], benchmark[-sessions:]
    both = np.isfinite(y) & np.isfinite(x)
    if both.sum() < sessions / 2 or np.ptp(x[both]) == 0.0:
        return None
    centred = x[both] - x[both].mean()
    return float(centred @ (y[both] - y[both].mean()) / (centred @ centred))


def drawdown(closes: Floats) -> float | None:
    """The last close against the highest one in the array: 0 at the high, negative below; None without a last close."""
    if not closes.size or not np.isfinite(closes[-1]):
        return None
    return float(closes[-1] / np.nanmax(closes) - 1.0)


def deepest_drawdown(closes: Floats) -> float | None:
    """The largest fall from a running high within the array (negative or 0); None without any close."""
    known = closes[np.isfinite(closes)]
    return float((known / np.maximum.accumulate(known) - 1.0).min()) if known.size else None


def percentile(values: Floats) -> float | None:
    """Share of the earlier values that the last one exceeds, ties by half; None without a last or any earlier value."""
    known = values[:-1][np.isfinite(values[:-1])] if values.size else values
    if not known.size or not np.isfinite(values[-1]):
        return None
    return float(((known < values[-1]).sum() + 0.5 * (known == values[-1]).sum()) / known.size)


def compound(returns: Floats, sessions: int) -> float | None:
    """Compound return of the last `sessions`; None where one is missing."""
    part = returns[-sessions:]
    return float(np.prod(1.0 + part) - 1.0) if part.size == sessions and np.isfinite(part).all() else None
