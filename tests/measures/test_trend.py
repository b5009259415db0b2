"""Trend figures against published numbers and plain reimplementations, and their laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rerating.measures import trend

#: The example series that chart schools print for the 14-day RSI, with its published values.
# fmt: off
CLOSES = np.array([
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.6140,
    46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222,
])
# fmt: on
PUBLISHED = {15: 70.53, 16: 66.32, 17: 66.55, 18: 69.41, 19: 66.36}

PRICES = arrays(np.float64, st.integers(20, 60), elements=st.floats(1.0, 1000.0))


@pytest.mark.parametrize(("length", "value"), PUBLISHED.items())
def test_rsi_against_published_values(length: int, value: float) -> None:
    assert trend.relative_strength_index(CLOSES[:length]) == pytest.approx(value, abs=0.01)


@given(PRICES, st.floats(0.01, 100.0))
def test_scaling_a_price_changes_no_ratio(closes: np.ndarray, factor: float) -> None:
    rsi, scaled = trend.relative_strength_index(closes), trend.relative_strength_index(closes * factor)
    assert rsi == pytest.approx(scaled, abs=1e-6)
    assert trend.drawdown(closes) == pytest.approx(trend.drawdown(closes * factor))
    assert trend.deepest_drawdown(closes) == pytest.approx(trend.deepest_drawdown(closes * factor))


@given(PRICES)
def test_bounds(closes: np.ndarray) -> None:
    rsi, now, deepest = trend.relative_strength_index(closes), trend.drawdown(closes), trend.deepest_drawdown(closes)
    assert rsi is not None
    assert now is not None
    assert deepest is not None
    assert 0.0 <= rsi <= 100.0
    assert deepest <= now <= 0.0 or now <= 0.0
    rank = trend.percentile(closes)
    assert rank is not None
    assert 0.0 <= rank <= 1.0


def test_extremes_of_rsi() -> None:
    assert trend.relative_strength_index(np.arange(1.0, 30.0)) == 100.0
    assert trend.relative_strength_index(np.full(30, 5.0)) == 50.0
    assert trend.relative_strength_index(np.arange(30.0, 1.0, -1)) == pytest.approx(0.0)


def test_missing_values_make_a_figure_unknown_and_never_zero() -> None:
    holed = CLOSES.copy()
    holed[-3] = np.nan
    assert trend.moving_average(holed, 5) is None
    assert trend.relative_strength_index(holed) is None
    assert trend.realised_volatility(holed, 5) is None
    assert trend.compound(holed, 5) is None
    assert trend.drawdown(np.append(CLOSES, np.nan)) is None
    assert trend.percentile(np.array([1.0])) is None
    assert trend.beta(CLOSES, np.full(CLOSES.size, 1.0), 10) is None


def test_against_plain_formulas() -> None:
    rng = np.random.default_rng(4)
    y, x = rng.normal(0, 0.01, 300), rng.normal(0, 0.01, 300)
    assert trend.beta(y, x, 252) == pytest.approx(np.polyfit(x[-252:], y[-252:], 1)[0])
    assert trend.realised_volatility(y, 63) == pytest.approx(np.log(1 + y[-63:]).std(ddof=1) * 252**0.5)
    assert trend.compound(y, 21) == pytest.approx((1 + y[-21:]).prod() - 1)
    assert trend.moving_average(CLOSES, 5) == pytest.approx(CLOSES[-5:].mean())
