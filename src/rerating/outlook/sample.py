"""Training and test rows: a panel's labelled origins, flat, each with its label's interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rerating.measures.rolling import Floats, lagged
from rerating.measures.volatility import ewma_variance, mean_square
from rerating.outlook.features import BY_NAME, beta, scale_terms
from rerating.outlook.panel import Panel, Places, label_end, labels

#: Origins lie on every fifth session of the calendar: labels overlap anyway, daily ones would say little more.
STEP = 5


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """All that any variant computes from, over the whole panel: computed once, used for every horizon.

    `features` [T, N, K] in the order of `names`; features that the panel does not have are not in it.
    """

    panel: Panel
    names: tuple[str, ...]
    features: Floats
    terms: Floats
    ewma: Floats
    beta: Floats
    squares: Floats


def inputs(panel: Panel, names: tuple[str, ...]) -> Inputs:
    """The features named (as far as the panel has them) and the terms of the scale stage."""
    found = [(name, BY_NAME[name].of(panel)) for name in names]
    held = [(name, values) for name, values in found if values is not None and np.isfinite(values).any()]
    shape = (*panel.close.shape, 0)
    return Inputs(
        panel=panel,
        names=tuple(name for name, _ in held),
        features=np.stack([values for _, values in held], axis=-1) if held else np.empty(shape),
        terms=scale_terms(panel),
        ewma=ewma_variance(panel.excess),
        beta=beta(panel),
        squares=panel.excess**2,
    )


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
    usable = np.isfinite(given.terms[origins]).all(axis=-1) & np.isfinite(given.ewma[origins])
    row, line = np.nonzero(usable)
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
        market=market[start, 0],
        features=given.features[start, line],
    )


def _ahead(values: Floats, sessions: int) -> Floats:
    """The values of `sessions` rows later; NaN where they are still to come. Only labels may be made so."""
    out = np.full_like(values, np.nan)
    if sessions < len(values):
        out[: len(values) - sessions] = values[sessions:]
    return out
