"""The staged forecast: scale, then mean, then conformal quantiles; the baselines are the same thing with less in it.

    scale   s = sqrt(h) exp(f / 2), f linear in log variances over a week to a year and in the market's, by least
            squares on the log of the mean squared excess return of the h sessions that followed (Corsi 2009, in logs);
            or exponentially weighted (RiskMetrics 1996)
    mean    m = s x'b: ridge on y / s, penalty chosen inside the training rows; or beta alone; or none
    grid    quantiles of (y - m) / s over the training rows, each with a scale and mean fitted without its time block
            (cross-conformal, Vovk 2015), by terciles of the scale

Everything is fitted on rows whose labels end before the embargo. No constant is fitted in the mean stage: a constant
is the drift of those that survived, and no skill.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rerating.core.record import Record
from rerating.measures.predictive import Floats, grid_of
from rerating.outlook.panel import Bools, Places
from rerating.outlook.sample import STEP, Sample

FOLDS = 5
"""Contiguous time blocks of the cross-fit inside the training rows."""
PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, np.inf)
"""Ridge penalties relative to the features' variance of 1; infinite, where a variant allows it, means: no mean."""
CLIP = 3.0
"""Standardised features are cut at three standard deviations."""
COST = 0.002
"""Cost of buying and selling again, as a share of one: spread, fees and currency of a liquid large stock."""
BUCKET_WINDOWS = 300
"""Windows of a tercile below which its base rate is not known to the rule's margin (a standard error of 3 points)."""
BUCKETS = 3
"""Terciles of the forecast scale: base rates, and where a variant says so grids, are by bucket."""


class Variant(Record):
    """One configuration. Whatever is scored has been written to the list of variants first."""

    name: str
    scale: str = "har"
    """har, ewma, implied (by options), or none (climatology: one scale for all)."""
    mean: str = "none"
    """none, beta, or ridge."""
    features: tuple[str, ...] = ()
    centred: bool = False
    """Whether the grid is shifted to a mean of zero: zero mean excess."""
    buckets: bool = False
    """Whether each tercile of the scale has a grid of its own."""
    vanishing: bool = False
    """Whether the penalty may be infinite; if not, the mean stays (and is believed as far as its record says)."""
    within: bool = False
    """Whether the mean is fitted on differences between lines of one session only."""
    shrunk: bool = False
    """Whether the mean is multiplied by the reliability slope of the record before, 0 where that is not proven."""


def lacking(variant: Variant, names: tuple[str, ...], *, implied: bool) -> tuple[str, ...]:
    """The inputs without which a variant cannot be computed at all, of those that a panel lacks.

    A variant of one feature stands and falls with it; one of several uses those that are there, if any.
    """
    missing = [name for name in variant.features if name not in names]
    needed = missing if len(missing) == len(variant.features) else []
    return (*needed, *(["implied_volatility"] if variant.scale == "implied" and not implied else []))


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A fitted variant at one horizon. Arrays: scale_coefficients [7], coefficients [K], grids [buckets, points].

    `base_rates` [buckets, 2] are the shares of training rows whose simple excess return exceeded the cost, and was
    below 0, by tercile of the scale; one row for all where terciles hold too few windows.
    """

    variant: Variant
    horizon: int
    names: tuple[str, ...]
    scale_coefficients: Floats
    centre: Floats
    spread: Floats
    coefficients: Floats
    penalty: float
    market_drift: float
    shrinkage: float
    edges: Floats
    grids: Floats
    base_rates: Floats
    rows: int
    last_end: int

    def scale(self, rows: Sample) -> Floats:
        """The forecast standard deviation of each row's log excess return over the horizon."""
        return _scale(self.variant, rows, self.scale_coefficients)

    def score(self, rows: Sample) -> Floats:
        """The unshrunk mean in units of the scale; NaN where a feature is missing."""
        if self.variant.mean == "ridge":
            return self.standardised(rows) @ self.coefficients
        if self.variant.mean == "beta":
            return (rows.beta - 1.0) * self.market_drift / self.scale(rows)
        return np.zeros(len(rows))

    def bucket(self, scale: Floats) -> Places:
        """The tercile of each scale, 0 (calm) to 2, by edges fixed in training."""
        return np.searchsorted(self.edges, scale).astype(np.int64)

    def grid_number(self, scale: Floats) -> Places:
        """Which of `grids` holds for each scale."""
        return self.bucket(scale) if self.variant.buckets else np.zeros(len(scale), dtype=np.int64)

    def standardised(self, rows: Sample) -> Floats:
        """The features as the mean stage sees them [M, K]: by training mean and spread, cut at three of the latter."""
        place = [rows.names.index(name) for name in self.names]
        return np.clip((rows.features[:, place] - self.centre) / self.spread, -CLIP, CLIP)

    def base_rate(self, bucket: Places) -> Floats:
        """The two base rates of each row's bucket [M, 2]."""
        return self.base_rates[bucket if len(self.base_rates) > 1 else np.zeros_like(bucket)]

    def contributions(self, rows: Sample) -> Floats:
        """What each feature adds to the mean log excess return, unshrunk [M, K]."""
        return self.standardised(rows) * self.coefficients * self.scale(rows)[:, None]


def _scale(variant: Variant, rows: Sample, coefficients: Floats) -> Floats:
    if variant.scale == "har":
        design = np.column_stack([np.ones(len(rows)), rows.terms])
        return np.asarray(np.sqrt(rows.horizon) * np.exp(0.5 * (design @ coefficients)))
    if variant.scale == "ewma":
        return np.asarray(np.sqrt(rows.horizon * np.maximum(rows.ewma, 1e-8)))
    if variant.scale == "implied":
        return np.asarray(np.sqrt(rows.horizon) * rows.implied)
    return np.full(len(rows), float(coefficients[0]))


def subset(rows: Sample, places: Places) -> Sample:
    """The rows at these places."""
    arrays = ("start", "end", "line", "y", "forward", "terms", "ewma", "beta", "implied", "market", "features")
    return Sample(horizon=rows.horizon, names=rows.names, **{name: getattr(rows, name)[places] for name in arrays})


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """Training rows with their cross-fitted scale: shared by all variants with the same scale stage.

    `standard` is y / s with s fitted outside the row's time block; `block` its number; `kept[k]` marks the rows whose
    labels do not meet block k.
    """

    rows: Sample
    coefficients: Floats
    scale: Floats
    standard: Floats
    block: Places
    kept: tuple[Bools, ...]


def scaled(rows: Sample, variant: Variant) -> Scaled:
    """The scale stage, fitted on all rows and cross-fitted by time blocks. All rows need a label."""
    block, kept = time_blocks(rows.start, rows.end)
    scale = np.empty(len(rows))
    for number, keep in enumerate(kept):
        inside = np.flatnonzero(block == number)
        part = subset(rows, inside)
        scale[inside] = _scale(variant, part, _scale_coefficients(subset(rows, np.flatnonzero(keep)), variant))
    return Scaled(
        rows=rows,
        coefficients=_scale_coefficients(rows, variant),
        scale=scale,
        standard=rows.y / scale,
        block=block,
        kept=kept,
    )


def time_blocks(start: Places, end: Places, folds: int = FOLDS) -> tuple[Places, tuple[Bools, ...]]:
    """The number of each row's contiguous time block, and for each block which rows may be fitted on for it.

    Kept are rows outside the block whose labels (start, end] do not meet any label of the block, and which do not
    begin within one horizon after it (embargo).
    """
    distinct = np.unique(start)
    first = distinct[np.minimum((np.arange(folds) * len(distinct)) // folds, len(distinct) - 1)]
    block = np.searchsorted(first, start, side="right") - 1
    kept = []
    for number in range(folds):
        inside = block == number
        if not inside.any():
            kept.append(np.ones(len(start), dtype=bool))
            continue
        begin, stop = start[inside].min(), end[inside].max()
        embargo = int((end - start).max())
        kept.append(~inside & ((end <= begin) | (start >= stop + embargo)))
    return block.astype(np.int64), tuple(kept)


def _scale_coefficients(rows: Sample, variant: Variant) -> Floats:
    if variant.scale == "none":
        return np.array([np.std(rows.y)])
    if variant.scale in {"ewma", "implied"}:
        return np.empty(0)
    design = np.column_stack([np.ones(len(rows)), rows.terms])
    known = np.isfinite(rows.forward)
    gram = design[known].T @ design[known] / max(int(known.sum()), 1)
    # A trace of ridge keeps short histories of a single line solvable; on a panel it changes nothing that shows.
    gram[np.diag_indices_from(gram)] += 1e-4 * np.array([0.0, *np.ones(rows.terms.shape[1])])
    moments = design[known].T @ rows.forward[known] / max(int(known.sum()), 1)
    return np.asarray(np.linalg.solve(gram, moments), dtype=np.float64)


def fit(stage: Scaled, variant: Variant, *, shrinkage: float = 1.0, cost: float = COST) -> Fit:
    """Mean stage, grid and base rates on top of a fitted scale. Rows that lack a feature are not in the mean stage."""
    rows = stage.rows
    names = tuple(name for name in variant.features if name in rows.names)
    market_drift = float(np.nanmean(rows.market)) if np.isfinite(rows.market).any() else 0.0
    centre, spread_, coefficients, penalty = np.zeros(0), np.ones(0), np.zeros(0), np.inf
    score = np.zeros(len(rows))
    if variant.mean == "beta":
        score = np.where(np.isfinite(rows.beta), (rows.beta - 1.0) * market_drift / stage.scale, 0.0)
    elif variant.mean == "ridge" and names:
        x, centre, spread_, complete = _design(rows, names)
        coefficients, penalty, score = _ridge(x, complete, stage, variant)
    edges = np.quantile(stage.scale, np.arange(1, BUCKETS) / BUCKETS)
    residual = stage.standard - shrinkage * score
    bucket = np.searchsorted(edges, stage.scale)
    groups = [residual[bucket == number] for number in range(BUCKETS)] if variant.buckets else [residual]
    grids = np.stack([grid_of(group if len(group) else residual) for group in groups])
    if variant.centred:
        grids = grids - grids.mean(axis=1, keepdims=True)
    return Fit(
        variant=variant,
        horizon=rows.horizon,
        names=names,
        scale_coefficients=stage.coefficients,
        centre=centre,
        spread=spread_,
        coefficients=coefficients,
        penalty=penalty,
        market_drift=market_drift,
        shrinkage=shrinkage,
        edges=edges,
        grids=grids,
        base_rates=_base_rates(stage, edges, cost),
        rows=len(rows),
        last_end=int(rows.end.max()),
    )


def _base_rates(stage: Scaled, edges: Floats, cost: float) -> Floats:
    simple = np.expm1(stage.rows.y)
    bucket = np.searchsorted(edges, stage.scale)
    windows = np.bincount(bucket, minlength=len(edges) + 1) * STEP / stage.rows.horizon
    groups = [bucket == number for number in range(len(edges) + 1)]
    if windows.min() < BUCKET_WINDOWS:
        groups = [np.ones(len(simple), dtype=bool)]
    return np.array([[(simple[group] > cost).mean(), (simple[group] < 0.0).mean()] for group in groups])


def _design(rows: Sample, names: tuple[str, ...]) -> tuple[Floats, Floats, Floats, Bools]:
    raw = rows.features[:, [rows.names.index(name) for name in names]]
    complete = np.asarray(np.isfinite(raw).all(axis=1))
    centre, spread_ = raw[complete].mean(axis=0), np.maximum(raw[complete].std(axis=0), 1e-12)
    x = np.clip((raw - centre) / spread_, -CLIP, CLIP)
    return np.where(complete[:, None], x, 0.0), centre, spread_, complete


def _ridge(x: Floats, complete: Bools, stage: Scaled, variant: Variant) -> tuple[Floats, float, Floats]:
    """Coefficients at the penalty with the smallest cross-fitted error, that penalty, and the cross-fitted scores."""
    z = stage.standard
    penalties = PENALTIES if variant.vanishing else PENALTIES[:-1]
    fitted_x, fitted_z = _differences(x, complete, stage, variant)
    errors = np.zeros(len(penalties))
    scores = np.zeros((len(penalties), len(z)))
    for number, keep in enumerate(stage.kept):
        inside = np.flatnonzero((stage.block == number) & complete)
        outside = np.flatnonzero(keep & complete)
        if not len(inside) or not len(outside):
            continue
        path = _path(fitted_x[outside], fitted_z[outside], penalties)
        errors += ((fitted_z[inside, None] - fitted_x[inside] @ path) ** 2).sum(axis=0)
        scores[:, inside] = (x[inside] @ path).T
    best = int(np.flatnonzero(errors <= errors.min())[-1])
    return _path(fitted_x[complete], fitted_z[complete], penalties)[:, best], float(penalties[best]), scores[best]


def ridge_rows(stage: Scaled, variant: Variant) -> tuple[Floats, Floats, Bools]:
    """What the mean is fitted on: standardised features [M, K], standardised returns [M], and which rows count."""
    names = tuple(name for name in variant.features if name in stage.rows.names) if variant.mean == "ridge" else ()
    x, _, _, complete = _design(stage.rows, names)
    return (*_differences(x, complete, stage, variant), complete)


def _differences(x: Floats, complete: Bools, stage: Scaled, variant: Variant) -> tuple[Floats, Floats]:
    if not variant.within:
        return x, stage.standard
    start = stage.rows.start
    return _within(x, start, complete), _within(stage.standard[:, None], start, complete)[:, 0]


def _within(values: Floats, session: Places, complete: Bools) -> Floats:
    """Values less their mean over the complete rows of the same session; 0 in rows that are not complete."""
    distinct, number = np.unique(session, return_inverse=True)
    weight = complete.astype(np.float64)
    count = np.maximum(np.bincount(number, weights=weight, minlength=len(distinct)), 1.0)
    out = np.empty_like(values)
    for column in range(values.shape[1]):
        total = np.bincount(number, weights=values[:, column] * weight, minlength=len(distinct))
        out[:, column] = np.where(complete, values[:, column] - (total / count)[number], 0.0)
    return out


def _path(x: Floats, z: Floats, penalties: tuple[float, ...]) -> Floats:
    """Ridge coefficients [K, penalties] of z (less its mean) on x, whose means are about 0 by standardisation."""
    n = len(z)
    centred = z - z.mean()
    values, vectors = np.linalg.eigh(x.T @ x / n)
    along = vectors.T @ (x.T @ centred / n)
    shrink = [1.0 / (np.maximum(values, 0.0) + p) if np.isfinite(p) else np.zeros(len(values)) for p in penalties]
    return np.column_stack([vectors @ (along * factor) for factor in shrink])
