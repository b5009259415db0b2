"""The figures of the Alibaba case against the tables and dated facts that were collected independently of it."""

import json

import polars as pl
import pytest

from rerating.findings.scenario_file import shipped
from shared_data import shared

pytestmark = pytest.mark.shared


@pytest.fixture
def filed():
    return pl.read_parquet(shared("data/filings/baba_annual_fy2020_2025.parquet"))


@pytest.fixture
def events():
    return json.loads(shared("data/news/baba_events.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize(
    ("statement", "fact"), [("segment_revenue", "revenue"), ("segment_adjusted_ebita", "adjusted EBITA")]
)
def test_cloud_figures_equal_the_annual_tables(filed, year, statement, fact):
    (value,) = filed.filter(statement=statement, item="Cloud Intelligence Group", fiscal_year=year)["value"]
    (held,) = [f.value for f in shipped("alibaba").fact if f.name == f"cloud {fact}, fiscal {year}"]
    assert held.base == value * 1e6


def test_dated_facts_are_in_the_collection_and_were_known(events):
    file = shipped("alibaba")
    by_value = {(e["category"], e["value"]): e for e in events}
    for category, value, mine in [
        ("capex", 380.0, next(f.value for f in file.fact if f.name == "programme announced").base / 1e9),
        ("capex", 120.0, file.segment.capex.base / 1e9),
        ("market_share", 35.8, file.market[0].share_before.base * 100),
        ("claim_80pct", 80.0, file.claim.incremental_share.base * 100),
        ("earnings", 39.8, file.segment.sales.high / 4 / 1e9),
    ]:
        event = by_value[category, value]
        assert mine == pytest.approx(value, rel=2e-3)
        if category != "claim_80pct":
            assert event["known_at"] <= "2026-01-14"


def test_the_sixty_percent_is_not_in_the_january_file_as_a_fact(events):
    """The collection dates "60 % share" to 16 January, so on the 14th it can only be an assumption."""
    assert [e["known_at"] for e in events if "60 % share" in e["fact"]] == ["2026-01-16"]
    assert shipped("alibaba-2026-01-14").claim.target_share.assumption
    assert not shipped("alibaba-2026-06-01").claim.target_share.assumption
