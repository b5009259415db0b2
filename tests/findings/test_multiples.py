"""Multiples: what was known then, per share after a split, net debt, losses, currencies, ranks; real filings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.basis import Trail
from rerating.findings.multiples import Multiple, Rank, Valuation, valuation
from rerating.findings.reports import Reports
from rerating.findings.series import Series, series
from rerating.ledger import Snapshot
from rerating.statements import gaps
from rerating.statements.multiples import blocks
from rerating.statements.statement import Voice, said
from shared_data import daily_prices, euro_rates, shared
from worlds import bar, batch, days, event, walk

ON = days(date(2020, 1, 2), 700)
LAST = datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=22)


def fact(field: str, value: float, ends: date, known: date, *, unit: str = "USD", span: int = 364) -> dict[str, Any]:
    first = None if span == 0 else ends - timedelta(days=span)
    at = datetime(known.year, known.month, known.day, tzinfo=UTC)
    row = {"subject": "X", "field": field, "period_from": first, "period_to": ends, "unit": unit, "value": value}
    return row | {"known_at": at, "locator": f"report of {known}"}


YEARS = [(date(year, 12, 31), date(year + 1, 2, 1)) for year in (2019, 2020, 2021)]
REPORTS = [
    row
    for (ends, known), scale in zip(YEARS, (1.0, 2.0, 4.0), strict=True)
    for row in (
        fact("revenue", 1000.0 * scale, ends, known),
        fact("eps_diluted", 5.0 * scale, ends, known, unit="USD per share"),
        fact("operating_income", 100.0 * scale, ends, known),
        fact("depreciation_amortization", 25.0 * scale, ends, known),
        fact("operating_cash_flow", 90.0 * scale, ends, known),
        fact("capex", 40.0 * scale, ends, known),
        fact("cash", 300.0, ends, known, span=0),
        fact("debt", 100.0, ends, known, span=0),
        fact("shares_outstanding", 10.0, ends, known, unit="shares", span=0),
    )
]


def told(facts: list[dict[str, Any]], *, bars: list[dict[str, Any]] | None = None, **more: Any) -> Valuation | Gap:
    bars = bars or [bar("X", on, 100.0 + place / 10) for place, on in enumerate(ON)]
    view = Snapshot.of(batch(bars=bars, facts=facts, **more)).view(AsOf(at=LAST))
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    trail = Trail(view)
    found = valuation(view, trail, line, Reports(view, line))
    assert all(gaps.knows(gap) == (True, True) for gap in trail.basis("").gaps)
    return found


def named(found: Valuation | Gap, name: str) -> Multiple:
    assert isinstance(found, Valuation), found
    return next(multiple for multiple in found.multiples if multiple.name == name)


def test_each_multiple_is_the_price_over_what_was_known() -> None:
    """700 sessions from January 2020 end in October 2022: the year 2021 is the newest that was reported."""
    found = told(REPORTS)
    assert isinstance(found, Valuation)
    price = 100.0 + 699 / 10
    assert found.market_cap == pytest.approx(price * 10)
    assert found.net_cash == pytest.approx(200.0)
    value = price * 10 - 200
    expected = {
        "pe_trailing": price / 20,
        "ev_sales": value / 4000,
        "ev_ebitda": value / 500,
        "fcf_yield": 200 / (price * 10),
    }
    for name, wanted in expected.items():
        one = named(found, name)
        assert one.value == pytest.approx(wanted), name
        assert one.inputs[0].name == "close"
        assert all(given.src for given in one.inputs)
    assert isinstance(named(found, "pe_forward").value, Gap)
    earned = named(found, "pe_trailing").inputs[1]
    assert (earned.period_to, earned.known_at.date()) == YEARS[2]


def test_the_own_past_uses_what_was_known_then() -> None:
    rank = named(told(REPORTS), "pe_trailing").own_history
    assert isinstance(rank, Rank)
    assert rank.count == 32  # month ends from February 2020 on: before, nothing had been reported
    ratio = {
        on: (100.0 + place / 10) / (5.0 if on < YEARS[1][1] else 10.0 if on < YEARS[2][1] else 20.0)
        for place, on in enumerate(ON)
        if place + 1 < len(ON) and ON[place + 1].month != on.month and on >= YEARS[0][1]
    }
    assert rank.median == pytest.approx(float(np.median(list(ratio.values()))))
    now = (100.0 + 699 / 10) / 20
    assert rank.percentile == pytest.approx(sum(value < now for value in ratio.values()) / len(ratio))


def test_a_split_since_the_report_counts_for_shares_and_earnings_a_share() -> None:
    at = datetime.combine(ON[-40], datetime.min.time(), UTC)
    split = event("X", "4:1", at, category="split", value=4.0, effective_on=ON[-40])
    bars = [bar("X", on, (100.0 + place / 10) / (4 if on >= ON[-40] else 1)) for place, on in enumerate(ON)]
    plain, after = told(REPORTS), told(REPORTS, bars=bars, events=[split])
    for name in ("pe_trailing", "ev_sales", "ev_ebitda", "fcf_yield"):
        assert named(after, name).value == pytest.approx(named(plain, name).value)
        one, other = named(after, name).own_history, named(plain, name).own_history
        assert isinstance(one, Rank)
        assert isinstance(other, Rank)
        assert one.median == pytest.approx(other.median)


def test_a_jump_in_shares_without_a_recorded_split_makes_no_history() -> None:
    facts = [*REPORTS, fact("shares_outstanding", 40.0, date(2022, 3, 31), date(2022, 4, 20), unit="shares", span=0)]
    rank = named(told(facts), "ev_sales").own_history
    assert isinstance(rank, Gap)
    assert rank.why == "conflict"


def test_a_loss_has_no_multiple_and_debt_adds_to_the_value() -> None:
    ends, known = YEARS[2]
    loss = [row for row in REPORTS if row["period_to"] != ends or row["field"] != "eps_diluted"]
    found = told([*loss, fact("eps_diluted", -1.0, ends, known, unit="USD per share")])
    value = named(found, "pe_trailing").value
    assert isinstance(value, Gap)
    assert value.why == "not_applicable"
    owed = told([row if row["field"] != "debt" else row | {"value": 900.0} for row in REPORTS])
    assert isinstance(owed, Valuation)
    assert owed.net_cash == -600.0
    assert isinstance(owed.market_cap, float)
    assert owed.enterprise_value == pytest.approx(owed.market_cap + 600.0)


def test_debt_that_is_not_held_is_not_taken_for_none() -> None:
    found = told([row for row in REPORTS if row["field"] != "debt"])
    assert isinstance(found, Valuation)
    assert isinstance(found.net_cash, Gap)
    assert isinstance(named(found, "ev_sales").value, Gap)
    assert isinstance(named(found, "pe_trailing").value, float)


def test_forward_earnings_weigh_fiscal_years_by_their_ends() -> None:
    ends = date(2022, 12, 31), date(2023, 12, 31)
    ahead = [
        fact("estimate.eps", value, end, date(2022, 10, 1)) | {"note": label, "period_from": None}
        for end, value, label in zip(ends, (8.0, 12.0), ("0y", "+1y"), strict=True)
    ]
    one = named(told([*REPORTS, *ahead]), "pe_forward")
    left = (ends[0] - ON[-1]).days / 365
    expected = 8.0 * left + 12.0 * (1 - left)
    assert one.value == pytest.approx((100.0 + 699 / 10) / expected)
    assert one.inputs[1].value == pytest.approx(expected)


def ahead(*values: float) -> list[dict[str, Any]]:
    """Estimates of the fiscal years 2022, 2023 ... of a company on the last session of October 2022."""
    return [
        fact("estimate.eps", value, date(2022 + place, 12, 31), date(2022, 10, 1)) | {"note": f"+{place}y"}
        for place, value in enumerate(values)
    ]


def test_expected_losses_have_no_multiple_but_the_first_profitable_year_has() -> None:
    price = 100.0 + 699 / 10
    found = told([*REPORTS, *ahead(-3.0, -0.5, 2.0, 5.0)])
    assert isinstance(found, Valuation)
    assert isinstance(named(found, "pe_forward").value, Gap)
    years = found.pe_of_years
    assert isinstance(years, tuple)
    assert [(year.period_to, year.expected, year.unit) for year in years] == [
        (date(2024, 12, 31), 2.0, "USD"),
        (date(2025, 12, 31), 5.0, "USD"),
    ]
    assert [year.value for year in years] == pytest.approx([price / 2, price / 5])
    german, english = (
        " ".join(said(one, voice) for one in blocks(found)[0].statements).replace("\xa0", " ")  # type: ignore[union-attr]
        for voice in (Voice(language="de"), Voice(language="en"))
    )
    assert "Geschäftsjahr bis 31. Dezember 2024, dem ersten mit erwartetem Gewinn, beträgt es 85,0" in german
    assert "it is 85.0, over all years with an expected profit 34.0 to 85.0" in english


def test_where_no_year_is_expected_to_earn_anything_there_is_a_gap() -> None:
    found = told([*REPORTS, *ahead(-3.0, -0.5, 0.0)])
    assert isinstance(found, Valuation)
    assert isinstance(found.pe_of_years, Gap)
    for estimates in (ahead(8.0, 12.0, 3.0), []):
        other = told([*REPORTS, *estimates])
        assert isinstance(other, Valuation)
        assert other.pe_of_years is None, "a multiple of the next twelve months, or no estimates: nothing to add"


def test_reports_in_another_currency_need_a_rate() -> None:
    facts = [row | {"unit": row["unit"].replace("USD", "CNY")} for row in REPORTS]
    assert isinstance(told(facts), Gap)
    rate = {"currency": "USD", "on": ON[0], "per_eur": 1.0, "known_at": LAST - timedelta(days=999), "locator": "ecb"}
    rates = [rate, rate | {"currency": "CNY", "per_eur": 7.0}]
    found = told(facts, rates=rates)
    assert isinstance(found, Valuation)
    assert found.unit == "CNY"
    assert named(found, "pe_trailing").value == pytest.approx((100.0 + 699 / 10) * 7 / 20)


def test_peers_are_ranked_and_named() -> None:
    facts = list(REPORTS)
    bars = [bar("X", on, 100.0 + place / 10) for place, on in enumerate(ON)]
    for place, name in enumerate(("Y", "Z")):
        facts += [row | {"subject": name} for row in REPORTS]
        bars += walk(name, ON, np.random.default_rng(place))
    facts.append(
        {
            "subject": "X",
            "field": "peers",
            "text": "XNYS:Y XNYS:Z XNYS:X",
            "known_at": LAST - timedelta(days=900),
            "locator": "world",
        }
    )
    rank = named(told(facts, bars=bars), "pe_trailing").peers
    assert isinstance(rank, Rank)
    assert (rank.count, rank.members) == (2, ("XNYS:Y", "XNYS:Z"))


def test_closes_that_know_later_dividends_have_no_multiple() -> None:
    bars = [bar("X", on, 100.0, price_basis="split_div_adjusted") for on in ON]
    assert isinstance(told(REPORTS, bars=bars), Gap)


@pytest.mark.shared
def test_alibaba_on_14_january_2026() -> None:
    """The annual report of fiscal 2025 at 169.90 USD an ADS of 8 shares."""
    table = pl.read_parquet(shared("data/filings/baba_annual_fy2020_2025.parquet")).filter(
        pl.col("fiscal_year") == 2025
    )
    said = {(row["statement"], row["item"]): row["value"] for row in table.rows(named=True)}
    debt = sum(
        value
        for (statement, item), value in said.items()
        if statement == "balance" and ("bank borrowings" in item or "senior notes" in item)
    )
    items = {
        "revenue": (said["income", "Revenue"] * 1e6, "CNY"),
        "eps_diluted": (said["income", "EPS (RMB per share): Diluted"], "CNY per share"),
        "shares_diluted": (said["income", "Weighted shares (million): Diluted"] * 1e6, "shares"),
        "cash": (said["balance", "Cash and cash equivalents"] * 1e6, "CNY"),
        "short_term_investments": (said["balance", "Short-term investments"] * 1e6, "CNY"),
        "debt": (debt * 1e6, "CNY"),
        "free_cash_flow": (said["fcf_reconciliation", "Free cash flow"] * 1e6, "CNY"),
    }
    facts = [
        fact(field, value, date(2025, 3, 31), date(2025, 7, 1), unit=unit) | {"subject": "BABA"}
        for field, (value, unit) in items.items()
    ]
    facts.append(fact("units_per_share", 8.0, date(2019, 7, 30), date(2019, 7, 31), unit="count") | {"subject": "BABA"})
    view = Snapshot.of(
        daily_prices(),
        euro_rates(),
        batch(facts=facts),
    ).view(AsOf.parse("2026-01-14T22:00Z"))
    line = series(view, Listing(symbol="BABA", venue="XNYS", currency="USD", units_per_share=8.0))
    assert isinstance(line, Series)
    found = valuation(view, Trail(view), line, Reports(view, line))
    assert isinstance(found, Valuation)
    per_usd = 8.1262 / 1.1651  # ECB rates of 14 January 2026: CNY and USD for a euro
    assert found.market_cap == pytest.approx(169.90 / 8 * 19_318e6 * per_usd, rel=1e-3)
    assert found.net_cash == pytest.approx(143_610e6)
    assert named(found, "pe_trailing").value == pytest.approx(169.90 / 8 / 6.70 * per_usd, rel=1e-3)
