"""Training and test rows: a panel's labelled origins, flat, each with its label's interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rerating.core.types import Gap, Why
from rerating.measures.rolling import Floats, lagged
from rerating.measures.volatility import ewma_variance, mean_square
from rerating.outlook.features import BY_NAME, beta, scale_terms
from rerating.outlook.panel import Panel, Places, label_end, labels

#: Origins lie on every fifth session of the calendar: labels overlap anyway, daily ones would say little more.
STEP = 5

#: A feature that fewer of the rows have is left out of a panel's models, and said to be.
LEAST_COVERAGE = 0.5


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """All that any variant computes from, over the whole panel: computed once, used for every horizon.

    `features` [T, N, K] in the order of `names`; features that the panel does not have are not in it but in `gaps`.
    `implied` is the daily volatility that options imply, NaN where none are quoted.
    """

    panel: Panel
    names: tuple[str, ...]
    features: Floats
    terms: Floats
    ewma: Floats
    beta: Floats
    implied: Floats
    gaps: tuple[Gap, ...] = ()


def inputs(panel: Panel, names: tuple[str, ...], *, least: float = LEAST_COVERAGE, ewma: bool = True) -> Inputs:
    """The features named, as far as the panel has them in a share `least` of its rows, and the terms of the scale.

    With `least` 0 all are there, NaN where they are not known. Without `ewma` the exponentially weighted variance
    is left out (NaN): only one of the variants needs it.
    """
    terms = scale_terms(panel)
    usable = np.isfinite(terms).all(axis=-1)
    held: list[tuple[str, Floats]] = []
    absent = []
    for name in names:
        values = BY_NAME[name].of(panel)
        share = 0.0 if values is None else float(np.isfinite(values[usable]).mean()) if usable.any() else 1.0
        if share < least:
            absent.append(name)
        else:
            held.append((name, np.full(panel.close.shape, np.nan) if values is None else values))
    implied = panel.dated.get("implied_volatility")
    return Inputs(
        panel=panel,
        names=tuple(name for name, _ in held),
        features=np.stack([values for _, values in held], axis=-1) if held else np.empty((*panel.close.shape, 0)),
        terms=terms,
        ewma=ewma_variance(panel.excess) if ewma else np.full(panel.close.shape, np.nan),
        beta=beta(panel),
        implied=np.full(panel.close.shape, np.nan) if implied is None else implied / np.sqrt(252.0),
        gaps=(_absent(absent),) if absent else (),
    )


def _absent(names: list[str]) -> Gap:
    detail = f"{', '.join(names)}: fewer than half of the panel's rows have what they are made of; collect more of it"
    return Gap(question="features that the model does without", why=Why.NOT_COVERED, detail=detail)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Flat rows [M], sorted by origin and line. `start` and `end` bound the label: (start, end] in sessions.

    `forward` is the log of the mean squared excess return over the label's sessions, which the scale stage is fitted
    to. Rows without a label (`y` NaN) are those whose settlement is still to come; they are never trained on.
    """

    horizon: int
    names: tuple[str, ...]
    start: Places
    end: Places
    line: Places
    y: Floats
    forward: Floats
    terms: Floats
    ewma: Floats
    beta: Floats
    implied: Floats
    market: Floats
    features: Floats

    def __len__(self) -> int:
        return len(self.y)


def sample(given: Inputs, horizon: int, *, step: int = STEP, last: bool = False) -> Sample:
    """The rows of a panel at one horizon: every `step`-th session of the calendar, or only the last one.

    A row needs all scale terms; features may be NaN in it.
    """
    panel = given.panel
    length = len(panel.days)
    origins = np.array([length - 1]) if last else np.flatnonzero(panel.position % step == 0)
    row, line = np.nonzero(np.isfinite(given.terms[origins]).all(axis=-1))
    start = origins[row]
    end = label_end(start, horizon, panel.entry)
    y = labels(panel, horizon)
    ahead = _ahead(mean_square(panel.excess, horizon), horizon)
    market = _ahead(np.log(panel.benchmark_close) - lagged(np.log(panel.benchmark_close), horizon), horizon)
    with np.errstate(divide="ignore"):
        forward = np.log(np.maximum(ahead[start, line], 1e-8))
    return Sample(
        horizon=horizon,
        names=given.names,
        start=start,
        end=end,
        line=line,
        y=y[start, line],
        forward=forward,
        terms=given.terms[start, line],
        ewma=given.ewma[start, line],
        beta=given.beta[start, line],
        implied=given.implied[start, line],
        market=market[start, 0],
        features=given.features[start, line],
    )


def _ahead(values: Floats, sessions: int) -> Floats:
    """The values of `sessions` rows later; NaN where they are still to come. Only labels may be made so."""
    out = np.full_like(values, np.nan)
    if sessions < len(values):
        out[: len(values) - sessions] = values[sessions:]
    return out
