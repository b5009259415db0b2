"""Yahoo Finance (extra `[yahoo]`): prices as traded, splits, dividends, ratings, estimates, options, headlines.

Yahoo's interface is meant for personal use: what is collected stays on this machine and is not passed on. Asking goes
through yfinance's session layer (cookies, crumbs, consent), never through its frames, which turn an outage into "no
data"; each answer's bytes are archived and then parsed.

Yahoo divides all prices by later splits. They are stored as they were traded: multiplied by the splits that the same
answer lists (which always reaches to today), volumes divided. Dividends likewise. Pence become pounds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

import polars as pl
from pydantic import BaseModel

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.source import Outcome, Request
from rerating.core.tables import EVENTS, FACTS, OPTION_QUOTES, RATINGS, Table
from rerating.core.types import Gap, Why
from rerating.sources.venues import YAHOO_EXCHANGES, in_whole_units
from rerating.sources.web import Answer, Transport, TransportFault, Web, archived
from rerating.sources.yahoo_models import Chain, ChainAnswer, Chart, ChartAnswer, SearchAnswer, SummaryAnswer
from rerating.sources.yahoo_rows import (
    Line,
    action_rows,
    bar_rows,
    estimate_rows,
    news_rows,
    option_rows,
    rating_rows,
)

if TYPE_CHECKING:
    from curl_cffi.requests import Session

HOST = "query2.finance.yahoo.com"
LICENCE = "Yahoo Finance, personal use, not to be passed on"
_MODULES = (
    "upgradeDowngradeHistory,recommendationTrend,financialData,earningsTrend,earningsHistory,calendarEvents,price"
)
_UNKNOWN = "Yahoo knows no such symbol; look its name up there"
_FIRST_ON = date(1990, 1, 1)
_NOT_INSTALLED = (
    "The source 'yahoo' is not installed; run: pip install 'rerating[yahoo]'. Yahoo's data are for personal use."
)


class YahooSource:
    """Asks Yahoo about one symbol and one part at a time."""

    name = "yahoo"
    about: ClassVar[str] = "lines"
    parts: ClassVar[tuple[str, ...]] = ("prices", "ratings", "options", "news")

    def __init__(
        self, *, transport: Transport | None = None, hosts: Mapping[str, str] | None = None, **rules: Any
    ) -> None:
        """`hosts` and `rules` (see `Web`) are for tests against a stand-in; by default Yahoo itself is asked."""
        self.web = Web(self.name, transport or YahooTransport(), hosts=hosts, **rules)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> YahooSource:
        """Yahoo itself. Raises UsageError where the extra is not installed."""
        del environ
        if find_spec("yfinance") is None:
            raise UsageError(_NOT_INSTALLED)
        return cls()

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """The batches of each symbol: prices, ratings (with estimates and targets), options, news."""
        if not request.symbols:
            raise UsageError("The source 'yahoo' needs symbols; name them, like: rerating collect BABA --source yahoo.")
        asks = {"prices": self._prices, "ratings": self._ratings, "options": self._options, "news": self._news}
        for symbol in request.symbols:
            for part in self.parts:
                if request.wants(part):
                    yield from asks[part](symbol, request)

    # ---- prices --------------------------------------------------------------------------------------------------

    def _prices(self, symbol: str, request: Request) -> Iterator[Batch | Gap]:
        first = request.since or _FIRST_ON
        period = {
            "period1": str(_seconds(first)),
            "period2": str(_seconds(request.recorded_at.date() + timedelta(days=1))),
        }
        answer = self.web.get(
            f"https://{HOST}/v8/finance/chart/{_path(symbol)}", period | {"interval": "1d", "events": "div,splits"}
        )
        question = f"prices of {symbol}"
        chart = self._first(ChartAnswer, "chart", answer, question)
        if isinstance(chart, Gap):
            yield chart
            return
        recorded_at = request.recorded_at + answer.after
        yield from _chart_batches(chart, answer, recorded_at, question, first)

    # ---- ratings, estimates --------------------------------------------------------------------------------------

    def _ratings(self, symbol: str, request: Request) -> Iterator[Batch | Gap]:
        answer = self.web.get(f"https://{HOST}/v10/finance/quoteSummary/{_path(symbol)}", {"modules": _MODULES})
        question = f"ratings and estimates of {symbol}"
        summary = self._first(SummaryAnswer, "quote_summary", answer, question)
        if isinstance(summary, Gap):
            yield summary
            return
        recorded_at = request.recorded_at + answer.after
        ratings = rating_rows(symbol, summary)
        facts = estimate_rows(symbol, summary, recorded_at)
        tables = {"documents": archived(answer, recorded_at, LICENCE)}
        if ratings:
            # The whole history comes each time: what is missing from it now has been withdrawn by Yahoo.
            yield Batch(
                source=self.name,
                recorded_at=recorded_at,
                tables=tables | {"ratings": _framed(RATINGS, ratings, answer)},
                scope={"tables": "ratings", "symbol": symbol, "asked": "ratings"},
                complete=True,
            )
        else:
            yield _absent(f"ratings of {symbol}", "Yahoo lists no analyst's action for it")
        if facts:
            framed = _framed(FACTS, facts, answer)
            yield Batch(
                source=self.name, recorded_at=recorded_at, tables=tables | {"facts": framed}, scope={"asked": question}
            )
        else:
            yield _absent(f"estimates of {symbol}", "Yahoo lists no estimates, targets or dates for it")

    # ---- options -------------------------------------------------------------------------------------------------

    def _options(self, symbol: str, request: Request) -> Iterator[Batch | Gap]:
        url, question = f"https://{HOST}/v7/finance/options/{_path(symbol)}", f"options on {symbol}"
        answer = self.web.get(url)
        chain = self._first(ChainAnswer, "chain", answer, question)
        if isinstance(chain, Gap):
            yield chain
            return
        if not chain.expiries:
            yield _absent(question, "Yahoo lists no options on it")
            return
        yield from self._chain(symbol, chain, answer, request)
        for expiry in chain.expiries[1:]:
            answer = self.web.get(url, {"date": str(expiry)})
            later = self._first(ChainAnswer, "chain", answer, question)
            if isinstance(later, Gap):
                yield later
            else:
                yield from self._chain(symbol, later, answer, request)

    def _chain(self, symbol: str, chain: Chain, answer: Answer, request: Request) -> Iterator[Batch | Gap]:
        recorded_at = request.recorded_at + answer.after
        rows = option_rows(symbol, chain, recorded_at)
        if not rows:
            yield _absent(f"options on {symbol}", "Yahoo listed an expiry without a contract")
            return
        tables = {
            "documents": archived(answer, recorded_at, LICENCE),
            "option_quotes": _framed(OPTION_QUOTES, rows, answer),
        }
        yield Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": f"options on {symbol}"})

    # ---- news ----------------------------------------------------------------------------------------------------

    def _news(self, symbol: str, request: Request) -> Iterator[Batch | Gap]:
        answer = self.web.get(f"https://{HOST}/v1/finance/search", {"q": symbol, "quotesCount": "0", "newsCount": "50"})
        if answer.status == 404:
            raise self.web.refuse(Outcome.SCHEMA, answer, "its search is not where it was")
        found = self.web.parsed(SearchAnswer, answer)
        recorded_at = request.recorded_at + answer.after
        rows = news_rows(symbol, found.news, recorded_at)
        if not rows:
            yield _absent(f"headlines about {symbol}", "Yahoo lists none now")
            return
        tables = {
            "documents": archived(answer, recorded_at, LICENCE),
            "events": _framed(EVENTS, rows, answer),
        }
        yield Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": f"news about {symbol}"})

    def _first(self, model: type[BaseModel], field: str, answer: Answer, question: str) -> Any:
        """The one result; a Gap where Yahoo says that there is none, SourceError where it says that it failed."""
        if answer.status == 404 and not answer.body.lstrip().startswith(b'{"'):
            return _absent(question, _UNKNOWN)
        result = getattr(self.web.parsed(model, answer), field)
        said = (result.error.description or result.error.code or "") if result.error else ""
        if result.result:
            return result.result[0]
        if answer.status == 404 or any(word in said.lower() for word in ("not found", "no data", "delisted")):
            return _absent(question, said or _UNKNOWN)
        if result.error:
            raise self.web.refuse(Outcome.REFUSED, answer, said)
        return _absent(question, "Yahoo's answer is empty")


class YahooTransport:
    """One GET through yfinance's session layer, which keeps cookies, crumb and consent in order."""

    def __init__(self, session: Session[Any] | None = None, *, timeout: float = 30.0) -> None:
        self._session = session
        self._timeout = timeout
        self._data: Any = None

    def get(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes, str]:
        """Raises UsageError where the extra is not installed."""
        del headers
        data = self._ready()
        from curl_cffi.requests import exceptions as curl
        from yfinance.exceptions import YFRateLimitError

        try:
            answer = data.get(url, params=dict(params), timeout=self._timeout)
        except YFRateLimitError as error:
            raise TransportFault(Outcome.RATE_LIMITED, "too many requests (status 429)") from error
        except curl.Timeout as error:
            raise TransportFault(Outcome.TIMEOUT, f"no answer within {self._timeout:g} s") from error
        except curl.RequestException as error:
            raise TransportFault(Outcome.CUT, _curl_reason(error)) from error
        named = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        return answer.status_code, named, bytes(answer.content), str(answer.url)

    def _ready(self) -> Any:
        if self._data is None:
            try:
                import yfinance
                from curl_cffi import requests
                from yfinance.data import YfData
            except ImportError:
                raise UsageError(_NOT_INSTALLED) from None
            logging.getLogger("yfinance").setLevel(logging.CRITICAL)  # what it would say becomes an outcome here
            yfinance.config.debug.hide_exceptions = False
            self._session = self._session or requests.Session(impersonate="chrome", allow_redirects=True)
            self._data = YfData(session=self._session)
        return self._data


def _curl_reason(error: Exception) -> str:
    """`Could not resolve host: ...` out of curl's sentence, which ends in an advertisement of its manual."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return first.partition(" See http")[0].rpartition(") ")[2].rstrip(".")


def _chart_batches(
    chart: Chart, answer: Answer, recorded_at: datetime, question: str, first: date
) -> Iterator[Batch | Gap]:
    meta = chart.meta
    index = meta.instrument == "INDEX"
    venue = "INDEX" if index else YAHOO_EXCHANGES.get(meta.exchange)
    if venue is None or not meta.currency:
        yield Gap(
            question=question,
            why=Why.NOT_APPLICABLE,
            detail=f"the venue '{meta.exchange}' ({meta.instrument}) is not known here; import its prices from a file",
        )
        return
    currency, units = in_whole_units(meta.currency)
    line = Line(symbol=meta.symbol, venue=venue, currency=currency, units=units, zone=ZoneInfo(meta.zone))
    rows, interim = bar_rows(chart, line, recorded_at)
    if interim:
        detail = f"the session of {interim} had not closed when Yahoo was asked; ask again after its close"
        yield Gap(question=f"{question} on {interim}", why=Why.NOT_YET_KNOWN, detail=detail)
    if not rows:
        yield _absent(question, f"Yahoo has no prices from {first} on")
        return
    bars = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.lit(answer.url).alias("locator"),
        pl.lit(answer.digest).alias("digest"),
        pl.lit(LICENCE).alias("licence"),
        pl.lit("index_level" if index else "as_traded").alias("price_basis"),
    )
    tables = {"documents": archived(answer, recorded_at, LICENCE), "bars": bars}
    events = action_rows(chart, line)
    if events:
        tables["events"] = _framed(EVENTS, events, answer)
    yield Batch(source=YahooSource.name, recorded_at=recorded_at, tables=tables, scope={"asked": question})


def _framed(table: Table, rows: list[dict[str, Any]], answer: Answer) -> pl.DataFrame:
    schema = {name: kind for name, kind in table.schema.items() if any(name in row for row in rows)}
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        pl.lit(answer.digest).alias("digest"), pl.lit(LICENCE).alias("licence")
    )
    return frame if "locator" in schema else frame.with_columns(pl.lit(answer.url).alias("locator"))


def _absent(question: str, detail: str) -> Gap:
    return Gap(question=question, why=Why.NOT_COVERED, detail=detail)


def _path(symbol: str) -> str:
    """A symbol as one step of an address; anything that could be more than that is refused."""
    from urllib.parse import quote

    if not symbol or len(symbol) > 32 or any(sign in symbol for sign in "/\\?#%\r\n\t "):
        raise UsageError(f"'{symbol}' is no symbol of Yahoo; write it like BABA, 9988.HK or ^HSI.")
    return quote(symbol, safe="^=.-")


def _seconds(on: date) -> int:
    return int(datetime.combine(on, time(0), UTC).timestamp())
