"""Laws of all findings: currencies come back, a split changes no return, what comes later is nowhere, units stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.analysis import analyze
from rerating.core.types import AsOf, Listing
from rerating.findings.basis import Trail
from rerating.findings.conversion import Conversion, conversion
from rerating.findings.fundamentals import fundamentals
from rerating.findings.multiples import valuation
from rerating.findings.reports import Reports
from rerating.findings.series import Series, series
from rerating.ledger import Snapshot, View
from worlds import bar, batch, days, event

ON = days(date(2020, 1, 2), 30)
LAST = datetime.combine(ON[-1], datetime.min.time(), UTC)
CUTOFF = AsOf(at=LAST + timedelta(hours=22))
RATE = st.floats(0.01, 200.0)


def line_in(view: View, currency: str) -> Series:
    found = series(view, Listing(symbol="X", venue="XNYS", currency=currency))
    assert isinstance(found, Series)
    return found


@given(st.lists(RATE, min_size=30, max_size=30), st.lists(RATE, min_size=30, max_size=30))
@settings(max_examples=15)
def test_a_price_in_another_currency_and_back_is_the_price(one: list[float], other: list[float]) -> None:
    rates = [
        {"currency": name, "on": on, "per_eur": rate, "locator": "ecb"}
        | {"known_at": datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=15)}
        for name, path in (("USD", one), ("CNY", other))
        for on, rate in zip(ON, path, strict=True)
    ]
    bars = [bar("X", on, 10.0, currency=name) for name in ("USD", "CNY") for on in ON]
    view = Snapshot.of(batch(bars=bars, rates=rates)).view(CUTOFF)
    there, back = conversion(view, line_in(view, "USD"), "CNY"), conversion(view, line_in(view, "CNY"), "USD")
    assert isinstance(there, Conversion)
    assert isinstance(back, Conversion)
    assert there.per_unit * back.per_unit == pytest.approx(np.ones(len(ON)))


@given(st.integers(1, 29), st.sampled_from([2.0, 3.0, 0.1, 20.0, 1.5]), st.integers(0, 9_999))
@settings(max_examples=15)
def test_a_split_changes_no_return(place: int, ratio: float, seed: int) -> None:
    closes = 100 * np.exp(np.cumsum(np.random.default_rng(seed).normal(0, 0.02, len(ON))))
    split = event("X", "split", LAST - timedelta(days=99), category="split", value=ratio, effective_on=ON[place])
    plain = [bar("X", on, float(close)) for on, close in zip(ON, closes, strict=True)]
    parted = [row | {"close": row["close"] / (ratio if n >= place else 1.0)} for n, row in enumerate(plain)]
    whole = line_in(Snapshot.of(batch(bars=plain)).view(CUTOFF), "USD")
    after = line_in(Snapshot.of(batch(bars=parted, events=[split])).view(CUTOFF), "USD")
    assert after.returns[1:] == pytest.approx(whole.returns[1:])
    assert after.close[-1] == pytest.approx(whole.close[-1] / ratio)


TABLES: dict[str, dict[str, Any]] = {
    "facts": {"subject": "X", "field": "revenue", "unit": "USD", "value": 123456.0, "period_to": ON[3]},
    "events": event("X", "TELLTALE", LAST, category="plan", speaker="TELLTALE"),
    "ratings": {
        "symbol": "X",
        "house": "TELLTALE",
        "graded_on": ON[20],
        "word_to": "Buy",
        "action": "up",
        "ordinal": 0,
    },
}


@given(st.sampled_from(sorted(TABLES)), st.integers(1, 10_000_000))
@settings(max_examples=9)
def test_what_is_known_after_the_cutoff_is_nowhere(table: str, seconds: int) -> None:
    """Moved past the cutoff by a second or by months, a row leaves no trace in any finding, forecast or source."""

    def told(known_at: datetime) -> str:
        row = TABLES[table] | {"known_at": known_at, "locator": "TELLTALE"}
        bars = [bar("X", on, 10.0 + 0.1 * (n % 3)) for n, on in enumerate(ON)]
        return analyze(Snapshot.of(batch(bars=bars, **{table: [row]})), "X", CUTOFF).to_json()

    assert "TELLTALE" in told(CUTOFF.at)
    assert "TELLTALE" not in told(CUTOFF.at + timedelta(seconds=seconds))


@given(st.floats(1.0, 1e6), st.floats(1.0, 1e6))
@settings(max_examples=8)
def test_the_same_item_in_another_unit_is_never_mixed_in(own: float, foreign: float) -> None:
    """Two years in CNY and one of them in USD for convenience: growth and multiples are those without the USD row."""

    def year(end: int, value: float, unit: str) -> dict[str, Any]:
        known = {"known_at": datetime(end + 1, 1, 5, tzinfo=UTC), "locator": "report", "subject": "X"}
        span = {"period_from": date(end, 1, 1), "period_to": date(end, 12, 31)}
        return {"field": "revenue", "unit": unit, "value": value} | span | known

    rate = {"on": ON[0], "known_at": LAST - timedelta(days=40), "locator": "ecb"}
    rates = [rate | {"currency": "USD", "per_eur": 1.1}, rate | {"currency": "CNY", "per_eur": 7.7}]
    shares = year(2019, 5.0, "shares") | {"field": "shares_outstanding", "period_from": None}
    cash = year(2019, 1.0, "CNY") | {"field": "net_cash", "period_from": None}
    facts = [year(2018, own, "CNY"), year(2019, own * 1.5, "CNY"), shares, cash]
    bars = [bar("X", on, 10.0) for on in ON]

    def told(rows: list[dict[str, Any]]) -> tuple[object, object]:
        view = Snapshot.of(batch(bars=bars, facts=rows, rates=rates)).view(CUTOFF)
        line = line_in(view, "USD")
        figures = fundamentals(view, line).figures
        assert isinstance(figures, tuple)
        grown = [figure.growth for figure in figures if (figure.field, figure.unit) == ("revenue", "CNY")]
        worth = valuation(view, Trail(view), line, Reports(view, line))
        return grown, worth

    assert told(facts) == told([*facts, year(2019, foreign, "USD")])
