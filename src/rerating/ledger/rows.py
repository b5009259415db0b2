"""Row identity: equal key, content and recording time is the same row, whoever appended it, and however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import polars as pl

from rerating.core.tables import Table


def row_ids(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The id of each row: SHA-256 over the identity columns in their fixed order, as 32 hex digits.

    Floats go in by their bits and instants by their microseconds, so the id does not depend on how a library prints
    them. Ids follow from the row and are not stored.
    """
    columns = []
    for name in table.identity:
        column = frame[name]
        if column.dtype == pl.Float64:
            bits = pl.Series(name, column.fill_null(0.0).to_numpy().view(np.int64))
            text = bits.cast(pl.String)
        elif isinstance(column.dtype, pl.Datetime):
            text = column.dt.epoch("us").cast(pl.String)
        elif column.dtype == pl.Binary:
            text = column.bin.encode("hex")
        else:
            text = column.cast(pl.String)
        columns.append(
            pl.select(pl.when(column.is_null()).then(pl.lit("\x00")).otherwise(text)).to_series().alias(name)
        )
    joined = pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()
    return pl.Series("id", [hashlib.sha256(text.encode()).hexdigest()[:32] for text in joined], dtype=pl.String)


def version_of(ids: Iterable[str]) -> str:
    """The digest of a set of rows: SHA-256 over their sorted distinct ids."""
    digest = hashlib.sha256()
    for row in sorted(set(ids)):
        digest.update(row.encode())
    return digest.hexdigest()
