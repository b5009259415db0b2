"""What a source hands to the ledger: rows by table, made at one instant of recording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
import polars as pl

from rerating.core.errors import IntegrityError
from rerating.core.tables import TABLES, Table

#: Words of a complete batch's scope that limit it in time, and those that only say where it came from.
SCOPE_SPAN = ("since", "until")
_SCOPE_NOTES = frozenset({"tables", "asked", "file", "digest"})


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

    `scope` says what was asked (plain JSON). `complete` says that everything in that scope is in here, so that a key of
    an earlier batch of this source which is absent now has been withdrawn. The scope of a complete batch names its
    `tables` (separated by commas); any column of their keys limits it to that value, `since` and `until` (days, both
    included) limit the tables' periods; `asked`, `file` and `digest` are notes. Each of these tables must have a row:
    an empty answer is a `Gap`, it withdraws nothing.
    """

    source: str
    recorded_at: datetime
    tables: Mapping[str, pl.DataFrame]
    scope: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False

    def __post_init__(self) -> None:
        """Refuse a complete batch whose scope cannot be understood: it could withdraw what it never asked for."""
        if not self.complete:
            return
        named = [name for name in self.scope.get("tables", "").split(",") if name]
        for name in named:
            if name not in TABLES or name not in self.tables or not self.tables[name].height:
                raise IntegrityError(
                    f"The source '{self.source}' calls its answer complete in '{name}' and has no row of it; an empty "
                    "answer has to be a Gap."
                )
        limits = set(self.scope) - _SCOPE_NOTES - set(SCOPE_SPAN)
        unknown = sorted(limit for limit in limits if any(limit not in TABLES[name].key for name in named))
        if not named or unknown:
            raise IntegrityError(
                f"The source '{self.source}' calls its answer complete, but its scope cannot be understood "
                f"({', '.join(unknown) or 'it names no tables'}); name 'tables' and limit it by columns of their keys."
            )

    @cached_property
    def id(self) -> str:
        """SHA-256 over source, scope, recording time and the rows of every table; the first 32 hex digits."""
        digest = hashlib.sha256()
        head = [self.source, dict(sorted(self.scope.items())), self.complete, self.recorded_at.isoformat()]
        digest.update(json.dumps(head).encode())
        for name in sorted(self.tables):
            self._known(name)
            frame = framed(TABLES[name], self.tables[name], recorded_at=self.recorded_at, source=self.source)
            digest.update(name.encode())
            digest.update(row_digests(frame))
        return digest.hexdigest()[:32]

    def rows(self) -> dict[str, pl.DataFrame]:
        """The frames as they are stored, each row stamped with the batch's id."""
        batch, stamped = self.id, {}
        for name in sorted(self.tables):
            self._known(name)
            if self.tables[name].height:
                stamped[name] = framed(
                    TABLES[name], self.tables[name], recorded_at=self.recorded_at, source=self.source, batch=batch
                )
        return stamped

    def _known(self, table: str) -> None:
        if table not in TABLES:
            raise IntegrityError(f"The source '{self.source}' made rows for '{table}', which is no table here.")


def row_digests(frame: pl.DataFrame) -> bytes:
    """A digest of a frame's content that depends on values and row order only, not on chunking or version.

    Numbers and times go in by their 64 bits, texts as runs of equal values with their lengths, each column with a mark
    for its missing values.
    """
    digest = hashlib.sha256()
    for name in frame.columns:
        column = frame[name]
        digest.update(f"{name}\x1e{frame.height}\x1e".encode())
        digest.update(np.packbits(column.is_null().to_numpy()).tobytes())
        if column.dtype == pl.Float64:
            digest.update(column.fill_null(0.0).to_numpy().tobytes())
        elif column.dtype in (pl.String, pl.Binary):
            _digest_runs(column, digest)
        else:
            digest.update(column.to_physical().cast(pl.Int64).fill_null(0).to_numpy().tobytes())
    return digest.digest()


def _digest_runs(column: pl.Series, digest: hashlib._Hash) -> None:
    if column.dtype == pl.Binary:  # documents are few and large: one digest each
        for body in column:
            digest.update(hashlib.sha256(body or b"").digest())
        return
    runs = column.fill_null("").rle()
    values = runs.struct.field("value")
    digest.update(runs.struct.field("len").cast(pl.Int64).to_numpy().tobytes())
    digest.update(values.str.len_bytes().cast(pl.Int64).to_numpy().tobytes())
    digest.update((values.str.join("").item() or "").encode())
