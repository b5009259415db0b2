"""Reported figures: growth in a year, what was said first, late restatements, tags that change, units apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.fundamentals import Fundamentals, Growth, Reported, fundamentals
from rerating.findings.reports import span_of
from rerating.findings.series import Series, series
from rerating.ledger import Snapshot
from shared_data import shared
from worlds import bar, batch, days

ON = days(date(2009, 1, 2), 3)


def fact(field: str, first: date, last: date, value: float, known: date, **more: Any) -> dict[str, Any]:
    row = {"subject": "X", "field": field, "period_from": first, "period_to": last, "unit": "USD", "value": value}
    known_at = datetime(known.year, known.month, known.day, tzinfo=UTC)
    return row | {"known_at": known_at, "locator": f"filing of {known}"} | more


def growth(figure: Reported) -> Growth:
    assert isinstance(figure.growth, Growth)
    return figure.growth


def told(facts: list[dict[str, Any]], as_of: date) -> dict[tuple[str, str, str], Reported]:
    at = AsOf(at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    view = Snapshot.of(batch(bars=[bar("X", day, 10.0) for day in ON], facts=facts)).view(at)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD", issuer=None, units_per_share=None))
    assert isinstance(line, Series)
    found: Fundamentals = fundamentals(view, line)
    assert not isinstance(found.figures, Gap)
    return {(figure.field, figure.unit, figure.span): figure for figure in found.figures}


Y1, Y2 = (date(2018, 1, 1), date(2018, 12, 31)), (date(2019, 1, 1), date(2019, 12, 31))
Q1 = (date(2019, 10, 1), date(2019, 12, 31))
WORLD = [
    fact("us-gaap:SalesRevenueNet", *Y1, 100.0, date(2019, 2, 1)),
    fact("us-gaap:Revenues", *Y2, 130.0, date(2020, 2, 1)),
    fact("us-gaap:Revenues", *Q1, 40.0, date(2020, 2, 1)),
    fact("us-gaap:Revenues", *Y1, 90.0, date(2020, 6, 1)),
    fact("us-gaap:Revenues", *Y2, 126.0, date(2020, 9, 1)),
    fact("us-gaap:Unheard", *Y2, 1.0, date(2020, 2, 1)),
    fact("us-gaap:Revenues", *Y2, 900.0, date(2020, 2, 1), unit="CNY"),
]
YEAR, QUARTER = ("revenue", "USD", "year"), ("revenue", "USD", "quarter")


def test_growth_as_known_across_a_change_of_tags() -> None:
    found = told(WORLD, date(2020, 3, 1))[YEAR]
    assert (found.value, growth(found).before, round(growth(found).ratio, 9)) == (130.0, 100.0, 0.3)
    assert found.first_reported is None
    assert len(growth(found).src) == 2


def test_a_late_restatement_of_an_old_period_moves_the_base_and_not_the_latest_period() -> None:
    found = told(WORLD, date(2020, 7, 1))[YEAR]
    assert (found.period_to, found.value, growth(found).before) == (Y2[1], 130.0, 90.0)


def test_a_restated_figure_stands_beside_the_one_first_reported() -> None:
    found = told(WORLD, date(2020, 10, 1))[YEAR]
    assert found.value == 126.0
    assert found.first_reported is not None
    assert (found.first_reported.value, found.first_reported.known_at.date()) == (130.0, date(2020, 2, 1))


def test_years_quarters_and_units_stand_apart_and_nothing_is_known_before_its_day() -> None:
    found = told(WORLD, date(2020, 3, 1))
    assert set(found) == {YEAR, QUARTER, ("revenue", "CNY", "year")}
    assert isinstance(found[QUARTER].growth, Gap)
    assert isinstance(found["revenue", "CNY", "year"].growth, Gap)
    before = told(WORLD, date(2020, 1, 31))
    assert {key: figure.value for key, figure in before.items()} == {YEAR: 100.0}


def test_a_loss_a_year_earlier_gives_no_ratio() -> None:
    facts = [
        fact("operating_income", *Y1, -5.0, date(2019, 2, 1)),
        fact("operating_income", *Y2, 5.0, date(2020, 2, 1)),
    ]
    found = told(facts, date(2020, 3, 1))["operating_income", "USD", "year"].growth
    assert isinstance(found, Gap)
    assert found.why == "not_applicable"


def test_spans() -> None:
    assert span_of(date(2023, 1, 30), date(2024, 1, 28)) == "year"
    assert span_of(date(2024, 4, 29), date(2024, 7, 28)) == "quarter"
    assert span_of(date(2024, 1, 29), date(2024, 7, 28)) == "other"
    assert span_of(None, date(2024, 7, 28)) == "other"


def filings(entity: str) -> list[dict[str, Any]]:
    """A company's facts as filed, known from the end of the filing day on."""
    table = pl.read_parquet(shared("data/filings/sec_companyfacts_AAPL_NVDA_TSLA.parquet")).filter(
        (pl.col("entity") == entity) & pl.col("start").is_not_null() & (pl.col("taxonomy") == "us-gaap")
    )
    table = table.filter(pl.col("tag").str.contains("^(Revenues|SalesRevenueNet|PaymentsToAcquireP|RevenueFromC)"))
    return [
        fact(
            f"us-gaap:{row['tag']}",
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            row["val"],
            date.fromisoformat(row["filed"]) + timedelta(days=1),
            unit=row["unit"],
            note=row["accn"],
        )
        for row in table.rows(named=True)
    ]


@pytest.mark.shared
def test_nvidia_before_and_after_a_filing() -> None:
    rows = filings("NVIDIA CORP")
    capex = ("capex", "USD", "year")
    before, after = told(rows, date(2025, 2, 26)), told(rows, date(2025, 2, 27))
    assert (before[YEAR].value, before[capex].value) == (60_922e6, 1_069e6)
    assert (after[YEAR].value, after[capex].value) == (130_497e6, 3_236e6)
    assert round(growth(after[YEAR]).ratio, 4) == 1.1420
    rounded = told(rows, date(2016, 3, 18))
    assert growth(rounded[YEAR]).before == 4_682e6  # first reported as 4,681.507 million


@pytest.mark.shared
def test_apple_before_after_and_restated() -> None:
    rows = filings("Apple Inc.")
    assert YEAR not in told(rows, date(2009, 10, 27))
    after, restated = (told(rows, on)[YEAR] for on in (date(2009, 10, 28), date(2010, 1, 26)))
    assert (after.value, after.first_reported) == (36_537e6, None)
    assert restated.value == 42_905e6
    assert restated.first_reported is not None
    assert restated.first_reported.value == 36_537e6
    assert restated.period_to == date(2009, 9, 26)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("field", "statement", "item", "sign", "before", "now"),
    [
        ("cloud_revenue", "segment_revenue", "Cloud Intelligence Group", 1, 106_374e6, 118_028e6),
        ("capex", "cashflow", "Land use rights, property and equipment", -1, 32_087e6, 85_972e6),
    ],
)
def test_alibaba_years(field: str, statement: str, item: str, sign: int, before: float, now: float) -> None:
    table = pl.read_parquet(shared("data/filings/baba_annual_fy2020_2025.parquet"))
    years = table.filter((pl.col("statement") == statement) & (pl.col("item") == item)).sort("fiscal_year")
    rows = [
        fact(
            field,
            date(row["fiscal_year"] - 1, 4, 1),
            date(row["fiscal_year"], 3, 31),
            sign * row["value"] * 1e6,
            date(row["fiscal_year"], 7, 1),
            unit="CNY",
        )
        for row in years.rows(named=True)
    ]
    found = told(rows, date(2025, 7, 2))[field, "CNY", "year"]
    assert (growth(found).before, found.value) == (before, now)
