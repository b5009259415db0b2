"""One Delta Lake table in a folder or a bucket: open it, add a file, put one file in the place of several.

Data files are written by Polars (row groups of 50,000 in small pages, the bounds of their subjects kept in the log, for
skipping); the log is deltalake's, so that any engine that reads Delta Lake reads these tables. A file that no commit
names does not exist for readers: whatever happens to a writer, a table holds whole appends only.
"""

from __future__ import annotations

import io
import json
import os
import re
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from rerating.core.errors import UsageError
from rerating.core.tables import BATCHES, REPEATS, TABLES

if TYPE_CHECKING:
    from deltalake import DeltaTable

#: 10 million rows, 50,000 a group: one subject is found in 8 ms, and a group is still large enough to compress.
ROW_GROUP = 50_000

#: Bytes of a page. A reader skips unread the pages of a group that hold none of the subjects asked for; smaller ones
#: cost more than they save where everything is read.
PAGE = 50_000
_ATTEMPTS = 16

#: Files of this many bytes or more are large: only a whole compaction rewrites them.
LARGE = 32 * 2**20

#: Names of data files: those of an append bear the id of its batch, so that a retry finds what a dead writer left.
_OF_BATCH = re.compile(r"part-([0-9a-f]{32})-[0-9a-f-]{36}\.parquet$")


@dataclass(frozen=True, kw_only=True)
class File:
    """A data file as the table's log describes it; `low` and `high` bound its subjects where the log says so."""

    path: str
    uri: str
    size: int
    rows: int
    low: str | None
    high: str | None

    @property
    def batch(self) -> str | None:
        """The one batch whose rows are in it; None where it was put together out of several."""
        found = _OF_BATCH.search(self.path)
        return None if found is None else found[1]

    def may_hold(self, subjects: Sequence[str] | None) -> bool:
        """Whether one of the subjects could stand in it."""
        if subjects is None or self.low is None or self.high is None:
            return True
        return any(self.low <= subject <= self.high for subject in subjects)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A table at one version. Files may lack columns of `schema`, or have more: the former are read as null."""

    version: int
    files: tuple[File, ...]
    schema: Mapping[str, pl.DataType]
    options: Mapping[str, str]

    def scan(self, subjects: Sequence[str] | None = None) -> pl.LazyFrame | None:
        """The rows of the files that may hold these subjects; None where there is no such file."""
        files = [file for file in self.files if file.may_hold(subjects)]
        return scan(files, self.schema, self.options) if files else None

    def of_batch(self, batch: str) -> pl.DataFrame:
        """What an append of that batch has stored here in files of its own; no other file is read."""
        files = [file for file in self.files if file.batch == batch]
        if not files:
            return pl.DataFrame(schema=dict(self.schema))
        return scan(files, self.schema, self.options).select(list(self.schema)).collect().unique()


def scan(files: Sequence[File], schema: Mapping[str, pl.DataType], options: Mapping[str, str]) -> pl.LazyFrame:
    """The rows of some files under the columns of `schema`, unread."""
    return pl.scan_parquet(
        [file.uri for file in files],
        schema=dict(schema),
        missing_columns="insert",
        extra_columns="ignore",
        storage_options=dict(options) or None,
    )


def layout(name: str) -> tuple[Mapping[str, pl.DataType], str]:
    """A table's columns and the one by which files are narrowed; the ledger's own tables included."""
    own = {"batches": (BATCHES, "id"), "repeats": (REPEATS, "subject")}
    return own[name] if name in own else (TABLES[name].schema, TABLES[name].subject)


def is_remote(place: str) -> bool:
    """Whether a place is object storage and not a folder."""
    return "://" in place


def child(place: str, name: str) -> str:
    """The table `name` inside a ledger's place."""
    return f"{place.rstrip('/')}/{name}" if is_remote(place) else str(Path(place) / name)


def opened(place: str, options: Mapping[str, str]) -> DeltaTable | None:
    """The table at `place`, None where there is none. Raises UsageError where it cannot be read."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError, TableNotFoundError

    try:
        if not is_remote(place) and not Path(place, "_delta_log").is_dir():
            return None
        return DeltaTable(place, storage_options=dict(options) or None)
    except TableNotFoundError:
        return None
    except (DeltaError, OSError) as error:
        raise UsageError(f"{place} cannot be read ({_line(error)}); check its permissions.") from error


def pinned(table: DeltaTable, subject: str, schema: Mapping[str, pl.DataType], options: Mapping[str, str]) -> Stored:
    """The table's files at its version, with the bounds of their subjects."""
    actions = pl.DataFrame(table.get_add_actions(flatten=True))
    uris = table.file_uris()
    by_name = {uri.rsplit("/", 1)[-1]: uri for uri in uris}
    bounds = [f"{end}.{subject}" for end in ("min", "max")]
    for name in bounds:
        if name not in actions.columns:
            actions = actions.with_columns(pl.lit(None, pl.String).alias(name))
    files = [
        File(path=path, uri=by_name[path.rsplit("/", 1)[-1]], size=size, rows=rows or 0, low=low, high=high)
        for path, size, rows, low, high in actions.select("path", "size_bytes", "num_records", *bounds).rows()
    ]
    ordered = tuple(sorted(files, key=lambda file: file.uri))
    return Stored(version=table.version(), files=ordered, schema=schema, options=options)


def create(place: str, schema: Mapping[str, pl.DataType], description: str, options: Mapping[str, str]) -> DeltaTable:
    """The table at `place`, made if there is none; two makers at once get the same table."""
    from deltalake import DeltaTable, Schema
    from deltalake.exceptions import DeltaError

    found = opened(place, options)
    if found is not None:
        return found
    try:
        return DeltaTable.create(
            place,
            Schema.from_arrow(pl.Schema(schema)),
            name=f"rerating.{place.rstrip('/').rsplit('/', 1)[-1]}",
            description=description,
            storage_options=dict(options) or None,
        )
    except DeltaError:
        found = opened(place, options)
        if found is None:
            raise
        return found


def append(table: DeltaTable, frame: pl.DataFrame, subject: str, options: Mapping[str, str], *, batch: str) -> None:
    """Add one file with these rows of one batch, in their order."""
    replace(table, [frame], [], subject=subject, options=options, batch=batch)


def replace(
    table: DeltaTable,
    frames: Iterable[pl.DataFrame],
    removed: Sequence[File],
    *,
    subject: str,
    options: Mapping[str, str],
    batch: str | None = None,
) -> int:
    """Add a file for each frame and take `removed` out of the table, in one commit; answers how many were added.

    Frames are written as they come, so that no two need be in memory. The removed files stay on disk. `batch` is the id
    of the one batch whose rows they are.
    """
    from deltalake import Schema
    from deltalake.exceptions import CommitFailedError
    from deltalake.transaction import AddAction, RemoveAction

    adds, schema, now = [], None, 0
    for frame in frames:
        if schema is None:
            _widen(table, frame)
            schema = Schema.from_arrow(frame.schema)
        name, size, at = _write(table.table_uri, frame, options, batch)
        adds.append(AddAction(name, size, {}, at, not removed, json.dumps(_statistics(frame, subject))))
        now = max(now, at)
    gone = [RemoveAction(file.path, False, now, file.size, {}) for file in removed]
    if schema is None:
        return 0
    for attempt in range(_ATTEMPTS):
        try:
            table.create_write_transaction([*adds, *gone], "append", schema)
        except CommitFailedError:
            if removed or attempt == _ATTEMPTS - 1:
                raise
            table.update_incremental()
        else:
            break
    return len(adds)


def _widen(table: DeltaTable, frame: pl.DataFrame) -> None:
    """Add columns that this version of the package knows and the stored table does not yet have."""
    from deltalake import Schema

    held = {field.name for field in table.schema().fields}
    missing = [name for name in frame.columns if name not in held]
    if missing:
        wanted = Schema.from_arrow(frame.select(missing).schema)
        table.alter.add_columns(wanted.fields)


def _write(root: str, frame: pl.DataFrame, options: Mapping[str, str], batch: str | None) -> tuple[str, int, int]:
    """Write a data file; answers its name, size and time (ms). A local file is on the disk before its name is used."""
    name = f"part-{uuid.uuid4()}.parquet" if batch is None else f"part-{batch}-{uuid.uuid4()}.parquet"
    layout: dict[str, Any] = {"row_group_size": ROW_GROUP, "data_page_size": PAGE}
    layout |= {"compression": "zstd", "compression_level": 1}
    buffer = io.BytesIO()
    frame.write_parquet(buffer, **layout)
    body = buffer.getbuffer()
    place = local(root)
    if place is None:
        frame.write_parquet(f"{root.rstrip('/')}/{name}", storage_options=dict(options) or None, **layout)
        # A file's age serves Delta's own housekeeping; it takes no part in any result.
        return name, len(body), time.time_ns() // 1_000_000
    path = place / name
    try:
        with path.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return name, len(body), int(path.stat().st_mtime * 1000)


def local(root: str) -> Path | None:
    """The folder of a table by its address; None for object storage."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(root)
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    return None if parts.scheme else Path(root)


def _statistics(frame: pl.DataFrame, subject: str) -> dict[str, object]:
    low, high = frame[subject].min(), frame[subject].max()
    return {
        "numRecords": frame.height,
        "minValues": {} if low is None else {subject: low},
        "maxValues": {} if high is None else {subject: high},
        "nullCount": {subject: frame[subject].null_count()},
    }


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
