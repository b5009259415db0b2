"""Walk-forward: every forecast is scored by a model that could have been trained before it.

Time is cut into test blocks. A block's model is fitted on rows whose labels had ended an embargo before the block
begins, purged by label interval. Whatever is scored stands in the list of variants before (`variants`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rerating.core.errors import IntegrityError
from rerating.measures.calibration import slope
from rerating.measures.predictive import Floats, cdf, crps, log_score
from rerating.measures.skill import stationary_draws
from rerating.outlook.forecast import Fit, Scaled, Variant, fit, lacking, scaled, subset, time_blocks
from rerating.outlook.panel import Places
from rerating.outlook.sample import LEAST_COVERAGE, Inputs, Sample, sample

BURN_IN = 756
"""Sessions before the first test block: about three years, of which the longest lookback takes one."""
BLOCK = 252
"""Sessions of a test block: models are fitted anew about once a year."""
FEWEST_ROWS = 60
"""Training rows below which no model is fitted."""
SLOPE_REPS = 200
SEED = 20070112


@dataclass(frozen=True, kw_only=True)
class Fold:
    """One test block and the rows that its model may be fitted on, as places in the sample."""

    begin: int
    train: Places
    test: Places


def folds(start: Places, end: Places, *, first: int, stop: int, block: int = BLOCK, embargo: int) -> Iterator[Fold]:
    """Test blocks [begin, begin + block) from `first` on; training rows have labels that ended by begin - embargo.

    `start` and `end` [M] are the bounds of the labels (start, end] in sessions. An expanding window: purging by the
    label interval and the embargo are one condition here, since training rows never lie behind the test.
    """
    for begin in range(first, stop, block):
        test = np.flatnonzero((start >= begin) & (start < begin + block))
        train = np.flatnonzero((start < begin) & (end <= begin - embargo))
        if len(test):
            yield Fold(begin=begin, train=train, test=test)


def audit_fold(start: Places, end: Places, fold: Fold, embargo: int) -> None:
    """Raises IntegrityError where a training label reaches into the embargo before the test block, or beyond."""
    late = fold.train[end[fold.train] > start[fold.test].min() - embargo]
    if len(late):
        raise IntegrityError(
            f"{len(late)} training labels end after session {start[fold.test].min() - embargo}, the last one that may "
            f"be known for the test block of session {fold.begin}; the split leaks. Purge by label end."
        )


def audit_features(given: Inputs, recompute: Callable[[int], Inputs], sessions: Sequence[int]) -> None:
    """Raises IntegrityError where a feature of a session changes once the later sessions are cut off.

    `recompute(t)` makes the inputs from the panel as it was at the close of session t. Equal means equal bits.
    """
    for session in sessions:
        then = recompute(session)
        for name, whole, cut in (
            *((n, given.features[session, :, k], then.features[-1, :, k]) for k, n in enumerate(given.names)),
            ("scale terms", given.terms[session], then.terms[-1]),
            ("exponentially weighted variance", given.ewma[session], then.ewma[-1]),
        ):
            if not np.array_equal(whole, cut, equal_nan=True):
                raise IntegrityError(
                    f"'{name}' at session {session} changes when later sessions are cut off: it looks ahead."
                )


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Out-of-sample forecasts of one variant at one horizon, and their scores; flat [n], in the order of `rows`.

    `score` is the unshrunk mean in units of the scale, `shrinkage` the factor that its fold applied to it.
    """

    variant: Variant
    rows: Sample
    fold: Places
    fits: tuple[Fit, ...]
    location: Floats
    scale: Floats
    bucket: Places
    score: Floats
    crps: Floats
    log_score: Floats
    pit: Floats


def scorable(given: Inputs, variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """The variants that the panel has the inputs of; the others are listed, but there is nothing to score."""
    implied = bool(np.isfinite(given.implied).mean() >= LEAST_COVERAGE)
    return tuple(variant for variant in variants if not lacking(variant, given.names, implied=implied))


def usable(rows: Sample, variants: Sequence[Variant]) -> Places:
    """Places of the rows with a label and with all that the variants need: all are compared on the same rows."""
    names = {name for variant in variants for name in variant.features}
    place = [rows.names.index(name) for name in sorted(names) if name in rows.names]
    complete = np.isfinite(rows.y) & np.isfinite(rows.features[:, place]).all(axis=1)
    for scale, values in (("implied", rows.implied), ("ewma", rows.ewma)):
        if any(variant.scale == scale for variant in variants):
            complete &= np.isfinite(values)
    return np.flatnonzero(complete)


def walk_forward(
    given: Inputs,
    horizon: int,
    variants: Sequence[Variant],
    *,
    burn_in: int = BURN_IN,
    block: int = BLOCK,
    on_fold: Callable[[], None] = lambda: None,
) -> dict[str, Scored]:
    """Forecasts of every scorable variant at one horizon, each from a model that could have been fitted before.

    Empty where the panel is too short for a single test block after `burn_in` sessions.
    """
    variants = scorable(given, variants)
    rows = sample(given, horizon)
    rows = subset(rows, usable(rows, variants))
    length = len(given.panel.days)
    parts: dict[str, list[_Part]] = {variant.name: [] for variant in variants}
    for fold in folds(rows.start, rows.end, first=burn_in, stop=length, block=block, embargo=horizon):
        audit_fold(rows.start, rows.end, fold, horizon)
        if _enough(rows, fold):
            _test(rows, fold, variants, parts)
        on_fold()
    if not any(parts.values()):
        return {}
    return {variant.name: _joined(variant, rows, parts[variant.name]) for variant in variants}


def _enough(rows: Sample, fold: Fold) -> bool:
    """Whether a model can be fitted: on the fold's training rows, and on what each of their time blocks leaves."""
    if len(fold.train) < FEWEST_ROWS:
        return False
    train = subset(rows, fold.train)
    _, kept = time_blocks(train.start, train.end)
    return bool(min(np.count_nonzero(keep & np.isfinite(train.forward)) for keep in kept) >= FEWEST_ROWS // 2)


@dataclass(frozen=True, kw_only=True)
class _Part:
    places: Places
    fit: Fit
    scale: Floats
    score: Floats
    standard: Floats


def _test(rows: Sample, fold: Fold, variants: Sequence[Variant], parts: dict[str, list[_Part]]) -> None:
    train, test = subset(rows, fold.train), subset(rows, fold.test)
    stages: dict[str, Scaled] = {}
    for variant in variants:
        if variant.scale not in stages:
            stages[variant.scale] = scaled(train, variant)
        shrinkage = _shrinkage(rows, parts[variant.name], fold) if variant.shrunk else 1.0
        fitted = fit(stages[variant.scale], variant, shrinkage=shrinkage)
        scale = fitted.scale(test)
        score = fitted.score(test)
        parts[variant.name].append(
            _Part(places=fold.test, fit=fitted, scale=scale, score=score, standard=test.y / scale)
        )


def _shrinkage(rows: Sample, before: list[_Part], fold: Fold) -> float:
    """The reliability slope of the forecasts that had matured before the fold; 0 where its interval reaches 0."""
    if not before:
        return 0.0
    places = np.concatenate([part.places for part in before])
    score = np.concatenate([part.score for part in before])
    standard = np.concatenate([part.standard for part in before])
    matured = rows.end[places] <= fold.begin - rows.horizon
    return reliability_slope(score[matured], standard[matured], rows.start[places][matured], rows.horizon)


def reliability_slope(score: Floats, standard: Floats, start: Places, horizon: int) -> float:
    """How far a record justifies its forecasts of the mean: the slope where its 90 % interval lies above 0, else 0.

    At most 1: a record never makes a forecast bolder. Blocks are months of 21 sessions.
    """
    if not len(score) or not np.any(score):
        return 0.0
    month = (start // 21) - (start // 21).min()
    draws = stationary_draws(int(month.max()) + 1, 1.0 + 2.0 * horizon / 21, SLOPE_REPS, np.random.default_rng(SEED))
    found = slope(score, standard, month, draws)
    return min(found.value, 1.0) if found.low > 0.0 else 0.0


def _joined(variant: Variant, rows: Sample, parts: list[_Part]) -> Scored:
    places = np.concatenate([part.places for part in parts])
    fold = np.concatenate([np.full(len(part.places), number) for number, part in enumerate(parts)])
    kept = subset(rows, places)
    scale = np.concatenate([part.scale for part in parts])
    score = np.concatenate([part.score for part in parts])
    location, bucket = np.zeros(len(places)), np.zeros(len(places), dtype=np.int64)
    losses, logs, pit = (np.empty(len(places)) for _ in range(3))
    for number, part in enumerate(parts):
        inside = fold == number
        location[inside] = part.fit.shrinkage * part.score * part.scale
        bucket[inside] = part.fit.bucket(part.scale)
        grid_number = part.fit.grid_number(scale)
        for grid in range(len(part.fit.grids)):
            where = np.flatnonzero(inside & (grid_number == grid))
            given = (kept.y[where], location[where], scale[where], part.fit.grids[grid])
            losses[where], logs[where], pit[where] = crps(*given), log_score(*given), cdf(*given)
    return Scored(
        variant=variant,
        rows=kept,
        fold=fold,
        fits=tuple(part.fit for part in parts),
        location=location,
        scale=scale,
        bucket=bucket,
        score=score,
        crps=losses,
        log_score=logs,
        pit=pit,
    )
