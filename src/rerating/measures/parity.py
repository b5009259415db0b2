"""Cross-listing arithmetic: parity between lines of one issuer, and a week split into sessions, gaps and currency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def log_gap(home: Floats, other: Floats) -> Floats:
    """log(other / home) of prices stated per the same unit and in the same currency; NaN where either is missing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(other / home)


def median_gap(gap: Floats, sessions: int = 21) -> float | None:
    """The median of the last `sessions` log gaps that are known; None with fewer than half of them."""
    known = gap[np.isfinite(gap)][-sessions:]
    return float(np.median(known)) if known.size >= sessions // 2 else None


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One piece of a chain of prices: its name and its log return."""

    name: str
    log_return: float


def chained(prices: Floats, names: list[str]) -> list[Leg]:
    """The log returns between consecutive prices [n], summed by the name [n - 1] of each step, in order of first use.

    The sum over all legs is log(prices[-1] / prices[0]) exactly up to rounding. Missing prices (NaN) have to be left
    out beforehand, their steps merged.
    """
    steps = np.diff(np.log(prices))
    total: dict[str, float] = {}
    for name, step in zip(names, steps, strict=True):
        total[name] = total.get(name, 0.0) + float(step)
    return [Leg(name=name, log_return=value) for name, value in total.items()]
