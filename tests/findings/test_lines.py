"""Lines side by side: parity, a week that adds up exactly, and one statement under all definitions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf, Gap
from rerating.findings.lines import Lines
from rerating.findings.price_move import PriceMove
from rerating.findings.trend import Trend
from rerating.ledger import Snapshot
from rerating.measures.parity import chained
from rerating.sources.files import bars_from, rates_from
from shared_data import shared
from worlds import batch, days, event, walk

ON = days(date(2024, 1, 2), 300)
CUTOFF = AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=23))


@pytest.fixture(scope="module")
def baba() -> Analysis:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    snapshot = Snapshot.of(
        bars_from(shared("data/prices/core_daily.parquet"), recorded_at=at),
        rates_from(shared("data/prices/fx_ecb.parquet"), recorded_at=at),
    )
    return analyze(snapshot, "BABA", AsOf.parse("2026-01-14T22:00Z"), currency="EUR")


@pytest.mark.shared
def test_ten_per_cent_below_the_high_has_many_right_answers(baba: Analysis) -> None:
    found: Lines = baba.of_kind(Lines)[0]
    spread = next(spread for spread in found.spreads if spread.figure == "distance_to_52w_high")
    assert (round(spread.low, 3), round(spread.high, 3)) == (-0.118, -0.082)
    values = {(r.line, r.unit, r.basis): round(r.value, 4) for r in spread.readings}
    assert values["XHKG:9988.HK", "HKD", "close"] == -0.0870
    assert values["XHKG:9988.HK", "HKD", "intraday"] == -0.0924
    assert values["XNYS:BABA", "EUR", "close"] == -0.0947
    assert {reading.unit for spread in found.spreads for reading in spread.readings} == {"USD", "EUR", "HKD"}


@pytest.mark.shared
def test_both_lines_have_their_price_move_the_asked_one_first(baba: Analysis) -> None:
    moves: list[PriceMove] = baba.of_kind(PriceMove)
    assert [move.listing for move in moves] == ["XNYS:BABA", "XHKG:9988.HK"]
    hong_kong = moves[1]
    assert isinstance(hong_kong.close, Gap)
    assert isinstance(hong_kong.converted[0].value, Gap)
    assert not isinstance(hong_kong.week.five_sessions, Gap)
    assert round(hong_kong.week.five_sessions.return_, 4) == 0.1583
    in_euro = hong_kong.converted[0].week.five_sessions
    assert not isinstance(in_euro, Gap)
    assert round(in_euro.return_, 3) == 0.160


@pytest.mark.shared
def test_the_week_adds_up_and_tells_which_part_was_the_dollar(baba: Analysis) -> None:
    week = baba.of_kind(Lines)[0].week
    assert not isinstance(week, Gap)
    assert sum(part.log_return for part in week.parts) == pytest.approx(week.log_return, abs=1e-9)
    assert round(week.simple_return, 4) == 0.1610
    names = [part.name for part in week.parts]
    assert names == ["before XHKG", "session XHKG", "before XNYS", "session XNYS", "currency"]
    parity = baba.of_kind(Lines)[0].parity
    assert not isinstance(parity, Gap)
    assert (parity[0].units, round(parity[0].gap, 3)) == (8.0, 0.021)
    assert not isinstance(parity[0].median_gap, Gap)
    assert abs(parity[0].median_gap) < 0.03


@pytest.mark.shared
def test_the_trend_of_the_model_case(baba: Analysis) -> None:
    found: Trend = baba.of_kind(Trend)[0]
    assert {a.sessions: round(a.level, 2) for a in found.averages} == {50: 156.75, 200: 138.50}  # type: ignore[arg-type]
    assert round(found.rsi_14, 1) == 64.4  # type: ignore[arg-type]
    assert round(found.drawdown_52w, 4) == -0.1027  # type: ignore[arg-type]


@given(st.lists(st.floats(0.5, 2000.0), min_size=2, max_size=40), st.data())
def test_a_chain_adds_up_whatever_the_names(prices: list[float], data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from("abc"), min_size=len(prices) - 1, max_size=len(prices) - 1))
    legs = chained(np.array(prices), names)
    assert sum(leg.log_return for leg in legs) == pytest.approx(np.log(prices[-1] / prices[0]), abs=1e-9)


def test_a_single_line_says_what_is_missing_and_keeps_its_week() -> None:
    bars = walk("X", ON, np.random.default_rng(1))
    found: Lines = analyze(Snapshot.of(batch(bars=bars)), "X", CUTOFF).of_kind(Lines)[0]
    assert isinstance(found.parity, Gap)
    assert not isinstance(found.week, Gap)
    assert [part.name for part in found.week.parts] == ["before XNYS", "session XNYS"]


def test_a_split_changes_no_return() -> None:
    """The same world as traded with a split and without: all returns and distances agree."""
    plain = walk("X", ON, np.random.default_rng(1))
    traded = [
        row | {n: row[n] * 4 for n in ("open", "high", "low", "close")} if row["on"] < ON[-3] else row for row in plain
    ]
    at = datetime.combine(ON[-20], datetime.min.time(), UTC)
    split = event("X", "4:1", at, category="split", value=4.0, effective_on=ON[-3])
    one = analyze(Snapshot.of(batch(bars=plain)), "X", CUTOFF).of_kind(PriceMove)[0]
    other = analyze(Snapshot.of(batch(bars=traded, events=[split])), "X", CUTOFF).of_kind(PriceMove)[0]
    for name in ("session", "week", "best_session", "worst_session", "high_52w", "low_52w"):
        first, second = (
            getattr(move, name).model_dump() if hasattr(getattr(move, name), "model_dump") else getattr(move, name)
            for move in (one, other)
        )
        assert _numbers(first) == pytest.approx(_numbers(second), rel=1e-9)


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list | tuple):
        return [number for item in value for number in _numbers(item)]
    if hasattr(value, "model_dump"):
        return _numbers(value.model_dump())
    return [value] if isinstance(value, float) else []
