"""The rule: the gate first, base rates by volatility, costs, and simple returns instead of logs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rerating.measures.predictive import cdf, grid_of, levels, mean_simple
from rerating.outlook.verdict import (
    FOR_HOLDER,
    FOR_NON_HOLDER,
    Advice,
    Call,
    Leaning,
    Outcome,
    call,
    leaning,
    outcome,
)

NORMAL = stats.norm.ppf(levels(2000))


def said(*, p=0.5, down=0.45, expected=0.0, low=None, high=None, base=0.5, base_down=0.45, cost=0.002):
    found = Outcome(
        probability=p,
        probability_down=down,
        expected=expected,
        expected_low=expected if low is None else low,
        expected_high=expected if high is None else high,
    )
    return leaning(found, base_rate=base, base_rate_down=base_down, cost=cost)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"p": 0.54, "expected": 0.02}, Leaning.BUY),
        ({"p": 0.525, "expected": 0.02}, Leaning.NONE),  # within the margin of the base rate
        ({"p": 0.54, "expected": 0.02, "base": 0.52}, Leaning.NONE),  # the base rate has it already
        ({"p": 0.54, "expected": 0.001}, Leaning.NONE),  # does not pay its costs
        ({"p": 0.54, "expected": 0.02, "low": 0.001}, Leaning.NONE),  # another refit would not pay them
        ({"down": 0.49, "expected": -0.02}, Leaning.SELL),
        ({"down": 0.47, "expected": -0.02}, Leaning.NONE),
        ({"down": 0.49, "expected": -0.0005}, Leaning.NONE),  # a holder pays half of the costs
        ({"down": 0.49, "expected": -0.0015}, Leaning.SELL),
        ({"down": 0.49, "expected": -0.02, "high": 0.0}, Leaning.NONE),
        ({}, Leaning.NONE),
    ],
)
def test_the_rule(asked, answer):
    assert said(**asked) is answer


def test_the_gate_comes_first_and_unknown_is_never_hold():
    for side in Leaning:
        assert call(False, side) is Call.NO_CALL
    assert [call(True, side) for side in (Leaning.BUY, Leaning.SELL, Leaning.NONE)] == [Call.BUY, Call.SELL, Call.HOLD]
    assert FOR_NON_HOLDER[Call.NO_CALL] is Advice.NO_PROVEN_REASON_TO_BUY
    assert FOR_HOLDER[Call.NO_CALL] is Advice.NO_PROVEN_REASON_TO_SELL
    assert set(FOR_HOLDER) == set(FOR_NON_HOLDER) == set(Call)


def test_the_outcome_of_a_normal_forecast():
    found = outcome(0.01, 0.08, NORMAL, [0.0, 0.01, 0.02], cost=0.002)
    assert found.probability == pytest.approx(stats.norm.sf(np.log1p(0.002), 0.01, 0.08), abs=1e-3)
    assert found.probability_down == pytest.approx(stats.norm.cdf(0.0, 0.01, 0.08), abs=1e-3)
    assert found.expected == pytest.approx(np.exp(0.01 + 0.08**2 / 2) - 1.0, abs=2e-4)
    assert found.expected_low < found.expected < found.expected_high


@given(st.floats(0.02, 0.5), st.floats(0.0, 0.02))
def test_without_information_the_shipped_rule_says_nothing_and_a_rule_on_logs_sells(scale, cost):
    """A stock whose simple excess return is 0 on average: the forecast is the truth, and so are the base rates.

    Its mean log return is -s^2 / 2, and more than half of its outcomes are losses. A rule that sells where the mean
    log is negative and a loss likelier than not does so; the shipped one compares with the base rate and pays in
    simple returns.
    """
    location = -(scale**2) / 2.0
    place, width = np.array([location]), np.array([scale])
    down = float(cdf(np.zeros(1), place, width, NORMAL)[0])
    assert location < 0.0  # a rule on logs sells ...
    assert down > 0.5
    assert abs(float(mean_simple(place, width, NORMAL)[0])) < 2e-3  # ... what costs nothing to hold
    found = outcome(location, scale, NORMAL, [], cost)
    up = 1.0 - float(cdf(np.array([np.log1p(cost)]), place, width, NORMAL)[0])
    assert leaning(found, base_rate=up, base_rate_down=down, cost=cost) is Leaning.NONE


def test_the_log_rule_fails_on_draws_too():
    """The same with draws from a skewed panel, as stocks are: the median line loses, the mean does not."""
    rng = np.random.default_rng(1)
    log = -0.045 + 0.3 * rng.standard_normal(200_000)
    assert log.mean() < -0.04
    assert abs(np.expm1(log).mean()) < 0.005
    assert (log < 0.0).mean() > 0.53
    found = outcome(float(log.mean()), 0.3, grid_of((log - log.mean()) / 0.3), [], 0.002)
    up, down = (np.expm1(log) > 0.002).mean(), (log < 0.0).mean()
    assert leaning(found, base_rate=float(up), base_rate_down=float(down), cost=0.002) is Leaning.NONE
