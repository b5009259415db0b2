"""The volume test under a SIMULATED null richer than its model, against planted exceptions, and its own laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from option_volume_simulator import Simulated, World, as_rows, simulate
from rerating.core.errors import UsageError
from rerating.measures.option_volume import (
    LEAST_DAYS,
    WINDOW,
    VolumePanel,
    benjamini_hochberg,
    third_friday,
    volume_panel,
    volume_scores,
)

FIRST = WINDOW


@pytest.fixture(scope="module")
def null() -> Simulated:
    return simulate(World(names=120, days=FIRST + 252), np.random.default_rng(20))


def walk(panel: VolumePanel, *, given_move: bool = False) -> np.ndarray:
    blocks = range(FIRST, len(panel.days), 42)
    return np.concatenate(
        [
            volume_scores(panel, first=at, last=min(at + 42, len(panel.days)), given_move=given_move).p_value
            for at in blocks
        ],
        axis=1,
    )


@pytest.mark.parametrize("given_move", [False, True])
def test_the_null_fires_as_often_as_it_says(null: Simulated, given_move: bool) -> None:
    """Bounds are about three standard errors of this small run; benchmarks/option_volume.py has the large one."""
    p = walk(null.panel, given_move=given_move)
    assert np.isfinite(p).all()
    earnings = np.abs(null.panel.earnings_offset[:, FIRST:]) <= 5
    shock = null.market_shock[FIRST:]
    busy = np.broadcast_to(shock > np.quantile(shock, 0.9), p.shape)
    assert 0.008 <= np.mean(p <= 0.01) <= 0.012
    assert 0.006 <= np.mean(p[earnings] <= 0.01) <= 0.014
    assert 0.006 <= np.mean(p[null.expiry_week[:, FIRST:]] <= 0.01) <= 0.014
    assert 0.004 <= np.mean(p[busy] <= 0.01) <= 0.018
    assert 0.045 <= np.mean(p <= 0.05) <= 0.055


def test_the_usual_rule_of_thumb_fires_far_too_often(null: Simulated) -> None:
    volume = np.expm1(null.panel.log_volume)
    mean = np.stack([volume[:, t - 20 : t].mean(axis=1) for t in range(FIRST, volume.shape[1])], axis=1)
    twice = volume[:, FIRST:] > 2 * mean
    earnings = np.abs(null.panel.earnings_offset[:, FIRST:]) <= 5
    assert twice.mean() > 0.05
    assert twice[earnings].mean() > 0.15


def test_planted_volume_is_found_across_names(null: Simulated) -> None:
    """Six names of 120 trade ten times their usual volume on one day: found at a false discovery rate of 10 %."""
    rng = np.random.default_rng(7)
    hits = false = planted = 0
    for day in range(FIRST, FIRST + 200, 25):
        names = rng.choice(120, 6, replace=False)
        y = null.panel.log_volume.copy()
        y[names, day] += np.log(10)
        scores = volume_scores(replace(null.panel, log_volume=y), first=day, last=day + 1)
        found = np.flatnonzero(benjamini_hochberg(scores.p_value[:, 0], 0.1))
        hits += np.isin(names, found).sum()
        false += (~np.isin(found, names)).sum()
        planted += 6
    assert hits / planted > 0.6
    assert false / max(hits + false, 1) < 0.2


def test_one_day_of_one_name_can_reach_a_small_p(null: Simulated) -> None:
    y = null.panel.log_volume.copy()
    y[3, FIRST] += np.log(30)
    scores = volume_scores(replace(null.panel, log_volume=y), first=FIRST, last=FIRST + 1)
    assert scores.p_value[3, 0] < 1e-3
    assert scores.n_pool[3, 0] > 1_000
    assert scores.n_days[3] >= LEAST_DAYS
    assert np.expm1(y[3, FIRST]) > scores.high[3, 0] > scores.expected[3, 0] > scores.low[3, 0] >= 0
    assert scores.market_removed


def test_what_comes_later_changes_nothing(null: Simulated) -> None:
    y = null.panel.log_volume.copy()
    y[:, FIRST + 1 :] = 0.0
    before = volume_scores(null.panel, first=FIRST, last=FIRST + 1)
    after = volume_scores(replace(null.panel, log_volume=y), first=FIRST, last=FIRST + 1)
    assert np.array_equal(before.p_value, after.p_value)


def test_the_band_holds_98_of_100_normal_days(null: Simulated) -> None:
    scores = volume_scores(null.panel, first=FIRST, last=FIRST + 60)
    volume = np.expm1(null.panel.log_volume[:, FIRST : FIRST + 60])
    inside = (volume >= scores.low) & (volume <= scores.high)
    assert 0.97 <= inside.mean() <= 0.99


def test_a_short_history_gets_no_p_value() -> None:
    sim = simulate(World(names=3, days=300), np.random.default_rng(1))
    y = sim.panel.log_volume.copy()
    y[0, :100] = np.nan  # listed late
    scores = volume_scores(replace(sim.panel, log_volume=y), first=290, last=291)
    assert np.isnan(scores.p_value[0, 0])
    assert np.isnan(scores.high[0, 0])
    assert np.isfinite(scores.p_value[1:, 0]).all()
    assert scores.n_days[0] < LEAST_DAYS <= scores.n_days[1]
    assert scores.p_value[1, 0] >= 1 / (scores.n_pool[1, 0] + 1)
    assert not scores.market_removed  # three names are no market


def test_a_missing_day_gets_no_p_value_but_an_expectation(null: Simulated) -> None:
    y = null.panel.log_volume.copy()
    y[5, FIRST] = np.nan
    scores = volume_scores(replace(null.panel, log_volume=y), first=FIRST, last=FIRST + 1)
    assert np.isnan(scores.p_value[5, 0])
    assert np.isfinite(scores.expected[5, 0])


def test_the_frame_becomes_the_panel(null: Simulated) -> None:
    few = replace(
        null.panel,
        names=null.panel.names[:2],
        **{
            field: getattr(null.panel, field)[:2]
            for field in ("log_volume", "log_stock_volume", "absolute_return", "earnings_offset")
        },
    )
    again = volume_panel(as_rows(few).sample(fraction=1.0, shuffle=True, seed=4))
    assert again.names == few.names
    assert again.days == few.days
    assert np.allclose(again.log_volume, few.log_volume)
    assert np.array_equal(again.earnings_offset, few.earnings_offset, equal_nan=True)


def test_wrong_frames_and_days_are_refused(null: Simulated) -> None:
    rows = as_rows(null.panel).head(2)
    with pytest.raises(UsageError, match="lacks stock_volume"):
        volume_panel(rows.drop("stock_volume"))
    with pytest.raises(UsageError, match="aggregate"):
        volume_panel(pl.concat([rows, rows]))
    with pytest.raises(UsageError, match="outside"):
        volume_scores(null.panel, first=0, last=1)
    with pytest.raises(UsageError, match="discovery rate"):
        benjamini_hochberg(np.array([0.1]), 1.0)


def test_benjamini_hochberg_by_hand() -> None:
    """The worked example of the 1995 paper's section 3.2: 15 p-values, rate 5 %, the four smallest stand out."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert np.flatnonzero(benjamini_hochberg(np.array(p), 0.05)).tolist() == [0, 1, 2, 3]
    assert np.flatnonzero(benjamini_hochberg(np.array([np.nan, *p]), 0.05)).tolist() == [1, 2, 3, 4]


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=30), st.floats(0.01, 0.5))
@settings(max_examples=100, deadline=None)
def test_benjamini_hochberg_laws(p: list[float], rate: float) -> None:
    values = np.array(p)
    found = benjamini_hochberg(values, rate)
    assert not found[np.isnan(values)].any()
    if found.any():
        assert found[values <= values[found].max()].all()  # a set of the smallest
        assert values[found].max() <= rate * found.sum() / np.isfinite(values).sum()
    assert benjamini_hochberg(values, min(rate * 1.5, 0.9))[found].all()


@pytest.mark.parametrize(
    ("month", "expiry"), [(date(2026, 1, 31), date(2026, 1, 16)), (date(2025, 8, 1), date(2025, 8, 15))]
)
def test_third_friday(month: date, expiry: date) -> None:
    assert third_friday(month) == expiry
