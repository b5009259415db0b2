"""Reported figures out of tables as others lay them out, and out of company facts as downloaded."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from rerating.cli.imports import group
from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.types import AsOf, Listing
from rerating.findings.fundamentals import Fundamentals, Growth, Reported, fundamentals
from rerating.findings.reports import CONCEPTS
from rerating.findings.series import Series, series
from rerating.ledger import Ledger, Snapshot
from rerating.sources.fact_files import FactMapping, company_facts_from, facts_from, is_company_facts
from shared_data import shared
from worlds import bar, batch

NOW = datetime(2026, 11, 1, tzinfo=UTC)

ANNUAL = """
months = 12
[columns]
field = "statement:item"
period_to = "end"
value = "amount"
[constants]
subject = "XNYS:X"
on = "2025-06-26"
[items]
"segments:Cloud" = "cloud_revenue"
"cash flow:Property" = { name = "capex", factor = -1 }
"balance:Cash" = { name = "cash", months = 0 }
"income:Per share" = { name = "eps_diluted", unit = "CNY per share" }
[units]
"RMB million" = { unit = "CNY", factor = 1e6 }
"""
TABLE = """statement,item,end,amount,unit
segments,Cloud,2025-03-31,118028,RMB million
segments,Other,2025-03-31,1,RMB million
segments,Cloud,2024-03-31,,RMB million
cash flow,Property,2025-03-31,-85972,RMB million
balance,Cash,2025-03-31,145487,RMB million
income,Per share,2025-03-31,6.70,RMB
"""


def written(tmp_path: Path, text: str, name: str = "facts.csv") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def layout(tmp_path: Path, text: str = ANNUAL) -> FactMapping:
    return FactMapping.read(written(tmp_path, text, "layout.toml"))


def test_a_table_with_items_units_and_periods_of_its_own(tmp_path: Path) -> None:
    found, left_out = facts_from(written(tmp_path, TABLE), recorded_at=NOW, mapping=layout(tmp_path))
    rows = {row["field"]: row for row in found.tables["facts"].rows(named=True)}
    year = (date(2024, 4, 1), date(2025, 3, 31))
    assert {name: (row["period_from"], row["period_to"], row["unit"], row["value"]) for name, row in rows.items()} == {
        "cloud_revenue": (*year, "CNY", 118_028e6),
        "capex": (*year, "CNY", 85_972e6),
        "cash": (None, date(2025, 3, 31), "CNY", 145_487e6),
        "eps_diluted": (*year, "CNY per share", 6.70),
    }
    told = rows["cash"]
    assert (told["subject"], told["precision"], told["locator"]) == ("XNYS:X", "day", "facts.csv")
    assert told["known_at"] == datetime(2025, 6, 27, 4, tzinfo=UTC)  # the day is over in New York
    assert {check.name: (check.failed, check.samples) for check in left_out} == {
        "items that the mapping does not name": (1, ("segments:Other",)),
        "no value": (1, ("segments:Cloud",)),
    }


PLAIN = "subject,field,period_from,period_to,unit,value,known_at,place\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X,revenue,2025-01-01,2025-03-31,EUR,ten,2025-05-01,", "line 2: value is no number: ten"),
        ("X,revenue,2025-01-01,2025-03-31,,10,2025-05-01,", "line 2: a value needs a unit"),
        ("X,revenue,2025-04-01,2025-03-31,EUR,10,2025-05-01,", "line 2: the period ends before it starts"),
        ("X,revenue,2025-01-01,31.03.2025,EUR,10,2025-05-01,", "line 2: period_to is no day as %Y-%m-%d: 31.03.2025"),
        ("X,revenue,2025-01-01,2025-03-31,EUR,10,2025-05-01T10:00,", "line 2: known_at needs its time zone"),
        ("X,revenue,2025-01-01,2025-03-31,EUR,10,soon,", "line 2: known_at is no day and no instant: soon"),
        ("X,revenue,2025-01-01,2025-03-31,EUR,10,,", "line 2: known_at is missing"),
        ("X,revenue,2025-01-01,2025-03-31,EUR,10,2025-05-01,Entenhausen", "Entenhausen, which is no IANA time zone"),
        ("X,,2025-01-01,2025-03-31,EUR,10,2025-05-01,", "line 2: field is missing"),
        (
            "X,revenue,,2025-03-31,EUR,10,2025-05-01,\nX,revenue,,2025-03-31,EUR,11,2025-05-01,",
            "line 2: another line says another value of the same figure; line 3",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    sound = "X,eps,2025-01-01,2025-03-31,EUR per share,1,2025-05-01T07:00+02:00,\n"
    path = written(tmp_path, f"{PLAIN}{row}\n{sound}")
    with pytest.raises(UsageError, match="nothing of it") as error:
        facts_from(path, recorded_at=NOW)
    assert reason in str(error.value)
    kept, checks = facts_from(path, recorded_at=NOW, tolerant=True)
    assert kept.tables["facts"]["field"].to_list() == ["eps"]
    assert kept.tables["facts"]["known_at"].to_list() == [datetime(2025, 5, 1, 5, tzinfo=UTC)]
    assert sum(check.failed for check in checks) == row.count("\n") + 1


def test_copies_count_once_a_percentage_is_a_ratio_and_instants_of_parquet_are_taken(tmp_path: Path) -> None:
    row = {"field": "margin", "unit": "%", "value": 9.0, "known_at": datetime(2025, 5, 1, 5, tzinfo=UTC)}
    path = tmp_path / "facts.parquet"
    pl.DataFrame([row, row]).write_parquet(path)
    found, _ = facts_from(path, recorded_at=NOW, subject="X")
    (kept,) = found.tables["facts"].rows(named=True)
    assert (kept["subject"], kept["value"], kept["unit"], kept["precision"]) == ("X", 0.09, "ratio", "minute")


def test_a_period_whose_start_cannot_be_told_and_missing_columns_are_refused(tmp_path: Path) -> None:
    whole_weeks = TABLE.replace("2025-03-31", "2025-03-29")
    with pytest.raises(UsageError, match="its end is no month's last day: 2025-03-29"):
        facts_from(written(tmp_path, whole_weeks), recorded_at=NOW, mapping=layout(tmp_path))
    with pytest.raises(UsageError, match="lacks subject, field, value, on; it has statement"):
        facts_from(written(tmp_path, TABLE), recorded_at=NOW)
    with pytest.raises(UsageError, match="is no mapping file"):
        layout(tmp_path, ANNUAL.replace("factor = -1", "factor = 'minus'"))


COMPANY = {
    "cik": 123456,
    "entityName": "Acme Works",
    "facts": {
        "us-gaap": {
            "Revenues": {
                "units": {
                    unit: [
                        {
                            "start": "2023-01-01",
                            "end": "2023-12-31",
                            "val": value,
                            "accn": number,
                            "filed": "2024-02-01",
                        }
                        for number, value in numbers
                    ]
                    for unit, numbers in {
                        "USD": [("0000123456-24-000007", 1001), ("0000123456-24-000005", 1000)],
                        "CNY": [("0000123456-24-000005", 7000)],
                    }.items()
                }
            }
        }
    },
}


def test_company_facts_as_downloaded(tmp_path: Path) -> None:
    """Known when the filing's day is over; of two filings of a day the later number stands."""
    path = written(tmp_path, json.dumps(COMPANY), "CIK0000123456.json")
    assert is_company_facts(path)
    with pytest.raises(UsageError, match=r"is about Acme Works \(CIK 123456\); say by which symbol"):
        company_facts_from(path, subject=None, recorded_at=NOW)
    found = company_facts_from(path, subject="ACME", recorded_at=NOW).tables["facts"]
    assert found.select("field", "unit", "value").sort("unit").rows() == [
        ("us-gaap:Revenues", "CNY", 7000.0),
        ("us-gaap:Revenues", "USD", 1001.0),
    ]
    assert found["known_at"].unique().to_list() == [datetime(2024, 2, 2, 5, tzinfo=UTC)]
    broken = written(tmp_path, '{"cik": 1, "facts": []}', "broken.json")
    with pytest.raises(UsageError, match="is no file of company facts"):
        company_facts_from(broken, subject="ACME", recorded_at=NOW)


def reported(facts: Batch, symbol: str, at: str) -> dict[tuple[str, str, str], Reported]:
    """The fundamentals finding of a line that has a close and these facts."""
    priced = batch(bars=[bar(symbol, date(2025, 10, 30), 100.0)])
    view = Snapshot.of(priced, facts).view(AsOf.parse(at))
    line = series(view, Listing(symbol=symbol, venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    found = fundamentals(view, line)
    assert isinstance(found, Fundamentals)
    assert isinstance(found.figures, tuple)
    return {(figure.field, figure.unit, figure.span): figure for figure in found.figures}


@pytest.mark.shared
def test_alibabas_cloud_revenue_and_capex_out_of_its_annual_tables(tmp_path: Path) -> None:
    """FY2024/FY2025: cloud revenue 106,374/118,028, capex 32,087/85,972 million RMB."""
    text = ANNUAL.replace('"end"', '"period_end"').replace('value = "amount"\n', "").replace("XNYS:X", "XNYS:BABA")
    text = text.replace("segments:Cloud", "segment_revenue:Cloud Intelligence Group")
    text = text.replace("cash flow:Property", "cashflow:Land use rights, property and equipment")
    path = shared("data/filings/baba_annual_fy2020_2025.parquet")
    facts, left_out = facts_from(path, recorded_at=NOW, mapping=layout(tmp_path, text))
    assert left_out[0].looked_at == 542
    found = reported(facts, "BABA", "2026-01-14T22:00Z")
    for field, before, now in (("cloud_revenue", 106_374e6, 118_028e6), ("capex", 32_087e6, 85_972e6)):
        growth = found[field, "CNY", "year"].growth
        assert isinstance(growth, Growth)
        assert (growth.before, found[field, "CNY", "year"].value) == (before, now)


@pytest.mark.shared
def test_apples_company_facts_as_recorded(tmp_path: Path) -> None:
    """Fiscal 2025, filed on 2025-10-31: known when that day is over, not a second before."""
    raw = gzip.decompress(shared("data/http/sec/200__api_xbrl_companyfacts_CIK0000320193.json.json.gz").read_bytes())
    path = written(tmp_path, json.loads(raw)["response"]["body"], "CIK0000320193.json")
    assert is_company_facts(path)
    facts = company_facts_from(path, subject="AAPL", recorded_at=NOW)
    assert facts.tables["facts"].height > 20_000
    sales = facts.tables["facts"].filter(pl.col("field").is_in(CONCEPTS["revenue"]))
    facts = replace(facts, tables={"facts": sales})
    known = "2025-11-01T04:00:00Z"
    after, before = (reported(facts, "AAPL", at)["revenue", "USD", "year"] for at in (known, "2025-11-01T03:59:59Z"))
    assert (after.period_to, after.value) == (date(2025, 9, 27), 416_161e6)
    assert (before.period_to, before.value) == (date(2024, 9, 28), 391_035e6)


def test_the_verb_imports_both_and_tells_what_it_left_out(tmp_path: Path) -> None:
    """The gate for amounts in several currencies notes; the same file again stores nothing."""
    ledger, verb = tmp_path / "ledger", CliRunner()
    facts = written(tmp_path, json.dumps(COMPANY), "CIK0000123456.json")
    asked = ["facts", str(facts), "--subject", "ACME", "--ledger", str(ledger), "--recorded-at", "2026-11-01T00:00Z"]
    first, again = verb.invoke(group, asked), verb.invoke(group, asked)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "imported: 2 facts" in first.stdout
    assert "one fact in several currencies: 1 of 2 (ACME us-gaap:Revenues to 2023-12-31 in CNY and USD)" in first.stderr
    assert "already there: 2 facts" in again.stdout
    mapping = written(tmp_path, ANNUAL, "annual.toml")
    asked = ["facts", str(written(tmp_path, TABLE)), "--mapping", str(mapping), "--ledger", str(ledger)]
    table = verb.invoke(group, asked)
    assert "imported: 4 facts" in table.stdout
    assert "left out: items that the mapping does not name: 1 of 6 (segments:Other)" in table.stderr
    assert Ledger(ledger).view(AsOf(at=NOW)).facts(["XNYS:X"], "capex")["value"].to_list() == [85_972e6]


def test_a_table_under_our_names_needs_no_mapping_and_a_list_with_addresses_is_a_case_files(tmp_path: Path) -> None:
    ledger, verb = tmp_path / "ledger", CliRunner()
    row = "X,revenue,2025-01-01,2025-03-31,EUR,10,2025-05-01,Europe/Berlin"
    plain = written(tmp_path, f"{PLAIN}{row}\n", "plain.csv")
    cited = written(tmp_path, f"{PLAIN.strip()},source\n{row.replace('revenue', 'sales')},example.org\n", "cited.csv")
    for path in (plain, cited):
        done = verb.invoke(group, ["facts", str(path), "--ledger", str(ledger)])
        assert "imported: 1 facts" in done.stdout
    told = Ledger(ledger).view(AsOf(at=NOW)).facts(["X"])
    assert told.select("field", "locator").rows() == [("revenue", "plain.csv"), ("sales", "example.org")]
    assert told["known_at"].unique().to_list() == [datetime(2025, 5, 1, 22, tzinfo=UTC)]
