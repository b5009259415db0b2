import math

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from rerating.measures.cash_flows import (
    discount_factors,
    internal_rate_of_return,
    payback,
    present_value,
    running_sum,
)


def column(*flows):
    return np.array(flows, dtype=np.float64)[:, None]


def test_present_value_of_an_annuity_and_of_a_perpetuity():
    rate = 0.08
    quarterly = 1.08**0.25 - 1
    flows = np.concatenate([[[0.0]], np.full((40, 1), 3.0)])
    assert present_value(flows, discount_factors(rate, 41))[0] == pytest.approx(
        3.0 * (1 - (1 + quarterly) ** -40) / quarterly, rel=1e-12
    )
    forever = np.concatenate([[[0.0]], np.full((8000, 1), 3.0)])
    assert present_value(forever, discount_factors(rate, 8001))[0] == pytest.approx(3.0 / quarterly, rel=1e-10)


def test_payback_of_a_level_annuity_is_the_closed_form():
    """The last whole quarter is floor(-ln(1 - I i / A) / ln(1 + i)); the rest of it is a part of the next payment."""
    outlay, payment, rate = 100.0, 6.5, 0.10
    i = (1 + rate) ** 0.25 - 1
    whole = math.floor(-math.log(1 - outlay * i / payment) / math.log(1 + i))
    open_after = outlay - payment * (1 - (1 + i) ** -whole) / i
    years = (whole + open_after / (payment * (1 + i) ** -(whole + 1))) / 4
    flows = np.concatenate([[[-outlay]], np.full((60, 1), payment)])
    answer = payback(flows * discount_factors(rate, 61))
    assert answer.found[0]
    assert answer.value[0] == pytest.approx(years, abs=1e-10)
    assert payback(flows).value[0] == pytest.approx(outlay / payment / 4, abs=1e-10)


def test_what_never_comes_back_has_no_payback():
    answer = payback(column(-10.0, 3.0, 3.0))
    assert (answer.found[0], answer.value[0]) == (False, 0.0)
    assert payback(column(1.0, 3.0)).value[0] == 0.0


@pytest.mark.parametrize("rate", [-0.5, -0.05, 0.0, 0.07, 0.5, 9.0])
def test_rate_of_a_level_annuity(rate):
    i = (1 + rate) ** 0.25 - 1
    payments = 24 if i == 0 else (1 - (1 + i) ** -24) / i
    flows = np.concatenate([[[-payments]], np.ones((24, 1))])
    answer = internal_rate_of_return(flows)
    assert answer.found[0]
    assert answer.value[0] == pytest.approx(rate, abs=1e-10)


def test_rates_against_pyxirr():
    rng = np.random.default_rng(7)
    flows = rng.normal(1.0, 0.6, (40, 400))
    flows[:9] = -np.abs(rng.normal(3.0, 1.0, (9, 400)))
    ours = internal_rate_of_return(flows)
    compared = 0
    for column_, found, value in zip(flows.T, ours.found, ours.value, strict=True):
        theirs = pyxirr.irr(column_)
        if found and theirs is not None:
            assert pyxirr.npv((1 + value) ** 0.25 - 1, column_) == pytest.approx(0.0, abs=1e-9)
            assert (1 + theirs) ** 4 - 1 == pytest.approx(value, abs=1e-8)
            compared += 1
    assert compared > 380


def test_dated_rate_against_pyxirr_xirr():
    """On dates exactly 365/4 days apart XIRR's year is ours; pyxirr rounds dates to days, hence the tolerance."""
    dates = [np.datetime64("2020-01-01") + np.timedelta64(round(365 / 4 * quarter), "D") for quarter in range(13)]
    flows = [-100.0] + [10.5] * 12
    theirs = pyxirr.xirr([d.astype("O") for d in dates], flows)
    assert internal_rate_of_return(column(*flows)).value[0] == pytest.approx(theirs, abs=2e-4)


def test_flows_with_several_rates_have_none_and_flows_with_one_among_many_signs_have_it():
    twice = column(-1.0, 2.3, -1.32)  # worth nothing at 10 % and at 20 % a quarter
    assert not internal_rate_of_return(twice).found[0]
    once = column(-10.0, 30.0, -5.0, 6.0)  # three changes of sign, one rate
    answer = internal_rate_of_return(once)
    assert answer.found[0]
    assert pyxirr.npv((1 + answer.value[0]) ** 0.25 - 1, once[:, 0]) == pytest.approx(0.0, abs=1e-10)
    assert not internal_rate_of_return(column(-1.0, -2.0)).found[0]
    assert not internal_rate_of_return(column(0.0, 0.0)).found[0]


@given(
    outlay=st.floats(1.0, 1e3),
    inflows=st.lists(st.floats(0.1, 100.0), min_size=2, max_size=30),
    more=st.floats(0.01, 10.0),
)
def test_more_money_never_lowers_the_rate_nor_lengthens_the_payback(outlay, inflows, more):
    poor = column(-outlay, *inflows)
    rich = poor.copy()
    rich[-1] += more
    first, second = internal_rate_of_return(poor), internal_rate_of_return(rich)
    if first.found[0] and second.found[0]:
        assert second.value[0] >= first.value[0] - 1e-12
    if payback(poor).found[0]:
        assert payback(rich).value[0] <= payback(poor).value[0] + 1e-12


def test_each_scenario_is_independent_of_the_others():
    rng = np.random.default_rng(3)
    flows = rng.normal(1.0, 1.0, (20, 50))
    flows[0] = -8.0
    together = internal_rate_of_return(flows)
    for n in range(50):
        alone = internal_rate_of_return(flows[:, [n]])
        assert (alone.value[0], alone.found[0]) == (together.value[n], together.found[n])


def test_running_sum_is_cumsum():
    rows = np.random.default_rng(1).normal(size=(7, 3))
    assert running_sum(rows) == pytest.approx(np.cumsum(rows, axis=0))
