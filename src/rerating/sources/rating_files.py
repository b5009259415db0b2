"""Analysts' actions from CSV and Parquet files, recordings of whole histories among them.

Columns: symbol, house, and graded_at (an instant) or graded_on (a day); where they are there also analyst, action,
word_from, word_to, target_action, target_from, target_to, currency and recorded_at. A file with recorded_at holds
recordings: one batch for each symbol and time, so that the ledger knows what the vendor said when. An instant at
exactly midnight UTC is a day. A target of 0 is none. Words stay as they are.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.sessions import day_span
from rerating.core.tables import RATINGS
from rerating.sources.faults import Faults
from rerating.sources.files import Mapping, first_line, read_table
from rerating.sources.gates import GateCheck

_PLACE = "America/New_York"
_TEXTS = ("analyst", "action", "word_from", "word_to", "target_action", "currency")
_NUMBERS = ("target_from", "target_to")
_INSTANT = pl.Datetime("us", "UTC")


def ratings_from(
    path: Path,
    *,
    recorded_at: datetime,
    mapping: Mapping | None = None,
    complete: bool = False,
    tolerant: bool = False,
    source: str = "file",
    licence: str | None = None,
) -> tuple[list[Batch], list[GateCheck]]:
    """The batches in a file of ratings, in the order of their recording, and what was left out of it.

    `complete` says that each recording is the vendor's whole history of its symbol, so that what a later one lacks was
    withdrawn. Raises UsageError, naming lines and reasons; nothing of a faulty file is taken, unless `tolerant` leaves
    out those lines.
    """
    table = read_table(path, mapping)
    frame, left_out = _columns(path, table, recorded_at, mapping, tolerant=tolerant)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    frame = frame.with_columns(
        pl.lit(path.name).alias("locator"), pl.lit(digest).alias("digest"), pl.lit(licence, pl.String).alias("licence")
    )
    batches = []
    parts = sorted(frame.partition_by("recorded_at", "symbol", as_dict=True).items())
    for (at, symbol), part in parts:
        scope = {"file": path.name, "digest": digest}
        if complete:
            scope |= {"tables": "ratings", "symbol": str(symbol)}
        assert isinstance(at, datetime)
        rows = part.drop("recorded_at")
        batches.append(Batch(source=source, recorded_at=at, tables={"ratings": rows}, scope=scope, complete=complete))
    return batches, left_out


def _columns(
    path: Path, table: pl.DataFrame, recorded_at: datetime, mapping: Mapping | None, *, tolerant: bool
) -> tuple[pl.DataFrame, list[GateCheck]]:
    timed = [name for name in ("graded_at", "graded_on") if name in table.columns]
    missing = [name for name in ("symbol", "house") if name not in table.columns] + ([] if timed else ["graded_at"])
    if missing or not table.height:
        raise UsageError(
            f"{path} lacks {', '.join(missing) or 'rows'}; it has {', '.join(table.columns[:12])}. Needed are symbol, "
            "house and graded_at or graded_on; a mapping file can rename columns (docs/sources.md)."
        )
    frame = table.select(
        pl.col("symbol").cast(pl.String),
        pl.col("house").cast(pl.String).str.strip_chars(),
        _instants(table, "graded_at").alias("graded_at"),
        _days(table, "graded_on").alias("graded_on"),
        *(_text(table, name) for name in _TEXTS),
        *(_number(table, name) for name in _NUMBERS),
        _instants(table, "recorded_at").fill_null(recorded_at).alias("recorded_at"),
    )
    bare = (pl.col("graded_at").dt.time() == pl.time(0, 0)) | pl.col("graded_at").is_null()
    frame = frame.with_columns(
        pl.when(bare)
        .then(pl.coalesce("graded_on", pl.col("graded_at").dt.date()))
        .otherwise(pl.coalesce("graded_on", pl.col("graded_at").dt.convert_time_zone(_PLACE).dt.date()))
        .alias("graded_on"),
        pl.when(bare).then(pl.lit("day")).otherwise(pl.lit("minute")).alias("precision"),
        pl.when(bare).then(None).otherwise("graded_at").alias("graded_at"),
    )
    frame = frame.with_row_index("line")
    nameless = frame["symbol"].is_null() | frame["house"].is_null() | (frame["house"] == "")
    faults = Faults(path, first=first_line(path, mapping))
    faults.note(nameless, "no symbol or house")
    faults.note(frame["graded_on"].is_null(), "no time")
    left_out = faults.settle(tolerant=tolerant)
    frame = faults.sound(frame).drop("line")
    if not frame.height:
        raise UsageError(f"{path} has no row that could be taken; nothing was imported.")
    ends = {on: day_span(on, _PLACE)[1] for on in frame["graded_on"].unique()}
    end = frame["graded_on"].replace_strict(ends, return_dtype=_INSTANT)
    frame = frame.with_columns(pl.coalesce("graded_at", end).alias("known_at"), pl.col("action").fill_null(""))
    key = ["recorded_at", "symbol", "house", "analyst", "graded_on", "action"]
    order = [*key, "graded_at", "word_to", "target_to"]
    numbered = pl.int_range(pl.len()).over(key).cast(RATINGS.key["ordinal"]).alias("ordinal")
    return frame.unique(maintain_order=True).sort(order).with_columns(numbered), left_out


def _instants(table: pl.DataFrame, name: str) -> pl.Expr:
    if name not in table.columns:
        return pl.lit(None, _INSTANT)
    if table[name].dtype == pl.String:
        return pl.col(name).str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    return pl.col(name).cast(_INSTANT)


def _days(table: pl.DataFrame, name: str) -> pl.Expr:
    if name not in table.columns:
        return pl.lit(None, pl.Date)
    return pl.col(name).str.to_date(strict=False) if table[name].dtype == pl.String else pl.col(name).cast(pl.Date)


def _text(table: pl.DataFrame, name: str) -> pl.Expr:
    if name not in table.columns:
        return pl.lit(None, pl.String).alias(name)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text == "").then(None).otherwise(text).alias(name)


def _number(table: pl.DataFrame, name: str) -> pl.Expr:
    if name not in table.columns:
        return pl.lit(None, pl.Float64).alias(name)
    number = pl.col(name).cast(pl.Float64, strict=False)
    return pl.when(number > 0).then(number).otherwise(None).alias(name)
