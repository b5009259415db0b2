"""The ledger on disk or object storage: Delta Lake tables, one folder each.

Delta is atomic within a table and not across tables. So the rows of a batch are appended first and its line in
`batches` last: that line is the commit. Rows of a batch that is not in `batches` are invisible, a writer that dies in
between leaves nothing that a reader could see, and the same batch may be appended again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import IntegrityError, UsageError
from rerating.core.tables import BATCHES, TABLES
from rerating.core.types import AsOf, Reading
from rerating.ledger.snapshot import Snapshot, commit_row
from rerating.ledger.view import View

if TYPE_CHECKING:
    from deltalake import DeltaTable

#: The layout of the tables. A ledger with a higher number was written by a newer version of this package.
FORMAT = 1

_ATTEMPTS = 8


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What an append did: the batch's id, its rows by table, and whether it was new."""

    batch: str
    rows: dict[str, int]
    new: bool


class Ledger:
    """A ledger at a path. Open an existing one with `Ledger(path)`, make one with `Ledger.create(path)`."""

    def __init__(self, path: Path | str) -> None:
        """Raises UsageError where there is no ledger, IntegrityError where a newer version wrote it."""
        self.path = Path(path)
        table = _open(self.path / "batches")
        if table is None:
            raise UsageError(
                f"There is no ledger in {self.path}; make one with 'rerating collect' or 'rerating import', or name "
                "another folder with --ledger."
            )
        written = re.fullmatch(r"rerating ledger, format (\d+)", table.metadata().description or "")
        if written is None:
            raise UsageError(f"The tables in {self.path} were not made by rerating; name another folder with --ledger.")
        if int(written[1]) > FORMAT:
            raise IntegrityError(
                f"The ledger in {self.path} has format {written[1]} and this version reads up to {FORMAT}; "
                "update rerating and try again."
            )

    @classmethod
    def create(cls, path: Path | str) -> Ledger:
        """The ledger at `path`, made if there is none. Other files in that folder are left alone."""
        root = Path(path)
        if _open(root / "batches") is None:
            with _translated(root):
                root.mkdir(parents=True, exist_ok=True)
                _write(root / "batches", pl.DataFrame(schema=BATCHES))
        return cls(root)

    def append(self, batch: Batch) -> Receipt:
        """Add a batch, all of it or nothing. Appending the same batch again changes nothing."""
        rows = batch.rows()
        counts = {name: frame.height for name, frame in rows.items()}
        if batch.id in set(self._batches()["id"]):
            return Receipt(batch=batch.id, rows=counts, new=False)
        with _translated(self.path):
            for name, frame in rows.items():
                table = TABLES[name]
                order = [table.subject, *(key for key in table.key if key != table.subject)]
                _write(self.path / name, frame.sort(order))
            _write(self.path / "batches", commit_row(batch, rows))
        self.__dict__.pop("snapshot", None)
        return Receipt(batch=batch.id, rows=counts, new=True)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The ledger as it stands, pinned: `batches` first, then the tables, so that no half batch can show.

        Kept until this object appends; another process's appends show in a newly opened ledger.
        """
        batches = _open(self.path / "batches")
        assert batches is not None
        pins, tables = {"batches": batches.version()}, {}
        commits = _lazy(batches)
        for name in sorted(TABLES):
            stored = _open(self.path / name)
            if stored is not None:
                pins[name] = stored.version()
                lazy = _lazy(stored)
                if lazy is not None:
                    tables[name] = lazy
        return Snapshot(
            batches=pl.DataFrame(schema=BATCHES) if commits is None else commits.collect().unique("id"),
            tables=tables,
            pins=pins,
        )

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        """The ledger as it could be known at an instant."""
        return self.snapshot.view(as_of, reading)

    def _batches(self) -> pl.DataFrame:
        stored = _open(self.path / "batches")
        lazy = None if stored is None else _lazy(stored)
        return pl.DataFrame(schema=BATCHES) if lazy is None else lazy.collect()


def _lazy(stored: DeltaTable) -> pl.LazyFrame | None:
    files = sorted(stored.file_uris())
    return pl.scan_parquet(files, missing_columns="insert") if files else None


def _open(path: Path) -> DeltaTable | None:
    from deltalake import DeltaTable
    from deltalake.exceptions import TableNotFoundError

    try:
        return DeltaTable(str(path))
    except TableNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error


def _write(path: Path, frame: pl.DataFrame) -> None:
    """Append a frame to the table at `path`, making it if need be; a lost race for the next version is run again."""
    from deltalake import write_deltalake
    from deltalake.exceptions import CommitFailedError

    for attempt in range(_ATTEMPTS):
        try:
            write_deltalake(
                str(path),
                frame,
                mode="append",
                name=f"rerating.{path.name}",
                description=f"rerating ledger, format {FORMAT}",
            )
        except CommitFailedError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """The one mapping of what deltalake and the file system raise while writing."""
    from deltalake.exceptions import DeltaError

    try:
        yield
    except (DeltaError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"The ledger in {path} could not be written ({reason}); nothing of this batch shows."
        ) from error
