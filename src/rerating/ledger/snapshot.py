"""A pinned state of a ledger: committed batches and, for each table, the rows of those batches."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from rerating.core.batch import Batch
from rerating.core.tables import BATCHES, REPEATS, TABLES, Table
from rerating.core.types import AsOf, Reading
from rerating.ledger.view import View

#: Frames without rows, made once: a view is asked for many things that a ledger does not have.
_EMPTY = {name: pl.DataFrame(schema=table.schema) for name, table in TABLES.items()}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What a ledger held at one moment, wherever it lies. Tables may hold rows of uncommitted batches; they never show.

    `tables` holds rows by table, `repeated` what batches said again (columns of REPEATS). `pins` are the storage's
    version numbers by table: for information, they take no part in equality of results.
    """

    batches: pl.DataFrame
    tables: Mapping[str, pl.LazyFrame]
    repeated: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    pins: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, *batches: Batch) -> Snapshot:
        """A snapshot in memory of `Batch` values, for tests and for rehearsals without a disk."""
        frames: dict[str, list[pl.DataFrame]] = {}
        commits = []
        for batch in batches:
            rows = batch.rows()
            commits.append(commit_row(batch, rows, rows))
            for name, frame in rows.items():
                frames.setdefault(name, []).append(frame)
        return cls(
            batches=pl.concat(commits) if commits else pl.DataFrame(schema=BATCHES),
            tables={name: pl.concat(parts).lazy() for name, parts in frames.items()},
        )

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        """The ledger as it could be known at an instant."""
        return View(self, as_of, reading)

    def rows(
        self, table: Table, subjects: Sequence[str] | None = None, *, where: pl.Expr | None = None
    ) -> pl.DataFrame:
        """All committed rows of a table, of some subjects or of all, in no particular order."""
        lazy = _narrowed(self.tables, table.name, table.subject, subjects)
        if lazy is None:
            return _EMPTY[table.name]
        lazy = lazy if where is None else lazy.filter(where)
        return self._committed(lazy.select(list(table.schema)).collect())

    def repeats(self, table: Table | None, subjects: Sequence[str] | None = None) -> pl.DataFrame:
        """What committed batches said again of these subjects without a change (columns of REPEATS)."""
        lazy = _narrowed(self.repeated, "repeats", "subject", subjects)
        if lazy is None:
            return pl.DataFrame(schema=REPEATS)
        lazy = lazy if table is None else lazy.filter(pl.col("table") == table.name)
        return self._committed(lazy.select(list(REPEATS)).collect())

    def _committed(self, frame: pl.DataFrame) -> pl.DataFrame:
        lost = [batch for batch in frame["batch"].unique() if batch not in self.ids]
        return frame.filter(~pl.col("batch").is_in(lost)) if lost else frame

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all committed batches."""
        return frozenset(self.batches["id"].to_list())

    @cached_property
    def _complete(self) -> pl.DataFrame:
        """The complete batches: source, scope, recorded_at, tables; the latest of each scope and day is enough."""
        return self.batches.filter("complete").select(
            "source", "scope", "recorded_at", pl.col("scope").str.json_path_match("$.tables").alias("tables")
        )

    def complete(self, table: Table, subjects: Sequence[str] | None = None) -> pl.DataFrame:
        """The complete batches whose scope reaches into a table and may cover these subjects."""
        found = self._complete
        if not found.height:
            return found
        found = found.filter(pl.col("tables").str.split(",").list.contains(table.name))
        if subjects is not None and found.height:
            limit = pl.col("scope").str.json_path_match(f"$.{table.subject}")
            found = found.filter(limit.is_null() | limit.is_in(list(subjects)))
        return found

    def symbols(self) -> list[str]:
        """All symbols with bars, sorted."""
        lazy = self.tables.get("bars")
        if lazy is None:
            return []
        found = self._committed(lazy.select("symbol", "batch").unique().collect())
        return found["symbol"].unique().sort().to_list()

    def locators(self, source: str) -> frozenset[str]:
        """Where the raw documents of a source come from; their bodies are not read."""
        lazy = self.tables.get("documents")
        if lazy is None:
            return frozenset()
        found = lazy.filter(pl.col("source") == source).select("locator", "batch").unique().collect()
        return frozenset(self._committed(found)["locator"].drop_nulls())

    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table whole, for copies and exports."""
        return {name: self.rows(table) for name, table in TABLES.items() if name in self.tables}

    def preloaded(self, subjects: Sequence[str], *, among: Sequence[str] | None = None) -> Snapshot:
        """The same snapshot with the rows of these subjects in memory, read once; others are still read on demand.

        `among` names the tables to load from; None stands for all but the raw documents.
        """
        asked = sorted(set(subjects))
        chosen = [n for n in self.tables if (n != "documents" if among is None else n in among)]
        held = {name: (TABLES[name].subject, self.rows(TABLES[name], asked)) for name in chosen if name in TABLES}
        return replace(
            self,
            tables=Preloaded(self.tables, held, asked),
            repeated=Preloaded(self.repeated, {"repeats": ("subject", self.repeats(None, asked))}, asked),
        )


def _narrowed(
    tables: Mapping[str, pl.LazyFrame], name: str, subject: str, subjects: Sequence[str] | None
) -> pl.LazyFrame | None:
    """The rows of some subjects in a table, unread; None where there are none for sure."""
    lazy = tables.of(name, subjects) if isinstance(tables, Narrowed) else tables.get(name)
    if lazy is None or subjects is None:
        return lazy
    column = pl.col(subject)
    return lazy.filter(column == subjects[0] if len(subjects) == 1 else column.is_in(list(subjects)))


class Narrowed(Mapping[str, pl.LazyFrame], ABC):
    """Tables by name that can also be asked for the rows of some subjects without reading the others."""

    @abstractmethod
    def of(self, name: str, subjects: Sequence[str] | None) -> pl.LazyFrame | None:
        """A table's rows, at least those of these subjects (None: all); None where it has no such rows."""


class Preloaded(Narrowed):
    """Rows of some subjects in memory, in front of the tables that they came from."""

    def __init__(
        self, behind: Mapping[str, pl.LazyFrame], held: Mapping[str, tuple[str, pl.DataFrame]], subjects: Sequence[str]
    ) -> None:
        self._behind = behind
        self._subjects = frozenset(subjects)
        self._parts = {name: _parts(frame, column) for name, (column, frame) in held.items()}

    def __getitem__(self, name: str) -> pl.LazyFrame:
        return self._behind[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._behind)

    def __len__(self) -> int:
        return len(self._behind)

    def of(self, name: str, subjects: Sequence[str] | None) -> pl.LazyFrame | None:
        """From memory where all of them were loaded, else from behind."""
        if subjects is None or name not in self._parts or not self._subjects.issuperset(subjects):
            return self._behind.of(name, subjects) if isinstance(self._behind, Narrowed) else self._behind.get(name)
        parts = [self._parts[name][subject] for subject in subjects if subject in self._parts[name]]
        return pl.concat(parts).lazy() if parts else None


def _parts(frame: pl.DataFrame, column: str) -> dict[str, pl.DataFrame]:
    """The rows of each subject. Where they lie together, as in compacted files, they are not copied."""
    runs = frame.select(pl.col(column).rle().struct.unnest()) if frame.height else pl.DataFrame()
    if not runs.height or runs.height > runs["value"].n_unique():
        return {str(key[0]): part for key, part in frame.partition_by(column, as_dict=True).items()}
    whole, starts = frame.rechunk(), runs["len"].cum_sum() - runs["len"]
    return {
        subject: whole.slice(start, length)
        for subject, start, length in zip(runs["value"], starts, runs["len"], strict=True)
    }


def commit_row(batch: Batch, said: Mapping[str, pl.DataFrame], stored: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The record that makes a batch visible."""

    def counted(rows: Mapping[str, pl.DataFrame]) -> str:
        return json.dumps({name: frame.height for name, frame in sorted(rows.items())})

    scope = json.dumps(dict(sorted(batch.scope.items())), ensure_ascii=False)
    row = (batch.id, batch.source, scope, batch.complete, counted(said), counted(stored), batch.recorded_at)
    return pl.DataFrame([row], schema=BATCHES, orient="row")
