import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.measures.capex_programme import CHUNK, Programme, programme_outcome
from rerating.measures.scenario_draws import Span, drawn, drivers

ONE = Programme(spend=(1.0,), assets=("plant",), earning="plant")
LEVEL = {
    "budget": 100.0,
    "share.plant": 1.0,
    "life.plant": 6.0,
    "lag": 0.0,
    "ramp": 0.0,
    "utilisation": 1.0,
    "revenue_per_capex": 0.5,
    "cost_ratio": 0.4,
    "tax_rate": 0.0,
    "discount_rate": 0.10,
}
THREE = Programme(spend=(0.2, 0.0, 0.5, 0.3), assets=("compute", "network", "shell"), earning="compute")
MIX = {
    "budget": 380.0,
    "share.compute": 0.7,
    "share.network": 0.1,
    "share.shell": 0.2,
    "life.compute": 5.0,
    "life.network": 3.0,
    "life.shell": 25.0,
    "lag": 0.6,
    "ramp": 1.7,
    "utilisation_start": 0.3,
    "utilisation": 0.8,
    "revenue_per_capex": 1.1,
    "price_deflation": 0.08,
    "equipment_deflation": 0.15,
    "margin": 0.14,
    "fixed_cost": 0.03,
    "internal_use": 0.2,
    "internal_value": 0.7,
    "displaced": 0.1,
    "tax_rate": 0.2,
    "loss_use": 0.6,
    "working_capital": 0.08,
    "residual": 0.4,
    "discount_rate": 0.09,
}


def annuity(rate, quarters):
    i = (1 + rate) ** 0.25 - 1
    return (1 - (1 + i) ** -quarters) / i


def outcome(programme, values, **changed):
    return programme_outcome(programme, {**values, **changed}, with_flows=True)


def test_a_level_annuity_in_closed_form():
    """100 spent once, 7.5 a quarter for six years."""
    o = outcome(ONE, LEVEL)
    assert o.flows[:, 0] == pytest.approx([-100.0] + [7.5] * 24, abs=1e-12)
    assert o.npv[0] == pytest.approx(-100.0 + 7.5 * annuity(0.10, 24), abs=1e-10)
    assert o.payback.value[0] == pytest.approx(100 / 7.5 / 4, abs=1e-10)
    i = 1.1**0.25 - 1
    whole = int(-np.log(1 - 100 * i / 7.5) / np.log(1 + i))
    part = (100 - 7.5 * annuity(0.10, whole)) * (1 + i) ** (whole + 1) / 7.5
    assert o.discounted_payback.value[0] == pytest.approx((whole + part) / 4, abs=1e-10)
    assert o.irr.value[0] == pytest.approx((1 + pyxirr.irr(o.flows[:, 0])) ** 4 - 1, abs=1e-10)
    assert annuity(o.irr.value[0], 24) == pytest.approx(100 / 7.5, abs=1e-10)


def test_one_vintage_in_closed_form():
    """EBITA 30 - 100/6 a year on a book value of 50 on average, taxed at 25 %."""
    o = outcome(ONE, LEVEL, tax_rate=0.25)
    ebita = 30 - 100 / 6
    assert o.roic[0, 0] == pytest.approx(0.75 * ebita / 50, abs=1e-12)
    assert o.roic_total[0] == pytest.approx(0.75 * ebita / 50, abs=1e-12)
    assert o.margin[0] == pytest.approx(ebita / 50, abs=1e-12)
    assert o.npv[0] == pytest.approx(-100 + (0.75 * 30 + 0.25 * 100 / 6) / 4 * annuity(0.10, 24), abs=1e-10)
    assert o.depreciation[:, 0] == pytest.approx([100 / 6] * 6)
    # at break-even the income's present value after tax equals the outlay less the tax shield
    scale = (100 - 0.25 * 100 / 6 / 4 * annuity(0.10, 24)) / (0.75 * 7.5 * annuity(0.10, 24))
    assert o.break_even_utilisation.value[0] == pytest.approx(scale, abs=1e-10)


def test_a_perpetuity_in_closed_form():
    """A life so long that it never ends: the value of 7.5 a quarter for ever."""
    o = outcome(ONE, LEVEL, **{"life.plant": 1000.0})
    assert o.npv[0] == pytest.approx(-100 + 7.5 / (1.1**0.25 - 1), abs=1e-10)


def test_falling_prices_in_closed_form():
    """Income falls in a geometric series; costs are a part of it. Prices are those of the middle of each quarter."""
    o = outcome(ONE, LEVEL, price_deflation=0.2)
    x, i = 0.8**0.25, 1.1**0.25
    first = 7.5 * 0.8**0.125
    value = first / i * (1 - (x / i) ** 24) / (1 - x / i)
    assert o.npv[0] == pytest.approx(-100 + value, abs=1e-10)


def test_a_ramp_and_a_lag_in_closed_form():
    """Half a year of nothing, a year from nothing to full in a line, then level to the end of six years of service."""
    o = outcome(ONE, LEVEL, lag=0.5, ramp=1.0)
    use = np.array([0, 0, 1 / 8, 3 / 8, 5 / 8, 7 / 8] + [1.0] * 20)
    assert o.flows[1:, 0] == pytest.approx(7.5 * use, abs=1e-12)


def test_vintages_add_up():
    """A programme is the sum of its vintages, each discounted from its own quarter and priced for its own day."""
    values = {**MIX, "loss_use": 1.0, "margin": 0.14}
    whole = outcome(THREE, values)
    single = THREE.model_copy(update={"spend": (1.0,)})
    value, factor, per_quarter = 0.0, 1.09**-0.25, (0.92 / 0.85) ** 0.25
    for lateness, part in enumerate(THREE.spend):
        # the price of the day and the cheaper equipment act on what is sold for the money, the cost ratio stays
        shifted = {**values, "revenue_per_capex": 1.1 * per_quarter**lateness, "budget": 380.0 * part}
        shifted.pop("margin")
        shifted["cost_ratio"] = cost_ratio_of(values)
        value += factor**lateness * float(outcome(single, shifted).npv[0]) if part else 0.0
    assert whole.npv[0] == pytest.approx(value, rel=1e-12)


def cost_ratio_of(values):
    """The variable cost behind a margin, found from outside: the ratio at which the first vintage has that margin."""
    single = THREE.model_copy(update={"spend": (1.0,)})
    plain = {k: v for k, v in values.items() if k != "margin"} | {"internal_use": 0.0, "displaced": 0.0}
    at_nothing = float(outcome(single, {**plain, "cost_ratio": 0.0}).margin[0])
    return at_nothing - values["margin"]


def test_the_margin_asked_for_is_the_margin_earned():
    o = outcome(ONE, {k: v for k, v in LEVEL.items() if k != "cost_ratio"}, margin=0.12, price_deflation=0.1, ramp=2.0)
    assert o.margin[0] == pytest.approx(0.12, abs=1e-12)
    assert o.margin_reached[0]
    beyond = outcome(ONE, {k: v for k, v in LEVEL.items() if k != "cost_ratio"}, margin=0.9)
    assert not beyond.margin_reached[0]
    assert beyond.margin[0] == pytest.approx(1 - 100 / 6 / 50, abs=1e-12)


def test_replacement_and_residual_value_in_closed_form():
    """Service of five years; network of three years bought twice, half of the second one is left over (2/3 - 1/3)."""
    values = {**LEVEL, "share.plant": 0.6, "share.net": 0.3, "share.hall": 0.1, "life.plant": 5.0, "life.net": 3.0}
    values |= {"life.hall": 20.0, "residual": 0.5, "tax_rate": 0.2}
    programme = Programme(spend=(1.0,), assets=("plant", "net", "hall"), earning="plant")
    o = outcome(programme, values)
    depreciation = 60 / 5 + 30 / 3 + 10 / 20
    income = 0.5 * 60 * 0.6
    left = 30 * (2 - 5 / 3) + 10 * (1 - 5 / 20)
    flow = (income - 0.2 * (income - depreciation)) / 4
    expected = [-100.0] + [flow] * 20
    expected[12] -= 30.0
    expected[20] += 0.5 * left + 0.2 * 0.5 * left
    assert o.flows[:, 0] == pytest.approx(expected, abs=1e-12)


def test_renewal_buys_the_same_capacity_at_the_price_of_its_day():
    programme = ONE.model_copy(update={"renewals": 1})
    o = outcome(programme, LEVEL, equipment_deflation=0.2, **{"life.plant": 2.0})
    assert o.flows[8, 0] == pytest.approx(7.5 - 100 * 0.8**2, abs=1e-12)
    assert o.depreciation[:, 0] == pytest.approx([50, 50, 32, 32], abs=1e-12)


def test_prepayment_leases_working_capital_and_losses():
    paid_before = outcome(ONE.model_copy(update={"prepaid_quarters": 2}), LEVEL, prepaid=0.3)
    assert paid_before.flows[:4, 0] == pytest.approx([-30.0, 0.0, -70.0, 7.5])
    leased = outcome(ONE, LEVEL, lease_share=0.5, lease_term=2.0, lease_rate=0.0)
    assert leased.flows[0, 0] == -100.0  # returns are measured as if bought
    assert leased.free_cash_flow[0, 0] == pytest.approx(-50 - 3 * 6.25 + 3 * 7.5)
    assert leased.free_cash_flow.sum() == pytest.approx(leased.flows.sum())
    tied = outcome(ONE, LEVEL, working_capital=0.1)
    assert tied.flows[:2, 0] == pytest.approx([-100 - 0.1 * 50, 7.5])
    assert tied.flows[-1, 0] == pytest.approx(7.5 + 0.1 * 50)
    losing = outcome(ONE, LEVEL, cost_ratio=0.9, tax_rate=0.2, loss_use=0.5)
    assert losing.flows[1, 0] == pytest.approx(1.25 + 0.5 * 0.2 * (100 / 24 - 1.25))


def test_break_even_is_where_the_present_value_is_nil_also_with_losses_that_do_not_count():
    for loss_use in (0.0, 0.6, 1.0):
        values = {**MIX, "loss_use": loss_use}
        values.pop("margin")
        values["cost_ratio"] = 0.25
        first = outcome(THREE, values)
        assert first.break_even_utilisation.found[0]
        scale = first.break_even_utilisation.value[0] / 0.8
        at = {**values, "utilisation": 0.8 * scale, "utilisation_start": 0.3 * scale}
        assert outcome(THREE, at).npv[0] == pytest.approx(0.0, abs=1e-9 * 380)


def test_trough_and_years():
    o = outcome(ONE, LEVEL, lag=0.5)
    assert (o.trough[0], o.trough_years[0]) == (-100.0, 0.0)
    assert o.free_cash_flow[:, 0].sum() == pytest.approx(o.flows.sum())
    assert o.revenue[:, 0] == pytest.approx([25.0, 50, 50, 50, 50, 50, 25.0])


def test_each_scenario_is_independent_of_the_others_and_of_the_chunks():
    spans = {name: Span(low=0.9 * v, base=v, high=1.1 * v) for name, v in MIX.items()}
    n = 4096
    assert n > CHUNK
    values = drawn(spans, n, seed=2)
    together = programme_outcome(THREE, values, with_flows=True)
    assert together.npv.shape == (n,)
    assert together.roic.shape == (4, n)
    for k in (0, 1, CHUNK - 1, CHUNK, n - 1):
        alone = programme_outcome(THREE, {name: v if v.ndim == 0 else v[k] for name, v in values.items()})
        assert alone.npv[0] == pytest.approx(together.npv[k], rel=1e-12)
        assert alone.irr.value[0] == pytest.approx(together.irr.value[k], abs=1e-12)
    for k in range(0, n, 97):
        theirs = pyxirr.irr(together.flows[:, k])
        assert (1 + theirs) ** 4 - 1 == pytest.approx(together.irr.value[k], abs=1e-9)


RISING = ["revenue_per_capex", "utilisation", "internal_value", "residual", "loss_use"]
FALLING = ["cost_ratio", "fixed_cost", "price_deflation", "displaced", "tax_rate", "lag", "ramp", "working_capital"]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(RISING + FALLING), step=st.floats(0.01, 0.3))
def test_each_input_moves_value_and_return_in_its_direction(data, name, step):
    base = {k: v for k, v in MIX.items() if k != "margin"} | {"cost_ratio": 0.2, "residual": 0.3}
    varied = {k: v * data.draw(st.floats(0.8, 1.2)) for k, v in base.items()}
    if name == "tax_rate":
        varied["loss_use"] = 0.0  # where losses are paid back, more tax can help a programme that only loses
    moved = {**varied, name: varied[name] + step}
    before, after = outcome(THREE, varied), outcome(THREE, moved)
    sign = 1.0 if name in RISING else -1.0
    assert sign * (after.npv[0] - before.npv[0]) >= -1e-9 * 380
    if min(before.irr.value[0], after.irr.value[0]) > 0:  # below 0 a later or a tied-up payment is the better one
        assert sign * (after.irr.value[0] - before.irr.value[0]) >= -1e-10
    if before.discounted_payback.found[0] and after.discounted_payback.found[0] and name not in ("residual",):
        assert sign * (after.discounted_payback.value[0] - before.discounted_payback.value[0]) <= 1e-9


@settings(max_examples=40, deadline=None)
@given(scale=st.floats(1e-3, 1e3), rate=st.floats(0.0, 0.5), more=st.floats(0.001, 0.3), longer=st.floats(0.1, 5.0))
def test_laws_of_scale_rate_and_life(scale, rate, more, longer):
    o = outcome(THREE, MIX, discount_rate=rate)
    bigger = outcome(THREE, MIX, discount_rate=rate, budget=380.0 * scale)
    assert bigger.npv[0] == pytest.approx(o.npv[0] * scale, rel=1e-9, abs=1e-9)
    assert bigger.irr.value[0] == pytest.approx(o.irr.value[0], abs=1e-9)
    later = outcome(THREE, MIX, discount_rate=rate + more)
    if o.discounted_payback.found[0] and later.discounted_payback.found[0]:
        assert later.discounted_payback.value[0] >= o.discounted_payback.value[0] - 1e-9
    lasting = outcome(ONE, LEVEL, **{"life.plant": 6.0 + longer})
    assert lasting.npv[0] >= outcome(ONE, LEVEL).npv[0] - 1e-9


def test_sobol_converges_where_plain_monte_carlo_does_not_yet():
    """Mean present value from 2,048 draws: the spread over seeds is many times smaller than with random numbers."""
    spans = {name: Span(low=0.8 * v, base=v, high=1.2 * v) for name, v in MIX.items() if not name.startswith("share")}
    fixed = {name: v for name, v in MIX.items() if name.startswith("share")}

    def mean(values):
        return float(programme_outcome(THREE, {**values, **fixed}).npv.mean())

    sobol = [mean(drawn(spans, 2048, seed)) for seed in range(6)]
    plain = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        plain.append(mean({k: rng.triangular(s.low, s.base, s.high, 2048) for k, s in spans.items()}))
    assert np.std(sobol) < np.std(plain) / 8
    assert np.mean(sobol) == pytest.approx(np.mean(plain), abs=4 * np.std(plain))


def test_what_matters_most_is_found():
    spans = {name: Span.at(v) for name, v in MIX.items()}
    spans |= {"margin": Span(low=0.0, base=0.1, high=0.2), "lag": Span(low=0.59, base=0.6, high=0.61)}
    ranked = drivers(lambda v: {"npv": programme_outcome(THREE, v).npv}, spans, base=128)["npv"]
    assert [d.name for d in ranked] == ["margin", "lag"]
    assert ranked[0].total_order > 0.95


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"budget": None}, "lacks budget"),
        ({"margin": 0.1}, "exactly one of margin and cost_ratio"),
        ({"colour": 1.0}, "no input colour"),
        ({"life.plant": -5.0}, "longer than 0"),
        ({"ramp": -1.0}, "ramp is at least 0"),
        ({"price_deflation": 1.0}, "price_deflation is a rate below 1"),
        ({"budget": float("nan")}, "budget is not finite"),
        ({"share.plant": 0.0}, "add up to nothing"),
        ({"lag": np.zeros(3), "ramp": np.zeros(2)}, "different lengths"),
    ],
)
def test_impossible_inputs_are_refused(change, sentence):
    values = {name: v for name, v in {**LEVEL, **change}.items() if v is not None}
    with pytest.raises(UsageError, match=sentence):
        programme_outcome(ONE, values)


def test_a_programme_has_an_earning_class_and_a_whole_budget():
    with pytest.raises(ValueError, match="none of the asset classes"):
        Programme(spend=(1.0,), assets=("a",), earning="b")
    with pytest.raises(ValueError, match="add up to 1"):
        Programme(spend=(0.5, 0.4), assets=("a",), earning="a")
