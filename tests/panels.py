"""Panels made from seeded draws: prices with clustered volatility, a market, and where a test asks for it an edge."""

from __future__ import annotations

import numpy as np

from rerating.outlook.panel import Panel


def made_panel(
    *, sessions: int = 1500, lines: int = 12, seed: int = 7, edge: float = 0.0, opens: bool = True, volume: bool = True
) -> Panel:
    """A panel without any predictable mean, or with one: `edge` in daily standard deviations per unit of momentum."""
    rng = np.random.default_rng(seed)
    log_scale = (
        np.log(0.015) + 0.4 * rng.standard_normal(lines) + np.cumsum(0.03 * rng.standard_normal((sessions, lines)), 0)
    )
    scale = np.exp(np.clip(log_scale, np.log(0.004), np.log(0.06)))
    market = 0.009 * rng.standard_t(6, (sessions, 1)) / np.sqrt(1.5)
    noise = rng.standard_t(5, (sessions, lines)) / np.sqrt(5.0 / 3.0)
    own = scale * noise
    if edge:
        for t in range(1, sessions):
            drift = own[max(0, t - 21) : t].sum(axis=0) / (scale[t] * np.sqrt(21.0))
            own[t] += edge * scale[t] * np.clip(drift, -2.0, 2.0)
    returns = rng.uniform(0.6, 1.5, lines) * market + own
    close = 100.0 * np.exp(np.cumsum(returns, axis=0))
    index = 1000.0 * np.exp(np.cumsum(market, axis=0))
    gap = np.exp(0.2 * scale * rng.standard_normal((sessions, lines)))
    return Panel(
        names=tuple(f"XNYS:L{number:02d}" for number in range(lines)),
        days=np.datetime64("2001-01-02") + np.arange(sessions),
        position=np.arange(100, 100 + sessions),
        close=close,
        benchmark="INDEX:^GSPC",
        benchmark_close=index,
        open=np.vstack([close[:1], close[:-1]]) * gap if opens else None,
        benchmark_open=np.vstack([index[:1], index[:-1]]) if opens else None,
        volume=np.exp(12.0 + 0.3 * rng.standard_normal((sessions, lines))) if volume else None,
    )
