"""Skill and calibration with intervals over months: what is known, against arch and against arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.measures.calibration import brier, coverage, pit_histogram, reliability, slope
from rerating.measures.skill import by_month, ratio_interval, skill, stationary_draws


def test_the_stationary_bootstrap_spreads_like_archs():
    from arch.bootstrap import StationaryBootstrap

    rng = np.random.default_rng(8)
    series = np.convolve(rng.standard_normal(203), np.ones(4), "valid")
    ours = series[stationary_draws(200, 6.0, 4000, np.random.default_rng(1))].mean(axis=1)
    theirs = StationaryBootstrap(6, series, seed=1).apply(np.mean, 4000)[:, 0]
    assert ours.std() == pytest.approx(theirs.std(), rel=0.06)
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.02)


@given(st.integers(1, 60), st.floats(1.0, 20.0), st.integers(0, 2**32 - 1))
def test_draws_are_runs_of_months(months, block, seed):
    draws = stationary_draws(months, block, 20, np.random.default_rng(seed))
    assert draws.shape == (20, months)
    assert draws.min() >= 0
    assert draws.max() < months
    assert np.array_equal(draws, stationary_draws(months, block, 20, np.random.default_rng(seed)))


def test_a_long_block_keeps_neighbours_together():
    draws = stationary_draws(50, 1e9, 30, np.random.default_rng(2))
    assert (np.diff(draws, axis=1) % 50 == 1).all()


def test_skill_is_a_ratio_of_sums():
    losses, reference = np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 4.0])
    draws = stationary_draws(3, 1.0, 500, np.random.default_rng(0))
    found = skill(losses, reference, draws)
    assert found.value == pytest.approx(0.25)
    assert found.low <= found.value <= found.high
    assert ratio_interval(losses, losses, draws).low == pytest.approx(1.0)


def test_the_interval_of_coverage_holds_the_truth():
    """90 % intervals for a coverage of 90 % when months differ: 300 worlds, at least 80 % hold it."""
    held, months, per = 0, 60, 40
    month = np.repeat(np.arange(months), per)
    for world in range(300):
        rng = np.random.default_rng(world)
        chance = np.clip(0.9 + 0.06 * rng.standard_normal(months), 0.0, 1.0)
        inside = rng.random(months * per) < chance[month]
        found = coverage(inside, month, stationary_draws(months, 2.0, 300, rng))
        held += found.low <= 0.9 <= found.high
    assert held / 300 >= 0.80


def test_flat_and_bent_pit():
    rng = np.random.default_rng(4)
    month = np.repeat(np.arange(50), 100)
    draws = stationary_draws(50, 2.0, 500, np.random.default_rng(0))
    assert pit_histogram(rng.random(5000), month, draws).p > 0.05
    assert pit_histogram(rng.random(5000) ** 1.5, month, draws).p < 0.01


def test_flatness_is_judged_by_months_and_not_by_forecasts():
    """Ten bad months of a thousand alike forecasts each are ten observations."""
    rng = np.random.default_rng(6)
    month = np.repeat(np.arange(30), 1000)
    pit = np.clip(rng.random(30)[month] + 0.01 * rng.standard_normal(30_000), 0.0, 0.999)
    draws = stationary_draws(30, 1.0, 500, np.random.default_rng(0))
    assert pit_histogram(pit, month, draws).p > 0.05


def test_reliability_bins_and_slope():
    rng = np.random.default_rng(7)
    p = rng.uniform(0.3, 0.7, 40_000)
    happened = rng.random(40_000) < p
    bins = reliability(p, happened)
    assert sum(item.n for item in bins) == 40_000
    assert all(abs(item.probability - item.frequency) < 0.03 for item in bins)
    assert len(reliability(np.full(10, 0.5), np.ones(10, dtype=bool))) == 1
    month = np.repeat(np.arange(40), 1000)
    draws = stationary_draws(40, 1.0, 400, np.random.default_rng(0))
    forecast = rng.standard_normal(40_000)
    found = slope(forecast, 0.5 * forecast + rng.standard_normal(40_000), month, draws)
    assert found.value == pytest.approx(0.5, abs=0.03)
    assert found.low < 0.5 < found.high


def test_brier_and_sums_by_month():
    assert brier(np.array([0.8, 0.2]), np.array([True, True])) == pytest.approx([0.04, 0.64])
    assert by_month(np.array([1.0, 2.0, 4.0]), np.array([0, 2, 2]), 4).tolist() == [1.0, 0.0, 6.0, 0.0]
