"""What the scores of a walk-forward say: skill against each baseline, calibration, and whether an edge is proven.

Losses are summed by calendar month of the origin, over all lines: the month is the unit of every test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.measures.calibration import PitHistogram, coverage, pit_histogram
from rerating.measures.predictive import Floats
from rerating.measures.skill import Interval, by_month, skill, stationary_draws
from rerating.outlook.panel import Days, Places
from rerating.outlook.walk_forward import SEED, Scored

REPS = 2000
LEVEL = 0.90
ALPHA = 0.05
"""Level of the significance gate."""


class Estimate(Record):
    """A figure with its bootstrap interval over months."""

    value: float
    low: float
    high: float
    level: float
    months: int

    @classmethod
    def of(cls, interval: Interval) -> Estimate:
        """From a measure's interval."""
        return cls(**{name: getattr(interval, name) for name in cls.model_fields})


class Pit(Record):
    """Shares of the probability integral transform in ten equal bins, and the p-value of flatness."""

    shares: tuple[float, ...]
    p: float

    @classmethod
    def of(cls, histogram: PitHistogram) -> Pit:
        """From a measure's histogram."""
        return cls(shares=histogram.shares, p=histogram.p)


def months_of(days: Days, start: Places) -> tuple[Places, list[str]]:
    """The number of each origin's calendar month among those that occur, and their names (2019-03)."""
    month = days[start].astype("datetime64[M]")
    distinct, number = np.unique(month, return_inverse=True)
    return number.astype(np.int64), [str(name) for name in distinct]


def draws_for(months: int, horizon: int, *, reps: int = REPS, seed: int = SEED) -> Places:
    """Stationary-bootstrap draws whose mean block covers the overlap of labels: two horizons and a month more."""
    return stationary_draws(months, block_of(horizon), reps, np.random.default_rng(seed))


def block_of(horizon: int) -> float:
    """Mean block length in months."""
    return 1.0 + 2.0 * horizon / 21.0


def monthly(losses: Floats, month: Places) -> Floats:
    """Sums by month."""
    return by_month(losses, month, int(month.max()) + 1)


def skill_over(model: Scored, reference: Scored, month: Places, draws: Places, *, log: bool = False) -> Estimate:
    """CRPS skill of one variant over another, 1 - sum / sum; with `log`, the mean gain in log score instead."""
    if log:
        from rerating.measures.skill import ratio_interval

        gain = monthly(reference.log_score - model.log_score, month)
        return Estimate.of(ratio_interval(gain, monthly(np.ones(len(month)), month), draws, LEVEL))
    return Estimate.of(skill(monthly(model.crps, month), monthly(reference.crps, month), draws, LEVEL))


#: Months below which a bootstrap over months says nothing.
FEWEST_MONTHS = 6


def covered(
    model: Scored, month: Places, draws: Places, places: Places | None = None, level: float = LEVEL
) -> Estimate | Gap:
    """Coverage of the central interval at `level`, over some places or all; a Gap where those span too few months."""
    inside = (model.pit >= (1.0 - level) / 2.0) & (model.pit <= (1.0 + level) / 2.0)
    if places is None:
        return Estimate.of(coverage(inside, month, draws, LEVEL))
    chosen = month[places]
    distinct, number = np.unique(chosen, return_inverse=True)
    if len(distinct) < FEWEST_MONTHS:
        detail = f"{len(distinct)} months of forecasts, {FEWEST_MONTHS} are needed; wait for more to mature"
        return Gap(question=f"coverage of the {level:.0%} interval", why=Why.TOO_SHORT, detail=detail)
    again = stationary_draws(len(distinct), 3.0, REPS, np.random.default_rng(SEED))
    return Estimate.of(coverage(inside[places], number.astype(np.int64), again, LEVEL))


def flatness(model: Scored, month: Places, draws: Places) -> Pit:
    """The PIT histogram and its test."""
    return Pit.of(pit_histogram(model.pit, month, draws))


class Bin(Record):
    """One bin of the reliability diagram: stated probability, how often it came true, and how many."""

    probability: float
    frequency: float
    n: int


class Edge(Record):
    """Whether skill over one baseline is significant, among all variants that were tried."""

    baseline: str
    skill: Estimate
    p_spa: float
    """Consistent p-value of Hansen's SPA test: that no listed variant beats the baseline."""
    variants: int


def edge_over(
    scored: Mapping[str, Scored], model: str, baseline: str, month: Places, horizon: int, *, reps: int = REPS
) -> Edge:
    """SPA over all variants against one baseline (Hansen 2005), and the skill of `model` over it."""
    from arch.bootstrap import SPA

    count = monthly(np.ones(len(month)), month)
    reference = monthly(scored[baseline].crps, month) / count
    names = [name for name in scored if name != baseline]
    losses = np.column_stack([monthly(scored[name].crps, month) / count for name in names])
    # A variant that forecast just as the baseline did (its mean shrunk to 0 throughout) has no variance to test; it
    # stays counted and cannot be what makes the test reject.
    losses = losses[:, np.any(losses != reference[:, None], axis=0)]
    test = SPA(
        reference,
        losses,
        block_size=round(block_of(horizon)),
        reps=reps,
        bootstrap="stationary",
        seed=SEED,
    )
    test.compute()
    draws = draws_for(len(count), horizon, reps=reps)
    return Edge(
        baseline=baseline,
        skill=skill_over(scored[model], scored[baseline], month, draws),
        p_spa=max(float(test.pvalues["consistent"]), 1.0 / (reps + 1.0)),
        variants=len(names),
    )


def confidence_set(scored: Mapping[str, Scored], month: Places, horizon: int, *, reps: int = REPS) -> tuple[str, ...]:
    """The variants that cannot be told from the best at 10 % (model confidence set, Hansen, Lunde and Nason 2011)."""
    from arch.bootstrap import MCS

    count = monthly(np.ones(len(month)), month)
    by_name = {name: monthly(scored[name].crps, month) / count for name in scored}
    # Variants that forecast alike throughout stand and fall together: one of them is tested.
    alike = {
        name: next(first for first in by_name if np.array_equal(by_name[first], losses))
        for name, losses in by_name.items()
    }
    names = sorted(set(alike.values()), key=list(by_name).index)
    losses = np.column_stack([by_name[name] for name in names])
    test = MCS(losses, 0.10, reps=reps, block_size=round(block_of(horizon)), bootstrap="stationary", seed=SEED)
    test.compute()
    included = {names[place] for place in test.included}
    return tuple(name for name in by_name if alike[name] in included)


def proven(edges: Sequence[Edge]) -> bool:
    """The gate: SPA below 5 % and the model's own skill interval above 0, against every baseline that counts."""
    return bool(edges) and all(edge.p_spa < ALPHA and edge.skill.low > 0.0 for edge in edges)
