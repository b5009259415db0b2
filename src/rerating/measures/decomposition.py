"""Re-rating under two lenses that are never added: what changed (an identity), and what moved with it (a regression).

The identity: P = X E M, price in the reader's currency = rate x expected earnings of twelve months x multiple, so
dlog P = dlog X + dlog E + dlog M, and dlog E = revision + roll, each averaged over the two orders (Shapley 1953).
The regression: betas follow random walks and are filtered up to the window's start (Kalman 1960; Durbin and Koopman
2012, chapter 4), so nothing of the window itself decides what explains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TWELVE_MONTHS = timedelta(days=365)

#: Variance of a beta's daily step as a share of the residual variance of returns (both scaled to unit variance).
STEP_SHARES = (0.0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)


def next_twelve_months(on: date, estimates: dict[date, float]) -> tuple[float, dict[date, float]] | None:
    """Expected earnings of the twelve months after a day, and the weight of each fiscal year (by its end) in them.

    A fiscal year's weight is the share of the next 365 days that lies in it. Fixed by period ends and not by the labels
    "this year" and "next year", which jump at results. None where the estimates do not cover the twelve months.
    """
    weights: dict[date, float] = {}
    reached = on
    for end in sorted(estimates):
        if end <= on:
            continue
        start = max(reached, end - TWELVE_MONTHS)
        if start > reached:
            return None
        share = (min(end, on + TWELVE_MONTHS) - reached).days / TWELVE_MONTHS.days
        if share > 0:
            weights[end] = share
        reached = min(end, on + TWELVE_MONTHS)
        if reached >= on + TWELVE_MONTHS:
            break
    if reached < on + TWELVE_MONTHS:
        return None
    return sum(weights[end] * estimates[end] for end in weights), weights


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Log changes; `price` is the sum of the others exactly, up to rounding."""

    price: float
    currency: float
    revision: float
    roll: float
    multiple: float


def identity(
    price: tuple[float, float],
    rate: tuple[float, float],
    before: tuple[date, dict[date, float]],
    after: tuple[date, dict[date, float]],
) -> Identity | None:
    """What changed between two days: (before, after) of price and rate, and the estimates known on each.

    None where the twelve months are not covered or expected earnings are not above 0: logs do not exist there.
    """
    old_then, new_then = next_twelve_months(before[0], before[1]), next_twelve_months(before[0], after[1])
    old_now, new_now = next_twelve_months(after[0], before[1]), next_twelve_months(after[0], after[1])
    if old_then is None or new_then is None or old_now is None or new_now is None:
        return None
    earnings = np.array([old_then[0], new_then[0], old_now[0], new_now[0]])
    if (earnings <= 0).any() or min(*price, *rate) <= 0:
        return None
    logs = np.log(earnings)
    revision = float(((logs[1] - logs[0]) + (logs[3] - logs[2])) / 2)
    roll = float(((logs[2] - logs[0]) + (logs[3] - logs[1])) / 2)
    moved, currency = float(np.log(price[1] / price[0])), float(np.log(rate[1] / rate[0]))
    return Identity(
        price=moved, currency=currency, revision=revision, roll=roll, multiple=moved - currency - revision - roll
    )


@dataclass(frozen=True, kw_only=True)
class FilteredBetas:
    """Betas [k + 1] (the constant first), their covariance after the last observation, and the residual variance."""

    betas: Floats
    covariance: Floats
    variance: float
    step_share: float
    n: int


def kalman_betas(y: Floats, factors: Floats, *, minimum: int = 100) -> FilteredBetas | None:
    """Random-walk betas of returns y [T] on factors [T, k], filtered to the end; NaN rows are skipped.

    The step's share is the one of `STEP_SHARES` with the highest likelihood, the residual variance is concentrated out.
    None with fewer than `minimum` usable rows, or where a factor does not move.
    """
    usable = np.isfinite(y) & np.isfinite(factors).all(axis=1)
    y, factors = y[usable], factors[usable]
    if y.size < minimum or (np.ptp(factors, axis=0) == 0).any():
        return None
    scale = factors.std(axis=0, ddof=1)
    design = np.column_stack([np.ones(y.size), factors / scale])
    best = max((_filtered(y, design, share) for share in STEP_SHARES), key=lambda run: run[0])
    _, betas, covariance, variance, share = best
    back = np.concatenate([[1.0], 1.0 / scale])
    return FilteredBetas(
        betas=betas * back,
        covariance=covariance * variance * np.outer(back, back),
        variance=variance,
        step_share=share,
        n=int(y.size),
    )


def _filtered(y: Floats, design: Floats, share: float) -> tuple[float, Floats, Floats, float, float]:
    """One pass of the filter with unit residual variance, started from least squares on the first observations.

    The constant does not walk. Answers the concentrated log likelihood, state, covariance (per unit variance), residual
    variance and the share.
    """
    k = design.shape[1]
    first = 4 * k
    start, *_ = np.linalg.lstsq(design[:first], y[:first], rcond=None)
    state, covariance = start, np.linalg.inv(design[:first].T @ design[:first])
    step = np.diag([0.0] + [share] * (k - 1))
    squares, logs, count = 0.0, 0.0, 0
    for row, value in zip(design[first:], y[first:], strict=True):
        covariance = covariance + step
        carried = covariance @ row
        spread = float(row @ carried) + 1.0
        error = float(value - row @ state)
        state = state + carried * (error / spread)
        covariance = covariance - carried[:, None] * carried / spread
        squares += error * error / spread
        logs += float(np.log(spread))
        count += 1
    variance = squares / count
    likelihood = -0.5 * (count * float(np.log(variance)) + logs) if variance > 0 else float("-inf")
    return likelihood, np.asarray(state, np.float64), np.asarray(covariance, np.float64), variance, share


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Parts of a window's return by factor with standard errors, and the rest; they add up to `total`."""

    total: float
    parts: Floats
    errors: Floats
    rest: float
    rest_error: float


def attribution(y: Floats, factors: Floats, fitted: FilteredBetas) -> Attribution | None:
    """Summed returns of a window y [L] against factors [L, k] at betas known before it; None where a day is missing.

    The rest holds the constant and the line's own news; its error is that of the summed forecast.
    """
    if not (np.isfinite(y).all() and np.isfinite(factors).all()):
        return None
    moved = factors.sum(axis=0)
    parts = fitted.betas[1:] * moved
    errors = np.sqrt(np.diag(fitted.covariance)[1:]) * np.abs(moved)
    own = np.concatenate([[0.0], moved])
    spread = float(own @ fitted.covariance @ own) + fitted.variance * y.size
    total = float(y.sum())
    return Attribution(
        total=total, parts=parts, errors=errors, rest=total - float(parts.sum()), rest_error=float(np.sqrt(spread))
    )


def group_part(factors: Floats, fitted: FilteredBetas, group: Sequence[int]) -> tuple[float, float]:
    """The part of a window's return that columns of `factors` [L, k] make up together, and its standard error."""
    moved = np.zeros(factors.shape[1] + 1)
    for column in group:
        moved[column + 1] = float(factors[:, column].sum())
    return float(moved @ fitted.betas), float(np.sqrt(moved @ fitted.covariance @ moved))
