"""What a source hands to the ledger: rows by table, made at one instant of recording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from itertools import groupby

import numpy as np
import polars as pl

from rerating.core.errors import IntegrityError
from rerating.core.tables import TABLES, Table

#: Words of a complete batch's scope that limit it in time, and those that only say where it came from.
SCOPE_SPAN = ("since", "until")
_SCOPE_NOTES = frozenset({"tables", "asked", "file", "digest"})

#: Up to so many rows a text column is walked in Python: faster than the calls into Polars.
_FEW = 64


def framed(table: Table, rows: pl.DataFrame, *, recorded_at: datetime, source: str, batch: str = "") -> pl.DataFrame:
    """`rows` in the stored order and types of `table`; provenance columns that are absent get the batch's own."""
    constants = {"recorded_at": recorded_at, "source": source, "batch": batch}
    columns = []
    for name, (given, absent) in _columns(table.name).items():
        if name in rows.columns:
            columns.append(given)
        elif name in constants:
            columns.append(pl.lit(constants[name], dtype=table.schema[name]).alias(name))
        else:
            columns.append(absent)
    return rows.select(columns)


@cache
def _columns(table: str) -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """Each column of a table in its type, and as missing: made once, since batches are many and small."""
    schema = TABLES[table].schema.items()
    return {name: (pl.col(name).cast(dtype), pl.lit(None, dtype=dtype).alias(name)) for name, dtype in schema}


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
            digest.update(name.encode())
            digest.update(row_digests(self._framed[name]))
        return digest.hexdigest()[:32]

    @cached_property
    def _framed(self) -> dict[str, pl.DataFrame]:
        """The frames as they are stored, not yet stamped."""
        for name in self.tables:
            if name not in TABLES:
                raise IntegrityError(f"The source '{self.source}' made rows for '{name}', which is no table here.")
        return {
            name: framed(TABLES[name], rows, recorded_at=self.recorded_at, source=self.source)
            for name, rows in sorted(self.tables.items())
        }

    def rows(self) -> dict[str, pl.DataFrame]:
        """The frames as they are stored, each row stamped with the batch's id."""
        stamp = pl.lit(self.id, dtype=pl.String).alias("batch")
        return {
            name: frame if "batch" in self.tables[name].columns else frame.with_columns(stamp)
            for name, frame in self._framed.items()
            if frame.height
        }


def row_digests(frame: pl.DataFrame) -> bytes:
    """A digest of a frame's content that depends on values and row order only, not on chunking or version.

    Numbers and times go in by their 64 bits, texts as runs of equal values with their lengths, each column with a mark
    for its missing values.
    """
    # Columns are converted together by kind: most batches are small, and each call into Polars costs more than they do.
    kinds = frame.schema
    missing = frame.select(pl.all().is_null())
    floats = frame.select(pl.col(name).fill_null(0.0) for name, kind in kinds.items() if kind == pl.Float64)
    others = frame.select(
        pl.col(name).to_physical().cast(pl.Int64).fill_null(0)
        for name, kind in kinds.items()
        if kind not in (pl.Float64, pl.String, pl.Binary)
    )
    digest = hashlib.sha256()
    for name, kind in kinds.items():
        digest.update(f"{name}\x1e{frame.height}\x1e".encode())
        digest.update(np.packbits(missing[name].to_numpy()).tobytes())
        if kind == pl.Float64:
            digest.update(floats[name].to_numpy().tobytes())
        elif kind == pl.Binary:  # documents are few and large: one digest each
            for body in frame[name]:
                digest.update(hashlib.sha256(body or b"").digest())
        elif kind == pl.String:
            digest.update(runs_of_few(frame[name]) if frame.height <= _FEW else runs_of_many(frame[name]))
        else:
            digest.update(others[name].to_numpy().tobytes())
    return digest.digest()


def runs_of_many(texts: pl.Series) -> bytes:
    """Runs of equal texts: how long each is, its text's length in bytes, and the texts."""
    runs = texts.fill_null("").rle()
    values = runs.struct.field("value")
    lengths = runs.struct.field("len").cast(pl.Int64).to_numpy().tobytes()
    sizes = values.str.len_bytes().cast(pl.Int64).to_numpy().tobytes()
    return lengths + sizes + (values.str.join("").item() or "").encode()


def runs_of_few(texts: pl.Series) -> bytes:
    """The same bytes, made without Polars."""
    runs = [(text, sum(1 for _ in same)) for text, same in groupby(text or "" for text in texts.to_list())]
    encoded = [text.encode() for text, _ in runs]
    lengths = np.array([length for _, length in runs], dtype=np.int64).tobytes()
    return lengths + np.array([len(text) for text in encoded], dtype=np.int64).tobytes() + b"".join(encoded)
