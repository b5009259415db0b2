"""What a source hands to the ledger: rows by table, made at one instant of recording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import polars as pl

from rerating.core.errors import IntegrityError
from rerating.core.tables import TABLES, Table


def framed(table: Table, rows: pl.DataFrame, *, recorded_at: datetime, source: str, batch: str = "") -> pl.DataFrame:
    """`rows` in the stored order and types of `table`; provenance columns that are absent get the batch's own."""
    constants = {"recorded_at": recorded_at, "source": source, "batch": batch}
    columns = []
    for name, dtype in table.schema.items():
        if name in rows.columns:
            columns.append(pl.col(name).cast(dtype))
        else:
            columns.append(pl.lit(constants.get(name), dtype=dtype).alias(name))
    return rows.select(columns)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One answer of one source. Its id follows from its content, so that the same batch twice is one batch.

    `scope` says what was asked (source-specific, plain JSON); `complete` that everything in that scope is in here, so
    that a key of an earlier batch which is absent now has been withdrawn.
    """

    source: str
    recorded_at: datetime
    tables: Mapping[str, pl.DataFrame]
    scope: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False

    @cached_property
    def id(self) -> str:
        """SHA-256 over source, scope, recording time and the rows of every table; the first 32 hex digits."""
        digest = hashlib.sha256()
        head = [self.source, dict(sorted(self.scope.items())), self.complete, self.recorded_at.isoformat()]
        digest.update(json.dumps(head).encode())
        for name in sorted(self.tables):
            frame = framed(TABLES[name], self.tables[name], recorded_at=self.recorded_at, source=self.source)
            digest.update(name.encode())
            digest.update(row_digests(frame))
        return digest.hexdigest()[:32]

    def rows(self) -> dict[str, pl.DataFrame]:
        """The frames as they are stored, each row stamped with the batch's id."""
        batch, stamped = self.id, {}
        for name in sorted(self.tables):
            if name not in TABLES:
                raise IntegrityError(f"The source '{self.source}' made rows for '{name}', which is no table here.")
            if self.tables[name].height:
                stamped[name] = framed(
                    TABLES[name], self.tables[name], recorded_at=self.recorded_at, source=self.source, batch=batch
                )
        return stamped


def row_digests(frame: pl.DataFrame) -> bytes:
    """A digest of a frame's content that depends on values and row order only, not on chunking or version."""
    digest = hashlib.sha256()
    for name in frame.columns:
        column = frame[name]
        if column.dtype == pl.Binary:
            column = column.bin.encode("hex")
        text = column.cast(pl.String) if column.dtype != pl.Datetime else column.dt.epoch("us").cast(pl.String)
        digest.update(f"{name}\x1e".encode())
        digest.update((text.fill_null("\x00").str.join("\x1f").item() or "").encode())
    return digest.digest()
