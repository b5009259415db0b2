"""Price facts against values that are computed here by hand from the raw columns of the sample."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from importlib.resources import files

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.findings.price_move import PriceMove, price_move
from rerating.findings.series import Series, series
from rerating.findings.subject import line_of
from rerating.ledger import Ledger, Snapshot, ViewSource
from rerating.measures.price_move import week_starts, window_52w
from shared_data import daily_prices, euro_rates
from worlds import bar, batch, days


def raw(ticker: str) -> pl.DataFrame:
    """The sample's own columns, read without any of our code; splits are undone by hand where the test needs it."""
    text = gzip.decompress((files("bokeh_sampledata") / "_data" / "stocks.csv.gz").read_bytes())
    return pl.read_csv(text, try_parse_dates=True).filter(pl.col("Ticker") == ticker).sort("Date")


def moved(ledger: ViewSource, symbol: str, at: str, currency: str | None = None) -> PriceMove:
    view = ledger.view(AsOf.parse(at))
    return price_move(view, line_of(view, symbol), currency=currency)


def span(value: object) -> float:
    assert not isinstance(value, Gap)
    return value.return_  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("at", "five", "to_date", "over_week"),
    [
        ("2007-01-10T22:00Z", 0.1575, 0.1405, 0.1575),
        ("2007-01-11T22:00Z", 0.1184, 0.1264, 0.1184),
        ("2007-01-12T22:00Z", 0.1125, 0.1125, 0.1125),
    ],
)
def test_the_week_of_the_iphone_under_three_conventions(
    sample: Ledger, at: str, five: float, to_date: float, over_week: float
) -> None:
    week = moved(sample, "AAPL", at).week
    found = [span(week.five_sessions), span(week.week_to_date), span(week.week_over_week)]
    assert found == pytest.approx([five, to_date, over_week], abs=5e-5)


@pytest.mark.parametrize(
    ("symbol", "on"), [("MSFT", date(2004, 3, 17)), ("IBM", date(2009, 11, 27)), ("MSFT", date(2003, 6, 2))]
)
def test_against_the_raw_columns(sample: Ledger, symbol: str, on: date) -> None:
    table = raw(symbol).filter(pl.col("Date") <= on)
    factor = np.where((table["Date"] < date(2003, 2, 18)).to_numpy() & (symbol == "MSFT"), 2.0, 1.0)
    close, high, low = (table[name].to_numpy() / factor for name in ("Close", "High", "Low"))
    window = (table["Date"] > date.fromordinal(on.toordinal() - 364)).to_numpy()
    move = moved(sample, symbol, f"{on}T22:00Z")
    assert not isinstance(move.close, Gap)
    assert not isinstance(move.high_52w, Gap)
    assert not isinstance(move.low_52w, Gap)
    assert not isinstance(move.volume, Gap)
    assert (move.close.value, move.close.on) == (table["Close"][-1], on)
    assert span(move.session) == pytest.approx(close[-1] / close[-2] - 1)
    assert span(move.week.five_sessions) == pytest.approx(close[-1] / close[-6] - 1)
    highs = {end.basis: end for end in move.high_52w}
    lows = {end.basis: end for end in move.low_52w}
    assert highs["close"].level == pytest.approx(close[window].max())
    assert highs["intraday"].level == pytest.approx(high[window].max())
    assert lows["close"].level == pytest.approx(close[window].min())
    assert lows["intraday"].level == pytest.approx(low[window].min())
    assert highs["intraday"].distance == pytest.approx(close[-1] / high[window].max() - 1)
    assert highs["close"].on == table["Date"].to_numpy()[window][close[window].argmax()]
    volumes = table["Volume"].to_numpy() * factor
    assert move.volume.median == pytest.approx(np.median(volumes[-64:-1]))
    best = close[-5:] / close[-6:-1] - 1
    assert move.best_session.return_ == pytest.approx(best.max())  # type: ignore[union-attr]
    assert move.worst_session.return_ == pytest.approx(best.min())  # type: ignore[union-attr]


def test_moving_one_close_moves_all_that_depends_on_it(sample: Ledger) -> None:
    view = sample.view(AsOf.parse("2007-01-12T22:00Z"))
    line = series(view, view.listings("AAPL")[0])
    assert isinstance(line, Series)
    before = price_move(view, line, currency="EUR")
    place = line.place(line.sessions.position(date(2007, 1, 5)) or 0)
    line.close[place] *= 1.01
    after = price_move(view, line, currency="EUR")
    for name in ("five_sessions", "week_to_date", "week_over_week"):
        for then, now in ((before.week, after.week), (before.converted[0].week, after.converted[0].week)):
            assert 1 + span(getattr(now, name)) == pytest.approx((1 + span(getattr(then, name))) / 1.01)
    assert after.session == before.session
    assert after.high_52w == before.high_52w


def test_every_figure_names_its_evidence(sample: Ledger) -> None:
    move = moved(sample, "AAPL", "2007-01-12T22:00Z", "EUR")
    held = {entry.id for entry in move.basis.evidence}
    assert not isinstance(move.close, Gap)
    assert not isinstance(move.high_52w, Gap)
    figures = [move.close, move.session, move.best_session, move.volume, *move.high_52w, *move.converted]
    for figure in figures:
        assert figure.src  # type: ignore[union-attr]
        assert set(figure.src) <= held  # type: ignore[union-attr]
    assert all(entry.known_at <= move.basis.as_of for entry in move.basis.evidence)


def test_conversion_takes_the_rate_of_the_day_or_the_last_before() -> None:
    """The ECB publishes at 16:00 in Frankfurt: an hour earlier only yesterday's rate is known."""
    on = days(date(2020, 1, 2), 3)
    rates = [
        {
            "currency": "USD",
            "on": day,
            "per_eur": 1.0 + i / 10,
            "known_at": datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
        }
        for i, day in enumerate(on[:2])
    ]
    snapshot = Snapshot.of(batch(bars=[bar("X", day, 100.0) for day in on], rates=rates))
    view = snapshot.view(AsOf(at=datetime(2020, 1, 6, 22, tzinfo=UTC)))
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    converted = price_move(view, line, currency="EUR").converted[0]
    assert (converted.value, converted.rate_on) == (pytest.approx(100 / 1.1), on[1])
    missing = price_move(view, line, currency="HKD")
    assert missing.converted == ()
    assert any("rates of HKD" in gap.detail for gap in missing.basis.gaps)


def test_too_short_a_history_is_a_gap_and_not_a_number() -> None:
    on = days(date(2020, 1, 2), 3)
    view = Snapshot.of(batch(bars=[bar("X", day, 100.0) for day in on])).view(AsOf(at=datetime(2020, 2, 1, tzinfo=UTC)))
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    move = price_move(view, line)
    assert isinstance(move.high_52w, Gap)
    assert isinstance(move.week.five_sessions, Gap)
    assert move.week.five_sessions.why is Why.TOO_SHORT
    assert isinstance(move.volume, Gap)
    assert any("sessions earlier" in gap.detail for gap in move.basis.gaps)


def test_dividend_adjusted_bars_give_returns_and_labelled_distances_but_no_level() -> None:
    on = days(date(2018, 12, 3), 300)
    rows = [bar("X", day, 100.0 + i, price_basis="split_div_adjusted") for i, day in enumerate(on)]
    view = Snapshot.of(batch(bars=rows)).view(AsOf(at=datetime(2020, 6, 1, tzinfo=UTC)))
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    move = price_move(view, line)
    assert isinstance(move.close, Gap)
    assert span(move.session) == pytest.approx(399 / 398 - 1)
    assert not isinstance(move.high_52w, Gap)
    assert {end.adjustment for end in move.high_52w} == {"dividend_adjusted"}


@given(st.integers(10, 2000))
def test_weeks_lie_before_the_session_and_windows_hold_52_weeks(place: int) -> None:
    from rerating.core.sessions import sessions

    table = sessions("XNYS").days
    on = table[place].astype(object)
    starts = week_starts(table, place)
    assert all(start < place for start in starts.values())
    assert table[starts["week_to_date"]].astype(object).isocalendar()[:2] < on.isocalendar()[:2]
    assert (on - table[starts["week_over_week"]].astype(object)).days >= 7
    window = window_52w(table, place)
    assert (on - table[window.start].astype(object)).days < 364
    assert window.start == 0 or (on - table[window.start - 1].astype(object)).days >= 364


@pytest.mark.shared
def test_the_model_case() -> None:
    """BABA on 14 January 2026, figures of METHODS section 1."""
    snapshot = Snapshot.of(daily_prices(), euro_rates())
    move = moved(snapshot, "BABA", "2026-01-14T22:00Z", "EUR")
    assert not isinstance(move.close, Gap)
    assert not isinstance(move.best_session, Gap)
    assert not isinstance(move.high_52w, Gap)
    euro = move.converted[0]
    assert (move.close.value, round(euro.value, 2), euro.rate) == (169.90, 145.82, 1.1651)
    assert (move.best_session.on, round(move.best_session.return_, 4)) == (date(2026, 1, 12), 0.1017)
    assert round(span(move.week.five_sessions), 4) == 0.1578
    assert round(span(move.week.week_to_date), 4) == 0.1255
    assert round(span(euro.week.five_sessions), 4) == 0.1610
    ends = {(end.basis, end.unit): end for end in move.high_52w}
    assert (ends["close", "USD"].level, ends["intraday", "USD"].level) == (189.34, 192.67)
    assert {end.on for end in ends.values()} == {date(2025, 10, 2)}
    assert round(ends["close", "USD"].distance, 4) == -0.1027
    assert round(ends["intraday", "USD"].distance, 4) == -0.1182
    assert round(ends["close", "EUR"].distance, 4) == -0.0947
    the_13th = moved(snapshot, "BABA", "2026-01-13T22:00Z", "EUR")
    assert not isinstance(the_13th.high_52w, Gap)
    distances = {(end.basis, end.unit): round(end.distance, 4) for end in the_13th.high_52w}
    assert (distances["close", "EUR"], distances["close", "USD"], distances["intraday", "USD"]) == (
        -0.1104,
        -0.1179,
        -0.1332,
    )
