"""Predictive distributions as grids: location + scale x a standardised sample, and their scores in closed form.

A `grid` [K] holds the sorted quantiles of a standardised distribution at the levels (k + 1/2) / K. A forecast is
y ~ location + scale * grid. All scores have the shape of `y`; smaller is better for CRPS, log score and Brier score.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Points of a grid: its outermost levels are 0.25 % and 99.75 %.
POINTS = 200


def levels(points: int = POINTS) -> Floats:
    """The levels (k + 1/2) / K of a grid of K points."""
    return (np.arange(points) + 0.5) / points


def grid_of(sample: Floats, points: int = POINTS) -> Floats:
    """The grid of a sample [n] (no NaN): split-conformal quantiles, the value of rank ceil((n + 1) level), at most n.

    That rank gives each one-sided quantile its finite-sample coverage under exchangeability (Vovk et al. 2005).
    Levels below one half are taken from the other side, so that the grid of -sample is the mirrored grid.
    """
    ordered = np.sort(sample)
    n = len(ordered)
    upper = np.minimum(np.ceil((n + 1) * levels(points)), n).astype(np.int64) - 1
    mirrored = np.maximum(np.floor((n + 1) * levels(points)), 1).astype(np.int64) - 1
    rank = np.where(levels(points) < 0.5, mirrored, upper)
    return np.asarray(ordered[rank])


def crps(y: Floats, location: Floats, scale: Floats, grid: Floats) -> Floats:
    """Continuous ranked probability score E|Y - y| - E|Y - Y'| / 2 of the K points (Gneiting and Raftery 2007).

    With prefix sums over the sorted grid each score costs a binary search; equal to the ensemble score over the K
    points.
    """
    points = len(grid)
    prefix = np.concatenate([[0.0], np.cumsum(grid)])
    x = (y - location) / scale
    below = np.searchsorted(grid, x)
    distance = (x * (2 * below - points) + prefix[-1] - 2.0 * prefix[below]) / points
    return np.asarray(scale * (distance - 0.5 * spread(grid)))


def crps_of_quantiles(y: Floats, quantiles: Floats, at: Floats) -> Floats:
    """CRPS of forecasts known by their quantiles [n, K] at the levels `at` [K]: twice the mean pinball loss.

    Exact in the limit of many evenly spaced levels (Laio and Tamea 2007); outcomes `y` [n], result [n].
    """
    miss = y[:, None] - quantiles
    return np.asarray(2.0 * np.mean(np.where(miss >= 0.0, at, at - 1.0) * miss, axis=1))


def spread(grid: Floats) -> float:
    """Gini's mean difference of the grid, E|Y - Y'| with independent draws from its K points."""
    points = len(grid)
    weights = 2.0 * np.arange(points) - points + 1.0
    return float(2.0 * np.dot(weights, grid) / points**2)


def cdf(y: Floats, location: Floats, scale: Floats, grid: Floats) -> Floats:
    """P(Y <= y), linear between the grid's points; beyond them half the outermost mass, so never 0 or 1."""
    edge = levels(len(grid))
    return np.asarray(np.interp((y - location) / scale, grid, edge, left=edge[0] / 2.0, right=1.0 - edge[0] / 2.0))


def log_score(y: Floats, location: Floats, scale: Floats, grid: Floats, *, bins: int = 20) -> Floats:
    """-log density at y: constant between `bins` equally likely quantiles, exponential tails beyond the outermost.

    The tails hold 1 / `bins` of the mass each and continue the density of the neighbouring interval.
    """
    points = len(grid)
    edges = np.interp(np.arange(1, bins) / bins, levels(points), grid)
    width = np.maximum(np.diff(edges), 1e-9)
    density = 1.0 / (bins * width)
    x = (y - location) / scale
    place = np.searchsorted(edges, x)
    inside = density[np.clip(place - 1, 0, len(width) - 1)]
    beyond = np.maximum(np.maximum(edges[0] - x, x - edges[-1]), 0.0)
    rate = inside * bins
    return np.asarray(-np.log(inside) + rate * beyond + np.log(scale))


def mean_simple(location: Floats, scale: Floats, grid: Floats) -> Floats:
    """E[exp(Y)] - 1: the expected simple return where Y is a log return, as the mean over the grid's points."""
    shape = np.broadcast(location, scale).shape
    flat_scale = np.broadcast_to(scale, shape).ravel()
    factor = np.exp(flat_scale[:, None] * grid[None, :]).mean(axis=1).reshape(shape)
    return np.asarray(np.exp(location) * factor - 1.0)
