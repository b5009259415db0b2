"""Price bars and currency rates from CSV and Parquet files. All of a file is taken, or nothing.

Bars need the columns ticker, venue, currency, date, open, high, low, close, volume; adj_close and price_basis are
taken where they are there, others are ignored. A file without price_basis holds prices as traded (index levels for the
venue INDEX). Rates need date, currency, per_eur. Each row that cannot be right is named with its line and the reason.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.sessions import CALENDARS, calendar_code, sessions_of
from rerating.core.tables import PRICE_BASES

_BAR_COLUMNS = ("ticker", "venue", "currency", "date", "open", "high", "low", "close", "volume")
_RATE_COLUMNS = ("date", "currency", "per_eur")
_SHOWN = 5
_VENUES = frozenset(CALENDARS) | {"INDEX"}


def read_table(path: Path) -> pl.DataFrame:
    """The rows of a CSV (first line names the columns, all values as text) or Parquet file."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False, null_values=[""])
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{path} is no CSV or Parquet table that can be read ({reason}); nothing was imported."
        ) from error


def bars_from(path: Path, *, recorded_at: datetime) -> Batch:
    """One batch of daily bars out of a file, each known at its session's close.

    Raises UsageError, naming lines and reasons, where a row is malformed, stands for a day that was no session, or
    repeats another's key.
    """
    table = read_table(path)
    _require(path, table, _BAR_COLUMNS)
    faults = _Faults(path, first=2 if path.suffix.lower() == ".csv" else 1)
    frame = table.select(
        pl.col("ticker").cast(pl.String).str.strip_chars().alias("symbol"),
        pl.col("venue").cast(pl.String).str.strip_chars().str.to_uppercase(),
        pl.col("currency").cast(pl.String).str.strip_chars(),
        faults.days(table, "date").alias("on"),
        *(faults.numbers(table, name) for name in ("open", "high", "low", "close")),
        faults.numbers(table, "volume").round().cast(pl.Int64, strict=False),
        (
            faults.numbers(table, "adj_close")
            if "adj_close" in table.columns
            else pl.lit(None, pl.Float64).alias("adj_close")
        ),
        (pl.col("price_basis") if "price_basis" in table.columns else pl.lit(None, pl.String).alias("price_basis")),
    ).with_columns(
        pl.col("price_basis").fill_null(
            pl.when(pl.col("venue") == "INDEX").then(pl.lit("index_level")).otherwise(pl.lit("as_traded"))
        )
    )
    # A series of adjusted closes only has no other close; its basis says that it serves for returns alone.
    only = (pl.col("price_basis") == "adj_close_only") & pl.col("close").is_null()
    frame = frame.with_columns(pl.when(only).then("adj_close").otherwise("close").alias("close"))
    key = ["symbol", "venue", "currency", "price_basis", "on"]
    faults.note(frame["symbol"].is_null() | (frame["symbol"] == ""), "no ticker")
    faults.note(
        ~frame["venue"].is_in(list(_VENUES)).fill_null(False),
        "unknown venue (a MIC, INDEX, OTCM or US)",
        frame["venue"],
    )
    faults.note(
        ~frame["currency"].str.contains(r"^[A-Z]{3}$").fill_null(False), "currency is no ISO code", frame["currency"]
    )
    faults.note(
        ~frame["price_basis"].is_in(list(PRICE_BASES)).fill_null(False), "unknown price_basis", frame["price_basis"]
    )
    faults.note((frame["close"].is_null()) | (frame["close"] <= 0), "close is missing or not above 0", frame["close"])
    for name in ("open", "high", "low", "adj_close"):
        faults.note((frame[name] <= 0).fill_null(False), f"{name} is not above 0", frame[name])
    faults.note((frame["high"] < frame["low"]).fill_null(False), "high is below low")
    faults.note((frame["volume"] < 0).fill_null(False), "volume is negative", frame["volume"])
    faults.note(frame.select(key).is_duplicated(), "the same ticker, venue, currency and date stand on another line")
    faults.raise_any()
    known_at = _closes(frame, faults)
    faults.raise_any()
    rows = frame.with_columns(known_at, pl.lit(path.name).alias("locator"), pl.lit(_digest(path)).alias("digest"))
    scope = {"file": path.name, "digest": _digest(path)}
    return Batch(source="file", recorded_at=recorded_at, tables={"bars": rows}, scope=scope)


def rates_from(path: Path, *, recorded_at: datetime) -> Batch:
    """One batch of ECB reference rates (units of a currency per 1 EUR), each known at 16:00 in Frankfurt on its day."""
    table = read_table(path)
    _require(path, table, _RATE_COLUMNS)
    faults = _Faults(path, first=2 if path.suffix.lower() == ".csv" else 1)
    frame = table.select(
        pl.col("currency").cast(pl.String).str.strip_chars(),
        faults.days(table, "date").alias("on"),
        faults.numbers(table, "per_eur"),
    )
    faults.note(
        ~frame["currency"].str.contains(r"^[A-Z]{3}$").fill_null(False), "currency is no ISO code", frame["currency"]
    )
    faults.note(
        frame["per_eur"].is_null() | (frame["per_eur"] <= 0), "per_eur is missing or not above 0", frame["per_eur"]
    )
    faults.note(frame.select("currency", "on").is_duplicated(), "the same currency and date stand on another line")
    faults.raise_any()
    rows = frame.with_columns(
        published_rates(frame["on"]), pl.lit(path.name).alias("locator"), pl.lit(_digest(path)).alias("digest")
    )
    scope = {"file": path.name, "digest": _digest(path)}
    return Batch(source="file", recorded_at=recorded_at, tables={"rates": rows}, scope=scope)


def published_rates(days: pl.Series) -> pl.Series:
    """When the ECB's rates of these days could be known: 16:00 in Frankfurt."""
    frankfurt = ZoneInfo("Europe/Berlin")
    distinct = {day: datetime.combine(day, time(16), frankfurt).astimezone(UTC) for day in days.unique().drop_nulls()}
    return days.replace_strict(distinct, return_dtype=pl.Datetime("us", "UTC")).alias("known_at")


def known_at_close(venue: str, symbol: str, days: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The official closes of these days' sessions (UTC), and which of the days were no session of that venue.

    Raises UsageError where the venue has no known calendar.
    """
    table = sessions_of(venue, symbol)
    wanted = days.to_numpy().astype("datetime64[D]")
    place = np.searchsorted(table.days, wanted).clip(max=len(table.days) - 1)
    none = table.days[place] != wanted
    closes = pl.Series("known_at", table.closes[place]).cast(pl.Datetime("us", "UTC"))
    return closes, pl.Series(none)


def _closes(frame: pl.DataFrame, faults: _Faults) -> pl.Series:
    """Each bar's known_at; a day without a session is a fault."""
    numbered = frame.select("symbol", "venue", "on").with_row_index("row")
    parts, none = [], np.zeros(frame.height, dtype=bool)
    for (venue, symbol), part in sorted(numbered.group_by("venue", "symbol", maintain_order=True)):
        if calendar_code(str(venue), str(symbol)) is None:
            sessions_of(str(venue), str(symbol))
        closes, outside = known_at_close(str(venue), str(symbol), part["on"])
        rows = part["row"].to_numpy()
        none[rows[outside.to_numpy()]] = True
        parts.append(pl.DataFrame({"row": part["row"], "known_at": closes}))
    faults.note(pl.Series(none), "the venue had no session on that day", frame["on"])
    return pl.concat(parts).sort("row")["known_at"]


class _Faults:
    """Collects what is wrong, the first reason of each line, so that the user sees all of it at once."""

    def __init__(self, path: Path, *, first: int) -> None:
        self._path = path
        self._first = first
        self._found: dict[int, str] = {}

    def note(self, wrong: pl.Series, reason: str, values: pl.Series | None = None) -> None:
        for row in wrong.arg_true():
            shown = "" if values is None else f": {values[row]}"
            self._found.setdefault(row + self._first, reason + shown)

    def numbers(self, table: pl.DataFrame, name: str) -> pl.Expr:
        """The column as numbers; text that is none, and NaN or infinity, is a fault."""
        raw = table[name]
        cast = raw.cast(pl.Float64, strict=False)
        self.note((cast.is_null() & raw.is_not_null()) | ~cast.is_finite().fill_null(True), f"{name} is no number", raw)
        return pl.lit(cast).alias(name)

    def days(self, table: pl.DataFrame, name: str) -> pl.Expr:
        """The column as days (ISO dates); text that is none is a fault."""
        raw = table[name]
        cast = raw.str.to_date("%Y-%m-%d", strict=False) if raw.dtype == pl.String else raw.cast(pl.Date, strict=False)
        self.note(cast.is_null(), f"{name} is no ISO date", raw)
        return pl.lit(cast).alias(name)

    def raise_any(self) -> None:
        if not self._found:
            return
        lines = "; ".join(f"line {line}: {reason}" for line, reason in sorted(self._found.items())[:_SHOWN])
        more = f"; and {len(self._found) - _SHOWN} more" if len(self._found) > _SHOWN else ""
        raise UsageError(f"{self._path} was not imported, nothing of it: {lines}{more}. Mend the file and try again.")


def _require(path: Path, table: pl.DataFrame, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise UsageError(
            f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; it has "
            f"{', '.join(table.columns[:12])}. Needed are {', '.join(names)}. Nothing was imported."
        )
    if not table.height:
        raise UsageError(f"{path} has no rows; nothing was imported.")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
