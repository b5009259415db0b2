"""American options against QuantLib, against closed forms, and against the laws that any option price obeys."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quantlib_oracle import DIVIDENDS, RATE, SPOT, chain, quantlib, underlying
from rerating.core.errors import UsageError
from rerating.measures.american_options import (
    GREEKS,
    CashDividend,
    Grid,
    Outcome,
    Underlying,
    american_values,
    implied_forwards,
    implied_volatilities,
    volatility_band,
)

OUTCOMES = set(Outcome)


def row(right: str = "put", strike: float = 100.0, years: float = 0.5, **more: float | None) -> pl.DataFrame:
    return pl.DataFrame([{"right": right, "strike": strike, "years": years, **more}])


def black_scholes(right: str, spot: float, strike: float, years: float, rate: float, vol: float) -> float:
    sign = 1 if right == "call" else -1
    d1 = (math.log(spot / strike) + (rate + vol * vol / 2) * years) / (vol * math.sqrt(years))
    cdf = NormalDist().cdf
    return sign * (spot * cdf(sign * d1) - strike * math.exp(-rate * years) * cdf(sign * (d1 - vol * math.sqrt(years))))


@pytest.mark.parametrize("kind", sorted(DIVIDENDS))
def test_quantlib_agrees(kind: str) -> None:
    quotes = chain(kind, 40, np.random.default_rng(20260115))
    found = implied_volatilities(quotes, underlying(kind))
    assert found["outcome"].to_list() == ["solved"] * 40
    points = (found["implied_volatility"] - quotes["volatility"]).abs() * 100
    assert points.quantile(0.95) < 0.05
    assert points.median() < 0.01
    assert (found["delta"] - quotes["delta"]).abs().quantile(0.95) < 0.0005
    assert (found["gamma"] - quotes["gamma"]).abs().quantile(0.95) < 1e-4
    # QuantLib reads theta off a one-day difference, which is too coarse for options of two days
    longer = quotes["days"] > 8
    assert ((found["theta"] - quotes["theta"]).filter(longer).abs() / 365).quantile(0.95) < 0.003


def test_quantlib_agrees_where_borrowing_costs_make_calls_worth_exercising() -> None:
    theirs = quantlib(call=True, strike=150.0, days=352, volatility=0.3, dividends=DIVIDENDS["annual"], borrow=0.08)
    ours = american_values(row("call", 150.0, 352 / 365, volatility=0.3), underlying("annual", 0.08))
    assert ours["price"][0] == pytest.approx(theirs.price, abs=0.003)
    assert ours["delta"][0] == pytest.approx(theirs.delta, abs=5e-4)


@pytest.mark.parametrize("years", [0.02, 0.5, 3.0])
@pytest.mark.parametrize("moneyness", [-2.5, -1.0, 0.0, 1.0, 2.5])
def test_a_call_without_dividends_is_european(years: float, moneyness: float) -> None:
    vol = 0.35
    strike = 100 * math.exp(moneyness * vol * math.sqrt(years))
    ours = american_values(row("call", strike, years, volatility=vol), Underlying(spot=100, rate=0.03))
    vega = 100 * math.sqrt(years) * 0.01 * math.exp(-(moneyness**2) / 2) / math.sqrt(2 * math.pi)
    truth = black_scholes("call", 100, strike, years, 0.03, vol)
    assert abs(ours["price"][0] - truth) < 0.03 * vega + 1e-4  # three hundredths of a volatility point


def test_a_put_at_zero_rates_is_european() -> None:
    ours = american_values(row("put", 110.0, 1.0, volatility=0.4), Underlying(spot=100, rate=0.0))
    assert ours["price"][0] == pytest.approx(black_scholes("put", 100, 110, 1.0, 0.0, 0.4), abs=2e-3)


def test_where_exercise_is_due_the_option_is_its_payoff() -> None:
    due = american_values(row("put", 170.0, 0.5, volatility=0.2), Underlying(spot=100, rate=0.05))
    assert due.row(0, named=True) == {
        "outcome": "solved", "price": 70.0, "delta": -1.0, "gamma": 0.0, "theta": 0.0, "vega": 0.0, "rho": 0.0,
    }  # fmt: skip


def test_a_deep_call_is_exercised_before_a_large_dividend_and_not_before_a_small_one() -> None:
    """Strike 60, ex-date in 0.1 years: the dividend beats the interest on the strike (60 * 5 % * 0.4) or not."""
    deep = row("call", 60.0, 0.5, volatility=0.1)
    large = american_values(deep, Underlying(spot=100, rate=0.05, dividends=(CashDividend(years=0.1, amount=4),)))
    small = american_values(deep, Underlying(spot=100, rate=0.05, dividends=(CashDividend(years=0.1, amount=0.5),)))
    assert large["price"][0] == pytest.approx(100 - 60 * math.exp(-0.05 * 0.1), abs=1e-3)
    assert small["price"][0] == pytest.approx(100 - 0.5 * math.exp(-0.05 * 0.1) - 60 * math.exp(-0.05 * 0.5), abs=1e-3)


@pytest.mark.parametrize("kind", sorted(DIVIDENDS))
@pytest.mark.parametrize("right", ["call", "put"])
def test_vega_and_rho_are_the_slopes_of_the_price(kind: str, right: str) -> None:
    def price(volatility: float, rate: float) -> pl.DataFrame:
        fine = Grid(nodes=201, steps=60)
        return american_values(row(right, 175.0, 0.9, volatility=volatility, rate=rate), underlying(kind), grid=fine)

    here = price(0.3, 0.04).row(0, named=True)
    vega = (price(0.3005, 0.04)["price"][0] - price(0.2995, 0.04)["price"][0]) / 0.001
    rho = (price(0.3, 0.0405)["price"][0] - price(0.3, 0.0395)["price"][0]) / 0.001
    assert here["vega"] == pytest.approx(vega, rel=0.003)
    assert here["rho"] == pytest.approx(rho, rel=0.003)


def test_a_finer_grid_converges() -> None:
    quotes = chain("quarterly", 12, np.random.default_rng(5)).select("right", "strike", "years", "volatility")
    finest = american_values(quotes, underlying("quarterly"), grid=Grid(nodes=801, steps=240))
    errors = [
        (american_values(quotes, underlying("quarterly"), grid=Grid(nodes=n, steps=m))["price"] - finest["price"])
        .abs()
        .mean()
        for n, m in ((51, 15), (101, 30), (201, 60))
    ]
    assert errors[0] > 2.5 * errors[1] > 6.25 * errors[2]


RIGHTS = st.sampled_from(["call", "put"])
MARKETS = st.builds(
    Underlying,
    spot=st.floats(5, 500),
    rate=st.floats(0, 0.08),
    borrow=st.floats(0, 0.1),
    dividends=st.lists(st.builds(CashDividend, years=st.floats(0.001, 2), amount=st.floats(0, 0.4)), max_size=4).map(
        tuple
    ),
)


@given(market=MARKETS, right=RIGHTS, k=st.floats(-2, 2), years=st.floats(0.01, 2), vol=st.floats(0.08, 1.5))
@settings(max_examples=60, deadline=None)
def test_laws_of_price_and_round_trip(market: Underlying, right: str, k: float, years: float, vol: float) -> None:
    strike = market.spot * math.exp(k * vol * math.sqrt(years))
    grid = pl.DataFrame(
        {"right": [right] * 3, "strike": [strike] * 3, "years": [years] * 3, "volatility": [vol, vol * 1.05, vol]}
    )
    found = american_values(grid, market)
    assume(found["outcome"][0] == "solved")
    price, more_vol, again = found["price"]
    intrinsic = max(market.spot - strike if right == "call" else strike - market.spot, 0.0)
    slack = 3e-4 * market.spot * vol * math.sqrt(years)
    assert price == again
    assert price >= intrinsic - slack
    assert price <= (market.spot if right == "call" else strike) + slack
    assert more_vol >= price - slack
    assert -1.0 - 1e-3 <= found["delta"][0] <= 1.0 + 1e-3
    back = implied_volatilities(row(right, strike, years, price=price), market)
    vega = found["vega"][0]
    if vega > 0.02 * market.spot and price > intrinsic + slack:
        assert back["outcome"][0] == "solved"
        assert back["implied_volatility"][0] == pytest.approx(vol, abs=2e-4)


ANY = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, 1.0, -1.0, 1e-300]))


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"right": RIGHTS, "strike": ANY, "years": ANY, "price": ANY, "volatility": ANY, "rate": ANY, "borrow": ANY}
        ),
        min_size=1,
        max_size=4,
    ),
    spot=st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.floats(1, 1000)),
    dividend=st.floats(0, 1e6),
)
@settings(max_examples=150, deadline=None)
def test_degenerate_inputs_are_typed(rows: list[dict[str, object]], spot: float, dividend: float) -> None:
    numbers = dict.fromkeys(("strike", "years", "price", "volatility", "rate", "borrow"), pl.Float64)
    frame = pl.DataFrame(rows, schema_overrides=numbers)
    market = Underlying(spot=spot, rate=0.02, dividends=(CashDividend(years=0.1, amount=dividend),))
    for found in (implied_volatilities(frame, market), american_values(frame, market)):
        assert set(found["outcome"]) <= OUTCOMES
        for name in found.columns[1:]:
            solved = found["outcome"] == "solved"
            assert found[name].is_null().to_list() == (~solved).to_list()
            assert found[name].drop_nulls().is_finite().all()


@pytest.mark.parametrize(
    ("contract", "outcome"),
    [
        (row(price=None), "no_price"),
        (row(price=0.0), "no_price"),
        (row(price=5.0, years=0.0), "expired"),
        (row(price=5.0, strike=0.0), "invalid"),
        (row(price=40.0, strike=140.0), "no_time_value"),
        (row(price=39.0, strike=140.0), "no_time_value"),
        (row(price=100.0), "above_bound"),
        (row("call", price=101.0), "above_bound"),
        (row("call", price=99.99999), "out_of_range"),
        (row("call", price=5.0, strike=101.0), "solved"),
    ],
)
def test_outcomes(contract: pl.DataFrame, outcome: str) -> None:
    assert implied_volatilities(contract, Underlying(spot=100.0, rate=0.03))["outcome"][0] == outcome


def test_a_tiny_time_value_is_below_the_lowest_volatility_or_solved_but_never_wild() -> None:
    shares = Underlying(spot=100.0, rate=0.0)
    for price in (1e-6, 1e-4, 0.01):
        found = implied_volatilities(row("call", 100.0, 0.002, price=price), shares)
        if found["outcome"][0] == "solved":
            assert american_values(row("call", 100.0, 0.002, volatility=found["implied_volatility"][0]), shares)[
                "price"
            ][0] == pytest.approx(price, rel=1e-3)
        else:
            assert found["outcome"][0] == "out_of_range"


def test_threads_leave_no_trace() -> None:
    quotes = pl.concat([chain("none", 6, np.random.default_rng(3))] * 40)
    one, three = (implied_volatilities(quotes, underlying("none"), threads=threads) for threads in (1, 3))
    assert one.equals(three)


def test_the_band_holds_the_mid_and_reaches_to_zero_where_the_bid_has_no_time_value() -> None:
    quotes = pl.DataFrame(
        {
            "right": ["put", "put", "put", "put"],
            "strike": [100.0, 140.0, 100.0, 100.0],
            "years": [0.5] * 4,
            "bid": [6.0, 39.5, 0.0, 7.0],
            "ask": [6.4, 40.9, 0.0, 6.0],
        }
    )
    band = volatility_band(quotes, Underlying(spot=100.0, rate=0.03))
    first = band.row(0, named=True)
    assert first["implied_volatility_bid"] < first["implied_volatility"] < first["implied_volatility_ask"]
    assert band["outcome"].to_list() == ["solved", "solved", "no_price", "no_price"]
    assert band["implied_volatility_bid"].to_list()[1:] == [None, None, None]
    assert band["implied_volatility_ask"].to_list()[2:] == [None, None]


def test_the_chain_gives_its_borrow_back() -> None:
    """Quotes made with a borrow rate of 6.5 % and cents of spread: call and put agree at that rate and no other."""
    made = underlying("quarterly", borrow=0.065)
    contracts = pl.DataFrame(
        [
            {"right": right, "strike": strike, "years": days / 365, "volatility": 0.35}
            for days in (37, 191)
            for strike in (150.0, 160.0, 165.0, 170.0, 175.0, 180.0, 190.0)
            for right in ("call", "put")
        ]
    )
    prices = american_values(contracts, made)["price"]
    quotes = contracts.with_columns(bid=prices - 0.02, ask=prices + 0.02)
    found = implied_forwards(quotes, underlying("quarterly"))
    assert found["borrow"].to_list() == pytest.approx([0.065, 0.065], abs=2e-4)
    assert found["implied_volatility"].to_list() == pytest.approx([0.35, 0.35], abs=2e-4)
    assert found["pairs"].to_list() == [5, 5]
    years = 37 / 365
    share = SPOT * math.exp(-0.065 * years) - 0.8 * math.exp(-RATE * 24 / 365 - 0.065 * 13 / 365)
    assert found["forward"][0] == pytest.approx(share * math.exp(RATE * years), abs=0.005)


def test_a_chain_without_pairs_implies_no_forward() -> None:
    quotes = pl.DataFrame({"right": ["call"], "strike": [100.0], "years": [0.1], "bid": [1.0], "ask": [1.1]})
    assert implied_forwards(quotes, Underlying(spot=100, rate=0.03)).is_empty()


def test_wrong_frames_are_refused_with_the_next_step() -> None:
    market = Underlying(spot=100, rate=0.03)
    with pytest.raises(UsageError, match="lacks price"):
        implied_volatilities(row(), market)
    with pytest.raises(UsageError, match="write call or put"):
        implied_volatilities(row("C", price=1.0), market)
    with pytest.raises(UsageError, match="threads=1"):
        implied_volatilities(row(price=1.0), market, threads=0)


def test_no_contracts_is_an_empty_answer() -> None:
    empty = row(price=1.0).clear()
    assert implied_volatilities(empty, Underlying(spot=100, rate=0.03)).columns == [
        "outcome",
        "implied_volatility",
        *GREEKS,
    ]
