"""Yahoo's answers as rows: as traded, in whole units, interim bars refused, its own words kept."""

from __future__ import annotations

import copy
import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from contract import answers
from contract.answers import CHART, RECORDED, SUMMARY, at
from rerating.collection import collect
from rerating.core.batch import Batch
from rerating.core.errors import SourceError, UsageError
from rerating.core.source import Outcome, Request
from rerating.core.tables import FACTS, RATINGS
from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.ledger import Ledger
from rerating.sources.web import HttpTransport
from rerating.sources.yahoo import YahooSource, YahooTransport
from rerating.sources.yahoo_models import ChainAnswer, Chart, ChartAnswer, Summary, SummaryAnswer
from rerating.sources.yahoo_rows import Line, action_rows, bar_rows, estimate_rows, option_rows, rating_rows
from rerating.testing import Reply, StandIn
from shared_data import shared

ACME = Listing(symbol="ACME", venue="XNYS", currency="USD")


def chart(**changes: Any) -> Chart:
    found = copy.deepcopy(CHART)
    found["chart"]["result"][0]["meta"].update(changes)  # type: ignore[index]
    made = ChartAnswer.model_validate(found).chart.result
    assert made is not None
    return made[0]


def line(found: Chart, **changes: Any) -> Line:
    from zoneinfo import ZoneInfo

    base = {
        "symbol": found.meta.symbol,
        "venue": "XNYS",
        "currency": "USD",
        "units": 1.0,
        "zone": ZoneInfo(found.meta.zone),
    }
    return Line(**(base | changes))


def source(server: StandIn, **rules: Any) -> YahooSource:
    quick: dict[str, Any] = {"per_second": 10_000.0, "pause": 0.01, "transport": HttpTransport(timeout=5.0)}
    return YahooSource(hosts={"query2.finance.yahoo.com": server.url}, **(quick | rules))


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn(answers.yahoo) as made:
        yield made


def test_prices_before_a_split_are_as_they_were_traded() -> None:
    """Yahoo's 50.25 and 2,000 shares of the day before a 2:1 split were 100.50 and 1,000 on that day."""
    found = chart()
    rows, interim = bar_rows(found, line(found), RECORDED)
    assert interim is None
    first, second = rows[0], rows[1]
    assert (first["on"], first["close"], first["volume"]) == (date(2024, 6, 10), 100.5, 1000)
    assert (second["on"], second["close"], second["volume"]) == (date(2024, 6, 11), 51.1, 3000)
    assert [row["on"].day for row in rows] == [10, 11, 12, 14]
    assert first["known_at"] == datetime(2024, 6, 10, 20, tzinfo=UTC)


def test_the_views_levels_are_yahoos_again(tmp_path: Path, server: StandIn) -> None:
    ledger = Ledger.create(tmp_path)
    collect(ledger, source(server), Request(symbols=("ACME",), recorded_at=RECORDED, parts=("prices",)))
    view = ledger.view(AsOf(at=RECORDED))
    assert view.bars(ACME)["close"].to_list() == [50.25, 51.1, 51.75, 52.75]
    before = ledger.view(AsOf(at=datetime(2024, 6, 10, 21, tzinfo=UTC)))
    assert before.bars(ACME)["close"].to_list() == [100.5]


def test_a_session_that_is_still_open_is_refused() -> None:
    found = chart()
    rows, interim = bar_rows(found, line(found), datetime(2024, 6, 14, 18, tzinfo=UTC))
    assert interim == date(2024, 6, 14)
    assert [row["on"].day for row in rows] == [10, 11, 12]


def test_pence_become_pounds() -> None:
    found = chart()
    rows, _ = bar_rows(found, line(found, currency="GBP", units=100.0), RECORDED)
    assert rows[1]["close"] == 0.511
    dividends = [row for row in action_rows(found, line(found, currency="GBP", units=100.0)) if row["unit"] == "GBP"]
    assert dividends[0]["value"] == 0.0025


def test_splits_and_dividends_are_dated_events() -> None:
    found = chart()
    split, dividend = action_rows(found, line(found))
    assert (split["category"], split["value"], split["effective_on"]) == ("split", 2.0, date(2024, 6, 11))
    assert split["known_at"] == datetime(2024, 6, 11, 13, 30, tzinfo=UTC)
    assert (dividend["value"], dividend["unit"], dividend["effective_on"]) == (0.25, "USD", date(2024, 6, 12))


def test_an_unknown_venue_is_a_gap(server: StandIn) -> None:
    odd = copy.deepcopy(CHART)
    odd["chart"]["result"][0]["meta"]["exchangeName"] = "XYZ"  # type: ignore[index]
    server.answering = lambda path, query: answers.reply(odd)
    request = Request(symbols=("ACME",), recorded_at=RECORDED, parts=("prices",))
    (gap,) = source(server).fetch(request)
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_APPLICABLE


def summary() -> Summary:
    found = SummaryAnswer.model_validate(SUMMARY).quote_summary.result
    assert found is not None
    return found[0]


def test_ratings_keep_words_and_lose_zero_targets() -> None:
    two, one = rating_rows("ACME", summary())
    assert (two["house"], two["word_from"], two["word_to"], two["action"]) == ("House Two", None, "Kaufen", "init")
    assert (one["target_from"], one["target_to"], one["currency"]) == (None, 55.0, "USD")
    assert one["known_at"] == datetime(2024, 6, 12, 11, 5, tzinfo=UTC)
    assert one["graded_on"] == date(2024, 6, 12)


def test_estimates_carry_their_own_currency_and_none_is_made_up() -> None:
    rows = {(row["field"], row["unit"]): row for row in estimate_rows("ACME", summary(), RECORDED)}
    eps = rows["estimate.eps", "CNY"]
    assert (eps["value"], eps["low"], eps["high"], eps["period_to"]) == (3.5, 3.0, 4.0, date(2024, 12, 31))
    assert ("target_mean", "USD") in rows
    assert not any(field == "estimate.revenue" for field, _ in rows)
    assert not any(field == "target_median" for field, _ in rows)
    assert all(row["known_at"] == RECORDED for row in rows.values())


def test_a_rating_that_yahoo_drops_is_withdrawn(tmp_path: Path, server: StandIn) -> None:
    ledger = Ledger.create(tmp_path)
    asked = Request(symbols=("ACME",), recorded_at=RECORDED, parts=("ratings",))
    collect(ledger, source(server), asked)
    less = copy.deepcopy(SUMMARY)
    less["quoteSummary"]["result"][0]["upgradeDowngradeHistory"]["history"].pop()  # type: ignore[index]
    server.answering = lambda path, query: answers.reply(less)
    later = RECORDED + timedelta(days=3)
    collect(ledger, source(server), asked.model_copy(update={"recorded_at": later}))
    assert ledger.view(AsOf(at=RECORDED + timedelta(days=1))).ratings("ACME").height == 2
    view = ledger.view(AsOf(at=later + timedelta(days=1)))
    assert view.ratings("ACME")["house"].to_list() == ["House One"]
    assert view.withdrawn(RATINGS, ["ACME"])["house"].to_list() == ["House Two"]


def test_all_expiries_are_asked_and_quotes_of_zero_are_none(server: StandIn) -> None:
    request = Request(symbols=("ACME",), recorded_at=RECORDED, parts=("options",))
    batches = [each for each in source(server).fetch(request) if isinstance(each, Batch)]
    rows = pl.concat([batch.tables["option_quotes"] for batch in batches])
    assert rows["expires_on"].unique().sort().to_list() == [date(2024, 6, 21), date(2024, 6, 28)]
    assert rows.filter(pl.col("strike") == 60)["bid"].to_list() == [None, None]
    puts = rows.filter(pl.col("right") == "P")
    assert puts["implied_volatility"].to_list() == [None, None]
    assert rows["quoted_at"].unique().to_list() == [datetime.fromtimestamp(at(14, 20, 0), tz=UTC)]


@pytest.mark.parametrize("symbol", ["../etc", "A/B", "A?x=1", "A B", "", "A" * 40])
def test_a_symbol_never_becomes_a_path(server: StandIn, symbol: str) -> None:
    with pytest.raises(UsageError, match="no symbol"):
        list(source(server).fetch(Request(symbols=(symbol,), recorded_at=RECORDED, parts=("prices",))))
    assert server.asked == []


def test_a_failed_part_leaves_the_others(tmp_path: Path, server: StandIn) -> None:
    def answering(path: str, query: Mapping[str, str]) -> Reply:
        return Reply(status=500) if "quoteSummary" in path else answers.yahoo(path, query)

    server.answering = answering
    ledger = Ledger.create(tmp_path)
    made = collect(ledger, source(server, attempts=1), Request(symbols=("ACME",), recorded_at=RECORDED))
    assert [(failure.question, failure.outcome) for failure in made.failures] == [
        ("ratings of ACME", Outcome.SERVER_ERROR)
    ]
    assert {"bars", "option_quotes", "events", "documents"} <= set(made.rows)
    assert ledger.snapshot.rows(FACTS).height == 0


@pytest.mark.slow
def test_through_yfinances_own_session_layer(server: StandIn, tmp_path: Path) -> None:
    """The real way: cookies, crumb and all, with a session that turns every host to the stand-in."""
    yfinance = pytest.importorskip("yfinance")
    from urllib.parse import urlsplit, urlunsplit

    from curl_cffi import requests

    class Turned(requests.Session):  # type: ignore[misc]
        def request(self, method: str, url: str, **more: Any) -> Any:
            parts, there = urlsplit(url), urlsplit(server.url)
            answer = super().request(method, urlunsplit((there.scheme, there.netloc, *parts[2:])), **more)
            answer.url = url
            return answer

    yfinance.set_tz_cache_location(str(tmp_path / "cache"))
    made = source(server, transport=YahooTransport(Turned(), timeout=5.0), attempts=1)
    made.web._hosts = {}
    request = Request(symbols=("ACME",), recorded_at=RECORDED, parts=("prices",))
    batches = [each for each in made.fetch(request) if isinstance(each, Batch)]
    assert batches[0].tables["bars"].height == 4
    assert "crumb" not in batches[0].tables["documents"]["locator"][0]
    for fault, expected in (
        (Reply(status=429), Outcome.RATE_LIMITED),
        (Reply(status=500), Outcome.SERVER_ERROR),
        (Reply(body=b'{"chart": ', headers={"Content-Type": "application/json"}), Outcome.NOT_THE_FORMAT),
    ):
        server.fault = fault
        with pytest.raises(SourceError) as error:
            list(made.fetch(request))
        assert error.value.outcome == expected


@pytest.mark.shared
def test_recorded_answers_replay() -> None:
    """All recorded charts, summaries and chains parse, or are what Yahoo itself calls missing."""
    folder = shared("data/http/index.csv").parent
    counts: dict[str, int] = {}
    for row in csv.DictReader((folder / "index.csv").open()):
        path = row["path"]
        kinds = {
            "/v8/finance/chart/": ChartAnswer,
            "/v10/finance/quoteSummary/": SummaryAnswer,
            "/v7/finance/options/": ChainAnswer,
        }
        model = next((model for start, model in kinds.items() if path.startswith(start)), None)
        if model is None or ".fake." in row["file"]:
            continue
        body = json.loads(gzip.decompress((folder / row["file"]).read_bytes()))["response"].get("body") or "{}"
        recorded = datetime(2026, 1, 1, tzinfo=UTC)
        symbol = path.rsplit("/", 1)[-1]
        parsed = model.model_validate_json(body)
        counts[model.__name__] = counts.get(model.__name__, 0) + 1
        if isinstance(parsed, SummaryAnswer) and parsed.quote_summary.result:
            rating_rows(symbol, parsed.quote_summary.result[0])
            estimate_rows(symbol, parsed.quote_summary.result[0], recorded)
        elif isinstance(parsed, ChainAnswer) and parsed.chain.result:
            option_rows(symbol, parsed.chain.result[0], recorded)
        elif row["status"] == "404":
            assert parsed.model_dump()  # an error in Yahoo's own words
    assert counts["ChartAnswer"] >= 20
    assert counts["SummaryAnswer"] >= 160
    assert counts["ChainAnswer"] >= 15


@pytest.mark.shared
def test_babas_recorded_summary_of_2025() -> None:
    """485 actions, estimates in CNY, targets in USD."""
    raw = gzip.decompress(shared("data/http/yahoo/20250224__quoteSummary-all-BABA.json.gz").read_bytes())
    result = SummaryAnswer.model_validate_json(json.loads(raw)["response"]["body"]).quote_summary.result
    assert result is not None
    recorded = datetime(2025, 2, 24, 9, 35, 33, tzinfo=UTC)
    assert len(rating_rows("BABA", result[0])) == 485
    found = estimate_rows("BABA", result[0], recorded)
    quarters = {
        (row["field"], row["period_to"]): (row["value"], row["unit"]) for row in found if "eps." in row["field"]
    }
    assert quarters["eps.reported", date(2024, 12, 31)] == (21.39, "CNY")
    assert quarters["eps.expected", date(2024, 3, 31)] == (10.23547, "CNY")
    (call,) = (row for row in found if row["field"] == "results_call")
    assert call["text"] == "2025-02-20T12:30:00+00:00"
    rows = {(row["field"], row["unit"]): row for row in found if row.get("value")}
    assert rows["estimate.eps", "CNY"]["unit"] == "CNY"
    assert rows["target_mean", "USD"]["value"] == pytest.approx(152.7521)
