"""The options finding on SIMULATED chains and histories, and on the recorded ones where they are at hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from option_chain_simulator import SimulatedChain, simulated_quotes
from option_volume_simulator import World, simulate
from rerating.analysis import Analysis, analyze, option_activity
from rerating.core.errors import UsageError
from rerating.core.record import canonical_json
from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.findings.option_history import VolumeTest
from rerating.findings.options_activity import OptionsActivity, PricedEvent, RecordedChain, options_activity
from rerating.ledger import Ledger, Snapshot
from rerating.measures.implied_distribution import ImpliedDistribution
from shared_data import shared
from worlds import bar, batch, days, event

NIGHT = AsOf.parse("2025-09-18T02:00Z")
REPORT = datetime(2025, 9, 24, 20, 30, tzinfo=UTC)


def found(*, at: AsOf = NIGHT, symbol: str = "SIM", **tables: Any) -> OptionsActivity:
    return option_activity(Snapshot.of(batch(**tables)), symbol, at)


def chain_of(activity: OptionsActivity) -> RecordedChain:
    assert isinstance(activity.chain, RecordedChain), activity.chain
    return activity.chain


def rate_fact(value: float = 0.04) -> dict[str, Any]:
    return {
        "subject": "USD",
        "field": "risk_free_rate",
        "unit": "ratio",
        "value": value,
        "known_at": datetime(2025, 9, 1, tzinfo=UTC),
        "locator": "world",
    }


def report(**more: Any) -> dict[str, Any]:
    return event("SIM", "Results", REPORT, category="earnings", known_at=datetime(2025, 9, 1, tzinfo=UTC), **more)


@pytest.fixture(scope="module")
def quotes() -> list[dict[str, Any]]:
    return simulated_quotes(SimulatedChain())


def test_the_chain_gives_back_what_it_was_made_with(quotes: list[dict[str, Any]]) -> None:
    world = SimulatedChain()
    chain = chain_of(found(option_quotes=quotes, facts=[rate_fact()]))
    assert (chain.session_on, chain.complete, chain.rate) == (date(2025, 9, 17), True, 0.04)
    assert not isinstance(chain.expiries, Gap)
    assert [expiry.expires_on for expiry in chain.expiries] == list(world.expiries)
    assert [expiry.sessions for expiry in chain.expiries] == [7, 22, 47]
    for expiry in chain.expiries:
        forward = world.spot * math.exp((world.rate - world.borrow) * expiry.years)
        k = math.log(forward / world.spot)
        assert expiry.forward == pytest.approx(forward, rel=2e-4)
        # a cent on a strike is a percent of borrow a year over nine days
        assert expiry.borrow == pytest.approx(world.borrow, abs=1e-4 / expiry.years)
        assert expiry.implied_volatility == pytest.approx(world.volatility + world.skew * k, abs=0.002)
        assert expiry.implied_volatility_bid is not None
        assert expiry.implied_volatility_ask is not None
        assert isinstance(expiry.implied_volatility, float)
        assert expiry.implied_volatility_bid < expiry.implied_volatility < expiry.implied_volatility_ask
        assert isinstance(expiry.skew_25_delta, float)
        assert 0 < expiry.skew_25_delta < 0.1
        assert isinstance(expiry.distribution, ImpliedDistribution)
        strikes, density = np.array(expiry.distribution.strikes), np.array(expiry.distribution.density)
        mass = np.trapezoid(density, strikes) + expiry.distribution.mass_below + expiry.distribution.mass_above
        assert mass == pytest.approx(1.0, abs=0.01)
        assert expiry.smile_error is not None
        assert expiry.smile_error < 0.003


def test_totals_and_buckets_are_the_sums_of_the_quotes(quotes: list[dict[str, Any]]) -> None:
    chain = chain_of(found(option_quotes=quotes))
    calls, puts = (sum(row["volume"] for row in quotes if row["right"] == right) for right in "CP")
    assert (chain.totals.call_volume, chain.totals.put_volume) == (calls, puts)
    assert chain.totals.put_call_ratio == pytest.approx(puts / calls)
    assert sum(bucket.volume for bucket in chain.buckets) == calls + puts
    assert sum(bucket.open_interest for bucket in chain.buckets) == chain.totals.open_interest == 3 * (calls + puts)
    assert chain.totals.option_to_stock is None  # the share's own volume is not held


def test_stock_volume_makes_the_option_to_stock_ratio(quotes: list[dict[str, Any]]) -> None:
    bars = [bar("SIM", day, 230.0, volume=50_000_000) for day in days(date(2025, 8, 1), 33)]
    chain = chain_of(found(option_quotes=quotes, bars=bars))
    assert chain.totals.option_to_stock == pytest.approx(chain.totals.volume * 100 / 50_000_000)


def test_the_priced_move_of_a_report_comes_back() -> None:
    """A report with a standard deviation of 7 %, nine days before the first expiry's end."""
    world = SimulatedChain(event_variance=0.07**2, after_report=frozenset(SimulatedChain().expiries))
    activity = found(option_quotes=simulated_quotes(world), facts=[rate_fact()], events=[report()])
    priced = chain_of(activity).event
    assert isinstance(priced, PricedEvent)
    assert (priced.near, priced.far) == (date(2025, 9, 26), date(2025, 10, 17))
    assert priced.move.deviation == pytest.approx(0.07, abs=0.004)
    assert priced.move.low is not None
    assert priced.move.high is not None
    assert priced.move.low < priced.move.deviation < priced.move.high


def test_another_event_before_the_later_expiry_hides_the_move() -> None:
    other = event("SIM", "Investor day", REPORT + timedelta(days=9), category="guidance", known_at=NIGHT.at)
    world = SimulatedChain(event_variance=0.07**2, after_report=frozenset(SimulatedChain().expiries))
    gap = chain_of(found(option_quotes=simulated_quotes(world), events=[report(), other])).event
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_APPLICABLE


def test_a_calm_chain_prices_no_report(quotes: list[dict[str, Any]]) -> None:
    gap_or_event = chain_of(found(option_quotes=quotes, facts=[rate_fact()], events=[report()])).event
    assert isinstance(gap_or_event, Gap) or gap_or_event.move.deviation < 0.02


def test_a_dividend_that_is_known_is_not_taken_for_borrowing() -> None:
    """Quotes made with 3 dollars ex on 1 October and a borrow of 1 %: unknown, the dividend looks like borrowing."""
    ex = datetime(2025, 10, 1, 13, 30, tzinfo=UTC)
    rows = simulated_quotes(SimulatedChain(dividend=(ex, 3.0)))
    paid = event(
        "SIM", "Dividend", NIGHT.at - timedelta(days=20), category="dividend", value=3.0, effective_on=ex.date()
    )
    blind = chain_of(found(option_quotes=rows, facts=[rate_fact()]))
    informed = chain_of(found(option_quotes=rows, facts=[rate_fact()], events=[paid]))
    assert not isinstance(blind.expiries, Gap)
    assert not isinstance(informed.expiries, Gap)
    assert informed.expiries[1].borrow == pytest.approx(0.01, abs=0.002)
    assert isinstance(blind.expiries[1].borrow, float)
    assert (blind.expiries[1].borrow - 0.01) * blind.expiries[1].years == pytest.approx(3 / 230, rel=0.15)
    assert informed.expiries[0].borrow == blind.expiries[0].borrow  # ends before the ex-date


def test_bad_quotes_are_refused_and_counted(quotes: list[dict[str, Any]]) -> None:
    rows = [dict(row) for row in quotes]
    rows[0] |= {"bid": None, "ask": None}
    rows[1] |= {"bid": 3.0, "ask": 2.0}
    rows[2] |= {"multiplier": 10}
    rows.append(rows[40] | {"contract": "SIM1" + rows[40]["contract"]})
    refused = chain_of(found(option_quotes=rows)).refused
    assert (refused.without_quote, refused.crossed, refused.adjusted, refused.duplicated) == (1, 1, 1, 2)
    assert refused.quotes == len(rows)


def test_a_chain_without_quotes_implies_nothing_and_says_how_many(quotes: list[dict[str, Any]]) -> None:
    rows = [row | {"bid": None, "ask": None} for row in quotes[:-10]] + quotes[-10:]
    activity = found(option_quotes=rows)
    gap = chain_of(activity).expiries
    assert isinstance(gap, Gap)
    assert f"{len(quotes) - 10} of" in gap.detail
    assert gap in activity.basis.gaps
    assert chain_of(activity).totals.volume > 0


def test_a_line_without_options_is_a_gap_in_its_analysis() -> None:
    bars = [bar("SIM", day, 100.0 + i % 3) for i, day in enumerate(days(date(2025, 8, 1), 33))]
    analysis = analyze(Snapshot.of(batch(bars=bars)), "SIM", NIGHT)
    (activity,) = analysis.of_kind(OptionsActivity)
    assert isinstance(activity.chain, Gap)
    assert activity.chain.why is Why.NOT_COVERED
    assert activity.volume_tests == ()


def test_what_is_recorded_later_is_not_seen(quotes: list[dict[str, Any]]) -> None:
    """The chain of the evening is known half an hour later; the one of the day after does not exist yet."""
    later = simulated_quotes(SimulatedChain(quoted_at=datetime(2025, 9, 18, 20, 0, 1, tzinfo=UTC), seed=2))
    activity = found(option_quotes=[*quotes, *later], at=AsOf.parse("2025-09-18T02:00Z"))
    assert activity == found(option_quotes=quotes, at=AsOf.parse("2025-09-18T02:00Z"))
    with pytest.raises(UsageError):
        found(option_quotes=quotes, at=AsOf.parse("2025-09-17T20:10Z"))


def test_open_interest_of_the_next_morning_bounds_what_was_opened(quotes: list[dict[str, Any]]) -> None:
    later = simulated_quotes(SimulatedChain(quoted_at=datetime(2025, 9, 18, 20, 0, 1, tzinfo=UTC)))
    moved = [row | {"open_interest": row["open_interest"] + (20 if row["right"] == "C" else -5)} for row in later]
    known = datetime(2025, 9, 17, 20, 30, tzinfo=UTC)
    totals = [
        total("SIM", field, date(2025, 9, 17), value, known)
        for field, value in (
            ("expiries", 3.0),
            ("call_volume", 5_000.0),
            ("put_volume", 4_000.0),
            ("call_open_interest", float(sum(row["open_interest"] for row in later if row["right"] == "C"))),
            ("put_open_interest", float(sum(row["open_interest"] for row in later if row["right"] == "P"))),
        )
    ]
    chain = chain_of(found(option_quotes=[*quotes, *moved], facts=totals, at=AsOf.parse("2025-09-19T02:00Z")))
    calls, puts = chain.opening
    assert calls.on == date(2025, 9, 17)
    assert calls.open_interest_change == 20 * sum(row["right"] == "C" for row in later)
    assert calls.least_opened == min(calls.open_interest_change, 5_000)
    assert puts.least_opened == 0
    # on the evening of the 17th nobody knew
    assert chain_of(found(option_quotes=quotes, facts=totals)).opening == ()


# ---- volume -------------------------------------------------------------------------------------------------------


def total(symbol: str, field: str, on: date, value: float, known_at: datetime) -> dict[str, Any]:
    return {
        "subject": f"OPTIONS:{symbol}",
        "field": field,
        "period_from": on,
        "period_to": on,
        "unit": "count" if field == "expiries" else "contracts",
        "value": value,
        "known_at": known_at,
        "locator": "simulated history",
    }


@pytest.fixture(scope="module")
def history() -> dict[str, list[dict[str, Any]]]:
    """SIMULATED: 15 names over 330 sessions to 2025-09-17, with their shares' bars."""
    on = days(date(2024, 5, 23), 330)
    assert on[-1] == date(2025, 9, 17)
    panel = simulate(World(names=15, days=330, earnings=0.0), np.random.default_rng(11)).panel
    volume = np.round(np.expm1(panel.log_volume))
    facts, bars = [], []
    for i, name in enumerate(panel.names):
        for t, day in enumerate(on):
            known = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
            facts.append(total(name, "call_volume", day, float(volume[i, t]), known))
            facts.append(total(name, "expiries", day, 12.0, known))
            level = 100 + 3 * math.sin(t / 5 + i) + float(panel.absolute_return[i, t]) * 100
            bars.append(bar(name, day, level, volume=int(np.expm1(panel.log_stock_volume[i, t]))))
    return {"facts": facts, "bars": bars}


def exceptional(history: dict[str, list[dict[str, Any]]], factor: float) -> VolumeTest:
    facts = [
        row | {"value": row["value"] * factor}
        if (row["subject"], row["field"], row["period_to"]) == ("OPTIONS:SIM003", "call_volume", date(2025, 9, 17))
        else row
        for row in history["facts"]
    ]
    view = Snapshot.of(batch(facts=facts, bars=history["bars"])).view(NIGHT)
    call, put = options_activity(view, Listing(symbol="SIM003", venue="US", currency="USD"), None).volume_tests
    assert isinstance(call, VolumeTest)
    assert isinstance(put, Gap)
    return call


def test_a_volume_tenfold_is_exceptional_and_the_plain_day_is_not(history: dict[str, list[dict[str, Any]]]) -> None:
    plain, tenfold = exceptional(history, 1.0), exceptional(history, 10.0)
    assert isinstance(plain.p_value, float)
    assert isinstance(tenfold.p_value, float)
    assert tenfold.p_value < 0.005 < plain.p_value
    assert isinstance(tenfold.p_value_given_move, float)
    assert tenfold.p_value_given_move < 0.01
    assert tenfold.high is not None
    assert tenfold.volume > tenfold.high
    assert (tenfold.n_names, tenfold.market_removed) == (15, True)
    assert tenfold.n_days >= 250
    assert tenfold.n_pool > 3_000
    assert tenfold.history_since == date(2024, 5, 23)
    assert len(tenfold.chart) == 60
    assert tenfold.chart[-1].volume == tenfold.volume


def test_a_short_history_has_no_p_value_and_says_how_short(history: dict[str, list[dict[str, Any]]]) -> None:
    facts = [row for row in history["facts"] if row["period_to"] >= date(2025, 7, 1)]
    view = Snapshot.of(batch(facts=facts)).view(NIGHT)
    activity = options_activity(view, Listing(symbol="SIM003", venue="US", currency="USD"), None)
    test = activity.volume_tests[0]
    assert isinstance(test, VolumeTest)
    assert isinstance(test.p_value, Gap)
    assert test.p_value.why is Why.TOO_SHORT
    assert "54 comparable days" in test.p_value.detail
    assert test.p_value in activity.basis.gaps
    assert test.history_since == date(2025, 7, 1)


def test_a_first_report_window_compares_with_nothing(history: dict[str, list[dict[str, Any]]]) -> None:
    first = event("SIM003", "Results", REPORT, category="earnings", known_at=datetime(2025, 9, 1, tzinfo=UTC))
    view = Snapshot.of(batch(facts=history["facts"], events=[first])).view(NIGHT)
    test = options_activity(view, Listing(symbol="SIM003", venue="US", currency="USD"), None).volume_tests[0]
    assert isinstance(test, VolumeTest)
    assert isinstance(test.p_value, Gap)
    assert "no day of this kind" in test.p_value.detail
    assert test.low is None


def test_days_with_another_breadth_of_expiries_do_not_compare(history: dict[str, list[dict[str, Any]]]) -> None:
    facts = [
        row | {"value": 2.0} if row["field"] == "expiries" and row["period_to"] < date(2025, 7, 1) else row
        for row in history["facts"]
    ]
    view = Snapshot.of(batch(facts=facts)).view(NIGHT)
    test = options_activity(view, Listing(symbol="SIM003", venue="US", currency="USD"), None).volume_tests[0]
    assert isinstance(test, VolumeTest)
    assert isinstance(test.p_value, Gap)


def test_an_intraday_chain_has_no_volume_test(history: dict[str, list[dict[str, Any]]]) -> None:
    world = SimulatedChain(symbol="SIM003", quoted_at=datetime(2025, 9, 18, 15, tzinfo=UTC))
    rows = simulated_quotes(replace(world, expiries=world.expiries[:1]))
    activity = found(symbol="SIM003", option_quotes=rows, facts=history["facts"], at=AsOf.parse("2025-09-18T16:00Z"))
    assert chain_of(activity).complete is False
    gap = activity.volume_tests[0]
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_YET_KNOWN


# ---- as a whole ---------------------------------------------------------------------------------------------------


def test_it_travels_in_an_analysis_and_in_json(quotes: list[dict[str, Any]]) -> None:
    bars = [bar("SIM", day, 230.0 + i % 4) for i, day in enumerate(days(date(2025, 8, 1), 33))]
    flow = event("SIM", "Calls bought", NIGHT.at - timedelta(days=2), category="options_flow")
    analysis = analyze(Snapshot.of(batch(option_quotes=quotes, bars=bars, events=[flow])), "SIM", NIGHT)
    assert Analysis.from_json(analysis.to_json()) == analysis
    (activity,) = analysis.of_kind(OptionsActivity)
    assert [report.title for report in activity.reported] == ["Calls bought"]
    known = {entry.id for entry in activity.basis.evidence}
    assert set(activity.src) <= known
    assert all(set(expiry.src) <= known for expiry in chain_of(activity).expiries)  # type: ignore[union-attr]
    names = _names(json.loads(canonical_json(activity)))
    assert {"implied_volatility", "put_call_ratio", "open_interest", "volume"} <= names


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in _names(item)}
    return {name for item in value for name in _names(item)} if isinstance(value, list) else set()


def test_p_value_and_n_days_are_named_so(history: dict[str, list[dict[str, Any]]]) -> None:
    assert {"p_value", "n_days", "volume"} <= _names(json.loads(canonical_json(exceptional(history, 3.0))))


@pytest.mark.shared
def test_the_recorded_apple_chains(tmp_path: Any) -> None:
    """Yahoo's own volatilities are European and from stale spots: near the money they agree within two points."""
    from rerating.sources.option_files import options_from

    made, refused = options_from(
        shared("data/options/yahoo_chains.parquet"), recorded_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert {chain.symbol for chain in refused} >= {"BABA", "QQQ", "SPOT", "AAPL"}
    ledger = Ledger.create(tmp_path / "ledger")
    ledger.append(made)
    seen = 0
    for at in ("2025-08-16T12:00Z", "2025-09-12T12:00Z", "2025-09-18T12:00Z", "2025-09-20T18:00Z"):
        chain = chain_of(option_activity(ledger, "AAPL", AsOf.parse(at)))
        if isinstance(chain.expiries, Gap):
            continue
        for expiry in chain.expiries:
            assert isinstance(expiry.implied_volatility, float)
            assert 0.12 < expiry.implied_volatility < 0.5
            assert expiry.smile_error is not None
            assert expiry.smile_error < 0.02
            assert expiry.forward == pytest.approx(expiry.spot, rel=0.01)
            seen += 1
    assert seen >= 4
    with pytest.raises(UsageError):
        option_activity(ledger, "BABA", AsOf.parse("2025-09-20T18:00Z"))
