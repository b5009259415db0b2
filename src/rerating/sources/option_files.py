"""Recorded option chains from CSV and Parquet files: quotes, and the day's totals as facts.

Two layouts are read. Ours: symbol, contract, quoted_at, expires_on, right (call or put), strike, currency, bid, ask,
last, volume, open_interest, and where they are there implied_volatility, multiplier, underlying_price, traded_at,
recorded_at. Yahoo's, as recorders of its answers write it: underlying, quote_time_utc, side, expiry, underlying_price,
iv, contract_size, last_trade_utc and the like.

A malformed row stops the import. A *chain* in which hardly any contract has a bid or an ask (recorded outside trading
hours: every quote is 0 and every volatility a placeholder) is refused as a whole, with its count and the reason; the
others are imported. A chain is known when it was recorded. Open interest in it is the count of the evening before,
which the clearing house publishes on the next morning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.sessions import NEAR_CLOSE, sessions
from rerating.core.tables import INSTANT
from rerating.core.types import Instant
from rerating.sources.files import digest_of, read_table

LEAST_TWO_SIDED = 0.25
"""Share of contracts with a bid or an ask below which a chain is refused."""

_YAHOO = {
    "underlying": "symbol",
    "quote_time_utc": "quoted_at",
    "side": "right",
    "expiry": "expires_on",
    "iv": "implied_volatility",
    "last_trade_utc": "traded_at",
}
_NEEDED = ("symbol", "contract", "quoted_at", "expires_on", "right", "strike", "bid", "ask", "volume", "open_interest")
_NUMBERS = ("strike", "bid", "ask", "last", "volume", "open_interest", "implied_volatility", "underlying_price")
_SHOWN = 5


class Refused(Record):
    """A recorded chain that was not imported: most of its contracts have neither bid nor ask."""

    symbol: str
    quoted_at: Instant
    recorded_at: Instant
    contracts: int
    without_quote: int

    def __str__(self) -> str:
        share = self.without_quote / self.contracts
        return (
            f"{self.symbol} {self.quoted_at:%Y-%m-%d %H:%M} UTC: {self.without_quote} of {self.contracts} contracts "
            f"({share:.0%}) have neither bid nor ask: recorded outside trading hours, or from a source that gives none"
        )


def options_from(path: Path, *, recorded_at: datetime) -> tuple[Batch, tuple[Refused, ...]]:
    """The usable chains of a file as one batch, and the refused ones.

    Raises UsageError where a row is malformed, or where no chain is usable.
    """
    rows = _read(path)
    chain = ["symbol", "quoted_at", "known_at"]
    empty = (pl.col("bid").fill_null(0) <= 0) & (pl.col("ask").fill_null(0) <= 0)
    counted = rows.group_by(chain).agg(pl.len().alias("contracts"), empty.sum().alias("without_quote")).sort(chain)
    usable = counted.filter(pl.col("without_quote") <= (1 - LEAST_TWO_SIDED) * pl.col("contracts"))
    refused = tuple(
        Refused(recorded_at=row.pop("known_at"), **row) for row in counted.join(usable, on=chain, how="anti").to_dicts()
    )
    if usable.is_empty():
        raise UsageError(f"{path} holds no usable chain, nothing was imported: {refused[0]}. Record during a session.")
    kept = rows.join(usable.select(chain), on=chain, how="semi").sort(*chain, "contract")
    digest = digest_of(path)
    stamps = [pl.lit(path.name).alias("locator"), pl.lit(digest).alias("digest")]
    quotes = kept.with_columns(pl.when(pl.col(side) > 0).then(pl.col(side)).alias(side) for side in ("bid", "ask"))
    tables = {"option_quotes": quotes.with_columns(stamps)}
    totals = day_totals(kept)
    if totals.height:
        tables["facts"] = totals.with_columns(stamps)
    scope = {"file": path.name, "digest": digest}
    return Batch(source="file", recorded_at=recorded_at, tables=tables, scope=scope), refused


def day_totals(quotes: pl.DataFrame) -> pl.DataFrame:
    """A day's totals as facts of the subject OPTIONS:SYMBOL, out of the last chain quoted at or after the close.

    Fields call_volume, put_volume, call_open_interest, put_open_interest (contracts) and expiries (count). Several
    chains of one session and instant (one an expiry) count together.
    """
    table = sessions("XNYS")
    quoted = quotes["quoted_at"].dt.epoch("us").to_numpy()
    place = np.searchsorted(table.opens, quoted, side="right") - 1
    late = quoted >= table.closes[np.maximum(place, 0)] - NEAR_CLOSE // timedelta(microseconds=1)
    day = pl.Series("on", table.days[np.maximum(place, 0)])
    closing = quotes.with_columns(day).filter(pl.Series(late & (place >= 0)))
    latest = closing.sort("quoted_at", "known_at").unique(
        ["symbol", "on", "contract"], keep="last", maintain_order=True
    )
    last = latest.group_by("symbol", "on").agg(
        *(
            pl.col(name).filter(pl.col("right") == right[0].upper()).sum().cast(pl.Float64).alias(f"{right}_{name}")
            for right in ("call", "put")
            for name in ("volume", "open_interest")
        ),
        pl.col("expires_on").n_unique().cast(pl.Float64).alias("expiries"),
        pl.col("known_at").max(),
    )
    return (
        last.unpivot(index=["symbol", "on", "known_at"], variable_name="field", value_name="value")
        .with_columns(
            subject="OPTIONS:" + pl.col("symbol"),
            unit=pl.when(pl.col("field") == "expiries").then(pl.lit("count")).otherwise(pl.lit("contracts")),
            period_from="on",
            period_to="on",
        )
        .select("subject", "field", "period_from", "period_to", "unit", "value", "known_at")
        .sort("subject", "period_from", "field")
    )


def _read(path: Path) -> pl.DataFrame:
    table = read_table(path)
    renamed = table.rename(
        {old: new for old, new in _YAHOO.items() if old in table.columns and new not in table.columns}
    )
    missing = [name for name in _NEEDED if name not in renamed.columns]
    if missing:
        raise UsageError(
            f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; it has "
            f"{', '.join(table.columns[:12])}. Nothing was imported."
        )
    if not renamed.height:
        raise UsageError(f"{path} has no rows; nothing was imported.")

    def column(name: str, dtype: pl.DataType) -> pl.Expr:
        if name not in renamed.columns:
            return pl.lit(None, dtype=dtype).alias(name)
        return _cast(renamed[name], dtype)

    read = renamed.select(
        *(pl.col(name).cast(pl.String).str.strip_chars() for name in ("symbol", "contract")),
        pl.col("right").cast(pl.String).str.to_lowercase().replace({"c": "call", "p": "put"}),
        column("expires_on", pl.Date()),
        *(column(name, INSTANT) for name in ("quoted_at", "traded_at", "recorded_at")),
        *(column(name, pl.Float64()) for name in _NUMBERS),
        column("currency", pl.String()),
        column("multiplier", pl.Int64()),
        (pl.col("contract_size") if "contract_size" in renamed.columns else pl.lit("REGULAR")).alias("size"),
    ).with_columns(known_at=pl.max_horizontal("quoted_at", "recorded_at"))
    _refuse_faults(path, read, first=2 if path.suffix.lower() == ".csv" else 1)
    return (
        read.with_columns(
            pl.col("right").str.slice(0, 1).str.to_uppercase(),
            pl.col("volume", "open_interest").round().cast(pl.Int64),
            pl.col("multiplier").fill_null(pl.when(pl.col("size") == "REGULAR").then(100)),
        )
        .drop("size", "recorded_at")
        .unique(maintain_order=True)
    )


def _cast(values: pl.Series, dtype: pl.DataType) -> pl.Expr:
    """Text to dates and instants where it has to be; what cannot be read is null and found as a fault."""
    if values.dtype == pl.String and dtype == pl.Date:
        values = values.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    elif values.dtype == pl.String and dtype == INSTANT:
        values = values.str.replace(r"Z$", "+00:00").str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    return pl.lit(values.cast(dtype, strict=False)).alias(values.name)


def _refuse_faults(path: Path, read: pl.DataFrame, *, first: int) -> None:
    """Raise on rows that cannot be right, naming the first few."""
    faults = [
        (pl.col("symbol").is_null() | (pl.col("symbol") == ""), "no symbol"),
        (pl.col("contract").is_null() | (pl.col("contract") == ""), "no contract"),
        (~pl.col("right").is_in(["call", "put"]).fill_null(False), "right is neither call nor put"),
        (pl.col("quoted_at").is_null(), "quoted_at is no instant with a time zone"),
        (pl.col("expires_on").is_null(), "expires_on is no ISO date"),
        (~(pl.col("strike").is_finite() & (pl.col("strike") > 0)).fill_null(False), "strike is not above 0"),
        *((~pl.col(name).is_finite().fill_null(True), f"{name} is no finite number") for name in _NUMBERS),
        *(
            ((pl.col(name) < 0).fill_null(False), f"{name} is negative")
            for name in ("bid", "ask", "volume", "open_interest")
        ),
    ]
    reason = pl.coalesce(pl.when(wrong).then(pl.lit(text)) for wrong, text in faults)
    found = (
        read.with_row_index("line", offset=first).select("line", reason=reason).filter(pl.col("reason").is_not_null())
    )
    if found.height:
        lines = "; ".join(f"line {line}: {text}" for line, text in found.head(_SHOWN).rows())
        more = f"; and {found.height - _SHOWN} more" if found.height > _SHOWN else ""
        raise UsageError(f"{path} was not imported, nothing of it: {lines}{more}. Mend the file and try again.")
