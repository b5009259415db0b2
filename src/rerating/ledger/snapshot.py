"""A pinned state of a ledger: committed batches and, for each table, the rows of those batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from rerating.core.tables import BATCHES, TABLES, Table
from rerating.core.types import AsOf, Reading
from rerating.ledger.view import View


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What a ledger held at one moment, wherever it lies. Tables may hold rows of uncommitted batches; they never show.

    `pins` are the storage's version numbers by table: for information, they take no part in equality of results.
    """

    batches: pl.DataFrame
    tables: Mapping[str, pl.LazyFrame]
    pins: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, *batches: object) -> Snapshot:
        """A snapshot in memory of `Batch` values, for tests and for rehearsals without a disk."""
        from rerating.core.batch import Batch

        frames: dict[str, list[pl.DataFrame]] = {}
        commits = []
        for batch in batches:
            assert isinstance(batch, Batch)
            rows = batch.rows()
            commits.append(commit_row(batch, rows))
            for name, frame in rows.items():
                frames.setdefault(name, []).append(frame)
        return cls(
            batches=pl.concat(commits) if commits else pl.DataFrame(schema=BATCHES),
            tables={name: pl.concat(parts).lazy() for name, parts in frames.items()},
        )

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        """The ledger as it could be known at an instant."""
        return View(self, as_of, reading)

    def rows(self, table: Table, subjects: Sequence[str] | None = None) -> pl.DataFrame:
        """All committed rows of a table, of some subjects or of all, in no particular order."""
        lazy = self.tables.get(table.name)
        if lazy is None:
            return pl.DataFrame(schema=table.schema)
        if subjects is not None:
            column = pl.col(table.subject)
            lazy = lazy.filter(column == subjects[0] if len(subjects) == 1 else column.is_in(list(subjects)))
        return lazy.select(list(table.schema)).filter(pl.col("batch").is_in(self._committed)).collect()

    def symbols(self) -> list[str]:
        """All symbols with bars, sorted."""
        lazy = self.tables.get("bars")
        if lazy is None:
            return []
        committed = pl.col("batch").is_in(self._committed)
        return lazy.filter(committed).select(pl.col("symbol").unique().sort()).collect()["symbol"].to_list()

    @property
    def _committed(self) -> list[str]:
        return self.batches["id"].to_list()

    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table whole, for copies and exports."""
        return {name: self.rows(table) for name, table in TABLES.items() if name in self.tables}


def commit_row(batch: object, rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The record that makes a batch visible."""
    import json

    from rerating.core.batch import Batch

    assert isinstance(batch, Batch)
    return pl.DataFrame(
        {
            "id": [batch.id],
            "source": [batch.source],
            "scope": [json.dumps(dict(sorted(batch.scope.items())), ensure_ascii=False)],
            "complete": [batch.complete],
            "rows": [json.dumps({name: frame.height for name, frame in sorted(rows.items())})],
            "recorded_at": [batch.recorded_at],
        },
        schema=BATCHES,
    )
