"""Calibration: do stated probabilities come true as often as stated?

Outcomes and forecasts are flat arrays [n]; months [n] number the month of each forecast, since forecasts of one month
are not independent (see `skill`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rerating.measures.skill import Interval, by_month, ratio_interval

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


def coverage(inside: Bools, month: Places, draws: Places, level: float = 0.90) -> Interval:
    """The share of outcomes inside their intervals, with a bootstrap interval over months."""
    months = draws.shape[1]
    ones = np.ones(len(inside))
    return ratio_interval(
        by_month(inside.astype(np.float64), month, months), by_month(ones, month, months), draws, level
    )


@dataclass(frozen=True, kw_only=True)
class PitHistogram:
    """Shares of the probability integral transform in equal bins, and the test that all shares are equal.

    `p` is the share of bootstrap worlds, centred on flatness, whose largest deviation is at least the observed one.
    """

    shares: tuple[float, ...]
    deviation: float
    p: float


def pit_histogram(pit: Floats, month: Places, draws: Places, bins: int = 10) -> PitHistogram:
    """Histogram of PIT values in [0, 1] (Dawid 1984; Diebold, Gunther and Tay 1998), tested by blocks of months."""
    months = draws.shape[1]
    place = np.clip((pit * bins).astype(np.int64), 0, bins - 1)
    counts = np.bincount(month * bins + place, minlength=months * bins).reshape(months, bins).astype(np.float64)
    shares = counts.sum(axis=0) / counts.sum()
    drawn = counts[draws].sum(axis=1)
    drawn = drawn / drawn.sum(axis=1, keepdims=True)
    deviation = float(np.abs(shares - 1.0 / bins).max())
    under_null = np.abs(drawn - shares).max(axis=1)
    p = (1.0 + np.count_nonzero(under_null >= deviation)) / (1.0 + len(drawn))
    return PitHistogram(shares=tuple(float(share) for share in shares), deviation=deviation, p=float(p))


@dataclass(frozen=True, kw_only=True)
class ReliabilityBin:
    """Forecasts with probabilities in one bin: their mean, how often the event came, and how many they are."""

    probability: float
    frequency: float
    n: int


def reliability(probability: Floats, happened: Bools, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """The reliability diagram in bins of equally many forecasts (Murphy and Winkler 1977; CORP needs no choice of bins,
    but equal counts keep each bin's noise alike). Bins with equal edges are merged.
    """
    edges = np.unique(np.quantile(probability, np.linspace(0.0, 1.0, bins + 1)))
    place = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, max(len(edges) - 2, 0))
    found = []
    for number in range(max(len(edges) - 1, 1)):
        members = place == number
        n = int(np.count_nonzero(members))
        if n:
            mean, frequency = float(probability[members].mean()), float(happened[members].mean())
            found.append(ReliabilityBin(probability=mean, frequency=frequency, n=n))
    return tuple(found)


def slope(forecast: Floats, outcome: Floats, month: Places, draws: Places, level: float = 0.90) -> Interval:
    """Least-squares slope of outcomes on forecasts without a constant, with a bootstrap interval over months.

    1 means that forecasts differ by as much as outcomes do; 0 that they say nothing. This is the factor by which a
    record justifies to believe a forecast of the mean (Mincer and Zarnowitz 1969, without the constant).
    """
    months = draws.shape[1]
    return ratio_interval(
        by_month(forecast * outcome, month, months), by_month(forecast**2, month, months), draws, level
    )


def brier(probability: Floats, happened: Bools) -> Floats:
    """Brier score of each forecast, (p - o)^2."""
    return (probability - happened) ** 2
