"""EDGAR's answers as rows, and the clock behind its acceptance times."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract import answers
from contract.answers import INLINE, RECORDED
from rerating.collection import collect
from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import Gap
from rerating.ledger import Ledger
from rerating.sources.inline_xbrl import segment_rows
from rerating.sources.sec import NEW_YORK, Filings, SecSource, accepted_at, clock_of
from rerating.sources.web import HttpTransport
from rerating.testing import StandIn
from shared_data import shared


@pytest.fixture
def source() -> Iterator[SecSource]:
    with StandIn(answers.sec) as server:
        hosts = {"data.sec.gov": server.url, "www.sec.gov": server.url}
        yield SecSource("Test test@example.org", hosts=hosts, per_second=10_000.0, transport=HttpTransport(timeout=5.0))


def rows(source: SecSource, part: str, table: str, symbol: str = "ACME") -> list[dict[str, object]]:
    request = Request(symbols=(symbol,), recorded_at=RECORDED, parts=(part,))
    batches = [each for each in source.fetch(request) if isinstance(each, Batch)]
    return [row for batch in batches if table in batch.tables for row in batch.tables[table].rows(named=True)]


def test_filed_documents_are_fetched_once(tmp_path: Path) -> None:
    asked = Request(symbols=("ACME",), recorded_at=RECORDED, parts=("documents",))
    with StandIn(answers.sec) as server:
        hosts = {"data.sec.gov": server.url, "www.sec.gov": server.url}
        made = SecSource("Test test@example.org", hosts=hosts, per_second=1e4, transport=HttpTransport(timeout=5.0))
        assert collect(Ledger.create(tmp_path), made, asked).rows["documents"] == 3
        server.asked = []
        assert not collect(Ledger(tmp_path), made, asked).receipts
        assert not [path for path in server.asked if path.endswith(".htm")]


def test_filings_are_known_at_acceptance(source: SecSource) -> None:
    """The second filing's 2:10 shows that this answer's clock is UTC."""
    events = rows(source, "filings", "events")
    assert [(e["title"], e["known_at"]) for e in events] == [
        ("6-K 0000123456-24-000009", datetime(2024, 6, 12, 20, 31, 5, tzinfo=UTC)),
        ("10-K 0000123456-24-000005", datetime(2024, 2, 2, 2, 10, tzinfo=UTC)),
    ]


def test_identity_counts_since_the_name_does(source: SecSource) -> None:
    facts = {row["field"]: row for row in rows(source, "filings", "facts")}
    assert (facts["issuer"]["subject"], facts["issuer"]["text"]) == ("XNYS:ACME", "Acme Works")
    assert facts["cik"]["text"] == "123456"


def test_facts_are_known_when_their_filing_was_accepted(source: SecSource) -> None:
    """The filing of 2023 is in no list of filings: then the end of its day in New York counts."""
    old, new = sorted(rows(source, "facts", "facts"), key=lambda row: str(row["period_to"]))
    assert (new["field"], new["value"], new["unit"]) == ("us-gaap:Revenues", 1000.0, "USD")
    assert (new["known_at"], new["precision"]) == (datetime(2024, 2, 2, 2, 10, tzinfo=UTC), "minute")
    assert (old["known_at"], old["precision"]) == (datetime(2023, 2, 2, 5, 0, tzinfo=UTC), "day")


def test_documents_come_with_exhibits_and_segments(source: SecSource) -> None:
    documents = rows(source, "documents", "documents")
    assert [str(row["locator"]).rsplit("/", 1)[-1] for row in documents] == [
        "acme-6k.htm",
        "ex99-1.htm",
        "acme-10k.htm",
    ]
    facts = rows(source, "documents", "facts")
    assert facts[0]["known_at"] == datetime(2024, 6, 12, 20, 31, 5, tzinfo=UTC)


def test_segments_are_read_from_inline_xbrl() -> None:
    (row,) = segment_rows(INLINE, "ACME", RECORDED, note="10-K")
    assert row["field"] == "us-gaap:Revenues[us-gaap:SegmentsAxis=acme:CloudMember]"
    assert (row["value"], row["unit"]) == (1_234_500_000.0, "USD")
    assert (row["period_from"], row["period_to"]) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("stamps", "zone"),
    [
        (["2026-01-29T16:30:33.000Z", "2026-01-29T08:01:00.000Z"], NEW_YORK),
        (["2026-01-29T21:30:33.000Z", "2026-01-29T23:45:00.000Z"], None),
        (["2026-01-29T16:30:33.000Z"], NEW_YORK),
        (["2026-01-29T08:30:33.000Z", "2026-01-29T23:45:00.000Z"], NEW_YORK),
        (["2000-01-29T00:00:00.000Z", "2026-01-29T16:45:00.000Z"], NEW_YORK),
    ],
)
def test_the_clock_shows_in_the_hours_that_are_never_printed(stamps: list[str], zone: object) -> None:
    assert clock_of(stamps) == zone


def test_an_unknown_ticker_is_a_gap_and_no_identity_an_error(source: SecSource) -> None:
    (gap,) = source.fetch(Request(symbols=("NOPE",), recorded_at=RECORDED))
    assert isinstance(gap, Gap)
    with pytest.raises(UsageError, match="RERATING_SEC_IDENTITY"):
        SecSource.from_environment({})


@pytest.mark.shared
def test_apples_results_of_january_2026_were_known_after_the_close() -> None:
    """Recorded as 16:30:33Z, they came out at 16:30 in New York: 21:30:33Z. NVIDIA's times in the same week are UTC."""

    def page(number: int) -> Filings:
        raw = gzip.decompress(shared(f"data/http/sec/200__submissions_CIK{number:010d}.json.json.gz").read_bytes())
        return Filings.model_validate(json.loads(json.loads(raw)["response"]["body"])["filings"]["recent"])

    apple, nvidia = page(320193), page(1045810)
    assert accepted_at(apple)["0000320193-26-000005"] == datetime(2026, 1, 29, 21, 30, 33, tzinfo=UTC)
    assert clock_of(nvidia.accepted) is None


@pytest.mark.shared
def test_nvidias_segments_of_fiscal_2025() -> None:
    """Compute & Networking 116,193 and Graphics 14,304 million USD of revenue in the year to 2025-01-26 (10-K)."""
    body = gzip.decompress(shared("data/filings/html/nvda-10-k-2025-02-26.html.gz").read_bytes())
    found = segment_rows(body, "NVDA", RECORDED, note="10-K")
    revenue = {
        row["field"]: row["value"]
        for row in found
        if row["field"].startswith("us-gaap:Revenues[") and row["period_to"] == date(2025, 1, 26)
    }
    assert 116_193e6 in revenue.values()
    assert 14_304e6 in revenue.values()
