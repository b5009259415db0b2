"""The gate opens for an edge that is there, and stays shut for labels in any order and for what is not known."""

import numpy as np
import pytest

from panels import made_panel
from rerating.core.types import Gap
from rerating.outlook.evaluation import (
    confidence_set,
    covered,
    draws_for,
    edge_over,
    flatness,
    months_of,
    proven,
    skill_over,
)
from rerating.outlook.features import FEATURES
from rerating.outlook.sample import inputs
from rerating.outlook.variants import BETA_ONLY, CLIMATOLOGY, SCALE_ONLY, SHIPPED
from rerating.outlook.walk_forward import walk_forward

ALL = tuple(feature.name for feature in FEATURES)
FOUR = (CLIMATOLOGY, SCALE_ONLY, BETA_ONLY, SHIPPED)


def gate(panel, given, horizon=5):
    scored = walk_forward(given, horizon, FOUR, block=126)
    month, _ = months_of(panel.days, scored[SHIPPED.name].rows.start)
    edges = [edge_over(scored, SHIPPED.name, name, month, horizon, reps=300) for name in ("scale_only", "beta_only")]
    return scored, month, edges


@pytest.fixture(scope="module")
def skilled():
    panel = made_panel(sessions=2000, lines=30, edge=0.15)
    given = inputs(panel, ALL)
    return panel, given, *gate(panel, given)


def test_a_planted_edge_is_proven(skilled):
    _, _, scored, month, edges = skilled
    assert proven(edges)
    assert scored[SHIPPED.name].fits[-1].shrinkage > 0.5
    assert SHIPPED.name in confidence_set(scored, month, 5, reps=300)
    assert "climatology" not in confidence_set(scored, month, 5, reps=300)


def test_shuffled_labels_prove_nothing(skilled):
    """The same features, the returns of another line on another day: whatever skill is left would be a leak.

    Lines are shuffled as well as sessions, since a line's mean over all sessions would otherwise tell the future.
    """
    panel, given, *_ = skilled
    rng = np.random.default_rng(3)
    excess = rng.permuted(panel.excess[rng.permutation(len(panel.days))], axis=1)
    shuffled = np.exp(np.cumsum(np.where(np.isfinite(excess), excess, 0.0), axis=0))
    flat = np.ones_like(panel.benchmark_close)
    labels = type(panel)(
        names=panel.names,
        days=panel.days,
        position=panel.position,
        close=shuffled,
        benchmark=panel.benchmark,
        benchmark_close=flat,
        open=np.vstack([shuffled[:1], shuffled[:-1]]),
        benchmark_open=flat,
    )
    mixed = type(given)(**{**given.__dict__, "panel": labels})
    _, _, edges = gate(panel, mixed)
    assert not proven(edges)


def test_without_an_edge_nothing_is_proven():
    panel = made_panel(sessions=1600, lines=20, seed=11)
    scored, _, edges = gate(panel, inputs(panel, ALL))
    assert not proven(edges)
    assert not proven([])
    assert scored[SHIPPED.name].fits[0].shrinkage == 0.0


def test_scale_beats_climatology_and_covers(skilled):
    panel, _, scored, month, _ = skilled
    draws = draws_for(int(month.max()) + 1, 5)
    assert skill_over(scored["scale_only"], scored["climatology"], month, draws).low > 0.0
    coverage = covered(scored[SHIPPED.name], month, draws)
    assert 0.88 < coverage.value < 0.92
    assert coverage.low <= coverage.value <= coverage.high
    assert flatness(scored[SHIPPED.name], month, draws).p > 0.01
    assert sum(flatness(scored[SHIPPED.name], month, draws).shares) == pytest.approx(1.0)
    few = covered(scored[SHIPPED.name], month, draws, np.flatnonzero(month == 0))
    assert isinstance(few, Gap)
    # The log score sees the better scale too.
    assert skill_over(scored["scale_only"], scored["climatology"], month, draws, log=True).value > 0.0
    assert panel.entry == "open"


def test_a_wrong_scale_is_not_flat(skilled):
    _, _, scored, month, _ = skilled
    draws = draws_for(int(month.max()) + 1, 5)
    model = scored["scale_only"]
    narrow = type(model)(**{**model.__dict__, "pit": np.clip(0.5 + 1.5 * (model.pit - 0.5), 0.0, 0.999)})
    assert flatness(narrow, month, draws).p < 0.01
    assert covered(narrow, month, draws).value < 0.85
