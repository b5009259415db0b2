"""Smiles, distributions, event moves and ratios: against known distributions, by hand, and by the laws they obey."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Why
from rerating.measures.implied_distribution import (
    EventMove,
    ExpiryVariance,
    Smile,
    by_moneyness_and_tenor,
    call_put_spread,
    chain_totals,
    event_move,
    fit_smile,
    implied_distribution,
    least_opening,
    skew_25_delta,
)


def black_call(k: float, deviation: float) -> float:
    d1 = -k / deviation + deviation / 2
    return float(norm.cdf(d1) - math.exp(k) * norm.cdf(d1 - deviation))


class Mixture:
    """A two-component lognormal mixture with mean 1: the true distribution behind a smile of its own."""

    def __init__(self, weight: float, centre: float, narrow: float, wide: float) -> None:
        other = math.log((1 - weight * math.exp(centre)) / (1 - weight))
        self.parts = [(weight, centre, narrow), (1 - weight, other, wide)]

    def call(self, k: float) -> float:
        return sum(p * math.exp(c) * black_call(k - c, s) for p, c, s in self.parts)

    def below(self, k: float) -> float:
        return float(sum(p * norm.cdf((k - c + s * s / 2) / s) for p, c, s in self.parts))

    def density(self, k: float) -> float:
        return float(sum(p * norm.pdf((k - c + s * s / 2) / s) / s for p, c, s in self.parts))

    def volatility(self, k: float, years: float) -> float:
        return float(brentq(lambda d: black_call(k, d) - self.call(k), 1e-4, 5)) / math.sqrt(years)


def fitted(volatility: list[float] | np.ndarray, k: np.ndarray, years: float = 0.25, **more: object) -> Smile:
    smile = fit_smile(list(k), list(volatility), years=years, forward=100.0, **more)
    assert isinstance(smile, Smile), smile
    return smile


def test_a_flat_smile_is_the_lognormal() -> None:
    k = np.linspace(-0.4, 0.4, 17)
    smile = fitted(np.full(17, 0.3), k)
    found = implied_distribution(smile)
    deviation = 0.3 * math.sqrt(0.25)
    z = (np.log(np.array(found.strikes) / 100) + deviation**2 / 2) / deviation
    assert np.allclose(found.below, norm.cdf(z), atol=2e-4)
    assert np.allclose(found.density, norm.pdf(z) / deviation / np.array(found.strikes), atol=2e-4)
    assert found.mass_below == pytest.approx(norm.cdf(z[0]), abs=2e-4)
    skew = skew_25_delta(smile)
    assert isinstance(skew, float)
    assert skew == pytest.approx(0.0, abs=1e-4)


def test_a_skewed_mixture_is_recovered_between_the_quotes() -> None:
    truth = Mixture(0.25, -0.09, 0.16, 0.08)
    k = np.linspace(-0.35, 0.22, 25)
    smile = fitted([truth.volatility(x, 0.25) for x in k], k)
    assert smile.rmse < 0.003
    inner = np.linspace(-0.3, 0.18, 60)
    assert np.abs(smile.below(inner) - [truth.below(x) for x in inner]).max() < 0.02
    distance = np.trapezoid(np.abs(smile.density(inner) - [truth.density(x) for x in inner]), inner)
    assert distance < 0.1  # twice the total variation: SVI has five parameters, the truth is no SVI
    skew = skew_25_delta(smile)
    assert isinstance(skew, float)
    assert skew > 0.02


@given(
    seed=st.integers(0, 2**32 - 1),
    quotes=st.integers(6, 40),
    years=st.floats(0.01, 2.0),
    level=st.floats(0.1, 1.2),
    noise=st.floats(0, 0.03),
)
@settings(max_examples=25, deadline=None)
def test_no_butterfly_inside_the_quotes_whatever_they_are(
    seed: int, quotes: int, years: float, level: float, noise: float
) -> None:
    """Noisy quotes give a smile whose density is nowhere negative between them and adds up, or a gap."""
    rng = np.random.default_rng(seed)
    reach = 2.5 * level * math.sqrt(years)
    k = np.sort(rng.uniform(-reach, reach, quotes))
    v = np.maximum(
        level * (1 + rng.normal(0, 0.1) * k / reach + 0.15 * (k / reach) ** 2) + rng.normal(0, noise, quotes), 0.02
    )
    smile = fit_smile(list(k), list(v), years=years, forward=50.0, band=[0.01] * quotes)
    if isinstance(smile, Gap):
        assert smile.why in {Why.CONFLICT, Why.TOO_SHORT}
        return
    inner = np.linspace(smile.k_low, smile.k_high, 997)
    assert smile.density(inner).min() >= -1e-6
    assert smile.total_variance(np.linspace(-20, 20, 101)).min() > 0
    assert np.diff(smile.below(inner)).min() >= -1e-9
    assert np.trapezoid(smile.density(inner), inner) == pytest.approx(
        float(smile.below(inner[-1:])[0] - smile.below(inner[:1])[0]), abs=2e-3
    )
    found = implied_distribution(smile)
    assert 0 <= found.mass_below <= 1
    assert 0 <= found.mass_above <= 1
    assert all(a <= b + 1e-9 for a, b in pairwise(found.below))


def test_quotes_with_narrow_bands_weigh_more() -> None:
    k = np.linspace(-0.3, 0.3, 13)
    v = 0.3 + 0.1 * k**2
    bent = v.copy()
    bent[3] += 0.05
    trusted = fitted(bent, k, band=[0.01] * 13)
    doubted = fitted(bent, k, band=[0.01] * 3 + [0.2] + [0.01] * 9)
    assert abs(doubted.volatility(k)[3] - v[3]) < abs(trusted.volatility(k)[3] - v[3]) / 2


def test_few_quotes_are_a_gap() -> None:
    gap = fit_smile([0.0, 0.1, 0.1, 0.2], [0.3] * 4, years=0.1, forward=100)
    assert isinstance(gap, Gap)
    assert gap.why is Why.TOO_SHORT
    assert "3 strikes" in gap.detail


def test_a_skew_beyond_the_quotes_is_a_gap() -> None:
    k = np.linspace(-0.02, 0.02, 9)
    gap = skew_25_delta(fitted(np.full(9, 0.4), k))
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_COVERED


def test_the_event_move_comes_back_and_the_straddle_rule_does_not() -> None:
    """Ordinary sessions of 2 % and an event of 9 %, 6 and 26 sessions ahead: 9 % again; the straddle says more."""
    ordinary, event = 0.02**2, 0.09**2
    near, far = (ExpiryVariance(sessions=n, variance=ordinary * n + event) for n in (6, 26))
    move = event_move(near, far)
    assert isinstance(move, EventMove)
    assert move.deviation == pytest.approx(0.09, abs=1e-12)
    assert move.ordinary == pytest.approx(0.02, abs=1e-12)
    straddle = math.sqrt(near.variance * 2 / math.pi)
    assert straddle / move.expected_absolute > 1.1


def test_bid_and_ask_make_a_range_around_the_event_move() -> None:
    near = ExpiryVariance(sessions=6, variance=0.0105, variance_bid=0.0101, variance_ask=0.0109)
    far = ExpiryVariance(sessions=26, variance=0.0185, variance_bid=0.0180, variance_ask=0.0190)
    move = event_move(near, far)
    assert isinstance(move, EventMove)
    assert move.low is not None
    assert move.high is not None
    assert move.low < move.deviation < move.high


@pytest.mark.parametrize(
    ("near", "far", "why"),
    [
        ((6, 0.010, 0), (26, 0.060, 0), Why.CONFLICT),  # the later expiry is so dear that nothing is left for the event
        ((6, 0.020, 0), (26, 0.018, 0), Why.CONFLICT),  # ordinary variance would be negative
        ((6, 0.010, 0), (26, 0.018, 1), Why.NOT_APPLICABLE),  # another report in between
        ((26, 0.018, 0), (6, 0.010, 0), Why.NOT_APPLICABLE),
    ],
)
def test_an_event_move_that_is_not_identified_is_a_gap(
    near: tuple[int, float, int], far: tuple[int, float, int], why: Why
) -> None:
    first, second = (ExpiryVariance(sessions=n, variance=w, other_events=k) for n, w, k in (near, far))
    gap = event_move(first, second)
    assert isinstance(gap, Gap)
    assert gap.why is why


@given(st.floats(1, 60), st.floats(1, 60), st.floats(1e-5, 1e-2), st.floats(1e-6, 0.1))
@settings(max_examples=100, deadline=None)
def test_event_and_ordinary_variance_add_up(n1: float, more: float, ordinary: float, event: float) -> None:
    near, far = (ExpiryVariance(sessions=n, variance=ordinary * n + event) for n in (n1, n1 + more))
    move = event_move(near, far)
    if isinstance(move, EventMove):
        assert move.deviation**2 + move.ordinary**2 * n1 == pytest.approx(near.variance, rel=1e-9)
    else:
        assert event < 1e-9 * near.variance * (n1 + more) / more * 1e3  # lost in rounding only


CHAIN = pl.DataFrame(
    {
        "right": ["call", "call", "put", "put", "put"],
        "strike": [100.0, 130.0, 100.0, 79.0, 95.0],
        "days": [5, 40, 5, 400, 30],
        "years": [5 / 365, 40 / 365, 5 / 365, 400 / 365, 30 / 365],
        "volume": [300, None, 100, 50, 0],
        "open_interest": [1_000, 500, 400, 100, None],
        "implied_volatility": [0.31, 0.30, 0.33, 0.40, None],
    }
)


def test_totals_by_hand() -> None:
    found = chain_totals(CHAIN, stock_volume=9_000_000)
    assert (found.call_volume, found.put_volume) == (300, 150)
    assert found.put_call_ratio == 0.5
    assert found.put_call_ratio_open_interest == pytest.approx(500 / 1500)
    assert found.option_to_stock == pytest.approx(0.005)
    assert found.volume_over_open_interest == pytest.approx(450 / 2000)
    nothing = chain_totals(CHAIN.filter(pl.col("right") == "put"))
    assert nothing.put_call_ratio is None
    assert nothing.option_to_stock is None


def test_buckets_by_hand() -> None:
    found = by_moneyness_and_tenor(CHAIN, spot=100.0)
    assert found.rows() == [
        ("call", "0.95-1.05", "<=7", 300.0, 1000.0),
        ("call", ">1.2", "31-90", 0.0, 500.0),
        ("put", "<0.8", ">365", 50.0, 100.0),
        ("put", "0.95-1.05", "<=7", 100.0, 400.0),
        ("put", "0.95-1.05", "8-30", 0.0, 0.0),
    ]
    assert found["volume"].sum() == 450


def test_the_call_put_spread_by_hand() -> None:
    assert call_put_spread(CHAIN) == pytest.approx(-0.02)
    assert call_put_spread(CHAIN.filter(pl.col("right") == "call")) is None


@pytest.mark.parametrize(("volume", "change", "least"), [(500, 200, 200), (500, -100, 0), (500, 800, 500)])
def test_least_opening(volume: float, change: float, least: float) -> None:
    assert least_opening(volume, change) == least


def test_frames_without_their_columns_are_refused() -> None:
    with pytest.raises(UsageError, match="lacks volume"):
        chain_totals(CHAIN.drop("volume"))
    with pytest.raises(UsageError, match="spot"):
        by_moneyness_and_tenor(CHAIN, spot=0.0)
