"""Lines side by side: parity, a week that adds up exactly, and one statement under all definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.types import AsOf, Gap
from rerating.findings.lines import Lines, lines, sister_lines
from rerating.findings.price_move import PriceMove, price_move
from rerating.findings.study import Study
from rerating.findings.subject import line_of
from rerating.findings.trend import Trend, trend
from rerating.ledger import Snapshot
from rerating.measures.parity import chained
from shared_data import daily_prices, euro_rates
from worlds import batch, days, event, walk

ON = days(date(2024, 1, 2), 300)
CUTOFF = AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=23))


@dataclass(frozen=True)
class Told:
    """What an analysis says of prices: as `analyze` makes it, without all the rest."""

    moves: list[PriceMove]
    lines: Lines
    trend: Trend


def told(snapshot: Snapshot, symbol: str, as_of: AsOf, currency: str | None = None) -> Told:
    view = snapshot.view(as_of)
    line = line_of(view, symbol)
    sisters = sister_lines(view, line)
    moves = [price_move(view, each, currency=currency) for each in (line, *(member for member, _ in sisters))]
    side_by_side = lines(view, line, moves, sisters, currency or line.listing.currency)
    return Told(moves, side_by_side, trend(Study.of(view, line)))


@pytest.fixture(scope="module")
def baba() -> Told:
    return told(Snapshot.of(daily_prices(), euro_rates()), "BABA", AsOf.parse("2026-01-14T22:00Z"), "EUR")


@pytest.mark.shared
def test_ten_per_cent_below_the_high_has_many_right_answers(baba: Told) -> None:
    found = baba.lines
    spread = next(spread for spread in found.spreads if spread.figure == "distance_to_52w_high")
    assert (round(spread.low, 3), round(spread.high, 3)) == (-0.118, -0.082)
    values = {(r.line, r.unit, r.basis): round(r.value, 4) for r in spread.readings}
    assert values["XHKG:9988.HK", "HKD", "close"] == -0.0870
    assert values["XHKG:9988.HK", "HKD", "intraday"] == -0.0924
    assert values["XNYS:BABA", "EUR", "close"] == -0.0947
    assert {reading.unit for spread in found.spreads for reading in spread.readings} == {"USD", "EUR", "HKD"}


@pytest.mark.shared
def test_both_lines_have_their_price_move_the_asked_one_first(baba: Told) -> None:
    moves = baba.moves
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
def test_the_week_adds_up_and_tells_which_part_was_the_dollar(baba: Told) -> None:
    week = baba.lines.week
    assert not isinstance(week, Gap)
    assert sum(part.log_return for part in week.parts) == pytest.approx(week.log_return, abs=1e-9)
    assert round(week.simple_return, 4) == 0.1610
    names = [part.name for part in week.parts]
    assert names == ["before XHKG", "session XHKG", "before XNYS", "session XNYS", "currency"]
    parity = baba.lines.parity
    assert not isinstance(parity, Gap)
    assert (parity[0].units, round(parity[0].gap, 3)) == (8.0, 0.021)
    assert not isinstance(parity[0].median_gap, Gap)
    assert abs(parity[0].median_gap) < 0.03


@pytest.mark.shared
def test_the_trend_of_the_model_case(baba: Told) -> None:
    found = baba.trend
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
    found = told(Snapshot.of(batch(bars=bars)), "X", CUTOFF).lines
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
    one = told(Snapshot.of(batch(bars=plain)), "X", CUTOFF).moves[0]
    other = told(Snapshot.of(batch(bars=traded, events=[split])), "X", CUTOFF).moves[0]
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
