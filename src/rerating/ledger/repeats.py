"""What a source says again without a change is not stored again: only that it was said again, in 16 bytes a row.

A row is unchanged when the row of the same key and source that could be known last before it, or together with it, has
the same content and was recorded no later. The repeat matters twice: a key that a complete batch repeats has not been
withdrawn, and an older recording that comes in later and differs does not hide that the newer ones agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from rerating.core.tables import REPEATS, TABLES, Table
from rerating.ledger.rows import content_digests

if TYPE_CHECKING:
    from rerating.ledger.snapshot import Snapshot


def storage_order(table: Table) -> list[str]:
    """The columns by which rows are sorted in files: subject first, so that one subject's rows lie together."""
    return [table.subject, *(key for key in table.key if key != table.subject)]


def split(held: Snapshot, rows: Mapping[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The new rows by table, in storage order, and the repeats (columns of REPEATS) for the others."""
    fresh, repeated = {}, []
    for name, frame in rows.items():
        table = TABLES[name]
        new, old = _parted(table, frame, held)
        if new.height:
            fresh[name] = new
        if old.height:
            repeated.append(_folded(table, old))
    return fresh, pl.concat(repeated) if repeated else pl.DataFrame(schema=REPEATS)


def _parted(table: Table, frame: pl.DataFrame, held: Snapshot) -> tuple[pl.DataFrame, pl.DataFrame]:
    key = [*storage_order(table), "source"]
    order = [*key, "known_at", "recorded_at"]
    together = frame.with_columns(pl.lit(True).alias("fresh"))
    known = _known(table, frame, held)
    if known.height:
        together = pl.concat([together, known.with_columns(pl.lit(False).alias("fresh"))])
    # Known rows come before fresh ones of the same times, so that the latter are found to repeat them.
    together = together.sort([*order, "fresh"])
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in [*key, *table.content])
    no_later = pl.col("recorded_at") >= pl.col("recorded_at").shift(1)
    together = together.with_columns((same & no_later).fill_null(False).alias("again")).filter("fresh")
    return (
        together.filter(~pl.col("again")).drop("fresh", "again"),
        together.filter("again").drop("fresh", "again"),
    )


def _known(table: Table, frame: pl.DataFrame, held: Snapshot) -> pl.DataFrame:
    """The stored rows that a frame's rows could repeat: the same subjects, in the frame's span of periods."""
    subjects = frame[table.subject].unique().sort().to_list()
    sources = frame["source"].unique().to_list()
    condition = pl.col("source").is_in(sources)
    if table.period is not None and frame[table.period].null_count() == 0:
        condition &= pl.col(table.period).is_between(frame[table.period].min(), frame[table.period].max())
    return held.rows(table, subjects, where=condition)


def _folded(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    said = frame.select(
        pl.col(table.subject).alias("subject"), "source", "recorded_at", "known_at", "batch"
    ).with_columns(content_digests(frame, table))
    groups = []
    for (subject, source, recorded_at, batch), part in said.group_by(
        "subject", "source", "recorded_at", "batch", maintain_order=True
    ):
        groups.append(
            {
                "subject": subject,
                "table": table.name,
                "source": source,
                "recorded_at": recorded_at,
                "digests": part["said"].to_numpy().astype("<i8").tobytes(),
                "known": part["known_at"].dt.epoch("us").to_numpy().astype("<i8").tobytes(),
                "batch": batch,
            }
        )
    return pl.DataFrame(groups, schema=REPEATS)


def unfolded(table: Table, rows: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    """`rows` and, for each repeat of one of them, the row that it stands for."""
    if not repeats.height or not rows.height:
        return rows
    counts = np.array([len(body) // 8 for body in repeats["digests"]])
    said = repeats.select("recorded_at", "source", "batch")[np.repeat(np.arange(repeats.height), counts)]
    said = said.with_columns(
        pl.Series("said", np.frombuffer(b"".join(repeats["digests"]), dtype="<i8"), dtype=pl.Int64),
        pl.Series("known_at", np.frombuffer(b"".join(repeats["known"]), dtype="<i8"), dtype=pl.Int64).cast(
            pl.Datetime("us", "UTC")
        ),
    )
    content = rows.with_columns(content_digests(rows, table)).sort("recorded_at", "known_at", "batch")
    content = content.unique(["said", "source"], keep="first", maintain_order=True)
    again = said.join(content.drop("recorded_at", "batch", "known_at"), on=["said", "source"], how="inner")
    return pl.concat([rows, again.select(rows.columns)])
