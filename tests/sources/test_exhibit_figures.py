"""Rows of exhibits and tagged segments under the names that findings read: from a stand-in for EDGAR to the finding."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract import answers
from contract.answers import RECORDED, missing, reply
from rerating.collection import collect
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import AsOf, Listing
from rerating.findings.fundamentals import Fundamentals, Growth, Reported, fundamentals
from rerating.findings.series import Series, series
from rerating.ledger import Ledger
from rerating.sources.exhibit_figures import ExhibitFigures
from rerating.sources.exhibit_tables import table_rows
from rerating.sources.inline_xbrl import segment_rows
from rerating.sources.sec import SecSource
from rerating.sources.web import HttpTransport
from rerating.testing import Reply, StandIn
from shared_data import shared
from worlds import bar, batch

ALIBABA, AMAZON = 1577552, 1018724

#: The head of each table as Alibaba prints it: two quarters in RMB, the later one in US$ as well, and the change.
HEAD = """<table><tr><td></td><td colspan="9">Three months ended March 31,</td></tr>
<tr><td></td><td colspan="2">2023</td><td colspan="5">2024</td><td colspan="2"></td></tr>
<tr><td></td><td colspan="2">RMB</td><td colspan="2">RMB</td><td colspan="3">US$</td><td colspan="2">% Change</td></tr>
<tr><td></td><td colspan="9">(in millions, except percentages)</td></tr>"""


def line(label: str, before: str, now: str, dollars: str) -> str:
    """A row; an amount in brackets is spread over cells, as in the filings."""
    cells = [
        f"<td>{each.rstrip(')')}</td><td>{')' if each.endswith(')') else ''}</td>" for each in (before, now, dollars)
    ]
    return f"<tr><td>{label}</td>{''.join(cells)}<td></td><td>12%</td></tr>"


CAMPUSES = (
    "Less: Purchase of property and equipment (excluding land use rights and construction in progress relating to "
    "office campuses)"
)

#: Invented amounts in the layout of Alibaba's quarterly results (exhibit 99.1 of a 6-K).
EXHIBIT = f"""<html><body><p>The following table sets forth our revenue by segment for the periods indicated:</p>
{HEAD}
<tr><td>Alibaba International Digital Commerce Group:</td></tr>
{line("International commerce retail", "20,000", "24,000", "3,324")}
{line("Total Alibaba International Digital Commerce Group", "22,000", "27,000", "3,739")}
{line("Cloud Intelligence Group<sup>(2)</sup>", "25,000", "28,000", "3,878")}
{line("Consolidated revenue", "208,000", "221,000", "30,608")}
</table><p>The following table sets forth our adjusted EBITA by segment for the periods indicated:</p>
{HEAD}
{line("Alibaba China E-commerce Group", "38,000", "38,500", "5,332")}
{line("Alibaba International Digital Commerce Group", "(2,200)", "(4,100)", "(568)")}
{line("Cloud Intelligence Group", "900", "1,400", "194")}
{line("Consolidated adjusted EBITA", "25,000", "24,000", "3,324")}
</table><p>Cash flows</p>{HEAD}
{line("Net cash provided by operating activities", "31,000", "23,000", "3,185")}
{line("Capital expenditures", "(2,500)", "(10,000)", "(1,385)")}
{line(CAMPUSES, "(2,400)", "(9,500)", "(1,316)")}
{line("Free cash flow", "32,000", "15,000", "2,077")}
</table><p>Income (loss) from operations by segment</p>{HEAD}
{line("Cloud Intelligence Group", "500", "700", "97")}
</table></body></html>"""

QUARTER = (date(2024, 1, 1), date(2024, 3, 31))
FIGURES = {
    "cloud_revenue": 28_000e6,
    "revenue": 221_000e6,
    "china_commerce_adjusted_ebita": 38_500e6,
    "international_commerce_adjusted_ebita": -4_100e6,
    "cloud_adjusted_ebita": 1_400e6,
    "adjusted_ebita": 24_000e6,
    "operating_cash_flow": 23_000e6,
    "capex": 10_000e6,
    "capex_without_campuses": 9_500e6,
    "free_cash_flow": 15_000e6,
}


def read(page: str, figures: ExhibitFigures, cik: int = ALIBABA) -> dict[str, float]:
    rows = table_rows(page.encode(), "BABA", RECORDED, note="6-K", figures=figures.of(cik))
    said = {(row["field"], row["unit"]): row["value"] for row in rows if row["period_to"] == QUARTER[1]}
    assert {unit for field, unit in said if not field.startswith("exhibit:")} <= {"CNY"}
    return {field: value for (field, _), value in said.items() if not field.startswith("exhibit:")}


def test_rows_of_alibabas_tables_get_the_names_that_findings_read() -> None:
    assert read(EXHIBIT, ExhibitFigures.packaged()) == FIGURES
    assert not read(EXHIBIT, ExhibitFigures.packaged(), cik=1)


def test_parts_may_stand_in_columns_and_figures_in_sections() -> None:
    columns = """<p>Three months ended March 31, 2024</p><table>
    <tr><td></td><td>Cloud Intelligence Group</td><td>All others</td><td>Consolidated</td></tr>
    <tr><td></td><td>RMB</td><td>RMB</td><td>RMB</td></tr>
    <tr><td></td><td colspan="3">(in millions) Three months ended March 31, 2024</td></tr>
    <tr><td>Revenue</td><td>28,000</td><td>47,000</td><td>221,000</td></tr>
    <tr><td>Adjusted EBITA</td><td>1,400</td><td>(2,000)</td><td>24,000</td></tr></table>"""
    assert read(columns, ExhibitFigures.packaged()) == {"cloud_revenue": 28_000e6, "cloud_adjusted_ebita": 1_400e6}
    sections = (
        f"{HEAD}<tr><td>Adjusted EBITA:</td></tr>{line('Cloud Intelligence Group', '900', '1,400', '194')}</table>"
    )
    assert read(sections, ExhibitFigures.packaged()) == {"cloud_adjusted_ebita": 1_400e6}


def test_a_caption_counts_for_its_own_table_only() -> None:
    """Without a caption of its own the second table says nothing of which item it is about."""
    tables = EXHIBIT.replace("our adjusted EBITA by segment", "this")
    found = read(tables, ExhibitFigures.packaged())
    assert "cloud_adjusted_ebita" not in found
    assert found["cloud_revenue"] == 28_000e6


OWN = """
version = 1
[[issuers]]
cik = 42
name = "Acme Works"
currency = "CNY"
[[issuers.figures]]
field = "robots_revenue"
part = ["Cloud Intelligence Group"]
item = ["Revenue"]
caption = ["revenue by segment"]
"""


def test_users_name_rows_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "exhibits.toml"
    path.write_text(OWN)
    figures = ExhibitFigures.from_environment({"RERATING_EXHIBITS": str(path)})
    assert read(EXHIBIT, figures, cik=42) == {"robots_revenue": 28_000e6}
    assert read(EXHIBIT, figures) == FIGURES
    path.write_text(OWN.replace("42", str(ALIBABA)))
    first = {name: value for name, value in FIGURES.items() if name != "cloud_revenue"} | {"robots_revenue": 28_000e6}
    assert read(EXHIBIT, ExhibitFigures.packaged(path)) == first
    path.write_text(OWN.replace("version = 1", "version = 9"))
    with pytest.raises(UsageError, match=r"exhibits.toml says nothing of exhibits"):
        ExhibitFigures.packaged(path)


def edgar(path: str, query: Mapping[str, str]) -> Reply:
    """EDGAR with one filer, Alibaba's number, and its results as an exhibit of the 6-K."""
    if path.endswith("ex99-1.htm"):
        return reply(EXHIBIT.encode(), "text/html")
    if path == "/files/company_tickers_exchange.json":
        return reply(answers.COMPANIES | {"data": [[ALIBABA, "Alibaba Group Holding Ltd", "BABA", "NYSE"]]})
    own, test = str(ALIBABA), "123456"
    if own not in path:
        return missing(b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")
    return answers.sec(
        path.replace(f"CIK{ALIBABA:010d}", f"CIK{int(test):010d}").replace(f"/{own}/", f"/{test}/"), query
    )


def test_from_edgar_to_the_finding(tmp_path: Path) -> None:
    """Collected from the stand-in, cut at an instant: known when the 6-K was accepted, at 20:31:05Z, not before."""
    ledger = Ledger.create(tmp_path / "ledger")
    ledger.append(batch(bars=[bar("BABA", date(2024, 6, 11), 78.0)]))
    with StandIn(edgar) as server:
        hosts = {"data.sec.gov": server.url, "www.sec.gov": server.url}
        made = SecSource("Test test@example.org", hosts=hosts, per_second=1e4, transport=HttpTransport(timeout=5.0))
        found = collect(ledger, made, Request(symbols=("BABA",), recorded_at=RECORDED, parts=("documents",)))
    assert not found.failures
    told = figures_at(ledger, "2024-06-12T20:31:05Z")
    quarters = {name: figure.value for (name, unit, span), figure in told.items() if (unit, span) == ("CNY", "quarter")}
    assert quarters == FIGURES
    cloud = told["cloud_revenue", "CNY", "quarter"]
    assert (cloud.period_from, cloud.period_to) == QUARTER
    assert isinstance(cloud.growth, Growth)
    assert cloud.growth.ratio == pytest.approx(0.12)
    assert "cloud_revenue" not in {name for name, _, _ in figures_at(ledger, "2024-06-12T20:31:04Z")}


def test_held_documents_are_read_with_a_changed_table_where_all_is_asked_again(tmp_path: Path) -> None:
    own = tmp_path / "exhibits.toml"
    own.write_text(OWN.replace("42", str(ALIBABA)))
    ledger, asked = Ledger.create(tmp_path / "ledger"), Request(symbols=("BABA",), recorded_at=RECORDED)
    asked = asked.model_copy(update={"parts": ("documents",)})
    with StandIn(edgar) as server:
        hosts = {"data.sec.gov": server.url, "www.sec.gov": server.url}
        rules: dict[str, Any] = {"hosts": hosts, "per_second": 1e4, "transport": HttpTransport(timeout=5.0)}
        collect(ledger, SecSource("Test test@example.org", **rules), asked)
        later = asked.model_copy(update={"recorded_at": RECORDED + timedelta(hours=1)})
        made = SecSource("Test test@example.org", figures=ExhibitFigures.packaged(own), **rules)
        assert not collect(ledger, made, later).rows
        assert collect(ledger, made, later, again=True).rows == {"facts": 2}
    told = ledger.view(AsOf.parse("2024-06-12T20:31:05Z")).facts(["BABA"], "robots_revenue")
    assert told["value"].to_list() == [25_000e6, 28_000e6]


def figures_at(ledger: Ledger, at: str) -> dict[tuple[str, str, str], Reported]:
    view = ledger.view(AsOf.parse(at))
    held = series(view, Listing(symbol="BABA", venue="XNYS", currency="USD"))
    assert isinstance(held, Series)
    found = fundamentals(view, held)
    assert isinstance(found, Fundamentals)
    return {(f.field, f.unit, f.span): f for f in found.figures} if isinstance(found.figures, tuple) else {}


@pytest.mark.shared
def test_amazons_cloud_out_of_tagged_segments() -> None:
    body = gzip.decompress(shared("data/filings/html/amzn-10-k-2025-02-07.html.gz").read_bytes())
    figures = ExhibitFigures.packaged().of(AMAZON)
    rows = segment_rows(body, "AMZN", datetime(2025, 2, 7, tzinfo=UTC), note="10-K", figures=figures)
    cloud = {row["period_to"].year: row["value"] for row in rows if row["field"] == "cloud_revenue"}
    assert cloud == {2022: 80_096e6, 2023: 90_757e6, 2024: 107_556e6}
