"""Price bars and currency rates from CSV and Parquet files. All of a file is taken, or nothing.

Bars need the columns ticker, venue, currency, date, open, high, low, close, volume; adj_close and price_basis are
taken where they are there, others are ignored. A file without price_basis holds prices as traded (index levels for the
venue INDEX). Rates need date, currency, per_eur. Each row that cannot be right is named with its line and the reason.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import Field

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.sessions import CALENDARS, calendar_code, sessions_of
from rerating.core.tables import PRICE_BASES
from rerating.sources.faults import SHOWN, Faults
from rerating.sources.gates import MISSING_SESSIONS, SPLIT_GATE, GateCheck, Splits, bar_gates

_BAR_COLUMNS = ("ticker", "venue", "currency", "date", "open", "high", "low", "close", "volume")
_RATE_COLUMNS = ("date", "currency", "per_eur")
_NUMBERS = ("open", "high", "low", "close", "volume", "adj_close", "per_eur")
#: Prices that agree in so many digits are the same: vendors pass them on as 32-bit numbers.
_DIGITS = 7
_VENUES = frozenset(CALENDARS) | {"INDEX"}


class Mapping(Record):
    """How a vendor's file is laid out: which of its columns is which of ours, and what it leaves unsaid.

    `columns` names the file's column for each of ours, `constants` gives a value to columns that it lacks, `skip`
    counts lines between header and first row, `date_format` is strptime's, `separator` and `decimal` are those of CSV.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    skip: int = Field(default=0, ge=0, le=100)
    date_format: str | None = None
    separator: str = Field(default=",", min_length=1, max_length=1)
    decimal: Literal[".", ","] = "."

    @classmethod
    def read(cls, path: Path) -> Self:
        """The mapping in a TOML file. Raises UsageError, naming what is wrong."""
        try:
            return cls(**tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            reason = str(error).splitlines()[0]
            raise UsageError(f"{path} is no mapping file ({reason}); docs/sources.md shows one.") from error

    def applied(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table under our names; columns that are not there stay away and are named by the import."""
        table = table.slice(self.skip)
        taken = [pl.col(theirs).alias(ours) for ours, theirs in self.columns.items() if theirs in table.columns]
        kept = [name for name in table.columns if name not in self.columns and name not in self.constants]
        fixed = [pl.lit(value).alias(ours) for ours, value in self.constants.items()]
        table = table.select(*(name for name in kept if name not in self.columns.values()), *taken, *fixed)
        if self.decimal == ",":
            texts = [name for name in _NUMBERS if name in table.columns and table[name].dtype == pl.String]
            table = table.with_columns(
                pl.col(name).str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
                for name in texts
            )
        return table


def read_table(path: Path, mapping: Mapping | None = None) -> pl.DataFrame:
    """The rows of a CSV (first line names the columns, all values as text) or Parquet file."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    try:
        if path.suffix.lower() in {".parquet", ".pq"}:
            table = pl.read_parquet(path)
        else:
            separator = mapping.separator if mapping else ","
            table = pl.read_csv(path, infer_schema=False, null_values=[""], separator=separator)
        return mapping.applied(table) if mapping else table
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{path} is no CSV or Parquet table that can be read ({reason}); nothing was imported."
        ) from error


def bars_from(path: Path, *, recorded_at: datetime) -> Batch:
    """One batch of daily bars out of a file, each known at its session's close.

    Raises UsageError, naming lines and reasons, where a row is malformed, stands for a day that was no session, or
    repeats another's key, and where a gate refuses (see `gates`).
    """
    return checked_bars_from(path, recorded_at=recorded_at)[0]


def checked_bars_from(
    path: Path,
    *,
    recorded_at: datetime,
    mapping: Mapping | None = None,
    tolerant: bool = False,
    splits: Splits | None = None,
) -> tuple[Batch, list[GateCheck]]:
    """As `bars_from`, with what each check found.

    `mapping` says how a vendor's file is laid out. `tolerant` leaves out the rows that a check names instead of
    refusing the file (rows that repeat each other exactly count once). `splits` are those that are known: a step on
    their ex-day is no fault, and prices that are adjusted for splits only (`split_adjusted`) become prices as traded,
    since the ledger adjusts them again with what was known by then.
    """
    table = read_table(path, mapping)
    if "recorded_at" in table.columns:
        raise UsageError(f"{path} holds recordings (a column recorded_at), not one state; read it as recordings.")
    return _checked(path, table, None, recorded_at=recorded_at, mapping=mapping, tolerant=tolerant, splits=splits)


def recordings_from(
    path: Path,
    *,
    recorded_at: datetime,
    mapping: Mapping | None = None,
    tolerant: bool = False,
    splits: Splits | None = None,
) -> list[tuple[Batch, list[GateCheck]]]:
    """As `checked_bars_from`, for a file that may say when a vendor had said what (a column `recorded_at`).

    Each recording is a batch of its own and goes through the gates as of its own time, in the order of the recordings;
    one faulty recording refuses the file. A file without that column is one recording, made at `recorded_at`.
    """
    table = read_table(path, mapping)
    if "recorded_at" not in table.columns:
        return [_checked(path, table, None, recorded_at=recorded_at, mapping=mapping, tolerant=tolerant, splits=splits)]
    raw, instant = table["recorded_at"], pl.Datetime("us", "UTC")
    at = raw.str.to_datetime(time_unit="us", time_zone="UTC", strict=False) if raw.dtype == pl.String else raw
    faults = Faults(path, first=first_line(path, mapping))
    if isinstance(at.dtype, pl.Datetime) and at.dtype.time_zone is None:
        at = at.dt.replace_time_zone("UTC")
    at = at.cast(instant, strict=False)
    faults.note(at.is_null(), "recorded_at is no instant", raw)
    faults.raise_any()
    numbered = table.with_columns(at.alias("recorded_at")).with_row_index("__line")
    parts = sorted(numbered.partition_by("recorded_at", as_dict=True, maintain_order=True).items())
    out = []
    for (when,), part in parts:
        assert isinstance(when, datetime)
        lines, rows = part["__line"].to_numpy(), part.drop("__line", "recorded_at")
        batch, checks = _checked(path, rows, lines, recorded_at=when, mapping=mapping, tolerant=tolerant, splits=splits)
        # A later recording may hold what changed only: days that it lacks say nothing.
        out.append((batch, checks if len(parts) == 1 else [each for each in checks if each.name != MISSING_SESSIONS]))
    return out


def first_line(path: Path, mapping: Mapping | None) -> int:
    """The number of the line in which a table's first row stands; rows of Parquet files are counted from 1."""
    return (2 if path.suffix.lower() == ".csv" else 1) + (mapping.skip if mapping else 0)


def _checked(
    path: Path,
    table: pl.DataFrame,
    lines: npt.NDArray[np.integer] | None,
    *,
    recorded_at: datetime,
    mapping: Mapping | None,
    tolerant: bool,
    splits: Splits | None,
) -> tuple[Batch, list[GateCheck]]:
    """One recording's rows as a batch; `lines` are their places in the file where they are not all of it."""
    _require(path, table, _BAR_COLUMNS)
    faults = Faults(path, first=first_line(path, mapping), lines=lines)
    frame = _bar_columns(table, faults, mapping).with_row_index("line")
    _note_bar_faults(frame.drop("line"), faults, tolerant=tolerant)
    faults.settle(tolerant=tolerant)
    frame = faults.sound(frame)
    frame = frame.with_columns(_closes(frame, faults))
    checks = faults.settle(tolerant=tolerant)
    frame = faults.sound(frame).drop("line")
    if not frame.height:
        raise UsageError(f"{path} has no row that could be taken; nothing was imported.")
    held = dict(splits or {})
    found = bar_gates(frame, recorded_at=recorded_at, splits=held)
    refusing = [each.check for each in found if each.check.refuses and not each.check.holds]
    if refusing and not tolerant:
        raise UsageError(
            f"{path} was not imported, nothing of it: {'; '.join(str(check) for check in refusing[:SHOWN])}. Mend the "
            "file, name the splits it lacks as events, or import it with --tolerant."
        )
    # A step of a split's size cannot be left out: the rows are right, only the record of the split is missing.
    gone = [row for each in found if each.check.name != SPLIT_GATE for row in each.rows.tolist() if each.check.refuses]
    frame = frame.with_row_index("place").filter(~pl.col("place").is_in(gone)).drop("place")
    frame = as_traded(frame, held, until=recorded_at.date())
    digest = digest_of(path)
    rows = frame.with_columns(pl.lit(path.name).alias("locator"), pl.lit(digest).alias("digest"))
    scope = {"file": path.name, "digest": digest}
    batch = Batch(source="file", recorded_at=recorded_at, tables={"bars": rows}, scope=scope)
    return batch, [*checks, *(each.check for each in found)]


def as_traded(bars: pl.DataFrame, splits: Splits, *, until: date) -> pl.DataFrame:
    """Split-adjusted bars of lines whose splits are known, with these undone: prices times, volumes by the ratio.

    `until` is the day as of which they were adjusted. Lines without a known split keep their basis.
    """
    adjusted = (pl.col("price_basis") == "split_adjusted") & pl.concat_str("venue", "symbol", separator=":").is_in(
        [line for line, known in splits.items() if known]
    )
    factor = pl.lit(1.0)
    for line, known in sorted(splits.items()):
        venue, _, symbol = line.partition(":")
        of_line = adjusted & (pl.col("venue") == venue) & (pl.col("symbol") == symbol)
        for on, ratio in known:
            before = of_line & (pl.col("on") < on) & pl.lit(on <= until)
            factor = factor * pl.when(before).then(ratio).otherwise(1.0)
    return bars.with_columns(
        *(pl.col(name) * factor for name in ("open", "high", "low", "close")),
        (pl.col("volume") / factor).round().cast(pl.Int64),
        pl.when(adjusted).then(pl.lit("as_traded")).otherwise("price_basis").alias("price_basis"),
    )


def _bar_columns(table: pl.DataFrame, faults: Faults, mapping: Mapping | None) -> pl.DataFrame:
    basis = pl.col("price_basis") if "price_basis" in table.columns else pl.lit(None, pl.String).alias("price_basis")
    frame = table.select(
        pl.col("ticker").cast(pl.String).str.strip_chars().alias("symbol"),
        pl.col("venue").cast(pl.String).str.strip_chars().str.to_uppercase(),
        pl.col("currency").cast(pl.String).str.strip_chars(),
        faults.days(table, "date", mapping.date_format if mapping else None).alias("on"),
        *(faults.numbers(table, name) for name in ("open", "high", "low", "close")),
        faults.numbers(table, "volume").round().cast(pl.Int64, strict=False),
        (
            faults.numbers(table, "adj_close")
            if "adj_close" in table.columns
            else pl.lit(None, pl.Float64).alias("adj_close")
        ),
        basis,
    ).with_columns(
        pl.col("price_basis").fill_null(
            pl.when(pl.col("venue") == "INDEX").then(pl.lit("index_level")).otherwise(pl.lit("as_traded"))
        )
    )
    # A series of adjusted closes only has no other close; its basis says that it serves for returns alone.
    only = (pl.col("price_basis") == "adj_close_only") & pl.col("close").is_null()
    return frame.with_columns(pl.when(only).then("adj_close").otherwise("close").alias("close"))


def _note_bar_faults(frame: pl.DataFrame, faults: Faults, *, tolerant: bool) -> None:
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
    priceless = frame["close"].is_null() & (frame["volume"] > 0).fill_null(False)
    faults.note(priceless, "close is missing beside a volume")
    faults.note(
        (frame["close"].is_null() & ~priceless) | (frame["close"] <= 0).fill_null(False),
        "close is missing or not above 0",
        frame["close"],
    )
    for name in ("open", "high", "low", "adj_close"):
        faults.note((frame[name] <= 0).fill_null(False), f"{name} is not above 0", frame[name])
    faults.note((frame["high"] < frame["low"]).fill_null(False), "high is below low")
    faults.note((frame["volume"] < 0).fill_null(False), "volume is negative", frame["volume"])
    twice = frame.select(key).is_duplicated()
    if tolerant:
        # Exact copies count once; rows of one day that differ are left out together: neither is known to be right.
        rounded = frame.with_columns(pl.col(pl.Float64).round_sig_figs(_DIGITS))
        copies = ~rounded.select(pl.struct(rounded.columns).is_first_distinct()).to_series()
        faults.note(copies, "an exact copy of another line")
        twice = frame.filter(~copies).select(key).is_duplicated()
        again = np.zeros(frame.height, dtype=bool)
        again[np.flatnonzero(~copies.to_numpy())] = twice.to_numpy()
        twice = pl.Series(again)
    faults.note(twice, "the same ticker, venue, currency and date stand on another line")


def rates_from(path: Path, *, recorded_at: datetime) -> Batch:
    """One batch of ECB reference rates (units of a currency per 1 EUR), each known at 16:00 in Frankfurt on its day."""
    table = read_table(path)
    _require(path, table, _RATE_COLUMNS)
    faults = Faults(path, first=first_line(path, None))
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
        published_rates(frame["on"]), pl.lit(path.name).alias("locator"), pl.lit(digest_of(path)).alias("digest")
    )
    scope = {"file": path.name, "digest": digest_of(path)}
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


def _closes(frame: pl.DataFrame, faults: Faults) -> pl.Series:
    """Each bar's known_at; a day without a session is a fault."""
    if not frame.height:
        return pl.Series("known_at", [], pl.Datetime("us", "UTC"))
    numbered = frame.select("symbol", "venue", "on").with_row_index("row")
    parts, none = [], np.zeros(frame.height, dtype=bool)
    for (venue, symbol), part in sorted(numbered.group_by("venue", "symbol", maintain_order=True)):
        if calendar_code(str(venue), str(symbol)) is None:
            sessions_of(str(venue), str(symbol))
        closes, outside = known_at_close(str(venue), str(symbol), part["on"])
        rows = part["row"].to_numpy()
        none[rows[outside.to_numpy()]] = True
        parts.append(pl.DataFrame({"row": part["row"], "known_at": closes}))
    faults.note(pl.Series(none), "the venue had no session on that day", frame["on"], lines=frame["line"])
    return pl.concat(parts).sort("row")["known_at"]


def _require(path: Path, table: pl.DataFrame, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in table.columns]
    if missing:
        more = "; a mapping file (--mapping) can say how the vendor calls them" if names is _BAR_COLUMNS else ""
        raise UsageError(
            f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; it has "
            f"{', '.join(table.columns[:12])}. Needed are {', '.join(names)}{more}. Nothing was imported."
        )
    if not table.height:
        raise UsageError(f"{path} has no rows; nothing was imported.")


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
