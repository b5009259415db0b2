"""Trailing windows against plain loops, and volatility that knows nothing of tomorrow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.measures.rolling import lagged, rolling_max, rolling_mean, rolling_sum
from rerating.measures.volatility import FLOOR, ewma_variance, log_variance, mean_square

values = st.integers(0, 2**32 - 1)


def drawn(seed, sessions=60, lines=2, holes=0.2):
    rng = np.random.default_rng(seed)
    out = 0.02 * rng.standard_normal((sessions, lines))
    return np.where(rng.random((sessions, lines)) < holes, np.nan, out)


@given(values, st.integers(1, 30), st.integers(1, 30))
def test_windows_against_a_loop(seed, window, minimum):
    x = drawn(seed)
    for function, plain in ((rolling_sum, np.nansum), (rolling_mean, np.nanmean), (rolling_max, np.nanmax)):
        out = function(x, window, minimum)
        for t in range(len(x)):
            for i in range(x.shape[1]):
                part = x[max(0, t - window + 1) : t + 1, i]
                if t + 1 < window or np.isfinite(part).sum() < max(minimum, 1):
                    assert np.isnan(out[t, i]) or minimum > window
                else:
                    assert out[t, i] == pytest.approx(plain(part), abs=1e-12)


@given(values, st.integers(25, 59))
def test_nothing_looks_ahead(seed, cut):
    x = drawn(seed)
    for compute in (lambda v: mean_square(v, 21), lambda v: log_variance(v, 5), lambda v: ewma_variance(v, warm_up=10)):
        assert np.array_equal(compute(x)[:cut], compute(x[:cut]), equal_nan=True)


def test_ewma_against_the_recursion_by_hand():
    x = drawn(4, sessions=120, lines=1, holes=0.1)
    out = ewma_variance(x, 0.9, warm_up=20)[:, 0]
    known = np.flatnonzero(np.isfinite(x[:, 0]))
    begin = known[19]
    assert np.isnan(out[:begin]).all()
    state = np.mean(x[known[:20], 0] ** 2)
    for t in range(begin, 120):
        if t > begin and np.isfinite(x[t, 0]):
            state = 0.9 * state + 0.1 * x[t, 0] ** 2
        assert out[t] == pytest.approx(state, rel=1e-12)


def test_a_pinned_line_has_no_volatility():
    x = np.zeros((50, 1))
    assert np.isnan(log_variance(x, 21)).all()
    x[30:] = 2.0 * FLOOR
    assert np.isfinite(log_variance(x, 21)[-1, 0])


def test_lags():
    x = np.arange(5.0)[:, None]
    assert lagged(x, 2)[:, 0].tolist()[2:] == [0.0, 1.0, 2.0]
    assert np.isnan(lagged(x, 2)[:2]).all()
    assert np.isnan(lagged(x, 9)).all()
