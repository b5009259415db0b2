"""The ledger on disk or object storage: Delta Lake tables, one folder each.

Delta is atomic within a table and not across tables. So the rows of a batch are appended first and its line in
`batches` last: that line is the commit. Rows of a batch that is not in `batches` are invisible, a writer that dies in
between leaves nothing that a reader could see, and the same batch may be appended again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import IntegrityError, UsageError
from rerating.core.tables import BATCHES, TABLES
from rerating.core.types import AsOf, Reading
from rerating.ledger import delta
from rerating.ledger.delta import Stored, layout
from rerating.ledger.repeats import split
from rerating.ledger.snapshot import Narrowed, Snapshot, commit_row
from rerating.ledger.view import View

if TYPE_CHECKING:
    from deltalake import DeltaTable

#: The layout of the tables. 2: repeats. A ledger with a higher number was written by a newer version of this package.
FORMAT = 2

#: A table with more small files than this is compacted by the append that made the last of them.
MOST_FILES = 32


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What an append did: the batch's id, its new rows by table, those that were there already, and whether it was new.

    Of a batch that was there already, `rows` counts all that it says.
    """

    batch: str
    rows: dict[str, int]
    new: bool
    unchanged: dict[str, int] = field(default_factory=dict)


class Ledger:
    """A ledger at a path. Open an existing one with `Ledger(path)`, make one with `Ledger.create(path)`.

    A path may be a folder or, with deltalake's storage options, a place in object storage ("s3://bucket/ledger").
    Several processes may append and read at once.
    """

    def __init__(self, path: Path | str, *, storage_options: Mapping[str, str] | None = None) -> None:
        """Raises UsageError where there is no ledger, IntegrityError where a newer version wrote it."""
        self.place = str(path)
        self.path = Path(self.place)
        self._options = dict(storage_options or {})
        table = self._open("batches")
        if table is None:
            raise UsageError(
                f"There is no ledger in {self.place}; make one with 'rerating collect' or 'rerating import', or name "
                "another folder with --ledger."
            )
        written = re.fullmatch(r"rerating ledger, format (\d+)", table.metadata().description or "")
        if written is None:
            raise UsageError(
                f"The tables in {self.place} were not made by rerating; name another folder with --ledger."
            )
        if int(written[1]) > FORMAT:
            raise IntegrityError(
                f"The ledger in {self.place} has format {written[1]} and this version reads up to {FORMAT}; "
                "update rerating and try again."
            )
        self.format = int(written[1])

    @classmethod
    def create(cls, path: Path | str, *, storage_options: Mapping[str, str] | None = None) -> Ledger:
        """The ledger at `path`, made if there is none. Other files in that folder are left alone."""
        place, options = str(path), dict(storage_options or {})
        with _translated(place):
            if not delta.is_remote(place):
                Path(place).mkdir(parents=True, exist_ok=True)
            delta.create(delta.child(place, "batches"), BATCHES, _description(), options)
        return cls(place, storage_options=options)

    def append(self, batch: Batch) -> Receipt:
        """Add a batch, all of it or nothing. Appending the same batch again changes nothing.

        Rows that say what is held already are not stored again; that they were said again is.
        """
        stored_now = self._stored_now()
        held, said = _snapshot_of(stored_now), batch.rows()
        counts = {name: frame.height for name, frame in said.items()}
        if batch.id in held.ids:
            return Receipt(batch=batch.id, rows=counts, new=False)
        fresh, again = split(held, said)
        with _translated(self.place):
            if self.format < FORMAT:
                self._upgrade()
            for name, frame in fresh.items():
                fresh[name] = self._add(name, frame, batch.id, stored_now.get(name))
            if again.height:
                self._add("repeats", again.sort("subject", "table"), batch.id, stored_now.get("repeats"))
            self._add("batches", commit_row(batch, said, fresh), batch.id, None)
            self.__dict__.pop("snapshot", None)
            self._compact_if_many([*fresh, "batches", *(["repeats"] if again.height else [])])
        stored = {name: frame.height for name, frame in fresh.items()}
        unchanged = {name: count - stored.get(name, 0) for name, count in counts.items()}
        return Receipt(
            batch=batch.id,
            rows=stored,
            new=True,
            unchanged={name: count for name, count in unchanged.items() if count},
        )

    @cached_property
    def snapshot(self) -> Snapshot:
        """The ledger as it stands, pinned: `batches` first, then the tables, so that no half batch can show.

        Kept until this object appends; another process's appends show in a newly opened ledger.
        """
        return _snapshot_of(self._stored_now())

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        """The ledger as it could be known at an instant."""
        return self.snapshot.view(as_of, reading)

    def compact(self) -> dict[str, tuple[int, int]]:
        """Rewrite each table as few files, sorted by subject and period; nothing is deleted from the disk.

        Answers the number of files by table before and after. Pinned snapshots keep reading the old files.
        """
        with _translated(self.place):
            done = {name: self._compact(name, whole=True) for name in self.tables()}
        self.__dict__.pop("snapshot", None)
        return done

    def tables(self) -> list[str]:
        """The names of the tables that exist here, the ledger's own ones included."""
        return [name for name in ["batches", *TABLES, "repeats"] if self._open(name) is not None]

    def stored(self, name: str) -> Stored | None:
        """The files of a table as they are now; None where there is no such table."""
        table = self._open(name)
        schema, subject = layout(name)
        return None if table is None else delta.pinned(table, subject, schema, self._options)

    # ---- inside --------------------------------------------------------------------------------------------------

    def _open(self, name: str) -> DeltaTable | None:
        return delta.opened(delta.child(self.place, name), self._options)

    def _stored_now(self) -> dict[str, Stored]:
        """Every table's files: `batches` first, so that no batch shows whose rows are not there."""
        return {name: found for name in ["batches", *TABLES, "repeats"] if (found := self.stored(name)) is not None}

    def _add(self, name: str, frame: pl.DataFrame, batch: str, held: Stored | None) -> pl.DataFrame:
        """Add a batch's rows to a table; answers with all that the table then has of it.

        A writer that died before its commit left a file of this very batch: what is in it is not stored twice.
        """
        left = frame.clear() if held is None else held.of_batch(batch).select(frame.columns)
        missing = frame.join(left, on=frame.columns, how="anti", nulls_equal=True) if left.height else frame
        if missing.height:
            schema, subject = layout(name)
            table = delta.create(delta.child(self.place, name), schema, _description(), self._options)
            delta.append(table, missing, subject, self._options, batch=batch)
        return pl.concat([left, missing]) if left.height else frame

    def _compact_if_many(self, names: list[str]) -> None:
        for name in names:
            stored = self.stored(name)
            if stored is not None and sum(file.size < delta.LARGE for file in stored.files) > MOST_FILES:
                self._compact(name, whole=False)

    def _compact(self, name: str, *, whole: bool) -> tuple[int, int]:
        from rerating.ledger.compaction import compact

        table = self._open(name)
        assert table is not None
        return compact(table, name, self._options, whole=whole, committed=self._committed)

    def _committed(self) -> frozenset[str]:
        """The ids of all batches that are committed by now."""
        batches = self.stored("batches")
        commits = None if batches is None else batches.scan()
        return frozenset() if commits is None else frozenset(commits.select("id").collect()["id"])

    def _upgrade(self) -> None:
        """Format 1 lacked repeats and the count of stored rows; both may be absent, so only the number changes."""
        table = self._open("batches")
        assert table is not None
        table.alter.set_table_description(_description())
        self.format = FORMAT


class _StoredTables(Narrowed):
    """Stored tables by name; their rows are read when they are asked for."""

    def __init__(self, stored: Mapping[str, Stored]) -> None:
        self._stored = {name: table for name, table in stored.items() if table.files}

    def __getitem__(self, name: str) -> pl.LazyFrame:
        found = self.of(name, None)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)

    def of(self, name: str, subjects: Sequence[str] | None) -> pl.LazyFrame | None:
        """From the files that may hold these subjects."""
        return self._stored[name].scan(subjects) if name in self._stored else None


def _snapshot_of(stored: Mapping[str, Stored]) -> Snapshot:
    commits = stored["batches"].scan()
    tables = {name: found for name, found in stored.items() if name in TABLES}
    repeats = {name: found for name, found in stored.items() if name == "repeats"}
    return Snapshot(
        batches=pl.DataFrame(schema=BATCHES) if commits is None else _batches(commits),
        tables=_StoredTables(tables),
        repeated=_StoredTables(repeats),
        pins={name: stored[name].version for name in ["batches", *sorted(stored.keys() - {"batches"})]},
    )


def _batches(commits: pl.LazyFrame) -> pl.DataFrame:
    return commits.collect().unique("id", keep="first").sort("recorded_at", "id")


def _description() -> str:
    return f"rerating ledger, format {FORMAT}"


@contextmanager
def _translated(place: str) -> Iterator[None]:
    """The one mapping of what deltalake, Polars and the file system raise while writing."""
    from deltalake.exceptions import DeltaError

    try:
        yield
    except (DeltaError, OSError, pl.exceptions.PolarsError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UsageError(
            f"The ledger in {place} could not be written ({reason}); nothing of this batch shows. Check that there is "
            "room on the disk and that you may write there, then try again."
        ) from error
