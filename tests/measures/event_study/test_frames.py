"""Polars, pandas and NumPy in and out, and what the result says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest

from rerating.core.record import canonical_json
from rerating.measures.event_study import TESTS, FactorModel, event_study, fama_french_3, panel

KEEP = {"windows": [(-2, 3), (0, 1)], "estimation": 120, "minimum": 60, "draws": 99}


def data() -> tuple[pl.DataFrame, pl.DataFrame]:
    rng = np.random.default_rng(1)
    days = [date(2020, 1, 1) + timedelta(days=i) for i in range(260)]
    market = rng.normal(0, 0.01, 260)
    lines = {f"L{i}": market + rng.normal(0, 0.02, 260) for i in range(12)}
    returns = pl.DataFrame({"date": days, "M": market, **lines})
    events = pl.DataFrame(
        {
            "symbol": [f"L{i}" for i in range(12)],
            "at": [days[150 + 7 * (i % 5)] for i in range(12)],
            "name": [f"event {i}" for i in range(12)],
            "group": ["a", "b"] * 6,
        }
    )
    return returns, events


def test_every_form_of_the_same_data_gives_the_same_numbers() -> None:
    returns, events = data()
    study = event_study(returns, events, benchmark="M", **KEEP)
    expected = study.tests()["statistic"].to_list()
    long = returns.unpivot(index="date", variable_name="ticker", value_name="return")
    frame = pd.DataFrame({name: returns[name].to_numpy() for name in returns.columns})
    indexed = frame.assign(date=pd.to_datetime(frame["date"])).set_index("date")
    pandas_events = pd.DataFrame({name: events[name].to_list() for name in events.columns})
    stamped = pandas_events.assign(at=pd.to_datetime(pandas_events["at"]))
    for other_returns, other_events in [
        (long, events),
        (frame, pandas_events),
        (indexed, stamped),
        (returns, stamped),
        (indexed, events),
        (returns, [(row["symbol"], row["at"]) for row in events.iter_rows(named=True)]),
        (returns, [(row["symbol"], row["at"].isoformat()) for row in events.iter_rows(named=True)]),
    ]:
        other = event_study(other_returns, other_events, benchmark="M", **KEEP)
        assert list(other.tests()["statistic"]) == expected
    matrix = returns.drop("date", "M").to_numpy()
    rows = [returns["date"].to_list().index(at) for at in events["at"]]
    numbers = np.column_stack([np.arange(12), rows])
    plain = event_study(matrix, numbers, benchmark=returns["M"].to_numpy(), **KEEP)
    assert plain.tests()["statistic"].to_list() == expected
    assert plain.events()["session_on"].to_list() == rows
    dated = panel(
        matrix, benchmark=returns["M"].to_numpy(), dates=returns["date"].to_numpy(), symbols=events["symbol"].to_list()
    )
    assert event_study(dated, events, **KEEP).tests()["statistic"].to_list() == expected


def test_frames_come_back_in_the_library_they_came_in() -> None:
    returns, events = data()
    study = event_study(returns, events, benchmark="M", **KEEP)
    for made in (study.events(), study.abnormal_returns(), study.cumulative(), study.tests()):
        assert isinstance(made, pl.DataFrame)
    pandas_events = pd.DataFrame({name: events[name].to_list() for name in events.columns})
    other = event_study(returns, pandas_events, benchmark="M", **KEEP)
    for mine, theirs in zip(
        (study.events(), study.abnormal_returns(), study.cumulative(), study.tests()),
        (other.events(), other.abnormal_returns(), other.cumulative(), other.tests()),
        strict=True,
    ):
        assert isinstance(theirs, pd.DataFrame)
        assert list(theirs.columns) == mine.columns
        assert len(theirs) == mine.height


def test_the_frames_are_tidy_and_agree_with_each_other() -> None:
    returns, events = data()
    study = event_study(returns, events, benchmark="M", **KEEP)
    table = study.events()
    assert table.columns[:6] == ["event", "symbol", "at", "session_on", "name", "group"]
    assert table["session_on"].to_list() == events["at"].to_list()
    daily, windows = study.abnormal_returns(), study.cumulative()
    assert daily.height == 12 * 6
    assert windows.height == 12 * 2
    summed = daily.group_by("event", maintain_order=True).agg(pl.col("ar").sum())["ar"].to_numpy()
    np.testing.assert_allclose(summed, table["car"].to_numpy(), rtol=1e-12)
    first = windows.filter((pl.col("first") == -2) & (pl.col("last") == 3))
    for column in ("car", "s_car", "t", "p", "bhar"):
        assert first[column].to_list() == table[column].to_list()
    tests = study.tests()
    assert tests.height == len(TESTS) * (6 + 2)
    assert tests["gap"].null_count() == tests.height
    mean = study.mean_days()
    assert [day.day for day in mean] == list(range(-2, 4))
    assert mean[-1].caar == pytest.approx(table["car"].mean())
    last = study.test("cross_sectional_t", (-2, 3))
    low, high = mean[-1].low, mean[-1].high
    assert low is not None
    assert high is not None
    assert (low > 0 or high < 0) == ((last.p or 1) < 0.05)


def test_the_json_has_the_names_of_the_issue_and_no_number_that_is_none() -> None:
    returns, events = data()
    extra = pl.DataFrame({"symbol": ["nobody"], "at": [date(2020, 6, 1)], "name": ["x"], "group": ["a"]})
    study = event_study(returns, pl.concat([events, extra]), benchmark="M", **KEEP)
    text = canonical_json(study.to_json())
    plain = json.loads(text)
    assert set(plain) == {"settings", "events", "tests", "mean"}
    first, last = plain["events"][0], plain["events"][-1]
    assert {"symbol", "at", "session_on", "outcome", "ar", "car", "t"} <= set(first)
    assert first["session_on"] == events["at"][0].isoformat()
    assert len(first["ar"]) == 6
    assert last["outcome"] == "unknown_symbol"
    assert last["ar"] == []
    assert last["car"] is None
    assert {test["name"] for test in plain["tests"]} == set(TESTS)
    assert {"name", "window", "statistic", "p"} <= set(plain["tests"][0])
    lonely = event_study(returns, events[:1], benchmark="M", **KEEP).to_json()
    gaps = [test for test in lonely["tests"] if test["statistic"] is None]
    assert gaps
    assert all(test["gap"]["kind"] == "gap" and test["p"] is None for test in gaps)
    assert canonical_json(lonely)


def test_factor_models_take_a_frame_or_a_mapping() -> None:
    returns, events = data()
    rng = np.random.default_rng(2)
    names = ("mkt_rf", "smb", "hml", "rf")
    columns = {name: rng.normal(0, 0.005, 260) for name in names}
    frame = pl.DataFrame({"date": returns["date"], **columns})
    by_frame = event_study(returns, events, factors=frame, model=fama_french_3(), **KEEP)
    by_mapping = event_study(returns, events, factors=columns, model=fama_french_3(), **KEEP)
    assert by_frame.events()["car"].to_list() == by_mapping.events()["car"].to_list()
    one = event_study(returns, events, benchmark="M", model=FactorModel(factors=("market",)), **KEEP)
    market = event_study(returns, events, benchmark="M", **KEEP)
    np.testing.assert_allclose(one.events()["car"], market.events()["car"], rtol=1e-11)
    np.testing.assert_allclose(one.events()["s_car"], market.events()["s_car"], rtol=1e-11)
    twice = {"a": columns["smb"], "b": 2 * columns["smb"] + 1e-3}
    collinear = event_study(returns, events, factors=twice, model=FactorModel(factors=("a", "b")), **KEEP)
    assert set(map(str, collinear.outcomes())) == {"flat_benchmark"}


def test_buy_and_hold_of_simple_and_of_log_returns_is_the_same_money() -> None:
    returns, events = data()
    levels = returns.with_columns((pl.exclude("date") + 1).cum_prod() * 100)
    simple = event_study(levels, events, benchmark="M", prices=True, model="market_adjusted", **KEEP)
    logs = event_study(levels, events, benchmark="M", prices=True, kind="log", model="market_adjusted", **KEEP)
    np.testing.assert_allclose(simple.events()["bhar"], logs.events()["bhar"], rtol=1e-9)
    tests = simple.buy_and_hold_tests()
    assert {test.name for test in tests} == {"cross_sectional_t", "skewness_hall", "wild_bootstrap"}
    values = simple.events()["bhar"].to_numpy()
    expected = np.sqrt(12) * values.mean() / values.std(ddof=1)
    assert tests[0].statistic == pytest.approx(expected)


def test_importing_the_package_compiles_nothing() -> None:
    code = (
        "import sys, rerating.measures.event_study\n"
        "print(*[name in sys.modules for name in ('numba', 'polars', 'scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]
