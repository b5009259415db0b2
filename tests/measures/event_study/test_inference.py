"""The tests as plain functions: against other programs, in corners, and by their own distribution."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from rerating.core.errors import UsageError
from rerating.measures.event_study import clustered_t
from rerating.measures.event_study.inference import (
    adjusted,
    bmp,
    calendar_time,
    cross_sectional_t,
    generalised_rank,
    moments,
    patell,
    rank_test,
    sign,
    skewness_hall,
    wild_bootstrap,
)


def test_the_cross_sectional_t_is_scipys() -> None:
    values = np.random.default_rng(0).normal(0.1, 1, (40, 3))
    got = cross_sectional_t(values)
    expected = stats.ttest_1samp(values, 0.0)
    np.testing.assert_allclose(got.value, expected.statistic, rtol=1e-12)
    np.testing.assert_allclose(got.p, expected.pvalue, rtol=1e-12)


def test_missing_values_count_in_the_other_columns_only() -> None:
    values = np.random.default_rng(1).normal(0.1, 1, (40, 3))
    values[:7, 1] = np.nan
    values[:, 2] = np.nan
    values[0, 2] = 1.0
    got = cross_sectional_t(values)
    assert got.n.tolist() == [40, 33, 1]
    np.testing.assert_allclose(got.value[1], stats.ttest_1samp(values[7:, 1], 0.0).statistic, rtol=1e-12)
    assert np.isnan(got.value[2])
    assert got.why[2] == "too few events have a value (1; 2 needed)"


def test_values_that_do_not_differ_give_no_statistic() -> None:
    for test in (cross_sectional_t, bmp, skewness_hall):
        got = test(np.full((10, 1), 0.1))
        assert np.isnan(got.value[0])
        assert "do not differ" in got.why[0]


def test_clustered_errors_are_those_of_statsmodels() -> None:
    rng = np.random.default_rng(2)
    group, other = rng.integers(0, 12, 200), rng.integers(0, 9, 200)
    values = rng.normal(0.05, 1, 200) + rng.normal(0, 0.5, 12)[group] + rng.normal(0, 0.3, 9)[other]
    ones = np.ones(200)
    fit = sm.OLS(values, ones).fit(cov_type="cluster", cov_kwds={"groups": group, "use_correction": True})
    np.testing.assert_allclose(clustered_t(values[:, None], group).value, fit.tvalues, rtol=1e-10)
    # Two-way by its definition: the correction of each part is its own G / (G - 1).
    parts = []
    for labels in (group, other, group * 100 + other):
        one = sm.OLS(values, ones).fit(cov_type="cluster", cov_kwds={"groups": labels, "use_correction": True})
        parts.append(one.bse[0] ** 2)
    expected = values.mean() / np.sqrt(parts[0] + parts[1] - parts[2])
    np.testing.assert_allclose(clustered_t(values[:, None], group, other).value, expected, rtol=1e-10)
    assert "one cluster" in clustered_t(values[:, None], np.zeros(200, np.int64)).why[0]
    with pytest.raises(UsageError, match="one or two"):
        clustered_t(values[:, None], group, other, group)


def test_calendar_time_is_newey_west_of_the_daily_means() -> None:
    rng = np.random.default_rng(3)
    n = 300
    day = np.sort(np.concatenate([np.arange(60), rng.integers(0, 60, n - 60)]))
    values = rng.normal(0.1, 1, n) + rng.normal(0, 1, 60)[day]
    got = calendar_time(values[:, None], day[:, None], [(0, 1)])
    means = np.array([values[day == d].mean() for d in range(60) if (day == d).any()])
    assert len(means) == 60  # every day has an event, so the days are a plain series
    lags = int(4 * (60 / 100) ** (2 / 9))
    fit = sm.OLS(means, np.ones(60)).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    np.testing.assert_allclose(got.value, fit.tvalues, rtol=1e-10)


def test_the_wild_bootstrap_is_exact_where_all_signs_can_be_thrown() -> None:
    """Six values have 64 sign patterns: the drawn p must come near the share of patterns with as large a |t|."""
    values = np.array([0.4, 1.1, -0.2, 0.9, 0.7, 1.5])
    patterns = (np.arange(64)[:, None] >> np.arange(6) & 1) * 2.0 - 1.0
    t = stats.ttest_1samp(patterns * values, 0.0, axis=1).statistic
    exact = np.mean(np.abs(t) >= abs(stats.ttest_1samp(values, 0.0).statistic) - 1e-9)
    got = wild_bootstrap(values[:, None], np.random.default_rng(0), draws=20_000)
    assert got.p[0] == pytest.approx(exact, abs=0.01)
    alone = wild_bootstrap(values[:, None], np.random.default_rng(0), draws=999, cluster=np.arange(6))
    assert alone.p[0] == pytest.approx(exact, abs=0.04)


def test_the_clustered_bootstrap_holds_its_size_where_the_plain_one_does_not() -> None:
    rng = np.random.default_rng(5)
    label = np.repeat(np.arange(15), 8)
    plain, clustered = 0, 0
    for _ in range(300):
        values = (rng.normal(size=15)[label] + rng.normal(size=120))[:, None]
        plain += wild_bootstrap(values, rng, draws=199).p[0] <= 0.05
        clustered += wild_bootstrap(values, rng, draws=199, cluster=label).p[0] <= 0.05
    assert plain > 90
    assert 4 <= clustered <= 30


def test_patell_needs_more_than_two_degrees_of_freedom() -> None:
    got = patell(np.array([[0.5], [1.0]]), np.array([100.0, 2.0]))
    assert "degrees of freedom" in got.why[0]


def test_an_adjustment_that_leaves_no_variance_says_so() -> None:
    plain = bmp(np.random.default_rng(1).normal(size=(10, 2)))
    got = adjusted(plain, np.array([0.1, -0.2]), estimated_variance=True)
    assert got.name == "adjusted_bmp_kolari_pynnonen"
    assert got.value[0] == pytest.approx(plain.value[0] * np.sqrt(0.9 / 1.9))
    assert "positive variance" in got.why[1]


def test_a_mean_rank_without_variation_gives_no_statistic() -> None:
    got = rank_test("corrado_rank", np.zeros(10), np.full(10, 3.0), 8, [(0, 1)])
    assert np.isnan(got.value[0])
    assert got.why
    t, z = generalised_rank(np.zeros((1, 20)), np.full((1, 20), 3.0), np.array([0.3]), np.array([3.0]), np.array([0.2]))
    assert "all the variation" in t.why[0]
    assert z.why == t.why


def test_signs_of_exact_zeros_count_as_not_positive() -> None:
    assert sign(np.array([[0.0], [0.0], [1.0], [1.0]])).value[0] == 0.0


def test_moments_of_a_rounded_constant_have_no_spread() -> None:
    values = np.full((1000, 1), 0.1)
    values[0] += 1e-17
    assert moments(values).sd[0] == 0.0
