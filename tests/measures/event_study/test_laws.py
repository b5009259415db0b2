"""Laws that hold whatever the data: scale, shift, order, and that a batch is its events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.measures.event_study import MODELS, TESTS, EventOutcome, EventStudy, event_outcome, event_study, panel

LINEAR = [name for name in MODELS if name != "garch"]
KEEP: dict[str, Any] = {"windows": [(-2, 3)], "estimation": 60, "minimum": 30, "draws": 99}


def world(seed: int, lines: int = 8, length: int = 160, missing: float = 0.02) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    market = rng.normal(0, 0.01, length)
    returns = market[:, None] * rng.uniform(0.5, 1.5, lines) + rng.standard_t(4, (length, lines)) * 0.01
    returns[rng.random((length, lines)) < missing] = np.nan
    position = np.where(rng.random(lines) < 0.5, 120, rng.integers(70, 150, lines))
    return returns, market, np.column_stack([np.arange(lines), position])


def statistics(study: EventStudy) -> np.ndarray:
    return np.array([one.value for one in study.statistics])


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), scale=st.floats(0.01, 5.0), model=st.sampled_from(LINEAR))
def test_scaling_all_returns_scales_the_abnormal_ones_and_moves_no_statistic(
    seed: int, scale: float, model: str
) -> None:
    returns, market, events = world(seed)
    here = event_study(returns, events, benchmark=market, model=model, kind="log", **KEEP)
    there = event_study(scale * returns, events, benchmark=scale * market, model=model, kind="log", **KEEP)
    assert there.outcomes() == here.outcomes()
    np.testing.assert_allclose(there.computed.results.ar, scale * here.computed.results.ar, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(there.computed.results.car_sd, scale * here.computed.results.car_sd, rtol=1e-9)
    np.testing.assert_allclose(statistics(there), statistics(here), rtol=1e-7, atol=1e-9)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), shift=st.floats(-0.2, 0.2), slope=st.floats(-2.0, 2.0))
def test_what_the_market_model_takes_out_changes_nothing(seed: int, shift: float, slope: float) -> None:
    """Adding a constant and a multiple of the market to a line moves its alpha and beta, and no abnormal return."""
    returns, market, events = world(seed)
    moved = returns + shift + slope * market[:, None]
    here = event_study(returns, events, benchmark=market, kind="log", **KEEP)
    there = event_study(moved, events, benchmark=market, kind="log", **KEEP)
    np.testing.assert_allclose(there.computed.results.ar, here.computed.results.ar, atol=1e-12)
    np.testing.assert_allclose(there.computed.results.slopes, here.computed.results.slopes + slope, atol=1e-9)
    np.testing.assert_allclose(statistics(there), statistics(here), rtol=1e-6, atol=1e-8)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), model=st.sampled_from(LINEAR))
def test_the_order_of_the_events_and_of_the_lines_changes_no_bit(seed: int, model: str) -> None:
    returns, market, events = world(seed)
    rng = np.random.default_rng(seed)
    here = event_study(returns, events, benchmark=market, model=model, **KEEP)
    order = rng.permutation(len(events))
    there = event_study(returns, events[order], benchmark=market, model=model, **KEEP)
    assert np.array_equal(statistics(there), statistics(here), equal_nan=True)
    columns = ["outcome", "flags", "n", "alpha", "beta", "sigma", "car", "s_car", "t", "p", "bhar"]
    assert there.events().select(columns).rows() == here.events().select(columns)[order].rows()
    lines = rng.permutation(returns.shape[1])
    moved = np.column_stack([np.argsort(lines)[events[:, 0]], events[:, 1]])
    renamed = panel(returns[:, lines], benchmark=market, symbols=[str(line) for line in lines])
    other = event_study(renamed, moved, model=model, **KEEP)
    assert other.events().select(columns).rows() == here.events().select(columns).rows()
    assert np.array_equal(statistics(other), statistics(here), equal_nan=True)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), model=st.sampled_from(LINEAR), missing=st.sampled_from([0.0, 0.05]))
def test_an_event_alone_is_that_event_in_a_batch(seed: int, model: str, missing: float) -> None:
    returns, market, events = world(seed, missing=missing)
    made = panel(returns, benchmark=market)
    batch = event_study(made, events, model=model, **KEEP).events()
    columns = ["outcome", "n", "alpha", "beta", "sigma", "car", "s_car", "t", "p", "bhar"]
    for i, event in enumerate(events):
        alone = event_study(made, event[None, :], model=model, tests=("sign",), **KEEP).events()
        assert alone.select(columns).rows() == batch.select(columns)[i].rows()


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), missing=st.sampled_from([0.0, 0.05]))
def test_the_single_event_is_the_batch_of_one(seed: int, missing: float) -> None:
    returns, market, events = world(seed, missing=missing)
    line, position = map(int, events[0])
    single = event_outcome(returns[:, line], market, position, estimation=60, gap=2, window=(-2, 3), minimum=30)
    keep = KEEP | {"drop": (), "gap": 2}
    study = event_study(returns, events[:1], benchmark=market, **keep)
    if not isinstance(single, EventOutcome):
        assert study.used == 0
        return
    row = study.events().row(0, named=True)
    for mine, theirs in {"car": "car", "t": "t_car", "p": "p_car", "alpha": "alpha", "beta": "beta"}.items():
        assert row[mine] == pytest.approx(getattr(single, theirs), rel=1e-10, abs=1e-13)
    ar = study.abnormal_returns()["ar"].to_list()
    for mine, theirs in zip(ar, single.ar, strict=True):
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert mine == pytest.approx(theirs, rel=1e-10, abs=1e-14)


@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_reversing_all_signs_reverses_every_statistic_but_the_counted_ones(seed: int) -> None:
    returns, market, events = world(seed, missing=0.0)
    here = event_study(returns, events, benchmark=market, kind="log", **KEEP)
    there = event_study(-returns, events, benchmark=-market, kind="log", **KEEP)
    np.testing.assert_allclose(statistics(there), -statistics(here), rtol=1e-9, atol=1e-9)
    for mine, other in zip(here.statistics, there.statistics, strict=True):
        np.testing.assert_allclose(other.p, mine.p, rtol=1e-7, atol=1e-12)


def test_the_same_question_gets_the_same_bits() -> None:
    returns, market, events = world(11)
    first = event_study(returns, events, benchmark=market, **KEEP).to_json()
    assert event_study(returns, events, benchmark=market, **KEEP).to_json() == first
    assert {test["name"] for test in first["tests"]} == set(TESTS)


def test_a_hundred_blocks_are_the_same_as_one_event_at_a_time() -> None:
    """More events than go through the loops together, on few days and on many."""
    rng = np.random.default_rng(3)
    length, lines, n = 700, 40, 500
    market = rng.normal(0, 0.01, length)
    returns = market[:, None] + rng.normal(0, 0.02, (length, lines))
    made = panel(returns, benchmark=market)
    events = np.column_stack([rng.integers(0, lines, n), rng.integers(300, 690, n)])
    batch = event_study(made, events, estimation=250, windows=[(-2, 2)], tests=("sign",)).events()
    for i in range(0, n, 37):
        alone = event_study(made, events[i : i + 1], estimation=250, windows=[(-2, 2)], tests=("sign",)).events()
        assert alone["car"][0] == batch["car"][i]
        assert alone["s_car"][0] == batch["s_car"][i]


def test_the_mean_correlation_is_that_of_the_residuals_when_all_share_one_day() -> None:
    """No matrix of events is made; with complete windows it is the mean of Pearson's correlations all the same."""
    rng = np.random.default_rng(8)
    length, lines = 200, 30
    market = rng.normal(0, 0.01, length)
    common = rng.normal(0, 0.01, (length, 1))
    returns = market[:, None] + common * rng.uniform(0, 1, lines) + rng.normal(0, 0.01, (length, lines))
    events = np.column_stack([np.arange(lines), np.full(lines, 150)])
    study = event_study(returns, events, benchmark=market, windows=[(-1, 1)], estimation=100)
    design = np.column_stack([np.ones(100), market[49:149]])
    residuals = returns[49:149] - design @ np.linalg.lstsq(design, returns[49:149], rcond=None)[0]
    matrix = np.corrcoef(residuals.T)
    expected = (matrix.sum() - lines) / (lines * (lines - 1))
    np.testing.assert_allclose(study.computed.correlation, expected, rtol=1e-11)
    pairs = event_study(
        returns, events, benchmark=market, windows=[(-1, 1)], estimation=100, correlation="estimation_windows"
    )
    np.testing.assert_allclose(pairs.computed.correlation, expected, rtol=1e-11)
