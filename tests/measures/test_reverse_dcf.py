import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.measures import reverse_dcf as rd
from rerating.measures.reverse_dcf import Bridge, Firm, Part

FIRM = Firm(revenue=1000.0, tax_rate=0.2, sales_to_capital=2.0, discount_rate=0.10, terminal_growth=0.03, fade_years=8)
FIXED = FIRM.model_dump()


def by_hand(growth, margin, years, firm):
    """The same valuation year by year, in plain Python."""
    nopat_margin, k = margin * (1 - firm.tax_rate), firm.discount_rate
    revenue, value = firm.revenue, 0.0
    for year in range(1, years + 1):
        following = revenue * (1 + growth)
        value += (following * nopat_margin - (following - revenue) / firm.sales_to_capital) / (1 + k) ** year
        revenue = following
    nopat, start = revenue * nopat_margin, nopat_margin * firm.sales_to_capital
    for fade in range(1, firm.fade_years + 1):
        part = fade / (firm.fade_years + 1)
        following = nopat * (1 + growth + (firm.terminal_growth - growth) * part)
        value += (following - (following - nopat) / (start + (k - start) * part)) / (1 + k) ** (years + fade)
        nopat = following
    return value + nopat * (1 + firm.terminal_growth) / k / (1 + k) ** (years + firm.fade_years)


@pytest.mark.parametrize("growth", [-0.1, 0.0, 0.05, 0.10, 0.3])
@pytest.mark.parametrize("years", [0, 1, 7, 20])
def test_the_closed_form_is_the_sum_over_years(growth, years):
    expected = by_hand(growth, 0.18, years, FIRM)
    assert rd.enterprise_value(growth, 0.18, years, **FIXED) == pytest.approx(expected, rel=1e-10)


def test_a_perpetuity_in_closed_form():
    """No growth, no fade, no terminal growth: NOPAT over the cost of capital, however long the advantage."""
    still = FIXED | {"terminal_growth": 0.0, "fade_years": 0}
    for years in (0.0, 3.5, 40.0):
        assert rd.enterprise_value(0.0, 0.15, years, **still) == pytest.approx(1000 * 0.12 / 0.1, rel=1e-10)


def test_growth_at_the_cost_of_capital_is_the_limit_from_both_sides():
    below, at, above = (float(rd.enterprise_value(g, 0.2, 12.0, **FIXED)) for g in (0.0999999, 0.10, 0.1000001))
    assert at == pytest.approx((below + above) / 2, rel=1e-9)


growths, margins = st.floats(0.0, 0.4), st.floats(0.10, 0.4)


@settings(max_examples=80, deadline=None)
@given(growth=growths, margin=margins, years=st.floats(0.5, 40.0))
def test_what_is_priced_in_is_found_again(growth, margin, years):
    value = rd.enterprise_value(growth, margin, years, **FIXED)
    found = rd.implied_growth(value, margin, years, **FIXED)
    assert found.found[0]
    assert found.value[0] == pytest.approx(growth, abs=1e-9)
    advantage = rd.implied_advantage(value, growth, margin, **FIXED)
    assert advantage.found[0]
    if growth > 0.04:
        assert advantage.value[0] == pytest.approx(years, rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(growth=growths, margin=margins, years=st.floats(0.0, 30.0), more=st.floats(0.005, 0.05))
def test_a_margin_is_worth_something_and_a_higher_cost_of_capital_costs(growth, margin, years, more):
    value = rd.enterprise_value(growth, margin, years, **FIXED)
    assert rd.enterprise_value(growth, margin + more, years, **FIXED) > value
    assert rd.enterprise_value(growth, margin, years, **(FIXED | {"discount_rate": 0.10 + more})) < value


def test_an_isoquant_falls_and_ends_where_growth_creates_no_value():
    """At S = 2 and a tax of 20 % new capital earns its 10 % from a margin of 6.25 % on."""
    axis = np.array([0.05, 0.0625, 0.08, 0.12, 0.16, 0.24])
    line = rd.isoquant(FIRM, 3000.0, axis, 10.0)
    assert line.found.tolist() == [False, False, True, True, True, True]
    assert np.all(np.diff(line.value[2:]) < 0)
    for margin, growth in zip(axis[2:], line.value[2:], strict=True):
        assert rd.enterprise_value(growth, margin, 10.0, **FIXED) == pytest.approx(3000.0, rel=1e-9)


def test_a_dear_price_needs_more_years_a_cheap_one_none():
    worth = float(rd.enterprise_value(0.15, 0.2, 0.0, **FIXED))
    years = [rd.implied_advantage(worth * k, 0.15, 0.2, **FIXED).value[0] for k in (0.9, 1.2, 1.5, 3.0)]
    assert years[0] == 0.0
    assert years == sorted(years)
    assert not rd.implied_advantage(worth * 1e6, 0.15, 0.2, **FIXED).found[0]
    assert not rd.implied_advantage(worth * 10, 0.15, 0.05, **FIXED).found[0]  # growth that earns less than it costs


def test_scenarios_at_once_equal_scenarios_alone():
    rng = np.random.default_rng(5)
    margin, rate = rng.uniform(0.1, 0.3, 50), rng.uniform(0.08, 0.12, 50)
    together = rd.implied_growth(3000.0, margin, 10.0, **(FIXED | {"discount_rate": rate}))
    for n in (0, 17, 49):
        alone = rd.implied_growth(3000.0, margin[n], 10.0, **(FIXED | {"discount_rate": rate[n]}))
        assert alone.value[0] == pytest.approx(together.value[n], abs=1e-12)


def test_a_bridge_leads_both_ways():
    bridge = Bridge(
        price=169.90, units=2.3e9, rate=7.0, net_cash=200e9, investments=500e9, haircut=0.3, minorities=60e9
    )
    assert bridge.market_value == pytest.approx(169.90 * 2.3e9 * 7.0)
    assert bridge.enterprise == pytest.approx(bridge.market_value - 200e9 - 350e9 + 60e9)
    assert bridge.price_of(bridge.enterprise) == pytest.approx(169.90)


def test_sum_of_parts_and_what_is_left_for_one():
    parts = [
        Part(name="shop", measure=190.0, multiple=10.0),
        Part(name="cloud", measure=14.0, multiple=30.0),
        Part(name="other", measure=-10.0, multiple=10.0),
    ]
    assert rd.sum_of_parts(parts) == pytest.approx(1900 + 420 - 100)
    assert rd.implied_multiple(2500.0, parts, "cloud") == pytest.approx((2500 - 1800) / 14)
    with pytest.raises(UsageError, match="no part 'bank'"):
        rd.implied_multiple(2500.0, parts, "bank")
    with pytest.raises(UsageError, match="not above 0"):
        rd.implied_multiple(2500.0, parts, "other")
    with pytest.raises(UsageError, match="at least one part"):
        rd.sum_of_parts([])


def test_impossible_firms_are_refused():
    with pytest.raises(UsageError, match="Terminal growth has to stay below"):
        Firm(**(FIXED | {"terminal_growth": 0.10}))
    with pytest.raises(UsageError, match="Sales to capital is above 0"):
        rd.enterprise_value(0.1, 0.2, 5.0, **(FIXED | {"sales_to_capital": 0.0}))
