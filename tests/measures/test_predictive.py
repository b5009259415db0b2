"""Scores of grid distributions against scoringrules, and what a quantile has to cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rerating.measures.predictive import cdf, crps, crps_of_quantiles, grid_of, levels, log_score, mean_simple, spread


def test_crps_against_scoringrules():
    """The three uses of the oracle stand in one test: its import compiles for some seconds."""
    import scoringrules

    rng = np.random.default_rng(5)
    grid = grid_of(rng.standard_t(4, 5000))
    location, scale = 0.02 * rng.standard_normal(300), np.exp(0.4 * rng.standard_normal(300) - 3.0)
    y = location + scale * rng.standard_t(4, 300) * 1.4
    ensemble = location[:, None] + scale[:, None] * grid
    assert crps(y, location, scale, grid) == pytest.approx(
        scoringrules.crps_ensemble(y, ensemble, backend="numpy"), rel=1e-10
    )
    some = np.sort(ensemble[:, ::20], axis=1)
    at = levels(some.shape[1])
    expected = scoringrules.crps_quantile(y, some, at, backend="numpy")
    assert crps_of_quantiles(y, some, at) == pytest.approx(expected, rel=1e-12)
    assert crps_of_quantiles(some[:, 3], some, at) == pytest.approx(
        scoringrules.crps_quantile(some[:, 3], some, at, backend="numpy"), rel=1e-12
    )
    grid = stats.norm.ppf(levels(4000))
    y = np.linspace(-4.0, 4.0, 41)
    expected = scoringrules.crps_normal(y, 0.0, 1.0, backend="numpy")
    assert crps(y, np.zeros(41), np.ones(41), grid) == pytest.approx(expected, abs=2e-4)


def test_the_spread_of_a_fine_normal_grid_is_that_of_the_normal():
    grid = stats.norm.ppf(levels(4000))
    assert spread(grid) == pytest.approx(2.0 / np.sqrt(np.pi), rel=1e-3)


def test_log_score_integrates_to_one_and_is_close_to_the_normal():
    grid = stats.norm.ppf(levels(2000))
    y = np.linspace(-12.0, 12.0, 200_001)
    density = np.exp(-log_score(y, np.full(1, 0.3), np.full(1, 0.7), grid))
    assert np.trapezoid(density, y) == pytest.approx(1.0, abs=1e-3)
    drawn = 0.3 + 0.7 * np.random.default_rng(1).standard_normal(20_000)
    truth = -stats.norm(0.3, 0.7).logpdf(drawn).mean()
    assert log_score(drawn, np.full(1, 0.3), np.full(1, 0.7), grid).mean() == pytest.approx(truth, abs=0.02)


def test_cdf_is_uniform_under_the_truth_and_never_certain():
    grid = stats.norm.ppf(levels())
    drawn = np.random.default_rng(2).standard_normal(50_000)
    pit = cdf(drawn, np.zeros(1), np.ones(1), grid)
    assert stats.kstest(pit, "uniform").statistic < 0.01
    assert cdf(np.array([-99.0, 99.0]), np.zeros(1), np.ones(1), grid) == pytest.approx([0.00125, 0.99875])


def test_mean_of_a_simple_return():
    grid = stats.norm.ppf(levels(20_000))
    assert mean_simple(np.array([0.01]), np.array([0.2]), grid)[0] == pytest.approx(np.exp(0.01 + 0.02) - 1.0, abs=1e-4)


@given(st.integers(1, 400), st.integers(0, 2**32 - 1))
def test_the_grid_of_the_mirror_is_the_mirrored_grid(n, seed):
    sample = np.random.default_rng(seed).standard_normal(n)
    assert np.array_equal(grid_of(-sample), -grid_of(sample)[::-1])
    assert np.all(np.diff(grid_of(sample)) >= 0.0)


def test_conformal_quantiles_cover_what_they_say():
    """The 5 % and 95 % quantiles of 59 draws cover a 60th with at least 90 %, over 4,000 worlds."""
    rng = np.random.default_rng(3)
    draws = rng.standard_t(3, (4000, 60))
    inside = 0
    for row in draws:
        low, high = np.interp([0.05, 0.95], levels(), grid_of(row[:59]))
        inside += low <= row[59] <= high
    assert inside / 4000 >= 0.885
