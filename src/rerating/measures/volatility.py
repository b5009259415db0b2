"""Volatility from daily returns: mean squares over trailing windows, and exponentially weighted.

Volatility is that of one session, as a share of one; returns are log returns (or log excess returns) [T, N]. Daily
mean returns are not subtracted: over windows of a year and less their estimate is noise (Figlewski 1997).
"""

from __future__ import annotations

import numpy as np

from rerating.measures.rolling import Floats, rolling_mean

#: A line that moves less than this in a session (root mean square) has no volatility of its own: it is pinned.
FLOOR = 1e-4

#: Share of a window's sessions that must have a return.
SHARE_KNOWN = 0.6


def mean_square(returns: Floats, window: int) -> Floats:
    """Mean squared return of each trailing window [T, N]; NaN where fewer than 60 % of its sessions have one."""
    return rolling_mean(returns**2, window, int(np.ceil(SHARE_KNOWN * window)))


def log_variance(returns: Floats, window: int) -> Floats:
    """log of `mean_square`; NaN where the line is pinned (root mean square below `FLOOR`)."""
    square = mean_square(returns, window)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(square >= FLOOR**2, np.log(square), np.nan)


def ewma_variance(returns: Floats, decay: float = 0.94, *, warm_up: int = 63) -> Floats:
    """Exponentially weighted variance v_t = d v_{t-1} + (1 - d) r_t^2 (RiskMetrics 1996, d = 0.94 for daily data).

    Starts from the mean square of the first `warm_up` known returns of each line and is NaN before; a session without
    a return leaves the variance as it was. Shape [T, N].
    """
    squares = returns**2
    seen = np.isfinite(squares)
    count = np.cumsum(seen, axis=0)
    total = np.cumsum(np.where(seen, squares, 0.0), axis=0)
    out = np.full_like(squares, np.nan)
    state = np.full(squares.shape[1], np.nan)
    for t in range(len(squares)):
        update = seen[t] & np.isfinite(state)
        state = np.where(update, decay * state + (1.0 - decay) * np.where(seen[t], squares[t], 0.0), state)
        start = seen[t] & (count[t] == warm_up)
        state = np.where(start, total[t] / warm_up, state)
        out[t] = state
    return out
