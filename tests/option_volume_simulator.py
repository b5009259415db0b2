"""SIMULATED option volumes in which nothing is exceptional, and planted exceptions to find.

The world is richer than the model that is tested on it: two memories (a slow and a fast one), a regime of the noise
that switches by name, skewed fat-tailed noise, an expiry ramp, earnings effects whose size differs by name *and by
report*, a daily shock common to all names with loadings of its own, and a link to stock volume and returns. No
parameter of it is known to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from rerating.measures.option_volume import VolumePanel, third_friday


@dataclass(frozen=True, kw_only=True)
class World:
    names: int = 200
    days: int = 760
    common: float = 0.25
    """Scale of the daily shock to all names."""
    regimes: bool = True
    earnings: float = 0.7
    """Mean log effect on the day after a report."""
    first_on: date = date(2022, 1, 3)


def weekdays(first: date, count: int) -> list[date]:
    days, day = [], first
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return days


def autoregression(rng: np.random.Generator, rho: float, scale: float, shape: tuple[int, int]) -> np.ndarray:
    noise = rng.normal(0, scale * np.sqrt(1 - rho * rho), shape)
    path = np.empty(shape)
    path[:, 0] = rng.normal(0, scale, shape[0])
    for t in range(1, shape[1]):
        path[:, t] = rho * path[:, t - 1] + noise[:, t]
    return path


def regime_scale(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Calm (0.8) and wild (1.5) spells of about 60 and 20 days, by name."""
    wild = np.zeros(shape, dtype=bool)
    wild[:, 0] = rng.random(shape[0]) < 0.25
    leave, enter = rng.random(shape) < 1 / 20, rng.random(shape) < 1 / 60
    for t in range(1, shape[1]):
        wild[:, t] = np.where(wild[:, t - 1], ~leave[:, t], enter[:, t])
    return np.where(wild, 1.5, 0.8)


def skewed(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Fat-tailed noise with a longer right tail, mean 0, standard deviation 1."""
    raw = rng.standard_t(5, shape) * np.sqrt(3 / 5)
    raw = np.where(raw > 0, raw * 1.3, raw * 0.8)
    return (raw - raw.mean()) / raw.std()


@dataclass(frozen=True)
class Simulated:
    panel: VolumePanel
    market_shock: np.ndarray
    expiry_week: np.ndarray


def simulate(world: World, rng: np.random.Generator) -> Simulated:
    shape = (world.names, world.days)
    days = weekdays(world.first_on, world.days)
    level = rng.normal(8.0, 1.2, (world.names, 1))
    y = level + autoregression(rng, 0.985, 0.5, shape) + autoregression(rng, 0.55, 0.3, shape)
    weekday = np.array([day.weekday() for day in days])
    y += np.take_along_axis(
        rng.normal([-0.1, 0, 0, 0.05, 0.25], 0.08, (world.names, 5)), np.tile(weekday, (world.names, 1)), 1
    )
    ahead = np.array([(third_friday(day) - day).days for day in days])
    ramp = np.where((ahead >= 0) & (ahead <= 4), 0.08 + 0.07 * (4 - ahead), 0.0)
    y += rng.lognormal(0, 0.3, (world.names, 1)) * ramp

    offset = np.full(shape, np.nan)
    shape_of_effect = {-5: 0.1, -4: 0.15, -3: 0.2, -2: 0.35, -1: 0.6, 0: 1.1, 1: 1.0, 2: 0.5, 3: 0.3, 4: 0.2, 5: 0.1}
    earnings_move = np.ones(shape)
    for i in range(world.names):
        loading = world.earnings * rng.lognormal(0, 0.35)
        for quarter in range(int(rng.integers(0, 63)), world.days, 63):
            report = quarter + int(rng.integers(-3, 4))
            size = loading * rng.lognormal(0, 0.25)
            for step, weight in shape_of_effect.items():
                if 0 <= report + step < world.days:
                    offset[i, report + step] = step
                    y[i, report + step] += size * weight
            if 0 <= report + 1 < world.days:
                earnings_move[i, report + 1] = 3.5

    shock = autoregression(rng, 0.5, 1.0, (1, world.days))[0] + (rng.random(world.days) < 0.02) * rng.exponential(
        2.5, world.days
    )
    y += world.common * rng.lognormal(0, 0.3, (world.names, 1)) * shock[None, :]
    stock = 14 + level / 4 + autoregression(rng, 0.9, 0.3, shape) + 0.3 * skewed(rng, shape) + 0.15 * shock[None, :]
    returns = np.abs(rng.standard_t(4, shape)) * 0.013 * earnings_move * np.exp(0.2 * shock)[None, :]
    stock += 8 * returns
    y += rng.uniform(0.2, 0.6, (world.names, 1)) * (stock - stock.mean(axis=1, keepdims=True)) + 4 * returns
    noise = 0.35 * skewed(rng, shape)
    y += noise * regime_scale(rng, shape) if world.regimes else noise

    panel = VolumePanel(
        names=tuple(f"SIM{i:03d}" for i in range(world.names)),
        days=tuple(days),
        log_volume=np.log1p(np.floor(np.exp(y))),
        log_stock_volume=stock,
        absolute_return=returns,
        earnings_offset=offset,
    )
    return Simulated(panel, shock, np.tile((ahead >= 0) & (ahead <= 4), (world.names, 1)))


def as_rows(panel: VolumePanel) -> pl.DataFrame:
    """The panel as the long frame that the measure reads."""
    names, days = len(panel.names), len(panel.days)
    offset = pl.Series(panel.earnings_offset.ravel()).fill_nan(None)
    return pl.DataFrame(
        {
            "name": np.repeat(panel.names, days),
            "on": list(panel.days) * names,
            "volume": np.round(np.expm1(panel.log_volume)).ravel(),
            "stock_volume": np.round(np.expm1(panel.log_stock_volume)).ravel(),
            "absolute_return": panel.absolute_return.ravel(),
            "earnings_offset": offset,
        }
    )
