"""Which rows stand at an instant t (inclusive). The whole rule, in this order:

1. Rows of committed batches with `known_at` <= t; in the RECORDED reading also `recorded_at` <= t. A repeat counts as
   the row that it stands for.
2. Equal rows (same key, content, times and source) are one row, however often they were appended.
3. A recording that differs from an earlier one without a publication time of its own (same key, source and `known_at`)
   became known when it was recorded: a vendor's rewriting never enters the past.
4. Of the rows of one key and source the one known last stands; where the ones before it said the same, the first of
   them, since it was known from then on.
5. A key within the scope of a complete batch of its source, recorded by t and later than the last recording that has
   the key, is withdrawn as of that batch: it stands until then and not from then on.
"""

from __future__ import annotations

import json
from datetime import date, datetime

import polars as pl

from rerating.core.tables import TABLES, Table
from rerating.core.types import Reading
from rerating.ledger.repeats import unfolded
from rerating.ledger.rows import row_ids


def standing(
    table: Table,
    rows: pl.DataFrame,
    *,
    repeats: pl.DataFrame,
    complete: pl.DataFrame,
    at: datetime,
    reading: Reading,
) -> pl.DataFrame:
    """The rows that stand at `at` or were withdrawn by then (`withdrawn_at` is not null), with their `id`.

    One row a key and source, sorted by them. `complete` are the batches that may have withdrawn some of these keys.
    """
    if not rows.height:
        return nothing(table)
    competing = [*table.key, "source"]
    complete = complete.filter(pl.col("recorded_at") <= at)
    if complete.height or rows.select(competing).is_duplicated().any():
        rows = unfolded(table, rows, repeats)
    rows = rows.filter(pl.col("known_at") <= at)
    if reading is Reading.RECORDED:
        rows = rows.filter(pl.col("recorded_at") <= at)
    last = rows.group_by(competing).agg(pl.col("recorded_at").max().alias("said_at")) if complete.height else None
    # The id is that of the row as it was recorded, whatever time a revision counts from.
    rows = rows.with_columns(row_ids(rows, table))
    if rows.select(competing).is_duplicated().any():
        rows = _latest(table, rows, competing, at)
    withdrawn = pl.lit(None, pl.Datetime("us", "UTC"))
    if last is not None:
        rows = rows.join(last, on=competing, how="left", nulls_equal=True, maintain_order="left")
        withdrawn = _withdrawn(table, complete)
    return rows.with_columns(withdrawn.alias("withdrawn_at")).drop("said_at", strict=False).sort(competing)


def changes(table: Table, rows: pl.DataFrame, *, repeats: pl.DataFrame, at: datetime, reading: Reading) -> pl.DataFrame:
    """Every row that stood at some instant up to `at`, with its `id`; its `known_at` is when it began to stand.

    A row that said the same as the one before it is no change. Rows that were withdrawn later are among them.
    """
    rows = unfolded(table, rows, repeats).filter(pl.col("known_at") <= at)
    if reading is Reading.RECORDED:
        rows = rows.filter(pl.col("recorded_at") <= at)
    competing = [*table.key, "source"]
    rows = _runs(table, rows.with_columns(row_ids(rows, table)), competing, at)
    rows = rows.unique([*competing, "run"], keep="first", maintain_order=True)
    return rows.with_columns(known_at="since").drop("since", "run").sort("known_at", *competing, "id")


_NOTHING: dict[str, pl.DataFrame] = {
    name: pl.DataFrame(schema=table.schema | {"id": pl.String(), "withdrawn_at": pl.Datetime("us", "UTC")})
    for name, table in TABLES.items()
}


def nothing(table: Table) -> pl.DataFrame:
    """No row, in the columns of `standing`; one and the same frame each time, since views are often asked in vain."""
    return _NOTHING[table.name]


def _latest(table: Table, rows: pl.DataFrame, competing: list[str], at: datetime) -> pl.DataFrame:
    """Steps 2 to 4."""
    rows = _runs(table, rows, competing, at)
    rows = rows.filter(pl.col("run") == pl.col("run").max().over(competing))
    rows = rows.unique(competing, keep="first", maintain_order=True)
    return rows.with_columns(known_at="since").drop("since", "run")


def _runs(table: Table, rows: pl.DataFrame, competing: list[str], at: datetime) -> pl.DataFrame:
    """Steps 2 and 3, and which rows said the same one after the other (`run`, from `since` on).

    Sorted by times and then by id, so that the order of appends decides nothing.
    """
    rows = rows.sort("known_at", "recorded_at", "id", "batch")
    rows = rows.unique("id", keep="first", maintain_order=True)
    recordings = [*competing, "known_at"]
    first = pl.col("recorded_at") == pl.col("recorded_at").min().over(recordings)
    rows = rows.filter(first | _differs(table, recordings))
    rows = rows.with_columns(
        pl.when(first).then("known_at").otherwise(pl.max_horizontal("known_at", "recorded_at")).alias("since")
    )
    rows = rows.filter(pl.col("since") <= at).sort("since", "recorded_at", "id")
    return rows.with_columns(_differs(table, competing).cum_sum().over(competing).alias("run"))


def _differs(table: Table, within: list[str]) -> pl.Expr:
    """Whether a row says something else than the row before it of the same group; the first one does."""
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1).over(within)) for name in table.content)
    return changed | (pl.int_range(pl.len()).over(within) == 0)


def _withdrawn(table: Table, complete: pl.DataFrame) -> pl.Expr:
    """The first complete batch after a key's last recording that covers the key; null where none does."""
    found = [
        pl.when(
            (pl.col("source") == source) & (pl.col("said_at") < recorded_at) & _covered(table, json.loads(scope))
        ).then(pl.lit(recorded_at, pl.Datetime("us", "UTC")))
        for source, scope, recorded_at in complete.select("source", "scope", "recorded_at").rows()
    ]
    return pl.min_horizontal(found) if found else pl.lit(None, pl.Datetime("us", "UTC"))


def _covered(table: Table, scope: dict[str, str]) -> pl.Expr:
    """Whether a key lies in the scope of a complete batch; see `Batch`."""
    covered = pl.lit(True)
    for name in table.key:
        if name in scope:
            covered &= pl.col(name).cast(pl.String) == scope[name]
    if table.period is not None:
        period = pl.col(table.period).cast(pl.Date)
        if "since" in scope:
            covered &= period >= date.fromisoformat(scope["since"])
        if "until" in scope:
            covered &= period <= date.fromisoformat(scope["until"])
    return covered.fill_null(False)
